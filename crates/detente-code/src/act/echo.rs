//! Acts that a sentence names without their parties: "the attack", "the talks".
//!
//! Such an act is the one of its kind that the article last spoke of, and has the same parties; where there is none, nothing is coded.

use detente_model::Party;

use super::coder::Act;

/// Gives acts without parties those of the act they refer to, and drops what refers to nothing.
pub fn settle(acts: Vec<Act>) -> Vec<Act> {
    let mut settled: Vec<Act> = Vec::with_capacity(acts.len());
    for mut act in acts {
        if act.refers {
            let Some(told) = settled.iter().rev().find(|told| told.plain.0 == act.plain.0 && !is_bare(told))
            else {
                continue;
            };
            act.actors = elsewhere(&told.actors);
            act.recipients = elsewhere(&told.recipients);
        }
        settled.push(act);
    }
    settled
}

fn is_bare(act: &Act) -> bool {
    act.actors.is_empty() && act.recipients.is_empty()
}

fn elsewhere(parties: &[Party]) -> Vec<Party> {
    parties.iter().map(|party| Party { elsewhere: true, ..party.clone() }).collect()
}
