//! How real an act is: fact, plan, wish, threat, refusal, or a mere word.
//!
//! Reads tense, modality, negation, conditions and purpose from the clause, and the operators of the lexicon above it.
//! It judges one trigger; turning a standing into an event's type and status is `fold`'s work.

use detente_acts::{Effect, Meaning, Sense, Step, TriggerPos, WordClass};
use detente_english::{Annotated, Dep, EntityType, Pos, Tag, Token};
use detente_model::{EventType, Mode, QuadClass};

use super::trigger::{Governor, Matcher, Trigger};
use crate::clause::{self, is_verbal};

/// How real an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It happened.
    Fact,
    /// It goes on, or is a standing position.
    Ongoing,
    /// It lies ahead.
    Ahead,
    /// It lies ahead only if something else happens, or may happen.
    Possible,
    /// Its doer announces it for the case that something else happens.
    Conditional,
    /// It did not happen.
    Negated,
    /// It will not happen.
    Refused,
    /// An operator speaks of it.
    Under(Effect),
    /// It is named only as a purpose, a condition or a comparison.
    Unreal,
}

/// A standing, with the word that gives it where it is not the act's own clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// How real the act is.
    pub standing: Standing,
    /// The operator's token.
    pub governor: Option<usize>,
}

/// Judges the triggers of one text.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    text: &'a Annotated<'a>,
    matcher: Matcher<'a>,
    headline: bool,
}

impl<'a> Judge<'a> {
    /// A judge for one sentence; in a headline the simple present is the past.
    pub fn new(text: &'a Annotated<'a>, matcher: Matcher<'a>, headline: bool) -> Self {
        Self { text, matcher, headline }
    }

    /// How real the act of a trigger is.
    pub fn judge(&self, trigger: &Trigger<'_>) -> Judgement {
        let token = self.text.token(trigger.token);
        match trigger.sense.pattern.pos {
            TriggerPos::Noun if clause::governing_verb(token).is_some_and(is_asked) => own(Standing::Unreal),
            TriggerPos::Noun => self.judge_noun(token, trigger.sense),
            _ if is_verbal(token) && self.is_under_way_beside(token, trigger.sense) => own(Standing::Ongoing),
            _ if is_verbal(token) && is_cooperative(trigger.sense) && waits_for_main(token) => {
                own(Standing::Ahead)
            }
            _ if is_still_to_do(token) && is_mutual(trigger.sense) => own(Standing::Negated),
            _ if is_still_to_do(token) => own(Standing::Unreal),
            _ if is_verbal(token) => self.judge_verb(token, 0),
            _ => Judgement { standing: self.tense_of_carrier(token), governor: None },
        }
    }

    fn judge_noun(&self, noun: Token<'_>, sense: &Sense) -> Judgement {
        if let Some(judgement) = self.under_operator(noun) {
            return judgement;
        }
        if let Some(series) = counted_by(noun) {
            return self.judge_noun(series, sense);
        }
        if has_determiner_no(noun) {
            return own(Standing::Negated);
        }
        match carrying_verb(noun) {
            Some(verb) if is_tie(sense) && self.is_ended(noun, verb) => own(Standing::Under(Effect::End)),
            Some(verb) if self.is_eventive(verb) || self.runs_on(noun, verb) => {
                self.of_carried(noun, self.judge_verb(verb, 0))
            }
            Some(verb) if is_infinitive(verb) && self.is_new(noun) => own(Standing::Unreal),
            _ if is_occasion_ahead(noun)
                || self.headline && is_headline_occasion(noun)
                || kind_of(sense) == Some(EventType::Consult) && is_to_do(noun) =>
            {
                own(Standing::Ahead)
            }
            _ if self.is_under_way(noun) => own(Standing::Ongoing),
            _ => own(Standing::Fact),
        }
    }

    /// Whether a noun brings up an act as something to be made: "to gain concessions", but "to disrupt the talks".
    fn is_new(&self, noun: Token<'_>) -> bool {
        let known = noun.children().any(|c| matches!(c.dep(), Dep::Poss | Dep::Relcl)) || is_definite(noun);
        noun.dep() == Dep::Dobj && !known && !self.matcher.is_of(WordClass::Lasting, noun.i())
    }

    /// "their honeymoon has come to an end".
    fn is_ended(&self, noun: Token<'_>, verb: Token<'_>) -> bool {
        let ends =
            self.matcher.operator_at(verb.i()).is_some_and(|found| found.operator.effect == Effect::End);
        noun.dep() == Dep::Nsubj && ends
    }

    /// "the investigation goes on".
    fn runs_on(&self, noun: Token<'_>, verb: Token<'_>) -> bool {
        let goes_on =
            self.matcher.operator_at(verb.i()).is_some_and(|found| found.operator.effect == Effect::Continue);
        noun.dep() == Dep::Nsubj && goes_on
    }

