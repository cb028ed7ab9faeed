//! Why an event was coded as it was: its words, its parse, and how its standing folded it.
//!
//! The article is coded again, and the act behind the event is kept. The rule that the event names stands in the lexicon
//! ([`detente_acts::Acts::rule`]), the definition of its type in the [codebook](crate::codebook).

use std::ops::Range;

use detente_acts::Effect;
use detente_code::act::{Act, Standing};
use detente_code::assemble::{Scene, Traced};
use detente_code::certainty::{self, Shown};
use detente_english::picture;
use detente_model::{Event, EventType, Span, named_enum};
use detente_time::Times;
use serde::Serialize;

/// What stands behind one event.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The event.
    pub event: Event,
    /// Its words, in order of the text; spans count in the part of the article that the evidence names.
    pub marks: Vec<Mark>,
    /// The dependency parse of its sentence, as a tree.
    pub parse: String,
    /// How real the act is told to be.
    pub standing: Standing,
    /// The word that says so, where it is not the act's own clause.
    pub governor: Option<String>,
    /// What speaks for the coding and against it.
    pub signs: Vec<Shown>,
}

/// Words that play a part in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Where they stand.
    pub span: Span,
    /// What they give.
    pub part: Played,
}

named_enum! {
    /// What words give to an event.
    Played, "part of an event", {
        /// They name the act.
        Trigger = "trigger",
        /// They name who acts.
        Actor = "actor",
        /// They name to whom it is done.
        Recipient = "recipient",
        /// They name where.
        Place = "place",
        /// They name when.
        Time = "time",
        /// They name who says so.
        Speaker = "speaker",
    }
}

/// How an act became an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Folding {
    /// How real the act is told to be, in words.
    pub standing: String,
    /// The word that says so.
    pub by: Option<String>,
    /// The line of the folding table that was applied; `None` where the type stayed.
    pub because: Option<&'static str>,
}

impl Explanation {
    /// The explanation of a traced event.
    pub(crate) fn new(scene: &Scene<'_>, times: &Times, traced: Traced) -> Self {
        let sentence = scene.text.sentence(traced.act.sentence);
        Self {
            marks: marks(scene, times, &traced),
            parse: picture::tree(sentence),
            standing: traced.act.standing,
            governor: traced.act.governor.map(|at| scene.text.token(at).text().to_owned()),
            signs: certainty::signs(scene.text, &traced.act),
            event: traced.event,
        }
    }

    /// How the act became the event.
    pub fn folding(&self) -> Folding {
        let folded = self.event.plain.kind != self.event.kind;
        Folding {
            standing: told(self.standing),
            by: self.governor.clone(),
            because: folded.then(|| reason(self.event.kind)).flatten(),
        }
    }
}

fn marks(scene: &Scene<'_>, times: &Times, traced: &Traced) -> Vec<Mark> {
    let Traced { event, act, place, speaker } = traced;
    let parties = |parties: &[detente_model::Party], part: Played| {
        let own = parties.iter().filter(|party| !party.elsewhere).filter_map(|party| party.span);
        own.map(|span| Mark { span, part }).collect::<Vec<Mark>>()
    };
    let tokens = |tokens: &Option<Range<usize>>, part: Played| {
        tokens.clone().map(|tokens| Mark { span: located(scene, tokens), part })
    };
    let mut marks = vec![Mark { span: event.evidence.trigger, part: Played::Trigger }];
    marks.extend(parties(&event.actors, Played::Actor));
    marks.extend(parties(&event.recipients, Played::Recipient));
    marks.extend(tokens(place, Played::Place));
    marks.extend(tokens(speaker, Played::Speaker));
    marks.extend(time(scene, times, event, act).map(|span| Mark { span, part: Played::Time }));
    marks.retain(|mark| event.evidence.sentence.contains(mark.span));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// The time expression of the sentence that gives the event its days, the nearest to the trigger.
fn time(scene: &Scene<'_>, times: &Times, event: &Event, act: &Act) -> Option<Span> {
    let when = event.when?;
    let sentence = scene.text.sentence(act.sentence).span();
    let trigger = scene.text.token(act.token).span();
    let gives = |days: detente_model::Days| Some(days.from) == when.start || Some(days.to) == when.end;
    let fitting = times.timexes.iter().filter(|t| sentence.contains(t.span) && t.days.is_some_and(gives));
    let nearest = fitting.min_by_key(|t| t.span.start.abs_diff(trigger.start))?;
    Some(scene.reading.locate(nearest.span).1)
}

fn located(scene: &Scene<'_>, tokens: Range<usize>) -> Span {
    scene.reading.locate(scene.text.span_of(tokens)).1
}

fn told(standing: Standing) -> String {
    let words = match standing {
        Standing::Fact => "told as a fact",
        Standing::Ongoing => "told as going on, or as a standing position",
        Standing::Ahead => "told as lying ahead",
        Standing::Possible => "told as possible",
        Standing::Conditional => "announced under a condition",
        Standing::Negated => "told as not having happened",
        Standing::Refused => "told as something that will not happen",
        Standing::Unreal => "named only as a purpose, a condition or a comparison",
        Standing::Under(effect) => return format!("under an operator ({effect}): {}", of_complement(effect)),
    };
    words.to_owned()
}

/// "The subject commits to it." as part of a line.
fn of_complement(effect: Effect) -> String {
    let meaning = effect.meaning().trim_end_matches('.');
    let mut letters = meaning.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The line of PLOVER's folding that leads to a type from another; the table is `detente-code`'s `act/fold.rs`.
const fn reason(kind: EventType) -> Option<&'static str> {
    Some(match kind {
        EventType::Agree => {
            "cooperation that is planned, offered, promised, called off or not reached is AGREE"
        }
        EventType::Concede => "a retreat that is announced and not yet carried out is CONCEDE",
        EventType::Request => "an act that is asked for is REQUEST",
        EventType::Reject => "an act that is refused or opposed is REJECT",
        EventType::Threaten => "a deed of conflict that its actor announces is THREATEN",
        EventType::Sanction => "a flow of aid, trade or ties that is stopped is SANCTION",
        _ => return None,
    })
}
