//! Events as tables, for programs that read columns: CSV, Parquet and Arrow.
//!
//! One list, [`COLUMNS`], says which columns a table of events has, in which order, of which kind and what they mean; all
//! forms are made from it, so that they cannot differ. Columns are added at the end and are not renamed ([`VERSION`]). The
//! room turns records into tables; it codes nothing, and opens no file: a writer or an open file is handed in. `docs/tables.md` tells users.
//!
//! - [`EventsParquet`] writes one Parquet file, a bounded number of rows in memory;
//! - [`ParquetReports`] reads such a file back;
//! - [`csv_header`] and [`csv_rows`] give CSV by RFC 4180, in which a list of parties takes four columns;
//! - [`EventsArrow`] makes record batches in memory (feature `arrow`), equal to what is read back from the Parquet file.

#[cfg(feature = "arrow")]
mod batch;
mod column;
mod comma;
#[cfg(feature = "parquet")]
mod row_group;
#[cfg(feature = "parquet")]
mod rows;

#[cfg(feature = "arrow")]
pub use batch::{ArrowError, EventsArrow, schema};
pub use column::{COLUMNS, Column, Kind, VERSION};
pub use comma::{csv_header, csv_rows};
#[cfg(feature = "parquet")]
pub use row_group::{EventsParquet, ParquetError};
#[cfg(feature = "parquet")]
pub use rows::{ParquetReports, RowError};