    /// Verbs that say of an event noun that it happens: no act of their own, and no operator.
    fn is_eventive(&self, verb: Token<'_>) -> bool {
        self.matcher.is_of(WordClass::Eventive, verb.i())
    }

    /// "This is the second meeting": what is said of it now does not make it go on; "there is fighting" does.
    fn of_carried(&self, noun: Token<'_>, judgement: Judgement) -> Judgement {
        let equated = noun.dep() == Dep::Attr && noun.head().children_with(Dep::Expl).next().is_none();
        match judgement.standing {
            Standing::Ongoing if equated && !self.matcher.is_of(WordClass::Lasting, noun.i()) => {
                own(Standing::Fact)
            }
            Standing::Negated if is_described(noun) => own(Standing::Fact),
            _ => judgement,
        }
    }

    /// Talks, trials and wars that a sentence merely refers to go on, unless it looks back on them.
    fn is_under_way(&self, noun: Token<'_>) -> bool {
        let preposition = Some(noun.head()).filter(|_| noun.dep() == Dep::Pobj);
        let referred = preposition.is_some_and(|p| {
            matches!(p.lower(), "in" | "at" | "during" | "to" | "amid" | "of" | "on") && !is_count(p.head())
        });
        let told = Some(noun.head()).filter(|verb| noun.dep() == Dep::Nsubj && is_verbal(*verb));
        let does = told
            .is_some_and(|verb| modality(verb).is_none() && tense(verb, self.headline) == Standing::Ongoing);
        let holds = told.is_some() && self.matcher.is_of(WordClass::State, noun.i()) && is_definite(noun);
        holds || (referred || does) && self.matcher.is_of(WordClass::Lasting, noun.i())
    }

    /// "visiting minister X", "chairing the summit, he …", "the hostages held in the embassy", "the zones now occupied".
    fn is_under_way_beside(&self, verb: Token<'_>, sense: &Sense) -> bool {
        let lasting = |object: Token<'_>| self.matcher.is_of(WordClass::Lasting, object.i());
        match verb.tag() {
            Tag::Vbg if clause::is_attributive(verb) => sense.mode == Some(Mode::Visit),
            Tag::Vbg if is_adjunct(verb) => verb.children_with(Dep::Dobj).any(lasting),
            Tag::Vbn if is_participle_of_noun(verb) => {
                let result =
                    is_material_conflict(sense) && self.matcher.is_of(WordClass::Resulting, verb.i());
                is_said_of_now(verb) || result && !has_time(verb)
            }
            _ => false,
        }
    }

    fn judge_verb(&self, verb: Token<'_>, depth: usize) -> Judgement {
        if nothing_says(verb) {
            return own(Standing::Unreal);
        }
        if let Some(judgement) = self.under_operator(verb) {
            return judgement;
        }
        if let Some(standing) = modality(verb).filter(|_| !is_asked(verb)) {
            return own(standing);
        }
        if is_perfect_infinitive(verb) {
            return own(Standing::Fact);
        }
        if depth < 4 && (shares_auxiliaries(verb) || self.is_witnessed(verb)) {
            return self.judge_verb(verb.head(), depth + 1);
        }
        own(self.by_clause(verb))
    }

    fn by_clause(&self, verb: Token<'_>) -> Standing {
        let supposed = is_condition(verb) || is_be_to(verb) && is_condition(verb.head());
        if supposed || is_asked(verb) || is_awaited(verb) || is_purpose(verb) || is_left_out(verb) {
            return Standing::Unreal;
        }
        if is_infinitive(verb) {
            if let Some(standing) = one_of_those(verb) {
                return standing;
            }
            return match verb.is_root() || is_be_to(verb) || is_headline_plan(verb) {
                true => Standing::Ahead,
                false => Standing::Unreal,
            };
        }
        let tense = tense(verb, self.headline);
        match is_negated(verb) {
            true => Standing::Negated,
            false => tense,
        }
    }

