//! Which words are the name of a place.

use std::ops::Range;
use std::sync::LazyLock;

use detente_english::{Annotated, Entity, EntityType, Pos, Token};
use detente_gazetteer::{Form, Gazetteer, Kind, Named, fold};
use rustc_hash::FxHashSet;

/// A name found, with every place it may mean.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub tokens: Range<usize>,
    /// The name as the gazetteer looks it up.
    pub key: String,
    /// Empty for a name that the model calls a place and the gazetteer does not know.
    pub named: Vec<Named>,
    /// How sure it is that this is a place.
    pub verdict: Verdict,
}

/// Finds the names of a text, in order.
pub(super) fn spot(gazetteer: &Gazetteer, doc: &Annotated<'_>) -> Vec<Spot> {
    let surnames = surnames(doc);
    let mut found: Vec<Spot> = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let spot = judged(gazetteer, doc, at, found.last()).filter(|spot| !is_surname(doc, spot, &surnames));
        at = match spot.or_else(|| unknown(gazetteer, doc, at)) {
            Some(spot) => {
                let end = spot.tokens.end;
                found.push(spot);
                end
            }
            None => at + 1,
        };
    }
    found
}

/// From the least to the most sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// Only if it goes well with the other places of the report.
    Perhaps,
    /// If it goes with them.
    Likely,
    /// Whatever they are.
    Place,
}

/// No name has more tokens than this.
const LONGEST: usize = 8;

fn judged(gazetteer: &Gazetteer, doc: &Annotated<'_>, at: usize, before: Option<&Spot>) -> Option<Spot> {
    let spot = known(gazetteer, doc, at)?;
    let verdict = judge(gazetteer, doc, &spot, before)?;
    let mut named = spot.named;
    if verdict != Verdict::Place {
        named.retain(|n| n.form != Form::Other || gazetteer.place(n.place).kind == Kind::Admin2);
    }
    (!named.is_empty()).then_some(Spot { verdict, named, ..spot })
}

/// The last words of the full names of persons, but for those that the model elsewhere calls a place.
fn surnames<'a>(doc: &'a Annotated<'_>) -> FxHashSet<&'a str> {
    let last = |e: &Entity| doc.token(trimmed_end(doc, e.end) - 1).text();
    let of = |kind: EntityType| doc.entities().iter().filter(move |e| e.kind == kind);
    let places: FxHashSet<&str> = of(EntityType::Gpe).map(last).collect();
    let persons = of(EntityType::Person).filter(|e| e.end - e.start > 1).map(last);
    persons.filter(|name| !places.contains(name)).collect()
}

/// "Clinton said", where Hillary Clinton is named too.
fn is_surname(doc: &Annotated<'_>, spot: &Spot, surnames: &FxHashSet<&str>) -> bool {
    let token = doc.token(spot.tokens.start);
    let labelled = matches!(token.entity_type(), None | Some(EntityType::Person | EntityType::Org));
    spot.tokens.len() == 1 && labelled && surnames.contains(token.text())
}

/// The longest name that begins at a token.
fn known(gazetteer: &Gazetteer, doc: &Annotated<'_>, start: usize) -> Option<Spot> {
    if !begins_name(doc.token(start)) {
        return None;
    }
    let mut walker = gazetteer.walk();
    let mut longest = None;
    let mut key = String::new();
    for i in start..doc.len().min(start + LONGEST) {
        let token = doc.token(i);
        let word = fold(token.text());
        if word.is_empty() && !joins(token) || !walker.push(&word) {
            break;
        }
        if !key.is_empty() && !word.is_empty() {
            key.push(' ');
        }
        key.push_str(&word);
        if !word.is_empty() && ends_name(token) && walker.is_name() {
            longest = Some((i + 1, key.clone(), walker));
        }
    }
    let (end, key, walker) = longest?;
    let named = fitting(doc, start..end, walker.named().collect());
    (!named.is_empty()).then_some(Spot { tokens: start..end, key, named, verdict: Verdict::Place })
}

fn begins_name(token: Token<'_>) -> bool {
    token.text().starts_with(char::is_uppercase) && token.pos() != Pos::Pron
}

fn ends_name(token: Token<'_>) -> bool {
    token.text().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// A hyphen inside a name: "Winston-Salem".
fn joins(token: Token<'_>) -> bool {
    matches!(token.text(), "-" | "–" | "&") && (token.text() == "&" || !token.has_space_after())
}

/// The readings that the way of writing allows: an abbreviation has dots or capitals, a postal code follows a comma.
fn fitting(doc: &Annotated<'_>, tokens: Range<usize>, mut named: Vec<Named>) -> Vec<Named> {
    let text = doc.text_of(tokens.clone());
    let dotted = text.contains('.') || doc.text()[doc.span_of(tokens.clone()).end..].starts_with('.');
    let capitals = text.len() > 1 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'&');
    let after_comma = tokens.start > 1 && doc.token(tokens.start - 1).text() == ",";
    named.retain(|n| match n.form {
        Form::Abbreviation => dotted || capitals,
        Form::Postal => capitals && after_comma,
        Form::Name | Form::Other => text.len() > 2,
        Form::Adjective => true,
    });
    named
}

