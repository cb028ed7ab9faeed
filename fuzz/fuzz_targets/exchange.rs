//! Any bytes as a file of another data set: it ends, and what is read is written in every format, a row of all its columns a line.
//!
//! `cargo +nightly fuzz run exchange -- -max_len=8192`

#![no_main]

use std::io::Cursor;

use detente_ledger::exchange::{Coverage, Format, NoGeography, Reader, Writer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(reader) = Reader::new(Cursor::new(bytes.to_vec()), "any") else { return };
    let reports: Vec<_> = reader.flatten().collect();
    for format in Format::ALL.iter().filter(|format| !format.columns().is_empty()) {
        let mut out = Vec::new();
        let mut writer = Writer::new(*format, &mut out, &NoGeography).expect("memory can be written");
        for report in &reports {
            writer.write(report, Coverage::ONCE).expect("memory can be written");
        }
        let summary = writer.finish().expect("memory can be written");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text.lines().count() as u64, summary.rows + u64::from(format.has_header()));
        assert!(text.lines().all(|line| line.split('\t').count() == format.columns().len()));
    }
});
