//! The codebook, `codebook/*.md`, run as a test: every case of every type must come out as written.
//!
//! A case whose first cell is `~` is a known gap: it must still fail, so that whoever closes it takes the mark away.
//! With `CODEBOOK_UNMARK=1` the test takes the marks of closed gaps away itself.
//! `CODEBOOK_GAPS=1 cargo test -p detente --test codebook -- --nocapture` prints the gaps with what is coded instead.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use detente::Pipeline;
use detente::model::{Actor, Article, Event, EventType, Mode, Party, Sector, Status};
use jiff::civil::Date;

/// One row of a table.
struct Case {
    at: String,
    gap: bool,
    report: Option<Date>,
    text: String,
    claims: Vec<Claim>,
}

/// What a case says must come out, or must not.
enum Claim {
    Nothing,
    No(EventType),
    Event(Expected),
}

/// An event as a row writes it: `CONSULT visit: USA GOV -> RUS, occurred, 2017-04-01..2017-04-30, says Interfax`.
struct Expected {
    kind: EventType,
    mode: Option<Mode>,
    actors: Option<Vec<Actor>>,
    recipients: Option<Vec<Actor>>,
    status: Status,
    days: Option<(Date, Date)>,
    speaker: Option<String>,
}

fn files() -> Vec<(EventType, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook");
    let file = |kind: &EventType| folder.join(kind.as_str().to_lowercase()).with_extension("md");
    EventType::ALL.iter().map(|kind| (*kind, file(kind))).collect()
}

fn cases(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let rows = text.lines().enumerate().filter(|(_, line)| is_case(line));
    rows.map(|(number, line)| case(format!("{name}:{}", number + 1), line)).collect()
}

fn is_case(line: &str) -> bool {
    line.starts_with('|') && !line.starts_with("|---") && !line.contains("| expected |")
}

fn case(at: String, line: &str) -> Case {
    let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [gap, report, text, expected] = cells[..] else { panic!("{at}: four cells wanted: {line}") };
    Case {
        gap: gap == "~",
        report: (report != "-").then(|| report.parse().unwrap_or_else(|e| panic!("{at}: {e}"))),
        text: text.to_owned(),
        claims: expected
            .split(';')
            .map(|text| claim(text.trim()).unwrap_or_else(|| panic!("{at}: {text}")))
            .collect(),
        at,
    }
}

fn claim(text: &str) -> Option<Claim> {
    if text == "nothing" {
        return Some(Claim::Nothing);
    }
    match text.strip_prefix("no ") {
        Some(kind) => kind.parse().ok().map(Claim::No),
        None => expected(text).map(Claim::Event),
    }
}

fn expected(text: &str) -> Option<Expected> {
    let (act, rest) = text.split_once(',')?;
    let (name, who) = act.split_once(':').map_or((act, None), |(name, who)| (name, Some(who)));
    let mut name = name.split_whitespace();
    let kind = name.next()?.parse().ok()?;
    let mode = name.next().map(str::parse).transpose().ok()?;
    let (actors, recipients) =
        match who.map(|who| who.split_once("->").map_or((who, None), |(a, r)| (a, Some(r)))) {
            None => (None, None),
            Some((actors, recipients)) => (Some(actors), recipients),
        };
    let mut rest = rest.split(',').map(str::trim);
    let status = rest.next()?.parse().ok()?;
    let (mut days, mut speaker) = (None, None);
    for part in rest {
        match part.strip_prefix("says ") {
            Some(words) => speaker = Some(words.to_owned()),
            None => days = Some(span(part)?),
        }
    }
    let parties = |side: &str| side.split('+').map(|p| actor(p.trim())).collect::<Option<Vec<_>>>();
    let side = |side: Option<&str>| match side.map(str::trim).filter(|side| !side.is_empty()) {
        None => Some(None),
        Some(side) => parties(side).map(Some),
    };
    Some(Expected { kind, mode, actors: side(actors)?, recipients: side(recipients)?, status, days, speaker })
}

/// `RUS`, `RUS MIL`, or `? MIL` where the state is not known.
fn actor(text: &str) -> Option<Actor> {
    let mut words = text.split_whitespace();
    let code = words.next().filter(|code| *code != "?").map(str::parse).transpose().ok()?;
    let sector: Option<Sector> = words.next().map(str::parse).transpose().ok()?;
    Some(Actor { code, sector })
}

fn span(text: &str) -> Option<(Date, Date)> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// What is wrong with a case, if anything is.
fn judge(pipeline: &Pipeline, case: &Case) -> Option<String> {
    let article = Article::of_text("case", "", case.text.as_str());
    let article = case.report.map_or_else(|| article.clone(), |day| article.clone().published_on(day));
    let events = pipeline.read(&article).events;
    let holds = case.claims.iter().all(|claim| claim.holds(&events));
    (!holds).then(|| show(&events))
}

