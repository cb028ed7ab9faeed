//! Signing in, and what belongs to an account.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer};
use crate::own::{Account, Role, Token};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    frame: Frame,
}

/// An account and its tokens.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Own {
    account: Account,
    tokens: Vec<Token>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    own: Own,
}

/// Shows the form.
pub async fn sign_in(asked: Asked) -> Answer {
    let frame = Frame::new(&asked, "Sign in", &[]);
    answer(&asked, &SignInPage { frame })
}

/// Shows the account of who asks.
pub async fn show(asked: Asked) -> Answer {
    let account = asked.visitor.allowed(Role::Reader)?.clone();
    let store = asked.desk.own.as_ref().ok_or_else(Fault::read_only)?;
    let own = Own { tokens: store.tokens(&account.name).await?, account };
    let frame = Frame::new(&asked, "Your account", AccountPage::SHAPES);
    answer(&asked, &AccountPage { frame, own })
}

impl AccountPage {
    /// The roles that a token of theirs may have.
    fn roles(&self) -> impl Iterator<Item = &'static str> {
        Role::ALL.iter().filter(|role| **role <= self.own.account.role).map(|role| role.as_str())
    }
}

impl Page for SignInPage {
    type Data = ();
    const SHAPES: &'static [Shape] = &[];

    fn data(&self) -> &() {
        &()
    }
}

impl Page for AccountPage {
    type Data = Own;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Own {
        &self.own
    }
}
