//! gzip and Zstandard, unpacked on the way, with an eye on what they grow to.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::Problem;
use crate::options::Limits;

/// The marker of an error that stands for a bomb.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {0} times its size")]
struct Bomb(u64);

/// Small files may grow as they like: a bomb is a matter of size.
const HARMLESS: u64 = 64 << 20;

/// The stream itself, or what it unpacks to.
pub(super) fn open(mut stream: Box<dyn BufRead>, limits: &Limits) -> io::Result<Box<dyn BufRead>> {
    let head = stream.fill_buf()?;
    let (gzip, zstd) = (head.starts_with(b"\x1f\x8b"), head.starts_with(b"\x28\xb5\x2f\xfd"));
    if !gzip && !zstd {
        return Ok(stream);
    }
    let packed = Rc::new(Cell::new(0));
    let counted = BufReader::with_capacity(1 << 16, Counted { inner: stream, count: Rc::clone(&packed) });
    let unpacked: Box<dyn Read> = if gzip {
        Box::new(MultiGzDecoder::new(counted))
    } else {
        Box::new(
            StreamingDecoder::new(counted)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?,
        )
    };
    let guarded = Guarded { inner: unpacked, packed, unpacked: 0, ratio: limits.unpack_ratio };
    Ok(Box::new(BufReader::with_capacity(1 << 16, guarded)))
}

/// What an error while reading a stream means.
pub(super) fn problem(error: io::Error) -> Problem {
    if let Some(Bomb(ratio)) = error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>()) {
        return Problem::Bomb(*ratio);
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            Problem::Damaged(error)
        }
        _ if error.get_ref().is_some() && error.raw_os_error().is_none() => Problem::Damaged(error),
        _ => Problem::Io(error),
    }
}

/// A name without `.gz` or `.zst`.
pub(super) fn inner_name(name: &Path) -> PathBuf {
    match name.extension().and_then(|extension| extension.to_str()) {
        Some("gz" | "zst" | "gzip" | "zstd") => name.with_extension(""),
        _ => name.to_owned(),
    }
}

/// Counts what is read from a packed stream.
struct Counted {
    inner: Box<dyn BufRead>,
    count: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Stops when a stream unpacks to far more than it is.
struct Guarded {
    inner: Box<dyn Read>,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    ratio: u64,
}

impl Read for Guarded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.unpacked += read as u64;
        if self.unpacked > HARMLESS && self.unpacked / self.ratio.max(1) > self.packed.get() {
            return Err(io::Error::other(Bomb(self.ratio)));
        }
        Ok(read)
    }
}
