//! The model's entities without what is no part of a name.

use std::ops::Range;

use detente_english::{EntityType, Pos};
use detente_lexicon::{Kind, Lexicon};

use super::heads::Heads;
use super::{Draft, Found, NameKind};

/// Takes the entities that are names of some sort.
pub fn entities(draft: &mut Draft<'_>, lexicon: &Lexicon) {
    for entity in draft.text.entities().iter().filter(|e| is_name(e.kind)) {
        let kind = NameKind::of(entity.kind);
        let mut tokens = trimmed(draft, entity.start..entity.end);
        if kind == Some(NameKind::Person) {
            tokens.start = after_titles(draft, lexicon, tokens.clone());
        }
        if is_proper(draft, tokens.clone(), kind) {
            draft.found.push(Found { tokens, kind, sure: false });
        }
    }
}

fn is_name(kind: EntityType) -> bool {
    NameKind::of(kind).is_some()
        || matches!(
            kind,
            EntityType::Fac
                | EntityType::Product
                | EntityType::WorkOfArt
                | EntityType::Event
                | EntityType::Law
        )
}

/// Whether a name is written as one, and is no address, no currency and no building or event.
fn is_proper(draft: &Draft<'_>, tokens: Range<usize>, kind: Option<NameKind>) -> bool {
    let Some(last) = tokens.clone().last() else { return false };
    let capital = kind == Some(NameKind::People) || tokens.clone().any(|i| draft.is_capital(i));
    let address = tokens.clone().any(|i| draft.words[i].contains("//") || draft.words[i].starts_with("www."));
    let other = tokens.len() > 1 && Heads::get().is_other(draft.text.token(last).lower());
    capital && !address && !other && !draft.is_money(tokens.end)
}

/// Without articles, quotation marks and other signs at the edges, and without "'s".
fn trimmed(draft: &Draft<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let sign = |i: usize| matches!(draft.text.token(i).pos(), Pos::Punct | Pos::Space | Pos::Sym);
    while !tokens.is_empty() && (sign(tokens.start) || is_article(draft.text.token(tokens.start).lower())) {
        tokens.start += 1;
    }
    while !tokens.is_empty()
        && (sign(tokens.end - 1) && draft.words[tokens.end - 1] != "."
            || is_possessive(draft.words[tokens.end - 1]))
    {
        tokens.end -= 1;
    }
    tokens
}

fn is_article(lower: &str) -> bool {
    matches!(lower, "the" | "a" | "an" | "of" | "in" | "and")
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’" | "s")
}

/// Where the name of a person begins behind titles in front: "Foreign Minister", "Mr.".
fn after_titles(draft: &Draft<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> usize {
    let mut start = tokens.start;
    while start + 1 < tokens.end {
        let title = lexicon
            .lookups(&draft.words[..tokens.end], start)
            .into_iter()
            .find(|m| m.forms.iter().all(|f| lexicon.subject(f.subject).kind() == Kind::Title));
        start += match title {
            Some(title) if start + title.len < tokens.end => title.len,
            _ if Heads::get().presents(draft.text.token(start).lower()) => 1,
            _ => break,
        };
    }
    start
}
