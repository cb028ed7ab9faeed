//! Fetching a page that the user named.
//!
//! [`Fetch`] gets a page, [`Poll`] asks whether one that was got before has changed. The traits are here always, so that readers and tests can be given any way to fetch; the one over HTTP is built with the `fetch` feature. It asks robots.txt, says who it is, follows few redirects, reads no more than a limit, and never lets a
//! public address lead to a private one, by redirect or by name.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A page as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found after all redirects.
    pub url: String,
    /// The `charset` that the server named.
    pub charset: Option<String>,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
}

/// A way to fetch an address.
pub trait Fetch: Send + Sync {
    /// The page at `url`, or in words why not.
    ///
    /// # Errors
    /// When the address cannot be reached, is not allowed, or answers with anything but a page.
    fn get(&self, url: &str) -> Result<Fetched, String>;
}

/// What a server gave with a page, by which it tells later whether the page has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// Its `ETag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// What came of asking for a page that may be known already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    /// It is new, or has changed.
    Changed {
        /// The page.
        page: Fetched,
        /// What to ask with the next time.
        validators: Validators,
    },
    /// It is as it was.
    Unchanged,
    /// The server does not give it.
    Refused {
        /// The status of its answer.
        status: u16,
        /// How long it wants to be left alone, where it says so.
        wait: Option<Duration>,
    },
}

/// A way to ask whether an address has changed.
pub trait Poll: Fetch {
    /// What the address holds now, if that is not what was held.
    ///
    /// # Errors
    /// When the address cannot be reached or is not allowed.
    fn poll(&self, url: &str, held: &Validators) -> Result<Polled, String>;
}

#[cfg(feature = "fetch")]
mod address;
#[cfg(feature = "fetch")]
mod http;
#[cfg(feature = "fetch")]
mod robots;

#[cfg(feature = "fetch")]
pub use http::{HttpFetcher, HttpOptions};
