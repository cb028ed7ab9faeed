//! What is no sentence: tables, lists and endless lines, of which a parser makes anything.

use detente_english::{Pos, Sentence, Tag};

/// The longest of 25,000 sentences of newswire has 205 words.
const LONGEST: usize = 400;
/// Up to this length a few bare words may be a headline.
const SHORT: usize = 30;
/// At least one word in so many says how the others hang together.
const FUNCTION_WORDS: usize = 10;

/// Whether a sentence is longer than any sentence is. Its words would all be compared with one another.
pub fn is_endless(sentence: Sentence<'_>) -> bool {
    sentence.range().len() > LONGEST
}

/// Whether a sentence is one that tells something, not a long row of names, results or page numbers.
pub fn is_prose(sentence: Sentence<'_>) -> bool {
    let words = sentence.range().len();
    words <= SHORT || words <= LONGEST && has_verb(sentence) && joined(sentence) * FUNCTION_WORDS >= words
}

fn has_verb(sentence: Sentence<'_>) -> bool {
    let verb = |tag| matches!(tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz | Tag::Md);
    sentence.tokens().any(|token| verb(token.tag()))
}

/// How many words only join others.
fn joined(sentence: Sentence<'_>) -> usize {
    let joins =
        |pos| matches!(pos, Pos::Det | Pos::Adp | Pos::Aux | Pos::Pron | Pos::Cconj | Pos::Sconj | Pos::Part);
    sentence.tokens().filter(|token| joins(token.pos())).count()
}
