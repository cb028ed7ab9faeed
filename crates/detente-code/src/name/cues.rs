//! What can be seen of each word of an article: the cues that `learned` weighs.
//!
//! A cue is a short text such as `w=minister` or `r=B-person`. Each reaches some words to either side: a word's cues are its
//! own and those of its neighbours that reach it, with the distance in front, as in `-1:w=minister`.

use std::fmt::Write;
use std::ops::Range;

use detente_english::{Dep, Iob, Token};
use detente_lexicon::Lexicon;

use super::article::Article;
use super::borne::Borne;
use super::heads::Heads;
use super::known::Known;
use super::learned::Stretch;
use super::{Draft, NameKind};

/// How far a cue may reach.
const REACH: usize = 2;

/// Distances of words from another, as cues are marked with them.
pub const DISTANCES: [(&str, isize); 5] = [("-2:", -2), ("-1:", -1), ("", 0), ("+1:", 1), ("+2:", 2)];

/// Which of the distances is none.
pub const HERE: usize = 2;

/// The cue of a neighbour beyond the ends of the sentence.
pub const EDGE: &str = "|";

/// The cues of the words of a text.
#[derive(Debug, Default)]
pub struct Cues {
    text: String,
    cues: Vec<Cue>,
    of: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    start: usize,
    end: usize,
    reach: usize,
}

impl Cues {
    /// The cues of a text of the article, for the words of `stretches` and their neighbours.
    pub(super) fn of(
        draft: &Draft<'_>,
        article: &Article<'_>,
        lexicon: &Lexicon,
        stretches: &[Stretch],
    ) -> Cues {
        let mut cues = Cues::default();
        let known = Known::of(draft, lexicon);
        let rules = rules(draft);
        let near = near(draft, stretches);
        let titles: Vec<bool> = draft.text.sentences().map(|s| is_headline(draft, s.range())).collect();
        let mut run = 0..0;
        for at in 0..draft.words.len() {
            let from = cues.cues.len();
            if !near[at] {
                cues.of.push(from..from);
                continue;
            }
            if at >= run.end {
                run = capitals(draft, at);
            }
            cues.spelling(draft, at);
            cues.opinions(draft, rules[at], at);
            cues.grammar(draft, at);
            if titles[draft.text.token(at).sentence().number()] {
                cues.add(0, "headline", "");
            }
            if draft.has_capital(at) {
                cues.knowledge(draft, &known, at);
                cues.article(draft, article, at);
                cues.surroundings(draft, &run, at);
            }
            cues.of.push(from..cues.cues.len());
        }
        cues
    }

    /// Every cue of the text, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cues.iter().map(|cue| &self.text[cue.start..cue.end])
    }

    /// Which of them are those of a word.
    pub fn range(&self, at: usize) -> Range<usize> {
        self.of[at].clone()
    }

    /// Tells `see` every cue of the word `at` within its sentence, with those of its neighbours that reach it.
    pub fn each(&self, at: usize, sentence: &Range<usize>, mut see: impl FnMut(&str)) {
        for (mark, distance) in DISTANCES {
            let from = at.checked_add_signed(distance).filter(|from| sentence.contains(from));
            let Some(from) = from else {
                see(&format!("{mark}{EDGE}"));
                continue;
            };
            let reach = |cue: &&Cue| cue.reach >= distance.unsigned_abs();
            for cue in self.cues[self.range(from)].iter().filter(reach) {
                see(&format!("{mark}{}", &self.text[cue.start..cue.end]));
            }
        }
    }

    fn add(&mut self, reach: usize, name: &str, value: &str) {
        self.put(reach, |text| {
            text.push_str(name);
            text.push_str(value);
        });
    }

    fn put(&mut self, reach: usize, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        self.cues.push(Cue { start, end: self.text.len(), reach });
    }

    fn spelling(&mut self, draft: &Draft<'_>, at: usize) {
        let lower = draft.text.token(at).lower();
        self.add(2, "w=", lower);
        self.put(1, |text| shape(text, draft.words[at]));
        if draft.has_capital(at) {
            self.add(0, "p=", first(lower, 3));
            self.add(0, "f=", last(lower, 4));
            self.add(0, "f=", last(lower, 3));
            self.add(0, "f=", last(lower, 2));
        }
    }

    fn opinions(&mut self, draft: &Draft<'_>, rule: &str, at: usize) {
        let token = draft.text.token(at);
        let model = match (token.ent_iob(), token.entity_type()) {
            (Iob::Begin, Some(kind)) => ("B-", kind.as_str()),
            (_, Some(kind)) => ("I-", kind.as_str()),
            _ => ("", "O"),
        };
        self.put(2, |text| _ = write!(text, "m={}{}", model.0, model.1));
        self.add(2, "r=", rule);
        self.put(1, |text| _ = write!(text, "mr={}{}|{rule}", model.0, model.1));
    }

    fn grammar(&mut self, draft: &Draft<'_>, at: usize) {
        let token = draft.text.token(at);
        self.add(1, "t=", token.tag().as_str());
        if token.is_sent_start() {
            self.add(1, "start", "");
        }
        if !draft.has_capital(at) {
            return;
        }
        let deep = |token: &Token<'_>| token.dep() != Dep::Compound || token.is_root();
        let top = std::iter::once(token).chain(token.ancestors()).take(5).find(deep).unwrap_or(token);
        self.add(0, "d=", token.dep().as_str());
        self.put(0, |text| _ = write!(text, "h={}:{}", top.dep().as_str(), top.head().lemma()));
    }

    fn knowledge(&mut self, draft: &Draft<'_>, known: &Known, at: usize) {
        let lower = draft.text.token(at).lower();
        for class in Heads::get().classes(lower) {
            self.add(1, "c=", class);
        }
        if let Some(class) = Borne::get().class(draft.words[at]) {
            self.add(1, "n=", class);
        }
        if !known.places[at].is_empty() {
            self.add(1, "g=", &known.places[at]);
        }
        if !known.actors[at].is_empty() {
            self.add(1, "l=", &known.actors[at]);
        }
    }

    fn article(&mut self, draft: &Draft<'_>, article: &Article<'_>, at: usize) {
        article.each(draft.words[at], draft.text.token(at).lower(), |reach, cue| self.add(reach, "a=", cue));
    }

    fn surroundings(&mut self, draft: &Draft<'_>, run: &Range<usize>, at: usize) {
        let lower = |i: usize| draft.text.token(i).lower();
        let sentence = draft.text.token(at).sentence().range();
        self.add(0, "last=", lower(run.end - 1));
        for class in Heads::get().classes(lower(run.end - 1)) {
            self.add(0, "lastc=", class);
        }
        let place = if at + 1 == run.end { "end" } else { "in" };
        self.put(0, |text| _ = write!(text, "run={}{place}", run.len().min(5)));
        self.put(0, |text| _ = write!(text, "at={}-{}", (at - run.start).min(3), (run.end - 1 - at).min(3)));
        let before = run.start.checked_sub(1).filter(|i| sentence.contains(i));
        let after = Some(run.end).filter(|i| sentence.contains(i));
        let (left, right) = (before.map_or("|", lower), after.map_or("|", lower));
        let model = draft.text.token(at).entity_type().map_or("O", |kind| kind.as_str());
        self.add(0, "before=", left);
        self.add(0, "after=", right);
        self.put(0, |text| _ = write!(text, "before={left}|{model}"));
        self.put(0, |text| _ = write!(text, "after={right}|{model}"));
        if let Some(head) = before.filter(|i| is_joint(lower(*i))).and_then(|i| i.checked_sub(1)) {
            for class in Heads::get().classes(lower(head)) {
                self.put(0, |text| _ = write!(text, "of={}:{class}", lower(head + 1)));
            }
        }
    }
}

