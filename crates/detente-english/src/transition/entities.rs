//! Named entities by moves over the tokens: begin, inside, last, unit, outside; as spaCy's entity recogniser has it.

use std::str::FromStr;

use super::{Places, Scorer, best_move};
use crate::annotated::Entity;
use crate::labels::EntityType;
use crate::network::weights::ModelError;

/// What to do with the next token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// It is the first of an entity of several tokens.
    Begin(EntityType),
    /// It goes on.
    In(EntityType),
    /// It is the last.
    Last(EntityType),
    /// It is an entity of one token.
    Unit(EntityType),
    /// It is part of no entity.
    Out,
    /// A mark that only texts annotated beforehand allow; never taken here.
    Blocked,
}

impl FromStr for Move {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let kind = |name: &str| name.parse().map_err(|_| ModelError::Label(text.to_owned()));
        match text.split_once('-') {
            None if text == "O" => Ok(Self::Out),
            Some(("U", "")) => Ok(Self::Blocked),
            Some(("B", name)) => kind(name).map(Self::Begin),
            Some(("I", name)) => kind(name).map(Self::In),
            Some(("L", name)) => kind(name).map(Self::Last),
            Some(("U", name)) => kind(name).map(Self::Unit),
            _ => Err(ModelError::Label(text.to_owned())),
        }
    }
}

/// What the moves need to know of the tokens besides their vectors.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// Whether a token is white space.
    pub(crate) is_space: &'a [bool],
    /// Whether a sentence begins at a token.
    pub(crate) sentence_start: &'a [bool],
}

/// Finds the entities among the tokens whose vectors `places` holds.
pub(crate) fn find(
    scorer: &Scorer<3>,
    moves: &[Move],
    places: &Places,
    around: Surroundings<'_>,
) -> Vec<Entity> {
    let mut scores = scorer.scores();
    let mut found = Vec::new();
    let mut open: Option<(usize, EntityType)> = None;
    for i in 0..around.is_space.len() {
        let before = open.map(|(start, _)| start);
        scorer.score(places, [Some(i), before, before.map(|_| i - 1)], &mut scores);
        let chosen = best_move(moves, &scores, |candidate| allowed(candidate, i, open, around));
        match chosen.unwrap_or(Move::Out) {
            Move::Begin(kind) => open = Some((i, kind)),
            Move::Last(kind) => {
                found.push(Entity { start: before.unwrap_or(i), end: i + 1, kind });
                open = None;
            }
            Move::Unit(kind) => found.push(Entity { start: i, end: i + 1, kind }),
            Move::In(_) | Move::Out | Move::Blocked => {}
        }
    }
    found
}

/// No entity begins with white space or crosses the start of a sentence, and what is begun is brought to an end.
fn allowed(candidate: Move, i: usize, open: Option<(usize, EntityType)>, around: Surroundings<'_>) -> bool {
    let goes_on = || around.sentence_start.get(i + 1).is_some_and(|start| !start);
    match candidate {
        Move::Begin(_) => open.is_none() && goes_on() && !around.is_space[i],
        Move::In(kind) => open.is_some_and(|(_, open)| open == kind) && goes_on(),
        Move::Last(kind) => open.is_some_and(|(_, open)| open == kind),
        Move::Unit(_) => open.is_none() && !around.is_space[i],
        Move::Out => open.is_none(),
        Move::Blocked => false,
    }
}
