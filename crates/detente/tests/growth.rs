//! Four times the input takes about four times the work, whatever its shape: the coder, the grammar of questions, dictionaries, files of other data sets.
//!
//! The work is the time that the thread has worked, as the system tells it; where it does not, the test says that it was
//! skipped. Each time is the least of several runs, and a shape that seems to grow faster is measured again.

#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use detente::assess::Question;
use detente::ledger::exchange::Reader;
use detente::lexicon::{Lexicon, folder};
use detente::model::Article;
use detente::{Parties, Pipeline};
use jiff::civil::date;

/// How much larger the second input is.
const TIMES: usize = 4;
/// How many times as long it may take. What is quadratic takes sixteen times as long.
const MOST: f64 = 9.0;
/// Shorter than this, times are mostly those of the clock.
const LEAST: Duration = Duration::from_millis(20);
const RUNS: usize = 1;
const ATTEMPTS: usize = 3;

/// A shape of input: its name, of how many pieces it is made, and how.
type Shape = (&'static str, usize, fn(usize) -> String);

const REPORTS: &[Shape] = &[
    ("one sentence again and again", 360, |n| {
        "The envoys of Chile and Peru met in Lima on Monday. ".repeat(n)
    }),
    ("one sentence, many parties", 1_800, |n| format!("{} met in Lima.", "Chile, Peru and ".repeat(n))),
    ("one sentence, many acts", 900, |n| format!("Chile {} Peru.", "met, accused, praised and ".repeat(n))),
    ("clauses inside clauses", 600, |n| {
        format!("Chile said {}Peru attacked.", "that Peru denied that Chile said ".repeat(n))
    }),
    ("relative clauses", 600, |n| {
        format!("The envoy {}left.", "who met the minister who accused the army that attacked ".repeat(n))
    }),
    ("prepositions", 1_500, |n| {
        format!("Chile met Peru {}.", "in Lima on Monday with envoys of Chile ".repeat(n / 4))
    }),
    ("pronouns", 600, |n| format!("Putin arrived. {}", "He met him and they told them. ".repeat(n))),
    ("the two sides", 480, |n| {
        format!("Chile met Peru. {}", "The two sides agreed. The talks ended. ".repeat(n))
    }),
    ("persons", 600, |n| "Putin met Trump, Merkel, Macron, Xi, Abe and Modi. ".repeat(n / 2)),
    ("surnames that nobody bears", 900, |n| (0..n).map(|i| format!("Mr. Qx{i} met Ms. Zw{i}. ")).collect()),
    ("titles", 900, |n| format!("{} spoke.", "the minister of the president of the council of ".repeat(n))),
    ("days", 600, |n| "They meet on May 10-11, next week, and in 2019. ".repeat(n / 2)),
    ("places", 480, |n| "Shells fell in Springfield, Paris, London, Georgia and San Jose. ".repeat(n / 2)),
    ("speakers", 480, |n| "\"We attacked Peru,\" he said. \"No,\" said Chile, a spokesman said. ".repeat(n)),
    ("quotation marks", 3_000, |n| "\u{201c}\"\u{2018}'\u{2019}\"\u{201d} ".repeat(n / 4)),
    ("brackets", 3_000, |n| format!("Chile {}", "([{".repeat(n))),
    ("hyphens", 1_800, |n| format!("US{} talks began.", "-Russia-China".repeat(n))),
    ("dots", 24_000, |n| "...".repeat(n)),
    ("dashes after a name", 4_000, |n| format!("China {}", "- ".repeat(n))),
    ("a word without end", 360_000, |n| "a".repeat(n)),
    ("blanks", 2_400_000, |n| format!("Chile met{}Peru.", " ".repeat(n))),
    ("empty lines", 2_400_000, |n| format!("Chile met Peru.{}Peru left.", "\n".repeat(n))),
    ("a line a word", 2_400, |n| "Attack\n\n".repeat(n)),
    ("signs of other scripts", 2_000, |n| "金正恩🙂\u{202e}\u{200b}é".repeat(n)),
    ("negations", 900, |n| format!("Chile did {} attack Peru.", "not refuse to threaten to ".repeat(n))),
];

const QUESTIONS: &[Shape] = &[
    ("no party", 60_000, |n| "what ".repeat(n)),
    ("one party again and again", 20_000, |n| "Russia and ".repeat(n)),
    ("a name that never ends", 20_000, |n| "the United States of ".repeat(n)),
    ("hyphens", 60_000, |n| "US-".repeat(n)),
    ("days", 20_000, |n| "2017-05-02 ".repeat(n)),
    ("possessives", 20_000, |n| format!("Russia{}", "'s".repeat(n))),
];

const DICTIONARIES: &[Shape] = &[
    ("actors.tsv", 20_000, |n| {
        (0..n).map(|i| format!("group\tFront {i}\tNZL\tREB\t\t2030\t\tF{i}; the {i}th\n")).collect()
    }),
    ("actors.tsv", 20_000, |n| {
        format!("group\tFront\tNZL\tREB\t\t\t\t{}\n", (0..n).map(|i| format!("F{i}; ")).collect::<String>())
    }),
    ("actors.tsv", 20_000, |n| "group\tFront\tNZL\tREB\n".repeat(n)),
    ("actors.tsv", 10_000, |n| {
        (0..n).map(|i| format!("group\tRing {i}\t\t\t\t\t\t\tRing {}\n", i + 1)).collect()
    }),
    ("actors.toml", 20_000, |n| {
        (0..n).map(|i| format!("[[actor]]\nname = \"Front {i}\"\ncode = \"NZL\"\n")).collect()
    }),
    ("actors.toml", 1_000_000, |n| format!("[[actor]]\nname = {}", "[".repeat(n))),
    ("x.actors.txt", 20_000, |n| (0..n).map(|i| format!("FRONT_{i}_ [NZLREB]\n+F_{i}_\n")).collect()),
    ("x.actors.txt", 20_000, |n| format!("FRONT_\n{}", "\t[NZLREB 20300101-20310101]\n".repeat(n))),
    ("x.actors.txt", 1_000_000, |n| format!("{}_ [NZL]\n", "FRONT_".repeat(n))),
];

const ROWS: &[Shape] = &[
    ("rows", 10_000, |n| {
        include_str!("../../../examples/gdelt.tsv")
            .lines()
            .next()
            .map_or_else(String::new, |row| format!("{row}\n").repeat(n))
    }),
    ("tabs", 4_000_000, |n| "\t".repeat(n)),
    ("a line without end", 4_000_000, |n| "a".repeat(n)),
    ("faulty rows", 40_000, |n| {
        format!("{}{}", include_str!("../../../examples/gdelt.tsv"), "x\ty\n".repeat(n))
    }),
    ("objects inside objects", 1_000_000, |n| "{\"a\":".repeat(n)),
    ("a header of POLECAT", 500_000, |n| format!("Event ID\t{}", "Contexts\t".repeat(n))),
];

/// The time this thread has worked.
fn worked() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn time(work: &dyn Fn(&str), input: &str) -> Option<Duration> {
    let runs = (0..RUNS).map(|_| {
        let before = worked()?;
        work(input);
        Some(worked()?.saturating_sub(before))
    });
    runs.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// How many times as long the larger input takes.
fn growth(work: &dyn Fn(&str), (name, size, make): &Shape) -> Option<f64> {
    let (one, more) = (time(work, &make(*size))?, time(work, &make(TIMES * size))?);
    let ratio = more.as_secs_f64() / one.max(LEAST).as_secs_f64();
    println!("{name}: {one:.1?}, then {more:.1?}: {ratio:.1} times");
    Some(ratio)
}

fn grows_no_faster(shapes: &[Shape], work: &dyn Fn(&str, &str)) {
    if worked().is_none() {
        println!("skipped: this system does not tell how long a thread has worked");
        return;
    }
    let grows = |shape: &&Shape| {
        let work = |input: &str| work(shape.0, input);
        !(0..ATTEMPTS).any(|_| growth(&work, shape).is_some_and(|ratio| ratio <= MOST))
    };
    let superlinear: Vec<&str> = shapes.iter().filter(grows).map(|(name, ..)| *name).collect();
    assert!(superlinear.is_empty(), "{superlinear:#?}");
}

#[test]
fn of_reports() {
    let pipeline = Pipeline::builtin();
    // What is loaded once is loaded before the first shape.
    let code = |text: &str| {
        let article = Article::of_text("any", "", text).published_on(date(2017, 5, 2));
        black_box(pipeline.read(&article).events.len());
    };
    code("Chile met Peru in Lima.");
    grows_no_faster(REPORTS, &|_, text| code(text));
}

#[test]
fn of_questions() {
    let parties = Parties::new(Lexicon::builtin(), Some(date(2017, 5, 2)));
    grows_no_faster(QUESTIONS, &|_, text| {
        black_box((Question::parse(text, &parties), parties.find(text)));
    });
}

#[test]
fn of_dictionaries() {
    grows_no_faster(DICTIONARIES, &|file, text| {
        let mut lexicon = Lexicon::default();
        black_box(folder::read_text(&mut lexicon, file, text).len());
    });
}

#[test]
fn of_files_of_other_data_sets() {
    grows_no_faster(ROWS, &|_, text| {
        let read = Reader::new(Cursor::new(text.as_bytes().to_vec()), "any").map(Iterator::count);
        black_box(read.unwrap_or_default());
    });
}
