//! Who asks: a guest, somebody signed in, or a program with a token.

use axum::http::header::{AUTHORIZATION, COOKIE, ORIGIN};
use axum::http::{HeaderMap, HeaderName, StatusCode};

use super::fault::Fault;
use super::params::Params;
use crate::desk::Desk;
use crate::own::{Account, GUEST, Role, now, same};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Visitor {
    /// Nobody that is known.
    #[default]
    Guest,
    /// Somebody who signed in with a browser; every form of theirs carries the second.
    SignedIn(Account, String),
    /// A program with a token.
    Bearer(Account),
}

/// The name of the cookie that holds the secret of a session.
pub const COOKIE_NAME: &str = "desk";

impl Visitor {
    /// Who sends these headers.
    pub async fn of(desk: &Desk, headers: &HeaderMap) -> Result<Self, Fault> {
        let Some(own) = &desk.own else { return Ok(Self::Guest) };
        if let Some(value) = headers.get(AUTHORIZATION) {
            let secret = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
            let account = match secret {
                Some(secret) => own.bearer(secret.trim()).await?,
                None => None,
            };
            return account.map(Self::Bearer).ok_or_else(Fault::bad_token);
        }
        match cookie(headers) {
            Some(secret) => match own.session(secret, now()).await? {
                Some(session) => Ok(Self::SignedIn(session.account, session.csrf)),
                None => Ok(Self::Guest),
            },
            None => Ok(Self::Guest),
        }
    }

    /// The account, if there is one.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Guest => None,
            Self::SignedIn(account, _) | Self::Bearer(account) => Some(account),
        }
    }

    /// The name that what they write is kept under.
    pub fn name(&self) -> &str {
        self.account().map_or(GUEST, |account| &account.name)
    }

    /// Whether they may do what this role may.
    pub fn is(&self, role: Role) -> bool {
        self.account().is_some_and(|account| account.role >= role)
    }

    /// Their account, if its role is enough.
    pub fn allowed(&self, role: Role) -> Result<&Account, Fault> {
        match self.account() {
            None => Err(Fault::sign_in()),
            Some(account) if account.role < role => Err(Fault::role(role)),
            Some(account) => Ok(account),
        }
    }

    /// What a form of theirs must carry; empty for who has no session.
    pub fn csrf(&self) -> &str {
        match self {
            Self::SignedIn(_, csrf) => csrf,
            _ => "",
        }
    }

    /// Refuses what another site sends in somebody's name to the desk at this address: a browser says where a form comes from, and every
    /// form of a session carries its word.
    pub fn sends(&self, headers: &HeaderMap, form: &Params, desk: &str) -> Result<(), Fault> {
        if matches!(self, Self::Bearer(_)) {
            return Ok(());
        }
        let word = form.text("csrf").or_else(|| text(headers, &HeaderName::from_static("x-csrf-token")));
        let has_word = self.csrf().is_empty() || same(word.unwrap_or_default(), self.csrf());
        if is_from_here(headers, desk) && has_word { Ok(()) } else { Err(Fault::forged()) }
    }
}

/// The secret of a session.
pub fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(name, _)| *name == COOKIE_NAME))
        .map(|(_, secret)| secret)
}

/// Whether a browser sent this from a page of the desk at this address; programs send no such headers.
fn is_from_here(headers: &HeaderMap, desk: &str) -> bool {
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    let same_site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host =
        |address: &str| address.split_once("://").map(|(_, host)| host.trim_end_matches('/').to_owned());
    let origin = text(headers, &ORIGIN).map(host);
    same_site && origin.is_none_or(|origin| origin.is_some() && origin == host(desk))
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

impl Fault {
    fn bad_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "serve/token", "this token is not known")
            .hint("make one with `detente account token NAME`, and send it as `Authorization: Bearer TOKEN`")
    }

    /// Only somebody known may do this.
    pub fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "serve/sign-in", "this is for people who are signed in").hint(
            "sign in at /sign-in; the owner of this desk makes accounts with `detente account add NAME`",
        )
    }

    fn role(role: Role) -> Self {
        Self::new(StatusCode::FORBIDDEN, "serve/role", format!("this is for a {role}"))
    }

    fn forged() -> Self {
        Self::new(StatusCode::FORBIDDEN, "serve/forged", "this form does not come from a page of this desk")
            .hint("open the page again and send the form from there")
    }
}
