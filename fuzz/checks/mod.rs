//! What must hold for any input, boundary by boundary. The fuzz targets ask it of what they make up, `crates/detente/tests/seeds.rs` of the seeds.

#![allow(dead_code, reason = "each target asks one of them")]

use std::io::Cursor as Bytes;
use std::path::PathBuf;
use std::sync::OnceLock;

use detente::assess::Question;
use detente::english::{English, picture};
use detente::ledger::exchange::{Coverage, Format, NoGeography, Reader, Writer};
use detente::ledger::store::{Access, Cursor, Entry, Filter, Ledger, LedgerError, Versions};
use detente::lexicon::{Lexicon, folder};
use detente::model::{Article, Part};
use detente::{Parties, Pipeline};
use detente_time::{Anchor, infer, read, recognise};
use jiff::civil::{Date, date};
use tokio::runtime::{Builder, Runtime};

const DAYS: [Option<Date>; 4] =
    [None, Some(date(2017, 5, 2)), Some(date(-9999, 1, 1)), Some(date(9999, 12, 31))];

/// Tokens in order, heads within their sentence, pictures drawn.
pub fn annotate(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let doc = English::load().annotate(&text);
    let mut end = 0;
    for token in doc.tokens() {
        assert!(end <= token.span().start && token.span().start < token.span().end);
        assert!(token.sentence().range().contains(&token.head().i()));
        end = token.span().end;
    }
    for sentence in doc.sentences() {
        assert_eq!(picture::tree(sentence).lines().count(), sentence.range().len());
        assert!(picture::svg(sentence).ends_with("</svg>\n"));
    }
}

/// Time expressions in order, on character boundaries, with values that print, whatever the day of the report.
pub fn time(text: &str) {
    for published in DAYS {
        let times = read(text, &Anchor { published, ..Anchor::default() });
        let mut end = 0;
        for timex in &times.timexes {
            assert!(end <= timex.span.start && timex.span.start < timex.span.end);
            assert!(text.get(timex.span.range()).is_some());
            let _ = timex.value.to_string();
            end = timex.span.end;
        }
    }
    let _ = infer::report_day(text, &recognise(text));
}

/// The first line is the headline. Evidence stands in the text, the trigger in its sentence, days in order, every rule has a name.
pub fn coder(text: &str) {
    let (title, text) = text.split_once('\n').unwrap_or(("", text));
    let article = Article::of_text("any", title, text).published_on(date(2017, 5, 2));
    for event in Pipeline::builtin().read(&article).events {
        let whole = match event.evidence.part {
            Part::Title => &article.title,
            Part::Text => &article.text,
        };
        let (sentence, trigger) = (event.evidence.sentence, event.evidence.trigger);
        assert!(whole.get(sentence.range()).is_some() && whole.get(trigger.range()).is_some());
        assert!(sentence.start <= trigger.start && trigger.end <= sentence.end, "{event:?}");
        assert!(event.when.is_none_or(|when| when.start <= when.end), "{event:?}");
        assert!(!event.rule.is_empty() && (0.0..=1.0).contains(&event.confidence));
    }
}

/// A question is understood or refused, and whom it names has a name.
pub fn question(text: &str) {
    for on in DAYS {
        let parties = Parties::new(Lexicon::builtin(), on);
        if let Some(question) = Question::parse(text, &parties) {
            let _ = question.asked.kind();
        }
        if let Some(code) = parties.find(text) {
            assert!(!parties.name(code).is_empty());
        }
    }
}

/// Whatever entry of tables, TOML, PETRARCH and TABARI files is taken can be looked up.
pub fn dictionary(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for file in ["actors.tsv", "a.toml", "x.actors.txt", "titles.tsv", "states.tsv", "persons/x.tsv"] {
        let mut lexicon = Lexicon::default();
        folder::read_text(&mut lexicon, file, &text);
        for subject in lexicon.subjects() {
            let _ = subject.role_on(None);
            let words: Vec<&str> = subject.name().split_whitespace().collect();
            let _ = lexicon.lookup(&words, 0);
            let _ = lexicon.find(subject.name(), None);
        }
    }
}

