//! What a pattern means: an act, no act, or a change to how real an act is.

use detente_model::{Context, EventType, Mode, Status, named_enum};

use crate::pattern::{Pattern, TriggerPos, WordSet};

/// One sense of a trigger.
#[derive(Debug, Clone)]
pub struct Sense {
    /// Stable name: `accuse/condemn.v`, see `data/README.md`.
    pub id: Box<str>,
    /// The line of the lexicon it is read from.
    pub at: Location,
    /// What it names.
    pub meaning: Meaning,
    /// The words.
    pub pattern: Pattern,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// Where the parties stand.
    pub roles: RoleSpec,
    /// Which sides must be political actors.
    pub need: Need,
    /// Objects and complements that the sense does not go with.
    pub not: Option<WordSet>,
    /// A status that the words themselves give.
    pub status: Option<Status>,
    /// Whether acts named in the complement are only spoken of.
    pub absorb: bool,
    /// Contexts that the words themselves give.
    pub contexts: Vec<Context>,
    /// What its words speak of.
    pub themes: Vec<Theme>,
    /// CAMEO code, where finer than the type's default.
    pub cameo: Option<Box<str>>,
    /// How sure the sense is, in 0..=1.
    pub weight: f32,
    /// A sentence it must fire in.
    pub example: Box<str>,
}

/// Where a rule stands in the data files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file's name: `accuse.tsv`.
    pub file: Box<str>,
    /// The line, from 1.
    pub line: usize,
}

named_enum! {
    /// What the words of a sense speak of, where a crosswalk to another ontology asks; `data/themes.tsv` has the words.
    Theme, "theme", {
        /// A treaty, accord or agreement.
        Accord = "accord",
        /// A step before an accord is struck, or after: proposing, accepting, renewing.
        Step = "step",
        /// A summons.
        Summons = "summons",
        /// Sanctions.
        Sanction = "sanction",
        /// A blockade.
        Blockade = "blockade",
    }
}

named_enum! {
    /// Classes of words that tell how real an act is; `data/classes.tsv` has the words.
    WordClass, "class of words", {
        /// Verbs that say of an event noun that it happens: "hold talks".
        Eventive = "eventive",
        /// Nouns of acts that take days, months or years: talks, a war.
        Lasting = "lasting",
        /// Nouns of a state that holds until it is ended: a truce, a siege.
        State = "state",
        /// Verbs whose past participle says how things stand: "the hostages held in the embassy".
        Resulting = "resulting",
        /// Verbs with a bare infinitive that is as real as they are: "saw rebels seize the town".
        Witness = "witness",
        /// Verbs of keeping somebody off: "sent troops to deter X".
        Warding = "warding",
        /// Writings that speak for whoever issued them: "adopted a statement that condemned the attack".
        Text = "text",
        /// Verbs that in the present tense tell where somebody stands: "France supports the plan".
        Attitude = "attitude",
        /// What only reports of sport speak of: teams there are no states.
        Sport = "sport",
        /// Words for somebody who stands for nobody but himself: a crime of his is no event.
        Private = "private",
        /// Verbs whose object is an act of somebody else: whoever describes an attack, survives or prevents one did not make it.
        Bystanding = "bystanding",
        /// Verbs that say what somebody is, has, feels or thinks: no act lies ahead in them.
        Stative = "stative",
    }
}

/// What a sense names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// An act of this type.
    Act(EventType),
    /// Nothing, though it looks like an act.
    Nothing,
}

named_enum! {
    /// Which sides of an act must be political actors for a sense to fire.
    Need, "value of need", {
        /// At least one.
        Any = "any",
        /// Both.
        Both = "both",
        /// The actor.
        Actor = "actor",
        /// The recipient.
        Recipient = "recipient",
        /// Neither: the act is political by its nature.
        None = "none",
    }
}

/// Where the parties stand; an empty side takes the default of its type.
#[derive(Debug, Clone, Default)]
pub struct RoleSpec {
    /// Alternatives for the actor, each a group of slots that are all taken.
    pub actor: Vec<Vec<Slot>>,
    /// Alternatives for the recipient.
    pub recipient: Vec<Vec<Slot>>,
}

