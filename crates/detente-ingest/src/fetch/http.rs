//! Fetching over HTTP with limits.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use rustc_hash::FxHashMap;
use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

use super::address::is_private;
use super::{Fetch, Fetched, robots};

/// The name under which this reader asks, also in robots.txt.
const AGENT: &str = "detente";
/// No robots.txt is read further (RFC 9309 asks for 500 KiB at least).
const ROBOTS_BYTES: u64 = 512 << 10;

/// How to fetch; the defaults are careful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpOptions {
    /// How long one page may take with all its redirects.
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
#[derive(Debug, Default)]
pub struct HttpFetcher {
    options: HttpOptions,
    /// What the hosts allow, by their origin.
    robots: Mutex<FxHashMap<String, String>>,
}

impl HttpFetcher {
    /// A fetcher with these options.
    pub fn new(options: HttpOptions) -> Self {
        Self { options, robots: Mutex::default() }
    }

    /// One agent for one page: what it may reach depends on the host that was named.
    fn agent(&self, named: &Url) -> Agent {
        let config = Config::builder()
            .timeout_global(Some(self.options.timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent(concat!("detente/", env!("CARGO_PKG_VERSION"), " (reads pages that its user names)"))
            .build();
        let allowed = self.options.allow_private.then(|| named.host_str().unwrap_or_default().to_owned());
        Agent::with_parts(
            config,
            DefaultConnector::default(),
            Guard { allowed, inner: DefaultResolver::default() },
        )
    }

    fn allowed(&self, agent: &Agent, url: &Url) -> bool {
        if !self.options.robots {
            return true;
        }
        let origin = url.origin().ascii_serialization();
        let known = self.robots.lock().ok().and_then(|known| known.get(&origin).cloned());
        let rules = known.unwrap_or_else(|| {
            let rules = ask(agent, &format!("{origin}/robots.txt"));
            if let Ok(mut known) = self.robots.lock() {
                known.insert(origin, rules.clone());
            }
            rules
        });
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        robots::allows(&rules, AGENT, path)
    }

    fn page(&self, mut response: Response<Body>, url: &Url) -> Result<Fetched, String> {
        let charset = response.body().charset().map(str::to_owned);
        let body = response.body_mut().with_config().limit(self.options.most_bytes).read_to_vec();
        let body = body.map_err(|error| error.to_string())?;
        Ok(Fetched { url: url.to_string(), charset, body })
    }
}

impl Fetch for HttpFetcher {
    fn get(&self, url: &str) -> Result<Fetched, String> {
        let mut url = Url::parse(url).map_err(|error| error.to_string())?;
        let agent = self.agent(&url);
        for _ in 0..=self.options.most_redirects {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(format!("`{}` is not fetched, only http and https", url.scheme()));
            }
            if !self.allowed(&agent, &url) {
                return Err("robots.txt does not allow it".to_owned());
            }
            let response = agent.get(url.as_str()).call().map_err(|error| error.to_string())?;
            match response.status().as_u16() {
                200..=299 => return self.page(response, &url),
                300..=399 => url = target(&response, &url)?,
                status => return Err(format!("the server answers {status}")),
            }
        }
        Err(format!("more than {} redirects", self.options.most_redirects))
    }
}

/// The rules of a host: none where it has no robots.txt, everything closed where it fails to say.
fn ask(agent: &Agent, url: &str) -> String {
    const CLOSED: &str = "User-agent: *\nDisallow: /\n";
    match agent.get(url).call() {
        Ok(mut response) if response.status().is_success() => {
            response.body_mut().with_config().limit(ROBOTS_BYTES).read_to_string().unwrap_or_default()
        }
        Ok(response) if response.status().is_server_error() => CLOSED.to_owned(),
        _ => String::new(),
    }
}

fn target(response: &Response<Body>, from: &Url) -> Result<Url, String> {
    let location = response.headers().get("location").and_then(|value| value.to_str().ok());
    let location = location.ok_or("a redirect without a target")?;
    from.join(location).map_err(|error| error.to_string())
}

/// Resolves names, and refuses those that lead to a private address; the connection uses the addresses checked here.
#[derive(Debug)]
struct Guard {
    /// The host that may be private.
    allowed: Option<String>,
    inner: DefaultResolver,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let named = self.allowed.as_deref().is_some_and(|allowed| uri.host() == Some(allowed));
        let private = |address: &SocketAddr| is_private(address.ip());
        if !named && found.iter().any(private) {
            let message = format!("{} leads to a private address", uri.host().unwrap_or_default());
            return Err(ureq::Error::Io(std::io::Error::other(message)));
        }
        Ok(found)
    }
}
