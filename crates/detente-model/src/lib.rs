//! The nouns of detente.
//!
//! Every other room speaks in these types: where a thing stands in a text ([`Span`]), on which civil days it
//! lies ([`Days`]), who a party is ([`Actor`]), what was done ([`EventType`], [`Mode`], [`Status`]), the report
//! it came from ([`Article`]), the coded act itself ([`Event`]), and what a ledger makes of many ([`Report`], [`Cluster`],
//! [`Contact`]).
//!
//! This room promises values that are cheap to copy or clone, print and parse by one stable name each, and hold
//! no reference to a file, a clock or the network. It does no work on text.

mod actor;
mod article;
mod cluster;
mod code_points;
mod contact;
mod date;
mod diagnostic;
mod dyad;
mod event;
mod fingerprint;
mod named;
mod plover;
mod record;
mod report;
mod scale;
mod signature;
mod span;

pub use actor::{Actor, ActorCode, InvalidCode, Sector};
pub use article::{Article, Block, BlockKind, DateBasis, Dateline, Furniture, Genre, Published};
pub use cluster::Cluster;
pub use code_points::CodePoints;
pub use contact::{Contact, ContactKind, ContactState, ContactStep, Level};
pub use date::{Days, When, WhenBasis};
pub use diagnostic::{Diagnostic, Severity};
pub use dyad::{Bearing, Dyad, Observation};
pub use event::{Event, Evidence, Part, Party, Place, PlainAct, Speaker};
pub use fingerprint::fingerprint;
pub use named::UnknownName;
pub use plover::{Context, EventType, Mode, QuadClass, Status};
pub use record::{EventRecord, PartyRecord};
pub use report::{Report, Source};
#[doc(hidden)]
pub use serde;
pub use signature::Signature;
pub use span::Span;
