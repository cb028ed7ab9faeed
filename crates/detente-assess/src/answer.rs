//! The answer in words: made of the verdict and its rows alone, every clause with the keys of the reports that prove it.

use detente_model::{ActorCode, Contact, ContactState, Days, Observation};
use serde::Serialize;

use crate::clause::{self, Clause, Name, Section, begun, called, day};
use crate::history::History;
use crate::strand::{Strand, score, weight};
use crate::verdict::{Direction, Verdict, told_by_other};

/// What is answered to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Its statements, in order of sections.
    pub clauses: Vec<Clause>,
}

/// The most statements in one section.
const MOST: usize = 6;

impl Answer {
    /// The answer that a verdict gives. `around` are contacts of other parties told of beside the pair's own; `name` prints a code.
    pub fn of(verdict: &Verdict, history: &History, around: &[Contact], name: Name<'_>) -> Self {
        let name: Name<'_> = &|code| called(&name(code));
        let teller = Teller { verdict, history, name };
        let mut clauses = vec![teller.headline()];
        clauses.extend(teller.changed());
        clauses.extend(teller.next(around));
        clauses.extend(teller.against());
        clauses.extend(teller.voices());
        clauses.retain(|clause| clause.section == Section::Headline || !clause.reports.is_empty());
        Self { clauses }
    }

    /// The statements of one section.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |clause| clause.section == section)
    }

    /// The keys of all reports that are cited, in order, without repeats.
    pub fn cited(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for key in self.clauses.iter().flat_map(|clause| &clause.reports) {
            if !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
        keys
    }
}

/// A verdict in a few words: "opening, evidence thin", "thaw", "freeze, risk".
pub fn in_short(verdict: &Verdict) -> String {
    worded(verdict, "")
}

/// The same with the odds behind the direction.
fn worded(verdict: &Verdict, odds: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(verdict.direction.map(|direction| format!("{direction}{odds}")));
    words.extend(verdict.opening.raised.then(|| "opening".to_owned()));
    words.extend(verdict.risk.raised.then(|| "risk".to_owned()));
    let wanting = match (verdict.direction, verdict.leaning) {
        (Some(_), _) => None,
        (None, Some(_)) => Some("evidence thin"),
        (None, None) => Some("insufficient evidence"),
    };
    words.extend(wanting.map(str::to_owned));
    words.join(", ")
}

struct Teller<'a> {
    verdict: &'a Verdict,
    history: &'a History,
    name: Name<'a>,
}

