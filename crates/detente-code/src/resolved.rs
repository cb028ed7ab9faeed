//! The mentions of a text and who they are: what the resolver hands to the coder.

use std::ops::Range;

use detente_model::{Actor, ActorCode, named_enum};

/// The mentions of one text, in the order of their heads, and its towns.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    mentions: Vec<Mention>,
    at: Vec<u32>,
}

/// Words that name one or more actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Token numbers of the whole mention.
    pub tokens: Range<usize>,
    /// Token number of its head.
    pub head: usize,
    /// Who is meant: one actor a referent ("the two diplomats" has two); empty when nobody could be found.
    pub actors: Vec<Actor>,
    /// The full name, where the lexicon or the article gives it.
    pub name: Option<String>,
    /// How it names them.
    pub kind: MentionKind,
    /// The number of the mention it stands for.
    pub antecedent: Option<usize>,
}

named_enum! {
    /// How a mention names its actor.
    MentionKind, "kind of mention", {
        /// A name of a person, state, organisation or group.
        Named = "named",
        /// A title with or without a name.
        Titled = "titled",
        /// A nationality.
        Demonym = "demonym",
        /// A seat of power: the Kremlin.
        Metonym = "metonym",
        /// People by what they do: troops, protesters.
        Agent = "agent",
        /// Half of a pair: Russia-US.
        Pair = "pair",
        /// A pronoun.
        Pronoun = "pronoun",
        /// The minister, both sides, the country.
        Anaphor = "anaphor",
        /// A town that only the gazetteer knows: of the state it lies in.
        Town = "town",
    }
}

const NONE: u32 = u32::MAX;

impl Resolved {
    /// Takes the mentions of a text of `tokens` tokens; where two overlap, the later one in the list is found first.
    pub fn new(mentions: Vec<Mention>, tokens: usize) -> Self {
        let mut at = vec![NONE; tokens];
        for (number, mention) in mentions.iter().enumerate() {
            for slot in &mut at[mention.tokens.clone()] {
                *slot = number as u32;
            }
        }
        for (number, mention) in mentions.iter().enumerate() {
            at[mention.head] = number as u32;
        }
        Self { mentions, at }
    }

    /// The same with towns, given by their tokens and the state they lie in, where nothing else is meant.
    pub fn with_towns(self, towns: impl Iterator<Item = (Range<usize>, ActorCode)>) -> Self {
        let free = |tokens: &Range<usize>| tokens.clone().all(|i| self.mention_at(i).is_none());
        let town = |(tokens, code): (Range<usize>, ActorCode)| Mention {
            head: tokens.end - 1,
            tokens,
            actors: vec![Actor { code: Some(code), sector: None }],
            name: None,
            kind: MentionKind::Town,
            antecedent: None,
        };
        let found: Vec<Mention> = towns.filter(|(tokens, _)| free(tokens)).map(town).collect();
        let tokens = self.at.len();
        Self::new(self.mentions.into_iter().chain(found).collect(), tokens)
    }

    /// All mentions.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mention that a token is part of.
    pub fn mention_at(&self, token: usize) -> Option<&Mention> {
        self.mentions.get(*self.at.get(token)? as usize)
    }
}