impl Claim {
    fn holds(&self, events: &[Event]) -> bool {
        match self {
            Claim::Nothing => events.is_empty(),
            Claim::No(kind) => events.iter().all(|event| event.kind != *kind),
            Claim::Event(expected) => events.iter().any(|event| expected.is(event)),
        }
    }
}

impl Expected {
    fn is(&self, event: &Event) -> bool {
        event.kind == self.kind
            && self.mode.is_none_or(|mode| event.mode == Some(mode))
            && self.status == event.status
            && self.actors.as_ref().is_none_or(|wanted| are(wanted, &event.actors))
            && self.recipients.as_ref().is_none_or(|wanted| are(wanted, &event.recipients))
            && self.days.is_none_or(|days| self.lies(event) == Some(days))
            && self.speaker.as_ref().is_none_or(|words| said_by(event, words))
    }

    fn lies(&self, event: &Event) -> Option<(Date, Date)> {
        event.when.and_then(|when| when.start.zip(when.end))
    }
}

fn said_by(event: &Event, words: &str) -> bool {
    event.speaker.as_ref().is_some_and(|speaker| speaker.text.contains(words))
}

/// Whether the parties are the ones wanted, each of them and no other; a sector or state that is not written is not looked at.
fn are(wanted: &[Actor], parties: &[Party]) -> bool {
    let fits = |wanted: &Actor, found: &Actor| {
        wanted.code == found.code && wanted.sector.is_none_or(|sector| found.sector == Some(sector))
    };
    wanted.iter().all(|w| parties.iter().any(|party| fits(w, &party.actor)))
        && parties.iter().all(|party| wanted.iter().any(|w| fits(w, &party.actor)))
}

fn show(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        let mode = event.mode.map_or("", Mode::as_str);
        let _ = write!(text, "\n      {} {mode}: {}", event.kind, list(&event.actors));
        let _ = write!(text, " -> {}, {}", list(&event.recipients), event.status);
        let days = event.when.map(|when| format!("{:?}..{:?}", when.start, when.end)).unwrap_or_default();
        let speaker = event.speaker.as_ref().map_or("", |speaker| &speaker.text);
        let _ = write!(text, ", {days}, says {speaker} [{}]", event.rule);
    }
    if text.is_empty() { "\n      nothing".into() } else { text }
}

fn list(parties: &[Party]) -> String {
    let name = |party: &Party| {
        let code = party.actor.code.map_or("?".into(), |code| code.to_string());
        format!("{code} {}", party.actor.sector.map_or("", Sector::as_str))
    };
    parties.iter().map(|party| name(party).trim().to_owned()).collect::<Vec<_>>().join(" + ")
}

/// Writes the file anew without the mark of this case.
fn take_mark(path: &Path, case: &Case) {
    let text = fs::read_to_string(path).unwrap();
    let unmarked = |line: &str| match line.strip_prefix("| ~ |").filter(|rest| rest.contains(&case.text)) {
        Some(rest) => format!("|   |{rest}"),
        None => line.to_owned(),
    };
    let lines: Vec<String> = text.lines().map(unmarked).collect();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

#[test]
fn every_case_of_the_codebook_holds() {
    let pipeline = Pipeline::builtin();
    let show_gaps = std::env::var_os("CODEBOOK_GAPS").is_some();
    let unmark = std::env::var_os("CODEBOOK_UNMARK").is_some();
    let (mut total, mut gaps, mut wrong) = (0, 0, Vec::new());
    for (_, path) in files() {
        for case in cases(&path) {
            total += 1;
            gaps += usize::from(case.gap);
            match (judge(&pipeline, &case), case.gap) {
                (None, true) if unmark => take_mark(&path, &case),
                (None, true) => wrong.push(format!("{}: {}: holds now: take the ~ away", case.at, case.text)),
                (Some(found), true) if show_gaps => println!("{}: {}{found}", case.at, case.text),
                (Some(found), false) => wrong.push(format!("{}: {}{found}", case.at, case.text)),
                _ => {}
            }
        }
    }
    println!("{total} cases, {gaps} of them known gaps");
    assert!(total >= 600, "only {total} cases");
    assert!(
        wrong.is_empty(),
        "{} of {total} cases are not as the codebook says:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_type_has_cases_that_fire_and_cases_that_must_not() {
    let mut thin = Vec::new();
    for (kind, path) in files() {
        let cases = cases(&path);
        let fires = |case: &&Case| case.claims.iter().any(|c| matches!(c, Claim::Event(e) if e.kind == kind));
        let must_not = |claim: &Claim| match claim {
            Claim::Nothing => true,
            Claim::No(other) => *other == kind,
            Claim::Event(_) => false,
        };
        let silent = cases.iter().filter(|case| case.claims.iter().any(must_not)).count();
        let firing = cases.iter().filter(fires).count();
        if cases.len() < 25 || firing < 15 || silent < 4 {
            thin.push(format!("{kind}: {} cases, {firing} fire, {silent} must not", cases.len()));
        }
    }
    assert!(thin.is_empty(), "{}", thin.join("\n"));
}
