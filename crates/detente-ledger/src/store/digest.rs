//! Digests: what says whether a row is still what was written.

use sha2::{Digest as _, Sha256};

use super::sql::{Kind, Value};

/// The first eight bytes of a SHA-256 over named values; empty ones do not count, so that a column that a later format adds
/// changes no digest of an earlier row.
#[derive(Default)]
pub(super) struct Digest(Sha256);

impl Digest {
    /// Adds a row's values under the names of their columns.
    pub fn row(mut self, columns: &[(&str, Kind)], values: &[Value<'_>]) -> Self {
        for ((name, _), value) in columns.iter().zip(values) {
            self.value(name, value);
        }
        self
    }

    /// Adds one text.
    pub fn text(mut self, name: &str, text: &str) -> Self {
        self.value(name, &Value::from(text));
        self
    }

    /// The digest of all that was added, in its order.
    pub fn finish(self) -> i64 {
        first_eight(&self.0.finalize())
    }

    fn value(&mut self, name: &str, value: &Value<'_>) {
        match value {
            Value::Null => {}
            Value::Text(text) => self.field(name, text.as_bytes()),
            Value::Int(number) => self.field(name, &number.to_le_bytes()),
            Value::Real(number) => self.field(name, &number.to_bits().to_le_bytes()),
        }
    }

    fn field(&mut self, name: &str, value: &[u8]) {
        self.0.update(name.as_bytes());
        self.0.update((value.len() as u64).to_le_bytes());
        self.0.update(value);
    }
}

/// The number that a block's name is kept by. Should two names ever share one, both blocks are derived together, to the same result.
/// It begins with the year, so that what is written together lies together.
pub(super) fn block(day: &str, name: &str) -> i64 {
    let year: i64 = day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    let digest = first_eight(&Sha256::digest(name.as_bytes()));
    year << 48 | digest.cast_unsigned().unbounded_shr(16).cast_signed()
}

fn first_eight(bytes: &[u8]) -> i64 {
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | i64::from(*byte))
}
