//! Own records: one actor a row of `actors.tsv`, or a table `[[actor]]` of a TOML file.
//!
//! Both have the fields `kind`, `name`, `code`, `sector`, `office`, `from`, `to`, `aliases`, `parent`. A record without a code takes
//! code and sector from its parent, an actor named in the folder or built in.

use std::str::FromStr;

use detente_model::{ActorCode, Sector};

use crate::normal::Case;
use crate::record::{Form, Kind, Role, SubjectId, Word};
use crate::source::{Fault, Faults};
use crate::{Lexicon, Period, names, plural};

const COLUMNS: [&str; 9] = ["kind", "name", "code", "sector", "office", "from", "to", "aliases", "parent"];

/// One record as written.
#[derive(Debug, Default)]
struct Raw {
    line: usize,
    fields: [String; COLUMNS.len()],
}

impl Raw {
    fn get(&self, field: &str) -> &str {
        COLUMNS.iter().position(|c| *c == field).map_or("", |i| self.fields[i].trim())
    }
}

/// Who takes code and sector from whom, settled when all files are read.
#[derive(Debug, Default)]
pub(super) struct Parents {
    links: Vec<Link>,
}

#[derive(Debug)]
struct Link {
    file: String,
    line: usize,
    child: SubjectId,
    parent: String,
    role: Role,
}

/// Reads `actors.tsv`.
pub(super) fn read_tsv(lexicon: &mut Lexicon, text: &str, parents: &mut Parents, faults: &mut Faults<'_>) {
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut raw = Raw { line: number + 1, ..Raw::default() };
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() > COLUMNS.len() {
            let message = format!("{} cells, but own records have {} columns", cells.len(), COLUMNS.len());
            faults.error(raw.line, "lexicon/columns", message);
            continue;
        }
        for (field, cell) in raw.fields.iter_mut().zip(cells) {
            *field = cell.to_owned();
        }
        write(lexicon, &raw, parents, faults);
    }
}

/// Reads `[[actor]]` tables: `key = "text"` and `aliases = ["…", "…"]`, the part of TOML that records need.
pub(super) fn read_toml(lexicon: &mut Lexicon, text: &str, parents: &mut Parents, faults: &mut Faults<'_>) {
    let mut open: Option<Raw> = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            open.take().into_iter().for_each(|raw| write(lexicon, &raw, parents, faults));
            match line.split('#').next().unwrap_or("").trim() {
                "[[actor]]" => open = Some(Raw { line: number + 1, ..Raw::default() }),
                other => faults.error(number + 1, "lexicon/bad-toml", format!("`{other}` is not [[actor]]")),
            }
            continue;
        }
        match (open.as_mut(), pair(line)) {
            (Some(raw), Ok((key, value))) => match COLUMNS.iter().position(|c| *c == key) {
                Some(i) => raw.fields[i] = value,
                None => faults.warning(number + 1, "lexicon/bad-toml", format!("there is no field `{key}`")),
            },
            (None, Ok(_)) => faults.error(number + 1, "lexicon/bad-toml", "a field outside of [[actor]]"),
            (_, Err(reason)) => faults.error(number + 1, "lexicon/bad-toml", reason),
        }
    }
    open.into_iter().for_each(|raw| write(lexicon, &raw, parents, faults));
}

/// `key = "text"` or `key = ["text", "text"]` on one line, with a comment or none.
fn pair(line: &str) -> Result<(&str, String), String> {
    let (key, value) = line.split_once('=').ok_or_else(|| format!("`{line}` is not key = \"value\""))?;
    let (key, value) = (key.trim(), value.trim());
    if let Some(rest) = value.strip_prefix('[') {
        let (mut items, mut rest) = (Vec::new(), rest.trim_start());
        while !rest.starts_with(']') {
            let (item, after) = string(rest)?;
            items.push(item);
            rest = after.trim_start().trim_start_matches(',').trim_start();
        }
        return Ok((key, items.join("; ")));
    }
    if let Some(bare) =
        value.split('#').next().map(str::trim).filter(|v| v.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Ok((key, bare.to_owned()));
    }
    string(value).map(|(text, _)| (key, text))
}

fn string(text: &str) -> Result<(String, &str), String> {
    let quote = text
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))
        .ok_or_else(|| format!("`{text}` is no string"))?;
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((i, c)) = chars.next() {
        match c {
            _ if c == quote => return Ok((out, &text[i + 1..])),
            '\\' if quote == '"' => out.extend(chars.next().map(|(_, c)| c)),
            _ => out.push(c),
        }
    }
    Err(format!("the string {text} is not closed"))
}

