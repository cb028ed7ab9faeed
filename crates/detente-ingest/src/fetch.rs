//! Fetching a page that the user named.
//!
//! The trait is here always, so that readers and tests can be given any way to fetch; the one over HTTP is built with
//! the `fetch` feature. It asks robots.txt, says who it is, follows few redirects, reads no more than a limit, and never lets a
//! public address lead to a private one, by redirect or by name.

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

#[cfg(feature = "fetch")]
mod address;
#[cfg(feature = "fetch")]
mod http;
#[cfg(feature = "fetch")]
mod robots;

#[cfg(feature = "fetch")]
pub use http::{HttpFetcher, HttpOptions};