    /// "has seen rebels seize half of the country": as real as the seeing.
    fn is_witnessed(&self, verb: Token<'_>) -> bool {
        let bare = matches!(verb.tag(), Tag::Vb | Tag::Vbp)
            && !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Mark));
        bare && verb.dep() == Dep::Ccomp && self.matcher.is_of(WordClass::Witness, verb.head().i())
    }

    fn tense_of_carrier(&self, token: Token<'_>) -> Standing {
        match clause::governing_verb(token) {
            Some(verb) => tense(verb, self.headline),
            None => Standing::Fact,
        }
    }

    /// The operator in whose complement the token stands, through coordination.
    fn under_operator(&self, token: Token<'_>) -> Option<Judgement> {
        [token, clause::first_conjunct(token)].into_iter().find_map(|t| self.operator_over(t))
    }

    fn operator_over(&self, token: Token<'_>) -> Option<Judgement> {
        if is_purpose_of_noun(token) {
            return Some(own(Standing::Unreal));
        }
        let participle = token
            .children()
            .filter(|c| matches!(c.dep(), Dep::Amod | Dep::Acl | Dep::Advmod | Dep::Neg | Dep::Compound))
            .filter(|c| clause::interrupted_subject(*c).is_none());
        let before = participle.filter_map(|c| self.matcher.operator_at(c.i()).filter(takes_noun)).next();
        let outer = self.complement_of(token);
        let undone = outer.as_ref().is_some_and(|found| undoes(found.operator.effect));
        let found = if undone { outer } else { before.or(outer) }?;
        if let Some(denial) = self.denial_of(&found) {
            return Some(denial);
        }
        match found.operator.effect {
            Effect::Report | Effect::Manage => None,
            effect if is_aspect(effect) && is_finite_clause(token) => None,
            Effect::Request if is_own_wish(&self.text.token(found.token), token) => {
                Some(self.combine(Effect::Hope, &found))
            }
            // "vowed not to yield".
            effect if is_commitment(effect) && is_verbal(token) && is_negated(token) => {
                Some(self.combine(Effect::Refuse, &found))
            }
            // "announced that it would send aid": the clause says itself how real it is.
            Effect::Claim if is_finite_clause(token) => None,
            effect => Some(self.combine(effect, &found)),
        }
    }

    /// "denied reports that he had met …": the report passes the denial on.
    fn denial_of(&self, report: &Governor<'_>) -> Option<Judgement> {
        let noun = self.text.token(report.token);
        if !matches!(report.operator.effect, Effect::Report | Effect::Claim | Effect::Accuse) {
            return None;
        }
        let over = self.complement_of(noun).filter(|_| !is_verbal(noun))?;
        (over.operator.effect == Effect::Deny).then(|| self.combine(Effect::Deny, &over))
    }

    /// A negated operator turns round: "did not refuse", "will not try".
    fn combine(&self, effect: Effect, found: &Governor<'_>) -> Judgement {
        let token = self.text.token(found.token);
        if let Some(undone) = self.undone(effect, token) {
            return undone;
        }
        let said = predicate(token);
        let negated = is_verbal(said) && is_negated(said);
        let effect = match effect {
            effect
                if negated && (is_commitment(effect) || matches!(effect, Effect::Allow | Effect::Hope)) =>
            {
                Effect::Refuse
            }
            Effect::Begin | Effect::Try if negated => Effect::Fail,
            Effect::Future if is_past_perfect(predicate(token)) => Effect::Cancel,
            Effect::Begin | Effect::Continue | Effect::Order if is_verbal(token) => match modality(token) {
                Some(Standing::Ahead) => Effect::Future,
                Some(Standing::Refused) => Effect::Refuse,
                Some(Standing::Possible) => Effect::Consider,
                _ => effect,
            },
            effect => effect,
        };
        self.spoken_of_ahead(effect, token)
            .unwrap_or(Judgement { standing: Standing::Under(effect), governor: Some(found.token) })
    }

    /// "scrapped plans to visit", "rejected proposals to ease": what is done to a plan is done to what was planned.
    fn undone(&self, effect: Effect, plan: Token<'_>) -> Option<Judgement> {
        let outer = self.complement_of(plan).filter(|_| is_commitment(effect) && !is_verbal(plan))?;
        undoes(outer.operator.effect).then(|| self.combine(outer.operator.effect, &outer))
    }

    /// "is expected to announce the dissolution": what is yet to be announced or begun lies ahead.
    fn spoken_of_ahead(&self, effect: Effect, verb: Token<'_>) -> Option<Judgement> {
        let through = matches!(
            effect,
            Effect::Claim | Effect::Begin | Effect::Continue | Effect::Discuss | Effect::Order
        );
        if !through || !is_infinitive(verb) {
            return None;
        }
        let outer = self.complement_of(verb)?;
        let over = outer.operator.effect;
        let ahead = is_commitment(over) || over == Effect::Request;
        ahead.then_some(Judgement { standing: Standing::Under(over), governor: Some(outer.token) })
    }

    fn complement_of(&self, token: Token<'_>) -> Option<Governor<'a>> {
        if token.is_root() {
            return None;
        }
        let head = token.head();
        match token.dep() {
            Dep::Ccomp if stands_apart(token) => None,
            Dep::Xcomp | Dep::Ccomp => {
                let adjectives = head.children_with(Dep::Acomp).filter(|_| token.dep() == Dep::Ccomp);
                // "it is unlikely that they will meet".
                let mut said = adjectives.filter_map(|adjective| self.matcher.operator_at(adjective.i()));
                self.matcher.operator_at(head.i()).or_else(|| said.find(asks_for_clause))
            }
            // "the beginning of the invasion to oust X": what has begun is the invasion.
            Dep::Acl => self
                .matcher
                .operator_at(head.i())
                .filter(|found| found.used.len() == 1 || asks_for_clause(found)),
            Dep::Advcl | Dep::Attr | Dep::Oprd => {
                let through = |found: &Governor<'_>| {
                    preposition_of_doer(token).is_some_and(|before| found.used.contains(&before))
                };
                self.matcher.operator_at(head.i()).filter(|found| asks_for_clause(found) || through(found))
            }
            Dep::Dobj | Dep::Nsubjpass => self
                .matcher
                .operator_at(head.i())
                .filter(|found| takes_noun(found) || self.has_particle(found)),
            // "lifting the blockade is out of the question".
            Dep::Csubj | Dep::Nsubj => self
                .matcher
                .operator_at(head.i())
                .filter(|found| head.lemma() == "be" && found.operator.effect == Effect::Refuse),
            Dep::Pcomp => self.through_preposition(head).or_else(|| self.over_gerund(head)),
            Dep::Pobj => self.through_preposition(head),
            _ => None,
        }
    }

    /// "called off talks": with its particle it is one verb.
    fn has_particle(&self, found: &Governor<'_>) -> bool {
        let particle = |&i: &usize| i == found.token || self.text.token(i).dep() == Dep::Prt;
        !asks_for_clause(found) && found.used.iter().all(particle)
    }

    /// "prevent X from attacking": the preposition of a gerund is the verb's own, whether a pattern names it or not.
    fn over_gerund(&self, preposition: Token<'_>) -> Option<Governor<'a>> {
        let verb = clause::governing_verb(preposition.head())?;
        let own = matches!(preposition.lower(), "from" | "of" | "to" | "in" | "against")
            && (verb == preposition.head() || preposition.head().dep() != Dep::Nsubj);
        let found = self.matcher.operator_at(verb.i()).filter(|found| own && found.used.len() == 1);
        found.or_else(|| self.preventing(preposition))
    }

    /// "to prevent X and Y from attacking": where the parse has lost the verb, the nearest before it that prevents.
    fn preventing(&self, from: Token<'_>) -> Option<Governor<'a>> {
        let before = (from.sentence().range().start..from.i()).rev().filter(|_| from.lower() == "from");
        let mut verbs = before.map(|i| self.text.token(i)).filter(|t| is_verbal(*t));
        verbs
            .find_map(|verb| self.matcher.operator_at(verb.i()))
            .filter(|found| found.operator.effect == Effect::Prevent && found.used.len() == 1)
    }

    fn through_preposition(&self, preposition: Token<'_>) -> Option<Governor<'a>> {
        let outer = preposition.head();
        let used = |found: &Governor<'_>| found.used.contains(&preposition.i());
        if let Some(found) = self.matcher.operator_at(outer.i()).filter(used) {
            return Some(found);
        }
        // "raised the reward for his capture": the phrase is the noun's, whatever the parse hangs it on.
        let object = outer.children_with(Dep::Dobj).find(|object| object.i() + 1 == preposition.i());
        let carriers = object.into_iter().chain([outer.head()]);
        carriers.filter_map(|carrier| self.matcher.operator_at(carrier.i())).find(used)
    }
}

/// Whether a trigger names an act at all.
pub fn is_act(trigger: &Trigger<'_>) -> bool {
    trigger.sense.meaning != Meaning::Nothing
}

/// "a series of talks": so many were held.
pub fn is_count(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "series" | "round" | "number" | "string" | "flurry" | "dozen" | "couple" | "exchange"
    )
}

/// The word that counts a noun: what is said of "a series of talks" is said of the talks.
fn counted_by(noun: Token<'_>) -> Option<Token<'_>> {
    let of = Some(noun.head()).filter(|of| noun.dep() == Dep::Pobj && of.lower() == "of")?;
    Some(of.head()).filter(|series| is_count(*series))
}

/// "The summit will highlight …", "ahead of a visit": an occasion that is yet to have its effect, or that others await.
fn is_to_do(noun: Token<'_>) -> bool {
    let told = noun.dep() == Dep::Nsubj && is_verbal(noun.head());
    let awaited =
        noun.dep() == Dep::Pobj && noun.head().lower() == "of" && noun.head().head().lower() == "ahead";
    awaited || told && modality(noun.head()) == Some(Standing::Ahead)
}

/// "International conference to review …": a headline's occasion that is yet to do something.
fn is_headline_occasion(noun: Token<'_>) -> bool {
    noun.is_root() && noun.children().any(|c| matches!(c.dep(), Dep::Acl | Dep::Relcl) && is_infinitive(c))
}

fn is_definite(noun: Token<'_>) -> bool {
    noun.children_with(Dep::Det).any(|det| matches!(det.lower(), "the" | "this" | "that"))
}

/// "The raid was not the first": it is denied what it was, not that it was.
fn is_described(noun: Token<'_>) -> bool {
    let be = noun.head();
    let said = be.children().any(|c| matches!(c.dep(), Dep::Attr | Dep::Acomp));
    noun.dep() == Dep::Nsubj && be.lemma() == "be" && said && !has_determiner_no(noun)
}

/// "wants to meet X": it is to do it itself, where "wants X to meet" asks for it.
fn is_own_wish(wish: &Token<'_>, verb: Token<'_>) -> bool {
    let own = verb.dep() == Dep::Xcomp && verb.children_with(Dep::Nsubj).next().is_none();
    matches!(wish.lemma(), "want" | "wish") && own && wish.children_with(Dep::Dobj).next().is_none()
}

fn is_adjunct(verb: Token<'_>) -> bool {
    matches!(verb.dep(), Dep::Advcl | Dep::Acl) && verb.children_with(Dep::Aux).next().is_none()
}

/// "zones occupied by", "occupied zones".
fn is_participle_of_noun(verb: Token<'_>) -> bool {
    let bare = !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass));
    bare && matches!(verb.dep(), Dep::Acl | Dep::Amod) && clause::is_nominal(verb.head())
}