impl RoleSpec {
    /// Where the parties of an act stand unless its line says otherwise, as `data/README.md` tells.
    pub(crate) const fn default_for(pos: TriggerPos, meaning: Meaning) -> &'static str {
        use EventType as E;
        let Meaning::Act(kind) = meaning else { return "A=none R=none" };
        match (pos, kind) {
            (TriggerPos::Noun, kind) if kind.is_mutual() => {
                "A=poss&comp&comp2&between&with&of&among&by|subj R=none"
            }
            (_, kind) if kind.is_mutual() => "A=subj&with&between&among&obj R=none",
            (TriggerPos::Noun, E::Request) => "A=poss|by|comp|subj R=csubj|to|on|from|of|for|with|against",
            (TriggerPos::Noun, _) => "A=poss|by|comp|subj R=of|against|on|to|with|for|in",
            (_, E::Request | E::Threaten | E::Reject) => "A=subj R=csubj|obj|to|on|from|with|against|of|for",
            _ => "A=subj R=obj|iobj|to|with|against|on|at|for|over|from|in",
        }
    }
}

/// A place in the grammar of a clause or noun phrase where a party can stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Subject, or agent of a passive.
    Subject,
    /// Object, or subject of a passive.
    Object,
    /// Indirect object.
    IndirectObject,
    /// Possessor.
    Possessor,
    /// Compound or national adjective before a noun.
    Compound,
    /// Second part of a pair before a noun.
    SecondCompound,
    /// Compound that names a person: whose visit it is.
    Guest,
    /// Compound that names a land, a body or a house: who is visited.
    Host,
    /// The one who is to do what the complement names.
    ComplementSubject,
    /// Object of this preposition.
    Preposition(Box<str>),
    /// Nobody.
    Nobody,
}

/// A word that changes how real the act in its complement is.
#[derive(Debug, Clone)]
pub struct Operator {
    /// Stable name: `operator/refuse-to-do.v`.
    pub id: Box<str>,
    /// The line of the lexicon it is read from.
    pub at: Location,
    /// The words.
    pub pattern: Pattern,
    /// What it does.
    pub effect: Effect,
    /// A sentence of our own with it.
    pub example: Box<str>,
}

/// An act that grammar alone names, whatever the verb: "X will …".
#[derive(Debug, Clone)]
pub struct Construction {
    /// Stable name: `construction/will`.
    pub id: Box<str>,
    /// The line of the data file it is read from.
    pub at: Location,
    /// The type it gives.
    pub kind: EventType,
    /// When it fires.
    pub doc: Box<str>,
    /// A sentence it must fire in.
    pub example: Box<str>,
    /// A sentence it must not fire in.
    pub counter: Box<str>,
}

named_enum! {
    /// What an operator does to the act in its complement.
    Effect, "effect", {
        /// It lies ahead.
        Future = "future",
        /// It is settled that it will be done.
        Decide = "decide",
        /// The subject commits to it.
        Promise = "promise",
        /// The subject proposes it.
        Offer = "offer",
        /// The subject asks for it.
        Request = "request",
        /// The subject commands it.
        Order = "order",
        /// The subject will not do it.
        Refuse = "refuse",
        /// The subject threatens it.
        Threaten = "threaten",
        /// The subject warns of it.
        Warn = "warn",
        /// It is attempted.
        Try = "try",
        /// It did not come off.
        Fail = "fail",
        /// It starts.
        Begin = "begin",
        /// It goes on.
        Continue = "continue",
        /// It stops.
        End = "end",
        /// It came off.
        Manage = "manage",
        /// It is made possible.
        Allow = "allow",
        /// It is made impossible.
        Prevent = "prevent",
        /// It is kept away from.
        Avoid = "avoid",
        /// It is said not to have happened.
        Deny = "deny",
        /// It is called off.
        Cancel = "cancel",
        /// It is put off.
        Postpone = "postpone",
        /// The subject says it did it.
        Claim = "claim",
        /// The subject says another did it.
        Accuse = "accuse",
        /// The subject wishes it.
        Hope = "hope",
        /// The subject is afraid of it.
        Fear = "fear",
        /// It is thought about.
        Consider = "consider",
        /// It is talked about.
        Discuss = "discuss",
        /// The subject is for it.
        Support = "support",
        /// The subject is against it.
        Oppose = "oppose",
        /// It is told.
        Report = "report",
    }
}
