//! The actor and agent dictionaries of TABARI and PETRARCH: `NAME_ [CODE dates]`, `+ALIAS`, `AGENT {PLURALS} [~CODE]`.
//!
//! CAMEO codes become a state or organisation and a part of society. Entries with dated codes are taken for persons, bare codes
//! of states for places of theirs, the rest for organisations. `[---]` means that the words name nobody.

use detente_model::{ActorCode, Sector};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::normal::Case;
use crate::record::{Form, Kind, Role, Word};
use crate::source::Faults;
use crate::{Lexicon, Period, names, plural};

/// Whether a text is such a dictionary: most of its lines that are not comments are names, aliases or codes.
pub(super) fn looks_like(text: &str) -> bool {
    let lines = text.lines().map(strip).filter(|line| !line.is_empty()).take(200);
    let (mut entries, mut all) = (0, 0);
    for line in lines {
        all += 1;
        entries += usize::from(line.starts_with(['+', '[']) || line.ends_with(']') || line.ends_with('_'));
    }
    entries * 2 > all && all > 0
}

/// Reads such a dictionary.
pub(super) fn read(lexicon: &mut Lexicon, text: &str, faults: &mut Faults<'_>) {
    let mut reader = Reader { lexicon, faults, sets: FxHashMap::default() };
    let mut entry = Entry::default();
    for (number, line) in text.lines().enumerate() {
        let (number, line) = (number + 1, strip(line));
        match line.chars().next() {
            None => {}
            Some('+') => entry.alias(&line[1..], number),
            Some('[') => entry.codes(line, number),
            Some('!') if line.contains('=') => reader.set(line),
            Some(_) => {
                reader.entry(&std::mem::replace(&mut entry, Entry::new(number)));
                entry.alias(line, number);
            }
        }
    }
    reader.entry(&entry);
}

/// A line without its comment.
fn strip(line: &str) -> &str {
    line.split('#').next().unwrap_or("").trim().trim_start_matches('\u{feff}')
}

#[derive(Debug, Default)]
struct Entry {
    line: usize,
    names: Vec<String>,
    plurals: Option<Vec<String>>,
    /// The inside of each bracket, with its line.
    codes: Vec<(String, usize)>,
    unclosed: Option<usize>,
}

impl Entry {
    fn new(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    /// A name, with what stands behind it: `{plurals}` and `[codes]`.
    fn alias(&mut self, text: &str, line: usize) {
        let end = text.find(['[', '{']).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let name = name.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            self.names.push(name);
        }
        if let Some((inside, _)) = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
            let plurals = inside.split(',').map(|p| p.replace('_', " ").trim().to_owned());
            self.plurals = Some(plurals.filter(|p| !p.is_empty()).collect());
        }
        self.codes(rest, line);
    }

    fn codes(&mut self, text: &str, line: usize) {
        for part in text.split('[').skip(1) {
            match part.split_once(']') {
                Some((inside, _)) => self.codes.push((inside.trim().to_owned(), line)),
                None => self.unclosed = Some(line),
            }
        }
    }

    fn is_agent(&self) -> bool {
        self.codes.iter().any(|(code, _)| code.contains('~'))
    }
}

struct Reader<'r, 'f> {
    lexicon: &'r mut Lexicon,
    faults: &'r mut Faults<'f>,
    /// `!PERSON! = MAN, MEN, WOMAN`.
    sets: FxHashMap<String, Vec<String>>,
}

