//! The grammar of a clause: who is subject and object of a verb, also where the words stand elsewhere.
//!
//! Works on one dependency parse and nothing else. Missing subjects are found through coordination, control and raising,
//! participles and relative clauses; passives are turned round. What the parse leaves open stays empty.

use std::ops::Range;

use detente_english::{Annotated, Dep, EntityType, Pos, Tag, Token};

/// Token numbers of the heads of noun phrases.
pub type Heads = Vec<usize>;

/// "X offered to mediate; Y declined": what a semicolon parts has its own subjects and objects, whatever the parse makes of it.
pub fn is_parted(text: &Annotated<'_>, one: usize, other: usize) -> bool {
    let between = one.min(other)..one.max(other);
    between.take(FAR).any(|i| text.token(i).text() == ";")
}

/// "Sudan's neighbours", "its allies": other than those whose they are called.
pub fn stands_beside_owner(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "neighbour" | "neighbor" | "ally" | "foe" | "rival" | "enemy" | "adversary")
}

/// No party of an act stands so many words from it.
const FAR: usize = 128;

/// Whether a verb is in the passive, or a past participle that modifies a noun.
pub fn is_passive(verb: Token<'_>) -> bool {
    numeral_before(verb).is_none() && has_passive_form(verb)
}

fn has_passive_form(verb: Token<'_>) -> bool {
    verb.children().any(|child| matches!(child.dep(), Dep::Auxpass | Dep::Nsubjpass | Dep::Csubjpass))
        || is_elliptic_passive(verb)
        || (verb.tag() == Tag::Vbn
            && !has_own_auxiliary(verb)
            && modifies_noun(verb)
            && !takes_no_object(verb)
            && !has_killed(verb)
            && interrupted_subject(verb).is_none())
        || is_opening_participle(verb)
        || is_bare_passive(verb)
}

/// "shelling by rebels killed eleven": what the parse takes for a participle has an object of its own.
fn has_killed(verb: Token<'_>) -> bool {
    takes_object(verb) && verb.dep() == Dep::Acl && verb.child(Dep::Dobj).is_some()
}

/// "The president, who has criticised the raid, offered to mediate": the parse may take the main verb for a participle of the last noun before it,
/// and leaves the subject without a verb.
pub fn interrupted_subject(verb: Token<'_>) -> Option<Token<'_>> {
    let bare = matches!(verb.tag(), Tag::Vbn | Tag::Vbd) && verb.dep() == Dep::Acl;
    let comma = verb.previous().filter(|comma| bare && comma.text() == ",");
    let insertion = comma.and_then(|_| verb.ancestors().find(|t| t.dep() == Dep::Relcl))?;
    let subject = insertion.head();
    let opens = insertion.subtree().start > 0 && subject.is_root() && is_nominal(subject);
    let told = verb.child(Dep::Xcomp).or(verb.child(Dep::Dobj)).or(verb.child(Dep::Ccomp)).is_some();
    Some(subject).filter(|_| opens && told)
}

/// "US Marine killed in bomb attack": what is always done to somebody, told without an object, was done to the subject. What is coordinated
/// with it follows by [`is_elliptic_passive`].
fn is_bare_passive(verb: Token<'_>) -> bool {
    const OBJECT: [Dep; 4] = [Dep::Dobj, Dep::Dative, Dep::Ccomp, Dep::Xcomp];
    let has_object = |t: Token<'_>| t.children().any(|c| OBJECT.contains(&c.dep()));
    let past = matches!(verb.tag(), Tag::Vbn | Tag::Vbd) && !matches!(verb.dep(), Dep::Relcl | Dep::Conj);
    let alone = !verb.children().any(|c| c.dep() == Dep::Aux) && !has_object(verb);
    let shared = |t: Token<'_>| t.children_with(Dep::Conj).any(|c| is_verbal(c) && has_object(c));
    past && alone && takes_object(verb) && !shared(verb)
}

/// Verbs that are hardly ever told without those whom they are done to.
fn takes_object(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "abduct"
            | "arrest"
            | "assassinate"
            | "behead"
            | "bust"
            | "convict"
            | "deport"
            | "detain"
            | "execute"
            | "expel"
            | "extradite"
            | "hang"
            | "hospitalise"
            | "imprison"
            | "indict"
            | "injure"
            | "jail"
            | "kidnap"
            | "kill"
            | "murder"
            | "oust"
            | "sentence"
            | "wound"
    )
}

