//! Record batches to one Parquet file.

use std::io::Write;

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::record_batch::schema;

pub use parquet::errors::ParquetError;

/// So many rows are held in memory before they are written.
const ROWS_IN_MEMORY: usize = 64 * 1024;

/// A Parquet file of events in the making. Text is Snappy-compressed, which every reader of Parquet knows.
///
/// The same batches give the same bytes.
pub struct EventsParquet<W: Write + Send> {
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> EventsParquet<W> {
    /// Begins a file.
    pub fn new(out: W) -> Result<Self, ParquetError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROWS_IN_MEMORY))
            .set_created_by(concat!("detente ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        Ok(Self { writer: ArrowWriter::try_new(out, schema(), Some(properties))? })
    }

    /// Adds a batch; its schema is [`schema`]'s.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), ParquetError> {
        self.writer.write(batch)
    }

    /// Ends the file: without this call it cannot be read.
    pub fn finish(self) -> Result<(), ParquetError> {
        self.writer.into_inner()?.flush()?;
        Ok(())
    }
}
