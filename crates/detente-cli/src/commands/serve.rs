//! `detente serve`: the newsroom desk in a browser.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use detente::Parties;
use detente::ledger::store::Access;
use detente::lexicon::Lexicon;
use detente::model::Dyad;
use detente_serve::{Desk, Mail, Options, Own, Post, Senders, listen};

use crate::failure::{Failure, Outcome};
use crate::ledger::LedgerOption;
use crate::log::Log;

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
    /// Let everybody read only: no accounts, no notes, no reviews; the ledger may lie in a folder that cannot be written
    #[arg(long)]
    read_only: bool,
    /// Let only people with an account read
    #[arg(long, conflicts_with = "read_only")]
    private: bool,
    /// Let people without an account suggest corrections
    #[arg(long, conflicts_with_all = ["read_only", "private"])]
    guests: bool,
    /// The desk's own file; without it, the ledger's name with `.desk` at the end
    #[arg(long, value_name = "FILE")]
    desk: Option<PathBuf>,
    /// Let subscribers name addresses of private networks, too
    #[cfg(feature = "fetch")]
    #[arg(long)]
    allow_private_webhooks: bool,
    /// Requests a second that another machine may send to read; 0 for any number
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    reads: u32,
    /// Requests a second that one address may send to write; 0 for any number
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    writes: u32,
    /// How to write what happens to standard error
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Log::Text)]
    log: Log,
    /// Tell of requests that take longer than so many milliseconds; 0 for none
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 1000)]
    slow: u64,
    /// Send letters by this server: smtp://USER@HOST or smtps://…; its password is read from DETENTE_SMTP_PASSWORD
    #[cfg(feature = "mail")]
    #[arg(long, value_name = "URL", requires_all = ["mail_from", "public_address"], conflicts_with = "read_only")]
    smtp: Option<String>,
    /// Whom letters are from
    #[cfg(feature = "mail")]
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    mail_from: Option<String>,
    /// The address under which readers know the desk, for links in feeds and letters
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
}

impl Serve {
    /// Answers requests until Ctrl-C is heard.
    pub fn run(self) -> Result<Outcome, Failure> {
        let options = Options {
            watched: self.pairs()?,
            public_address: self.public_address.clone(),
            private: self.private,
            guests_suggest: self.guests,
            reads: self.reads,
            writes: Some(self.writes),
            slow: (self.slow > 0).then(|| Duration::from_millis(self.slow)),
        };
        self.log.begin();
        let access = if self.read_only { Access::Read } else { Access::Write };
        let opened = self.ledger.open(access)?;
        let own = self.own()?;
        let senders = Senders { post: self.post(), mail: self.mail()? };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let mut stop = Some(stop);
        // Without a handler Ctrl-C ends the program as ever.
        let _ = ctrlc::set_handler(move || {
            stop.take().map(|stop| stop.send(()));
        });
        let ledger = opened.kept.ledger().clone();
        opened.kept.wait(async {
            let listener = listen(self.bind).await?;
            let own = match own {
                Some(path) => Some(Own::open(&path).await?),
                None => None,
            };
            let desk = Desk::new(ledger, own, senders, options);
            self.say_where(listener.local_addr().unwrap_or(self.bind));
            Ok::<(), Failure>(detente_serve::serve(listener, desk, async { _ = stopped.await }).await?)
        })?;
        opened.kept.wait(opened.kept.ledger().clone().close());
        Ok(Outcome::Complete)
    }

    /// Says where the desk is, in the form that is wanted.
    fn say_where(&self, at: SocketAddr) {
        match self.log {
            Log::Text => eprintln!("detente: the desk is at http://{at}"),
            Log::Json => tracing::info!(address = %format!("http://{at}"), "the desk is open"),
        }
    }

    /// How subscribers are told.
    #[cfg(feature = "fetch")]
    fn post(&self) -> Option<Arc<dyn Post>> {
        Some(crate::post::over_http(self.allow_private_webhooks))
    }

    /// How letters are sent, if they are.
    #[cfg(feature = "mail")]
    fn mail(&self) -> Result<Option<Arc<dyn Mail>>, Failure> {
        let both = self.smtp.as_deref().zip(self.mail_from.as_deref());
        both.map(|(server, from)| crate::mail::over_smtp(server, from)).transpose()
    }

    /// This program sends none.
    #[cfg(not(feature = "mail"))]
    fn mail(&self) -> Result<Option<Arc<dyn Mail>>, Failure> {
        Ok(None)
    }

    /// Without a way to reach them nobody is told.
    #[cfg(not(feature = "fetch"))]
    fn post(&self) -> Option<Arc<dyn Post>> {
        None
    }

    /// Where the desk's own file lies; a desk that is for reading only has none.
    fn own(&self) -> Result<Option<PathBuf>, Failure> {
        match (&self.desk, self.read_only) {
            (_, true) => Ok(None),
            (Some(path), false) => Ok(Some(path.clone())),
            (None, false) => crate::desk::beside(self.ledger.address()).map(Some),
        }
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