/// A file of another data set ends, and what is read is written in every format, a row of all its columns a line.
pub fn exchange(bytes: &[u8]) {
    let Ok(reader) = Reader::new(Bytes::new(bytes.to_vec()), "any") else { return };
    let reports: Vec<_> = reader.flatten().collect();
    for format in Format::ALL.iter().filter(|format| !format.columns().is_empty()) {
        let mut out = Vec::new();
        let mut writer = Writer::new(*format, &mut out, &NoGeography).expect("memory can be written");
        for report in &reports {
            writer.write(report, Coverage::ONCE).expect("memory can be written");
        }
        let summary = writer.finish().expect("memory can be written");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text.lines().count() as u64, summary.rows + u64::from(format.has_header()));
        assert!(text.lines().all(|line| line.split('\t').count() == format.columns().len()));
    }
}

/// The lines are the words, place, publisher and place in the list that are asked for: there is an answer, and no sign in them means anything to
/// the database.
pub fn query(text: &str) {
    let (runtime, ledger) = asked();
    let mut lines = text.lines().map(str::to_owned);
    let filter =
        Filter { text: lines.next(), place: lines.next(), publisher: lines.next(), ..Filter::default() };
    let cursor: Option<Cursor> = lines.next().and_then(|line| line.parse().ok());
    let page = runtime.block_on(ledger.page(&filter, cursor.as_ref(), 5));
    assert!(page.is_ok(), "{:?}", page.err());
}

/// Triples of bytes are a place in the file, as a share of its length, and what is written there: it is refused, its damage told, or it is read; and it ends.
pub fn ledger_file(bytes: &[u8]) {
    let (runtime, _) = asked();
    let mut file = whole_file().to_vec();
    for patch in bytes.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([patch[0], patch[1]]));
        let at = place * file.len() / 65_536;
        file[at] = patch[2];
    }
    if bytes.len() % 3 == 1 {
        file.truncate(usize::from(bytes[bytes.len() - 1]) * file.len() / 256);
    }
    let path = scratch("torn.db");
    std::fs::write(&path, &file).expect("the scratch folder can be written");
    let told: Result<(), LedgerError> = runtime.block_on(async {
        let ledger = Ledger::open_for(&path.to_string_lossy(), Access::Read).await?;
        ledger.info().await?;
        ledger.page(&Filter::default(), None, 5).await?;
        ledger.check(|_| ()).await?;
        ledger.close().await;
        Ok(())
    });
    if let Err(error) = told {
        assert!(!error.to_string().is_empty() && !error.code().is_empty());
    }
}

/// A ledger of two reports, and what waits for its answers.
fn asked() -> &'static (Runtime, Ledger) {
    static ASKED: OnceLock<(Runtime, Ledger)> = OnceLock::new();
    ASKED.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let path = scratch("asked.db");
        let _ = std::fs::remove_file(&path);
        let ledger = runtime.block_on(filled(&path)).expect("a ledger can be made");
        (runtime, ledger)
    })
}

async fn filled(path: &std::path::Path) -> Result<Ledger, LedgerError> {
    let ledger = Ledger::open(&path.to_string_lossy()).await?;
    let texts = [
        (
            "Envoys of Chile and Peru meet",
            "The foreign ministers of Chile and Peru met in Lima on Monday. They will meet in Santiago next week.",
        ),
        ("Chile accuses Peru", "Chile accused Peru on Tuesday of closing the border, a spokesman said."),
    ];
    let entries: Vec<Entry> = texts
        .into_iter()
        .map(|(title, text)| {
            let article = Article::of_text(title, title, text).published_on(date(2017, 5, 2));
            let (signature, events) =
                (detente_ingest::signature(&article), Pipeline::builtin().read(&article).events);
            Entry { article, signature, events }
        })
        .collect();
    let versions = Versions { coder: "c".into(), rules: "r".into(), lexicon: "l".into(), model: "m".into() };
    ledger.append(&entries, &versions, date(2017, 5, 3)).await?;
    ledger.derive(|_| ()).await?;
    Ok(ledger)
}

/// The bytes of such a ledger, its log folded in.
fn whole_file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let (runtime, _) = asked();
        let path = scratch("whole.db");
        let _ = std::fs::remove_file(&path);
        runtime.block_on(async { filled(&path).await.expect("a ledger can be made").close().await });
        std::fs::read(&path).expect("the ledger")
    })
}

/// A file of this process, in memory where the system has a place for that.
fn scratch(name: &str) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("detente-checks-{}-{name}", std::process::id()))
}
