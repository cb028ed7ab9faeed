//! How long a document takes: what is slow is told, what would take too long is set aside and can be read again.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::Args;
use detente::model::Article;
use detente::{Coded, Pipeline};
use jiff::civil::Date;
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::{inputs, output, paint};

/// What is done about documents that take long.
#[derive(Debug, Args)]
pub struct WatchOptions {
    /// Tell on standard error which documents take longer than so many seconds to code
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    slow: Option<Duration>,
    /// Set a document aside that is not coded within so many seconds; the rest goes on
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    patience: Duration,
    /// Where to put what is set aside: a file that can be read again, with more patience
    #[arg(long, value_name = "FILE.jsonl")]
    set_aside: Option<PathBuf>,
}

/// The watch over one run.
pub struct Watch {
    slow: Option<Duration>,
    patience: Duration,
    aside: Mutex<Aside>,
}

/// What was set aside.
struct Aside {
    file: Option<BufWriter<File>>,
    documents: usize,
    /// Why the file could not be written, the first time.
    failure: Option<Failure>,
}

impl WatchOptions {
    /// Begins to watch; the file for what is set aside is made anew.
    pub fn begin(&self) -> Result<Watch, Failure> {
        let file = self.set_aside.as_deref().map(File::create).transpose()?.map(BufWriter::new);
        let aside = Mutex::new(Aside { file, documents: 0, failure: None });
        Ok(Watch { slow: self.slow, patience: self.patience, aside })
    }
}

impl Watch {
    /// Codes an article; `None` where it took too long and was set aside.
    pub fn code(&self, pipeline: &Pipeline, article: &Article) -> Option<Coded> {
        let begun = Instant::now();
        let coded = pipeline.read_while(article, &|| begun.elapsed() < self.patience);
        self.tell_slow(article, begun.elapsed());
        if coded.is_none() {
            self.set_aside(article);
        }
        coded
    }

    /// How the run stands: something was set aside, or could not be put where it should be.
    pub fn finish(self) -> Result<Outcome, Failure> {
        let aside = self.aside.into_inner().unwrap_or_else(PoisonError::into_inner);
        match (aside.failure, aside.documents) {
            (Some(failure), _) => Err(failure),
            (None, 0) => Ok(Outcome::Complete),
            (None, _) => Ok(Outcome::Partial),
        }
    }

    fn tell_slow(&self, article: &Article, took: Duration) {
        if self.slow.is_some_and(|slow| took >= slow) {
            let seconds = took.as_secs_f64();
            eprintln!(
                "detente: {}: took {seconds:.1} s, {} bytes [code/slow]",
                article.id,
                article.text.len()
            );
        }
    }

    fn set_aside(&self, article: &Article) {
        let mut aside = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = self.patience.as_secs_f64();
        let id = paint::one_line(&article.id);
        eprintln!("detente: {id}: not coded within {seconds} s, set aside [code/patience]");
        aside.documents += 1;
        if let Err(failure) = aside.put(article) {
            aside.failure.get_or_insert(failure);
        }
    }
}

impl Aside {
    fn put(&mut self, article: &Article) -> Result<(), Failure> {
        let Some(file) = &mut self.file else {
            inputs::hint_once(
                "with --set-aside FILE.jsonl it is kept; that file can be read with more --patience",
            );
            return Ok(());
        };
        output::json_line(file, &Document::of(article))?;
        // Whatever ends this run, the file tells all that was set aside.
        Ok(file.flush()?)
    }
}

/// A document in the form in which JSON Lines are read.
#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    url: Option<&'a str>,
    published: Option<Date>,
    title: &'a str,
    text: &'a str,
}

impl<'a> Document<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            id: &article.id,
            url: article.url.as_deref(),
            published: article.published.as_ref().and_then(|published| published.day()),
            title: &article.title,
            text: &article.text,
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.strip_suffix('s').unwrap_or(text).trim().parse::<f64>();
    let duration = number.ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| format!("`{text}` is no number of seconds"))
}
