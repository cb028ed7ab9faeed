//! Measures page extraction against pages with gold segments, title, author and date.
//!
//!     pages GOLD.json FOLDER-OF-PAGES [--misses] [--alone] [--rounds N]
//!
//! A segment of `with` has to be in the text, one of `without` must not be; white space is folded before comparing.
//!
//! * `--misses` prints what is missing, surplus or different, a line each.
//! * `--alone` gives every page to the `trafilatura` crate as well, as it comes (precision, with fallback), right after it
//!   was read here: both meet the same load of the machine, and the two are printed one below the other.
//! * `--rounds` reads all pages so often; the speed printed is the median of the rounds, with the slowest and the fastest.

#![allow(clippy::print_stdout, reason = "what is measured is printed")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use detente_ingest::{LanguageGate, Options, article_from_html};
use detente_model::{Article, BlockKind};
use serde_json::Value;
use trafilatura::ExtractionFocus;

/// What was found on a page, by whatever found it.
#[derive(Default)]
struct Found {
    /// White space folded.
    text: String,
    title: String,
    author: String,
    day: String,
    /// For each line that is not of the text: the line, and what it was taken for.
    aside: Vec<(String, String)>,
}

/// A page with what must be found on it.
struct Page {
    url: Option<String>,
    html: String,
    gold: Value,
}

