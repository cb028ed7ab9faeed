//! The words of an annotated text as the symbols that patterns are written in.

use detente_acts::{Acts, Symbol};
use detente_english::{Annotated, Pos, Tag, Token};

/// Lemma and form of each token, as far as some pattern speaks of them.
#[derive(Debug)]
pub struct Words {
    lemmas: Vec<Option<Symbol>>,
    forms: Vec<Option<Symbol>>,
}

impl Words {
    /// Looks every token up once.
    pub fn new(text: &Annotated<'_>, acts: &Acts) -> Self {
        let mut buffer = String::new();
        let lemmas = text
            .tokens()
            .map(|token| {
                hyphenated(token, acts, &mut buffer).or_else(|| lemma_symbol(token, acts, &mut buffer))
            })
            .collect();
        let forms = text.tokens().map(|token| acts.symbols().get(token.lower())).collect();
        Self { lemmas, forms }
    }

    /// The symbol of a token's lemma.
    pub fn lemma(&self, token: usize) -> Option<Symbol> {
        self.lemmas[token]
    }

    /// The symbol of a token as written, in lower case.
    pub fn form(&self, token: usize) -> Option<Symbol> {
        self.forms[token]
    }
}

/// "cease-fire" is three tokens; its last one stands for the whole word.
fn hyphenated(token: Token<'_>, acts: &Acts, buffer: &mut String) -> Option<Symbol> {
    let hyphen = token.previous().filter(|t| t.text() == "-" && !t.has_space_after())?;
    let first = hyphen.previous().filter(|t| !t.has_space_after())?;
    for last in [token.lemma(), token.lower()] {
        buffer.clear();
        buffer.push_str(first.lower());
        buffer.push('-');
        buffer.extend(last.chars().flat_map(char::to_lowercase));
        if let Some(symbol) = acts.symbols().get(buffer) {
            return Some(symbol);
        }
    }
    None
}

/// Proper nouns keep their capitals and plurals as lemma; patterns know lower-case singulars.
fn lemma_symbol(token: Token<'_>, acts: &Acts, buffer: &mut String) -> Option<Symbol> {
    let symbols = acts.symbols();
    if token.pos() != Pos::Propn && !token.lemma().contains(char::is_uppercase) {
        return symbols.get(token.lemma());
    }
    let lower = token.lower();
    symbols.get(lower).or_else(|| {
        buffer.clear();
        buffer.push_str(lower.strip_suffix('s')?);
        symbols.get(buffer)
    })
}

/// Whether a token may be the trigger of a verb pattern.
pub fn is_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Verb | Pos::Aux) && !matches!(token.lemma(), "will" | "would")
}

/// Whether a token may be the trigger of a noun pattern.
pub fn is_noun(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn)
}

/// Whether a token may be the trigger of an adjective pattern.
pub fn is_adjective(token: Token<'_>) -> bool {
    token.pos() == Pos::Adj || matches!(token.tag(), Tag::Vbn | Tag::Vbg | Tag::Jj)
}
