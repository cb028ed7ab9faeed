//! Fetching from a server of our own on the loopback address.
#![cfg(feature = "fetch")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use detente_ingest::{Fetch, HttpFetcher, HttpOptions};

/// A server that answers by path until the test ends; gives its port.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream, port));
        }
    });
    port
}

fn answer(mut stream: std::net::TcpStream, port: u16) {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    let agent = lines
        .by_ref()
        .take_while(|line| !line.is_empty())
        .find(|line| line.to_lowercase().starts_with("user-agent:"));
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    let redirect = |to: String| {
        format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    };
    let page = |body: String| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let response = match path.as_str() {
        "/robots.txt" => page("User-agent: *\nDisallow: /closed\n".to_owned()),
        "/here" => redirect("/page".to_owned()),
        "/circle" => redirect("/circle".to_owned()),
        "/elsewhere" => redirect(format!("http://localhost:{port}/page")),
        "/mail" => redirect("ftp://127.0.0.1/".to_owned()),
        "/large" => page("a".repeat(100_000)),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(8));
            page("late".to_owned())
        }
        "/missing" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        _ => page(agent.unwrap_or_default()),
    };
    let _ = stream.write_all(response.as_bytes());
}

fn options() -> HttpOptions {
    HttpOptions {
        allow_private: true,
        most_bytes: 10_000,
        timeout: Duration::from_secs(2),
        ..HttpOptions::default()
    }
}

#[test]
fn a_page_comes_with_its_address_and_charset_and_knows_who_asked() {
    let port = serve();
    let fetched = HttpFetcher::new(options()).get(&format!("http://127.0.0.1:{port}/here")).expect("a page");
    assert_eq!(fetched.url, format!("http://127.0.0.1:{port}/page"));
    assert_eq!(fetched.charset.as_deref(), Some("latin1"));
    assert!(String::from_utf8_lossy(&fetched.body).contains("detente/"));
}

#[test]
fn private_addresses_are_refused_unless_named_and_allowed() {
    let port = serve();
    let careful = HttpFetcher::default().get(&format!("http://127.0.0.1:{port}/page"));
    assert!(careful.expect_err("refused").contains("private"));
    let redirected = HttpFetcher::new(options()).get(&format!("http://127.0.0.1:{port}/elsewhere"));
    assert!(redirected.expect_err("refused").contains("private"));
}

#[test]
fn limits_hold() {
    let port = serve();
    let fetcher = HttpFetcher::new(options());
    let cases = [
        ("/circle", "redirects"),
        ("/mail", "ftp"),
        ("/large", "limit"),
        ("/closed/a", "robots"),
        ("/missing", "404"),
        ("/slow", "timeout"),
    ];
    let started = Instant::now();
    for (path, reason) in cases {
        let error = fetcher.get(&format!("http://127.0.0.1:{port}{path}")).expect_err(path);
        assert!(error.contains(reason), "{path}: {error}");
    }
    assert!(started.elapsed() < Duration::from_secs(7));
}
