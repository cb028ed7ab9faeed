//! The days that a time expression covers where it stands: "since May" runs to the report, "a two-day visit" is two days long.

use detente_english::{Annotated, Dep, Tag, Token};
use detente_model::Days;
use detente_time::expression::{Amount, Count};
use detente_time::{Timex, TimexKind, Unit, Value};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days, and whether they run on to the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spell {
    pub days: Days,
    /// "since May", "for ten years": it has not ended.
    pub lasting: bool,
}

impl Spell {
    fn single(days: Days) -> Self {
        Self { days, lasting: false }
    }

    fn until_report(from: Date, published: Date) -> Option<Self> {
        (from <= published).then_some(Self { days: Days { from, to: published }, lasting: true })
    }
}

/// The days that an expression gives the act it reaches; a length of time counts only back from the report under a perfect tense.
pub(super) fn spell(
    text: &Annotated<'_>,
    timex: &Timex,
    published: Option<Date>,
    perfect: bool,
) -> Option<Spell> {
    let before = token_at(text, timex.span.start).and_then(Token::previous);
    let word = before.map_or("", Token::lower);
    match (timex.kind, timex.days) {
        (TimexKind::Date | TimexKind::Time, Some(days)) if word == "since" => before
            .filter(|since| !is_compared(*since))
            .and_then(|_| Spell::until_report(days.from, published?)),
        // "suspended talks until 2028": it is the end that lies ahead.
        (TimexKind::Date | TimexKind::Time, Some(days))
            if matches!(word, "until" | "till") && published.is_some_and(|day| day < days.from) =>
        {
            None
        }
        (TimexKind::Date | TimexKind::Time, Some(days)) => {
            Some(Spell::single(later_part(text, timex, days, published)))
        }
        (TimexKind::Duration, Some(days)) if Some(days.to) == published => {
            Some(Spell { days, lasting: true })
        }
        (TimexKind::Duration, None) if perfect && matches!(word, "for" | "over" | "during") => {
            let back = days_back(timex.value, published?)?;
            Spell::until_report(back, published?)
        }
        _ => None,
    }
}

/// "later this month": what is left of it.
fn later_part(text: &Annotated<'_>, timex: &Timex, days: Days, published: Option<Date>) -> Days {
    let later = text.text()[timex.span.range()].to_lowercase().starts_with("later");
    match published.and_then(|day| day.tomorrow().ok()) {
        Some(from) if later && days.from < from && from <= days.to => Days { from, ..days },
        _ => days,
    }
}

/// "since then", "ever since": from the time that the text spoke of last before it.
pub(super) fn since_then(since: Token<'_>) -> bool {
    let bare = since.dep() == Dep::Advmod || since.next().is_some_and(|next| next.lower() == "then");
    since.lower() == "since" && bare && !is_compared(since)
}

/// How many days an adjective of length gives the event that it describes: "a two-day visit", "his 48-hour stay".
pub(super) fn length_in_days(text: &Annotated<'_>, timex: &Timex) -> Option<i32> {
    let words = &text.text()[timex.span.range()];
    let Value::Duration(Amount { count: Count::Halves(halves), unit }) = timex.value else { return None };
    if timex.kind != TimexKind::Duration || !words.contains('-') || halves % 2 != 0 {
        return None;
    }
    let count = i32::try_from(halves / 2).ok()?;
    match unit {
        Unit::Hour if count % 24 == 0 => Some(count / 24),
        Unit::Day => Some(count),
        Unit::Week => count.checked_mul(7),
        _ => None,
    }
    .filter(|days| (1..=60).contains(days))
}

/// The largest number of units that is counted: beyond it the calendar ends.
const FARTHEST: i32 = 9_000;

/// The day so much time before or after another.
pub(super) fn shifted(day: Date, value: Value, back: bool) -> Option<Date> {
    let Value::Duration(Amount { count: Count::Halves(halves), unit }) = value else { return None };
    let count = i32::try_from(halves / 2).ok().filter(|count| *count <= FARTHEST)?;
    let by = if back { -count } else { count };
    let by = match unit {
        Unit::Day | Unit::Night => by.days(),
        Unit::Week => by.weeks(),
        Unit::Month => by.months(),
        Unit::Year => by.years(),
        _ => return None,
    };
    day.checked_add(by).ok()
}

fn days_back(length: Value, published: Date) -> Option<Date> {
    shifted(published, length, true)
}

/// "the first visit since 1998", "the worst attack since May": the time is only compared with.
fn is_compared(since: Token<'_>) -> bool {
    let compared = |t: &Token<'_>| {
        matches!(t.tag(), Tag::Jjs | Tag::Rbs)
            || matches!(t.lower(), "first" | "second" | "third" | "last" | "only")
    };
    let before = std::iter::successors(since.previous(), |t| t.previous());
    before
        .take(COMPARED_WITHIN)
        .take_while(|t| t.sentence().number() == since.sentence().number())
        .any(|t| compared(&t))
}

/// How many words before "since" may hold the superlative it belongs to.
const COMPARED_WITHIN: usize = 7;

/// The token that begins at, or holds, a byte.
pub(super) fn token_at<'a>(text: &'a Annotated<'_>, byte: usize) -> Option<Token<'a>> {
    let next = text.tokens().len();
    let (mut low, mut high) = (0, next);
    while low < high {
        let middle = usize::midpoint(low, high);
        match text.token(middle).span().end <= byte {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    (low < next).then(|| text.token(low))
}
