//! What gazetteer and lexicon know of the words of a text.

use std::ops::Range;

use detente_gazetteer::{Form, Gazetteer, Kind, fold};
use detente_lexicon::Lexicon;

use super::Draft;

/// What is known of each word, such as `B-city2` and `I-Organisation:Name`; nothing of most.
#[derive(Debug)]
pub struct Known {
    /// As a part of the name of a place.
    pub places: Vec<String>,
    /// As a part of the name of an actor.
    pub actors: Vec<String>,
}

impl Known {
    /// Looks up every word with a capital.
    pub(super) fn of(draft: &Draft<'_>, lexicon: &Lexicon) -> Known {
        let none = || vec![String::new(); draft.words.len()];
        let mut known = Known { places: none(), actors: none() };
        for sentence in draft.text.sentences() {
            known.places(draft, sentence.range());
            known.actors(draft, lexicon, sentence.range());
        }
        known
    }

    fn places(&mut self, draft: &Draft<'_>, sentence: Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let found = draft.is_capital(at).then(|| place(draft, at, sentence.end)).flatten();
            let len = found.as_ref().map_or(1, |(len, _)| *len);
            if let Some((len, class)) = found {
                mark(&mut self.places[at..at + len], &class);
            }
            at += len;
        }
    }

    fn actors(&mut self, draft: &Draft<'_>, lexicon: &Lexicon, sentence: Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let found =
                draft.is_capital(at).then(|| lexicon.lookup(&draft.words[..sentence.end], at)).flatten();
            let len = found.as_ref().map_or(1, |found| found.len);
            if let Some(form) = found.as_ref().and_then(|found| found.forms.first()) {
                let kind = lexicon.subject(form.subject).kind();
                mark(&mut self.actors[at..at + len], &format!("{kind:?}:{:?}", form.word));
            }
            at += len;
        }
    }
}

fn mark(words: &mut [String], class: &str) {
    for (i, word) in words.iter_mut().enumerate() {
        *word = format!("{}-{class}", if i == 0 { 'B' } else { 'I' });
    }
}

/// The longest name of a place that begins here, and what sort of place has it.
fn place(draft: &Draft<'_>, at: usize, end: usize) -> Option<(usize, String)> {
    let mut walker = Gazetteer::embedded().walk();
    let mut best = None;
    for stop in at..end.min(at + 5) {
        if !walker.push(&fold(draft.words[stop])) {
            break;
        }
        if walker.is_name() && draft.is_capital(stop) {
            best = Some((stop + 1 - at, walker));
        }
    }
    let (len, walker) = best?;
    let gazetteer = Gazetteer::embedded();
    let rank = |kind: Kind| match kind {
        Kind::Country | Kind::Continent => 0,
        Kind::Capital | Kind::Admin1 | Kind::Region => 1,
        Kind::Admin2 | Kind::Admin3 | Kind::City => 2,
        _ => 3,
    };
    let (form, place) = walker
        .named()
        .map(|named| (named.form, gazetteer.place(named.place)))
        .min_by_key(|(form, place)| (rank(place.kind), -(place.population as i64), *form as u8))?;
    let size = match place.population {
        p if p > 1_000_000.0 => 3,
        p if p > 100_000.0 => 2,
        p if p > 10_000.0 => 1,
        _ => 0,
    };
    let form = if form == Form::Name { "" } else { form.as_str() };
    Some((len, format!("{}{size}{form}", place.kind.as_str())))
}
