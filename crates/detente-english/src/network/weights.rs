//! The arrays of the model, read in place from the safetensors file that the binary carries.

use std::collections::HashMap;

use serde::Deserialize;

use super::WIDTH;

/// The model file is not what this version of the code reads. The embedded file always is: a test loads it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ModelError {
    /// The file ends early or its header is no safetensors header.
    #[error("english/model-header: not a safetensors file: {0}")]
    Header(String),
    /// An array is missing or has another shape.
    #[error("english/model-array: no f32 array `{name}` of {want} values")]
    Array { name: String, want: usize },
    /// A list of labels holds an unknown one.
    #[error("english/model-label: unknown label `{0}`")]
    Label(String),
}

/// Named arrays of little-endian `f32`.
pub(crate) struct Weights<'m> {
    entries: HashMap<String, Entry>,
    data: &'m [u8],
}

#[derive(Deserialize)]
struct Entry {
    dtype: String,
    data_offsets: (usize, usize),
}

impl<'m> Weights<'m> {
    /// Reads the header; the arrays stay where they are.
    pub(crate) fn parse(file: &'m [u8]) -> Result<Self, ModelError> {
        let short = || ModelError::Header("it ends early".to_owned());
        let (length, rest) = file.split_first_chunk::<8>().ok_or_else(short)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| short())?;
        let (header, data) = rest.split_at_checked(length).ok_or_else(short)?;
        let entries = serde_json::from_slice(header).map_err(|e| ModelError::Header(e.to_string()))?;
        Ok(Self { entries, data })
    }

    /// An array of `want` values.
    pub(crate) fn array(&self, name: &str, want: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(name, want)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// A table of rows of [`WIDTH`] values, left in place.
    pub(crate) fn table(&self, name: &str, rows: usize) -> Result<Table<'m>, ModelError> {
        Ok(Table { bytes: self.bytes(name, rows * WIDTH)? })
    }

    fn bytes(&self, name: &str, want: usize) -> Result<&'m [u8], ModelError> {
        let entry = self.entries.get(name).filter(|entry| entry.dtype == "F32");
        entry
            .and_then(|entry| self.data.get(entry.data_offsets.0..entry.data_offsets.1))
            .filter(|bytes| bytes.len() == want * 4)
            .ok_or_else(|| ModelError::Array { name: name.to_owned(), want })
    }
}

/// A table of embedding rows, decoded as they are read: a run touches a small part of the tables.
#[derive(Clone, Copy)]
pub(crate) struct Table<'m> {
    bytes: &'m [u8],
}

impl Table<'_> {
    /// How many rows it has.
    pub(crate) fn rows(self) -> usize {
        self.bytes.len() / (WIDTH * 4)
    }

    /// Adds row `row` to `sum`.
    pub(crate) fn add_row(self, row: usize, sum: &mut [f32; WIDTH]) {
        let values = self.bytes[row * WIDTH * 4..][..WIDTH * 4].as_chunks::<4>().0;
        for (sum, value) in sum.iter_mut().zip(values) {
            *sum += f32::from_le_bytes(*value);
        }
    }
}