/// "Released by the police, X went home": a bare past participle beside a main clause.
fn is_opening_participle(verb: Token<'_>) -> bool {
    let bare = !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Nsubj | Dep::Dobj | Dep::Mark));
    verb.tag() == Tag::Vbn && verb.dep() == Dep::Advcl && bare
}

/// "Thousands of Egyptians protested": what the parse takes for a participle tells what its noun does, where nothing could be done to it.
fn takes_no_object(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "protest"
            | "march"
            | "demonstrate"
            | "rally"
            | "riot"
            | "clash"
            | "surrender"
            | "resign"
            | "flee"
            | "retreat"
    )
}

/// The doers of a verb: its subject, the agent of a passive, or the one that control, coordination or a relative points to.
pub fn agents(verb: Token<'_>) -> Heads {
    match (numeral_before(verb), is_passive(verb)) {
        (Some(number), _) => vec![number.i()],
        (None, true) => by_agents(verb),
        (None, false) => surface_subjects(verb),
    }
}

/// Those a verb is done to: its object, or the subject of a passive.
pub fn patients(verb: Token<'_>) -> Heads {
    if numeral_before(verb).is_some() {
        return vec![verb.head().i()];
    }
    if is_passive(verb) {
        return surface_subjects(verb);
    }
    let objects: Heads = verb.children_with(Dep::Dobj).flat_map(|object| antecedent(object, verb)).collect();
    match objects.is_empty() {
        true => small_clause(verb).unwrap_or_else(|| gap(verb)),
        false => objects,
    }
}

/// "hold Syria responsible", "called him a liar": of whom something is said, where the parse makes a clause without a verb of it.
fn small_clause(verb: Token<'_>) -> Option<Heads> {
    let said = small_predicate(verb)?.child(Dep::Nsubj)?;
    Some(phrase_heads(said))
}

/// What is said there: "responsible", "a liar".
pub fn small_predicate(verb: Token<'_>) -> Option<Token<'_>> {
    let bare = |c: &Token<'_>| !is_verbal(*c) && c.children_with(Dep::Mark).next().is_none();
    let follows = |c: &Token<'_>| c.child(Dep::Nsubj).is_some_and(|said| said.i() > verb.i());
    verb.children_with(Dep::Ccomp).filter(bare).find(follows)
}

/// "to meet".
pub fn has_to(verb: Token<'_>) -> bool {
    verb.children_with(Dep::Aux).any(|aux| aux.tag() == Tag::To)
}

/// "Clinton, Netanyahu to meet in Washington": a headline's plan, whose verb the parse hangs on a name.
pub fn is_plan_of_name(verb: Token<'_>) -> bool {
    let name = verb.head();
    let hangs = matches!(verb.dep(), Dep::Acl | Dep::Relcl) && verb.tag() == Tag::Vb && has_to(verb);
    let said = matches!(name.dep(), Dep::Ccomp | Dep::Parataxis) && name.i() < name.head().i();
    hangs && (name.is_root() || said) && is_named(name)
}

/// A proper name, or a noun that one stands before: "Philippine rebels", but "a plan", "the Russian plan".
fn is_named(noun: Token<'_>) -> bool {
    let proper = |c: Token<'_>| {
        let before = c.i() < noun.i() && matches!(c.dep(), Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod);
        before && c.text().starts_with(char::is_uppercase)
    };
    let determined = noun.children_with(Dep::Det).next().is_some();
    is_nominal(noun) && !determined && (noun.pos() == Pos::Propn || noun.children().any(proper))
}

