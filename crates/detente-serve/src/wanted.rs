//! Whether a report is one that somebody wants to be told of: a filter, asked of a report that is at hand.

use detente::ledger::store::{Direction, Filter, Pair};
use detente::model::{ActorCode, Party, Report};

/// Whether a report fits. Words are looked for as they are written, in any letters; the ledger's own search knows their stems.
pub fn fits(filter: &Filter, report: &Report) -> bool {
    let event = &report.event;
    let acts = |code: ActorCode| named(&event.actors, code);
    let takes_part = |code: ActorCode| acts(code) || named(&event.recipients, code);
    filter.actor.is_none_or(takes_part)
        && filter.pair.is_none_or(|pair| is_between(pair, report))
        && any(&filter.kinds, event.kind)
        && any(&filter.quads, event.quad())
        && any(&filter.statuses, event.status)
        && filter
            .country
            .is_none_or(|code| event.place.as_ref().and_then(|place| place.country) == Some(code))
        && filter
            .place
            .as_ref()
            .is_none_or(|name| event.place.as_ref().is_some_and(|p| p.name.starts_with(name)))
        && filter.speaker.is_none_or(|code| event.speaker.as_ref().and_then(|s| s.actor.code) == Some(code))
        && filter.publisher.as_ref().is_none_or(|name| report.source.publisher.as_ref() == Some(name))
        && is_within(filter, report)
        && filter.text.as_ref().is_none_or(|words| holds(&report.sentence, words))
}

fn named(parties: &[Party], code: ActorCode) -> bool {
    parties.iter().any(|party| party.actor.code == Some(code))
}

fn any<T: PartialEq>(wanted: &[T], value: T) -> bool {
    wanted.is_empty() || wanted.contains(&value)
}

fn is_between(pair: Pair, report: &Report) -> bool {
    let event = &report.event;
    let towards = if event.recipients.is_empty() { &event.actors } else { &event.recipients };
    let does = |a, b| named(&event.actors, a) && named(towards, b);
    does(pair.a, pair.b) || pair.direction == Direction::Both && does(pair.b, pair.a)
}

fn is_within(filter: &Filter, report: &Report) -> bool {
    let day = report.event.when.and_then(|when| when.start.or(when.end)).or(report.source.published);
    let unbound = filter.from.is_none() && filter.to.is_none();
    let inside = |day| filter.from.is_none_or(|from| from <= day) && filter.to.is_none_or(|to| day <= to);
    unbound || day.is_some_and(inside)
}

fn holds(sentence: &str, words: &str) -> bool {
    let sentence = sentence.to_lowercase();
    words.to_lowercase().replace('"', " ").split_whitespace().all(|word| sentence.contains(word))
}
