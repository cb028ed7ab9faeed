//! Every event names a rule of the lexicon, every rule has a name of its own, a line of doc and an example; constructions
//! fire where they should and not where they must not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use detente::acts::Acts;
use detente::codebook::Chapter;
use detente::model::{Article, Event, EventType};
use detente::{Pipeline, Played};
use jiff::civil::date;

fn article(text: &str) -> Article {
    Article::of_text("rules", "", text.replace(['[', ']', '{', '}'], "")).published_on(date(2015, 6, 10))
}

fn read(text: &str) -> Vec<Event> {
    Pipeline::builtin().read(&article(text)).events
}

#[test]
fn rules_have_names_of_their_own_and_all_their_parts() {
    let mut names = BTreeSet::new();
    for rule in Acts::builtin().rules() {
        let id = rule.id();
        assert!(names.insert(id), "{id} names two rules");
        assert!(id.chars().all(|c| c.is_alphanumeric() || "/.-'’$%&".contains(c)), "{id} is hard to type");
        assert!(!rule.doc().is_empty() && !rule.example().is_empty(), "{id}");
        assert!(rule.at().line > 0 && Acts::builtin().rule(id).is_some(), "{id}");
    }
    assert!(names.len() > 3000, "only {} rules", names.len());
}

#[test]
fn constructions_fire_in_their_example_and_not_in_their_counterexample() {
    for construction in Acts::builtin().constructions() {
        let fires = |text: &str| read(text).iter().any(|event| *event.rule == *construction.id);
        assert!(fires(&construction.example), "{}: {}", construction.id, construction.example);
        assert!(!fires(&construction.counter), "{}: {}", construction.id, construction.counter);
    }
}

#[test]
fn every_event_names_a_rule_and_can_be_explained() {
    let pipeline = Pipeline::builtin();
    for case in EventType::ALL.iter().flat_map(|kind| Chapter::of(*kind).cases).step_by(7) {
        let article = article(case.text);
        for (number, event) in pipeline.read(&article).events.iter().enumerate() {
            assert!(pipeline.acts().rule(&event.rule).is_some(), "{}: {}", event.rule, case.text);
            let explanation = pipeline.explain(&article, number + 1).unwrap();
            assert_eq!(explanation.event, *event);
            assert!(explanation.parse.contains(" ROOT"));
            let trigger = explanation.marks.iter().find(|mark| mark.part == Played::Trigger).unwrap();
            assert_eq!(trigger.span, event.evidence.trigger);
            let folded = event.plain.kind != event.kind;
            assert_eq!(explanation.folding().because.is_some(), folded, "{}", case.text);
        }
    }
    assert!(pipeline.explain(&article("It rained."), 1).is_none());
}
