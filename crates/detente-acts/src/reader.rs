//! Reads the data files; every fault is named with file and line, and what is sound is kept.

use std::fmt;

use detente_model::{Context, EventType};

use crate::pattern::{Pattern, Sets, WordSet, is_word, word_set};
use crate::rule_id::RuleIds;
use crate::sense::{
    Construction, Location, Meaning, Need, Operator, RoleSpec, Sense, Slot, Theme, WordClass,
};
use crate::symbol::Symbols;

/// A data file: its name decides how it is read.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// `accuse.tsv`, `none.tsv`, `operators.tsv`, `sets.tsv` …
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Everything that sound lines say.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub symbols: Symbols,
    pub senses: Vec<Sense>,
    pub operators: Vec<Operator>,
    pub constructions: Vec<Construction>,
    pub classes: Vec<(WordClass, WordSet)>,
}

/// What lines are read with: the sets and themes defined before, and the names given so far.
#[derive(Debug, Default)]
struct Known {
    sets: Sets,
    themes: Vec<(Theme, WordSet)>,
    ids: RuleIds,
}

pub(crate) fn read(files: &[File<'_>]) -> (Content, Vec<Fault>) {
    let mut content = Content::default();
    let mut faults = Vec::new();
    let mut known = Known::default();
    for file in files.iter().filter(|file| file.name == "sets.tsv") {
        each_line(file, &mut faults, |_, line| read_set(line, &mut content.symbols, &mut known.sets));
    }
    for file in files.iter().filter(|file| file.name == "themes.tsv") {
        each_line(file, &mut faults, |_, line| read_theme(line, &mut content.symbols, &mut known));
    }
    for file in files.iter().filter(|file| !matches!(file.name, "sets.tsv" | "themes.tsv")) {
        each_line(file, &mut faults, |at, line| read_line(at, line, &mut content, &mut known));
    }
    (content, faults)
}

fn each_line(
    file: &File<'_>,
    faults: &mut Vec<Fault>,
    mut read: impl FnMut(Location, &str) -> Result<(), String>,
) {
    for (number, line) in file.text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let at = Location { file: file.name.into(), line: number + 1 };
        if let Err(reason) = read(at, line) {
            faults.push(Fault { file: file.name.to_owned(), line: number + 1, reason });
        }
    }
}

fn read_set(line: &str, symbols: &mut Symbols, sets: &mut Sets) -> Result<(), String> {
    let (name, words) = line.split_once('\t').ok_or("wanted: name, TAB, words")?;
    let mut set = Vec::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        match word.strip_prefix('@') {
            Some(other) => {
                set.extend(sets.get(other).ok_or_else(|| format!("no set above is called @{other}"))?)
            }
            None if is_word(word) => set.push(symbols.intern(word)),
            None => return Err(format!("`{word}` is not a lower-case word")),
        }
    }
    match sets.insert(name.to_owned(), set) {
        Some(_) => Err(format!("the set @{name} is defined twice")),
        None => Ok(()),
    }
}

fn read_theme(line: &str, symbols: &mut Symbols, known: &mut Known) -> Result<(), String> {
    let (name, words) = line.split_once('\t').ok_or("wanted: theme, TAB, words")?;
    let theme = name.parse().map_err(|e| format!("{e}"))?;
    known.themes.push((theme, word_set(&words.replace(' ', "|"), symbols, &known.sets)?));
    Ok(())
}

fn read_line(at: Location, line: &str, content: &mut Content, known: &mut Known) -> Result<(), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    match &*at.file {
        "classes.tsv" => read_class(line, content, known),
        "operators.tsv" => read_operator(at, &columns, content, known),
        "constructions.tsv" => read_construction(at, &columns, content),
        "none.tsv" => read_sense(at, Meaning::Nothing, &columns, content, known),
        file => {
            let name = file.trim_end_matches(".tsv");
            let kind: EventType =
                name.to_uppercase().parse().map_err(|e| format!("{e} (from the file's name)"))?;
            read_sense(at, Meaning::Act(kind), &columns, content, known)
        }
    }
}

fn read_class(line: &str, content: &mut Content, known: &Known) -> Result<(), String> {
    let (name, words) = line.split_once('\t').ok_or("wanted: class, TAB, words")?;
    let class = name.parse().map_err(|e| format!("{e}"))?;
    if content.classes.iter().any(|(other, _)| *other == class) {
        return Err(format!("the class `{name}` is defined twice"));
    }
    content.classes.push((class, word_set(&words.replace(' ', "|"), &mut content.symbols, &known.sets)?));
    Ok(())
}

fn read_construction(at: Location, columns: &[&str], content: &mut Content) -> Result<(), String> {
    let &[name, kind, doc, example, counter] = columns else {
        return Err(format!(
            "wanted 5 columns (name, type, doc, example, must not fire), found {}",
            columns.len()
        ));
    };
    let kind = kind.parse().map_err(|e| format!("{e}"))?;
    let id: Box<str> = format!("construction/{name}").into();
    if content.constructions.iter().any(|other| other.id == id) {
        return Err(format!("`{id}` is defined twice"));
    }
    let (doc, example, counter) = (doc.into(), example.into(), counter.into());
    content.constructions.push(Construction { id, at, kind, doc, example, counter });
    Ok(())
}

