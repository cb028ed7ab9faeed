//! Subscriptions: what somebody is told of, and what could not be delivered.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer, answer_json};
use crate::own::{Matter, Role, Subscription};

/// Subscriptions of somebody; of all, for an owner.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Subscriptions {
    subscriptions: Vec<Subscription>,
}

#[derive(Template)]
#[template(path = "subscriptions.html")]
struct SubscriptionsPage {
    frame: Frame,
    held: Subscriptions,
    query: String,
    /// Whether this desk sends letters.
    mails: bool,
}

/// Shows them, with a form for a new one.
pub async fn show(asked: Asked) -> Answer {
    let held = held(&asked).await?;
    let query = asked.params.text("query").unwrap_or_default().to_owned();
    let frame = Frame::new(&asked, "Subscriptions", SubscriptionsPage::SHAPES);
    answer(&asked, &SubscriptionsPage { frame, held, query, mails: asked.desk.senders.mail.is_some() })
}

/// Gives them.
pub async fn list(asked: Asked) -> Answer {
    answer_json(&asked, &held(&asked).await?)
}

async fn held(asked: &Asked) -> Result<Subscriptions, Fault> {
    let account = asked.visitor.allowed(Role::Reader)?;
    let own = asked.desk.own.as_ref().ok_or_else(Fault::read_only)?;
    let whose = Some(account.name.as_str()).filter(|_| account.role < Role::Owner);
    Ok(Subscriptions { subscriptions: own.subscriptions(whose).await? })
}

impl SubscriptionsPage {
    fn matters(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Matter::ALL.iter().map(|matter| (matter.as_str(), matter.meaning()))
    }
}

impl Page for SubscriptionsPage {
    type Data = Subscriptions;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Subscriptions {
        &self.held
    }
}
