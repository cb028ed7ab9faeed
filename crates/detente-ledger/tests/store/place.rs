//! A fresh place for a ledger, gone after the test.

use std::future::Future;
use std::path::PathBuf;

use detente_ledger::store::Ledger;

use crate::server;

pub struct Place {
    pub address: String,
    folder: Option<PathBuf>,
}

impl Place {
    /// A file in a folder of its own.
    pub fn sqlite(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("detente-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self { address: folder.join("news.db").display().to_string(), folder: Some(folder) }
    }

    /// A database on a server of our own; `None`, said aloud, where no PostgreSQL is installed.
    pub fn postgres(name: &str) -> Option<Self> {
        Some(Self { address: server::running()?.database(name), folder: None })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Runs a promise at a place.
pub fn run<F: Future<Output = ()>>(place: &Place, promise: impl Fn(Ledger, String) -> F) {
    block_on(async {
        let ledger = Ledger::open(&place.address).await.unwrap();
        promise(ledger, place.address.clone()).await;
    });
}

pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}