fn read_operator(
    at: Location,
    columns: &[&str],
    content: &mut Content,
    known: &mut Known,
) -> Result<(), String> {
    let &[source, effect, example] = columns else {
        return Err(format!("wanted 3 columns (pattern, effect, example), found {}", columns.len()));
    };
    let pattern = Pattern::parse(source, &mut content.symbols, &known.sets)?;
    let effect = effect.parse().map_err(|e| format!("{e}"))?;
    let id = known.ids.name("operator", source);
    content.operators.push(Operator { id, at, pattern, effect, example: example.into() });
    Ok(())
}

fn read_sense(
    at: Location,
    meaning: Meaning,
    columns: &[&str],
    content: &mut Content,
    known: &mut Known,
) -> Result<(), String> {
    let &[source, mode, roles, options, example] = columns else {
        return Err(format!(
            "wanted 5 columns (pattern, mode, roles, options, example), found {}",
            columns.len()
        ));
    };
    let pattern = Pattern::parse(source, &mut content.symbols, &known.sets)?;
    let mut sense = Sense {
        id: known.ids.name(at.file.trim_end_matches(".tsv"), source),
        at,
        meaning,
        themes: themes_of(&pattern, &known.themes),
        pattern,
        mode: some(mode).map(str::parse).transpose().map_err(|e| format!("{e}"))?,
        roles: some(roles).map(read_roles).transpose()?.unwrap_or_default(),
        need: Need::Any,
        not: None,
        status: None,
        absorb: false,
        contexts: Vec::new(),
        cameo: None,
        weight: 0.8,
        example: example.into(),
    };
    for option in some(options).into_iter().flat_map(|options| options.split(' ')) {
        read_option(option, &mut sense, &mut content.symbols, &known.sets)?;
    }
    fill_roles(&mut sense)?;
    content.senses.push(sense);
    Ok(())
}

fn themes_of(pattern: &Pattern, themes: &[(Theme, WordSet)]) -> Vec<Theme> {
    let speaks_of = |words: &WordSet| pattern.symbols().any(|symbol| words.contains(Some(symbol)));
    themes.iter().filter(|(_, words)| speaks_of(words)).map(|(theme, _)| *theme).collect()
}

fn fill_roles(sense: &mut Sense) -> Result<(), String> {
    let default = read_roles(RoleSpec::default_for(sense.pattern.pos, sense.meaning))?;
    if sense.roles.actor.is_empty() {
        sense.roles.actor = default.actor;
    }
    if sense.roles.recipient.is_empty() {
        sense.roles.recipient = default.recipient;
    }
    Ok(())
}

fn some(column: &str) -> Option<&str> {
    (column != "-" && !column.is_empty()).then_some(column)
}

fn read_roles(text: &str) -> Result<RoleSpec, String> {
    let mut roles = RoleSpec::default();
    for side in text.split(' ') {
        match side.split_at_checked(2) {
            Some(("A=", slots)) => roles.actor = read_slots(slots)?,
            Some(("R=", slots)) => roles.recipient = read_slots(slots)?,
            _ => return Err(format!("`{side}` is not A=… or R=…")),
        }
    }
    Ok(roles)
}

fn read_slots(text: &str) -> Result<Vec<Vec<Slot>>, String> {
    text.split('|').map(|group| group.split('&').map(read_slot).collect()).collect()
}

fn read_slot(text: &str) -> Result<Slot, String> {
    Ok(match text {
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "iobj" => Slot::IndirectObject,
        "poss" => Slot::Possessor,
        "comp" => Slot::Compound,
        "comp2" => Slot::SecondCompound,
        "guest" => Slot::Guest,
        "host" => Slot::Host,
        "csubj" => Slot::ComplementSubject,
        "none" => Slot::Nobody,
        word if crate::pattern::is_preposition(word) => Slot::Preposition(word.into()),
        _ => {
            return Err(format!(
                "`{text}` is not a slot: subj, obj, iobj, poss, comp, comp2, guest, host, csubj, none or a preposition"
            ));
        }
    })
}

fn read_option(option: &str, sense: &mut Sense, symbols: &mut Symbols, sets: &Sets) -> Result<(), String> {
    let (key, value) = option.split_once('=').ok_or_else(|| format!("`{option}` is not key=value"))?;
    match key {
        "need" => sense.need = value.parse().map_err(|e| format!("{e}"))?,
        "not" => sense.not = Some(word_set(value, symbols, sets)?),
        "status" => sense.status = Some(value.parse().map_err(|e| format!("{e}"))?),
        "absorb" => sense.absorb = value == "yes",
        "ctx" => sense.contexts = value.split(',').map(read_context).collect::<Result<_, _>>()?,
        "cameo" => sense.cameo = Some(value.into()),
        "weight" => sense.weight = read_weight(value)?,
        _ => return Err(format!("`{key}` is not an option")),
    }
    Ok(())
}

fn read_context(name: &str) -> Result<Context, String> {
    name.parse().map_err(|e| format!("{e}"))
}

fn read_weight(value: &str) -> Result<f32, String> {
    let weight: f32 = value.parse().map_err(|_| format!("`{value}` is not a number"))?;
    match (0.0..=1.0).contains(&weight) {
        true => Ok(weight),
        false => Err(format!("the weight {value} is not between 0 and 1")),
    }
}
