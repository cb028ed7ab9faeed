//! Two pairs side by side.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use detente::model::Dyad;
use schemars::JsonSchema;
use serde::Serialize;

use super::pair::{Standing, standing};
use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer};

/// Two pairs on one day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison {
    left: Standing,
    right: Standing,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    comparison: Comparison,
}

/// Leads the form of a pair's page to the comparison it asks for.
pub async fn choose(asked: Asked) -> Answer {
    let text = |name: &str| asked.params.text(name).unwrap_or_default();
    let (left, right) = (dyad(&asked, text("left"))?, asked.pair(text("a"), text("b"))?);
    Ok(Redirect::to(&format!("/compare/{left}/{right}")).into_response())
}

/// Shows both.
pub async fn show(asked: Asked, Path((left, right)): Path<(String, String)>) -> Answer {
    let (left, right) = (dyad(&asked, &left)?, dyad(&asked, &right)?);
    let on = asked.day().await?;
    let comparison =
        Comparison { left: standing(&asked, left, on).await?, right: standing(&asked, right, on).await? };
    let frame = Frame::new(&asked, format!("{left} beside {right}"), ComparePage::SHAPES);
    answer(&asked, &ComparePage { frame, comparison })
}

/// `RUS-USA`.
fn dyad(asked: &Asked, text: &str) -> Result<Dyad, Fault> {
    let (a, b) = text.split_once('-').ok_or_else(|| Fault::unknown_party(text))?;
    asked.pair(a, b)
}

impl ComparePage {
    fn sides(&self) -> [&Standing; 2] {
        [&self.comparison.left, &self.comparison.right]
    }
}

impl Page for ComparePage {
    type Data = Comparison;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Comparison {
        &self.comparison
    }
}