fn is_said_of_now(verb: Token<'_>) -> bool {
    let now = |c: Token<'_>| matches!(c.lower(), "now" | "currently" | "still" | "presently");
    verb.children_with(Dep::Advmod).any(now)
}

fn has_time(verb: Token<'_>) -> bool {
    let time = |t: Token<'_>| matches!(t.entity_type(), Some(EntityType::Date | EntityType::Time));
    let adjunct = |c: Token<'_>| time(c) || c.children_with(Dep::Pobj).any(time);
    verb.children().any(adjunct)
}

/// "when they meet, they will sign …": it lies ahead with what waits for it.
fn waits_for_main(verb: Token<'_>) -> bool {
    const UNTIL: &[&str] = &["when", "once", "until", "till", "before", "after"];
    let ahead = |main: Token<'_>| match modality(main) {
        Some(Standing::Possible) => is_clause_of_time(verb, &["before", "after"]),
        standing => standing == Some(Standing::Ahead),
    };
    is_clause_of_time(verb, UNTIL) && is_verbal(verb.head()) && ahead(verb.head())
}

/// A clause in the present tense that one of these words begins.
fn is_clause_of_time(verb: Token<'_>, words: &[&str]) -> bool {
    let marked = verb.children().any(|c| words.contains(&c.lower()));
    let present = matches!(verb.tag(), Tag::Vbz | Tag::Vbp) || is_present_passive(verb);
    verb.dep() == Dep::Advcl && present && marked
}

