//! Measures page extraction against pages with gold segments, title, author and date.
//!
//!     pages GOLD.json FOLDER-OF-PAGES [--misses]
//!
//! A segment of `with` has to be in the text, one of `without` must not be; white space is folded before comparing.

#![allow(clippy::print_stdout, reason = "what is measured is printed")]

use std::path::Path;
use std::time::{Duration, Instant};

use detente_ingest::{LanguageGate, Options, article_from_html};
use detente_model::{Article, BlockKind};
use serde_json::Value;

#[derive(Default)]
struct Tally {
    hit: u32,
    miss: u32,
    false_alarm: u32,
    left_out: u32,
    title: Share,
    author: Share,
    date: Share,
    time: Duration,
    pages: u32,
}

#[derive(Default)]
struct Share {
    right: u32,
    all: u32,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.all += 1;
    }

    fn show(&self) -> String {
        format!("{}/{} = {:.3}", self.right, self.all, f64::from(self.right) / f64::from(self.all.max(1)))
    }
}

/// The time this thread has worked where the system tells it, else the time that went by.
enum Clock {
    Worked(u64),
    Wall(Instant),
}

impl Clock {
    fn now() -> Self {
        Self::worked().map_or_else(|| Self::Wall(Instant::now()), Self::Worked)
    }

    fn elapsed(&self) -> Duration {
        match self {
            Self::Worked(from) => Duration::from_nanos(Self::worked().unwrap_or(*from).saturating_sub(*from)),
            Self::Wall(from) => from.elapsed(),
        }
    }

    fn worked() -> Option<u64> {
        std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(gold), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: pages GOLD.json FOLDER [--misses]");
        std::process::exit(2);
    };
    let misses = arguments.next().is_some();
    let gold: Value = serde_json::from_slice(&std::fs::read(gold).expect("gold file")).expect("gold is JSON");
    let mut tally = Tally::default();
    for (url, page) in gold.as_object().into_iter().flatten() {
        let file = Path::new(&folder).join(page["file"].as_str().unwrap_or_default());
        let bytes = std::fs::read(&file).expect("page file");
        let html = detente_ingest::decode(&bytes, detente_ingest::Hint::Html).text;
        let url = url.starts_with("http").then(|| url.clone());
        let options = Options { gate: LanguageGate::Pass, url, ..Options::default() };
        let started = Clock::now();
        let article = article_from_html("page", &html, &options);
        tally.time += started.elapsed();
        tally.add(page, &article, misses);
    }
    tally.print();
}

impl Tally {
    fn add(&mut self, page: &Value, article: &Article, misses: bool) {
        self.pages += 1;
        let text = fold(&body(article));
        let segments = |field: &str| {
            page[field]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(fold)
                .collect::<Vec<_>>()
        };
        let file = &page["file"];
        for segment in segments("with") {
            let found = text.contains(&segment);
            *(if found { &mut self.hit } else { &mut self.miss }) += 1;
            if misses && !found {
                println!("{file}\tmissing\t{segment}\t{}", kind_of(article, &segment));
            }
        }
        for segment in segments("without") {
            let found = text.contains(&segment);
            *(if found { &mut self.false_alarm } else { &mut self.left_out }) += 1;
            if misses && found {
                println!("{file}\tsurplus\t{segment}");
            }
        }
        let field = |name: &str| page[name].as_str().filter(|value| !value.is_empty());
        let day = article.published.as_ref().and_then(|published| published.day()).map(|day| day.to_string());
        let basis = article.published.as_ref().map_or("", |published| published.basis.as_str());
        compare(&mut self.date, field("date"), &day.unwrap_or_default(), "date", file, misses, basis);
        compare(&mut self.title, field("title"), &article.title, "title", file, misses, "");
        let author = article.author.clone().unwrap_or_default();
        compare(&mut self.author, field("author"), &author, "author", file, misses, "");
    }

    fn print(&self) {
        let precision = f64::from(self.hit) / f64::from(self.hit + self.false_alarm);
        let recall = f64::from(self.hit) / f64::from(self.hit + self.miss);
        let all = f64::from(self.hit + self.miss + self.false_alarm + self.left_out);
        println!(
            "segments  precision {precision:.4}  recall {recall:.4}  F1 {:.4}  accuracy {:.4}",
            2.0 * precision * recall / (precision + recall),
            f64::from(self.hit + self.left_out) / all
        );
        println!("date   {}", self.date.show());
        println!("title  {}", self.title.show());
        println!("author {}", self.author.show());
        println!(
            "{} pages in {:.2?}: {:.0} pages/s a thread",
            self.pages,
            self.time,
            f64::from(self.pages) / self.time.as_secs_f64()
        );
    }
}

fn compare(
    share: &mut Share,
    gold: Option<&str>,
    found: &str,
    field: &str,
    file: &Value,
    misses: bool,
    note: &str,
) {
    let Some(gold) = gold else { return };
    let plain = |text: &str| fold(text).to_lowercase().replace(['’', '‘'], "'");
    let right = plain(gold) == plain(found);
    share.add(right);
    if misses && !right {
        println!("{file}\t{field}\t{gold}\t{found}\t{note}");
    }
}

/// The text blocks and headings, the headline itself left out.
fn body(article: &Article) -> String {
    let kept = article.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Furniture(_)));
    let lines = kept.map(|block| (&article.text[block.span.range()], block.kind));
    lines
        .filter(|(line, kind)| *kind == BlockKind::Text || *line != article.title)
        .map(|(line, _)| line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn kind_of(article: &Article, segment: &str) -> String {
    let holds = |line: &str| fold(line).contains(segment);
    let block = article.blocks.iter().find(|block| holds(&article.text[block.span.range()]));
    block.map_or("not in one block".to_owned(), |block| format!("{:?}", block.kind))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