/// The subjects as the clause shows them, in the active or the passive.
pub fn surface_subjects(verb: Token<'_>) -> Heads {
    subjects(verb, 0)
}

/// A noun phrase's head with the heads coordinated to it; "thousands of soldiers" is headed by the soldiers.
pub fn phrase_heads(head: Token<'_>) -> Heads {
    let mut heads = counted(head);
    let mut next = head;
    while let Some(conjunct) = next.children_with(Dep::Conj).find(|c| is_nominal(*c)) {
        heads.extend(next.children_with(Dep::Conj).filter(|c| is_nominal(*c)).flat_map(counted));
        next = conjunct;
    }
    heads.dedup();
    heads
}

/// What a word of quantity counts, if it is one: "half of the country", "tens of thousands of people".
fn counted(head: Token<'_>) -> Heads {
    let of = head.children_with(Dep::Prep).find(|prep| is_quantity(head) && prep.lower() == "of");
    let whole = of.and_then(|of| of.child(Dep::Pobj)).filter(|whole| is_nominal(*whole));
    whole.map_or_else(|| vec![head.i()], phrase_heads)
}

fn is_quantity(token: Token<'_>) -> bool {
    token.pos() == Pos::Num
        || matches!(
            token.lemma(),
            "half"
                | "third"
                | "quarter"
                | "part"
                | "most"
                | "majority"
                | "rest"
                | "last"
                | "remainder"
                | "number"
                | "handful"
                | "ten"
                | "dozen"
                | "score"
                | "hundred"
                | "thousand"
                | "million"
                | "some"
                | "many"
                | "several"
                | "all"
                | "each"
                | "both"
                | "any"
                | "none"
                | "pair"
                | "couple"
        )
}

/// The first of those that are coordinated with a token; itself where it is none of several.
pub fn first_conjunct(token: Token<'_>) -> Token<'_> {
    let mut first = token;
    while first.dep() == Dep::Conj {
        first = first.head();
    }
    first
}

/// The objects of a preposition that hangs on `head`.
pub fn prepositional(head: Token<'_>, preposition: &str) -> Heads {
    head.children()
        .filter(|child| matches!(child.dep(), Dep::Prep | Dep::Agent | Dep::Dative | Dep::Prt))
        .filter_map(|prep| find_preposition(prep, preposition))
        .flat_map(|prep| objects_of(prep).flat_map(pair_heads).collect::<Heads>())
        .collect()
}

/// "between Congo's army and M23 rebels": the parse may hang the first on the second, as if both were names of the rebels.
fn pair_heads(head: Token<'_>) -> Heads {
    let first = head.children_with(Dep::Nmod).find(|t| t.pos() == Pos::Noun && t.child(Dep::Conj).is_some());
    first.map(Token::i).into_iter().chain(phrase_heads(head)).collect()
}

/// What stands behind a preposition; "by visiting envoy X": X, whatever the parse makes of the participle.
fn objects_of(prep: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let visitors = prep.children_with(Dep::Pcomp).filter(|verb| is_attributive(*verb));
    prep.children_with(Dep::Pobj).chain(visitors.filter_map(|verb| verb.child(Dep::Dobj)))
}

/// The objects of a preposition that hangs on a noun, or on the participle after it: "the deal struck between X and Y".
pub fn beside_noun(noun: Token<'_>, preposition: &str) -> Heads {
    let participles = noun.children_with(Dep::Acl).filter(|c| c.tag() == Tag::Vbn);
    participles.chain([noun]).flat_map(|t| prepositional(t, preposition)).collect()
}

/// "after the two held talks": the numeral is the subject of what the parse takes for a participle before the noun.
pub fn numeral_subject(noun: Token<'_>) -> Option<Token<'_>> {
    noun.children_with(Dep::Nummod).find(|number| held_by(*number, noun))
}

fn numeral_before(verb: Token<'_>) -> Option<Token<'_>> {
    let before = Some(verb).filter(|verb| verb.dep() == Dep::Amod).and_then(Token::previous)?;
    numeral_subject(verb.head()).filter(|number| *number == before)
}

/// Whether the word behind a definite numeral is a past participle before this noun.
fn held_by(number: Token<'_>, noun: Token<'_>) -> bool {
    let definite = number.previous().is_some_and(|the| the.lower() == "the");
    let verb = noun.children_with(Dep::Amod).find(|verb| verb.i() == number.i() + 1);
    definite && verb.is_some_and(|verb| matches!(verb.tag(), Tag::Vbn | Tag::Vbd))
}

/// The verb a token hangs below, itself included.
pub fn governing_verb(token: Token<'_>) -> Option<Token<'_>> {
    std::iter::once(token).chain(token.ancestors()).find(|t| is_verbal(*t))
}

/// The tokens of the clause that a token stands in: what hangs below its verb.
pub fn range(token: Token<'_>) -> Range<usize> {
    governing_verb(token).unwrap_or(token).subtree()
}

/// Whether a token is a verb or auxiliary.
pub fn is_verbal(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Verb | Pos::Aux)
}

/// Whether a token can head a noun phrase.
pub fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Adj)
}

/// Whether a clause has a child with this relation and lower-case form.
pub fn has_child(token: Token<'_>, dep: Dep, word: &str) -> bool {
    token.children_with(dep).any(|child| child.lower() == word)
}

/// "out of", "ahead of": prepositions may hang on one another.
fn find_preposition<'a>(prep: Token<'a>, name: &str) -> Option<Token<'a>> {
    if prep.lower() == name {
        return Some(prep);
    }
    prep.children_with(Dep::Prep).find(|inner| inner.lower() == name)
}

