//! What the lexicon holds: subjects, the dated roles they play, and the forms of words that name them.

use detente_model::{ActorCode, Sector, named_enum};

use crate::{Case, Period};

named_enum! {
    /// What a subject of the lexicon is.
    Kind, "kind of subject", {
        /// A state or a territory that news speaks of as one.
        State = "state",
        /// A region, a city, a breakaway land.
        Region = "region",
        /// A house or place that stands for who sits there: the Kremlin.
        Metonym = "metonym",
        /// An organisation, a company, a single institution of a state.
        Organisation = "organisation",
        /// An armed or political group, a party.
        Group = "group",
        /// An ethnic or religious people.
        People = "people",
        /// An office, a title, a sort of agent: minister, troops, court.
        Title = "title",
        /// A person.
        Person = "person",
        /// A part of the world with states in it, or a circle of states: the Caucasus, the six parties.
        Area = "area",
    }
}

named_enum! {
    /// How a form names its subject.
    Word, "sort of form", {
        /// By its name.
        Name = "name",
        /// As an adjective: French.
        Adjective = "adjective",
        /// One of it: a Frenchman, a minister.
        Singular = "singular",
        /// Several of it: Russians, ministers, troops; all states of an area together: the Koreas.
        Plural = "plural",
        /// A body of people in the singular: parliament, army.
        Body = "body",
        /// A state by its capital.
        Capital = "capital",
        /// A person by the family name, or by whatever one name is used alone.
        Surname = "surname",
    }
}

/// The number of a subject in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectId(pub(crate) u32);

/// The number of an office in its lexicon, in the order of `offices.tsv`: the higher in the list, the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Office(pub(crate) u8);

impl Office {
    /// Its place in `offices.tsv`, from 0: the lower the number, the higher the office.
    pub fn rank(self) -> u8 {
        self.0
    }

    /// Whether its holder is known by one name alone all over the world.
    pub fn is_high(self) -> bool {
        self.0 <= LAST_OF_THE_HIGH
    }
}

/// The place of the last of them in `offices.tsv`.
const LAST_OF_THE_HIGH: u8 = 24;

/// One line of `offices.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRecord {
    /// The stable name, such as `foreign-minister`.
    pub key: String,
    /// The part of society its holder stands for; `None` where the holder stands for an organisation.
    pub sector: Option<Sector>,
    /// In words.
    pub what: String,
}

/// What a subject is for a time: whose, which part of society, in which office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// State or organisation; for a title, the only state where the role is meant.
    pub code: Option<ActorCode>,
    /// Part of society.
    pub sector: Option<Sector>,
    /// The office held, or the office that a title names.
    pub office: Option<Office>,
    /// When.
    pub period: Period,
    /// The organisation or group in which a person holds the office.
    pub of: Option<SubjectId>,
}

/// A phrase that names a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Whom.
    pub subject: SubjectId,
    /// In which way.
    pub word: Word,
    /// How it must be written.
    pub case: Case,
    /// When it names it: capitals move.
    pub period: Period,
}
