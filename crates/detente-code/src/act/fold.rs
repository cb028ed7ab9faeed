//! PLOVER's folding: what an act becomes when it is planned, asked for, refused or threatened.
//!
//! A declared table after CODING rules: future cooperation is AGREE, a future retreat CONCEDE, an announced deed of conflict THREATEN,
//! a refused act REJECT, an asked-for act REQUEST.

use detente_acts::Effect;
use detente_model::{EventType, Mode, QuadClass, Status};

use super::standing::Standing;

/// What is coded in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// Status of the act.
    pub status: Status,
}

/// The event that an act of `kind` in this standing is; `None` where nothing is to be coded.
pub fn fold(kind: EventType, mode: Option<Mode>, standing: Standing) -> Option<Folded> {
    let as_is = |status| Some(Folded { kind, mode, status });
    match standing {
        Standing::Fact => as_is(Status::Occurred),
        Standing::Ongoing => as_is(Status::Ongoing),
        Standing::Ahead => ahead(kind, mode, Status::Scheduled),
        Standing::Possible => possible(kind, mode),
        Standing::Conditional => ahead(kind, mode, Status::Hypothetical),
        Standing::Refused => refused(kind, mode),
        Standing::Negated => negated(kind, mode),
        Standing::Unreal => None,
        Standing::Under(effect) => under(effect, kind, mode),
    }
}

/// The mode of asking for, or refusing, an act of this type.
pub fn mode_of_asking(kind: EventType, mode: Option<Mode>) -> Option<Mode> {
    use EventType as E;
    match kind {
        E::Consult => Some(Mode::Meet),
        E::Aid | E::Cooperate | E::Support => Some(Mode::Assist),
        E::Retreat | E::Concede => Some(Mode::Yield),
        E::Agree if mode.is_none() => None,
        _ => None,
    }
}

/// The mode of threatening an act of this type.
pub fn mode_of_threat(kind: EventType, mode: Option<Mode>) -> Option<Mode> {
    use EventType as E;
    match (kind, mode) {
        (E::Assault, _) => Some(Mode::Violence),
        (E::Coerce, Some(Mode::Arrest)) => Some(Mode::Arrest),
        (E::Coerce, Some(Mode::Seize)) => Some(Mode::Territory),
        (E::Coerce, Some(Mode::Deport)) => Some(Mode::Expel),
        (E::Coerce, _) => Some(Mode::Restrict),
        (E::Sanction, Some(Mode::Expel)) => Some(Mode::Expel),
        (E::Sanction, _) => Some(Mode::Relations),
        _ => None,
    }
}

fn under(effect: Effect, kind: EventType, mode: Option<Mode>) -> Option<Folded> {
    let as_is = |status| Some(Folded { kind, mode, status });
    let spoken = |kind, mode| Some(Folded { kind, mode, status: Status::Occurred });
    match effect {
        Effect::Future | Effect::Decide => ahead(kind, mode, Status::Scheduled),
        Effect::Promise => promised(kind, mode),
        Effect::Offer if is_material_conflict(kind) => threatened(kind, mode, Status::Hypothetical),
        Effect::Offer => ahead(kind, mode, Status::Proposed),
        Effect::Request | Effect::Order => match is_material_conflict(kind) {
            true if effect == Effect::Order => as_is(Status::Occurred),
            _ => spoken(EventType::Request, mode_of_asking(kind, mode)),
        },
        Effect::Refuse | Effect::Oppose => refused(kind, mode),
        Effect::Threaten => threatened(kind, mode, Status::Hypothetical),
        Effect::Warn => is_conflict(kind).then(|| threatened(kind, mode, Status::Hypothetical)).flatten(),
        Effect::Try if is_material_conflict(kind) => as_is(Status::Occurred),
        Effect::Try if is_tie(kind) => ahead(kind, mode, Status::Proposed),
        Effect::Try => None,
        Effect::Fail => negated(kind, mode),
        // Sanctions that are spoken of are in force.
        Effect::Discuss if kind == EventType::Sanction => as_is(Status::Ongoing),
        // Help, accession and withdrawal that are talked about are still to be agreed on.
        Effect::Discuss if is_to_be_agreed(kind) => None,
        Effect::Begin | Effect::Manage | Effect::Claim | Effect::Discuss | Effect::Report => {
            as_is(Status::Occurred)
        }
        Effect::Continue => as_is(Status::Ongoing),
        Effect::Deny => as_is(Status::Denied),
        Effect::Cancel | Effect::Postpone => called_off(kind),
        Effect::Consider | Effect::Hope => considered(kind, mode),
        Effect::End
        | Effect::Allow
        | Effect::Prevent
        | Effect::Avoid
        | Effect::Accuse
        | Effect::Fear
        | Effect::Support => None,
    }
}

