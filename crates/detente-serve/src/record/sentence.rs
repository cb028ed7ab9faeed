//! A sentence with the words that matter marked.

use detente::model::{CodePoints, Report, Span};
use detente::{Mark, Played};
use schemars::JsonSchema;
use serde::Serialize;

/// A run of words, and the parts they play, the outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// "trigger actor", or empty.
    pub parts: String,
}

/// Words that play a part, by code points of the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MarkRecord {
    /// The part they play.
    pub part: &'static str,
    /// The words.
    pub text: String,
    /// The first code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// The marks that a report itself gives: its trigger, those of its parties that its sentence names, its speaker. Spans count in the sentence.
pub fn marks_of(report: &Report) -> Vec<Mark> {
    let event = &report.event;
    let sentence = event.evidence.sentence;
    let inside = |span: Span| {
        Span::new(span.start.wrapping_sub(sentence.start), span.end.wrapping_sub(sentence.start))
    };
    let mut marks = vec![Mark { span: inside(event.evidence.trigger), part: Played::Trigger }];
    for (parties, part) in [(&event.actors, Played::Actor), (&event.recipients, Played::Recipient)] {
        let own = parties.iter().filter(|party| !party.elsewhere).filter_map(|party| party.span);
        marks.extend(own.map(|span| Mark { span: inside(span), part }));
    }
    if let Some(speaker) = &event.speaker
        && let Some(at) = report.sentence.find(&speaker.text)
    {
        marks.push(Mark { span: Span::new(at, at + speaker.text.len()), part: Played::Speaker });
    }
    sound(&report.sentence, marks)
}

/// Marks of an article's text as those of one of its sentences, which begins at this byte: for machines, and as pieces.
pub fn explained(sentence: &str, begins: usize, marks: &[Mark]) -> (Vec<MarkRecord>, Vec<Piece>) {
    let inside = |span: Span| Span::new(span.start.wrapping_sub(begins), span.end.wrapping_sub(begins));
    let marks = sound(sentence, marks.iter().map(|mark| Mark { span: inside(mark.span), ..*mark }).collect());
    (records(sentence, &marks), pieces(sentence, &marks))
}

/// Those that lie on words of the sentence, in order: reports from elsewhere may say anything.
fn sound(sentence: &str, mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.retain(|mark| !mark.span.is_empty() && sentence.get(mark.span.range()).is_some());
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// The sentence cut where a mark begins or ends.
pub fn pieces(sentence: &str, marks: &[Mark]) -> Vec<Piece> {
    let mut bounds: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    bounds.extend([0, sentence.len()]);
    bounds.sort_unstable();
    bounds.dedup();
    let piece = |bound: &[usize]| {
        let span = Span::new(bound[0], bound[1]);
        let around = marks.iter().filter(|mark| mark.span.contains(span)).map(|mark| mark.part.as_str());
        let mut parts: Vec<&str> = around.collect();
        parts.dedup();
        Piece { text: sentence[span.range()].to_owned(), parts: parts.join(" ") }
    };
    bounds.windows(2).map(piece).collect()
}

/// The marks for machines.
pub fn records(sentence: &str, marks: &[Mark]) -> Vec<MarkRecord> {
    let mut points = CodePoints::new(sentence);
    let record = |mark: &Mark| {
        let (start, end) = points.of(mark.span);
        MarkRecord { part: mark.part.as_str(), text: sentence[mark.span.range()].to_owned(), start, end }
    };
    marks.iter().map(record).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_cross() {
        let text = "Norway's envoy meets friends";
        let marks = [
            Mark { span: Span::new(0, 14), part: Played::Actor },
            Mark { span: Span::new(9, 20), part: Played::Trigger },
        ];
        let told: Vec<(String, String)> =
            pieces(text, &marks).into_iter().map(|piece| (piece.text, piece.parts)).collect();
        let wanted =
            [("Norway's ", "actor"), ("envoy", "actor trigger"), (" meets", "trigger"), (" friends", "")];
        let wanted: Vec<(String, String)> = wanted.map(|(t, p)| (t.to_owned(), p.to_owned())).into();
        assert_eq!(told, wanted);
    }

    #[test]
    fn marks_that_lie_elsewhere_are_left_out() {
        let marks = vec![
            Mark { span: Span::new(1, 2), part: Played::Actor },
            Mark { span: Span::new(3, 900), part: Played::Trigger },
        ];
        assert_eq!(sound("é mot", marks), []);
    }
}
