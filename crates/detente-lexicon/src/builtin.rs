//! The lexicon that comes with the program.

use std::str::FromStr;
use std::sync::OnceLock;

use crate::Lexicon;
use crate::source::{Table, read_table};

/// The tables as the build script has checked and packed them: a line `#: TABLE`, then its rows.
const PACKED: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.tsv"));

impl Lexicon {
    /// The lexicon that comes with the program. It was checked when the program was built, and is read once.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(unpack)
    }
}

fn unpack() -> Lexicon {
    let mut lexicon = Lexicon::default();
    for part in PACKED.split("#: ").skip(1) {
        let (name, rows) = part.split_once('\n').unwrap_or((part, ""));
        if let Ok(table) = Table::from_str(name) {
            read_table(&mut lexicon, table, name, rows, &mut Vec::new());
        }
    }
    lexicon
}