fn is_cooperative(sense: &Sense) -> bool {
    use QuadClass::{MaterialCooperation, VerbalCooperation};
    kind_of(sense).is_some_and(|kind| matches!(kind.quad(), VerbalCooperation | MaterialCooperation))
}

fn is_mutual(sense: &Sense) -> bool {
    kind_of(sense).is_some_and(EventType::is_mutual)
}

/// Support and cooperation last; a clause that ends them tells of none.
fn is_tie(sense: &Sense) -> bool {
    matches!(kind_of(sense), Some(EventType::Support | EventType::Cooperate))
}

fn is_material_conflict(sense: &Sense) -> bool {
    kind_of(sense).is_some_and(|kind| kind.quad() == QuadClass::MaterialConflict)
}

fn kind_of(sense: &Sense) -> Option<EventType> {
    match sense.meaning {
        Meaning::Act(kind) => Some(kind),
        Meaning::Nothing => None,
    }
}

/// "During the tour, he will meet …": the occasion lies ahead with what happens on it.
fn is_occasion_ahead(noun: Token<'_>) -> bool {
    let on = noun.dep() == Dep::Pobj && matches!(noun.head().lower(), "during" | "on" | "in" | "at");
    let verb = Some(noun.head().head()).filter(|verb| on && is_verbal(*verb));
    verb.is_some_and(|verb| modality(verb) == Some(Standing::Ahead))
}

fn own(standing: Standing) -> Judgement {
    Judgement { standing, governor: None }
}

/// Operators with a preposition or an infinitive take no bare noun.
fn takes_noun(found: &Governor<'_>) -> bool {
    !asks_for_clause(found) && found.used.len() == 1
}

