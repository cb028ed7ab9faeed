//! Quarters, halves, seasons, fiscal years and the periods that business reports compare.

use super::{Match, calendar, count, relative};
use crate::expression::{Meaning, Season, Unit, Which, YearOf};
use crate::lexicon::Lex;
use crate::token::{Kind, Tokens};

/// Any of them at token `i`.
pub(super) fn period(t: Tokens, i: usize) -> Option<Match> {
    quarter_or_half(t, i)
        .or_else(|| year_ago(t, i))
        .or_else(|| year_period(t, i))
        .or_else(|| season(t, i))
        .or_else(|| fiscal(t, i))
}

/// `the third quarter`, `its fiscal first-quarter`, `the 1988 third quarter`, `this year's third quarter`, `the first half of 1990`.
fn quarter_or_half(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (before, at) = year_before(t, start).unwrap_or((YearOf::Open, start));
    let at = t.after_hyphen(at + usize::from(t.lex(at) == Lex::Fiscal));
    let at = at + usize::from(t.is(at, "flat") || t.is(at, "full"));
    let (n, next) = nth(t, at)?;
    let unit = t.after_hyphen(next);
    // With a hyphen it is an adjective, and the article belongs to the noun: "the third-quarter loss".
    if unit > next && start > i {
        return None;
    }
    let meaning = |year| match t.lex(unit) {
        Lex::Unit(Unit::Quarter) if n <= 4 => Some(Meaning::Quarter(Some(n), year)),
        Lex::Half if n <= 2 || n == u8::MAX => Some(Meaning::Half(n.min(2), year)),
        _ => None,
    };
    meaning(before)?;
    let (after, next) = year_behind(t, unit + 1).unwrap_or((before, unit + 1));
    Some(Match::new(next, meaning(after)?))
}

/// An ordinal, or `last` as in `the last half`.
fn nth(t: Tokens, i: usize) -> Option<(u8, usize)> {
    if matches!(t.lex(i), Lex::Which(Which::Last)) && t.lex(i + 1) == Lex::Half {
        return Some((u8::MAX, i + 1));
    }
    count::ordinal(t, i).filter(|&(n, _)| n > 0)
}

/// `1988`, `last year's`, `this year's`, `year-ago`, `year-earlier` before a quarter.
fn year_before(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    if let Some((n, 4)) = t.number(i)
        && (1900..2100).contains(&n)
    {
        return Some((YearOf::Given(i16::try_from(n).ok()?), i + 1));
    }
    if let Some(next) = year_ago_word(t, i) {
        return Some((YearOf::Narrative(-1), next));
    }
    let (year, next) = calendar::relative_year(t, i)?;
    let after = t.after_possessive(next);
    (after > next).then_some((year, after))
}

/// ` of 1984`, ` last year`, ` of this year`, ` a year ago` behind a quarter.
fn year_behind(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    let of = i + usize::from(t.lex(i) == Lex::Of);
    if of > i
        && let Some((n, 4)) = t.number(of)
        && (1000..2100).contains(&n)
    {
        return Some((YearOf::Given(i16::try_from(n).ok()?), of + 1));
    }
    calendar::relative_year(t, of)
}

/// One past `year-ago` or `year-earlier` at `i`.
fn year_ago_word(t: Tokens, i: usize) -> Option<usize> {
    let at = t.after_hyphen(i + 1);
    let shape =
        t.lex(i) == Lex::Unit(Unit::Year) && at > i + 1 && matches!(t.lex(at), Lex::Ago | Lex::Earlier);
    shape.then_some(at + 1)
}

/// `the year-ago quarter`, `the year-earlier period`, `year-ago`, `the comparable year-ago quarter`.
fn year_ago(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let start = start + usize::from(is_comparison(t, start));
    let next = year_ago_word(t, start)?;
    let meaning = Meaning::Period(YearOf::Narrative(-1));
    Some(match t.lex(next) {
        Lex::Unit(Unit::Quarter) => Match::new(next + 1, Meaning::Quarter(None, YearOf::Narrative(-1))),
        _ if t.is(next, "period") => Match::new(next + 1, meaning),
        _ if start > i => return None,
        _ => Match::new(next, meaning),
    })
}

fn is_comparison(t: Tokens, i: usize) -> bool {
    ["comparable", "corresponding", "similar"].iter().any(|w| t.is(i, w))
        || t.lex(i) == Lex::Which(Which::Same)
}

