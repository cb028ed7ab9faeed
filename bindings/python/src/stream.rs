//! Batches of events to whoever asks for them: all at once, or one by one from a thread behind.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::coding::{Coder, Input};
use crate::marks::Mark;

/// How often the interpreter is asked whether the user wants to stop.
const ASK: Duration = Duration::from_millis(100);

/// Why no table came out.
enum Stopped {
    Arrow(ArrowError),
    Python(PyErr),
}

impl From<ArrowError> for Stopped {
    fn from(error: ArrowError) -> Self {
        Self::Arrow(error)
    }
}

impl From<Stopped> for PyErr {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Arrow(error) => PyRuntimeError::new_err(error.to_string()),
            Stopped::Python(error) => error,
        }
    }
}

/// Every batch, unless the user interrupts.
pub fn all(coder: &Coder, input: Input) -> PyResult<Vec<RecordBatch>> {
    let mut batches = Vec::new();
    coder.run(input, interrupted(), |batch| {
        batches.push(batch);
        Ok::<(), Stopped>(())
    })?;
    Ok(batches)
}

/// All marks of texts and what their table looks like, unless the user interrupts.
pub fn all_marks(
    mark: Mark,
    reports: Box<dyn RecordBatchReader + Send>,
    threads: NonZeroUsize,
) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    let schema = mark.schema().map_err(Stopped::Arrow)?;
    Ok((schema, mark.all(reports, threads, interrupted())?))
}

/// Asks now and then whether the user wants to stop.
fn interrupted() -> impl FnMut() -> Result<(), Stopped> {
    let mut asked = Instant::now();
    move || {
        if asked.elapsed() < ASK {
            return Ok(());
        }
        asked = Instant::now();
        Python::attach(|py| py.check_signals()).map_err(Stopped::Python)
    }
}

/// The batches of an input, coded by threads behind; no more than one waits.
pub struct Batches {
    waiting: Receiver<Result<RecordBatch, ArrowError>>,
    _asked_for: Arc<()>,
}

impl Batches {
    /// Begins to code. When this is dropped, the threads end with the reports they are at.
    pub fn of(coder: Coder, input: Input) -> Self {
        let (done, waiting) = sync_channel(1);
        let asked_for = Arc::new(());
        let still = Arc::downgrade(&asked_for);
        thread::spawn(move || {
            let gone = || ArrowError::ComputeError("nobody asks for more".to_owned());
            let pause = || if still.strong_count() > 0 { Ok(()) } else { Err(gone()) };
            let take = |batch| done.send(Ok(batch)).map_err(|_| gone());
            if let Err(error) = coder.run(input, pause, take) {
                // Where nobody asks for more, nobody asks why either.
                let _ = done.send(Err(error));
            }
        });
        Self { waiting, _asked_for: asked_for }
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    /// Waits without the interpreter's lock, whoever asks: the threads behind need it where reports come from Python.
    fn next(&mut self) -> Option<Self::Item> {
        let waiting = Mutex::new(&mut self.waiting);
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
        Python::attach(|py| py.detach(next))
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        detente_tables::schema()
    }
}
