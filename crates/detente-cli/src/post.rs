//! How a desk reaches its subscribers.

use std::sync::Arc;

use detente_ingest::{HttpFetcher, HttpOptions};
use detente_serve::Post;

/// Sends over HTTP, to public addresses unless told otherwise.
#[derive(Debug)]
struct Http(HttpFetcher);

impl Post for Http {
    fn post(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<u16, String> {
        self.0.post(url, headers, body)
    }
}

/// The way to send that comes with detente.
pub fn over_http(allow_private: bool) -> Arc<dyn Post> {
    Arc::new(Http(HttpFetcher::new(HttpOptions { allow_private, ..HttpOptions::default() })))
}