/// Whether a name is a place here: by its form, by its surroundings, or by the model's label.
fn judge(gazetteer: &Gazetteer, doc: &Annotated<'_>, name: &Spot, before: Option<&Spot>) -> Option<Verdict> {
    let (first, last) = (doc.token(name.tokens.start), doc.token(name.tokens.end - 1));
    let follows_place = after_place(doc, name.tokens.start, before);
    let between_places = follows_place || before_container(last);
    if name.named.iter().all(|n| n.form == Form::Postal) {
        return follows_place.then_some(Verdict::Place);
    }
    if is_county(gazetteer, name) {
        return Some(Verdict::Place);
    }
    if part_of_other_name(doc, &name.tokens)
        || is_common(name) && !(between_places || is_labelled_whole(doc, name))
    {
        return None;
    }
    if name.named.iter().all(|n| n.form == Form::Adjective) {
        return adjective(first, last);
    }
    if is_dateline(doc, name) {
        return Some(Verdict::Place);
    }
    let cued = between_places || after_preposition(first) || after_party(first) || before_people(last);
    let by_itself = match (is_prominent(gazetteer, name), cued) {
        (true, _) => Verdict::Place,
        (_, true) => Verdict::Likely,
        _ => Verdict::Perhaps,
    };
    by_label(doc, name, by_itself, between_places)
}

/// What the model's label makes of a name that by itself is a place so surely.
fn by_label(doc: &Annotated<'_>, name: &Spot, by_itself: Verdict, between_places: bool) -> Option<Verdict> {
    let first = doc.token(name.tokens.start);
    let extent = Extent::of(doc, &name.tokens);
    match first.entity_type().or(doc.token(name.tokens.end - 1).entity_type()) {
        Some(EntityType::Gpe | EntityType::Loc | EntityType::Fac) if extent != Extent::Later => {
            Some(Verdict::Place)
        }
        Some(EntityType::Gpe | EntityType::Loc | EntityType::Fac) => Some(by_itself),
        Some(EntityType::Person) => (extent == Extent::Whole || between_places).then_some(by_itself),
        Some(EntityType::Org) if extent != Extent::Later => Some(by_itself.max(Verdict::Likely)),
        Some(
            EntityType::Org
            | EntityType::Norp
            | EntityType::Event
            | EntityType::Product
            | EntityType::WorkOfArt,
        ) => Some(by_itself),
        Some(_) => None,
        None => (first.pos() == Pos::Propn).then_some(by_itself),
    }
}

/// How much of the entity at a name the name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    First,
    Later,
}

impl Extent {
    fn of(doc: &Annotated<'_>, tokens: &Range<usize>) -> Self {
        match doc.token(tokens.start).entity() {
            Some(e) if body(doc, e) < tokens.start => Self::Later,
            Some(e) if trimmed_end(doc, e.end) > tokens.end => Self::First,
            _ => Self::Whole,
        }
    }
}

/// Whether the model calls the name a place, and no more than the name.
fn is_labelled_whole(doc: &Annotated<'_>, name: &Spot) -> bool {
    let label = doc.token(name.tokens.start).entity_type();
    matches!(label, Some(EntityType::Gpe | EntityType::Loc | EntityType::Fac))
        && Extent::of(doc, &name.tokens) == Extent::Whole
}

/// A county by its full name: "Cook County".
fn is_county(gazetteer: &Gazetteer, name: &Spot) -> bool {
    let county = |n: &Named| n.form == Form::Name && gazetteer.place(n.place).kind == Kind::Admin2;
    name.tokens.len() > 1 && name.named.iter().any(county)
}

static COMMON: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/place/common.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether a name is a word that far oftener means something else.
fn is_common(name: &Spot) -> bool {
    COMMON.contains(name.key.as_str())
}

/// "TORRINGTON — City Council …": a name in capitals at the head of a report.
fn is_dateline(doc: &Annotated<'_>, name: &Spot) -> bool {
    let text = doc.text_of(name.tokens.clone());
    let next = (name.tokens.end < doc.len()).then(|| doc.token(name.tokens.end));
    text.len() > 3
        && !text.contains(char::is_lowercase)
        && next.is_some_and(|n| matches!(n.text(), "-" | "--" | "---" | "–" | "—" | "(" | ","))
}

/// "D-Kanawha", "R-Texas": a legislator's party and home.
fn after_party(first: Token<'_>) -> bool {
    let dash = first.previous().filter(|p| matches!(p.text(), "-" | "–"));
    dash.and_then(Token::previous)
        .is_some_and(|p| matches!(p.text(), "D" | "R" | "I" | "DFL" | "Rep" | "Dem"))
}

/// "Roselle police", "a Danbury man", "Corsicana woman".
fn before_people(last: Token<'_>) -> bool {
    const PEOPLE: &[&str] = &[
        "police",
        "man",
        "woman",
        "men",
        "women",
        "resident",
        "residents",
        "mayor",
        "native",
        "couple",
        "teen",
        "officials",
        "officers",
        "firefighters",
        "council",
        "schools",
        "family",
        "students",
        "voters",
        "area",
        "school",
    ];
    last.next().is_some_and(|n| PEOPLE.contains(&n.lower()))
}

