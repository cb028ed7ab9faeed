//! Addresses and what answers them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request};
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{ServiceExt, http};
use tower::Layer;
use tower::util::MapRequestLayer;

use crate::api;
use crate::desk::Desk;
use crate::http as desk_http;
use crate::http::{Answer, Fault, faults, headers, shaped};
use crate::limits::limit;
use crate::measure::{health, measure, metrics};
use crate::page;
use crate::remember::remember;
use crate::write;

/// Bytes that a form or an object sent to the desk may have.
const LARGEST_BODY: usize = 64 << 10;
/// How often the desk looks whether the ledger has changed.
const LOOK: Duration = Duration::from_secs(1);

/// The whole desk, without the reading of shapes from addresses, which [`service`] puts before it.
pub fn router(desk: Arc<Desk>) -> Router {
    pages()
        .merge(api::router())
        .fallback(async || Fault::address())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(&desk), remember))
        .layer(from_fn_with_state(Arc::clone(&desk), limit))
        .layer(from_fn_with_state(Arc::clone(&desk), faults))
        .layer(from_fn(headers))
        .layer(from_fn_with_state(Arc::clone(&desk), measure))
        .with_state(desk)
}

/// A router as it is served: the ending of an address is taken off before its page is looked for.
pub fn service(
    router: Router,
) -> axum::extract::connect_info::IntoMakeServiceWithConnectInfo<Shaped, std::net::SocketAddr> {
    ServiceExt::<Request>::into_make_service_with_connect_info(reading_shapes(router))
}

/// A router behind the reading of shapes.
pub type Shaped = tower::util::MapRequest<Router, fn(Request) -> Request>;

/// Puts the reading of shapes before a router.
pub fn reading_shapes(router: Router) -> Shaped {
    MapRequestLayer::new(shaped as fn(Request) -> Request).layer(router)
}

/// Looks at the ledger again and again, for as long as the desk is there.
pub async fn watch(desk: Arc<Desk>) {
    let mut ticks = tokio::time::interval(LOOK);
    loop {
        ticks.tick().await;
        // A ledger that is busy for a moment is looked at again.
        let _ = desk.look().await;
    }
}

fn pages() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(page::front::show))
        .route("/desk", get(page::front::show))
        .route("/pair/{a}/{b}", get(page::pair::show))
        .route("/compare", get(page::compare::choose))
        .route("/compare/{left}/{right}", get(page::compare::show))
        .route("/matrix", get(page::matrix::show))
        .route("/network", get(page::network::show))
        .route("/map", get(page::map::show))
        .route("/agenda", get(page::agenda::show))
        .route("/contact/{id}", get(page::contact::show))
        .route("/events", get(page::events::show))
        .route("/event/{key}", get(page::event::show))
        .route("/why/{key}", get(page::why::show))
        .route("/article/{id}", get(page::article::show))
        .route("/actor/{code}", get(page::actor::show))
        .route("/sources", get(page::source::all))
        .route("/source/{name}", get(page::source::show))
        .route("/ask", get(page::ask::show))
        .route("/about", get(page::about::show))
        .route("/reviews", get(page::reviews::show))
        .route("/sign-in", get(page::account::sign_in).post(write::sign::sign_in))
        .route("/sign-out", post(write::sign::sign_out))
        .route("/account", get(page::account::show))
        .route("/subscriptions", get(page::subscriptions::show).post(write::subscription::make))
        .route("/subscriptions/{id}/end", post(write::subscription::end))
        .route("/subscriptions/{id}/revive", post(write::subscription::revive))
        .route("/letters/{key}", get(write::letters::show).post(write::letters::take))
        .route("/account/tokens", post(write::token::make))
        .route("/account/tokens/{id}/remove", post(write::token::remove))
        .route("/event/{key}/review", post(write::review::take))
        .route("/event/{key}/note", post(write::note::on_event))
        .route("/article/{id}/note", post(write::note::on_article))
        .route("/suggestion/{id}", post(write::decision::take))
        .route("/static/{file}", get(asset))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
}

/// A file that pages use.
async fn asset(headers: http::HeaderMap, Path(file): Path<String>) -> Answer {
    let (media_type, body) = match file.as_str() {
        "desk.css" => ("text/css; charset=utf-8", include_str!("../assets/desk.css")),
        "desk.js" => ("text/javascript; charset=utf-8", include_str!("../assets/desk.js")),
        "mark.svg" => ("image/svg+xml; charset=utf-8", include_str!("../assets/mark.svg")),
        _ => return Err(Fault::address()),
    };
    let holds = headers.get(http::header::IF_NONE_MATCH).and_then(|held| held.to_str().ok());
    let mut response: Response = desk_http::respond(holds, media_type, body.to_owned());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}
