//! The parties of questions and commands: from words to codes, and from codes to names.

use detente_assess::Names;
use detente_lexicon::{Form, Kind, Lexicon};
use detente_model::ActorCode;
use jiff::civil::Date;

/// A name of a party has no more words than this.
const LONGEST_NAME: usize = 24;

/// Knows states, organisations and those who stand for them by name, as they are on a day.
#[derive(Clone, Copy)]
pub struct Parties<'l> {
    lexicon: &'l Lexicon,
    on: Option<Date>,
}

impl<'l> Parties<'l> {
    /// The parties of a lexicon on a day; without one, as last known.
    pub fn new(lexicon: &'l Lexicon, on: Option<Date>) -> Self {
        Self { lexicon, on }
    }

    /// The party that an argument names: a code (`RUS`), a state (`Russia`), an organisation, a capital or an office-holder.
    pub fn find(&self, argument: &str) -> Option<ActorCode> {
        let code = argument.parse().ok().filter(|code| self.recorded(*code).is_some());
        let words: Vec<&str> = argument.trim_start_matches("the ").split_whitespace().collect();
        code.or_else(|| {
            self.party(&words, 0).filter(|(taken, _)| *taken == words.len()).map(|(_, code)| code)
        })
    }

    /// The name of a party; the code itself where none is recorded.
    pub fn name(&self, code: ActorCode) -> String {
        self.recorded(code).map_or_else(|| code.to_string(), str::to_owned)
    }

    fn recorded(&self, code: ActorCode) -> Option<&'l str> {
        let organisation = || {
            let mut all = self.lexicon.subjects().filter(|subject| subject.kind() == Kind::Organisation);
            all.find(|subject| {
                subject.roles().iter().any(|role| role.code == Some(code) && role.sector.is_none())
            })
        };
        self.lexicon.state(code).or_else(organisation).map(|subject| subject.name())
    }

    fn code(&self, form: &Form) -> Option<ActorCode> {
        let subject = self.lexicon.subject(form.subject);
        let stands_alone = !matches!(subject.kind(), Kind::Title | Kind::People | Kind::Area);
        let code = subject.role_on(self.on).or(subject.roles().last())?.code;
        code.filter(|_| stands_alone && form.period.holds(self.on))
    }
}

impl Names for Parties<'_> {
    fn party(&self, words: &[&str], at: usize) -> Option<(usize, ActorCode)> {
        let bare: Vec<&str> = words.iter().skip(at).take(LONGEST_NAME).map(|word| bare(word)).collect();
        self.lexicon
            .lookups(&bare, 0)
            .into_iter()
            .find_map(|found| found.forms.iter().find_map(|form| Some((found.len, self.code(form)?))))
    }
}

/// A word without the possessive.
fn bare(word: &str) -> &str {
    word.trim_end_matches("'s").trim_end_matches("’s")
}

#[cfg(test)]
mod tests {
    use detente_assess::{Asked, Question, forms};
    use jiff::civil::date;

    use super::*;

    fn parties() -> Parties<'static> {
        Parties::new(Lexicon::builtin(), Some(date(2017, 5, 2)))
    }

    fn code(code: &str) -> ActorCode {
        code.parse().unwrap()
    }

    #[test]
    fn arguments_may_be_codes_names_or_persons() {
        let cases = [
            ("RUS", "RUS"),
            ("Russia", "RUS"),
            ("the United States", "USA"),
            ("NATO", "NAT"),
            ("Putin", "RUS"),
        ];
        for (argument, wanted) in cases {
            assert_eq!(parties().find(argument), Some(code(wanted)), "{argument}");
        }
        for argument in ["", "QQQ", "Russia and", "weather"] {
            assert_eq!(parties().find(argument), None, "{argument}");
        }
    }

    #[test]
    fn codes_have_names() {
        assert_eq!(parties().name(code("RUS")), "Russia");
        assert_eq!(parties().name(code("QQQ")), "QQQ");
    }

    #[test]
    fn every_form_is_understood_with_the_real_names() {
        for (kind, example) in forms() {
            assert_eq!(Question::parse(example, &parties()).map(|q| q.asked.kind()), Some(kind), "{example}");
        }
    }

    #[test]
    fn parties_stand_in_the_order_they_are_named() {
        let cases = [
            ("How are US-Russia relations?", "USA", "RUS"),
            ("Are Turkey's ties with Armenia thawing?", "TUR", "ARM"),
            ("Is there a thaw between North Korea and South Korea?", "PRK", "KOR"),
        ];
        for (text, a, b) in cases {
            let Some(Question { asked: Asked::Relation(dyad), .. }) = Question::parse(text, &parties())
            else {
                panic!("{text} is not understood");
            };
            assert_eq!((dyad.a, dyad.b), (code(a), code(b)), "{text}");
        }
    }
}
