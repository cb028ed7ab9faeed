//! What a case looks like to a judge that learns: named features with values.
//!
//! Three kinds: what the rules find (types, rules, standings, how the sides fit), the words (around the parties, between them, on the way from one
//! to the other in the parse), and the parties themselves (what they are, which comes first). A name begins with its kind: `rule=`, `between=`, `source=`.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::Range;

use detente_english::{Dep, Pos, Token};

use super::Case;
use crate::act::Candidate;
use crate::clause::{governing_verb, is_verbal};

/// Something that holds of a case, and how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// What holds.
    pub name: String,
    /// How much, in 0..=1.
    pub value: f32,
}

/// Everything a learned judge looks at; no name comes twice.
pub fn features(case: &Case<'_>) -> Vec<Feature> {
    let mut found = Found::default();
    found.of_rules(case.candidates());
    found.of_words(case);
    let way = way_of(case);
    found.of_way(way.as_ref());
    found.of_acts_on_way(case, way);
    found.of_parties(case);
    found.0.sort_by(|a, b| a.name.cmp(&b.name).then(b.value.total_cmp(&a.value)));
    found.0.dedup_by(|a, b| a.name == b.name);
    found.0
}

/// How much an act must outweigh another to be `e` times as likely.
const TEMPERATURE: f32 = 0.7;
/// How many verbs deep what hangs on the verb of a party is told.
const FRAME_DEPTH: usize = 2;
/// How many of the acts found are told one by one.
const TOLD: usize = 3;

#[derive(Default)]
struct Found(Vec<Feature>);

impl Found {
    fn add(&mut self, name: impl Display) {
        self.add_as(name, 1.0);
    }

    fn add_as(&mut self, name: impl Display, value: f32) {
        self.0.push(Feature { name: name.to_string(), value });
    }

    fn of_rules(&mut self, candidates: &[Candidate]) {
        let Some(best) = candidates.first() else { return self.add("kind=NONE") };
        let likely: Vec<f32> =
            candidates.iter().map(|c| ((c.weight - best.weight) / TEMPERATURE).exp()).collect();
        let all: f32 = likely.iter().sum();
        for kind in detente_model::EventType::ALL {
            let of_kind = candidates.iter().zip(&likely).filter(|(c, _)| c.kind == *kind);
            let share = of_kind.map(|(_, l)| l).sum::<f32>() / all;
            if share > 0.0 {
                self.add_as(format_args!("share={kind}"), share);
            }
        }
        self.of_best(best);
        if let Some(rival) = candidates.iter().find(|c| c.kind != best.kind) {
            let near = if best.weight - rival.weight < 1.0 { "near" } else { "far" };
            self.add(format_args!("rival={} {near}", rival.kind));
        }
        for (candidate, likely) in candidates.iter().zip(&likely).take(TOLD) {
            self.of_candidate(candidate, likely / all);
        }
    }

    fn of_best(&mut self, best: &Candidate) {
        let draft = &best.draft;
        self.add(format_args!("kind={}", best.kind));
        self.add(format_args!("kind={} fit={}", best.kind, fit(best)));
        self.add(format_args!("fit={}", fit(best)));
        self.add(format_args!("plain={}", draft.plain));
        self.add(format_args!("plain={} standing={:?}", draft.plain, draft.standing));
        self.add(format_args!("standing={:?}", draft.standing));
        self.add(format_args!("status={:?}", draft.status));
        if let Some(mode) = draft.mode {
            self.add(format_args!("mode={mode}"));
        }
        for theme in &draft.themes {
            self.add(format_args!("theme={theme}"));
        }
    }

    fn of_candidate(&mut self, candidate: &Candidate, share: f32) {
        let draft = &candidate.draft;
        self.add_as(format_args!("rule={}", draft.rule), share);
        self.add_as(format_args!("rule={} standing={:?}", draft.rule, draft.standing), share);
        self.add_as(format_args!("any={} standing={:?}", draft.plain, draft.standing), share);
    }