fn write(lexicon: &mut Lexicon, raw: &Raw, parents: &mut Parents, faults: &mut Faults<'_>) {
    lexicon.at_line(raw.line);
    if let Err((code, message)) = try_write(lexicon, raw, parents, faults) {
        faults.error(raw.line, code, message);
    }
}

fn try_write(
    lexicon: &mut Lexicon,
    raw: &Raw,
    parents: &mut Parents,
    faults: &mut Faults<'_>,
) -> Result<(), (&'static str, String)> {
    let name = Some(raw.get("name"))
        .filter(|n| !n.is_empty())
        .ok_or(("lexicon/empty", "the name is empty".into()))?;
    let kind = Kind::from_str(raw.get("kind")).map_err(|e| ("lexicon/bad-kind", e.to_string()))?;
    let period =
        Period::parse(raw.get("from"), raw.get("to")).map_err(|e| ("lexicon/bad-date", e.to_string()))?;
    let code = optional::<ActorCode>(raw.get("code")).map_err(|e| ("lexicon/bad-code", e))?;
    let sector = optional::<Sector>(raw.get("sector")).map_err(|e| ("lexicon/bad-sector", e))?;
    let office = match raw.get("office") {
        "" => None,
        key => Some(
            super::office(lexicon, key)
                .ok_or_else(|| ("lexicon/bad-office", format!("`{key}` is no office")))?,
        ),
    };
    let sector = sector.or_else(|| office.and_then(|o| lexicon.office_record(o).sector));
    let role = Role { code, sector, office, period, of: None };
    let id = lexicon.intern(kind, name);
    match raw.get("parent") {
        "" => lexicon.add_role(id, role),
        parent => parents.links.push(Link {
            file: faults.file.to_owned(),
            line: raw.line,
            child: id,
            parent: parent.to_owned(),
            role,
        }),
    }
    let aliases = raw.get("aliases").split(';').map(str::trim).filter(|alias| !alias.is_empty());
    for text in std::iter::once(name).chain(aliases) {
        forms(lexicon, id, kind, text, code);
        if crate::key_of(text).is_empty() {
            faults.warning(raw.line, "lexicon/no-letters", format!("`{text}` holds no letter or digit"));
        }
    }
    Ok(())
}

fn optional<T: FromStr<Err: ToString>>(text: &str) -> Result<Option<T>, String> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|e: T::Err| e.to_string()) }
}

/// The forms that a record of this kind gives.
fn forms(lexicon: &mut Lexicon, subject: SubjectId, kind: Kind, text: &str, code: Option<ActorCode>) {
    let mut add = |text: &str, word| {
        lexicon.add_form(text, Form { subject, word, case: Case::of_form(text), period: Period::ALWAYS });
    };
    match kind {
        Kind::Title => {
            add(text, Word::Singular);
            add(&plural::of(text), Word::Plural);
        }
        Kind::People => add(text, Word::Adjective),
        Kind::Person if text.contains([' ', '-']) => {
            add(text, Word::Name);
            names::used_alone(text, code).iter().for_each(|alone| add(alone, Word::Surname));
        }
        Kind::Person => add(text, Word::Surname),
        _ => add(text, Word::Name),
    }
}

impl Parents {
    /// Gives every child what its parent is; a child whose parent is missing, or in the end itself, stays without.
    pub(super) fn settle(&mut self, lexicon: &mut Lexicon, faults: &mut Vec<Fault>) {
        let mut links = std::mem::take(&mut self.links);
        loop {
            let before = links.len();
            links.retain(|link| match parent_role(lexicon, &link.parent, link.child) {
                Some(parent) => {
                    let code = link.role.code.or(parent.code);
                    lexicon.add_role(
                        link.child,
                        Role { code, sector: link.role.sector.or(parent.sector), ..link.role },
                    );
                    false
                }
                None => true,
            });
            if links.len() == before {
                break;
            }
        }
        for link in links {
            let mut faults = Faults { file: &link.file, list: faults };
            let known = lexicon.forms(&link.parent).iter().any(|f| f.subject != link.child);
            let (code, message) = match known {
                true => (
                    "lexicon/cyclic-parent",
                    format!("the parent `{}` leads back to the record itself", link.parent),
                ),
                false => ("lexicon/no-parent", format!("the parent `{}` is nobody", link.parent)),
            };
            faults.error(link.line, code, message);
            if link.role.code.is_some() {
                lexicon.add_role(link.child, link.role);
            }
        }
    }
}

fn parent_role(lexicon: &Lexicon, parent: &str, child: SubjectId) -> Option<Role> {
    let forms = lexicon.forms(parent).iter().filter(|f| f.subject != child);
    forms.filter_map(|f| lexicon.subject(f.subject).role_on(None)).next().copied()
}
