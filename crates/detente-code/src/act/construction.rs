//! Acts that grammar names, whatever the verb: "X said Y must …" asks, "X will …" announces, "X will not …" refuses.
//!
//! Fires only where no word of the lexicon names an act in the same clause, and where a political actor is the subject.

use detente_english::{Annotated, Dep, Pos, Sentence, Token};
use detente_model::{EventType, Party, Sector, Status};

use super::coder::{self, Act, Draft, Reference, Telling};
use super::party::{self, Parties, is_political};
use super::role::Sides;
use super::speaker::Speakers;
use super::standing::{self, Standing};
use super::trigger::{Governor, Matcher};
use crate::clause;
use detente_acts::{Effect, WordClass};

/// The acts that constructions name in a sentence, leaving alone the verbs in `taken`.
pub fn find(
    text: &Annotated<'_>,
    matcher: Matcher<'_>,
    parties: &Parties<'_>,
    speakers: &Speakers<'_>,
    sentence: Sentence<'_>,
    taken: &[usize],
) -> Vec<Act> {
    let verbs = sentence.tokens().filter(|t| t.pos() == Pos::Verb && !holds_trigger(text, *t, taken));
    verbs.filter_map(|verb| act(matcher, parties, speakers, verb)).collect()
}

/// "X said Y must …", whoever X and Y are.
pub fn demands(
    text: &Annotated<'_>,
    speakers: &Speakers<'_>,
    sentence: Sentence<'_>,
    taken: &[usize],
) -> Vec<Draft> {
    let asked = |verb: &Token<'_>| {
        standing::modality(*verb) == Some(Standing::Under(Effect::Request))
            && !holds_trigger(text, *verb, taken)
    };
    let verbs = sentence.tokens().filter(asked);
    verbs.filter_map(|verb| Some(demand(verb, speakers.of(verb.i())?))).collect()
}

fn demand(verb: Token<'_>, speaker: usize) -> Draft {
    Draft {
        token: verb.i(),
        kind: EventType::Request,
        plain: EventType::Request,
        standing: Standing::Fact,
        status: Some(Status::Occurred),
        mode: None,
        themes: Vec::new(),
        sides: Sides { actors: vec![speaker], recipients: clause::agents(verb) },
        rule: "construction/must".into(),
        weight: 0.5,
    }
}

fn act(matcher: Matcher<'_>, parties: &Parties<'_>, speakers: &Speakers<'_>, verb: Token<'_>) -> Option<Act> {
    let named = clause::agents(verb).into_iter().filter(|&head| parties.mention(head).is_some());
    let subjects = parties.of(&named.collect::<clause::Heads>(), true);
    let aspect = |found: &Governor<'_>| {
        matches!(found.operator.effect, Effect::End | Effect::Continue | Effect::Begin)
    };
    if !subjects.iter().any(is_political)
        || matcher.operator_at(verb.i()).is_some_and(|found| !aspect(&found))
    {
        return None;
    }
    if is_wished(matcher, verb) {
        return None;
    }
    let speaker = speakers.of(verb.i());
    let speakers = speaker.map(|head| parties.of(&[head], true)).unwrap_or_default();
    let by_others = is_of_others(&speakers, &subjects);
    let announced = !by_others && is_announced(verb) && subjects.iter().any(is_government);
    let objects = parties.of(&clause::patients(verb), true);
    let standing = standing::modality(verb)?;
    let announces = !matcher.is_of(WordClass::Stative, verb.i());
    let (kind, status, actors, recipients, rule) = match standing {
        Standing::Under(Effect::Request) if speakers.iter().any(is_political) && !is_of_us(verb) => {
            (EventType::Request, Status::Occurred, speakers, subjects, "construction/must")
        }
        Standing::Ahead if announces && announced => {
            (EventType::Agree, Status::Scheduled, subjects, political(objects), "construction/will")
        }
        Standing::Refused if announces && modal_is_will(verb) && subjects.iter().any(is_official) => {
            (EventType::Reject, Status::Occurred, subjects, political(objects), "construction/will-not")
        }
        _ => return None,
    };
    Some(Act {
        sentence: verb.sentence().number(),
        token: verb.i(),
        used: verb.children_with(Dep::Aux).map(Token::i).chain([verb.i()]).collect(),
        clause: clause::range(verb),
        telling: coder::telling(verb),
        kind,
        standing,
        governor: None,
        plain: (kind, None),
        name: None,
        refers: Reference::Nothing,
        mode: None,
        contexts: Vec::new(),
        status,
        actors,
        recipients,
        speaker,
        cameo: None,
        rule: rule.to_owned(),
        weight: 0.5,
    })
}

/// "we must act": asked of nobody else.
fn is_of_us(verb: Token<'_>) -> bool {
    verb.children_with(Dep::Nsubj).any(|subject| matches!(subject.lower(), "we" | "i"))
}

/// "Analysts said that OPEC will cut …": a forecast of somebody else's doings.
fn is_of_others(speakers: &[Party], subjects: &[Party]) -> bool {
    let known = |party: &&Party| party.actor.code.is_some();
    let shares = |speaker: &Party| subjects.iter().any(|subject| subject.actor.code == speaker.actor.code);
    speakers.iter().any(|speaker| known(&speaker)) && !speakers.iter().any(shares)
}

/// A plan is told as news, does something to something, and is no question of when or whether.
fn is_announced(verb: Token<'_>) -> bool {
    let does = verb.children_with(Dep::Dobj).next().is_some();
    let asks = |c: Token<'_>| matches!(c.lower(), "when" | "how" | "whether" | "where" | "why");
    let asked = verb.children().any(|c| matches!(c.dep(), Dep::Advmod | Dep::Mark) && asks(c));
    does && !asked && coder::telling(verb) == Telling::News
}

/// Whoever governs, or commands for who does.
fn is_government(party: &Party) -> bool {
    use Sector::{Cop, Gov, Mil};
    is_official(party) && matches!(party.actor.sector, None | Some(Gov | Mil | Cop))
}

/// "hopes that X will …", "fears X will …": what others hope or fear is announced by nobody.
fn is_wished(matcher: Matcher<'_>, verb: Token<'_>) -> bool {
    let over = Some(verb.head()).filter(|_| verb.dep() == Dep::Ccomp);
    let found = over.and_then(|over| matcher.operator_at(over.i()));
    found.is_some_and(|found| matches!(found.operator.effect, Effect::Hope | Effect::Fear | Effect::Try))
}

/// Whether what a party will do is politics, whatever it is: a voter's plans are his own.
fn is_official(party: &Party) -> bool {
    is_political(party) && party::is_public(party) && party.actor.sector != Some(Sector::Cvl)
}

fn political(parties: Vec<Party>) -> Vec<Party> {
    parties.into_iter().filter(is_political).collect()
}

fn modal_is_will(verb: Token<'_>) -> bool {
    verb.children_with(Dep::Aux).any(|aux| matches!(aux.lower(), "will" | "would" | "wo" | "'ll"))
}

/// Whether a word of the lexicon names an act in the verb's own clause.
fn holds_trigger(text: &Annotated<'_>, verb: Token<'_>, taken: &[usize]) -> bool {
    let clausal =
        |t: Token<'_>| matches!(t.dep(), Dep::Relcl | Dep::Advcl | Dep::Ccomp | Dep::Conj | Dep::Parataxis);
    let own = |t: Token<'_>| {
        t.ancestors().take_while(|a| a.i() != verb.i()).chain([t]).all(|a| a.i() == verb.i() || !clausal(a))
    };
    taken.iter().map(|&i| text.token(i)).any(|t| verb.dominates(t) && own(t))
}
