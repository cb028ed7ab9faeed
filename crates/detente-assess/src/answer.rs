//! The answer in words: made of the verdict and its rows alone, every clause with the keys of the reports that prove it.

use detente_model::{
    ActorCode, Bearing, Contact, ContactKind, ContactState, Days, EventType, Level, Observation, named_enum,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::history::History;
use crate::strand::{Strand, score, weight};
use crate::verdict::{Direction, Verdict, told_by_other};

named_enum! {
    /// The parts of an answer, in order.
    Section, "section of an answer", {
        /// One line: which way it goes.
        Headline = "headline",
        /// What changed.
        Changed = "what changed",
        /// What is scheduled next.
        Next = "what is next",
        /// What speaks against it.
        Against = "what speaks against it",
        /// Who says so.
        Voices = "who says so",
    }
}

/// A statement and the reports that prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Where it belongs.
    pub section: Section,
    /// The statement, without a full stop.
    pub text: String,
    /// Keys of the reports behind it, at least one.
    pub reports: Vec<String>,
}

/// The answer to how two parties stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Its statements, in order of sections.
    pub clauses: Vec<Clause>,
}

/// The most statements in one section.
const MOST: usize = 6;

impl Answer {
    /// The answer that a verdict gives. `around` are contacts of other parties told of beside the pair's own; `name` prints a code.
    pub fn of(
        verdict: &Verdict,
        history: &History,
        around: &[Contact],
        name: &dyn Fn(ActorCode) -> String,
    ) -> Self {
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
    let mut words: Vec<&str> = Vec::new();
    if let Some(direction) = verdict.direction {
        words.push(direction.as_str());
    }
    words.extend(verdict.opening.raised.then_some("opening"));
    words.extend(verdict.risk.raised.then_some("risk"));
    words.extend(match (verdict.direction, verdict.leaning) {
        (Some(_), _) => None,
        (None, Some(_)) => Some("evidence thin"),
        (None, None) => Some("insufficient evidence"),
    });
    words.join(", ")
}

struct Teller<'a> {
    verdict: &'a Verdict,
    history: &'a History,
    name: &'a dyn Fn(ActorCode) -> String,
}

impl Teller<'_> {
    fn headline(&self) -> Clause {
        let Verdict { dyad, on, evidence, change, .. } = self.verdict;
        let pair = format!("{} and {}", (self.name)(dyad.a), (self.name)(dyad.b));
        let odds = match self.verdict.direction {
            Some(Direction::Thaw) => format!(", probability {:.2}", change.thaw),
            Some(Direction::Freeze) => format!(", probability {:.2}", change.freeze),
            Some(Direction::Steady) => format!(", probability {:.2}", change.steady),
            _ => String::new(),
        };
        let short = in_short(self.verdict);
        let text = format!(
            "{pair} on {}: {short}{odds} ({} acts by {} sources)",
            day(*on),
            evidence.acts,
            evidence.sources
        );
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
            held.into_iter().map(|contact| self.contact(Section::Changed, contact)).collect();
        let good = self.weightiest(|act| Strand::of(act) != Strand::Contacts && is_good(act));
        clauses.extend(good.into_iter().map(|act| self.act(Section::Changed, act)));
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

    fn next(&self, around: &[Contact]) -> Vec<Clause> {
        let ahead = |contact: &Contact| {
            contact.state.is_open() && contact.days.is_none_or(|days| days.to >= self.verdict.on)
        };
        let own = self.contacts(ahead);
        let others = around.iter().filter(|contact| ahead(contact) && contact.days.is_some());
        own.into_iter().chain(others).take(MOST).map(|contact| self.contact(Section::Next, contact)).collect()
    }

    /// Conflict between the two, contacts called off, and what one tells of the other's deeds; where it freezes, what still holds.
    fn against(&self) -> Vec<Clause> {
        let freezes = self.verdict.leaning == Some(Direction::Freeze);
        let acts = self.weightiest(|act| score(act).is_some_and(|score| (score > 0.0) == freezes));
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
                text: format!("{} of {} acts are told by {by}", by_them.len(), acts.len()),
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
        let (a, b) = ((self.name)(self.verdict.dyad.a), (self.name)(self.verdict.dyad.b));
        let noun = noun(act.kind);
        let when = day(act.day);
        let parties = match act.bearing {
            Bearing::Forward => format!("{a} towards {b}"),
            Bearing::Backward => format!("{b} towards {a}"),
            Bearing::Mutual => format!("{a} and {b}"),
            Bearing::Told => {
                format!("told by {}", act.speaker.map_or_else(String::new, |code| (self.name)(code)))
            }
        };
        let text = format!("{noun}, {parties}, {} on {when}", act.status);
        Clause { section, text, reports: vec![act.report.clone()] }
    }

    fn contact(&self, section: Section, contact: &Contact) -> Clause {
        let who = match (contact.level, &contact.occasion) {
            (_, Some(occasion)) => format!("{} ({occasion})", contact.kind),
            (Level::Head, _) => format!("{} of heads of state or government", contact.kind),
            (Level::Minister, _) => format!("{} of ministers", contact.kind),
            (Level::Official, _) => format!("{} of officials", contact.kind),
            (Level::Unknown, _) => contact.kind.to_string(),
        };
        let article = if contact.kind == ContactKind::Talks { "" } else { "a " };
        let when = contact.days.map_or_else(|| "on a day not told".to_owned(), span);
        let place = contact.place.as_ref().map_or_else(String::new, |place| format!(" in {}", place.name));
        let mut reports: Vec<String> =
            contact.steps.iter().rev().filter_map(|step| step.report.clone()).take(3).collect();
        reports.dedup();
        Clause { section, text: format!("{article}{who}, {} {when}{place}", contact.state), reports }
    }
}

fn is_good(act: &Observation) -> bool {
    score(act).is_some_and(|score| score > 0.0)
}

fn days_touch(days: Option<Days>, window: Days) -> bool {
    days.is_some_and(|days| days.overlaps(window))
}

fn noun(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "an agreement or promise",
        EventType::Consult => "a meeting or talk",
        EventType::Support => "support or recognition",
        EventType::Concede => "a concession",
        EventType::Cooperate => "cooperation",
        EventType::Aid => "aid",
        EventType::Retreat => "a withdrawal or release",
        EventType::Request => "a demand",
        EventType::Accuse => "an accusation",
        EventType::Reject => "a refusal",
        EventType::Threaten => "a threat",
        EventType::Protest => "a protest",
        EventType::Sanction => "a sanction or break",
        EventType::Mobilize => "a mobilisation",
        EventType::Coerce => "coercion",
        EventType::Assault => "an attack",
    }
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn span(days: Days) -> String {
    match days.from == days.to {
        true => format!("on {}", day(days.from)),
        false if (days.from.year(), days.from.month()) == (days.to.year(), days.to.month()) => {
            format!("on {}-{}", days.from.day(), day(days.to))
        }
        false => format!("between {} and {}", day(days.from), day(days.to)),
    }
}
