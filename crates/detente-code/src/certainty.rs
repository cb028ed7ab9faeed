//! How sure the coder may be of an act: the share of acts told like it whose type, actors and recipients are all right.
//!
//! A logistic regression over a few [`Sign`]s: how the act stands in its sentence, and who its parties are. The weights in
//! `data/certainty.tsv` were learned from coded events of newswire that were judged by hand (`train/certainty`). Says nothing of days, places and speakers.

use std::sync::LazyLock;

use detente_english::{Annotated, Token};
use detente_model::{ActorCode, Party, Sector, Span, named_enum};

use crate::act::Act;
use crate::clause;

named_enum! {
    /// Something that speaks for an act or against it.
    Sign, "sign", {
        /// What holds of every act.
        Always = "always",
        /// How far the weight of its sense lies above the usual one, in fifths.
        Sense = "sense",
        /// How deep its word lies below the root of its sentence, on a logarithmic scale.
        Depth = "depth",
        /// A noun or verb with "the" or "this": a thing known, more often described than told.
        Definite = "definite",
        /// Nobody acts.
        NoActor = "no actor",
        /// One acts, and it is done to nobody.
        Alone = "alone",
        /// Somebody acts who has no office, no arms and no party.
        Private = "private",
        /// Its sides are of different states.
        Across = "across",
        /// The words on the way to its recipient in the parse, on a logarithmic scale.
        StepsToRecipient = "steps to recipient",
        /// The verbs among them.
        VerbsToRecipient = "verbs to recipient",
    }
}

/// A sign that an act shows, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The sign.
    pub sign: Sign,
    /// How much; what only is there or not is 1.
    pub value: f32,
}

/// What speaks for and against an act of a text, in the order of [`Sign`].
pub fn signs(text: &Annotated<'_>, act: &Act) -> Vec<Shown> {
    let token = text.token(act.token);
    let way = nearest(text, token, &act.recipients);
    let verbs = way.iter().filter(|&&i| clause::is_verbal(text.token(i))).count();
    let holds = |condition: bool| f32::from(u8::from(condition));
    let value = |sign| match sign {
        Sign::Always => 1.0,
        Sign::Sense => (act.weight - USUAL) * 5.0,
        Sign::Depth => (1.0 + token.ancestors().count() as f32).ln(),
        Sign::Definite => holds(is_definite(token)),
        Sign::NoActor => holds(act.actors.is_empty()),
        Sign::Alone => holds(act.actors.len() == 1 && act.recipients.is_empty()),
        Sign::Private => holds(act.actors.iter().any(is_private)),
        Sign::Across => holds(is_across(act)),
        Sign::StepsToRecipient => (1.0 + way.len() as f32).ln(),
        Sign::VerbsToRecipient => verbs as f32,
    };
    let all = Sign::ALL.iter().map(|&sign| Shown { sign, value: value(sign) });
    all.filter(|shown| shown.value != 0.0).collect()
}

/// The share of acts with these signs that are right, in 0..=1, to the hundredth.
pub fn confidence(signs: &[Shown]) -> f32 {
    let sum: f32 = signs.iter().map(Shown::weight).sum();
    (100.0 / (1.0 + (-sum).exp())).round() / 100.0
}

impl Shown {
    /// How much it speaks for the act, or against it if negative: a share of the logarithm of the odds.
    pub fn weight(&self) -> f32 {
        self.value * WEIGHTS[self.sign as usize]
    }
}

const FILE: &str = include_str!("../data/certainty.tsv");

/// The weight of each sign, in the order of [`Sign`].
static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let lines =
        || FILE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let weight = |sign: &Sign| lines().find(|(name, _)| *name == sign.as_str())?.1.parse().ok();
    Sign::ALL.iter().map(|sign| weight(sign).unwrap_or(0.0)).collect()
});

/// The weight of a sense that has none of its own.
const USUAL: f32 = 0.8;

fn is_definite(token: Token<'_>) -> bool {
    token.children().any(|c| matches!(c.lower(), "the" | "this" | "that" | "these" | "those"))
}

fn is_private(party: &Party) -> bool {
    use Sector::{Bus, Cvl, Edu, Jrn, Lab, Med};
    matches!(party.actor.sector, Some(Cvl | Bus | Jrn | Med | Edu | Lab))
}

fn is_across(act: &Act) -> bool {
    let code = |party: &Party| -> Option<ActorCode> { party.actor.code };
    let other = |actor: &Party| act.recipients.iter().any(|recipient| code(recipient) != code(actor));
    act.actors.iter().any(other)
}

/// The way to the nearest party of a side; empty where there is none in the sentence.
fn nearest(text: &Annotated<'_>, token: Token<'_>, side: &[Party]) -> Vec<usize> {
    let ways = side.iter().filter_map(|party| way(text, token, party));
    ways.min_by_key(Vec::len).unwrap_or_default()
}

/// The tokens between a token and the head of a party in the parse of their sentence; `None` where the party is named in another.
fn way(text: &Annotated<'_>, token: Token<'_>, party: &Party) -> Option<Vec<usize>> {
    let span = party.span?;
    let last = text.token_ending(span).filter(|i| token.sentence().range().contains(i))?;
    let (up, down) = (upwards(token), upwards(top(text.token(last), span)));
    let shared = up.iter().rev().zip(down.iter().rev()).take_while(|(a, b)| a == b).count();
    let ends = |i: &&usize| **i != up[0] && **i != down[0];
    let climbed = up.iter().take(up.len() - shared + 1);
    Some(climbed.chain(down.iter().take(down.len() - shared)).filter(ends).copied().collect())
}

/// A token and what stands above it, up to the root.
fn upwards(token: Token<'_>) -> Vec<usize> {
    std::iter::once(token).chain(token.ancestors()).map(Token::i).collect()
}

/// The head of the phrase that a span holds the end of.
fn top(token: Token<'_>, span: Span) -> Token<'_> {
    let inside = |t: &Token<'_>| span.contains(t.span());
    std::iter::once(token).chain(token.ancestors()).take_while(inside).last().unwrap_or(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_one_line() {
        let weighed = |line: &'static str| {
            line.split_once('\t').filter(|(_, weight)| weight.parse::<f32>().is_ok()).map(|(name, _)| name)
        };
        let mut names: Vec<&str> = FILE.lines().filter_map(weighed).collect();
        let mut signs: Vec<&str> = Sign::ALL.iter().map(|sign| sign.as_str()).collect();
        names.sort_unstable();
        signs.sort_unstable();
        assert_eq!(names, signs);
    }

    #[test]
    fn what_speaks_against_an_act_makes_it_less_sure() {
        let shown = |sign, value| Shown { sign, value };
        let plain = [shown(Sign::Always, 1.0)];
        let deep = [shown(Sign::Always, 1.0), shown(Sign::Depth, 2.0)];
        assert!(confidence(&deep) < confidence(&plain));
        assert!((0.0..=1.0).contains(&confidence(&[shown(Sign::Always, 1e9)])));
    }
}
