//! The packed table of places: how it is read, straight from its bytes.

use fst::raw::{Fst, Output};

use crate::kind::{Form, Kind};
use crate::pack::{DEGREE, DOUBLING, LIST, PLACE_BITS, RECORD};

/// A table that `pack` wrote. Opening it costs nothing; every look-up reads the bytes.
pub(crate) struct Table {
    places: &'static [u8],
    names: &'static [u8],
    postings: &'static [u8],
    keys: Fst<&'static [u8]>,
}

/// The fields of one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record {
    pub id: u32,
    pub name: &'static str,
    pub parent: Option<u32>,
    pub at: (f32, f32),
    pub population: f32,
    pub kind: Kind,
    pub country: [u8; 2],
}

impl Table {
    /// `None` when the bytes are no such table.
    pub(crate) fn open(bytes: &'static [u8]) -> Option<Self> {
        let count =
            |i: usize| Some(u32::from_le_bytes(bytes.get(4 + 4 * i..8 + 4 * i)?.try_into().ok()?) as usize);
        let (places, rest) = bytes.strip_prefix(b"DGZ1")?.get(16..)?.split_at_checked(count(0)? * RECORD)?;
        let (names, rest) = rest.split_at_checked(count(1)?)?;
        let (postings, keys) = rest.split_at_checked(count(2)?)?;
        let keys = Fst::new(keys).ok()?;
        Some(Self { places, names, postings, keys })
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> u32 {
        (self.places.len() / RECORD) as u32
    }

    pub(crate) fn record(&self, number: u32) -> Option<Record> {
        let start = number as usize * RECORD;
        let bytes = self.places.get(start..start + RECORD)?;
        let degrees = |i: usize| (u24(&bytes[i..]) << 8) as i32 as f32 / 256.0 / DEGREE;
        let steps = u16::from_le_bytes([bytes[16], bytes[17]]);
        Some(Record {
            id: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            name: self.name(u24(&bytes[4..]) as usize)?,
            parent: u24(&bytes[7..]).checked_sub(1),
            at: (degrees(10), degrees(13)),
            population: (f32::from(steps) / DOUBLING).exp2() - 1.0,
            kind: *Kind::ALL.get(bytes[18] as usize)?,
            country: [bytes[19], bytes[20]],
        })
    }

    /// The number of the place with this GeoNames id.
    pub(crate) fn find(&self, id: u32) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.record(middle)?.id.cmp(&id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The places that the value of a key stands for, the most populous first.
    pub(crate) fn references(&self, value: u64) -> impl Iterator<Item = (u32, Form)> + use<> {
        let list = if value & LIST != 0 { self.list((value & !LIST) as usize) } else { None };
        let one = (value & LIST == 0).then_some(value as u32);
        list.unwrap_or_default().chunks_exact(3).map(u24).chain(one).filter_map(split)
    }

    fn list(&self, offset: usize) -> Option<&'static [u8]> {
        let rest = self.postings.get(offset..)?;
        let count = u16::from_le_bytes([*rest.first()?, *rest.get(1)?]) as usize;
        rest.get(2..2 + 3 * count)
    }

    fn name(&self, offset: usize) -> Option<&'static str> {
        let length = *self.names.get(offset)? as usize;
        std::str::from_utf8(self.names.get(offset + 1..offset + 1 + length)?).ok()
    }
}

/// A walk through the keys of one table, a byte at a time.
#[derive(Clone, Copy)]
pub(crate) struct Walk {
    address: usize,
    output: u64,
}

impl Walk {
    pub(crate) fn begin(table: &Table) -> Self {
        Self { address: table.keys.root().addr(), output: 0 }
    }

    /// Follows the bytes; `None` where no key goes on so.
    pub(crate) fn follow(self, table: &Table, bytes: impl IntoIterator<Item = u8>) -> Option<Self> {
        let mut node = table.keys.node(self.address);
        let mut output = Output::new(self.output);
        for byte in bytes {
            let transition = node.transition(node.find_input(byte)?);
            output = output.cat(transition.out);
            node = table.keys.node(transition.addr);
        }
        Some(Self { address: node.addr(), output: output.value() })
    }

    /// The value of the key that ends here.
    pub(crate) fn value(self, table: &Table) -> Option<u64> {
        let node = table.keys.node(self.address);
        node.is_final().then(|| Output::new(self.output).cat(node.final_output()).value())
    }
}

fn u24(bytes: &[u8]) -> u32 {
    bytes[0] as u32 | (bytes[1] as u32) << 8 | (bytes[2] as u32) << 16
}

fn split(reference: u32) -> Option<(u32, Form)> {
    let form = *Form::ALL.get((reference >> PLACE_BITS) as usize)?;
    Some((reference & ((1 << PLACE_BITS) - 1), form))
}