/// Whether nearly all words of a sentence have capitals, so that these tell little.
fn is_headline(draft: &Draft<'_>, sentence: Range<usize>) -> bool {
    let long = |i: &usize| draft.words[*i].len() > 3 && draft.words[*i].starts_with(char::is_alphabetic);
    let all = sentence.clone().filter(long).count();
    let capital = sentence.filter(long).filter(|i| draft.is_capital(*i)).count();
    all > 3 && capital * 5 >= all * 4
}

fn is_joint(lower: &str) -> bool {
    matches!(lower, "of" | "for" | "and" | "&" | "on" | "de" | "(")
}

/// Which words are in a stretch or reach into one.
fn near(draft: &Draft<'_>, stretches: &[Stretch]) -> Vec<bool> {
    let mut near = vec![false; draft.words.len()];
    for Stretch { tokens, sentence } in stretches {
        let start = tokens.start.saturating_sub(REACH).max(sentence.start);
        near[start..(tokens.end + REACH).min(sentence.end)].fill(true);
    }
    near
}

/// What the rules take each word for.
fn rules(draft: &Draft<'_>) -> Vec<&'static str> {
    let mut tags = vec!["O"; draft.words.len()];
    for found in &draft.found {
        let [begin, inside] = rule(found.kind, found.sure);
        tags[found.tokens.clone()].fill(inside);
        tags[found.tokens.start] = begin;
    }
    tags
}

fn rule(kind: Option<NameKind>, sure: bool) -> [&'static str; 2] {
    match (kind, sure) {
        (Some(NameKind::Person), false) => ["B-person", "I-person"],
        (Some(NameKind::Person), true) => ["B-person!", "I-person!"],
        (Some(NameKind::Organisation), false) => ["B-organisation", "I-organisation"],
        (Some(NameKind::Organisation), true) => ["B-organisation!", "I-organisation!"],
        (Some(NameKind::Location), false) => ["B-location", "I-location"],
        (Some(NameKind::Location), true) => ["B-location!", "I-location!"],
        (Some(NameKind::People), false) => ["B-people", "I-people"],
        (Some(NameKind::People), true) => ["B-people!", "I-people!"],
        (None, _) => ["B-none", "I-none"],
    }
}

/// The capitalised words around one, hyphens between them included.
fn capitals(draft: &Draft<'_>, at: usize) -> Range<usize> {
    let end = draft.text.token(at).sentence().range().end;
    let mut stop = at;
    while stop < end && draft.has_capital(stop) {
        stop += 1;
        if stop + 1 < end
            && matches!(draft.words[stop], "-" | "&")
            && draft.has_capital(stop + 1)
            && stop > at
        {
            stop += 1;
        }
    }
    at..stop.max(at + 1)
}

/// The letters of a word, like ones as one: "X", "Xx", "X.X.", "d".
fn shape(text: &mut String, word: &str) {
    text.push_str("s=");
    let mut before = ' ';
    for c in word.chars().take(12) {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        if class != before {
            text.push(class);
        }
        before = class;
    }
    if word.chars().nth(1).is_none() {
        text.push('1');
    }
}

fn first(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

fn last(word: &str, letters: usize) -> &str {
    word.char_indices().rev().nth(letters - 1).map_or(word, |(start, _)| &word[start..])
}
