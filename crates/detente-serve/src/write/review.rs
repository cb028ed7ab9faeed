//! A word on a code: right, wrong, what it should have been. A reviewer's is kept in the ledger at once, anybody else's is a suggestion.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use detente::ledger::store::{Correction, Review, Verdict};
use detente::model::{Actor, Days};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Sent, written};
use crate::http::{Answer, Asked, Fault, Params, href};
use crate::own::{Proposal, Role};

/// What a program sends; only what is wrong is corrected.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("if" = {"properties": {"correction": {"type": "object"}}, "required": ["correction"]}, "then" = {
    "properties": {"verdict": {"const": "wrong"}}
}))]
pub struct ReviewBody {
    #[schemars(schema_with = "crate::schema::verdicts")]
    verdict: Verdict,
    #[serde(default)]
    #[schemars(schema_with = "crate::schema::maybe_correction")]
    correction: Option<Correction>,
    #[serde(default)]
    #[schemars(length(max = 1000))]
    note: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Kept {
    /// Whether it is a review or waits for a reviewer.
    kept: &'static str,
    /// The number of the suggestion.
    suggestion: Option<i64>,
}

const MOST_NOTE: usize = 1_000;

/// The most parties of one side of a correction, as `crate::schema` says.
pub(crate) const MOST_PARTIES: usize = 20;

/// Takes a word on an event.
pub async fn take(asked: Asked, Path(key): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let desk = &sent.asked.desk;
    desk.ledger().report(&key).await?.ok_or_else(|| Fault::missing("event", &key))?;
    let proposal = proposal(&sent, &key)?;
    let kept = match sent.asked.visitor.is(Role::Reviewer) {
        true => {
            review(&sent.asked, &proposal, None).await?;
            Kept { kept: "review", suggestion: None }
        }
        false => Kept { kept: "suggestion", suggestion: Some(suggest(&sent, &proposal).await?) },
    };
    Ok(sent.done(&format!("{}#reviews", href::event(&key)), kept))
}

/// Keeps a review in the ledger, under the name of who decides.
pub async fn review(asked: &Asked, proposal: &Proposal, by: Option<&str>) -> Result<(), Fault> {
    let account = asked.visitor.allowed(Role::Reviewer)?;
    let suggested = by.map(|by| format!("suggested by {by}"));
    let note = [proposal.note.clone(), suggested].into_iter().flatten().collect::<Vec<_>>().join("; ");
    let review = Review {
        report: proposal.report.clone(),
        verdict: proposal.verdict,
        correction: proposal.correction.clone(),
        note: Some(note).filter(|note| !note.is_empty()),
        reviewer: account.name.clone(),
        on: today(),
    };
    asked.desk.ledger().review(&review).await?;
    Ok(asked.desk.look().await?)
}

async fn suggest(sent: &Sent, proposal: &Proposal) -> Result<i64, Fault> {
    let visitor = &sent.asked.visitor;
    if visitor.account().is_none() && !sent.asked.desk.options.guests_suggest {
        return Err(Fault::sign_in());
    }
    let id = sent.own()?.suggest(proposal, visitor.name()).await?;
    id.ok_or_else(|| {
        Fault::new(StatusCode::SERVICE_UNAVAILABLE, "serve/full", "too many suggestions wait for a decision")
    })
}

/// The day of a review.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn proposal(sent: &Sent, key: &str) -> Result<Proposal, Fault> {
    let body = match sent.is_from_program() {
        true => sent.object::<ReviewBody>()?,
        false => from_form(&sent.form)?,
    };
    let note = body.note.filter(|note| note.len() > MOST_NOTE || !note.trim().is_empty());
    let note = note.map(|note| written("note", &note, MOST_NOTE)).transpose()?;
    let correction = body.correction.filter(|correction| !correction.is_empty()).map(in_order);
    if correction.is_some() && body.verdict != Verdict::Wrong {
        return Err(Fault::parameter("verdict", "only what is wrong is corrected"));
    }
    let sides = correction.iter().flat_map(|correction| [&correction.actors, &correction.recipients]);
    if sides.flatten().any(|side| side.len() > MOST_PARTIES) {
        return Err(Fault::parameter("correction", format!("a side has at most {MOST_PARTIES} parties")));
    }
    Ok(Proposal { report: key.to_owned(), verdict: body.verdict, correction, note })
}

/// The same with the earlier day first.
fn in_order(mut correction: Correction) -> Correction {
    correction.days = correction.days.map(|days| Days::between(days.from, days.to));
    correction
}

fn from_form(form: &Params) -> Result<ReviewBody, Fault> {
    let verdict = form.one("verdict")?.ok_or_else(|| Fault::parameter("verdict", "choose one"))?;
    let parties = |name: &str| form.text(name).map(|text| actors(name, text)).transpose();
    let days = match (form.day("from")?, form.day("to")?) {
        (Some(from), Some(to)) if to < from => {
            return Err(Fault::parameter("to", "it is before the first day"));
        }
        (Some(from), to) => Some(Days { from, to: to.unwrap_or(from) }),
        (None, Some(to)) => Some(Days::on(to)),
        (None, None) => None,
    };
    let correction = Correction {
        kind: form.one("type")?,
        status: form.one("status")?,
        actors: parties("actors")?,
        recipients: parties("recipients")?,
        days,
    };
    // The form shows its fields whatever is chosen; they count where the code is called wrong.
    let correction = Some(correction).filter(|_| verdict == Verdict::Wrong);
    Ok(ReviewBody { verdict, correction, note: form.text("note").map(str::to_owned) })
}

/// "RUS GOV, FRA": codes, each with a part of society or without; `-` for nobody.
pub fn actors(name: &str, text: &str) -> Result<Vec<Actor>, Fault> {
    if text.trim() == "-" {
        return Ok(Vec::new());
    }
    let actor = |part: &str| {
        let mut words = part.split_whitespace();
        let fault = |reason: String| Fault::parameter(name, reason);
        let code = words
            .next()
            .map(str::parse)
            .transpose()
            .map_err(|e: detente::model::InvalidCode| fault(e.to_string()))?;
        let sector = words
            .next()
            .map(str::parse)
            .transpose()
            .map_err(|e: detente::model::UnknownName| fault(e.to_string()))?;
        match words.next() {
            Some(word) => Err(fault(format!("`{word}` is one word too many; write `RUS GOV, FRA`"))),
            None => Ok(Actor { code, sector }),
        }
    };
    text.split(',').map(actor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_are_written_as_codes() {
        let told = |text: &str| {
            actors("actors", text)
                .map(|all| all.iter().map(|a| format!("{:?} {:?}", a.code, a.sector)).collect::<Vec<_>>())
        };
        assert_eq!(told("RUS GOV, FRA").unwrap(), ["Some(RUS) Some(Gov)", "Some(FRA) None"]);
        assert!(told("-").unwrap().is_empty());
        assert!(told("Russia").is_err() && told("RUS GOV now").is_err());
    }
}
