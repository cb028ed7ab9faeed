//! Acts that a sentence points back to: "the attack", "the talks".
//!
//! An act without parties is the one of its kind that the article last spoke of, and has the same parties; where there is none, nothing
//! is coded. A meeting told from one side ("during the meeting, Clinton said") has the other side of the last one that he was at.

use detente_model::{Mode, Party};

use super::coder::{Act, Reference};

/// Gives acts the parties of those they refer to, and drops what refers to nothing.
pub fn settle(acts: Vec<Act>) -> Vec<Act> {
    let mut settled: Vec<Act> = Vec::with_capacity(acts.len());
    for mut act in acts {
        let told = told_before(&settled, &act);
        match (act.refers, told) {
            (Reference::Whole, None) => continue,
            (Reference::Whole, Some(told)) => {
                (act.actors, act.recipients) = (elsewhere(&told.actors), elsewhere(&told.recipients));
                act.mode =
                    act.mode.or(told.mode.filter(|mode| *mode == Mode::Phone && act.kind == told.kind));
            }
            (Reference::OtherSide, Some(told)) => {
                let others = elsewhere(&told.actors).into_iter().filter(|other| !has(&act, other));
                let others: Vec<Party> = others.collect();
                act.actors.extend(others);
            }
            (Reference::OtherSide, None) | (Reference::Nothing, _) => {}
        }
        settled.push(act);
    }
    told_once(settled)
}

/// "After talks with X, Y said at the meeting …": a sentence that tells of an act and then points to it tells of one.
fn told_once(acts: Vec<Act>) -> Vec<Act> {
    let points_within = |(at, act): (usize, &Act)| {
        let told = |other: &Act| {
            other.token < act.token
                && other.is_like(act)
                && other.refers == Reference::Nothing
                && (act.refers == Reference::Whole || act.actors.iter().all(|party| has(other, party)))
        };
        let mut before = acts[..at].iter().rev().take_while(|other| other.sentence == act.sentence);
        act.refers != Reference::Nothing && before.any(told)
    };
    let once: Vec<bool> = acts.iter().enumerate().map(|act| !points_within(act)).collect();
    acts.into_iter().zip(once).filter(|(_, once)| *once).map(|(act, _)| act).collect()
}

fn told_before<'a>(settled: &'a [Act], act: &Act) -> Option<&'a Act> {
    let fits = |told: &&Act| {
        told.plain.0 == act.plain.0
            && match act.refers {
                Reference::Nothing => false,
                Reference::Whole => !is_bare(told),
                Reference::OtherSide => {
                    told.actors.len() > 1 && act.actors.iter().all(|party| has(told, party))
                }
            }
    };
    settled.iter().rev().take(REMEMBERED).find(fits)
}

/// How many acts back a sentence may point; reports tell of fewer than a hundred.
const REMEMBERED: usize = 512;

fn has(act: &Act, party: &Party) -> bool {
    act.actors.iter().any(|known| known.actor.code == party.actor.code)
}

fn is_bare(act: &Act) -> bool {
    act.actors.is_empty() && act.recipients.is_empty()
}

fn elsewhere(parties: &[Party]) -> Vec<Party> {
    parties.iter().map(|party| Party { elsewhere: true, ..party.clone() }).collect()
}