/// What is called off or denied is so whatever else is said of it: "cancelled the talks planned for May".
fn undoes(effect: Effect) -> bool {
    use Effect::{Avoid, Cancel, Deny, Postpone, Prevent, Refuse};
    matches!(effect, Avoid | Cancel | Deny | Postpone | Prevent | Refuse)
}

fn asks_for_clause(found: &Governor<'_>) -> bool {
    found.operator.pattern.after.iter().any(|step| matches!(step, Step::Complement(_)))
}

/// What the auxiliaries of a verb say, negation included.
pub fn modality(verb: Token<'_>) -> Option<Standing> {
    if is_going_to(verb) {
        return Some(by_negation(is_negated(verb.head())));
    }
    let modal = verb.children_with(Dep::Aux).find(|aux| aux.tag() == Tag::Md)?;
    let negated = is_negated(verb);
    Some(match modal.lower() {
        "will" | "'ll" | "’ll" | "shall" if !negated && has_condition(verb) => Standing::Conditional,
        "will" | "'ll" | "’ll" | "wo" | "shall" => by_negation(negated),
        "would" | "'d" | "’d" if !negated && (has_condition(verb) || is_owed(verb)) => Standing::Possible,
        "would" | "'d" | "’d" => by_negation(negated),
        "can" | "could" | "ca" if negated => Standing::Refused,
        "must" | "should" | "ought" if negated => Standing::Under(Effect::Oppose),
        "must" | "should" | "ought" => Standing::Under(Effect::Request),
        _ => Standing::Possible,
    })
}

fn by_negation(negated: bool) -> Standing {
    match negated {
        true => Standing::Refused,
        false => Standing::Ahead,
    }
}

/// "not", "never", "no longer", or an object with "no".
pub fn is_negated(verb: Token<'_>) -> bool {
    verb.children().any(|c| {
        let nobody = matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass) && is_nobody(c);
        c.dep() == Dep::Neg
            || c.lower() == "never"
            || nobody
            || (c.dep() == Dep::Dobj && (has_determiner_no(c) || is_no_one(c)))
            || (c.dep() == Dep::Prep && c.children_with(Dep::Pobj).any(is_no_one))
    })
}

/// "criticised nobody", "agreed with none of them".
fn is_no_one(object: Token<'_>) -> bool {
    matches!(object.lower(), "nobody" | "none")
}

/// "neither side", "neither X nor Y", "no country", "nobody".
fn is_nobody(subject: Token<'_>) -> bool {
    let denies = |word: &str| matches!(word, "neither" | "nobody" | "none");
    denies(subject.lower())
        || has_determiner_no(subject)
        || subject.children().any(|c| c.i() < subject.i() && denies(c.lower()))
}

fn has_determiner_no(noun: Token<'_>) -> bool {
    clause::has_child(noun, Dep::Det, "no") || clause::has_child(noun, Dep::Neg, "no")
}

/// "Cuba would have to release them": what somebody thinks is needed.
fn is_owed(verb: Token<'_>) -> bool {
    let to = |aux: Token<'_>| aux.i() == verb.i() + 1 && aux.tag() == Tag::To;
    verb.lemma() == "have" && verb.children_with(Dep::Xcomp).flat_map(|c| c.children_with(Dep::Aux)).any(to)
}

fn has_condition(verb: Token<'_>) -> bool {
    verb.children_with(Dep::Advcl).any(is_condition)
}

fn is_condition(verb: Token<'_>) -> bool {
    let marker = |c: Token<'_>| matches!(c.lower(), "if" | "unless" | "whether" | "lest");
    let provided = matches!(verb.dep(), Dep::Pcomp | Dep::Ccomp)
        && matches!(verb.head().lower(), "provided" | "providing" | "assuming" | "condition");
    provided || verb.children().any(|c| matches!(c.dep(), Dep::Mark | Dep::Advmod) && marker(c))
}

/// "Will the two meet?", "Did they strike?": a question says nothing.
fn is_asked(verb: Token<'_>) -> bool {
    let main = clause::first_conjunct(verb);
    let asks = main.is_root() || is_inverted(main);
    let mut end = verb.sentence().tokens().rev().filter(|t| t.pos() != Pos::Space);
    asks && end.next().is_some_and(|mark| mark.text() == "?")
}

/// "will they meet": the auxiliary stands before the subject.
fn is_inverted(verb: Token<'_>) -> bool {
    let aux = verb.child(Dep::Aux);
    let subject = verb.children().find(|c| matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass));
    aux.zip(subject).is_some_and(|(aux, subject)| aux.i() < subject.i())
}

/// "once the treaty is signed".
fn is_present_passive(verb: Token<'_>) -> bool {
    let now = |c: Token<'_>| c.dep() == Dep::Auxpass && matches!(c.tag(), Tag::Vbz | Tag::Vbp);
    verb.tag() == Tag::Vbn && verb.children().any(now) && verb.children_with(Dep::Aux).next().is_none()
}

