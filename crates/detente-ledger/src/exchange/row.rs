//! One row in the making: what all dyadic formats are written from.

use std::fmt::{Display, Write as _};

use detente_model::Report;
use jiff::civil::Date;

use super::Coverage;
use super::geography::Site;
use super::party::Coded;
use super::tables::{self, Code};

/// One dyad of a report with all that a row may say of it.
pub(super) struct Row<'a> {
    pub report: &'a Report,
    pub actor: Option<Coded<'a>>,
    pub recipient: Option<Coded<'a>>,
    pub day: Date,
    pub code: &'static Code,
    pub site: Option<Site<'a>>,
    pub coverage: Coverage,
    /// The number of the dyad in its report, from 0.
    pub dyad: usize,
    /// The number of the row in its file, from 1.
    pub number: u64,
}

impl Row<'_> {
    /// A number that is the same whenever the same report is written, in 0..2^53 so that R and JSON hold it.
    pub fn id(&self) -> u64 {
        stable_number(&[self.report.key(), &self.dyad.to_string()])
    }
}

/// The CAMEO code of a report: its own where it stands for the same PLOVER type, else the type's nearest.
pub(super) fn code(report: &Report) -> &'static Code {
    let event = &report.event;
    let own = tables::cameo(&event.cameo).filter(|code| code.kind == Some(event.kind) && !code.reversed);
    let nearest = || tables::cameo(event.kind.cameo(event.mode));
    own.or_else(nearest).unwrap_or(&tables::CODES[0])
}

/// A number made of words, by FNV-1a with a last stirring, cut to 53 bits.
pub(super) fn stable_number(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let stirred = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (stirred ^ (stirred >> 33)) >> 11
}

/// Appends words as a cell holds them: tabs, line ends and other control characters become one space.
pub(super) fn words(out: &mut String, text: &str) {
    let mut parted = false;
    for c in text.trim().chars() {
        if c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
            parted = true;
            continue;
        }
        if std::mem::take(&mut parted) {
            out.push(' ');
        }
        out.push(c);
    }
}

/// Appends a value, or nothing where there is none.
pub(super) fn value(out: &mut String, value: Option<impl Display>) {
    if let Some(value) = value {
        let _ = write!(out, "{value}");
    }
}

/// YYYYMMDD as a number.
pub(super) fn compact(day: Date) -> i32 {
    i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
}
