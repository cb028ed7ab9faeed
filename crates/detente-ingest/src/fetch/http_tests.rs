//! A fetcher on a network of its own: names lead where a test says, and every connection, whatever its address, ends at one
//! server on the loopback address and is written down.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;

use ureq::unversioned::transport::{ConnectionDetails, TcpConnector, Transport};

use super::*;

const PUBLIC: &str = "1.1.1.1";

/// The addresses that were connected to.
type Log = Arc<Mutex<Vec<IpAddr>>>;

/// What a name leads to, time after time; the last answer stays.
type Answers = Arc<Mutex<VecDeque<Vec<IpAddr>>>>;

#[derive(Debug)]
struct TestNetwork {
    answers: Answers,
    log: Log,
    server: SocketAddr,
}

impl Network for TestNetwork {
    fn agent(&self, config: Config, allowed: Option<String>) -> Agent {
        let names = TestNames { answers: Arc::clone(&self.answers), inner: DefaultResolver::default() };
        guarded(config, allowed, names, TestConnector { log: Arc::clone(&self.log), server: self.server })
    }
}

/// `news.example` leads where the test says; every other host is asked for as always.
#[derive(Debug)]
struct TestNames {
    answers: Answers,
    inner: DefaultResolver,
}

impl Resolver for TestNames {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        if uri.host() != Some("news.example") {
            return self.inner.resolve(uri, config, timeout);
        }
        let mut answers = self.answers.lock().expect("answers");
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        let mut found = self.empty();
        answer.expect("an answer").into_iter().for_each(|address| found.push(SocketAddr::new(address, 80)));
        Ok(found)
    }
}

#[derive(Debug)]
struct TestConnector {
    log: Log,
    server: SocketAddr,
}

impl Connector for TestConnector {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.log.lock().expect("log").extend(details.addrs.iter().map(SocketAddr::ip));
        let mut addrs = details.resolver.empty();
        addrs.push(self.server);
        let here = ConnectionDetails {
            addrs,
            uri: details.uri,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: Arc::clone(&details.current_time),
            run_connector: Arc::clone(&details.run_connector),
            register_shutdown: Arc::clone(&details.register_shutdown),
        };
        let stream = TcpConnector::default().connect(&here, chained)?;
        Ok(stream.map(|stream| Box::new(stream) as Box<dyn Transport>))
    }
}

/// A server that sends `/to/ADDRESS` there, waits long at `/wait`, and answers everything else with a page.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1).unwrap_or_default();
    let head = match path.strip_prefix("/to/") {
        Some(target) => format!("302 Found\r\nLocation: {target}"),
        None if path == "/robots.txt" => "404 Not Found".to_owned(),
        None => "200 OK".to_owned(),
    };
    if path.ends_with("/wait") {
        std::thread::sleep(Duration::from_millis(400));
    }
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

fn addresses(addresses: &[&str]) -> Vec<IpAddr> {
    addresses.iter().map(|address| address.parse().expect("an address")).collect()
}

fn fetcher(answers: &[&[&str]], options: HttpOptions) -> (HttpFetcher, Log) {
    let (log, server) = (Log::default(), serve());
    let answers = answers.iter().map(|answer| addresses(answer)).collect();
    let network = TestNetwork { answers: Arc::new(Mutex::new(answers)), log: Arc::clone(&log), server };
    (HttpFetcher { network: Box::new(network), ..HttpFetcher::new(options) }, log)
}

fn without_robots() -> HttpOptions {
    HttpOptions { robots: false, ..HttpOptions::default() }
}

#[test]
fn a_redirect_from_a_public_address_to_a_private_one_is_refused() {
    let targets = [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://172.16.9.9/",
        "http://192.168.0.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:192.168.0.1]/",
    ];
    for target in targets {
        for options in [without_robots(), HttpOptions::default()] {
            let (fetcher, log) = fetcher(&[&[PUBLIC]], options);
            let refused = fetcher.get(&format!("http://news.example/to/{target}")).expect_err(target);
            assert!(refused.contains("private"), "{target}: {refused}");
            let log = log.lock().expect("log");
            let public = addresses(&[PUBLIC])[0];
            assert!(
                log.contains(&public) && log.iter().all(|address| *address == public),
                "{target}: {log:?}"
            );
        }
    }
}

