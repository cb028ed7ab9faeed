//! What holds for every history: the order of rows does not count, the future is not known, shares are shares.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use detente_assess::{Answer, Grain, History, Options, Picture, Section, Series, assess, svg};
use detente_model::{
    ActorCode, Bearing, Contact, ContactKind, ContactState, ContactStep, Days, Dyad, EventType, Level,
    Observation, PlainAct, Status,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const ON: Date = date(2020, 6, 30);

fn dyad() -> Dyad {
    Dyad::new("RUS".parse().unwrap(), "USA".parse().unwrap()).unwrap()
}

prop_compose! {
    fn an_act()(
        before in 0..400i64,
        later in 0..20i64,
        kind in proptest::sample::select(EventType::ALL),
        status in proptest::sample::select(Status::ALL),
        bearing in proptest::sample::select(Bearing::ALL),
        sources in 1..9u32,
        confidence in 0.0..=1.0f32,
        key in any::<u32>(),
    ) -> Observation {
        let day = ON.saturating_add((100 - before).days());
        Observation {
            report: format!("a{}#{key}", key % 50),
            day,
            known: day.saturating_add(later.days()),
            kind,
            mode: None,
            plain: PlainAct { kind, mode: None },
            status,
            bearing,
            sources,
            confidence,
            speaker: (key % 3 == 0).then(|| dyad().b),
        }
    }
}

prop_compose! {
    fn a_contact()(
        before in 0..200i64,
        state in proptest::sample::select(ContactState::ALL),
        kind in proptest::sample::select(ContactKind::ALL),
        level in proptest::sample::select(Level::ALL),
        key in any::<u16>(),
    ) -> Contact {
        let day = ON.saturating_add((50 - before).days());
        let days = Some(Days::on(day));
        let report = Some(format!("c{key}#1"));
        Contact {
            id: format!("k:c{key}#1"),
            kind,
            level,
            parties: Vec::new(),
            persons: Vec::new(),
            occasion: None,
            days,
            place: None,
            state,
            steps: vec![ContactStep { on: Some(day), state, days, report }],
        }
    }
}

prop_compose! {
    fn a_history()(
        acts in prop::collection::vec(an_act(), 0..60),
        contacts in prop::collection::vec(a_contact(), 0..8),
        articles in 0..200u32,
    ) -> History {
        let read = (0..300i64).map(|back| (ON.saturating_sub((300 - back).days()), articles)).collect();
        History { dyad: dyad(), acts, contacts, read }
    }
}

fn name(code: ActorCode) -> String {
    code.to_string()
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_count(history in a_history(), turn in 0..60usize) {
        let mut turned = history.clone();
        let by = turn.min(turned.acts.len());
        turned.acts.rotate_left(by);
        turned.acts.reverse();
        turned.contacts.reverse();
        let judged = |history: History| assess(&history.as_of(ON), ON, Options::default());
        let (x, y) = (judged(history), judged(turned));
        prop_assert_eq!(x.direction, y.direction);
        prop_assert!((x.change.strength - y.change.strength).abs() < 1e-9);
        prop_assert_eq!(x.turning_points.len(), y.turning_points.len());
        prop_assert_eq!((x.risk.raised, x.opening.raised), (y.risk.raised, y.opening.raised));
    }

    #[test]
    fn what_comes_later_is_not_known(history in a_history()) {
        let mut past = history.clone();
        past.acts.retain(|act| act.known <= ON);
        prop_assert_eq!(
            assess(&history.as_of(ON), ON, Options::default()),
            assess(&past.as_of(ON), ON, Options::default())
        );
    }

    #[test]
    fn probabilities_are_shares(history in a_history(), window in 1..400i64, baseline in 1..400i64) {
        let verdict = assess(&history.as_of(ON), ON, Options { window, baseline });
        for change in verdict.strands.iter().map(|s| s.change).chain([verdict.change]) {
            let sum = change.thaw + change.steady + change.freeze;
            prop_assert!((sum - 1.0).abs() < 1e-6, "{change:?}");
            prop_assert!(change.error.is_finite() && change.error > 0.0);
        }
    }

    #[test]
    fn no_direction_rests_on_thin_evidence(history in a_history()) {
        let verdict = assess(&history.as_of(ON), ON, Options::default());
        prop_assert!(!verdict.evidence.is_thin() || verdict.direction.is_none());
    }

    #[test]
    fn every_statement_is_proved(history in a_history()) {
        let history = history.as_of(ON);
        let verdict = assess(&history, ON, Options::default());
        let answer = Answer::of(&verdict, &history, &[], &name);
        prop_assert_eq!(answer.section(Section::Headline).count(), 1);
        for clause in answer.clauses.iter().filter(|clause| clause.section != Section::Headline) {
            prop_assert!(!clause.reports.is_empty(), "{clause:?}");
        }
    }

    #[test]
    fn pictures_are_whole(history in a_history()) {
        let history = history.as_of(ON);
        let verdict = assess(&history, ON, Options::default());
        let picture = svg(&Picture::of(&history, &verdict), &history, &verdict, "<RUS & \"USA\">");
        prop_assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"));
        prop_assert!(!picture.contains("<RUS") && !picture.contains("NaN") && !picture.contains("inf"));
    }

    #[test]
    fn bins_lose_no_act(history in a_history(), grain in proptest::sample::select(Grain::ALL)) {
        let series = Series::of(&history, grain);
        let happened = |status| matches!(status, Status::Occurred | Status::Ongoing | Status::Scheduled);
        let counts = |act: &&Observation| happened(act.status) && act.bearing != Bearing::Told;
        let binned: u32 = series.bins.iter().flat_map(|bin| bin.acts).sum();
        prop_assert!(binned as usize >= history.acts.iter().filter(counts).count());
        prop_assert!(series.bins.windows(2).all(|pair| pair[0].days.to < pair[1].days.from));
    }
}
