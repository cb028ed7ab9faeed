//! Short stable names of rules: `accuse/condemn.v`, `consult/hold-meeting.v`, `agree/accord.n.understanding`.
//!
//! A name is made of the rule's own pattern, so that lines which come and go elsewhere leave it as it is: the folder (a type,
//! `none` or `operator`), the first alternative of each word, the subject first, the trigger's part of speech. Where an earlier line has that name
//! already, the first word follows that no line of the name has yet, else a number.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// Gives names and keeps them apart.
#[derive(Debug, Default)]
pub(crate) struct RuleIds {
    /// The names given, and for each the words of the patterns that begin with it.
    given: FxHashMap<String, BTreeSet<String>>,
}

impl RuleIds {
    /// The name of a rule whose pattern is written so.
    pub fn name(&mut self, folder: &str, pattern: &str) -> Box<str> {
        let plain = format!("{folder}/{}", stem(pattern));
        let words: Vec<&str> = alternatives(pattern).collect();
        let known = self.given.get(&plain);
        let name = match known {
            None => plain.clone(),
            Some(known) => self.apart(&plain, words.iter().find(|word| !known.contains(**word)).copied()),
        };
        self.given.entry(name.clone()).or_default();
        self.given.entry(plain).or_default().extend(words.into_iter().map(str::to_owned));
        name.into()
    }

    fn apart(&self, plain: &str, word: Option<&str>) -> String {
        let by_word = word.map(|word| format!("{plain}.{word}"));
        let by_number = (2..).map(|number| format!("{plain}.{number}"));
        by_word.into_iter().chain(by_number).find(|name| !self.given.contains_key(name)).unwrap_or_default()
    }
}

/// `v:hold >@meeting|dinner` gives `hold-meeting.v`, `v:collapse <@meeting` gives `meeting-collapse.v`.
fn stem(pattern: &str) -> String {
    let (pos, words) = pattern.split_once(':').unwrap_or(("", pattern));
    let (subjects, others): (Vec<&str>, Vec<&str>) = words.split(' ').partition(|word| word.starts_with('<'));
    let words: Vec<&str> = subjects.into_iter().chain(others).map(first).collect();
    format!("{}.{pos}", words.join("-"))
}

fn first(word: &str) -> &str {
    match word {
        "+to" => "to-do",
        "+ing" => "doing",
        // A hyphen that the tokenizer cuts off is a word of its own: it leaves a double hyphen.
        "-" => "",
        _ => bare(word.split('|').next().unwrap_or(word)),
    }
}

fn alternatives(pattern: &str) -> impl Iterator<Item = &str> {
    let words = pattern.split_once(':').map_or(pattern, |(_, words)| words);
    words.split([' ', '|']).map(bare).filter(|word| !word.is_empty() && *word != "-")
}

fn bare(word: &str) -> &str {
    word.trim_start_matches(['>', '<', '~', '+', '@'])
}

#[cfg(test)]
mod tests {
    use super::RuleIds;

    #[test]
    fn a_name_comes_from_the_pattern() {
        let mut ids = RuleIds::default();
        let mut name = |pattern| ids.name("x", pattern).into_string();
        assert_eq!(name("v:condemn|denounce"), "x/condemn.v");
        assert_eq!(name("v:hold >@meeting|dinner"), "x/hold-meeting.v");
        assert_eq!(name("v:attack <premier|mp >policy"), "x/premier-attack-policy.v");
        assert_eq!(name("v:appeal to"), "x/appeal-to.v");
        assert_eq!(name("v:appeal +to"), "x/appeal-to-do.v");
        assert_eq!(name("n:cease - fire"), "x/cease--fire.n");
        assert_eq!(name("n:cease fire"), "x/cease-fire.n");
    }

    #[test]
    fn names_are_kept_apart() {
        let mut ids = RuleIds::default();
        let mut name = |pattern| ids.name("x", pattern).into_string();
        assert_eq!(name("n:accord"), "x/accord.n");
        assert_eq!(name("v:accord"), "x/accord.v");
        assert_eq!(name("n:accord|pact"), "x/accord.n.pact");
        assert_eq!(name("n:accord|pact|deal"), "x/accord.n.deal");
        assert_eq!(name("n:@accord|pact"), "x/accord.n.2");
    }
}
