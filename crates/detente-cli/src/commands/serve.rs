//! `detente serve`: the newsroom desk in a browser.

use std::net::SocketAddr;

use clap::Args;
use detente::Parties;
use detente::ledger::store::Access;
use detente::lexicon::Lexicon;
use detente::model::Dyad;
use detente_serve::{Desk, Options, listen};

use crate::failure::{Failure, Outcome};
use crate::ledger::LedgerOption;

/// Show a ledger as pages in a browser
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    ledger: LedgerOption,
    /// Where to listen; other machines are let in only by an address that is not of this one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// A pair on the front desk, such as RUS-USA; may be repeated. Without any, the busiest
    #[arg(long = "watch", value_name = "A-B")]
    watched: Vec<String>,
    /// The address under which readers know the desk, for links in feeds
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
}

impl Serve {
    /// Answers requests until Ctrl-C is heard.
    pub fn run(self) -> Result<Outcome, Failure> {
        let options = Options { watched: self.pairs()?, public_address: self.public_address.clone() };
        let opened = self.ledger.open(Access::Read)?;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let mut stop = Some(stop);
        // Without a handler Ctrl-C ends the program as ever.
        let _ = ctrlc::set_handler(move || {
            stop.take().map(|stop| stop.send(()));
        });
        let ledger = opened.kept.ledger().clone();
        opened.kept.wait(async {
            let listener = listen(self.bind).await?;
            let desk = Desk::new(ledger, options);
            eprintln!("detente: the desk is at http://{}", listener.local_addr().unwrap_or(self.bind));
            detente_serve::serve(listener, desk, async { _ = stopped.await }).await
        })?;
        Ok(Outcome::Complete)
    }

    fn pairs(&self) -> Result<Vec<Dyad>, Failure> {
        let parties = Parties::new(Lexicon::builtin(), None);
        let party = |words: &str| parties.find(words).ok_or_else(|| Failure::UnknownParty(words.to_owned()));
        let pair = |text: &String| {
            let (a, b) = text.split_once('-').ok_or_else(|| Failure::UnknownParty(text.clone()))?;
            let (a, b) = (party(a)?, party(b)?);
            Dyad::new(a, b).ok_or(Failure::SameParty(a))
        };
        self.watched.iter().map(pair).collect()
    }
}
