//! Fetching over HTTP with limits.

use std::fmt::Debug;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::fmt::rfc2822::DateTimeParser;
use rustc_hash::FxHashMap;
use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

use super::address::is_private;
use super::{Fetch, Fetched, Poll, Polled, Validators, robots};

/// The name under which this reader asks, also in robots.txt.
const AGENT: &str = "detente";
/// No robots.txt is read further (RFC 9309 asks for 500 KiB at least).
const ROBOTS_BYTES: u64 = 512 << 10;

/// A host that failed to answer so often in a row is not asked again.
const MOST_FAILURES: u8 = 3;

/// How to fetch; the defaults are careful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpOptions {
    /// How long one page may take with all its redirects, robots.txt included.
    pub timeout: Duration,
    /// Bytes of one page.
    pub most_bytes: u64,
    /// How many redirects are followed.
    pub most_redirects: usize,
    /// Whether robots.txt is asked.
    pub robots: bool,
    /// Whether a private address may be fetched when it is the one the user named. A redirect or a name that leads from one
    /// host to a private address of another is refused always.
    pub allow_private: bool,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            most_bytes: 8 << 20,
            most_redirects: 5,
            robots: true,
            allow_private: false,
        }
    }
}

/// Fetches pages over HTTP and HTTPS.
#[derive(Debug)]
pub struct HttpFetcher {
    options: HttpOptions,
    network: Box<dyn Network>,
    /// What is known of the hosts, by their origin.
    hosts: Mutex<FxHashMap<String, Host>>,
}

#[derive(Debug, Default)]
struct Host {
    /// Its robots.txt, once it was asked.
    rules: Option<String>,
    /// How often in a row it did not answer.
    failures: u8,
}

/// What names lead to and how connections are made. Whatever it is, an agent is made by [`guarded`].
trait Network: Debug + Send + Sync {
    fn agent(&self, config: Config, allowed: Option<String>) -> Agent;
}

#[derive(Debug)]
struct Internet;

impl Network for Internet {
    fn agent(&self, config: Config, allowed: Option<String>) -> Agent {
        guarded(config, allowed, DefaultResolver::default(), DefaultConnector::default())
    }
}

/// An agent that connects to nothing but the addresses its guard has checked: a name is resolved once a connection, and
/// what came out is both checked and connected to, so that a name cannot lead elsewhere in between.
fn guarded(
    config: Config,
    allowed: Option<String>,
    names: impl Resolver,
    connector: impl Connector,
) -> Agent {
    Agent::with_parts(config, connector, Guard { allowed, names })
}

impl Default for HttpFetcher {
    fn default() -> Self {
        Self::new(HttpOptions::default())
    }
}

impl HttpFetcher {
    /// A fetcher with these options.
    pub fn new(options: HttpOptions) -> Self {
        Self { options, network: Box::new(Internet), hosts: Mutex::default() }
    }

    /// One agent for one page: what it may reach depends on the host that was named.
    fn visit(&self, named: &Url) -> Visit {
        let config = Config::builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent(concat!("detente/", env!("CARGO_PKG_VERSION"), " (reads pages that its user names)"))
            .build();
        let allowed = self.options.allow_private.then(|| named.host_str().unwrap_or_default().to_owned());
        Visit { agent: self.network.agent(config, allowed), until: Instant::now() + self.options.timeout }
    }

    fn hosts(&self) -> MutexGuard<'_, FxHashMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn allowed(&self, visit: &Visit, url: &Url) -> bool {
        if !self.options.robots {
            return true;
        }
        let origin = url.origin().ascii_serialization();
        let known = self.hosts().get(&origin).and_then(|host| host.rules.clone());
        let rules = known.unwrap_or_else(|| {
            let rules = visit.rules(&format!("{origin}/robots.txt"));
            self.hosts().entry(origin).or_default().rules = Some(rules.clone());
            rules
        });
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        robots::allows(&rules, AGENT, path)
    }

    /// Asks a host that still answers.
    fn ask(&self, visit: &Visit, url: &Url, held: &Validators) -> Result<Response<Body>, String> {
        let origin = url.origin().ascii_serialization();
        if self.hosts().get(&origin).is_some_and(|host| host.failures >= MOST_FAILURES) {
            return Err(format!("{origin} did not answer {MOST_FAILURES} times and is not asked again"));
        }
        if !self.allowed(visit, url) {
            return Err("robots.txt does not allow it".to_owned());
        }
        let answer = visit.get(url.as_str(), held);
        let mut hosts = self.hosts();
        let host = hosts.entry(origin).or_default();
        host.failures =
            if answer.as_ref().is_err_and(is_silence) { host.failures.saturating_add(1) } else { 0 };
        answer.map_err(|error| error.to_string())
    }

    /// Sends a body to an address, guarded like a fetch; follows no redirect. The status of the answer.
    ///
    /// # Errors
    /// When the address cannot be reached or is not allowed.
    pub fn post(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<u16, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("nothing is sent to `{}`, only to http and https", url.scheme()));
        }
        let agent = self.visit(&url).agent;
        let mut request =
            agent.post(url.as_str()).config().timeout_global(Some(self.options.timeout)).build();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send(body).map(|response| response.status().as_u16()).map_err(|error| error.to_string())
    }

    fn page(&self, mut response: Response<Body>, url: &Url) -> Result<Fetched, String> {
        let charset = response.body().charset().map(str::to_owned);
        let body = response.body_mut().with_config().limit(self.options.most_bytes).read_to_vec();
        let body = body.map_err(|error| error.to_string())?;
        Ok(Fetched { url: url.to_string(), charset, body })
    }
}

