//! The verdict on a pair: thaw, steady, freeze, mixed, or too little to say.

use detente_model::{Bearing, Days, Dyad, Observation, named_enum};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::flag::{self, Flag};
use crate::history::History;
use crate::index::{Change, Volumes};
use crate::strand::{Strand, score, weight};
use crate::turning::{TurningPoint, turning_points};

named_enum! {
    /// Which way a relation goes.
    Direction, "direction", {
        /// Towards cooperation.
        Thaw = "thaw",
        /// No change that counts.
        Steady = "steady",
        /// Towards conflict.
        Freeze = "freeze",
        /// Words and deeds part ways.
        Mixed = "mixed",
    }
}

/// What is compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many days up to the day asked about are judged.
    pub window: i64,
    /// How many days before those they are compared with.
    pub baseline: i64,
}

impl Default for Options {
    /// Four weeks against the half year before.
    fn default() -> Self {
        Self { window: 28, baseline: 182 }
    }
}

/// What the verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Acts in the window.
    pub acts: u32,
    /// Acts in the baseline.
    pub acts_before: u32,
    /// Sources of the window's acts, summed over acts; 1 where one source tells all of them.
    pub sources: u32,
    /// Articles read in the window.
    pub articles: u32,
    /// Articles read in the baseline.
    pub articles_before: u32,
}

impl Evidence {
    /// Whether there is too little to give a verdict: few acts, or one article's word alone.
    pub fn is_thin(&self) -> bool {
        self.acts < FEWEST_ACTS || self.sources < FEWEST_SOURCES
    }
}

const FEWEST_ACTS: u32 = 3;
const FEWEST_SOURCES: u32 = 2;
/// Recent acts count more: half as much every so many days back.
const HALF_LIFE: f64 = 21.0;
/// How probable a direction has to be to be called.
const CALLED: f64 = 0.5;
/// How probable opposite directions of two strands have to be to be called mixed.
const PARTED: f64 = 0.6;

/// The verdict of one strand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// Contacts, words or deeds.
    pub strand: Strand,
    /// Cooperation against conflict in the window, in -1..=1.
    pub balance: f64,
    /// The same in the baseline.
    pub balance_before: f64,
    /// Acts in the window.
    pub acts: u32,
    /// How the odds changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What a pair's acts add up to on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The pair.
    pub dyad: Dyad,
    /// The day asked about.
    pub on: Date,
    /// The days judged.
    pub window: Days,
    /// The days they are compared with.
    pub baseline: Days,
    /// Which way it goes; `None` where the evidence is too thin to say.
    pub direction: Option<Direction>,
    /// Which way it seems to go, also where the evidence is thin; `None` where there is none.
    pub leaning: Option<Direction>,
    /// How the odds of cooperation changed.
    #[serde(flatten)]
    pub change: Change,
    /// The strands apart.
    pub strands: Vec<Outlook>,
    /// Threats, mobilisation, violence, broken-off contacts.
    pub risk: Flag,
    /// Contacts resumed, concessions, easing.
    pub opening: Flag,
    /// The days on which the tone changed, over all that is known.
    pub turning_points: Vec<TurningPoint>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// The verdict on a pair on a day, of a history [as of](History::as_of) that day.
pub fn assess(history: &History, on: Date, options: Options) -> Verdict {
    let frame = Frame::new(history, on, options);
    let judged = frame.judge();
    let (window, baseline, factor) = (frame.window, frame.baseline, frame.factor);
    Verdict {
        dyad: history.dyad,
        on,
        window,
        baseline,
        direction: judged.direction(),
        leaning: judged.leaning,
        change: judged.change,
        strands: judged.strands,
        risk: flag::risk(history, window, baseline, factor),
        opening: flag::opening(history, window, baseline, factor),
        turning_points: turning_points(&history.acts),
        evidence: judged.evidence,
    }
}

/// The direction alone: what a picture asks for many days.
pub(crate) fn direction(history: &History, on: Date, options: Options) -> Option<Direction> {
    Frame::new(history, on, options).judge().direction()
}

/// What the frame alone tells.
struct Judged {
    leaning: Option<Direction>,
    change: Change,
    strands: Vec<Outlook>,
    evidence: Evidence,
}

impl Judged {
    fn direction(&self) -> Option<Direction> {
        let sure = |direction: &Direction| match direction {
            Direction::Thaw => self.change.thaw > CALLED,
            Direction::Steady => self.change.steady > CALLED,
            Direction::Freeze => self.change.freeze > CALLED,
            Direction::Mixed => true,
        };
        self.leaning.filter(|direction| sure(direction) && !self.evidence.is_thin())
    }
}

const STRANDS: usize = Strand::ALL.len();

/// What was done in a baseline and in a window.
#[derive(Debug, Clone, Copy, Default)]
struct Compared {
    before: Volumes,
    now: Volumes,
}

impl Compared {
    fn and(self, other: Self) -> Self {
        Self { before: self.before.and(other.before), now: self.now.and(other.now) }
    }
}

/// The window and baseline of one verdict.
struct Frame<'a> {
    history: &'a History,
    on: Date,
    window: Days,
    baseline: Days,
    /// What brings the baseline's volumes to the window's exposure.
    factor: f64,
}

