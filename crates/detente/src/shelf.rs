//! What answers are made of: reports, clusters and contacts, wherever they are kept.

use detente_assess::{Answer, Asked, History, Options, Verdict, assess};
use detente_model::{ActorCode, Contact, Days, Dyad, Report};
use jiff::ToSpan;
use jiff::civil::Date;

/// A set of reports that can be asked: a [`Dossier`](crate::Dossier) in memory, or a ledger. Nothing published after the day asked
/// about is told.
pub trait Shelf {
    /// Why it could not answer.
    type Error;

    /// The rows of a pair as they were known on the last of these days, those from the first day on and maybe earlier ones; and the contacts of
    /// others told of in the same articles.
    fn pair(&self, dyad: Dyad, days: Days) -> Result<Pair, Self::Error>;

    /// The contacts in which all these parties take part, as they stood on a day.
    fn contacts(&self, parties: &[ActorCode], on: Date) -> Result<Vec<Contact>, Self::Error>;

    /// The reports that fit, in the order the wish says, published up to a day.
    fn reports(&self, wish: &Wish<'_>, on: Date) -> Result<Vec<Report>, Self::Error>;

    /// The last day on which something was published.
    fn last_day(&self) -> Result<Option<Date>, Self::Error>;
}

/// Which reports are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish<'a> {
    /// Those with these keys, in this order.
    Keys(&'a [&'a str]),
    /// What a party said, of another if one is named; the latest first.
    Said {
        /// Who speaks.
        by: ActorCode,
        /// Of whom.
        of: Option<ActorCode>,
    },
    /// Attacks that happened on one party, or between two; the latest first.
    Struck {
        /// The party, or the first of two.
        party: ActorCode,
        /// The second.
        other: Option<ActorCode>,
    },
}

/// What is known of a pair on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Its rows.
    pub history: History,
    /// Contacts of other parties told of beside its own.
    pub around: Vec<Contact>,
}

/// An answer, and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The statements.
    pub answer: Answer,
    /// The verdict and the rows of the pair, where the relation was asked for.
    pub verdict: Option<(Verdict, History)>,
    /// The reports that are cited, in the order of citing.
    pub cited: Vec<Report>,
}

/// A pair is judged by so many days before the day asked about, or by as many as window and baseline want.
const REACH: i64 = 366;

/// How two parties stand on a day.
pub fn relation<S: Shelf>(
    shelf: &S,
    dyad: Dyad,
    on: Date,
    options: Options,
    name: &dyn Fn(ActorCode) -> String,
) -> Result<Answered, S::Error> {
    let reach = REACH.max(options.window.saturating_add(options.baseline));
    let days = Days { from: on.saturating_sub(reach.days()), to: on };
    let Pair { history, around } = shelf.pair(dyad, days)?;
    let history = history.as_of(on);
    let verdict = assess(&history, on, options);
    let answer = Answer::of(&verdict, &history, &around, name);
    cite(shelf, on, answer, Some((verdict, history)))
}

/// The answer to a question on a day.
pub fn answer<S: Shelf>(
    shelf: &S,
    asked: Asked,
    on: Date,
    options: Options,
    name: &dyn Fn(ActorCode) -> String,
) -> Result<Answered, S::Error> {
    let answer = match asked {
        Asked::Relation(dyad) => return relation(shelf, dyad, on, options, name),
        Asked::LastContact(dyad) => {
            Answer::last_contact(dyad, &shelf.contacts(&[dyad.a, dyad.b], on)?, on, name)
        }
        Asked::Agenda(party, other) => {
            let parties: Vec<ActorCode> = [party].into_iter().chain(other).collect();
            Answer::agenda(&parties, &shelf.contacts(&parties, on)?, on, name)
        }
        Asked::Said(by, of) => Answer::said(by, of, &shelf.reports(&Wish::Said { by, of }, on)?, on, name),
        Asked::Struck(party, other) => {
            let parties: Vec<ActorCode> = [party].into_iter().chain(other).collect();
            let reports = shelf.reports(&Wish::Struck { party, other }, on)?;
            Answer::struck(&parties, &reports, on, name)
        }
    };
    cite(shelf, on, answer, None)
}

fn cite<S: Shelf>(
    shelf: &S,
    on: Date,
    answer: Answer,
    verdict: Option<(Verdict, History)>,
) -> Result<Answered, S::Error> {
    let cited = shelf.reports(&Wish::Keys(&answer.cited()), on)?;
    Ok(Answered { answer, verdict, cited })
}