/// "will not negotiate until the soldiers leave", "once they suspend it": what the main clause waits for.
fn is_awaited(verb: Token<'_>) -> bool {
    const UNTIL: &[&str] = &["until", "till", "once", "before", "after"];
    is_clause_of_time(verb, UNTIL) && (is_present_passive(verb) || !is_continued(verb))
}

/// "before he is killed", "once it has left": its tense is that of its auxiliary.
fn is_continued(verb: Token<'_>) -> bool {
    verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass))
}

/// "without declaring war", "instead of attacking", "in return for pulling out".
fn is_left_out(verb: Token<'_>) -> bool {
    let before = verb.head();
    let follows = |word: &str| before.previous().is_some_and(|previous| previous.lower() == word);
    let instead = before.lower() == "of" && follows("instead");
    let in_return = before.lower() == "for" && (follows("return") || follows("exchange"));
    verb.dep() == Dep::Pcomp && (before.lower() == "without" || instead || in_return)
}

/// "nothing indicates that they intend to attack", "no evidence that they did".
fn nothing_says(verb: Token<'_>) -> bool {
    let clause =
        std::iter::once(verb).chain(verb.ancestors()).find(|t| is_finite_clause(*t) || t.dep() == Dep::Acl);
    let Some(outer) = clause.map(Token::head) else { return false };
    let nothing = |c: Token<'_>| c.dep() == Dep::Nsubj && matches!(c.lower(), "nothing" | "nobody" | "none");
    outer.children().any(nothing) || !is_verbal(outer) && has_determiner_no(outer)
}

fn is_purpose(verb: Token<'_>) -> bool {
    verb.dep() == Dep::Advcl && is_infinitive(verb)
}

/// "in a bid to …", "with the aim to …": said of why the main clause's act is done.
fn is_purpose_of_noun(verb: Token<'_>) -> bool {
    let noun = verb.head();
    let phrase = verb.dep() == Dep::Acl && is_infinitive(verb) && noun.dep() == Dep::Pobj;
    let sure = is_verbal(noun.head().head()) || matches!(noun.lemma(), "bid" | "effort" | "attempt" | "move");
    phrase && matches!(noun.head().lower(), "in" | "with") && sure
}

/// Effects by which somebody binds himself.
fn is_commitment(effect: Effect) -> bool {
    matches!(effect, Effect::Promise | Effect::Future | Effect::Decide | Effect::Offer)
}

/// Effects that speak of how an act runs: they govern infinitives and nouns.
fn is_aspect(effect: Effect) -> bool {
    use Effect::{Begin, Continue, End, Fail, Try};
    matches!(effect, Begin | Continue | End | Fail | Try)
}

/// A clause with a subject and a modal or tense of its own.
fn is_finite_clause(verb: Token<'_>) -> bool {
    let has = |dep: Dep| verb.children_with(dep).next().is_some();
    verb.dep() == Dep::Ccomp && has(Dep::Nsubj) && (has(Dep::Mark) || modality(verb).is_some())
}

fn is_infinitive(verb: Token<'_>) -> bool {
    let passive = verb.tag() == Tag::Vbn && verb.children_with(Dep::Auxpass).any(|be| be.tag() == Tag::Vb);
    (verb.tag() == Tag::Vb || passive) && verb.children().any(|c| c.tag() == Tag::To && c.dep() == Dep::Aux)
}

/// "look forward to X signing it": the preposition that brings who does what the gerund names.
fn preposition_of_doer(gerund: Token<'_>) -> Option<usize> {
    let doer = gerund.previous().filter(|doer| gerund.tag() == Tag::Vbg && doer.dep() == Dep::Pobj)?;
    (doer.head().head() == gerund.head()).then(|| doer.head().i())
}

/// "X accused Y; Y rejected the charge": a clause of its own, whatever the parse makes of it.
pub(super) fn stands_apart(verb: Token<'_>) -> bool {
    let (from, to) = (verb.i(), verb.head().i());
    let parted = |c: Token<'_>| c.text() == ";" && (from..to).contains(&c.i());
    verb.head().children_with(Dep::Punct).any(parted)
}

/// "is thought to have killed": it lies behind, whoever thinks so now.
fn is_perfect_infinitive(verb: Token<'_>) -> bool {
    let have = |c: Token<'_>| c.tag() == Tag::Vb && c.lemma() == "have";
    let to_have = clause::has_to(verb) && verb.children_with(Dep::Aux).any(have);
    verb.tag() == Tag::Vbn && verb.dep() == Dep::Xcomp && to_have
}

