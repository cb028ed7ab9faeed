//! Reports and contacts of our own writing, and a gazetteer of six places.

use std::path::{Path, PathBuf};
use std::{env, fs};

use detente_ledger::exchange::{Coverage, Format, Geography, Reader, Setting, SettingKind, Summary, Writer};
use detente_model::{Contact, Report};

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange")
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn reports() -> Vec<Report> {
    let lines = fs::read(folder().join("data/reports.jsonl")).unwrap();
    read(lines)
}

pub fn contacts() -> Vec<Contact> {
    serde_json::from_str(&fs::read_to_string(folder().join("data/contacts.json")).unwrap()).unwrap()
}

/// The reports of bytes that have no fault.
pub fn read(bytes: Vec<u8>) -> Vec<Report> {
    let reader = Reader::new(std::io::Cursor::new(bytes), "sample").unwrap();
    reader.collect::<Result<_, _>>().unwrap_or_else(|fault| panic!("{fault}"))
}

pub fn written(format: Format, reports: &[Report]) -> (String, Summary) {
    let mut out = Vec::new();
    let mut writer = Writer::new(format, &mut out, &SixPlaces).unwrap();
    for report in reports {
        writer.write(report, Coverage { mentions: 4, sources: 2, articles: 3 }).unwrap();
    }
    let summary = writer.finish().unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

/// Compares with the file, or writes it where that is asked for.
pub fn agrees(path: &Path, actual: &str) {
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(path, actual).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(expected == actual, "{} differs; UPDATE_SNAPSHOTS=1 writes it anew\n{actual}", path.display());
}

pub struct SixPlaces;

impl Geography for SixPlaces {
    fn setting(&self, geonameid: u32) -> Option<Setting> {
        let (kind, division) = match geonameid {
            524_901 => (SettingKind::Town, Some(("Moscow", 524_894))),
            5_861_897 => (SettingKind::Town, Some(("Alaska", 5_879_092))),
            99_072 => (SettingKind::Town, Some(("Nineveh", 92_877))),
            92_877 => (SettingKind::Division, Some(("Nineveh", 92_877))),
            5_879_092 => (SettingKind::Division, Some(("Alaska", 5_879_092))),
            99_237 => (SettingKind::Country, None),
            _ => return None,
        };
        Some(Setting { kind, division: division.map(|(name, id)| (name.to_owned(), Some(id))) })
    }
}
