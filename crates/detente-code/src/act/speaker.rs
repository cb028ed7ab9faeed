//! Who says so: the source of a claim, from reporting verbs, "according to" and quotation.
//!
//! Finds the noun phrase that names the speaker of a sentence's claims. The report's own voice has none.

use detente_acts::Effect;
use detente_english::{Annotated, Dep, Sentence, Token};

use super::standing::stands_apart;
use super::trigger::Matcher;
use crate::clause::{self, Heads, is_verbal};
use crate::quotation::Quotations;

/// Finds who speaks in one text.
#[derive(Debug)]
pub struct Speakers<'a> {
    text: &'a Annotated<'a>,
    matcher: Matcher<'a>,
    quotations: Quotations,
}

impl<'a> Speakers<'a> {
    /// For a text whose words have been looked up.
    pub fn new(text: &'a Annotated<'a>, matcher: Matcher<'a>) -> Self {
        Self { text, matcher, quotations: Quotations::find(text) }
    }

    /// The token that heads the speaker of the act at `token`, if anybody but the report says it.
    pub fn of(&self, token: usize) -> Option<usize> {
        let quoted = self.quotations.around(token).and_then(|quotation| quotation.speaker);
        let token = self.text.token(token);
        quoted
            .or_else(|| reporting_subject(self.text, self.matcher, token))
            .or_else(|| trailing_attribution(self.text, self.matcher, token))
            .or_else(|| according_to(token.sentence()))
    }
}

/// "X said that …": the act's clause hangs below a reporting verb as its complement.
fn reporting_subject(text: &Annotated<'_>, matcher: Matcher<'_>, token: Token<'_>) -> Option<usize> {
    let mut below = token;
    for above in token.ancestors() {
        let complement =
            matches!(below.dep(), Dep::Ccomp | Dep::Xcomp | Dep::Parataxis) && !stands_apart(below);
        if complement && is_reporting(matcher, above) {
            let subject = first_other(clause::surface_subjects(above), token)?;
            return (!is_evidence(above, text.token(subject))).then_some(subject);
        }
        below = above;
    }
    None
}

/// "…, X said": the reporting clause hangs below the act's own clause.
fn trailing_attribution(text: &Annotated<'_>, matcher: Matcher<'_>, token: Token<'_>) -> Option<usize> {
    let tops = std::iter::once(token).chain(token.ancestors());
    tops.flat_map(Token::children)
        .filter(|c| matches!(c.dep(), Dep::Parataxis | Dep::Ccomp | Dep::Advcl | Dep::Dep))
        .filter(|c| is_reporting(matcher, *c) && c.i() > token.i() && is_set_off(text, *c))
        .filter(|c| !is_another_matter(*c))
        .find_map(|verb| first_other(clause::surface_subjects(verb), token))
}

fn according_to(sentence: Sentence<'_>) -> Option<usize> {
    let according = sentence.tokens().find(|t| t.lower() == "according")?;
    let objects: Heads = clause::prepositional(according, "to");
    objects.first().copied().or_else(|| {
        let to = according.next().filter(|t| t.lower() == "to")?;
        to.children_with(Dep::Pobj).map(Token::i).next()
    })
}

fn is_reporting(matcher: Matcher<'_>, token: Token<'_>) -> bool {
    is_verbal(token)
        && matcher.operator_at(token.i()).is_some_and(|found| found.operator.effect == Effect::Report)
}

/// "It shows that both talk": what shows something is no speaker, unless somebody is named.
fn is_evidence(verb: Token<'_>, subject: Token<'_>) -> bool {
    let shows =
        matches!(verb.lemma(), "show" | "suggest" | "indicate" | "mean" | "prove" | "demonstrate" | "reveal");
    shows && matches!(subject.lower(), "it" | "this" | "that" | "which")
}

fn is_set_off(text: &Annotated<'_>, verb: Token<'_>) -> bool {
    let first = verb.subtree().start;
    first > verb.sentence().range().start
        && matches!(text.token(first - 1).text(), "," | "\"" | "”" | "''" | "--")
}

/// "…, although experts say that …": it tells of something else.
fn is_another_matter(verb: Token<'_>) -> bool {
    let turns = |c: Token<'_>| {
        matches!(
            c.lower(),
            "although" | "though" | "while" | "whereas" | "because" | "after" | "before" | "if" | "since"
        )
    };
    verb.children().any(|c| c.i() < verb.i() && matches!(c.dep(), Dep::Mark | Dep::Advmod) && turns(c))
}

fn first_other(heads: Heads, token: Token<'_>) -> Option<usize> {
    heads.into_iter().find(|&head| head != token.i())
}
