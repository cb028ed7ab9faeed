//! The strands of a relation: contacts, words, deeds; and how much one act weighs in them.

use detente_model::{Bearing, EventType, Mode, Observation, QuadClass, Status, named_enum};

named_enum! {
    /// What an act is made of.
    Strand, "strand", {
        /// Meetings, visits, calls and talks, held or agreed, called off or refused.
        Contacts = "contacts",
        /// What is said, promised, demanded, threatened.
        Words = "words",
        /// What is done.
        Deeds = "deeds",
    }
}

impl Strand {
    /// The strand of an act.
    pub fn of(act: &Observation) -> Self {
        use QuadClass::{MaterialConflict, MaterialCooperation};
        let meets = act.plain.kind == EventType::Consult || act.mode == Some(Mode::Meet);
        match act.kind.quad() {
            _ if meets => Self::Contacts,
            MaterialCooperation | MaterialConflict => Self::Deeds,
            _ => Self::Words,
        }
    }
}

/// A contact that is called off weighs as much as one that is refused.
const CALLED_OFF: EventType = EventType::Reject;

/// What an act counts on the conflict-cooperation scale, in -10..=10; `None` where it neither happened nor was settled.
///
/// Threats count when they are uttered, whatever became of them. What one side is told to have done to somebody else is no
/// act between the two.
pub fn score(act: &Observation) -> Option<f64> {
    let kind = match act.status {
        Status::Occurred | Status::Ongoing | Status::Scheduled => act.kind,
        Status::Hypothetical if act.kind == EventType::Threaten => act.kind,
        Status::Cancelled if act.kind.quad() == QuadClass::VerbalCooperation => CALLED_OFF,
        _ => return None,
    };
    (act.bearing != Bearing::Told).then(|| f64::from(kind.score()))
}

/// How much an act weighs: how sure it is, and more the more sources tell it (one: 1, three: 2, seven: 3).
pub fn weight(act: &Observation) -> f64 {
    f64::from(act.confidence) * f64::from(1 + act.sources.max(1)).log2()
}