/// `the 1988 period`, `the latest period`, `the corresponding period last year`, `last year's quarter`.
fn year_period(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    if start > i && is_comparison(t, start) && is_period(t, start + 1) {
        let (year, next) = calendar::relative_year(t, start + 2).or_else(|| ago(t, start + 2))?;
        return Some(Match::new(next, Meaning::Period(year)));
    }
    if start > i
        && is_period(t, start)
        && let Some((year, next)) = ago(t, start + 1)
    {
        return Some(Match::new(next, Meaning::Period(year)));
    }
    if start > i && t.lex(start) == Lex::Which(Which::Latest) && is_period(t, start + 1) {
        return Some(Match::new(start + 2, Meaning::Period(YearOf::Narrative(0))));
    }
    let (year, at) =
        year_before(t, start).filter(|_| start > i || t.lex(start + 1) == Lex::Unit(Unit::Year))?;
    is_period(t, at).then(|| Match::new(at + 1, Meaning::Period(year)))
}

fn ago(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    let shape = t.lex(i) == Lex::A
        && t.lex(i + 1) == Lex::Unit(Unit::Year)
        && matches!(t.lex(i + 2), Lex::Ago | Lex::Earlier);
    shape.then_some((YearOf::Narrative(-1), i + 3))
}

fn is_period(t: Tokens, i: usize) -> bool {
    t.is(i, "period") || t.lex(i) == Lex::Unit(Unit::Quarter)
}

/// `this summer`, `the winter of 1994`, `last fall`, `summer 1998`, `the summer`.
fn season(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (which, at) = match (t.lex(start), t.lex(start + 1)) {
        (Lex::Which(Which::This), Lex::Which(w @ (Which::Past | Which::Coming))) => (Some(w), start + 2),
        (Lex::Which(w), _) => (Some(w), start + 1),
        _ => (None, start),
    };
    let Lex::Season(season) = t.lex(at) else { return None };
    let named = season_year(t, at + 1);
    let year = which.map_or(Some(YearOf::Open), which_year)?;
    let (year, next) = named.unwrap_or((year, at + 1));
    is_season_here(t, i, at, season, which.is_some() || named.is_some())
        .then(|| Match::new(next, Meaning::Season(season, year)))
}

fn season_year(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    let of = i + usize::from(t.lex(i) == Lex::Of || t.mark(i, b','));
    if let Some((year, next)) = calendar::spoken_year(t, of) {
        return Some((YearOf::Given(year), next));
    }
    let (n, len) = t.number(of)?;
    if len == 4 && (1000..2100).contains(&n) {
        return Some((YearOf::Given(i16::try_from(n).ok()?), of + 1));
    }
    None
}

fn which_year(which: Which) -> Option<YearOf> {
    Some(match which {
        Which::Last | Which::Past => YearOf::Last,
        Which::Next | Which::Coming => YearOf::Next,
        Which::This | Which::Current => YearOf::This,
        Which::That | Which::Same => YearOf::Narrative(0),
        Which::Previous => YearOf::Narrative(-1),
        Which::Following => YearOf::Narrative(1),
        _ => return None,
    })
}

/// `fall` and `spring` are verbs too, and `the fall of the Wall` is no season.
fn is_season_here(t: Tokens, first: usize, at: usize, season: Season, sure: bool) -> bool {
    let led = first < at
        || first.checked_sub(1).is_some_and(|b| {
            matches!(
                t.lex(b),
                Lex::In | Lex::By | Lex::During | Lex::Phase(_) | Lex::Since | Lex::Until | Lex::Of
            )
        });
    let of = t.lex(at + 1) == Lex::Of;
    let hyphen = t.mark(at + 1, b'-') && t.glued(at + 1);
    let noun = t.lex(at + 1) == Lex::None
        && t.kind(at + 1) == Kind::Word
        && !t.is(at + 1, "when")
        && !t.is(at + 1, "but");
    match season {
        Season::Autumn | Season::Spring if !t.is(at, "autumn") => {
            sure || (led && !of && !hyphen && !noun && !t.capital(at))
        }
        _ => sure || (led && !of && !hyphen && !t.capital(at)),
    }
}

/// `fiscal 1989`, `the fiscal year`, `the current fiscal year`, `next fiscal year`.
fn fiscal(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (year, at) = match t.lex(start) {
        Lex::Which(Which::This | Which::Current) => (YearOf::Report(0), start + 1),
        Lex::Which(Which::Last | Which::Latest | Which::Previous | Which::Past) => {
            (YearOf::Report(-1), start + 1)
        }
        Lex::Which(Which::Next | Which::Coming) => (YearOf::Report(1), start + 1),
        _ => (YearOf::Narrative(0), start),
    };
    let any = i > 0 && t.lex(i - 1) == Lex::A;
    if t.lex(at) != Lex::Fiscal || any {
        return None;
    }
    let unit = at + 1 + usize::from(t.lex(at + 1) == Lex::Unit(Unit::Year));
    if let Some((n, 4)) = t.number(unit) {
        return Some(Match::new(unit + 1, Meaning::Fiscal(YearOf::Given(i16::try_from(n).ok()?))));
    }
    let whole =
        if relative::is_ended(t, unit) { Meaning::Duration(relative::A_YEAR) } else { Meaning::Fiscal(year) };
    (unit > at + 1).then(|| Match::new(unit, whole))
}
