//! What is remembered of feeds from one run to the next, in a file that is replaced whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::fetch::Validators;

/// How a feed stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// What to ask its server with.
    pub validators: Validators,
    /// The marks of the entries that were there the last time and are done with.
    pub seen: BTreeSet<u64>,
    /// How often the pages of entries could not be had, by the marks of these.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<u64, u8>,
    /// How often in a row it could not be read.
    pub failures: u32,
    /// What went wrong the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// The second of the epoch at which it is asked next.
    pub next: i64,
}

impl Standing {
    /// Whether it may be asked at a second; `early` passes over the usual pause, never over that after a failure.
    pub fn is_due(&self, now: i64, early: bool) -> bool {
        self.next <= now || early && self.failures == 0
    }
}

/// All feeds by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    feeds: BTreeMap<String, Standing>,
}

impl Standings {
    /// Reads the file; one that is not there remembers nothing.
    ///
    /// # Errors
    /// When it cannot be read, or is no such file.
    pub fn load(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Replaces the file: whatever ends the program, it is the old or the new one, whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let mut file = File::create(&beside)?;
        serde_json::to_writer(&mut file, self)?;
        file.flush()?;
        file.sync_all()?;
        fs::rename(&beside, path)
    }

    /// How a feed stands; one that is new stands at the beginning.
    pub fn of(&self, feed: &str) -> Standing {
        self.feeds.get(feed).cloned().unwrap_or_default()
    }

    /// Notes how a feed stands.
    pub fn note(&mut self, feed: &str, standing: Standing) {
        self.feeds.insert(feed.to_owned(), standing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_loaded_and_a_broken_file_is_told() {
        let path = std::env::temp_dir().join(format!("detente-standings-{}.json", std::process::id()));
        let mut standings = Standings::load(&path).unwrap();
        assert_eq!(standings, Standings::default());
        let validators = Validators { etag: Some("\"a\"".to_owned()), last_modified: None };
        let standing = Standing { validators, seen: [7, u64::MAX].into(), next: 5, ..Standing::default() };
        standings.note("http://a.example/", standing);
        standings.save(&path).unwrap();
        assert_eq!(Standings::load(&path).unwrap(), standings);
        fs::write(&path, "{\"feeds\": [").unwrap();
        assert!(Standings::load(&path).is_err());
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_pause_after_a_failure_is_never_passed_over() {
        let resting = Standing { next: 100, ..Standing::default() };
        assert!(!resting.is_due(99, false) && resting.is_due(99, true) && resting.is_due(100, false));
        let failed = Standing { failures: 1, ..resting };
        assert!(!failed.is_due(99, true) && failed.is_due(100, true));
    }
}
