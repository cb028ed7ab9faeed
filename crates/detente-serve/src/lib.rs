//! The newsroom desk in a browser.
//!
//! Pages over a ledger, rendered on the server; the same address with `.json`, and where it makes sense `.csv`, `.ics`, `.atom` or
//! `.svg`, gives the same content to machines. [`Desk`] holds what all requests share, [`router`] is the whole desk,
//! [`reading_shapes`] makes it a service, [`serve`] runs that on an address.
//!
//! It promises that every page works without scripts, that no text of an article is ever taken for markup, and that the same
//! ledger gives the same bytes and the same `ETag`. It fetches no news, codes nothing, and judges nothing: that is the work of
//! the rooms below it. Its addresses are told in `docs/serve.md`.

mod api;
mod desk;
mod destination;
mod draw;
mod http;
mod letter;
mod limits;
mod measure;
mod names;
mod notify;
mod options;
mod own;
mod page;
mod record;
mod remember;
mod routes;
mod schema;
mod sums;
mod wanted;
mod write;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;

pub use desk::Desk;
pub use letter::{Letter, Mail};
pub use notify::{Post, Senders};
pub use options::Options;
pub use own::{Account, Own, OwnError, Role};
pub use routes::{Shaped, reading_shapes, router};

/// Why a desk could not be opened.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {at}: {source}")]
    Bind {
        /// The address.
        at: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The desk stopped.
    #[error("the desk stopped: {0}")]
    Stopped(#[from] std::io::Error),
}

impl ServeError {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bind { .. } => "serve/bind",
            Self::Stopped(_) => "serve/stopped",
        }
    }
}

/// Listens on an address; port 0 takes any that is free.
///
/// # Errors
/// Where the address cannot be taken.
pub async fn listen(at: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(at).await.map_err(|source| ServeError::Bind { at, source })
}

/// How long requests under way may take when the desk stops.
const PATIENCE: Duration = Duration::from_secs(3);

/// Answers requests until `stop` comes true; requests under way are finished within a few seconds.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    desk: Arc<Desk>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let watching = tokio::spawn(routes::watch(Arc::clone(&desk)));
    let telling = desk.own.clone().filter(|_| desk.senders.has_any());
    let telling = telling.map(|own| tokio::spawn(notify::keep_telling(Arc::clone(&desk), own)));
    let service = routes::service(router(desk));
    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let stop = async move {
        stop.await;
        let _ = stopping.send(());
    };
    // An open stream never finishes by itself.
    let patience = async {
        match stopped.await {
            Ok(()) => tokio::time::sleep(PATIENCE).await,
            Err(_) => std::future::pending().await,
        }
    };
    let served = tokio::select! {
        served = axum::serve(listener, service).with_graceful_shutdown(stop).into_future() => served,
        () = patience => Ok(()),
    };
    watching.abort();
    telling.inspect(tokio::task::JoinHandle::abort);
    Ok(served?)
}
