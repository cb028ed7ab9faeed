//! The packed table of places: how it is written.
//!
//! The build script packs the hand-written tables, `examples/pack.rs` the GeoNames ones; `table.rs` reads both.
//!
//! Little-endian. Header: `DGZ1`, then four `u32`: number of places, bytes of names, bytes of postings, bytes of
//! keys. Then the sections in this order:
//!
//! - places, [`RECORD`] bytes each, in order of the GeoNames id: id `u32` (0 for none), offset of the name `u24`,
//!   number of the enclosing division plus one `u24` (0 for none), latitude and longitude in [`DEGREE`]ths `i24`,
//!   inhabitants on a logarithmic scale `u16`, kind `u8`, country as two letters;
//! - names, a length byte and UTF-8 each;
//! - postings: for each ambiguous key a `u16` count and that many references;
//! - keys: an `fst` map from folded name to a reference, or, with [`LIST`] set, to an offset in the postings.
//!
//! A reference is a `u24`: the form of the name in the upper three bits, the number of the place below.

use std::collections::{BTreeMap, HashMap};

use crate::fold::fold;
use crate::kind::{Form, Kind};

/// Bytes of a place.
pub const RECORD: usize = 21;
/// Parts of a degree in which coordinates are kept: about 2 m.
pub const DEGREE: f32 = 46_000.0;
/// Steps of the logarithmic scale of inhabitants to a doubling.
pub const DOUBLING: f32 = 2000.0;
/// The bit of a key's value that tells an offset in the postings from a reference.
pub const LIST: u64 = 1 << 32;
/// Bits of a reference that number the place.
pub const PLACE_BITS: u32 = 21;

/// A place as the tables give it.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// GeoNames id, 0 for none.
    pub id: u32,
    /// What it is.
    pub kind: Kind,
    /// Its usual English name.
    pub name: &'a str,
    /// Degrees north and east.
    pub at: (f32, f32),
    /// ISO 3166-1 alpha-2, or two spaces.
    pub country: [u8; 2],
    /// Inhabitants, or an estimate of its prominence in the same measure.
    pub population: u32,
    /// GeoNames id of the division it lies in, 0 for none.
    pub parent: u32,
    /// Other names.
    pub others: Vec<&'a str>,
    /// Adjectives and names of its people.
    pub adjectives: Vec<&'a str>,
}

/// Packs rows, which are in order of their ids.
///
/// # Errors
/// What does not fit the format, in words.
pub fn pack(rows: &[Row<'_>]) -> Result<Vec<u8>, String> {
    if rows.len() >= 1 << PLACE_BITS || !rows.is_sorted_by_key(|row| row.id) {
        return Err(format!("{} rows: too many, or not in order of their ids", rows.len()));
    }
    let numbers: HashMap<u32, u32> = rows.iter().zip(1..).map(|(row, number)| (row.id, number)).collect();
    let mut names = Names::default();
    let mut places = Vec::with_capacity(rows.len() * RECORD);
    for row in rows {
        let name = names.offset(row.name)?;
        let parent = if row.parent == 0 { 0 } else { numbers.get(&row.parent).copied().unwrap_or(0) };
        write_place(&mut places, row, name, parent);
    }
    let (keys, postings) = write_keys(rows)?;
    let mut out = b"DGZ1".to_vec();
    for count in [rows.len(), names.bytes.len(), postings.len(), keys.len()] {
        out.extend((count as u32).to_le_bytes());
    }
    Ok([out, places, names.bytes, postings, keys].concat())
}

#[derive(Default)]
struct Names<'a> {
    bytes: Vec<u8>,
    known: HashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn offset(&mut self, name: &'a str) -> Result<u32, String> {
        if let Some(&known) = self.known.get(name) {
            return Ok(known);
        }
        let length = u8::try_from(name.len()).map_err(|_| format!("`{name}` is too long"))?;
        let offset = self.bytes.len() as u32;
        self.bytes.push(length);
        self.bytes.extend(name.as_bytes());
        self.known.insert(name, offset);
        Ok(offset)
    }
}

fn write_place(out: &mut Vec<u8>, row: &Row<'_>, name: u32, parent: u32) {
    let degrees = |d: f32| (d * DEGREE).round() as i32 as u32;
    let inhabitants = ((row.population as f32 + 1.0).log2() * DOUBLING).round() as u16;
    out.extend(row.id.to_le_bytes());
    for value in [name, parent, degrees(row.at.0), degrees(row.at.1)] {
        out.extend(&value.to_le_bytes()[..3]);
    }
    out.extend(inhabitants.to_le_bytes());
    out.push(row.kind as u8);
    out.extend(row.country);
}

fn write_keys(rows: &[Row<'_>]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut keys: BTreeMap<String, Vec<(u32, Form)>> = BTreeMap::new();
    for (row, number) in rows.iter().zip(0..) {
        for (name, form) in forms(row) {
            let key = fold(&name);
            let references = keys.entry(key).or_default();
            if !references.iter().any(|r| r.0 == number) {
                references.push((number, form));
            }
        }
    }
    keys.remove("");
    let mut postings = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (key, mut references) in keys {
        references.sort_by_key(|r| std::cmp::Reverse(rows[r.0 as usize].population));
        let value = match references.as_slice() {
            [one] => u64::from(reference(*one)),
            many => write_list(&mut postings, many)?,
        };
        map.insert(key, value).map_err(|e| e.to_string())?;
    }
    Ok((map.into_inner().map_err(|e| e.to_string())?, postings))
}

fn write_list(postings: &mut Vec<u8>, references: &[(u32, Form)]) -> Result<u64, String> {
    let offset = postings.len() as u64;
    let count = u16::try_from(references.len()).map_err(|_| "a name of too many places".to_owned())?;
    postings.extend(count.to_le_bytes());
    for r in references {
        postings.extend(&reference(*r).to_le_bytes()[..3]);
    }
    Ok(LIST | offset)
}

fn reference((number, form): (u32, Form)) -> u32 {
    (form as u32) << PLACE_BITS | number
}

/// Every way of calling the place; where two give one key, the first counts.
fn forms<'a>(row: &'a Row<'a>) -> impl Iterator<Item = (String, Form)> + 'a {
    let others = row.others.iter().map(|other| ((*other).to_owned(), form_of(other)));
    let adjectives = row.adjectives.iter().flat_map(|a| with_plural(a)).map(|a| (a, Form::Adjective));
    std::iter::once((row.name.to_owned(), Form::Name)).chain(others).chain(adjectives)
}

/// Letters with dots, a word with a final dot, or up to four capitals are abbreviations.
fn form_of(other: &str) -> Form {
    let capitals = other.len() <= 4 && other.bytes().all(|b| b.is_ascii_uppercase() || b == b'&');
    if let Some(postal) = other.strip_prefix('~') {
        debug_assert_eq!(postal.len(), 2);
        Form::Postal
    } else if capitals || other.ends_with('.') {
        Form::Abbreviation
    } else {
        Form::Other
    }
}

fn with_plural(adjective: &str) -> Vec<String> {
    let plural =
        adjective.ends_with(['n', 'i', 'r', 't', 'k', 'b', 'e', 'd', 'g']) && !adjective.ends_with("men");
    let plural = plural.then(|| format!("{adjective}s"));
    std::iter::once(adjective.to_owned()).chain(plural).collect()
}
