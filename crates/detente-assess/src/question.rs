//! Questions in words: which pair, which day, and what is asked of them.
//!
//! A small grammar: the parties are found by their names, the kind by cue words (`data/questions.tsv`), the day by an ISO date.
//! What it does not understand it refuses; [`forms`] lists what it does.

use detente_model::{ActorCode, Dyad, named_enum};
use jiff::civil::Date;

named_enum! {
    /// What is asked.
    Kind, "kind of question", {
        /// How two parties stand.
        Relation = "relation",
        /// What lies ahead for one or two parties.
        Agenda = "agenda",
        /// What a party said, of another if one is named.
        Said = "said",
        /// When two parties last met or spoke.
        LastContact = "last-contact",
        /// Who struck a party, or whom two struck.
        Struck = "struck",
    }
}

/// Finds parties by their names.
pub trait Names {
    /// The party whose name begins at a word, and how many words it takes: the longest that fits.
    fn party(&self, words: &[&str], at: usize) -> Option<(usize, ActorCode)>;
}

/// What is asked of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// How two parties stand.
    Relation(Dyad),
    /// When two parties last met or spoke.
    LastContact(Dyad),
    /// What lies ahead for one or two parties.
    Agenda(ActorCode, Option<ActorCode>),
    /// What the first said, of the second if one is named.
    Said(ActorCode, Option<ActorCode>),
    /// Who struck the first, or what two did to each other.
    Struck(ActorCode, Option<ActorCode>),
}

impl Asked {
    /// The kind of the question.
    pub fn kind(self) -> Kind {
        match self {
            Self::Relation(_) => Kind::Relation,
            Self::LastContact(_) => Kind::LastContact,
            Self::Agenda(..) => Kind::Agenda,
            Self::Said(..) => Kind::Said,
            Self::Struck(..) => Kind::Struck,
        }
    }
}

/// A question that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What is asked of whom.
    pub asked: Asked,
    /// The day it names.
    pub on: Option<Date>,
}

impl Question {
    /// What a question asks, if it is one of the [`forms`].
    pub fn parse(text: &str, names: &dyn Names) -> Option<Self> {
        let words: Vec<&str> = text.split(|c: char| !is_of_word(c)).flat_map(halves).collect();
        let (parties, said) = parties(&words, names);
        let fits = |form: &Form| parties.len() >= form.parties && form.fits(&said);
        let asked = rows().find(fits)?.kind.of(&parties)?;
        Some(Self { asked, on: words.iter().find_map(|word| word.parse().ok()) })
    }
}

impl Kind {
    /// The question of this kind about these parties, if there are enough.
    fn of(self, parties: &[ActorCode]) -> Option<Asked> {
        let (first, second) = (*parties.first()?, parties.get(1).copied());
        let dyad = || Dyad::new(first, second?);
        Some(match self {
            Self::Relation => Asked::Relation(dyad()?),
            Self::LastContact => Asked::LastContact(dyad()?),
            Self::Agenda => Asked::Agenda(first, second),
            Self::Said => Asked::Said(first, second),
            Self::Struck => Asked::Struck(first, second),
        })
    }
}

/// The parties that are named, without repeats, and the other words in small letters between blanks.
fn parties(words: &[&str], names: &dyn Names) -> (Vec<ActorCode>, String) {
    let mut parties: Vec<ActorCode> = Vec::new();
    let mut rest = String::from(" ");
    let mut at = 0;
    while at < words.len() {
        let found = names.party(words, at);
        match found {
            Some((_, code)) if !parties.contains(&code) => parties.push(code),
            Some(_) => {}
            None => {
                rest.push_str(&words[at].trim_end_matches("'s").trim_end_matches('.').to_lowercase());
                rest.push(' ');
            }
        }
        at += found.map_or(1, |(taken, _)| taken.max(1));
    }
    (parties, rest)
}

/// The questions that are understood: an example of each form.
pub fn forms() -> impl Iterator<Item = (Kind, &'static str)> {
    rows().map(|form| (form.kind, form.example))
}

struct Form {
    kind: Kind,
    parties: usize,
    cues: &'static str,
    example: &'static str,
}

impl Form {
    /// Whether each group has one of its words among what is said, which begins and ends with a space.
    fn fits(&self, said: &str) -> bool {
        let has = |cue: &str| said.contains(&format!(" {} ", cue.replace('_', " ")));
        self.cues.split(' ').all(|group| group.split('|').any(has))
    }
}

/// "US-Russia" names two; a day stays whole.
fn halves(word: &str) -> impl Iterator<Item = &str> {
    let is_day = word.parse::<Date>().is_ok();
    word.split(move |c| c == '-' && !is_day).filter(|half| !half.is_empty())
}

fn rows() -> impl Iterator<Item = Form> {
    include_str!("../data/questions.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        Some(Form {
            kind: next()?.parse().ok()?,
            parties: next()?.parse().ok()?,
            cues: next()?,
            example: next()?,
        })
    })
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few;

    impl Names for Few {
        fn party(&self, words: &[&str], at: usize) -> Option<(usize, ActorCode)> {
            let known: [(&[&str], &str); 10] = [
                (&["the", "United", "States"], "USA"),
                (&["United", "States"], "USA"),
                (&["Russia"], "RUS"),
                (&["India"], "IND"),
                (&["Pakistan"], "PAK"),
                (&["Armenia"], "ARM"),
                (&["Turkey"], "TUR"),
                (&["Syria"], "SYR"),
                (&["Iran"], "IRN"),
                (&["Israel"], "ISR"),
            ];
            let (name, code) = known.iter().find(|(name, _)| words[at..].starts_with(name))?;
            Some((name.len(), code.parse().ok()?))
        }
    }

    #[test]
    fn every_form_understands_its_own_example() {
        let lines =
            include_str!("../data/questions.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(forms().count(), lines, "a line of questions.tsv is malformed");
        for (kind, example) in forms() {
            assert_eq!(Question::parse(example, &Few).map(|q| q.asked.kind()), Some(kind), "{example}");
        }
    }

    #[test]
    fn parties_and_days_are_read() {
        let question =
            "Is reconciliation back on the table between Russia and the United States, on 2017-05-02?";
        let question = Question::parse(question, &Few).unwrap();
        let dyad = Dyad::new("RUS".parse().unwrap(), "USA".parse().unwrap()).unwrap();
        assert_eq!(question.asked, Asked::Relation(dyad));
        assert_eq!(question.on, Some(jiff::civil::date(2017, 5, 2)));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in ["", "What is the weather in Paris?", "How are relations with Russia?", "Russia and Iran"]
        {
            assert_eq!(Question::parse(text, &Few), None, "{text}");
        }
    }
}
