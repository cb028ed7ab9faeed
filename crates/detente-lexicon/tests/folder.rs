//! Users' folders: own records, dictionaries of other coders, and everything that can be wrong with them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use detente_lexicon::{Kind, Lexicon, folder};
use detente_model::{Diagnostic, Sector};
use jiff::civil::date;

/// A folder of files that goes when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let path = std::env::temp_dir().join(format!("detente-lexicon-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            fs::write(path.join(file), text).unwrap();
        }
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| &*d.code).collect()
}

#[test]
fn own_records_in_toml_and_tsv() {
    let toml = "# ours\n[[actor]]\nkind = \"person\"\nname = \"Jane Example\"\ncode = \"NZL\"\noffice = \"foreign-minister\"\n\
                from = \"2031-01-02\"\naliases = [\"J. Example\", 'Janie Example'] # known as\n";
    let tsv = "group\tExample Front\tNZL\tREB\t\t2030\t\tEF-2030\t\norganisation\tExample Press Office\t\t\t\t\t\t\tExample Front\n";
    let folder = Folder::new("own", &[("a.toml", toml), ("actors.tsv", tsv)]);
    let (lexicon, faults) = Lexicon::with_folder(&folder.0).unwrap();
    assert_eq!(faults, []);
    let on = Some(date(2032, 5, 5));
    let jane = &lexicon.person("Janie Example", on)[0];
    assert_eq!((jane.person.name(), jane.role.code.unwrap().as_str()), ("Jane Example", "NZL"));
    let office = lexicon.office("foreign-minister").unwrap();
    assert_eq!(lexicon.holders(office, "NZL".parse().unwrap(), on)[0].name(), "Jane Example");
    let press = lexicon.lookup(&["Example", "Press", "Office"], 0).unwrap();
    let press = lexicon.subject(press.forms[0].subject);
    assert_eq!((press.kind(), press.role_on(on).unwrap().sector), (Kind::Organisation, Some(Sector::Reb)));
}

#[test]
fn every_fault_is_named_with_file_and_line_and_good_entries_are_used() {
    let tsv = "group\tGood One\tNZL\tREB\n\
               group\tBad Date\tNZL\tREB\t\t2030-13\n\
               group\tBad\tCells\tNZL\tREB\t\t\t\t\t\t\ttoo many\n\
               group\tBad Code\tnz\n\
               group\tRing One\t\t\t\t\t\t\tRing Two\n\
               group\tRing Two\t\t\t\t\t\t\tRing One\n\
               group\tOrphan\t\t\t\t\t\t\tNobody at All\n\
               group\tGood Two\tAUS\tREB\n";
    let folder = Folder::new(
        "bad",
        &[("actors.tsv", tsv), ("b.toml", "name = 1\n[[actor]]\nname = \"open\n"), ("c.bin", "\u{1}")],
    );
    let (lexicon, faults) = Lexicon::with_folder(&folder.0).unwrap();
    let wanted = [
        "lexicon/bad-date",
        "lexicon/columns",
        "lexicon/bad-code",
        "lexicon/bad-toml",
        "lexicon/bad-toml",
        "lexicon/empty",
        "lexicon/unknown-file",
        "lexicon/cyclic-parent",
        "lexicon/cyclic-parent",
        "lexicon/no-parent",
    ];
    assert_eq!(codes(&faults), wanted);
    for (fault, place) in
        faults.iter().zip(["actors.tsv:2:", "actors.tsv:3:", "actors.tsv:4:", "b.toml:1:", "b.toml:3:"])
    {
        assert!(fault.message.starts_with(place), "{}", fault.message);
    }
    for good in ["Good One", "Good Two"] {
        assert!(!lexicon.forms(good).is_empty(), "{good}");
    }
}

#[test]
fn petrarch_entries_with_all_their_habits() {
    let actors = "# a comment\nMARY_SAMPLE_  # note\n+M_SAMPLE\n\t[NZLGOV 900101-991231]\n\t[NZLELI >20000101]\n\t[NZLMIL 2004017-20061201]\n\
                  SAMPLE_TOWN_ [NZL]\nNO_CODE_HERE\nNOT_AN_ACTOR [---]\n\t[UNCLOSED\n";
    let agents =
        "!PERSON! = MAN, WOMAN\nSAMPLE!PERSON! [~BUS]\nTASTER {TASTERS_ALL} [~LAB]\nCAVALRY {} [~MIL]\n";
    let folder = Folder::new("petrarch", &[("x.actors.txt", actors), ("x.agents.txt", agents)]);
    let (lexicon, faults) = Lexicon::with_folder(&folder.0).unwrap();
    assert_eq!(codes(&faults), ["petrarch/bad-date", "petrarch/no-code", "petrarch/unclosed"]);
    assert!(faults[0].message.starts_with("x.actors.txt:6:"), "{}", faults[0].message);
    let mary = &lexicon.person("Mary Sample", Some(date(1995, 1, 1)))[0];
    assert_eq!(mary.role.sector, Some(Sector::Gov));
    assert_eq!(lexicon.person("M Sample", Some(date(2001, 1, 1)))[0].role.sector, None);
    for agent in ["samplewoman", "tasters all", "cavalry"] {
        assert!(!lexicon.forms(agent).is_empty(), "{agent}");
    }
    assert!(lexicon.forms("not an actor").is_empty());
}

#[test]
fn the_phoenix_dictionaries_load() {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/facts/petrarch2");
    if !Path::new(shared).exists() {
        println!("skipped: {shared} is not here");
        return;
    }
    let (lexicon, faults) = Lexicon::with_folder(Path::new(shared)).unwrap();
    let added = lexicon.subjects().len() - Lexicon::builtin().subjects().len();
    assert!(added > 15_000, "{added} subjects");
    // The dictionaries hold some slips of their own; each is told, and none costs more than itself.
    assert!(faults.len() < 250, "{} faults, such as {:?}", faults.len(), faults.first());
    assert!(faults.iter().all(|f| f.message.contains(".txt:")));
    let annan = lexicon.person("Kofi Annan", Some(date(2000, 1, 1)));
    assert!(annan.iter().any(|h| h.role.code.is_some_and(|c| c.as_str() == "UNO")));
}

#[test]
fn terms_that_mean_two_are_told() {
    let tsv =
        "organisation\tNATO\tNZL\tMIL\ngroup\tSame Name\tNZL\tREB\ngroup\tOther\tAUS\tREB\t\t\t\tSame Name\n";
    let folder = Folder::new("overlap", &[("actors.tsv", tsv)]);
    let found = folder::check(&folder.0).unwrap();
    let codes = codes(&found);
    assert!(codes.contains(&"lexicon/unreachable"), "{found:?}");
    assert!(found.iter().any(|d| d.message.starts_with("actors.tsv:3:")), "{found:?}");
}

#[test]
fn a_hundred_thousand_entries_are_read_in_seconds() {
    let mut tsv = String::new();
    for i in 0..100_000 {
        tsv.push_str(&format!(
            "person\tGiven{i} Family{i}\tNZL\t\tspokesman\t20{:02}\t\tG{i} Family{i}\t\n",
            i % 30
        ));
    }
    let folder = Folder::new("many", &[("actors.tsv", &tsv)]);
    let start = std::time::Instant::now();
    let (lexicon, faults) = Lexicon::with_folder(&folder.0).unwrap();
    assert_eq!(faults, []);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert_eq!(lexicon.person("Given77777 Family77777", None).len(), 1);
}
