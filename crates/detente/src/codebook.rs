//! The codebook, `codebook/*.md`, as read by a program: what a type means, where its neighbours begin, what it looks like.
//!
//! The files are part of the library, so that every answer can show the definition it was coded by. Their format is that of
//! `codebook/README.md`; the test suite runs the cases.

use detente_model::EventType;

/// What the codebook says of one event type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// The type.
    pub kind: EventType,
    /// Its definition, a paragraph.
    pub definition: String,
    /// Its lines to its neighbours, one each, in Markdown.
    pub neighbours: Vec<String>,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// A sentence and what must come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The heading it stands under: "Visits", "Not CONSULT".
    pub heading: &'static str,
    /// Whether the coder is known not to be there yet.
    pub gap: bool,
    /// The day of the report, or `-`.
    pub report: &'static str,
    /// The sentence.
    pub text: &'static str,
    /// What must be among the events coded, in the notation of `codebook/README.md`.
    pub expected: &'static str,
}

impl Chapter {
    /// The chapter of a type.
    pub fn of(kind: EventType) -> Self {
        let mut chapter = Self { kind, definition: String::new(), neighbours: Vec::new(), cases: Vec::new() };
        let mut heading = "";
        for line in text(kind).lines().skip(1) {
            match line.strip_prefix("## ") {
                Some(next) => heading = next,
                None => chapter.take(heading, line),
            }
        }
        chapter
    }

    /// The cases in which an event of the type comes out.
    pub fn firing(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| !case.gap && !case.is_against())
    }

    /// The cases in which no event of the type comes out.
    pub fn silent(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| !case.gap && case.is_against())
    }

    fn take(&mut self, heading: &'static str, line: &'static str) {
        match line {
            "" => {}
            line if line.starts_with('|') => self.cases.extend(case(heading, line)),
            line if heading.is_empty() => append(&mut self.definition, line),
            line => match (line.strip_prefix("- "), self.neighbours.last_mut()) {
                (Some(first), _) => self.neighbours.push(first.to_owned()),
                (None, Some(neighbour)) => append(neighbour, line),
                (None, None) => {}
            },
        }
    }
}

impl Case {
    fn is_against(&self) -> bool {
        self.heading.starts_with("Not ")
    }
}

fn case(heading: &'static str, line: &'static str) -> Option<Case> {
    let cells: Vec<&'static str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [gap, report, text, expected] = cells[..] else { return None };
    let row = !line.starts_with("|---") && expected != "expected";
    row.then_some(Case { heading, gap: gap == "~", report, text, expected })
}

fn append(paragraph: &mut String, line: &str) {
    if !paragraph.is_empty() {
        paragraph.push(' ');
    }
    paragraph.push_str(line.trim());
}

macro_rules! chapters {
    ($($kind:ident => $file:literal),+ $(,)?) => {
        const fn text(kind: EventType) -> &'static str {
            match kind { $(EventType::$kind => include_str!(concat!("../../../codebook/", $file))),+ }
        }
    };
}

chapters! {
    Agree => "agree.md",
    Consult => "consult.md",
    Support => "support.md",
    Concede => "concede.md",
    Cooperate => "cooperate.md",
    Aid => "aid.md",
    Retreat => "retreat.md",
    Request => "request.md",
    Accuse => "accuse.md",
    Reject => "reject.md",
    Threaten => "threaten.md",
    Protest => "protest.md",
    Sanction => "sanction.md",
    Mobilize => "mobilize.md",
    Coerce => "coerce.md",
    Assault => "assault.md",
}

#[cfg(test)]
mod tests {
    use super::Chapter;
    use detente_model::EventType;

    #[test]
    fn every_chapter_has_all_its_parts() {
        for kind in EventType::ALL {
            let chapter = Chapter::of(*kind);
            assert!(chapter.definition.len() > 80, "{kind}: {}", chapter.definition);
            assert!(chapter.neighbours.len() > 1, "{kind}");
            assert!(chapter.firing().count() > 10 && chapter.silent().count() > 1, "{kind}");
        }
    }
}