/// Right answers by one reader, and the time each round took.
#[derive(Default)]
struct Tally {
    hit: u32,
    miss: u32,
    false_alarm: u32,
    left_out: u32,
    title: Share,
    author: Share,
    date: Share,
    rounds: Vec<Duration>,
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

struct Arguments {
    gold: PathBuf,
    folder: PathBuf,
    misses: bool,
    alone: bool,
    rounds: usize,
}

impl Arguments {
    fn read() -> Option<Self> {
        let mut given = std::env::args().skip(1);
        let (gold, folder) = (given.next()?.into(), given.next()?.into());
        let mut arguments = Self { gold, folder, misses: false, alone: false, rounds: 1 };
        while let Some(option) = given.next() {
            match option.as_str() {
                "--misses" => arguments.misses = true,
                "--alone" => arguments.alone = true,
                "--rounds" => arguments.rounds = given.next()?.parse().ok().filter(|rounds| *rounds > 0)?,
                _ => return None,
            }
        }
        Some(arguments)
    }
}

fn main() {
    let Some(arguments) = Arguments::read() else {
        eprintln!("usage: pages GOLD.json FOLDER [--misses] [--alone] [--rounds N]");
        std::process::exit(2);
    };
    let pages = pages(&arguments.gold, &arguments.folder);
    let (mut here, mut alone) = (Tally::default(), Tally::default());
    for round in 0..arguments.rounds {
        let first = round == 0;
        let (mut time_here, mut time_alone) = (Duration::ZERO, Duration::ZERO);
        for page in &pages {
            let found = timed(&mut time_here, || read_here(page));
            if first {
                here.add(&page.gold, &found.into(), arguments.misses);
            }
            if arguments.alone {
                let found = timed(&mut time_alone, || read_alone(page));
                if first {
                    alone.add(&page.gold, &found.into(), false);
                }
            }
        }
        here.rounds.push(time_here);
        alone.rounds.push(time_alone);
    }
    here.print(pages.len());
    if arguments.alone {
        println!("\nthe trafilatura crate alone");
        alone.print(pages.len());
    }
}

fn pages(gold: &Path, folder: &Path) -> Vec<Page> {
    let gold: Value = serde_json::from_slice(&std::fs::read(gold).expect("gold file")).expect("gold is JSON");
    let pages = gold.as_object().into_iter().flatten().map(|(url, gold)| {
        let bytes = std::fs::read(folder.join(gold["file"].as_str().unwrap_or_default())).expect("page file");
        let html = detente_ingest::decode(&bytes, detente_ingest::Hint::Html).text;
        Page { url: url.starts_with("http").then(|| url.clone()), html, gold: gold.clone() }
    });
    pages.collect()
}

fn timed<T>(time: &mut Duration, work: impl FnOnce() -> T) -> T {
    let started = Clock::now();
    let done = work();
    *time += started.elapsed();
    done
}

fn read_here(page: &Page) -> Article {
    let options = Options { gate: LanguageGate::Pass, url: page.url.clone(), ..Options::default() };
    article_from_html("page", &page.html, &options)
}

fn read_alone(page: &Page) -> Option<trafilatura::ExtractResult> {
    let options = trafilatura::Options::default();
    let options =
        options.with_focus(ExtractionFocus::FavorPrecision).with_fallback(true).with_exclude_comments(true);
    trafilatura::extract(&page.html, &options).ok()
}

impl From<Article> for Found {
    /// The text blocks and headings, the headline itself left out.
    fn from(article: Article) -> Self {
        let lines = article.blocks.iter().map(|block| (&article.text[block.span.range()], block.kind));
        let is_text = |line: &str, kind: BlockKind| match kind {
            BlockKind::Text => true,
            BlockKind::Heading => line != article.title,
            BlockKind::Furniture(_) => false,
        };
        let (text, aside): (Vec<_>, Vec<_>) = lines.partition(|(line, kind)| is_text(line, *kind));
        let published = article.published.as_ref();
        Self {
            text: fold(&text.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join("\n")),
            aside: aside.into_iter().map(|(line, kind)| (fold(line), format!("{kind:?}"))).collect(),
            day: published
                .and_then(|published| published.day())
                .map(|day| day.to_string())
                .unwrap_or_default(),
            author: article.author.clone().unwrap_or_default(),
            title: article.title.clone(),
        }
    }
}

impl From<Option<trafilatura::ExtractResult>> for Found {
    fn from(result: Option<trafilatura::ExtractResult>) -> Self {
        let Some(result) = result else { return Self::default() };
        Self {
            text: fold(&result.content_text),
            title: result.metadata.title,
            author: result.metadata.author,
            day: result.metadata.date.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default(),
            aside: Vec::new(),
        }
    }
}

impl Tally {
    fn add(&mut self, gold: &Value, found: &Found, misses: bool) {
        let file = &gold["file"];
        let differs = |what: &str, wanted: &str, have: &str| {
            if misses {
                println!("{file}\t{what}\t{wanted}\t{have}");
            }
        };
        for segment in segments(gold, "with") {
            let hit = found.text.contains(&segment);
            *(if hit { &mut self.hit } else { &mut self.miss }) += 1;
            if !hit {
                differs("missing", &segment, found.kind_of(&segment));
            }
        }
        for segment in segments(gold, "without") {
            let hit = found.text.contains(&segment);
            *(if hit { &mut self.false_alarm } else { &mut self.left_out }) += 1;
            if hit {
                differs("surplus", &segment, "");
            }
        }
        let fields = [
            ("date", &mut self.date, &found.day),
            ("title", &mut self.title, &found.title),
            ("author", &mut self.author, &found.author),
        ];
        for (field, share, have) in fields {
            let Some(wanted) = gold[field].as_str().filter(|wanted| !wanted.is_empty()) else { continue };
            let right = plain(wanted) == plain(have);
            share.add(right);
            if !right {
                differs(field, wanted, have);
            }
        }
    }

    fn print(&mut self, pages: usize) {
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
        self.rounds.sort();
        let speed = |round: usize| pages as f64 / self.rounds[round].as_secs_f64();
        let last = self.rounds.len() - 1;
        println!(
            "{pages} pages, {} rounds: {:.0} pages/s a thread ({:.0} to {:.0})",
            self.rounds.len(),
            speed(last / 2),
            speed(last),
            speed(0)
        );
    }
}

impl Found {
    /// What the line that holds a segment was taken for.
    fn kind_of(&self, segment: &str) -> &str {
        let line = self.aside.iter().find(|(line, _)| line.contains(segment));
        line.map_or("not in one block", |(_, kind)| kind)
    }
}

fn segments(gold: &Value, field: &str) -> Vec<String> {
    gold[field].as_array().into_iter().flatten().filter_map(Value::as_str).map(fold).collect()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &str) -> String {
    fold(text).to_lowercase().replace(['’', '‘'], "'")
}
