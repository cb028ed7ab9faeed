//! A ledger made once of our own reports, a desk over it, and requests without a network.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use detente::Pipeline;
use detente::ledger::store::{Entry, Ledger, Versions};
use detente::model::Article;
use detente_ingest::signature;
use detente_serve::{Desk, Options, Own, Role, Senders, reading_shapes, router};
use jiff::civil::{Date, date};
use tower::ServiceExt;

/// What came back.
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Response {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Runs a test on a desk over the ledger of our own reports.
pub fn on_desk<F: Future<Output = ()>>(test: impl FnOnce(Arc<Desk>) -> F) {
    on_ledger(&ours(), test);
}

/// Runs a test on a desk over a ledger.
pub fn on_ledger<F: Future<Output = ()>>(path: &Path, test: impl FnOnce(Arc<Desk>) -> F) {
    on_desk_of(path, None, Senders::default(), Options::default(), test);
}

/// Runs a test on a desk that takes what readers write: over a copy of the ledger of our own reports, with an account of each role.
pub fn on_newsroom<F: Future<Output = ()>>(name: &str, options: Options, test: impl FnOnce(Arc<Desk>) -> F) {
    on_telling_newsroom(name, Senders::default(), options, test);
}

/// The same, with a way to tell subscribers.
pub fn on_telling_newsroom<F: Future<Output = ()>>(
    name: &str,
    senders: Senders,
    options: Options,
    test: impl FnOnce(Arc<Desk>) -> F,
) {
    let path = fresh(name);
    std::fs::copy(ours(), &path).unwrap();
    let own = fresh(&format!("{name}-own"));
    on_desk_of(&path, Some(&own), senders, options, test);
}

fn on_desk_of<F: Future<Output = ()>>(
    path: &Path,
    own: Option<&Path>,
    senders: Senders,
    options: Options,
    test: impl FnOnce(Arc<Desk>) -> F,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = Ledger::open(path.to_str().unwrap()).await.unwrap();
        let own = match own {
            Some(path) => Some(staffed(path).await),
            None => None,
        };
        let desk = Desk::new(ledger, own, senders, options);
        desk.look().await.unwrap();
        test(desk).await;
    });
}

/// The password of every account of a test.
pub const PASSWORD: &str = "a long enough word";

async fn staffed(path: &Path) -> Own {
    let own = Own::open(path).await.unwrap();
    for role in Role::ALL {
        own.add_account(role.as_str(), *role, PASSWORD).await.unwrap();
    }
    own
}

/// A path in the folder of this test run, with nothing there.
fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.db", std::process::id()));
    for rest in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{rest}", path.display()));
    }
    path
}

/// Asks for an address.
pub async fn get(desk: &Arc<Desk>, address: &str) -> Response {
    ask(desk, Request::get(address).header("host", "desk.test").body(Body::empty()).unwrap()).await
}

/// Sends a request.
pub async fn ask(desk: &Arc<Desk>, request: Request<Body>) -> Response {
    let response = reading_shapes(router(Arc::clone(desk))).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 64 << 20).await.unwrap();
    Response { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// A ledger of these articles in the folder of this test run.
pub fn kept(name: &str, articles: Vec<Article>) -> PathBuf {
    let path = fresh(name);
    let pipeline = Pipeline::builtin();
    let entry = |article: Article| {
        let events = pipeline.read(&article).events;
        Entry { signature: signature(&article), article, events }
    };
    let entries: Vec<Entry> = articles.into_iter().map(entry).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = Ledger::open(path.to_str().unwrap()).await.unwrap();
        ledger.append(&entries, &Versions::default(), date(2020, 1, 1)).await.unwrap();
        ledger.derive(|_| {}).await.unwrap();
        ledger.close().await;
    });
    path
}

/// The ledger of the episodes of the codebook and the example reports; the Koreas come last, so that theirs is the last day.
pub fn ours() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let mut articles = episode("koreas");
        articles.extend(episode("cuba"));
        let text = std::fs::read_to_string(root().join("examples/embassies.txt")).unwrap();
        let (title, text) = text.split_once('\n').unwrap();
        let mut example =
            Article::of_text("examples/embassies.txt", title, text).published_on(date(2015, 7, 20));
        example.site = Some("Desk Wire".to_owned());
        articles.push(example);
        kept("ours", articles)
    };
    MADE.get_or_init(make).clone()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The reports of an episode: `## day headline` and paragraphs.
fn episode(name: &str) -> Vec<Article> {
    let text = std::fs::read_to_string(root().join(format!("codebook/episodes/{name}.md"))).unwrap();
    let report = |(i, part): (usize, &str)| {
        let (head, body) = part.split_once('\n').unwrap();
        let (day, title) = head.split_once(' ').unwrap();
        let day: Date = day.parse().unwrap();
        Article::of_text(format!("{name}/{i}"), title, body.trim()).published_on(day)
    };
    text.split("\n## ").skip(1).enumerate().map(report).collect()
}