#[test]
fn a_redirect_to_another_public_address_is_followed() {
    let (fetcher, log) = fetcher(&[&[PUBLIC]], without_robots());
    let page = fetcher.get("http://news.example/to/http://8.8.8.8/page").expect("a page");
    assert_eq!(page.url, "http://8.8.8.8/page");
    assert_eq!(*log.lock().expect("log"), addresses(&[PUBLIC, "8.8.8.8"]));
}

#[test]
fn a_name_is_connected_to_where_it_was_checked_and_checked_each_time() {
    let (steady, log) = fetcher(&[&[PUBLIC], &["127.0.0.1"]], without_robots());
    steady.get("http://news.example/page").expect("a page");
    assert_eq!(*log.lock().expect("log"), addresses(&[PUBLIC]));
    let refused = steady.get("http://news.example/page").expect_err("the name leads elsewhere now");
    assert!(refused.contains("private"), "{refused}");
    let (turning, log) = fetcher(&[&[PUBLIC], &["10.0.0.7"]], HttpOptions::default());
    let refused = turning.get("http://news.example/page").expect_err("robots.txt came from elsewhere");
    assert!(refused.contains("private"), "{refused}");
    assert_eq!(*log.lock().expect("log"), addresses(&[PUBLIC]));
}

#[test]
fn a_name_with_a_private_address_among_public_ones_is_refused() {
    let (fetcher, log) = fetcher(&[&[PUBLIC, "192.168.1.1"]], without_robots());
    assert!(fetcher.get("http://news.example/page").expect_err("refused").contains("private"));
    assert!(log.lock().expect("log").is_empty());
}

#[test]
fn what_is_sent_goes_to_public_addresses_alone() {
    let (public, log) = fetcher(&[&[PUBLIC], &["10.0.0.7"]], HttpOptions::default());
    assert_eq!(public.post("http://news.example/hook", &[("detente-id", "a")], b"{}"), Ok(200));
    assert_eq!(public.post("http://news.example/to/http://127.0.0.1/", &[], b"{}").ok(), None);
    assert_eq!(*log.lock().expect("log"), addresses(&[PUBLIC]));
    let refused = public.post("http://127.0.0.1:9/", &[], b"{}").expect_err("private");
    assert!(refused.contains("private"), "{refused}");
    assert!(public.post("file:///etc/passwd", &[], b"").is_err());
}

#[test]
fn all_redirects_of_a_page_share_its_time() {
    let options = HttpOptions { timeout: Duration::from_secs(1), most_redirects: 100, ..without_robots() };
    let (fetcher, _) = fetcher(&[&[PUBLIC]], options);
    let started = Instant::now();
    let error = fetcher.get("http://news.example/to/?/wait").expect_err("for ever");
    assert!(error.contains("timeout"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_host_that_never_answers_is_not_asked_for_ever() {
    let closed =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|port| port.local_addr()).expect("a port");
    let (fetcher, log) = fetcher(&[&[PUBLIC]], without_robots());
    let network = TestNetwork {
        answers: Arc::new(Mutex::new(VecDeque::from([addresses(&[PUBLIC])]))),
        log: Arc::clone(&log),
        server: closed,
    };
    let fetcher = HttpFetcher { network: Box::new(network), ..fetcher };
    let errors: Vec<String> =
        (0..9).map(|page| fetcher.get(&format!("http://news.example/{page}")).expect_err("dead")).collect();
    assert_eq!(log.lock().expect("log").len(), usize::from(MOST_FAILURES));
    assert!(errors[8].contains("not asked again"), "{errors:?}");
}
