//! Who has been named in the article: persons under their full name, found again by one name alone or a slip of the pen.

use detente_lexicon::{Office, SubjectId, distance_within, key_of, slips_allowed};
use detente_model::Actor;

/// A person of the article.
#[derive(Debug, Clone)]
pub struct Known {
    /// The name as the lexicon or, if it does not know the person, the article gives it.
    pub name: String,
    /// The subject of the lexicon.
    pub subject: Option<SubjectId>,
    /// Whose side the person is on.
    pub actor: Actor,
    /// The office the article gives, or the one held on its day.
    pub office: Option<Office>,
    given: String,
    keys: Vec<String>,
}

/// How many persons an article is expected to keep in mind; who was named before that many others is a stranger again, so that
/// a list of names as long as a book is read in time proportional to its length.
const REMEMBERED: usize = 256;

/// How many of them are compared with a name letter by letter, for slips of the pen.
const COMPARED: usize = 64;

/// By how many names a person is known at most: names that differ by a slip of the pen come together in one.
const MOST_NAMES: usize = 32;

/// The persons of one article, in the order in which they were first named.
#[derive(Debug, Default)]
pub struct Roster {
    known: Vec<Known>,
}

impl Roster {
    /// Remembers a person, or completes what is known of one.
    pub fn learn(
        &mut self,
        names: &[&str],
        subject: Option<SubjectId>,
        actor: Actor,
        office: Option<Office>,
    ) -> &Known {
        let keys: Vec<String> = names.iter().flat_map(|name| keys_of(name)).collect();
        let same = |known: &Known| match (known.subject, subject) {
            (Some(a), Some(b)) => a == b,
            _ => keys.first().is_some_and(|key| known.keys.contains(key)),
        };
        let oldest = self.known.len().saturating_sub(REMEMBERED);
        let remembered = self.known[oldest..].iter().position(same).map(|at| oldest + at);
        let at = remembered.unwrap_or_else(|| {
            let name = names.first().copied().unwrap_or_default().to_owned();
            let given = given_name(names.iter().copied().max_by_key(|name| name.len()).unwrap_or_default());
            self.known.push(Known { name, subject, actor, office, given, keys: Vec::new() });
            self.known.len() - 1
        });
        let known = &mut self.known[at];
        known.actor.code = known.actor.code.or(actor.code);
        known.actor.sector = known.actor.sector.or(actor.sector);
        known.office = known.office.or(office);
        for key in keys {
            if known.keys.len() < MOST_NAMES && !known.keys.contains(&key) {
                known.keys.push(key);
            }
        }
        known
    }

    /// The person called by this name, full or alone; the last one named if there are several. By a given name alone only
    /// one of whom no other bears it: "Abiy" is Abiy Ahmed.
    pub fn find(&self, name: &str) -> Option<&Known> {
        let key = key_of(name);
        let called = self.lately().find(|known| known.keys.contains(&key));
        called.or_else(|| {
            let mut given = self.lately().filter(|known| known.given == key);
            given.next().filter(|_| given.next().is_none())
        })
    }

    /// The person whose name this is but for a slip.
    pub fn find_near(&self, name: &str) -> Option<&Known> {
        let key = key_of(name);
        let bound = slips_allowed(&key);
        if bound == 0 {
            return None;
        }
        let near = |known: &&Known| known.keys.iter().any(|own| distance_within(&key, own, bound).is_some());
        self.lately().take(COMPARED).find(near)
    }

    /// The last person who holds this office.
    pub fn holder(&self, fits: impl Fn(&Known) -> bool) -> Option<&Known> {
        self.lately().find(|known| fits(known))
    }

    fn lately(&self) -> impl Iterator<Item = &Known> {
        self.known.iter().rev().take(REMEMBERED)
    }
}

/// The first word of a name of several; empty where there is none, or where it is too short to tell.
fn given_name(name: &str) -> String {
    let key = key_of(name);
    let first = key.split_once(' ').map(|(first, _)| first).filter(|first| first.len() > 2);
    first.unwrap_or_default().to_owned()
}

/// The full name, its last word, the last two, and the first where that may be the family name.
fn keys_of(name: &str) -> Vec<String> {
    let key = key_of(name);
    let words: Vec<&str> = key.split(' ').collect();
    let mut keys = vec![key.clone()];
    if let [first, .., last] = words[..] {
        let number = ["ii", "iii", "iv", "v", "vi", "xvi", "jr"].contains(&last);
        let family = if number { words[words.len() - 2] } else { last };
        if family.len() > 2 {
            keys.push(family.to_owned());
        }
        if !number && words.len() > 2 {
            keys.push(words[words.len() - 2..].join(" "));
        }
        // East Asian names put the family name first; "Kim" alone then means Kim Kye-Gwan.
        if words.len() == 3 && first.len() <= 6 && name.contains('-') {
            keys.push(first.to_owned());
        }
    }
    keys
}
