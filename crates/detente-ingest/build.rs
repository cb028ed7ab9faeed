//! Checks the lexicon files, so that a slip in one of them stops the build with its file and line.

use std::path::Path;
use std::process::exit;

/// What is wrong with the columns of a row.
type Check = fn(&[&str]) -> Option<&'static str>;

fn main() {
    let files: [(&str, Check); 6] = [
        ("furniture.txt", furniture_row),
        ("genre.txt", genre_row),
        ("lists.txt", lists_row),
        ("markup.txt", markup_row),
        ("months.txt", months_row),
        ("small_words.txt", small_words_row),
    ];
    for (name, check) in files {
        let path = Path::new("lexicon").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| fail(name, 0, &error.to_string()));
        for (row, number) in text.lines().zip(1..).filter(|(row, _)| !row.starts_with('#') && !row.is_empty())
        {
            let columns: Vec<&str> = row.split('\t').collect();
            if let Some(problem) = check(&columns) {
                fail(name, number, problem);
            }
        }
    }
}

const PLACES: [&str; 4] = ["line", "start", "end", "within"];
const FURNITURE: [&str; 12] = [
    "disclaimer",
    "related",
    "subscribe",
    "comments",
    "share",
    "byline",
    "credit",
    "copyright",
    "neighbour",
    "navigation",
    "wire",
    "advertisement",
];
const GENRES: [&str; 5] = ["report", "opinion", "readout", "interview", "live"];
const LISTS: [&str; 12] = [
    "agency",
    "after-name",
    "before-name",
    "byline",
    "date-particle",
    "follow",
    "network",
    "nobody",
    "particle",
    "place-particle",
    "question",
    "weekday",
];
const METAS: [&str; 8] =
    ["author", "published", "modified", "title", "site", "address", "language", "section"];
const CLASSES: [&str; 4] = ["author", "published", "modified", "dated"];
const FIELDS: [&str; 4] = ["title", "text", "furniture", "section"];

fn furniture_row(columns: &[&str]) -> Option<&'static str> {
    let [kind, place, words, phrase] = columns else { return Some("four columns are expected") };
    first_problem(&[
        (FURNITURE.contains(kind), "not a kind of furniture"),
        (PLACES.contains(place), "not a place"),
        (words.parse::<usize>().is_ok_and(|words| words > 0), "not a number of words"),
        (!phrase.trim().is_empty(), "no phrase"),
    ])
}

fn genre_row(columns: &[&str]) -> Option<&'static str> {
    let [genre, field, place, phrase] = columns else { return Some("four columns are expected") };
    first_problem(&[
        (GENRES.contains(genre), "not a genre"),
        (FIELDS.contains(field), "not a field"),
        (PLACES.contains(place), "not a place"),
        (!phrase.trim().is_empty(), "no phrase"),
    ])
}

fn lists_row(columns: &[&str]) -> Option<&'static str> {
    let [list, phrase] = columns else { return Some("two columns are expected") };
    let inner = phrase.strip_prefix('"').and_then(|phrase| phrase.strip_suffix('"'));
    first_problem(&[
        (LISTS.contains(list), "not the name of a list"),
        (inner.is_some_and(|inner| !inner.is_empty()), "not a phrase in quotation marks"),
        (!inner.unwrap_or_default().contains('"'), "a quotation mark inside a phrase"),
    ])
}

fn markup_row(columns: &[&str]) -> Option<&'static str> {
    let [sense, place, name] = columns else { return Some("three columns are expected") };
    let senses: &[&str] = match *place {
        "meta" => &METAS,
        "class" => &CLASSES,
        "folder" => &["author"],
        "region" => &FURNITURE,
        _ => return Some("not a place: meta, class, folder or region"),
    };
    first_problem(&[
        (senses.contains(sense), "not a sense that this place may have"),
        (!name.is_empty() && !name.contains(char::is_whitespace), "not a name"),
        (*name == name.to_lowercase(), "names are in lower case"),
    ])
}

fn months_row(columns: &[&str]) -> Option<&'static str> {
    let [month, names] = columns else { return Some("two columns are expected") };
    let lower = names.split(' ').all(|name| !name.is_empty() && name.to_lowercase() == name);
    first_problem(&[
        (month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)), "not a month, 1 to 12"),
        (lower, "names are parted by one blank and in lower case"),
    ])
}

fn small_words_row(columns: &[&str]) -> Option<&'static str> {
    let [language, words] = columns else { return Some("two columns are expected") };
    let lower = words.split(' ').all(|word| !word.is_empty() && word.to_lowercase() == word);
    first_problem(&[
        (language.len() == 3, "not an ISO 639-3 code"),
        (lower, "words are parted by one blank and in lower case"),
    ])
}

fn first_problem(checks: &[(bool, &'static str)]) -> Option<&'static str> {
    checks.iter().find(|(holds, _)| !holds).map(|(_, problem)| *problem)
}

fn fail(file: &str, line: usize, problem: &str) -> ! {
    eprintln!("lexicon/{file}:{line}: {problem}");
    exit(1)
}
