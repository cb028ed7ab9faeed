//! Patterns in words: `v:hold >@meeting` is the verb "hold" with an object of the set "meeting".

use crate::pattern::{Pattern, TriggerPos};

/// So many alternatives are named; the rest are counted.
const NAMED: usize = 4;

/// What a pattern asks for, in a line.
pub(crate) fn pattern(pattern: &Pattern) -> String {
    let words: Vec<&str> = pattern.source.split_once(':').map_or("", |(_, words)| words).split(' ').collect();
    let (phrase, steps) = words.split_at(pattern.before.len() + 1);
    let phrase: Vec<String> = phrase.iter().map(|word| alternatives(word)).collect();
    let mut line = format!("The {} {}", part_of_speech(pattern.pos), phrase.join(" "));
    let mut after_preposition = false;
    for (number, step) in steps.iter().enumerate() {
        line.push_str(if number == 0 { " with " } else { ", " });
        line.push_str(&self::step(step, after_preposition));
        after_preposition = !step.starts_with(['>', '<', '+', '~']);
    }
    line.push('.');
    line
}

const fn part_of_speech(pos: TriggerPos) -> &'static str {
    match pos {
        TriggerPos::Verb => "verb",
        TriggerPos::Noun => "noun",
        TriggerPos::Adjective => "adjective",
    }
}

fn step(word: &str, after_preposition: bool) -> String {
    match word.split_at_checked(1) {
        Some((">", rest)) if after_preposition => format!("{} as its object", alternatives(rest)),
        Some((">", rest)) => format!("the object {}", alternatives(rest)),
        Some(("<", rest)) => format!("the subject {}", alternatives(rest)),
        Some(("~", rest)) => format!("{} somewhere below", alternatives(rest)),
        Some(("+", "to")) => "an infinitive".to_owned(),
        Some(("+", "that")) => "a clause".to_owned(),
        Some(("+", "ing")) => "a gerund".to_owned(),
        _ => alternatives(word),
    }
}

fn alternatives(word: &str) -> String {
    let all: Vec<&str> = word.split('|').collect();
    let named: Vec<String> = all.iter().take(NAMED).map(|word| one(word)).collect();
    match all.len() - named.len() {
        0 => named.join(" or "),
        rest => format!("{} or one of {rest} more", named.join(", ")),
    }
}

fn one(word: &str) -> String {
    match word.strip_prefix('@') {
        Some(set) => format!("one of the set “{set}”"),
        None => format!("“{word}”"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Acts, File};

    #[test]
    fn a_pattern_reads_as_a_line() {
        let text = "v:hold >talk\t-\t-\t-\tThey held talks.\nn:phone call to|from\t-\t-\t-\tA phone call to Oslo.\n\
             v:end <@summit in >accord\t-\t-\t-\tThe summit ended in accord.\n";
        let sets = File { name: "sets.tsv", text: "summit\tsummit congress\n" };
        let (acts, faults) = Acts::read(&[sets, File { name: "consult.tsv", text }]);
        assert_eq!(faults, []);
        let docs: Vec<String> = acts.rules().map(|rule| rule.doc()).collect();
        assert_eq!(
            docs,
            [
                "The verb “hold” with the object “talk”.",
                "The noun “phone” “call” with “to” or “from”.",
                "The verb “end” with the subject one of the set “summit”, “in”, “accord” as its object.",
            ]
        );
    }
}