    /// The words outside of the parties, each and on the average: all of them, and those between the parties.
    fn of_words(&mut self, case: &Case<'_>) {
        let marked = |i: usize| case.source.contains(&i) || case.target.contains(&i);
        let telling = || case.text.tokens().filter(|t| !marked(t.i()) && is_telling(*t));
        let between = between(case);
        self.of_set("word", telling().map(lemma).collect());
        self.of_set("between", telling().filter(|t| between.contains(&t.i())).map(lemma).collect());
    }

    fn of_set(&mut self, name: &str, lemmas: BTreeSet<String>) {
        let share = 1.0 / lemmas.len() as f32;
        for lemma in lemmas {
            self.add(format_args!("{name}={lemma}"));
            self.add_as(format_args!("mean.{name}={lemma}"), share);
        }
    }

    /// The words on the way from one party to the other in the parse, and what stands right above each.
    fn of_way(&mut self, way: Option<&Way<'_>>) {
        let Some(way) = way else { return };
        for token in way.up.iter().chain(&way.down) {
            self.add(format_args!("way={}", lemma(*token)));
        }
        if let Some(top) = way.top {
            self.add(format_args!("top={}", lemma(top)));
            self.of_clause(top);
        }
        let steps =
            |tokens: &[Token<'_>]| tokens.iter().map(|t| t.dep().as_str()).collect::<Vec<_>>().join("<");
        self.add(format_args!("steps={}|{}", steps(&way.up), steps(&way.down)));
        self.of_place("source", way.source);
        self.of_place("target", way.target);
    }

    /// The acts whose words stand on the way, the one highest in the parse, and the first after the source.
    fn of_acts_on_way(&mut self, case: &Case<'_>, way: Option<Way<'_>>) {
        let on_way = way.map(Way::tokens).unwrap_or_default();
        for candidate in case.candidates().iter().filter(|c| on_way.contains(&c.draft.token)) {
            self.add(format_args!("onway={}", candidate.kind));
            self.add(format_args!("onway={} fit={}", candidate.kind, fit(candidate)));
            self.add(format_args!("onway={} standing={:?}", candidate.draft.plain, candidate.draft.standing));
        }
        let depth = |c: &&Candidate| case.text.token(c.draft.token).ancestors().count();
        if let Some(highest) = case.candidates().iter().min_by_key(depth) {
            self.add(format_args!("highest={}", highest.kind));
        }
        let after = |c: &&Candidate| case.source.last().is_some_and(|&last| c.draft.token > last);
        if let Some(next) = case.candidates().iter().filter(after).min_by_key(|c| c.draft.token) {
            self.add(format_args!("next={}", next.kind));
        }
    }

    /// How a party hangs on what is above it.
    fn of_place(&mut self, side: &str, head: Token<'_>) {
        self.add(format_args!("{side}.dep={}", head.dep()));
        self.add(format_args!("{side}.above={}", lemma(head.head())));
        if let Some(verb) = governing_verb(head) {
            self.add(format_args!("{side}.verb={}", lemma(verb)));
            self.of_frame(side, verb, FRAME_DEPTH);
        }
        if head.dep() == Dep::Pobj {
            let above = head.head().head();
            self.add(format_args!("{side}.through={} {}", lemma(above), head.head().lower()));
        }
    }

    /// What hangs on the verb of a party, and on the verbs below it: "has agreed to withdraw its troops".
    fn of_frame(&mut self, side: &str, verb: Token<'_>, depth: usize) {
        for child in verb.children() {
            match child.dep() {
                Dep::Aux | Dep::Auxpass | Dep::Neg => {
                    self.add(format_args!("{side}.aux={} {depth}", child.lower()));
                }
                Dep::Dobj | Dep::Prt | Dep::Xcomp | Dep::Ccomp | Dep::Acomp | Dep::Advcl => {
                    self.add(format_args!("{side}.frame={} {}", lemma(verb), lemma(child)));
                    self.add(format_args!("{side}.below={} {}", child.dep(), lemma(child)));
                }
                _ => {}
            }
            if depth > 1 && matches!(child.dep(), Dep::Xcomp | Dep::Ccomp | Dep::Advcl) {
                self.of_frame(side, child, depth - 1);
            }
        }
    }

    /// Modals, negation and tense of the clause that holds both.
    fn of_clause(&mut self, top: Token<'_>) {
        self.add(format_args!("tag={}", top.tag()));
        for child in top.children() {
            match child.dep() {
                Dep::Aux | Dep::Auxpass | Dep::Neg => self.add(format_args!("aux={}", child.lower())),
                Dep::Prt | Dep::Prep => self.add(format_args!("top={} {}", lemma(top), child.lower())),
                Dep::Dobj | Dep::Xcomp | Dep::Ccomp | Dep::Acomp | Dep::Attr => {
                    self.add(format_args!("top={} {}={}", lemma(top), child.dep(), lemma(child)));
                    self.add(format_args!("below={}={}", child.dep(), lemma(child)));
                }
                _ => {}
            }
        }
    }

    fn of_parties(&mut self, case: &Case<'_>) {
        let first = if case.source.first() <= case.target.first() { "source" } else { "target" };
        self.add(format_args!("first={first}"));
        for (side, tokens) in [("source", &case.source), ("target", &case.target)] {
            let Some(head) = head(case, tokens) else { continue };
            match head.entity_type() {
                Some(kind) => self.add(format_args!("{side}.is={kind}")),
                None => self.add(format_args!("{side}.is={}", lemma(head))),
            }
            for word in tokens.iter().map(|&i| case.text.token(i)).filter(|t| t.pos() == Pos::Noun) {
                self.add(format_args!("{side}={}", lemma(word)));
            }
        }
    }
}

fn fit(candidate: &Candidate) -> String {
    let fit = candidate.fit;
    let letter = |holds: bool, letter: char| if holds { letter } else { '-' };
    [letter(fit.source_acts, 's'), letter(fit.target_receives, 't'), letter(fit.reversed, 'r')]
        .iter()
        .collect()
}

/// Names and numbers tell nothing of what is done.
fn is_telling(token: Token<'_>) -> bool {
    !matches!(token.pos(), Pos::Propn | Pos::Num | Pos::Punct | Pos::Space | Pos::Sym | Pos::Det | Pos::X)
}

fn lemma(token: Token<'_>) -> String {
    match token.pos() {
        Pos::Propn | Pos::Num => {
            token.entity_type().map_or_else(|| token.pos().to_string(), |kind| kind.to_string())
        }
        _ => token.lemma().to_lowercase(),
    }
}

/// The token of a party that all its others hang below.
fn head<'a>(case: &Case<'a>, tokens: &[usize]) -> Option<Token<'a>> {
    let outside = |t: &Token<'_>| t.is_root() || !tokens.contains(&t.head().i());
    tokens.iter().map(|&i| case.text.token(i)).find(outside)
}

