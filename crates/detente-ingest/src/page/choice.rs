//! Which lines of a page are the report: what the extraction kept, mended by what the page shows around it.
//!
//! Each rule looks at the order of lines and at the regions that elements name, never at one site: a standfirst between
//! the headline and the report belongs to it; a heading between two of its paragraphs does too; and the few lines kept
//! from a box that is marked as something else do not.

use detente_model::{BlockKind, Furniture};

use super::visible::{Visible, VisibleLine};
use crate::furniture::by_words;
use crate::lines::{is_headline, is_prose, words};

/// What every line of the page is; `kept` says which the extraction took.
pub(super) fn kinds(visible: &Visible, kept: Vec<bool>, title: Option<&str>) -> Vec<BlockKind> {
    let mut choice = Choice::new(visible, kept, title);
    choice.drop_marked();
    choice.take_standfirst();
    choice.take_headings();
    choice.kinds()
}

struct Choice<'v> {
    lines: &'v [VisibleLine],
    shown: Vec<&'v str>,
    named: Vec<Option<Furniture>>,
    kept: Vec<bool>,
    title: Option<&'v str>,
}

/// How far under the headline the report begins where all prose between them is a standfirst, in lines.
const UNDER: usize = 9;
/// How far from the report its headline is looked for, in lines.
const FARTHEST: usize = 60;
/// A region holds the report where more than one in so many of the kept bytes stand in it.
const MINOR: usize = 4;

impl<'v> Choice<'v> {
    fn new(visible: &'v Visible, kept: Vec<bool>, title: Option<&'v str>) -> Self {
        let shown: Vec<&str> = visible.lines.iter().map(|line| &visible.text[line.span.range()]).collect();
        let named = shown.iter().map(|line| by_words(line)).collect();
        Self { lines: &visible.lines, shown, named, kept, title }
    }

    fn is_title(&self, at: usize) -> bool {
        self.title == Some(self.shown[at])
    }

    /// Whether nothing but the extraction speaks against it.
    fn is_free(&self, at: usize) -> bool {
        !self.kept[at] && self.named[at].is_none() && self.lines[at].region.is_none() && !self.is_title(at)
    }

    fn kept_bytes(&self, wanted: impl Fn(&VisibleLine) -> bool) -> usize {
        let pairs = self.lines.iter().zip(&self.kept);
        pairs.filter(|(line, kept)| **kept && wanted(line)).map(|(line, _)| line.span.len()).sum()
    }

    /// Lines kept from a box that is marked as furniture, unless the report itself stands in such a box.
    fn drop_marked(&mut self) {
        let all = self.kept_bytes(|_| true);
        let regions: Vec<_> = self.lines.iter().filter_map(|line| line.region).collect();
        let minor = |region: Furniture| self.kept_bytes(|line| line.region == Some(region)) * MINOR < all;
        let mut known: Vec<(Furniture, bool)> = Vec::new();
        for region in regions {
            if !known.iter().any(|(have, _)| *have == region) {
                known.push((region, minor(region)));
            }
        }
        for (at, line) in self.lines.iter().enumerate() {
            let dropped = known.iter().any(|(region, minor)| Some(*region) == line.region && *minor);
            self.kept[at] &= !dropped;
        }
    }

    /// The prose right under the headline, and what stands between it and the first paragraph that was kept where that is
    /// not far.
    fn take_standfirst(&mut self) {
        let first = (0..self.kept.len()).find(|&at| self.kept[at] && !self.is_title(at));
        let Some(first) = first else { return };
        let Some(title) = (0..first).rev().take(FARTHEST).find(|at| self.is_title(*at)) else { return };
        let end = if first - title <= UNDER { first } else { first.min(title + 3) };
        for at in title + 1..end {
            self.kept[at] |= self.is_free(at) && self.is_standfirst(at);
        }
    }

    fn is_standfirst(&self, at: usize) -> bool {
        let line = self.shown[at];
        is_prose(line) || self.lines[at].heading && is_headline(line) && words(line, 8) >= 8
    }

    /// Headings between two lines of the report.
    fn take_headings(&mut self) {
        for at in 1..self.lines.len().saturating_sub(1) {
            let between = self.kept[at - 1] && self.kept[at + 1];
            if between && self.lines[at].heading && self.is_free(at) {
                self.kept[at] = true;
            }
        }
    }

    fn kinds(&self) -> Vec<BlockKind> {
        let last = self.kept.iter().rposition(|kept| *kept);
        let kind = |at: usize| match self.named[at] {
            _ if self.is_title(at) => BlockKind::Heading,
            Some(kind) => BlockKind::Furniture(kind),
            None if self.kept[at] && self.lines[at].heading => BlockKind::Heading,
            None if self.kept[at] => BlockKind::Text,
            None => {
                let after = last.is_some_and(|last| at > last);
                BlockKind::Furniture(by_place(self.shown[at], self.lines[at].region, after))
            }
        };
        (0..self.lines.len()).map(kind).collect()
    }
}

/// What a line that is not of the report is, by the elements around it and whether the report is over.
fn by_place(line: &str, region: Option<Furniture>, after: bool) -> Furniture {
    match region {
        Some(Furniture::Copyright) if is_headline(line) && words(line, 6) >= 5 => Furniture::Neighbour,
        Some(kind) => kind,
        None if after && words(line, 4) >= 4 => Furniture::Neighbour,
        None => Furniture::Navigation,
    }
}

#[cfg(test)]
mod tests {
    use trafilatura::dom::Document;

    use super::*;
    use crate::page::visible;

    /// The kinds of the lines of a page whose lines with a `+` were kept.
    fn kinds_of(html: &str) -> Vec<&'static str> {
        let seen = visible::read(&Document::parse(html));
        let kept = seen.lines.iter().map(|line| seen.text[line.span.range()].contains('+')).collect();
        let name = |kind| match kind {
            BlockKind::Text => "text",
            BlockKind::Heading => "heading",
            BlockKind::Furniture(kind) => kind.as_str(),
        };
        kinds(&seen, kept, Some("Envoys speak of grain")).into_iter().map(name).collect()
    }

    #[test]
    fn a_standfirst_and_a_heading_between_paragraphs_are_of_the_report() {
        let page = "<p>Nine ships wait in the roads, and their crews are tired of it.</p><h1>Envoys speak of grain</h1>\
            <p>After nine hours at the table the ministers had a paper of two pages.</p><p>Share</p><p>+ They met on Monday.</p>\
            <h2>What comes next</h2><p>+ They meet again in June.</p>";
        assert_eq!(kinds_of(page), ["navigation", "heading", "text", "share", "text", "heading", "text"]);
    }

    #[test]
    fn a_box_that_says_what_it_is_is_not_of_the_report_unless_it_holds_it() {
        let report = "<p>+ They met on Monday in the old customs house of the harbour to speak of grain.</p>"
            .repeat(4);
        let boxed = format!("{report}<div class=related-stories><p>+ Storm closes the port</p></div>");
        assert_eq!(kinds_of(&boxed)[4], "related");
        let wrapped = format!("<div class=share-wrap>{report}</div>");
        assert!(kinds_of(&wrapped).iter().all(|kind| *kind == "text"));
    }
}