/// "A was killed and B wounded by C": the last of coordinated passives names the doer of all.
fn by_agents(verb: Token<'_>) -> Heads {
    let own = prepositional(verb, "by");
    match verb.children_with(Dep::Conj).find(|c| c.tag() == Tag::Vbn) {
        Some(next) if own.is_empty() => by_agents(next),
        None if own.is_empty() => next_passive(verb).map(by_agents).unwrap_or_else(|| let_by(verb)),
        _ => own,
    }
}

/// "were let go by X": the doer stands with the second verb.
fn let_by(verb: Token<'_>) -> Heads {
    let below = verb.child(Dep::Xcomp).filter(|_| matches!(verb.lemma(), "let" | "set" | "make"));
    below.map(|second| prepositional(second, "by")).unwrap_or_default()
}

/// "A was killed and B was wounded by C" below one verb, where the parse hangs both clauses on it side by side.
fn next_passive(verb: Token<'_>) -> Option<Token<'_>> {
    let joined = verb.children_with(Dep::Cc).any(|cc| cc.i() > verb.i()) && !verb.is_root();
    let next = verb.head().children_with(verb.dep()).find(|t| t.i() > verb.i() && t.tag() == Tag::Vbn);
    next.filter(|t| joined && t.children().any(|c| c.dep() == Dep::Auxpass))
}

/// "A was killed and B wounded": the auxiliary is told once.
fn is_elliptic_passive(verb: Token<'_>) -> bool {
    let bare = !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Dobj));
    verb.tag() == Tag::Vbn
        && verb.dep() == Dep::Conj
        && bare
        && is_verbal(verb.head())
        && is_passive(verb.head())
}

fn has_own_auxiliary(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.dep() == Dep::Aux && matches!(child.lemma(), "have" | "'ve"))
}