/// A country, a large division or city, a continent: names that hardly anything else has.
fn is_prominent(gazetteer: &Gazetteer, name: &Spot) -> bool {
    name.named.iter().any(|named| is_large(gazetteer, *named))
}

fn is_large(gazetteer: &Gazetteer, named: Named) -> bool {
    let place = gazetteer.place(named.place);
    let large =
        matches!(place.kind, Kind::Country | Kind::Continent | Kind::Region | Kind::Water | Kind::Capital)
            || place.kind == Kind::Admin1 && named.form == Form::Name && place.population > 500_000.0
            || place.kind == Kind::City && named.form == Form::Name && place.population > 500_000.0;
    let clipped = place.kind == Kind::Admin1 && named.form == Form::Abbreviation;
    clipped || large && named.form != Form::Adjective
}

fn adjective(first: Token<'_>, last: Token<'_>) -> Option<Verdict> {
    match first.entity_type() {
        Some(EntityType::Person)
            if first.i() != last.i() || first.entity().is_some_and(|e| e.end - e.start > 1) =>
        {
            None
        }
        Some(EntityType::Language) => None,
        _ => Some(Verdict::Place),
    }
}

/// "Paris Street", "University of Paris", "Sydney Smith": a part of the name of something else.
fn part_of_other_name(doc: &Annotated<'_>, tokens: &Range<usize>) -> bool {
    let next = (tokens.end < doc.len()).then(|| doc.token(tokens.end));
    let street =
        next.is_some_and(|n| n.text().starts_with(char::is_uppercase) && STREETS.contains(&n.lower()));
    let school = tokens.start > 1
        && doc.token(tokens.start - 1).lower() == "of"
        && matches!(
            doc.token(tokens.start - 2).text(),
            "University" | "College" | "Duke" | "Bishop" | "Archbishop"
        );
    street || school
}

const STREETS: &[&str] = &[
    "street",
    "st.",
    "avenue",
    "ave.",
    "ave",
    "road",
    "rd.",
    "drive",
    "dr.",
    "boulevard",
    "blvd.",
    "lane",
    "highway",
    "pike",
    "parkway",
    "court",
    "times",
    "herald",
    "tribune",
    "gazette",
    "post",
    "journal",
];

/// The name stands after "PLACE," or "PLACE (".
fn after_place(doc: &Annotated<'_>, start: usize, before: Option<&Spot>) -> bool {
    let mark = start.checked_sub(1).is_some_and(|i| matches!(doc.token(i).text(), "," | "("));
    mark && before.is_some_and(|spot| spot.tokens.end + 1 == start)
}

/// The name stands before ", STATE".
fn before_container(last: Token<'_>) -> bool {
    let next = last.next().filter(|n| n.text() == ",").and_then(Token::next);
    next.is_some_and(|n| n.entity_type() == Some(EntityType::Gpe))
}

fn after_preposition(first: Token<'_>) -> bool {
    let before = first.previous().filter(|p| p.lower() != "the").or_else(|| first.previous()?.previous());
    before.is_some_and(|p| {
        matches!(p.lower(), "in" | "near" | "at" | "of" | "from" | "to" | "outside" | "around" | "across")
    })
}

fn is_the(doc: &Annotated<'_>, i: usize) -> bool {
    doc.token(i).lower() == "the"
}

/// Where an entity begins without the article and a direction: "the North Texas", "Southern Sudan".
fn body(doc: &Annotated<'_>, entity: Entity) -> usize {
    let article = entity.start + usize::from(is_the(doc, entity.start));
    let direction = article + 1 < entity.end && is_direction(doc.token(article).lower());
    article + usize::from(direction)
}

fn is_direction(word: &str) -> bool {
    let word = word.strip_suffix("ern").unwrap_or(word);
    matches!(
        word,
        "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "upper"
    )
}

/// The end of an entity without a possessive.
fn trimmed_end(doc: &Annotated<'_>, end: usize) -> usize {
    if end > 1 && matches!(doc.token(end - 1).lower(), "'s" | "’s" | "'" | "’") { end - 1 } else { end }
}

/// A name that the model calls a place and that begins here, without the article.
fn unknown(gazetteer: &Gazetteer, doc: &Annotated<'_>, start: usize) -> Option<Spot> {
    let entity = doc.token(start).entity()?;
    let first = entity.start + usize::from(is_the(doc, entity.start));
    let end = trimmed_end(doc, entity.end);
    let place = matches!(entity.kind, EntityType::Gpe | EntityType::Loc | EntityType::Fac);
    let tokens = first..end;
    let named_later = body(doc, entity) > first && known(gazetteer, doc, first + 1).is_some();
    let here = place && first == start && first < end && begins_name(doc.token(first)) && !named_later;
    here.then(|| Spot {
        key: fold(doc.text_of(tokens.clone())),
        tokens,
        named: Vec::new(),
        verdict: Verdict::Place,
    })
}