/// "was one of three countries to send troops", "was the first to recognise": they did.
fn one_of_those(verb: Token<'_>) -> Option<Standing> {
    let noun = Some(verb.head()).filter(|_| matches!(verb.dep(), Dep::Acl | Dep::Relcl))?;
    let of = Some(noun.head()).filter(|of| noun.dep() == Dep::Pobj && of.lower() == "of");
    let one = of.map(Token::head).filter(|one| matches!(one.lower(), "one" | "some" | "two" | "three"));
    let ranked =
        |c: Token<'_>| matches!(c.lower(), "first" | "second" | "third" | "last" | "only" | "latest");
    let head = one.or_else(|| Some(noun).filter(|noun| ranked(*noun) || noun.children().any(ranked)))?;
    let be = Some(head.head()).filter(|be| head.dep() == Dep::Attr && be.lemma() == "be")?;
    (be.tag() == Tag::Vbd).then_some(Standing::Fact)
}

/// "is going to arrest".
fn is_going_to(verb: Token<'_>) -> bool {
    let going = verb.head();
    verb.dep() == Dep::Xcomp
        && going.lower() == "going"
        && going.children_with(Dep::Aux).any(|aux| aux.lemma() == "be")
}

/// "X and Y to meet in Geneva, officials say".
fn is_headline_plan(verb: Token<'_>) -> bool {
    let said = matches!(verb.dep(), Dep::Ccomp | Dep::Parataxis) && verb.i() < verb.head().i();
    said && verb.children_with(Dep::Nsubj).any(|subject| subject.i() < verb.i())
        || clause::is_plan_of_name(verb)
}

/// "has yet to ratify the pact": it has not.
fn is_still_to_do(verb: Token<'_>) -> bool {
    let have = Some(verb.head()).filter(|have| verb.dep() == Dep::Xcomp && have.lemma() == "have");
    let yet = |c: Token<'_>| c.lower() == "yet";
    have.is_some_and(|have| have.children().any(yet) || verb.children().any(yet))
}

/// "is to meet", "are due to meet".
fn is_be_to(verb: Token<'_>) -> bool {
    verb.dep() == Dep::Xcomp && verb.head().lemma() == "be"
}

fn shares_auxiliaries(verb: Token<'_>) -> bool {
    let bare = !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Nsubj | Dep::Nsubjpass));
    let same_form = verb.tag() == verb.head().tag() || verb.tag() == Tag::Vb;
    bare && verb.dep() == Dep::Conj && is_verbal(verb.head()) && same_form
        || (verb.dep() == Dep::Xcomp && is_verbal(verb.head()) && !is_be_to(verb))
        || (matches!(verb.dep(), Dep::Advcl) && verb.tag() == Tag::Vbg && is_verbal(verb.head()))
}

fn tense(verb: Token<'_>, headline: bool) -> Standing {
    let has = |lemma: &str| {
        verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass) && c.lemma() == lemma)
    };
    let present_be = || {
        verb.children().any(|c| {
            matches!(c.dep(), Dep::Aux | Dep::Auxpass)
                && matches!(c.lower(), "is" | "are" | "'s" | "'re" | "am")
        })
    };
    match verb.tag() {
        Tag::Vbg if has("be") && !has_form(verb, "had") => Standing::Ongoing,
        Tag::Vbz | Tag::Vbp if !headline => Standing::Ongoing,
        Tag::Vbn if present_be() && !has("have") && !headline => Standing::Ongoing,
        _ => Standing::Fact,
    }
}

/// "is pressing", "has been urging": said of what goes on now, not of one utterance.
pub fn is_in_progress(verb: Token<'_>) -> bool {
    let now = |aux: Token<'_>| matches!(aux.lower(), "is" | "are" | "'s" | "'re" | "’s" | "’re" | "been");
    verb.tag() == Tag::Vbg && verb.children_with(Dep::Aux).any(now) && !has_form(verb, "had")
}

/// "had been due", "is due to visit": the verb that an adjective is said with.
pub(super) fn predicate(token: Token<'_>) -> Token<'_> {
    if token.dep() == Dep::Acomp { token.head() } else { token }
}

/// "had been due to meet": they did not.
fn is_past_perfect(verb: Token<'_>) -> bool {
    let been = verb.tag() == Tag::Vbn && has_form(verb, "had");
    been && (verb.lemma() == "be" || verb.children_with(Dep::Auxpass).next().is_some())
}

fn has_form(verb: Token<'_>, form: &str) -> bool {
    verb.children_with(Dep::Aux).any(|c| c.lower() == form)
}

fn carrying_verb(noun: Token<'_>) -> Option<Token<'_>> {
    matches!(noun.dep(), Dep::Dobj | Dep::Nsubj | Dep::Nsubjpass | Dep::Attr)
        .then(|| noun.head())
        .filter(|v| is_verbal(*v))
}