fn modifies_noun(verb: Token<'_>) -> bool {
    matches!(verb.dep(), Dep::Acl | Dep::Amod | Dep::Relcl) && is_nominal(verb.head())
        || (verb.dep() == Dep::Conj && verb.head().i() < verb.i() && modifies_noun_itself(verb.head()))
}

fn modifies_noun_itself(verb: Token<'_>) -> bool {
    verb.dep() == Dep::Acl && verb.tag() == Tag::Vbn
}

/// A relative pronoun stands for the noun that its clause modifies.
fn antecedent(subject: Token<'_>, verb: Token<'_>) -> Heads {
    let relative = matches!(subject.tag(), Tag::Wdt | Tag::Wp);
    match relative && verb.dep() == Dep::Relcl && !verb.is_root() {
        true => vec![verb.head().i()],
        false => phrase_heads(subject),
    }
}

/// Control chains are short; a bound keeps odd parses from running round.
const DEEPEST: usize = 6;

fn inherited_subjects(verb: Token<'_>, depth: usize) -> Heads {
    // "as fighting between X and Y went on": it is theirs, and not that of the clause around it.
    let own = verb.tag() == Tag::Vbg && has_child(verb, Dep::Prep, "between");
    if verb.is_root() || own || depth > DEEPEST {
        return Heads::new();
    }
    let head = verb.head();
    match verb.dep() {
        Dep::Conj | Dep::Advcl | Dep::Ccomp | Dep::Dep | Dep::Parataxis if is_verbal(head) => {
            subjects_upwards(head, depth)
        }
        Dep::Xcomp if is_verbal(head) => controllers(head, depth),
        // "is due to visit", "is ready to help".
        Dep::Xcomp if head.dep() == Dep::Acomp && is_verbal(head.head()) => {
            subjects_upwards(head.head(), depth)
        }
        Dep::Acl | Dep::Amod | Dep::Relcl => modified_subjects(verb, head, depth),
        Dep::Pcomp => gerund_subjects(head, depth),
        Dep::Aux | Dep::Auxpass if is_verbal(head) => subjects_upwards(head, depth),
        _ => Heads::new(),
    }
}

/// The subjects of a verb further up the chain.
fn subjects_upwards(head: Token<'_>, depth: usize) -> Heads {
    subjects(head, depth + 1)
}

fn subjects(verb: Token<'_>, depth: usize) -> Heads {
    let mut own: Heads = verb
        .children()
        .filter(|child| matches!(child.dep(), Dep::Nsubj | Dep::Nsubjpass))
        .flat_map(|subject| {
            let before = listed_before(subject).chain(headlined(subject));
            before.chain(antecedent(subject, verb)).chain(listed_on(subject))
        })
        .collect();
    own.dedup();
    match own.is_empty() {
        true => described_subject(verb)
            .or_else(|| subject_of_auxiliary(verb))
            .or_else(|| subject_of_conjunction(verb))
            .or_else(|| subject_in_gerund(verb))
            .unwrap_or_else(|| inherited_subjects(verb, depth)),
        false => own,
    }
}

/// "A, B and C met": the parse often takes the first of a list for an adverb.
fn listed_before<'a>(subject: Token<'a>) -> impl Iterator<Item = usize> {
    let joined = subject.children_with(Dep::Conj).next().is_some();
    let before = move |name: &Token<'a>| {
        let comma = name.previous().filter(|comma| comma.text() == ",")?;
        comma.previous().filter(|name| is_listed(*name, subject))
    };
    let first = Some(subject).filter(|_| joined && subject.subtree().start == subject.i());
    std::iter::successors(first, before).skip(1).map(Token::i)
}

/// "China, EU agree", "Merkel, Sarkozy urge Greece": a headline's comma says "and", and the parse takes the first name for anything.
fn headlined(subject: Token<'_>) -> Option<usize> {
    let mut words = subject.sentence().tokens();
    let first = words.next()?;
    let name = first.entity().filter(|name| name.start == first.i() && is_party(name.kind));
    let end = name.map_or(first.i() + 1, |name| name.end);
    let comma = words.nth(end - first.i() - 1)?;
    let named = name.is_some() || is_mistaken_name(first) && subject.entity_type().is_some_and(is_party);
    (named && comma.text() == "," && subject.subtree().start == comma.i() + 1).then_some(end - 1)
}

