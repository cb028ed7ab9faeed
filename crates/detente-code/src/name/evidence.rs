//! What words themselves tell of names.

use std::ops::Range;

use detente_english::Pos;
use detente_lexicon::{Kind, Lexicon, Match, Word};
use jiff::civil::Date;

use super::heads::Heads;
use super::{Draft, Found, NameKind};

/// Names that end in "Ministry", "Province": retyped where the model has them, added where it has nothing.
pub fn headed(draft: &mut Draft<'_>, lexicon: &Lexicon) {
    for at in 0..draft.found.len() {
        let tokens = draft.found[at].tokens.clone();
        if tokens.len() == 1 && Heads::get().is_people(draft.text.token(tokens.start).lower()) {
            draft.found[at].kind = Some(NameKind::People);
        } else if let Some(kind) = single_kind(draft, lexicon, &tokens, draft.found[at].kind) {
            draft.found[at].kind = Some(kind);
        } else if let Some(kind) = head_kind(draft, &tokens) {
            draft.found[at].kind = Some(kind);
        } else if let Some(start) = person_start(draft, lexicon, &tokens) {
            draft.found[at] = Found { tokens: start..tokens.end, kind: Some(NameKind::Person), sure: false };
        }
    }
    let mut at = 0;
    while at < draft.words.len() {
        let run = run(draft, at);
        at = run.end.max(at + 1);
        let kind = if run.len() > 1 { head_kind(draft, &run) } else { alone_kind(draft, &run) };
        if kind.is_some() && draft.is_free(&run) {
            draft.put(Found { tokens: run, kind, sure: false });
        }
    }
}

/// What a name of one word is by its letters or as a name that persons bear: "EAAT" is no person, "Wang" no company.
fn single_kind(
    draft: &Draft<'_>,
    lexicon: &Lexicon,
    tokens: &Range<usize>,
    kind: Option<NameKind>,
) -> Option<NameKind> {
    let word = (tokens.len() == 1).then(|| draft.words[tokens.start])?;
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let acronym = capitals > 1 && word.ends_with(char::is_uppercase);
    let borne = || {
        let forms = lexicon.forms(word);
        let surname = !forms.is_empty() && forms.iter().all(|f| f.is_surname());
        surname || forms.is_empty() && lexicon.is_given_name(word)
    };
    match kind {
        Some(NameKind::Person) if acronym => Some(NameKind::Organisation),
        Some(NameKind::Organisation) | None if capitals == 1 && borne() => Some(NameKind::Person),
        _ => None,
    }
}

/// Where a person's name begins in what the model took for something else: "King Kusae Edu", "Babar Azam" with a known
/// given name.
fn person_start(draft: &Draft<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> Option<usize> {
    let words = &draft.words[tokens.clone()];
    let titled = words.len() > 1 && Heads::get().presents(draft.text.token(tokens.start).lower());
    let short =
        (2..=3).contains(&words.len()) && tokens.clone().all(|i| draft.is_capital(i) && !draft.is_acronym(i));
    let given =
        || short && lexicon.is_given_name(words[0]) && lexicon.lookup(words, 0).is_none_or(|m| m.len < 2);
    let plain = |at: &usize| tokens.clone().skip(at - tokens.start).all(|i| draft.is_capital(i));
    (titled || given()).then_some(tokens.start + usize::from(titled)).filter(plain)
}

/// What the last word of a name of several words says it is.
fn head_kind(draft: &Draft<'_>, tokens: &Range<usize>) -> Option<NameKind> {
    let lower = |i: usize| draft.text.token(i).lower();
    let heads = Heads::get();
    let cut = tokens.clone().skip(1).find(|i| matches!(lower(*i), "of" | "for" | "("));
    let last = cut.unwrap_or(tokens.end).checked_sub(1)?;
    if !draft.is_capital(last) || tokens.len() < 2 {
        return None;
    }
    match lower(last) {
        word if heads.is_organisation(word) => Some(NameKind::Organisation),
        word if cut.is_none() && heads.is_location(word) => Some(NameKind::Location),
        _ => None,
    }
}

/// "Congress", with its capital and not because a sentence begins.
fn alone_kind(draft: &Draft<'_>, run: &Range<usize>) -> Option<NameKind> {
    let token = (run.len() == 1).then(|| draft.text.token(run.start))?;
    let (heads, lower) = (Heads::get(), token.lower());
    let body = !token.is_sent_start() && heads.stands_alone(lower);
    let people = heads.is_people(lower).then_some(NameKind::People);
    people.or(body.then_some(NameKind::Organisation))
}

/// The capitalised words from `at` on, "of", "and" and "for" between them included; a sentence's first common word is none.
fn run(draft: &Draft<'_>, at: usize) -> Range<usize> {
    let joins = |i: usize| matches!(draft.words[i], "of" | "and" | "&" | "for" | "-");
    let begins = |i: usize| {
        let token = draft.text.token(i);
        draft.is_capital(i)
            && !matches!(token.pos(), Pos::Det | Pos::Pron | Pos::Adp | Pos::Sconj | Pos::Cconj)
    };
    let end = draft.text.token(at).sentence().range().end;
    let mut stop = at;
    while stop < end && begins(stop) {
        stop += 1;
        if stop + 1 < end && joins(stop) && begins(stop + 1) && stop > at {
            stop += 1;
        }
    }
    at..stop
}

/// Names that the lexicon lists, the longest first.
pub fn listed(draft: &mut Draft<'_>, lexicon: &Lexicon, day: Option<Date>) {
    let sentences: Vec<Range<usize>> = draft.text.sentences().map(|s| s.range()).collect();
    for sentence in sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let found = lexicon.lookup(&draft.words[..sentence.end], at).filter(|_| !draft.is_article(at));
            let len = found.as_ref().map_or(1, |found| found.len);
            let kind = found.and_then(|found| listed_kind(draft, lexicon, day, at, &found));
            at = match kind {
                Some(kind) => {
                    let tokens = at..at + len;
                    if !is_inside(draft, &tokens) && !draft.is_money(tokens.end) {
                        draft.put(Found { tokens, kind: Some(kind), sure: true });
                    }
                    at + len
                }
                None => at + 1,
            };
        }
    }
}

