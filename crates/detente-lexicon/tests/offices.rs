//! The table of who held which office when, asked by name and by title.

use detente_lexicon::{Lexicon, Standing};
use jiff::civil::Date;

struct Row<'t> {
    name: &'t str,
    on: Option<Date>,
    code: &'t str,
    office: &'t str,
    title: &'t str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = include_str!("offices.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [name, on, code, office, title, _source] => {
                Row { name, on: on.parse().ok(), code, office, title }
            }
            _ => panic!("{line}"),
        })
        .collect()
}

#[test]
fn two_hundred_names_have_their_office_of_the_day() {
    let lexicon = Lexicon::builtin();
    let rows = rows();
    assert!(rows.len() >= 200 && rows.iter().all(|row| row.on.is_some()));
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| {
            let office = lexicon.office(row.office);
            !lexicon.find(row.name, row.on).iter().take(1).any(|h| {
                let held = |r: &&detente_lexicon::Role| r.office == office && r.period.holds(row.on);
                h.standing == Standing::Held
                    && h.person
                        .roles()
                        .iter()
                        .filter(held)
                        .any(|r| r.code.is_some_and(|c| c.as_str() == row.code))
            })
        })
        .map(|row| format!("{} {:?} {} {}", row.name, row.on, row.code, row.office))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn two_hundred_titles_have_their_holder_of_the_day() {
    let lexicon = Lexicon::builtin();
    let rows = rows();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let known =
                lexicon.person(row.name, row.on).into_iter().next().map(|h| h.person.name().to_owned());
            let found =
                lexicon.find(row.title, row.on).into_iter().next().map(|h| h.person.name().to_owned());
            (known.is_none() || known != found)
                .then(|| format!("{} {:?}: {known:?}, found {found:?}", row.title, row.on))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