impl<'a> Frame<'a> {
    fn new(history: &'a History, on: Date, options: Options) -> Self {
        let back = |day: Date, days: i64| day.saturating_sub(days.max(1).days());
        let window = Days { from: back(on, options.window).tomorrow().unwrap_or(on).min(on), to: on };
        let before = window.from.yesterday().unwrap_or(window.from);
        let baseline = Days {
            from: back(before, options.baseline).tomorrow().unwrap_or(before).min(before),
            to: before,
        };
        Self { history, on, window, baseline, factor: exposure(history, window, baseline) }
    }

    fn judge(&self) -> Judged {
        let volumes = self.volumes();
        let whole = volumes.iter().fold(Compared::default(), |whole, strand| whole.and(*strand));
        let strands: Vec<Outlook> =
            Strand::ALL.iter().zip(volumes).map(|(strand, volumes)| self.outlook(*strand, volumes)).collect();
        let change = self.change(whole);
        let evidence = self.evidence();
        let leaning = (evidence.acts > 0).then(|| lean(&change, &strands));
        Judged { leaning, change, strands, evidence }
    }

    fn change(&self, Compared { before, now }: Compared) -> Change {
        Change::between(before, self.decay() * self.factor, now)
    }

    /// The volumes of each strand. A busy pair has tens of thousands of acts, and a picture wants many verdicts: each act is looked at once.
    fn volumes(&self) -> [Compared; STRANDS] {
        let mut volumes = [Compared::default(); STRANDS];
        for (act, score) in self.counted(self.baseline) {
            volumes[Strand::of(act) as usize].before.add(score, weight(act));
        }
        for (act, score) in self.counted(self.window) {
            volumes[Strand::of(act) as usize].now.add(score, weight(act) * self.recency(act.day));
        }
        volumes
    }

    /// The acts that count on these days, each with its score.
    fn counted(&self, days: Days) -> impl Iterator<Item = (&'a Observation, f64)> {
        self.within(days).filter_map(|act| Some((act, score(act)?)))
    }

    /// The acts of these days, as far as they were known on the day asked about.
    fn within(&self, days: Days) -> impl Iterator<Item = &'a Observation> {
        let on = self.on;
        self.history.within(days).filter(move |act| act.known <= on)
    }

    fn recency(&self, day: Date) -> f64 {
        0.5f64.powf(f64::from(days_between(day, self.on)) / HALF_LIFE)
    }

    /// What recency takes from a window on average: the baseline gives as much.
    fn decay(&self) -> f64 {
        let days = f64::from(days_between(self.window.from, self.on) + 1);
        let rate = std::f64::consts::LN_2 / HALF_LIFE;
        (1.0 - (-rate * days).exp()) / (rate * days)
    }

    fn outlook(&self, strand: Strand, volumes: Compared) -> Outlook {
        Outlook {
            strand,
            balance: volumes.now.balance(),
            balance_before: volumes.before.balance(),
            acts: volumes.now.acts,
            change: self.change(volumes),
        }
    }

    fn evidence(&self) -> Evidence {
        let articles: std::collections::BTreeSet<&str> =
            self.counted(self.window).map(|(act, _)| article_of(&act.report)).collect();
        let told_again: u32 =
            self.counted(self.window).map(|(act, _)| act.sources.saturating_sub(1)).max().unwrap_or(0);
        Evidence {
            acts: self.counted(self.window).count() as u32,
            acts_before: self.counted(self.baseline).count() as u32,
            sources: articles.len() as u32 + told_again,
            articles: self.history.articles(self.window),
            articles_before: self.history.articles(self.baseline),
        }
    }
}

/// The article that a report's key names: all before the last `#`.
fn article_of(key: &str) -> &str {
    key.rsplit_once('#').map_or(key, |(article, _)| article)
}

/// Window to baseline: articles read where both are known, else days.
fn exposure(history: &History, window: Days, baseline: Days) -> f64 {
    let (now, before) = (history.articles(window), history.articles(baseline));
    let days = |days: Days| f64::from(days_between(days.from, days.to) + 1);
    match now > 0 && before > 0 {
        true => f64::from(now) / f64::from(before),
        false => days(window) / days(baseline),
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn lean(change: &Change, strands: &[Outlook]) -> Direction {
    if part_ways(strands) {
        return Direction::Mixed;
    }
    let directions = [
        (change.steady, Direction::Steady),
        (change.thaw, Direction::Thaw),
        (change.freeze, Direction::Freeze),
    ];
    let likelier = |x: (f64, Direction), y: (f64, Direction)| if y.0 > x.0 { y } else { x };
    directions.into_iter().fold(directions[0], likelier).1
}

/// Whether deeds go one way, and contacts or words the other.
fn part_ways(strands: &[Outlook]) -> bool {
    let parted = |a: &Change, b: &Change| a.thaw > PARTED && b.freeze > PARTED;
    let (deeds, talk): (Vec<&Outlook>, Vec<&Outlook>) = strands
        .iter()
        .filter(|outlook| outlook.acts > 0)
        .partition(|outlook| outlook.strand == Strand::Deeds);
    deeds.iter().any(|deeds| {
        talk.iter().any(|talk| parted(&talk.change, &deeds.change) || parted(&deeds.change, &talk.change))
    })
}

/// Acts told by the other side, which weigh nothing but are worth quoting.
pub(crate) fn told_by_other(history: &History, days: Days) -> impl Iterator<Item = &Observation> {
    history.within(days).filter(|act| act.bearing == Bearing::Told)
}