/// "Trump, Putin agree": a name that the tagger takes for a common word.
fn is_mistaken_name(first: Token<'_>) -> bool {
    let common = matches!(first.tag(), Tag::Jj | Tag::Nn | Tag::Nnp | Tag::Nns | Tag::Nnps);
    common && first.text().starts_with(char::is_uppercase)
}

/// "EU, China to meet": names that the parse takes for appositions of the first.
fn listed_behind<'a>(name: Token<'a>) -> impl Iterator<Item = usize> {
    let bare = |c: &Token<'a>| {
        c.tag() == Tag::Nnp
            && c.children_with(Dep::Det).next().is_none()
            && c.entity_type().is_some_and(is_party)
    };
    name.children_with(Dep::Appos).filter(bare).map(Token::i)
}

/// "The United States, Saudi Arabia and Egypt proposed": a list that the parse takes for an apposition with others beside it.
fn listed_on(name: Token<'_>) -> Heads {
    use EntityType::{Gpe, Org};
    let named = |t: Token<'_>| matches!(t.entity_type(), Some(Gpe | Org)) && t.pos() == Pos::Propn;
    let joined = |c: Token<'_>| c.child(Dep::Cc).is_none() || has_child(c, Dep::Cc, "and");
    let lists = |c: &Token<'_>| c.child(Dep::Conj).is_some_and(named) && joined(*c);
    let mut behind = name.children_with(Dep::Appos).filter(|c| named(name) && named(*c)).filter(lists);
    behind.next().map(phrase_heads).unwrap_or_default()
}

fn is_party(kind: EntityType) -> bool {
    matches!(kind, EntityType::Gpe | EntityType::Norp | EntityType::Org | EntityType::Person)
}

fn is_listed(name: Token<'_>, subject: Token<'_>) -> bool {
    use EntityType::{Gpe, Norp, Org};
    let loose = matches!(name.dep(), Dep::Npadvmod | Dep::Dep | Dep::Meta | Dep::Advmod);
    loose && name.head() == subject.head() && matches!(name.entity_type(), Some(Gpe | Norp | Org))
}

/// "Visiting minister X warned …": a participle that the parse takes for the subject, where what it describes is.
fn described_subject(verb: Token<'_>) -> Option<Heads> {
    let participle =
        verb.children().find(|c| matches!(c.dep(), Dep::Csubj | Dep::Nsubj) && is_attributive(*c))?;
    participle.child(Dep::Dobj).map(phrase_heads)
}

/// "both sides are at least talking": the parse may hang the subject on the auxiliary.
fn subject_of_auxiliary(verb: Token<'_>) -> Option<Heads> {
    let auxiliaries = verb.children().filter(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass));
    let mut below = auxiliaries.flat_map(Token::children);
    below.find(|c| matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass)).map(phrase_heads)
}

/// "said shelling by rebels killed four": the parse may hang the gerund on the verb of saying, and leave what it did without a subject.
fn subject_in_gerund(verb: Token<'_>) -> Option<Heads> {
    let said = Some(verb.head()).filter(|_| verb.dep() == Dep::Ccomp && verb.tag() == Tag::Vbd)?;
    let between = |c: &Token<'_>| c.tag() == Tag::Vbg && said.i() < c.i() && c.i() < verb.i();
    let gerund = said.children_with(Dep::Xcomp).find(between)?;
    Some(prepositional(gerund, "by"))
}

