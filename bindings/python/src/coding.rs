//! From an input to batches of events: read on one thread, coded on several, put together in order.

use std::num::NonZeroUsize;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::ArrowError;
use detente::model::{Article, Event};
use detente::{EventRecord, Pipeline, flow};
use detente_ingest::{Document, Reader, Source};
use detente_tables::EventsArrow;

use crate::problems;
use crate::reports::{self, Had};

/// What is coded.
pub enum Input {
    /// Record batches of reports.
    Reports(Box<dyn RecordBatchReader + Send>),
    /// Files, folders and archives by their names.
    Files(Vec<String>),
}

/// Codes inputs.
pub struct Coder {
    threads: NonZeroUsize,
    min_confidence: f32,
    reader: Reader,
    pipeline: Pipeline,
}

/// An article with its events.
type Coded = (Article, Vec<Event>);

impl Coder {
    /// A coder with the built-in model; it is loaded once in a process, whoever asks first.
    pub fn new(threads: NonZeroUsize, min_confidence: f32) -> Self {
        Self { threads, min_confidence, reader: Reader::default(), pipeline: Pipeline::builtin() }
    }

    /// Hands every full batch, and at last the one begun, to `take`; `pause` is called after every report.
    pub fn run<E: From<ArrowError>>(
        &self,
        input: Input,
        mut pause: impl FnMut() -> Result<(), E>,
        mut take: impl FnMut(RecordBatch) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut events = EventsArrow::default();
        let mut keep = |coded: Had<Coded>| {
            match coded? {
                Ok((article, coded)) => events.push(&EventRecord::all(&article, &coded)),
                Err(error) => problems::tell(&error),
            }
            if events.is_full() {
                take(events.finish()?)?;
            }
            pause()
        };
        let code = |found: Had<Document>| {
            found.map(|found| {
                found.and_then(|document| self.reader.article(document)).map(|article| self.code(article))
            })
        };
        match input {
            Input::Files(paths) => flow::in_order(self.threads, || self.files(&paths), code, &mut keep),
            Input::Reports(batches) => {
                let documents =
                    || reports::rows(batches).map(|row| row.map(|record| record.map(Document::from)));
                flow::in_order(self.threads, documents, code, &mut keep)
            }
        }?;
        if events.is_empty() { Ok(()) } else { take(events.finish()?) }
    }

    fn files(&self, paths: &[String]) -> impl Iterator<Item = Had<Document>> {
        paths.iter().flat_map(|path| self.reader.documents(Source::named(path))).map(Ok)
    }

    fn code(&self, article: Article) -> Coded {
        let mut events = self.pipeline.read(&article).events;
        events.retain(|event| event.confidence >= self.min_confidence);
        (article, events)
    }
}
