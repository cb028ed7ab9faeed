//! Four times the input takes about four times the work, whatever its shape: the coder, the grammar of questions, dictionaries, files of other
//! data sets.

use std::hint::black_box;
use std::io::Cursor;

use detente::assess::Question;
use detente::ledger::exchange::Reader;
use detente::lexicon::{Lexicon, folder};
use detente::model::Article;
use detente::{Parties, Pipeline};
use jiff::civil::date;

#[path = "../../../tests/growth/mod.rs"]
mod growth;
use growth::{Shape, assert_linear};

/// Beside those of `bad_input.rs`.
const REPORTS: &[Shape] = &[
    ("one sentence, many parties", 1_800, |n| format!("{} met in Lima.", "Chile, Peru and ".repeat(n))),
    ("one sentence, many acts", 900, |n| format!("Chile {} Peru.", "met, accused, praised and ".repeat(n))),
    ("clauses inside clauses", 600, |n| {
        format!("Chile said {}Peru attacked.", "that Peru denied that Chile said ".repeat(n))
    }),
    ("persons", 600, |n| "Putin met Trump, Merkel, Macron, Xi, Abe and Modi. ".repeat(n / 2)),
    ("surnames that nobody bears", 2_400, |n| (0..n).map(|i| format!("Mr. Qx{i} met Ms. Zw{i}. ")).collect()),
    ("titles", 900, |n| format!("{} spoke.", "the minister of the president of the council of ".repeat(n))),
    ("places", 480, |n| "Shells fell in Springfield, Paris, London, Georgia and San Jose. ".repeat(n / 2)),
    ("speakers", 480, |n| "\"We attacked Peru,\" he said. \"No,\" said Chile, a spokesman said. ".repeat(n)),
    ("dashes after a name", 4_000, |n| format!("China {}", "- ".repeat(n))),
    ("blanks", 2_400_000, |n| format!("Chile met{}Peru.", " ".repeat(n))),
    ("empty lines", 2_400_000, |n| format!("Chile met Peru.{}Peru left.", "\n".repeat(n))),
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

#[test]
fn of_reports() {
    let pipeline = Pipeline::builtin();
    // What is loaded once is loaded before the first shape.
    let code = |text: &str| {
        let article = Article::of_text("any", "", text).published_on(date(2017, 5, 2));
        black_box(pipeline.read(&article).events.len());
    };
    code("Chile met Peru in Lima.");
    assert_linear(REPORTS, |_, text| code(text));
}

#[test]
fn of_questions() {
    let parties = Parties::new(Lexicon::builtin(), Some(date(2017, 5, 2)));
    assert_linear(QUESTIONS, |_, text| {
        black_box((Question::parse(text, &parties), parties.find(text)));
    });
}

#[test]
fn of_dictionaries() {
    assert_linear(DICTIONARIES, |file, text| {
        let mut lexicon = Lexicon::default();
        black_box(folder::read_text(&mut lexicon, file, text).len());
    });
}

#[test]
fn of_files_of_other_data_sets() {
    assert_linear(ROWS, |_, text| {
        let read = Reader::new(Cursor::new(text.as_bytes().to_vec()), "any").map(Iterator::count);
        black_box(read.unwrap_or_default());
    });
}