/// "talks were held before X and Y bombed Z": the parse may take the conjunction for a preposition.
fn subject_of_conjunction(verb: Token<'_>) -> Option<Heads> {
    let finite = matches!(verb.tag(), Tag::Vbd | Tag::Vbz | Tag::Vbp) && verb.dep() == Dep::Advcl;
    let subject = verb.children_with(Dep::Mark).filter(|_| finite).find_map(|mark| mark.child(Dep::Pobj))?;
    Some(phrase_heads(subject)).filter(|_| subject.i() < verb.i())
}

/// "told visiting envoy X": a bare participle right before a name is the name's own, whatever the parse makes of it.
pub fn is_attributive(verb: Token<'_>) -> bool {
    let bare = verb.tag() == Tag::Vbg
        && matches!(verb.lemma(), "visit" | "depart" | "return" | "retire" | "resign" | "act")
        && !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Nsubj | Dep::Prep));
    let object = verb.child(Dep::Dobj);
    bare && object.is_some_and(|o| is_personal(o) && !o.children().any(|c| c.dep() == Dep::Det))
}

/// A proper name of no place and no body.
fn is_personal(name: Token<'_>) -> bool {
    use EntityType::{Fac, Gpe, Loc, Org};
    name.pos() == Pos::Propn && !matches!(name.entity_type(), Some(Fac | Gpe | Loc | Org))
}

/// "urged X to leave": X; "wants to leave", "promised X to leave": the subject.
fn controllers(head: Token<'_>, depth: usize) -> Heads {
    let object: Heads = head.children_with(Dep::Dobj).flat_map(phrase_heads).collect();
    match object.is_empty() || head.lemma() == "promise" {
        true => subjects_upwards(head, depth),
        false => object,
    }
}

/// "troops fighting rebels": the troops; "a plan to attack": whose plan it is.
fn modified_subjects(verb: Token<'_>, noun: Token<'_>, depth: usize) -> Heads {
    if let Some(subject) = interrupted_subject(verb) {
        return phrase_heads(subject);
    }
    if is_plan_of_name(verb) {
        return phrase_heads(noun).into_iter().chain(listed_behind(noun)).collect();
    }
    if takes_no_object(verb) {
        return counted(noun);
    }
    if verb.tag() == Tag::Vb && verb.dep() == Dep::Acl {
        let owners: Heads = noun.children_with(Dep::Poss).flat_map(phrase_heads).collect();
        return match (owners.is_empty(), governing_verb(noun)) {
            (true, Some(governor)) if governor.i() != verb.i() => subjects_upwards(governor, depth),
            _ => owners,
        };
    }
    vec![noun.i()]
}

/// "accused X of bombing": X; "admitted to bombing", "by bombing": the subject.
fn gerund_subjects(prep: Token<'_>, depth: usize) -> Heads {
    let governor = prep.head();
    if !is_verbal(governor) {
        let owners: Heads = governor.children_with(Dep::Poss).flat_map(phrase_heads).collect();
        return match (owners.is_empty(), governing_verb(governor)) {
            (true, Some(verb)) => subjects_upwards(verb, depth),
            _ => owners,
        };
    }
    let object = patients_shallow(governor);
    match matches!(prep.lower(), "of" | "for" | "from" | "into") && !object.is_empty() {
        true => object,
        false => subjects_upwards(governor, depth),
    }
}

fn patients_shallow(verb: Token<'_>) -> Heads {
    verb.children()
        .filter(|child| matches!(child.dep(), Dep::Dobj | Dep::Nsubjpass))
        .flat_map(phrase_heads)
        .collect()
}

/// "the town that rebels seized": a relative clause with a subject of its own and no object is about its noun.
fn gap(verb: Token<'_>) -> Heads {
    let has_subject =
        verb.children().any(|c| c.dep() == Dep::Nsubj && !matches!(c.tag(), Tag::Wdt | Tag::Wp));
    match verb.dep() == Dep::Relcl && has_subject {
        true => vec![verb.head().i()],
        false => Heads::new(),
    }
}
