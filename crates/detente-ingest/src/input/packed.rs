//! gzip and Zstandard, unpacked on the way, with an eye on what they grow to.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

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
        Box::new(Frames { source: counted, decoder: FrameDecoder::new() })
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

/// The frames of a Zstandard stream, one after the other, as tools that pack in pieces write them.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> Frames<R> {
    /// Begins the next frame, or passes over one that holds no data.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.source) {
            Ok(()) => Ok(()),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink()).map(drop),
            Err(error) => Err(damaged(error)),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !into.is_empty() {
            if !self.decoder.is_finished() {
                let most = BlockDecodingStrategy::UptoBytes(into.len());
                self.decoder.decode_blocks(&mut self.source, most).map_err(damaged)?;
            }
            let read = self.decoder.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            if self.decoder.is_finished() {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
            }
        }
        Ok(0)
    }
}

fn damaged(error: FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn unpacked(bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        open(Box::new(Cursor::new(bytes)), &Limits::default())?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn zstandard_comes_in_frames() {
        let pack = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let empty = [&[0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let long = "grain ".repeat(100_000);
        let frames = [pack("ships "), empty, pack(&long), pack(""), pack("leave")].concat();
        assert_eq!(unpacked(frames).expect("unpacks"), format!("ships {long}leave"));
    }

    #[test]
    fn what_follows_a_frame_and_is_none_is_told() {
        let pack = compress_to_vec(&b"ships"[..], CompressionLevel::Fastest);
        let torn = unpacked(pack[..pack.len() - 2].to_vec()).expect_err("torn");
        assert!(matches!(problem(torn), Problem::Damaged(_)));
        let more = unpacked([pack.as_slice(), b"and more"].concat()).expect_err("not packed");
        assert!(matches!(problem(more), Problem::Damaged(_)));
    }
}
