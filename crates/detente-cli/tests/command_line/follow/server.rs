//! A server of news on this machine: pages that a test puts there, with what was asked written down.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

/// What is at an address.
#[derive(Clone, Default)]
pub struct Page {
    pub status: u16,
    pub body: String,
    /// Its `ETag`: who sends it back is told that nothing changed.
    pub etag: Option<String>,
    /// More headers.
    pub headers: Vec<(&'static str, String)>,
    /// How long the answer takes.
    pub delay: Duration,
}

impl Page {
    pub fn of(body: impl Into<String>) -> Self {
        Self { status: 200, body: body.into(), ..Self::default() }
    }
}

#[derive(Default)]
struct Shelf {
    pages: BTreeMap<String, Page>,
    asked: Vec<String>,
}

#[derive(Clone)]
pub struct Server {
    shelf: Arc<Mutex<Shelf>>,
    pub address: String,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Self { shelf: Arc::default(), address };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                std::thread::spawn(move || serving.answer(stream));
            }
        });
        server
    }

    pub fn put(&self, path: &str, page: Page) {
        self.shelf.lock().expect("the shelf").pages.insert(path.to_owned(), page);
    }

    /// What was asked since the last time: `/feed 304`, a line each.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.shelf.lock().expect("the shelf").asked)
    }

    /// How many requests have been answered since.
    pub fn count(&self) -> usize {
        self.shelf.lock().expect("the shelf").asked.len()
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
        let request = lines.next().unwrap_or_default();
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        let held = lines
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.to_lowercase().strip_prefix("if-none-match: ").map(str::to_owned));
        let page = self.shelf.lock().expect("the shelf").pages.get(&path).cloned();
        let page = page.unwrap_or_else(|| Page { status: 404, ..Page::default() });
        sleep(page.delay);
        let is_held = page.etag.is_some() && held == page.etag;
        let status = if is_held { 304 } else { page.status };
        self.shelf.lock().expect("the shelf").asked.push(format!("{path} {status}"));
        let mut head = format!("HTTP/1.1 {status} .\r\nConnection: close\r\n");
        page.etag.iter().for_each(|etag| head.push_str(&format!("ETag: {etag}\r\n")));
        page.headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        let body = if is_held { "" } else { &page.body };
        let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
    }
}
