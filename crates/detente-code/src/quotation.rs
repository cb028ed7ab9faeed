//! Who speaks between quotation marks, also where a quotation runs over sentences and paragraphs.
//!
//! Works on one annotated text and knows nobody: it gives tokens, and who they are is the resolver's knowledge. A quotation whose
//! speaker no word beside it names has the speaker of the one before it, if nothing but a paragraph's end lies between.

use std::ops::Range;
use std::sync::LazyLock;

use detente_english::{Annotated, Dep, Token};
use rustc_hash::FxHashSet;

use crate::clause;

/// The quotations of one text.
#[derive(Debug, Clone, Default)]
pub struct Quotations(Vec<Quotation>);

/// Words between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens between the marks.
    pub tokens: Range<usize>,
    /// The token that heads who speaks them.
    pub speaker: Option<usize>,
}

/// Shorter ones are words picked out ("so-called"), not speech.
const SHORTEST: usize = 3;

impl Quotations {
    /// Finds the quotations of a text and who speaks each.
    pub fn find(text: &Annotated<'_>) -> Self {
        let spans = spans(text);
        let mut found: Vec<Quotation> = Vec::with_capacity(spans.len());
        for tokens in spans.iter().cloned() {
            let own = speaker_beside(text, &tokens, &spans);
            let speaker = own.or_else(|| carried_on(text, found.last(), &tokens));
            found.push(Quotation { tokens, speaker });
        }
        Self(found)
    }

    /// The quotation that a token stands in.
    pub fn around(&self, token: usize) -> Option<&Quotation> {
        let next = self.0.partition_point(|quotation| quotation.tokens.start <= token);
        self.0[..next].last().filter(|quotation| quotation.tokens.contains(&token))
    }
}

/// What stands between marks; an open quotation ends with its paragraph, where the next one does not take it up again.
fn spans(text: &Annotated<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for token in text.tokens() {
        let (mark, breaks) = (is_mark(token), begins_paragraph(text, token));
        match open {
            Some(start) if breaks || mark => {
                found.push(start..token.i());
                open = (breaks && mark).then_some(token.i() + 1);
            }
            None if mark => open = Some(token.i() + 1),
            _ => {}
        }
    }
    found.extend(open.map(|start| start..text.len()));
    found.retain(|range| range.len() >= SHORTEST);
    found
}

fn is_mark(token: Token<'_>) -> bool {
    matches!(token.text(), "\"" | "“" | "”" | "''" | "``" | "«" | "»")
}

fn begins_paragraph(text: &Annotated<'_>, token: Token<'_>) -> bool {
    token.previous().is_some_and(|before| {
        let (from, to) = (before.span().end, token.span().start);
        text.text()[from..to].matches('\n').count() > 0
    })
}

/// "…," X said; X said: "…": a verb of speech outside the marks, in the sentences that the quotation stands in.
fn speaker_beside(text: &Annotated<'_>, tokens: &Range<usize>, spans: &[Range<usize>]) -> Option<usize> {
    let quoted = |i: usize| spans.iter().any(|span| span.contains(&i));
    let (first, last) = (text.token(tokens.start).sentence(), text.token(tokens.end - 1).sentence());
    let outside = (first.range().start..last.range().end).map(|i| text.token(i)).filter(|t| !quoted(t.i()));
    outside
        .filter(|t| clause::is_verbal(*t) && is_speech(t.lemma()))
        .filter_map(|verb| Some((distance(verb.i(), tokens), speaker_of(verb, quoted)?)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, speaker)| speaker)
}

fn speaker_of(verb: Token<'_>, quoted: impl Fn(usize) -> bool) -> Option<usize> {
    let subjects = verb.children().filter(|c| matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass)).map(Token::i);
    subjects.chain(clause::surface_subjects(verb)).find(|head| !quoted(*head))
}

fn distance(at: usize, tokens: &Range<usize>) -> usize {
    match at < tokens.start {
        true => tokens.start - at,
        false => at - tokens.end.min(at),
    }
}

/// A quotation that opens the next paragraph, or that only marks part from the one before it.
fn carried_on(text: &Annotated<'_>, before: Option<&Quotation>, tokens: &Range<usize>) -> Option<usize> {
    let before = before?;
    let between = before.tokens.end..tokens.start;
    let words = between.map(|i| text.token(i)).filter(|t| !is_mark(*t) && t.dep() != Dep::Punct);
    (words.count() == 0).then_some(before.speaker).flatten()
}

fn is_speech(lemma: &str) -> bool {
    static VERBS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        let lines = include_str!("../data/speech_verbs.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    VERBS.contains(lemma)
}
