//! How much is read and how long is waited: the options of every command that reads articles.

use clap::Args;
use detente_ingest::{Limits, Options, Reader};

/// The limits a user may set.
#[derive(Debug, Args)]
pub struct LimitOptions {
    /// Read no more than so many MiB of one document or page; what a page may cost to read grows with it
    #[arg(long, value_name = "MIB", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1024))]
    max_size: u16,
    /// Wait no longer than so many seconds for one address, redirects included
    #[cfg(feature = "fetch")]
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    max_time: u16,
    /// Follow no more than so many redirects
    #[cfg(feature = "fetch")]
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    max_redirects: u8,
}

impl LimitOptions {
    /// A reader within these limits; with the `fetch` feature it also reads the addresses a user names.
    pub fn reader(&self, mut options: Options) -> Reader {
        options.limits = Limits::of_documents(usize::from(self.max_size) << 20);
        self.with_fetcher(Reader::new(options))
    }

    #[cfg(feature = "fetch")]
    fn with_fetcher(&self, reader: Reader) -> Reader {
        reader.with_fetcher(Box::new(detente_ingest::HttpFetcher::new(self.of_fetching())))
    }

    /// How pages are fetched within these limits.
    #[cfg(feature = "fetch")]
    pub fn of_fetching(&self) -> detente_ingest::HttpOptions {
        detente_ingest::HttpOptions {
            timeout: std::time::Duration::from_secs(self.max_time.into()),
            most_bytes: u64::from(self.max_size) << 20,
            most_redirects: self.max_redirects.into(),
            ..detente_ingest::HttpOptions::default()
        }
    }

    #[cfg(not(feature = "fetch"))]
    fn with_fetcher(&self, reader: Reader) -> Reader {
        reader
    }
}