fn ahead(kind: EventType, mode: Option<Mode>, status: Status) -> Option<Folded> {
    match kind {
        EventType::Retreat | EventType::Concede => {
            Some(Folded { kind: EventType::Concede, mode: None, status })
        }
        kind if is_material_conflict(kind) => threatened(kind, mode, status),
        kind if is_conflict(kind) => Some(Folded { kind, mode, status }),
        _ => Some(Folded { kind: EventType::Agree, mode: None, status }),
    }
}

fn promised(kind: EventType, mode: Option<Mode>) -> Option<Folded> {
    ahead(kind, mode, Status::Scheduled)
}

fn possible(kind: EventType, mode: Option<Mode>) -> Option<Folded> {
    match is_conflict(kind) {
        true => None,
        false => ahead(kind, mode, Status::Hypothetical),
    }
}

fn considered(kind: EventType, mode: Option<Mode>) -> Option<Folded> {
    match is_conflict(kind) {
        true => None,
        false => ahead(kind, mode, Status::Proposed),
    }
}

fn refused(kind: EventType, mode: Option<Mode>) -> Option<Folded> {
    match is_conflict(kind) {
        true => None,
        false => Some(Folded {
            kind: EventType::Reject,
            mode: mode_of_asking(kind, mode),
            status: Status::Occurred,
        }),
    }
}

fn negated(kind: EventType, mode: Option<Mode>) -> Option<Folded> {
    match kind {
        EventType::Agree | EventType::Consult => {
            Some(Folded { kind: EventType::Agree, mode: None, status: Status::Denied })
        }
        EventType::Support | EventType::Concede | EventType::Retreat | EventType::Aid => refused(kind, mode),
        _ => None,
    }
}

fn called_off(kind: EventType) -> Option<Folded> {
    match kind {
        EventType::Consult | EventType::Agree => {
            Some(Folded { kind: EventType::Agree, mode: None, status: Status::Cancelled })
        }
        kind if is_conflict(kind) => None,
        _ => Some(Folded {
            kind: EventType::Sanction,
            mode: Some(Mode::Discontinue),
            status: Status::Occurred,
        }),
    }
}

fn threatened(kind: EventType, mode: Option<Mode>, status: Status) -> Option<Folded> {
    let mode = mode_of_threat(kind, mode);
    Some(Folded { kind: EventType::Threaten, mode, status })
}

fn is_to_be_agreed(kind: EventType) -> bool {
    use EventType::{Aid, Concede, Cooperate, Retreat, Support};
    matches!(kind, Aid | Concede | Cooperate | Retreat | Support)
}

/// "its bid to join the alliance" offers something, where "tried to meet" does not.
fn is_tie(kind: EventType) -> bool {
    matches!(kind, EventType::Support | EventType::Cooperate)
}

fn is_conflict(kind: EventType) -> bool {
    matches!(kind.quad(), QuadClass::VerbalConflict | QuadClass::MaterialConflict)
}

fn is_material_conflict(kind: EventType) -> bool {
    kind.quad() == QuadClass::MaterialConflict
}
