//! detente for Python: reports come in as Arrow record batches or as files, events go out as Arrow tables.
//!
//! The interpreter's lock is released while reports are read and coded. What Python users see is `python/detente`, which turns
//! what they hold into Arrow first; this room knows no data frames, and codes nothing itself.

mod coding;
mod marks;
mod problems;
mod reports;
mod stream;

use std::num::NonZeroUsize;

use detente::flow;
use detente_ingest::Fields;
use detente_tables::COLUMNS;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatchReader, PySchema, PyTable};

use crate::coding::{Coder, Input};
use crate::marks::Mark;

/// How coding is done: threads, and how sure the coder must be.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Settings {
    threads: Option<NonZeroUsize>,
    min_confidence: f32,
}

impl Settings {
    fn coder(&self) -> Coder {
        Coder::new(or_all(self.threads), self.min_confidence)
    }
}

fn or_all(threads: Option<NonZeroUsize>) -> NonZeroUsize {
    threads.unwrap_or_else(flow::all_cores)
}

/// The events of reports as one table; can be interrupted.
#[pyfunction]
fn read(py: Python<'_>, reports: AnyRecordBatch, settings: Settings) -> PyResult<Py<PyAny>> {
    table(py, Input::Reports(reports.into_reader()?), &settings)
}

/// The events of files, folders and archives as one table; can be interrupted.
#[pyfunction]
fn read_files(py: Python<'_>, paths: Vec<String>, settings: Settings) -> PyResult<Py<PyAny>> {
    table(py, Input::Files(paths), &settings)
}

/// The events of reports, batch by batch, while they are coded.
#[pyfunction]
fn scan(py: Python<'_>, reports: AnyRecordBatch, settings: Settings) -> PyResult<Py<PyAny>> {
    stream(py, Input::Reports(reports.into_reader()?), &settings)
}

/// The events of files, folders and archives, batch by batch, while they are read.
#[pyfunction]
fn scan_files(py: Python<'_>, paths: Vec<String>, settings: Settings) -> PyResult<Py<PyAny>> {
    stream(py, Input::Files(paths), &settings)
}

/// The tokens of texts as one table, with tags, parse and entities; can be interrupted.
#[pyfunction]
fn annotate(py: Python<'_>, reports: AnyRecordBatch, threads: Option<NonZeroUsize>) -> PyResult<Py<PyAny>> {
    marks(py, Mark::Token, reports, threads)
}

/// The time expressions of texts as one table; can be interrupted.
#[pyfunction]
fn times(py: Python<'_>, reports: AnyRecordBatch, threads: Option<NonZeroUsize>) -> PyResult<Py<PyAny>> {
    marks(py, Mark::Time, reports, threads)
}

/// The names of places in texts as one table; can be interrupted.
#[pyfunction]
fn places(py: Python<'_>, reports: AnyRecordBatch, threads: Option<NonZeroUsize>) -> PyResult<Py<PyAny>> {
    marks(py, Mark::Place, reports, threads)
}

/// What every table of events looks like.
#[pyfunction]
fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    PySchema::new(detente_tables::schema()).into_pyarrow(py)
}

/// The columns of a table of events with what they say.
#[pyfunction]
fn columns() -> Vec<(&'static str, &'static str)> {
    COLUMNS.iter().map(|column| (column.name, column.doc)).collect()
}

/// The names under which the parts of a report are looked for; of several the first that is there counts.
#[pyfunction]
fn fields() -> [(&'static str, Vec<String>); 6] {
    let Fields { id, url, title, text, published, author } = Fields::default();
    [("id", id), ("url", url), ("title", title), ("text", text), ("published", published), ("author", author)]
}

/// Loads the model now, rather than with the first report.
#[pyfunction]
fn load(py: Python<'_>) {
    py.detach(|| Coder::new(NonZeroUsize::MIN, 0.0));
}

fn table(py: Python<'_>, input: Input, settings: &Settings) -> PyResult<Py<PyAny>> {
    let coder = settings.coder();
    let batches = py.detach(|| stream::all(&coder, input))?;
    Ok(PyTable::try_new(batches, detente_tables::schema())?.into_pyarrow(py)?.unbind())
}

fn stream(py: Python<'_>, input: Input, settings: &Settings) -> PyResult<Py<PyAny>> {
    let batches = stream::Batches::of(settings.coder(), input);
    Ok(PyRecordBatchReader::new(Box::new(batches)).into_pyarrow(py)?.unbind())
}

fn marks(
    py: Python<'_>,
    mark: Mark,
    reports: AnyRecordBatch,
    threads: Option<NonZeroUsize>,
) -> PyResult<Py<PyAny>> {
    let reports = reports.into_reader()?;
    let (schema, batches) = py.detach(|| stream::all_marks(mark, reports, or_all(threads)))?;
    Ok(PyTable::try_new(batches, schema)?.into_pyarrow(py)?.unbind())
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    for function in [
        wrap_pyfunction!(read, module)?,
        wrap_pyfunction!(read_files, module)?,
        wrap_pyfunction!(scan, module)?,
        wrap_pyfunction!(scan_files, module)?,
        wrap_pyfunction!(annotate, module)?,
        wrap_pyfunction!(times, module)?,
        wrap_pyfunction!(places, module)?,
        wrap_pyfunction!(schema, module)?,
        wrap_pyfunction!(columns, module)?,
        wrap_pyfunction!(fields, module)?,
        wrap_pyfunction!(load, module)?,
    ] {
        module.add_function(function)?;
    }
    Ok(())
}
