//! The ready form of a lexicon: what the build script makes of the tables, and the program takes in at its start.
//!
//! Numbers are 32 bits, little end first; a text is its length and its bytes. Texts are used where they lie in the program,
//! so that taking it in costs no parsing, no folding and no copies of words.

use std::borrow::Cow;
use std::str;

use detente_model::{ActorCode, Sector};
use jiff::civil::Date;
use smallvec::SmallVec;

use crate::lexicon::{Lexicon, SubjectRow};
use crate::normal::Case;
use crate::period::Period;
use crate::record::{Form, Kind, Office, OfficeRecord, Role, SubjectId, Word};

const CASES: &[Case] = &[Case::Any, Case::Capital, Case::Upper];

/// The ready form. The same lexicon gives the same bytes.
#[allow(dead_code)] // The program only reads it.
pub(crate) fn pack(lexicon: &Lexicon) -> Vec<u8> {
    let mut out = Packer(Vec::new());
    out.list(&lexicon.offices, Packer::office);
    out.list(&lexicon.subjects, Packer::subject);
    let mut phrases: Vec<_> = lexicon.forms.iter().collect();
    phrases.sort_by_key(|(key, _)| *key);
    out.list(&phrases, |out, (key, forms)| {
        out.text(key);
        out.list(forms, Packer::form);
    });
    out.0
}

/// The lexicon of a ready form.
pub(crate) fn unpack(bytes: &'static [u8]) -> Lexicon {
    let mut input = Unpacker(bytes);
    let mut lexicon = Lexicon::default();
    lexicon.offices.extend(input.list(Unpacker::office));
    for _ in 0..input.number() {
        let (key, row) = input.subject();
        lexicon.add_subject(key, row);
    }
    let phrases = input.number();
    lexicon.forms.reserve(phrases as usize);
    for _ in 0..phrases {
        let key = input.text();
        let forms = input.list(Unpacker::form).collect();
        lexicon.add_phrase(key, forms);
    }
    lexicon
}

struct Packer(Vec<u8>);

#[allow(dead_code)]
impl Packer {
    fn number(&mut self, number: usize) {
        self.0.extend((number as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.number(items.len());
        items.iter().for_each(|item| each(self, item));
    }

    /// The place of a value in the list of all, from 1; 0 for none.
    fn one_of<T: PartialEq>(&mut self, all: &[T], value: Option<T>) {
        let place = value.and_then(|value| all.iter().position(|other| *other == value));
        self.number(place.map_or(0, |place| place + 1));
    }

    fn office(&mut self, office: &OfficeRecord) {
        self.text(&office.key);
        self.one_of(Sector::ALL, office.sector);
        self.text(&office.what);
    }

    fn subject(&mut self, row: &SubjectRow) {
        self.one_of(Kind::ALL, Some(row.kind));
        self.text(&row.name);
        self.text(&crate::normal::key_of(&row.name));
        self.list(&row.roles, Self::role);
    }

    fn role(&mut self, role: &Role) {
        self.text(role.code.as_ref().map_or("", ActorCode::as_str));
        self.one_of(Sector::ALL, role.sector);
        self.number(role.office.map_or(0, |office| usize::from(office.0) + 1));
        self.period(role.period);
        self.number(role.of.map_or(0, |of| of.0 as usize + 1));
    }

    fn form(&mut self, form: &Form) {
        self.number(form.subject.0 as usize);
        self.one_of(Word::ALL, Some(form.word));
        self.one_of(CASES, Some(form.case));
        self.period(form.period);
    }

    fn period(&mut self, period: Period) {
        self.day(period.from);
        self.day(period.to);
    }

    /// A day as the number YYYYMMDD, 0 for none.
    fn day(&mut self, day: Option<Date>) {
        let number = |d: Date| d.year() as usize * 10_000 + d.month() as usize * 100 + d.day() as usize;
        self.number(day.map_or(0, number));
    }
}

/// Reads from the front; past the end there are zeros and empty texts.
struct Unpacker(&'static [u8]);

impl Unpacker {
    fn number(&mut self) -> u32 {
        let Some((number, rest)) = self.0.split_first_chunk() else { return 0 };
        self.0 = rest;
        u32::from_le_bytes(*number)
    }

    fn text(&mut self) -> &'static str {
        let len = self.number() as usize;
        let Some((text, rest)) = self.0.split_at_checked(len) else { return "" };
        self.0 = rest;
        str::from_utf8(text).unwrap_or_default()
    }

    fn list<'u, T>(&'u mut self, each: fn(&mut Self) -> T) -> impl Iterator<Item = T> + use<'u, T> {
        (0..self.number()).map(move |_| each(self))
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get((self.number() as usize).checked_sub(1)?).copied()
    }

    fn office(&mut self) -> OfficeRecord {
        OfficeRecord {
            key: self.text().to_owned(),
            sector: self.one_of(Sector::ALL),
            what: self.text().to_owned(),
        }
    }

    fn subject(&mut self) -> (Cow<'static, str>, SubjectRow) {
        let kind = self.one_of(Kind::ALL).unwrap_or(Kind::Title);
        let (name, key) = (self.text(), self.text());
        let roles: SmallVec<_> = self.list(Self::role).collect();
        (key.into(), SubjectRow { kind, name: name.into(), roles })
    }

    fn role(&mut self) -> Role {
        Role {
            code: self.text().parse().ok(),
            sector: self.one_of(Sector::ALL),
            office: self.number().checked_sub(1).map(|n| Office(n as u8)),
            period: self.period(),
            of: self.number().checked_sub(1).map(SubjectId),
        }
    }

    fn form(&mut self) -> Form {
        Form {
            subject: SubjectId(self.number()),
            word: self.one_of(Word::ALL).unwrap_or(Word::Name),
            case: self.one_of(CASES).unwrap_or(Case::Any),
            period: self.period(),
        }
    }

    fn period(&mut self) -> Period {
        Period { from: self.day(), to: self.day() }
    }

    fn day(&mut self) -> Option<Date> {
        let number = self.number();
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        Date::new(year as i16, month as i8, day as i8).ok().filter(|_| number > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Table, read_table};

    #[test]
    fn what_is_packed_comes_out_again() {
        let mut lexicon = Lexicon::default();
        let tables = [
            (Table::Offices, "president\tGOV\thead of state"),
            (Table::States, "ARC\tArcadia\tArcady\tArcadian\tArcadians\tPan\t1990\t2001-05-06\tFRA"),
            (Table::Persons, "Ana Ruiz\tARC\tpresident\t1995\t1999\tA. Ruiz@1996.."),
        ];
        for (table, rows) in tables {
            read_table(&mut lexicon, table, "test", rows, &mut Vec::new());
        }
        let bytes: &'static [u8] = pack(&lexicon).leak();
        let back = unpack(bytes);
        assert_eq!(pack(&back), bytes);
        assert_eq!(format!("{:?}", back.forms("ruiz")), format!("{:?}", lexicon.forms("ruiz")));
        assert_eq!(back.person("Ruiz", None).len(), 1);
        assert_eq!(back.near("Ana Ruis", None).len(), lexicon.near("Ana Ruis", None).len());
        assert!(back.lookup(&["A.", "Ruiz"], 0).is_some());
    }

    #[test]
    fn a_torn_form_is_a_smaller_lexicon() {
        unpack(&[9, 0, 0, 0, 255, 255, 255, 255, 1]);
    }
}
