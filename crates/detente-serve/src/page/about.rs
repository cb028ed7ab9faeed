//! About this desk: what the ledger holds, which versions read it, how right they are, whose data they carry.

use askama::Template;
use detente::acts::Acts;
use detente::english::English;
use detente::ledger::store::Info;
use detente::lexicon::Lexicon;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Frame, Page, Shape, answer};

/// What the page shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct About {
    version: &'static str,
    rules: String,
    lexicon: String,
    model: String,
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    ledger: Info,
    accuracy: Vec<Row>,
    licences: Vec<Row>,
}

/// A row of a table of the project's own pages.
#[derive(Debug, Serialize, JsonSchema)]
struct Row(Vec<String>);

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    frame: Frame,
    about: About,
}

/// The page that tells how right it is, and the page that tells where its data come from.
const README: &str = include_str!("../../../../README.md");
const SOURCES: &str = include_str!("../../../../SOURCES.md");

/// Shows it.
pub async fn show(asked: Asked) -> Answer {
    let number = |fingerprint: u64| format!("{fingerprint:016x}");
    let about = About {
        version: env!("CARGO_PKG_VERSION"),
        rules: number(Acts::fingerprint()),
        lexicon: number(Lexicon::fingerprint()),
        model: number(English::fingerprint()),
        ledger: asked.desk.ledger().info().await?,
        accuracy: table(README, "| what | measured on |"),
        licences: table(SOURCES, "| what | where it lies |"),
    };
    let frame = Frame::new(&asked, "About this desk", AboutPage::SHAPES);
    answer(&asked, &AboutPage { frame, about })
}

/// The rows of the table that begins with this header, without the marks of Markdown.
fn table(page: &str, header: &str) -> Vec<Row> {
    let rows = page.lines().skip_while(|line| !line.starts_with(header)).skip(2);
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
    rows.take_while(|line| line.starts_with('|')).map(|line| Row(cells(line))).collect()
}

impl Page for AboutPage {
    type Data = About;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &About {
        &self.about
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_are_there() {
        assert!(super::table(super::README, "| what | measured on |").len() > 5);
        assert!(super::table(super::SOURCES, "| what | where it lies |").len() > 5);
    }
}