impl HttpFetcher {
    /// The answer at the end of all redirects, and where that is.
    fn arrive(&self, url: &str, held: &Validators) -> Result<(Response<Body>, Url), String> {
        let mut url = Url::parse(url).map_err(|error| error.to_string())?;
        let visit = self.visit(&url);
        for _ in 0..=self.options.most_redirects {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(format!("`{}` is not fetched, only http and https", url.scheme()));
            }
            let response = self.ask(&visit, &url, held)?;
            match response.status().as_u16() {
                301 | 302 | 303 | 307 | 308 => url = target(&response, &url)?,
                _ => return Ok((response, url)),
            }
        }
        Err(format!("more than {} redirects", self.options.most_redirects))
    }
}

impl Fetch for HttpFetcher {
    fn get(&self, url: &str) -> Result<Fetched, String> {
        let (response, url) = self.arrive(url, &Validators::default())?;
        match response.status().as_u16() {
            200..=299 => self.page(response, &url),
            status => Err(format!("the server answers {status}")),
        }
    }
}

impl Poll for HttpFetcher {
    fn poll(&self, url: &str, held: &Validators) -> Result<Polled, String> {
        let (response, url) = self.arrive(url, held)?;
        match response.status().as_u16() {
            200..=299 => {
                let validators = validators(&response);
                Ok(Polled::Changed { page: self.page(response, &url)?, validators })
            }
            304 => Ok(Polled::Unchanged),
            status => Ok(Polled::Refused { status, wait: wait(&response) }),
        }
    }
}

/// Longer validators are not kept: they are sent back each time.
const LONGEST_VALIDATOR: usize = 500;

fn validators(response: &Response<Body>) -> Validators {
    let value = |name| header(response, name).filter(|value| value.len() <= LONGEST_VALIDATOR);
    Validators {
        etag: value("etag").map(str::to_owned),
        last_modified: value("last-modified").map(str::to_owned),
    }
}

/// How long the server wants to be left alone: in seconds, or until a day and time, seen from its own.
fn wait(response: &Response<Body>) -> Option<Duration> {
    let told = header(response, "retry-after")?.trim();
    let moment = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
    let until = || {
        let (now, then) = (moment(header(response, "date")?)?, moment(told)?);
        u64::try_from(then.as_second().saturating_sub(now.as_second())).ok()
    };
    told.parse().ok().or_else(until).map(Duration::from_secs)
}

fn header<'r>(response: &'r Response<Body>, name: &str) -> Option<&'r str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

/// One page with all its redirects: what it may reach, and until when.
struct Visit {
    agent: Agent,
    until: Instant,
}

impl Visit {
    fn get(&self, url: &str, held: &Validators) -> Result<Response<Body>, ureq::Error> {
        let left = self.until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        let mut request = self.agent.get(url).config().timeout_global(Some(left)).build();
        for (name, value) in [("if-none-match", &held.etag), ("if-modified-since", &held.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.call()
    }

    /// The rules of a host: none where it has no robots.txt, everything closed where it fails to say.
    fn rules(&self, url: &str) -> String {
        const CLOSED: &str = "User-agent: *\nDisallow: /\n";
        match self.get(url, &Validators::default()) {
            Ok(mut response) if response.status().is_success() => {
                response.body_mut().with_config().limit(ROBOTS_BYTES).read_to_string().unwrap_or_default()
            }
            Ok(response) if response.status().is_server_error() => CLOSED.to_owned(),
            _ => String::new(),
        }
    }
}

/// Whether a host gave no answer at all, of any kind.
fn is_silence(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Timeout(_) | ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => true,
        ureq::Error::Io(error) => matches!(
            error.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::ConnectionReset
                | ErrorKind::TimedOut
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
        ),
        _ => false,
    }
}

fn target(response: &Response<Body>, from: &Url) -> Result<Url, String> {
    let location = header(response, "location").ok_or("a redirect without a target")?;
    from.join(location).map_err(|error| error.to_string())
}

/// Resolves names, and refuses those that lead to a private address; the connection uses the addresses checked here.
#[derive(Debug)]
struct Guard<R> {
    /// The host that may be private.
    allowed: Option<String>,
    names: R,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let named = self.allowed.as_deref().is_some_and(|allowed| uri.host() == Some(allowed));
        let private = |address: &SocketAddr| is_private(address.ip());
        if !named && found.iter().any(private) {
            let message = format!("{} leads to a private address", uri.host().unwrap_or_default());
            return Err(ureq::Error::Io(std::io::Error::other(message)));
        }
        Ok(found)
    }
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
