//! The language gate: English is read, other languages are named and skipped.

use detente_model::{Article, BlockKind};
use whatlang::{Detector, Lang};

/// The language of a text, by its letters and its trigrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, or too little text to say otherwise.
    English,
    /// Another one; its ISO 639-3 code.
    Other(&'static str),
}

/// Texts shorter than this are not judged.
const FEWEST_LETTERS: usize = 40;
/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 4_000;

/// Judges a text by its first few thousand bytes.
pub fn detect(text: &str) -> Language {
    let sample = &text[..crate::lines::boundary(text, SAMPLE)];
    if sample.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return Language::English;
    }
    let small = small_words(sample);
    if small >= PLAINLY_ENGLISH {
        return Language::English;
    }
    match Detector::new().detect(sample) {
        Some(found) if found.lang() == Lang::Eng => Language::English,
        Some(found) if found.is_reliable() || small < PERHAPS_ENGLISH => Language::Other(found.lang().code()),
        _ => Language::English,
    }
}

/// Judges what an article says, furniture left out.
pub(crate) fn of_article(article: &Article) -> Language {
    let mut text = String::with_capacity(SAMPLE);
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Text) {
        if text.len() >= SAMPLE {
            break;
        }
        text.push_str(&article.text[block.span.range()]);
        text.push('\n');
    }
    detect(&text)
}

/// The share of small English words, in percent, at which no other language comes into question.
const PLAINLY_ENGLISH: usize = 20;
/// The share at which a text full of names may still be English.
const PERHAPS_ENGLISH: usize = 10;

/// How many of a hundred words are small words that English has and its neighbours have not.
fn small_words(sample: &str) -> usize {
    let small = [
        "the", "of", "and", "to", "that", "was", "for", "with", "said", "by", "from", "has", "his", "were",
        "it", "as",
    ];
    let (mut hits, mut all) = (0, 0);
    for word in sample.split_whitespace() {
        all += 1;
        hits += usize::from(small.iter().any(|s| word.eq_ignore_ascii_case(s)));
    }
    hits * 100 / all.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_passes_and_others_are_named() {
        let cases = [
            (
                "The envoys of both countries met in the customs house of the harbour on Monday.",
                Language::English,
            ),
            (
                "Die Gesandten beider Länder trafen sich am Montag im alten Zollhaus am Hafen der Stadt.",
                Language::Other("deu"),
            ),
            (
                "Les envoyés des deux pays se sont réunis lundi dans la vieille maison des douanes du port.",
                Language::Other("fra"),
            ),
            (
                "Посланники обеих стран встретились в понедельник в старой таможне у гавани города.",
                Language::Other("rus"),
            ),
            (
                "两国特使星期一在港口旧海关大楼会面，讨论粮食、运粮船只以及航道上的水雷问题。双方都没有透露谈判进展。港口发言人说有十一艘船等待离港。",
                Language::Other("cmn"),
            ),
            ("Oslo", Language::English),
        ];
        for (text, expected) in cases {
            assert_eq!(detect(text), expected, "{text}");
        }
    }
}