/// What the lexicon says a phrase is.
fn listed_kind(
    draft: &Draft<'_>,
    lexicon: &Lexicon,
    day: Option<Date>,
    at: usize,
    found: &Match,
) -> Option<NameKind> {
    let form = found.forms.iter().find(|f| f.period.holds(day))?;
    let capitals =
        (at..at + found.len).all(|i| draft.is_capital(i) || !draft.words[i].starts_with(char::is_alphabetic));
    match (lexicon.subject(form.subject).kind(), form.word) {
        (Kind::State | Kind::Region, Word::Name | Word::Capital) => Some(NameKind::Location),
        (Kind::State | Kind::Region | Kind::People, _) => draft.is_capital(at).then_some(NameKind::People),
        (Kind::Organisation | Kind::Group, _) => Some(NameKind::Organisation),
        (Kind::Title, Word::Body) if capitals && found.len > 1 => Some(NameKind::Organisation),
        (Kind::Person, Word::Name) if found.len > 1 => Some(NameKind::Person),
        _ => None,
    }
}

/// Whether a longer name has these tokens as a part: "Bank of China".
fn is_inside(draft: &Draft<'_>, tokens: &Range<usize>) -> bool {
    draft.overlapping(tokens).any(|f| {
        f.tokens.len() > tokens.len()
            && f.tokens.start <= tokens.start
            && tokens.end <= f.tokens.end
            && f.kind.is_some()
    })
}

/// "Mr Kato", "Governor Wike": capitalised words behind a title that nothing else explains.
pub fn presented(draft: &mut Draft<'_>, lexicon: &Lexicon) {
    for at in 1..draft.words.len() {
        let tokens = at..proper_end(draft, at);
        if tokens.is_empty() || draft.text.token(at).is_sent_start() || !is_title(draft, lexicon, at - 1) {
            continue;
        }
        if draft.is_free(&tokens) {
            draft.put(Found { tokens, kind: Some(NameKind::Person), sure: false });
        }
    }
}

fn is_title(draft: &Draft<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let title = || {
        lexicon.lookup(&[draft.words[at]], 0).is_some_and(|m| {
            m.forms
                .iter()
                .all(|f| f.word == Word::Singular && lexicon.subject(f.subject).kind() == Kind::Title)
        })
    };
    draft.is_capital(at) && (Heads::get().presents(draft.text.token(at).lower()) || title())
}

fn proper_end(draft: &Draft<'_>, start: usize) -> usize {
    let proper = |i: &usize| {
        draft.is_capital(*i)
            && draft.text.token(*i).pos() == Pos::Propn
            && !Heads::get().presents(draft.text.token(*i).lower())
    };
    let end = draft.text.token(start).sentence().range().end;
    (start..end).take_while(proper).last().map_or(start, |last| last + 1)
}