impl Reader<'_, '_> {
    fn set(&mut self, line: &str) {
        if let Some((name, items)) = line.split_once('=') {
            let items =
                items.split(',').map(|item| item.trim().replace('_', " ")).filter(|item| !item.is_empty());
            self.sets.insert(name.trim().to_owned(), items.collect());
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.lexicon.at_line(entry.line);
        if let Some(line) = entry.unclosed {
            self.faults.error(line, "petrarch/unclosed", "the bracket is not closed");
        }
        if entry.names.is_empty() {
            for (code, line) in &entry.codes {
                self.faults.error(*line, "petrarch/no-name", format!("[{code}] belongs to no name"));
            }
            return;
        }
        let roles: SmallVec<[Role; 2]> =
            entry.codes.iter().filter_map(|(code, line)| self.role(code, *line)).collect();
        if entry.codes.is_empty() {
            let message = format!("`{}` has no code", entry.names[0]);
            return self.faults.error(entry.line, "petrarch/no-code", message);
        }
        if !roles.is_empty() {
            if entry.is_agent() { self.agent(entry, &roles) } else { self.actor(entry, &roles) }
        }
    }

    fn role(&mut self, text: &str, line: usize) -> Option<Role> {
        let text = text.replace("> ", ">").replace("< ", "<");
        let (code, dates) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        if code == "---" {
            return None;
        }
        let Some((code, sector)) = actor(code) else {
            self.faults.error(line, "petrarch/bad-code", format!("[{text}] is no CAMEO code"));
            return None;
        };
        match period(dates.trim()) {
            Some(period) => Some(Role { code, sector, office: None, period, of: None }),
            None => {
                self.faults.error(
                    line,
                    "petrarch/bad-date",
                    format!("`{dates}` is no date or span of dates"),
                );
                None
            }
        }
    }

    fn actor(&mut self, entry: &Entry, roles: &[Role]) {
        let dated = roles.iter().any(|r| r.period != Period::ALWAYS);
        let kind = match roles {
            _ if dated => Kind::Person,
            [Role { code: Some(code), sector: None, .. }] if self.lexicon.state(*code).is_some() => {
                Kind::Region
            }
            _ => Kind::Organisation,
        };
        let name = capitals(&entry.names[0]);
        let subject = self.lexicon.intern(kind, &name);
        roles.iter().for_each(|role| self.lexicon.add_role(subject, *role));
        for text in &entry.names {
            let word = if kind == Kind::Person && !text.contains(' ') { Word::Surname } else { Word::Name };
            let case = if text.chars().count() <= 3 { Case::Upper } else { Case::Capital };
            let form = Form { subject, word, case, period: Period::ALWAYS };
            if !self.lexicon.add_form(text, form) {
                self.faults.warning(
                    entry.line,
                    "lexicon/no-letters",
                    format!("`{text}` holds no letter or digit"),
                );
            }
        }
        if kind == Kind::Person {
            for alone in names::used_alone(&name, roles[0].code) {
                let form = Form { subject, word: Word::Surname, case: Case::Capital, period: Period::ALWAYS };
                self.lexicon.add_form(alone, form);
            }
        }
    }

    fn agent(&mut self, entry: &Entry, roles: &[Role]) {
        let names: Vec<String> = entry.names.iter().flat_map(|name| self.expanded(name)).collect();
        for name in names {
            let name = name.to_lowercase();
            let subject = self.lexicon.intern(Kind::Title, &name);
            roles.iter().for_each(|role| self.lexicon.add_role(subject, *role));
            let form = |word| Form { subject, word, case: Case::Any, period: Period::ALWAYS };
            self.lexicon.add_form(&name, form(Word::Singular));
            let plurals = entry.plurals.clone().unwrap_or_else(|| vec![plural::of(&name)]);
            plurals
                .iter()
                .for_each(|many| _ = self.lexicon.add_form(&many.to_lowercase(), form(Word::Plural)));
        }
    }

    /// `FOREIGN !MINIST!` with each word of the set.
    fn expanded(&self, name: &str) -> Vec<String> {
        let found = self.sets.iter().find(|(set, _)| name.contains(set.as_str()));
        match found {
            Some((set, items)) => items.iter().map(|item| name.replace(set.as_str(), item)).collect(),
            None => vec![name.to_owned()],
        }
    }
}

fn capitals(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        first + &letters.as_str().to_lowercase()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A CAMEO code as state or organisation and part of society.
fn actor(code: &str) -> Option<(Option<ActorCode>, Option<Sector>)> {
    let agent = code.contains('~');
    let letters = code.replace('~', "");
    if letters.is_empty()
        || !letters.len().is_multiple_of(3)
        || !letters.bytes().all(|b| b.is_ascii_uppercase())
    {
        return None;
    }
    let mut parts = (0..letters.len()).step_by(3).map(|i| &letters[i..i + 3]).peekable();
    let code = if agent && !code.ends_with('~') { None } else { state_or_organisation(&mut parts) };
    let implied = match code.as_ref().map(ActorCode::as_str) {
        Some("NGO") => Some(Sector::Ngo),
        Some("MNC") => Some(Sector::Bus),
        _ => None,
    };
    Some((code, parts.find_map(sector).or(implied)))
}

fn state_or_organisation<'a>(
    parts: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
) -> Option<ActorCode> {
    let first = parts.next()?;
    if matches!(first, "IGO" | "NGO") {
        let own = match *parts.peek()? {
            "EEC" | "EUR" => "EUR",
            own @ ("UNO" | "NAT" | "OSC" | "ASN" | "AFU" | "ARL" | "IMF" | "WBK" | "ICR" | "IAE") => own,
            "OAU" => "AFU",
            "IRC" => "ICR",
            _ => first,
        };
        return own.parse().ok();
    }
    first.parse().ok()
}

fn sector(part: &str) -> Option<Sector> {
    Some(match part {
        "INS" | "SEP" | "RAD" => Sector::Reb,
        "MUS" | "CHR" | "JEW" | "HIN" | "BUD" | "CTH" | "PRO" | "SHI" | "SUN" | "MOS" => Sector::Rel,
        "HLH" => Sector::Med,
        "MED" => Sector::Jrn,
        "AGR" => Sector::Cvl,
        _ => return part.parse().ok(),
    })
}

/// `840101-891231`, `>20070101`, `<19991231`, or one day on which it began.
fn period(text: &str) -> Option<Period> {
    if text.is_empty() {
        return Some(Period::ALWAYS);
    }
    let (from, to) = match text.chars().next() {
        Some('>') => (Some(&text[1..]), None),
        Some('<') => (None, Some(&text[1..])),
        _ => match text.split_once('-') {
            Some((from, to)) => (Some(from), Some(to)),
            None => (Some(text), None),
        },
    };
    let cell = |day: Option<&str>| day.map_or(Some(String::new()), iso);
    Period::parse(&cell(from)?, &cell(to)?).ok()
}

/// `YYMMDD` or `YYYYMMDD` as ISO; years below 30 are of this century.
fn iso(day: &str) -> Option<String> {
    let day = day.trim();
    if !day.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match day.len() {
        6 => (
            if &day[..2] < "30" { format!("20{}", &day[..2]) } else { format!("19{}", &day[..2]) },
            &day[2..],
        ),
        8 => (day[..4].to_owned(), &day[4..]),
        _ => return None,
    };
    Some(format!("{year}-{}-{}", &rest[..2], &rest[2..]))
}
