//! An article agrees with itself: the same words name the same kind of thing throughout.

use rustc_hash::FxHashMap;

use detente_english::{Dep, Pos};
use detente_gazetteer::{Form, Gazetteer, Kind, Named};

use super::heads::Heads;
use super::{Draft, Found, NameKind};

/// Retypes names that the article elsewhere uses otherwise, and adds those that were found only elsewhere.
pub fn agree(drafts: &mut [Draft<'_>]) {
    let votes = Votes::of(drafts);
    for draft in drafts {
        retype(draft, &votes);
        spread(draft, &votes);
    }
}

/// How often each string was taken for what.
#[derive(Debug, Default)]
struct Votes<'d> {
    counts: FxHashMap<&'d str, [u32; 4]>,
    longest: usize,
}

impl<'d> Votes<'d> {
    fn of(drafts: &[Draft<'d>]) -> Self {
        let mut votes = Votes::default();
        for draft in drafts {
            for found in &draft.found {
                votes.count(draft, found);
            }
        }
        votes
    }

    fn count(&mut self, draft: &Draft<'d>, found: &Found) {
        let Some(kind) = found.kind else { return };
        let (tokens, len) = (found.tokens.clone(), found.tokens.len());
        self.longest = self.longest.max(len);
        let words = draft.written(tokens.clone());
        self.add(words, kind, 2 + 4 * u32::from(found.sure));
        if !found.sure {
            if let Some(kind) = around(draft, found, kind) {
                self.add(words, kind, 2);
            }
            if is_town(draft, found) {
                self.add(words, NameKind::Location, 2);
            }
        }
        if kind == NameKind::Person && len > 1 {
            self.add(draft.written(tokens.end - 1..tokens.end), kind, 6);
            self.add(draft.written(tokens.start..tokens.start + 1), kind, 4);
        }
        if kind == NameKind::Organisation
            && len > 1
            && let Some(acronym) = introduced(draft, tokens.end)
        {
            self.add(acronym, kind, 6);
        }
    }

    fn add(&mut self, words: &'d str, kind: NameKind, weight: u32) {
        let number = words.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | '.'));
        if words.chars().count() < 2 || number || Heads::get().is_common(&words.to_lowercase()) {
            return;
        }
        self.counts.entry(words).or_default()[kind as usize] += weight;
    }

    /// What most take these words for, and by how many more than for what they were taken here.
    fn kind(&self, words: &str) -> Option<NameKind> {
        let counts = self.counts.get(words)?;
        let best =
            NameKind::ALL.iter().max_by_key(|kind| (counts[**kind as usize], std::cmp::Reverse(**kind)))?;
        let rest: u32 = counts.iter().sum::<u32>() - counts[*best as usize];
        (counts[*best as usize] > rest).then_some(*best)
    }
}

/// What the words around a single name say it is: who speaks is a person, where something is is a place.
fn around(draft: &Draft<'_>, found: &Found, kind: NameKind) -> Option<NameKind> {
    let token = draft.text.token(found.tokens.end - 1);
    let (single, acronym) = (found.tokens.len() == 1, draft.is_acronym(found.tokens.start));
    let speaks = single && !acronym && token.dep() == Dep::Nsubj && Heads::get().speaks(token.head().lemma());
    let inside = token.dep() == Dep::Pobj && token.head().lower() == "in" && kind == NameKind::Person;
    let relative = token.next().is_some_and(|next| next.lower() == "who")
        || token.next().is_some_and(|c| c.text() == ",")
            && token.next().and_then(|t| t.next()).is_some_and(|next| next.lower() == "who");
    match () {
        () if speaks || relative && kind != NameKind::People => Some(NameKind::Person),
        () if inside => Some(NameKind::Location),
        () => None,
    }
}

/// Whether the gazetteer knows a town or a part of a state of this name, and nobody is called so.
fn is_town(draft: &Draft<'_>, found: &Found) -> bool {
    let words = draft.written(found.tokens.clone());
    let gazetteer = Gazetteer::embedded();
    let known = |named: Named| {
        let place = gazetteer.place(named.place);
        named.form == Form::Name && (place.population > 50_000.0 || place.kind == Kind::Admin1)
    };
    !draft.is_acronym(found.tokens.start) && gazetteer.lookup(words).any(known)
}

/// The acronym in brackets behind a name: "the African National Congress (ANC)".
fn introduced<'d>(draft: &Draft<'d>, end: usize) -> Option<&'d str> {
    let acronym = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '-');
    let closed = draft.words.get(end) == Some(&"(") && draft.words.get(end + 2) == Some(&")");
    draft.words.get(end + 1).copied().filter(acronym).filter(|_| closed)
}

fn retype(draft: &mut Draft<'_>, votes: &Votes<'_>) {
    for at in 0..draft.found.len() {
        let found = &draft.found[at];
        if !found.sure {
            let words = draft.written(found.tokens.clone());
            let kind = votes.kind(words).or(found.kind);
            draft.found[at].kind = kind.filter(|_| !is_bare(&words.to_lowercase()));
        }
    }
}

/// "Council", "Minister": which one is not said.
fn is_bare(lower: &str) -> bool {
    let heads = Heads::get();
    heads.is_common(lower) && !heads.stands_alone(lower)
}

/// Words that were taken for a name elsewhere and for nothing here.
fn spread(draft: &mut Draft<'_>, votes: &Votes<'_>) {
    let mut at = 0;
    while at < draft.words.len() {
        let longest = votes.longest.min(draft.words.len() - at);
        let proper =
            draft.is_capital(at) && matches!(draft.text.token(at).pos(), Pos::Propn | Pos::Adj | Pos::Noun);
        let named = (1..=longest).rev().filter(|_| proper).find_map(|len| {
            let tokens = at..at + len;
            let kind = votes.kind(draft.written(tokens.clone()))?;
            draft.is_free(&tokens).then_some((tokens, kind))
        });
        at = match named {
            Some((tokens, kind)) => {
                let end = tokens.end;
                draft.put(Found { tokens, kind: Some(kind), sure: false });
                end
            }
            None => at + 1,
        };
    }
}