impl Teller<'_> {
    fn headline(&self) -> Clause {
        let Verdict { dyad, on, evidence, change, .. } = self.verdict;
        let pair = format!("{} and {}", (self.name)(dyad.a), (self.name)(dyad.b));
        let odds = match self.verdict.direction {
            Some(Direction::Thaw) => format!(" with probability {:.2}", change.thaw),
            Some(Direction::Freeze) => format!(" with probability {:.2}", change.freeze),
            Some(Direction::Steady) => format!(" with probability {:.2}", change.steady),
            _ => String::new(),
        };
        let short = worded(self.verdict, &odds);
        let (acts, sources) = (counted(evidence.acts, "act"), counted(evidence.sources, "source"));
        let text = begun(&format!("{pair} on {}: {short} ({acts} by {sources})", day(*on)));
        let lit = self.verdict.opening.reports.iter().chain(&self.verdict.risk.reports).take(3).cloned();
        let mut reports: Vec<String> = lit.collect();
        if reports.is_empty() {
            reports = self.weightiest(|_| true).iter().map(|act| act.report.clone()).collect();
        }
        Clause { section: Section::Headline, text, reports }
    }

    fn changed(&self) -> Vec<Clause> {
        let held = self.contacts(|contact| {
            contact.state == ContactState::Held && days_touch(contact.days, self.verdict.window)
        });
        let mut clauses: Vec<Clause> =
            held.into_iter().map(|contact| clause::contact(Section::Changed, contact)).collect();
        let acts = self.weightiest(|act| Strand::of(act) != Strand::Contacts && self.speaks_for(act));
        clauses.extend(acts.into_iter().map(|act| self.act(Section::Changed, act)));
        clauses.extend(
            self.verdict.turning_points.iter().filter(|turn| self.verdict.window.contains(turn.day)).map(
                |turn| Clause {
                    section: Section::Changed,
                    text: format!(
                        "the tone turned on {} from {:+.1} to {:+.1}",
                        day(turn.day),
                        turn.before,
                        turn.after
                    ),
                    reports: turn.reports.clone(),
                },
            ),
        );
        clauses.truncate(MOST);
        clauses
    }

    /// Whether an act is of the kind that the verdict leans to: conflict where it freezes, else cooperation.
    fn speaks_for(&self, act: &Observation) -> bool {
        let freezes = self.verdict.leaning == Some(Direction::Freeze);
        score(act).is_some_and(|score| if freezes { score < 0.0 } else { score > 0.0 })
    }

    fn next(&self, around: &[Contact]) -> Vec<Clause> {
        let ahead = |contact: &Contact| {
            contact.state.is_open() && contact.days.is_none_or(|days| days.to >= self.verdict.on)
        };
        let own = self.contacts(ahead);
        let others = around.iter().filter(|contact| ahead(contact) && contact.days.is_some());
        own.into_iter()
            .chain(others)
            .take(MOST)
            .map(|contact| clause::contact_of_parties(Section::Next, contact, self.name))
            .collect()
    }

    /// Conflict between the two, contacts called off, and what one tells of the other's deeds; where it freezes, what still holds.
    fn against(&self) -> Vec<Clause> {
        let acts = self.weightiest(|act| score(act).is_some() && !self.speaks_for(act));
        let mut clauses: Vec<Clause> = acts.into_iter().map(|act| self.act(Section::Against, act)).collect();
        let told = told_by_other(self.history, self.verdict.window);
        clauses.extend(told.filter(|act| act.kind.score() < 0.0).map(|act| self.act(Section::Against, act)));
        clauses.truncate(MOST);
        clauses
    }

    fn voices(&self) -> Vec<Clause> {
        let acts: Vec<&Observation> = self.history.within(self.verdict.window).collect();
        let dyad = self.verdict.dyad;
        let told = |by: &str, says: &dyn Fn(Option<ActorCode>) -> bool| {
            let by_them: Vec<&&Observation> = acts.iter().filter(|act| says(act.speaker)).collect();
            Clause {
                section: Section::Voices,
                text: format!("{} of {}, by {by}", by_them.len(), counted(acts.len() as u32, "act")),
                reports: by_them.iter().rev().take(3).map(|act| act.report.clone()).collect(),
            }
        };
        vec![
            told(&(self.name)(dyad.a), &|who| who == Some(dyad.a)),
            told(&(self.name)(dyad.b), &|who| who == Some(dyad.b)),
            told("others", &|who| who.is_some_and(|code| code != dyad.a && code != dyad.b)),
            told("the reports themselves", &|who| who.is_none()),
        ]
    }

    fn contacts(&self, wanted: impl Fn(&Contact) -> bool) -> Vec<&Contact> {
        let mut found: Vec<&Contact> =
            self.history.contacts.iter().filter(|contact| wanted(contact)).collect();
        found.sort_by_key(|contact| (contact.days.is_none(), contact.days, contact.id.clone()));
        found
    }

    /// The acts of the window that weigh most, at most three.
    fn weightiest(&self, wanted: impl Fn(&Observation) -> bool) -> Vec<&Observation> {
        let volume = |act: &Observation| score(act).map(|score| score.abs() * weight(act));
        let mut acts: Vec<(f64, &Observation)> = self
            .history
            .within(self.verdict.window)
            .filter(|act| wanted(act))
            .filter_map(|act| Some((volume(act)?, act)))
            .collect();
        acts.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.report.cmp(&y.1.report)));
        acts.into_iter().take(3).map(|(_, act)| act).collect()
    }

    fn act(&self, section: Section, act: &Observation) -> Clause {
        clause::act(section, self.verdict.dyad, act, self.name)
    }
}

fn days_touch(days: Option<Days>, window: Days) -> bool {
    days.is_some_and(|days| days.overlaps(window))
}

fn counted(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