fn between(case: &Case<'_>) -> Range<usize> {
    let (source, target) = (&case.source, &case.target);
    let (Some(&s), Some(&t)) = (source.first(), target.first()) else { return 0..0 };
    let (Some(&s_end), Some(&t_end)) = (source.last(), target.last()) else { return 0..0 };
    if s < t { s_end.min(t) + 1..t } else { t_end.min(s) + 1..s }
}

/// The way through the parse: up from the source, the word above both, down to the target.
struct Way<'a> {
    source: Token<'a>,
    up: Vec<Token<'a>>,
    top: Option<Token<'a>>,
    down: Vec<Token<'a>>,
    target: Token<'a>,
}

impl Way<'_> {
    fn tokens(self) -> Vec<usize> {
        self.up.into_iter().chain(self.top).chain(self.down).map(Token::i).collect()
    }
}

fn way_of<'a>(case: &Case<'a>) -> Option<Way<'a>> {
    let (source, target) = (head(case, &case.source)?, head(case, &case.target)?);
    let top = std::iter::once(source).chain(source.ancestors()).find(|t| t.dominates(target));
    let below = |t: &Token<'_>| top.is_some_and(|top| top.i() != t.i());
    let up = source.ancestors().take_while(below).collect();
    let mut down: Vec<Token<'a>> = target.ancestors().take_while(below).collect();
    down.reverse();
    let top = top.map(|top| if is_verbal(top) { top } else { governing_verb(top).unwrap_or(top) });
    Some(Way { source, up, top, down, target })
}
