//! A verdict, its flags, and the answer in words.

use detente::Answered;
use detente::assess::{Clause, Direction, Flag, Section, TurningPoint, Verdict, in_short};
use schemars::JsonSchema;
use serde::Serialize;

use super::party::PairRecord;
use crate::names::Names;

/// What a pair's acts add up to on a day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VerdictRecord {
    /// The pair.
    pub pair: PairRecord,
    /// The day asked about.
    pub on: String,
    /// In a few words.
    pub in_short: String,
    /// thaw, steady, freeze or mixed; `null` where the evidence is too thin to say.
    pub direction: Option<&'static str>,
    /// Which way it seems to go, also where the evidence is thin.
    pub leaning: Option<&'static str>,
    /// How probable a thaw is.
    pub thaw: f64,
    /// How probable no change is.
    pub steady: f64,
    /// How probable a freeze is.
    pub freeze: f64,
    /// Acts in the window.
    pub acts: u32,
    /// Sources of those acts.
    pub sources: u32,
    /// Acts in the baseline.
    pub acts_before: u32,
    /// The days judged.
    pub window: [String; 2],
    /// The days they are compared with.
    pub baseline: [String; 2],
    /// The strands apart.
    pub strands: Vec<StrandRecord>,
    /// Threats, mobilisation, violence, broken-off contacts.
    pub risk: FlagRecord,
    /// Contacts resumed, concessions, easing.
    pub opening: FlagRecord,
    /// The days on which the tone changed.
    pub turning_points: Vec<TurnRecord>,
}

/// The verdict of one strand.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StrandRecord {
    /// contacts, words or deeds.
    pub strand: &'static str,
    /// Acts in the window.
    pub acts: u32,
    /// Cooperation against conflict in the window, -1 to 1.
    pub balance: f64,
    /// The same in the baseline.
    pub balance_before: f64,
    /// How probable a thaw is.
    pub thaw: f64,
    /// How probable a freeze is.
    pub freeze: f64,
}

/// A warning light.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FlagRecord {
    /// Whether it is lit.
    pub raised: bool,
    /// Why.
    pub why: Vec<&'static str>,
    /// Keys of the reports that lit it.
    pub reports: Vec<String>,
}

/// A day from which on the tone was another.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TurnRecord {
    /// The first day of the new tone.
    pub day: String,
    /// Mean score before.
    pub before: f64,
    /// Mean score after.
    pub after: f64,
    /// How often chance does as much.
    pub chance: f64,
    /// Keys of the acts that turned it.
    pub reports: Vec<String>,
}

/// One part of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectionRecord {
    /// Its name.
    pub section: &'static str,
    /// Its statements.
    pub clauses: Vec<ClauseRecord>,
}

/// A statement and the reports that prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClauseRecord {
    /// The statement.
    pub text: String,
    /// The places of its reports in the list of reports, from 1.
    pub cites: Vec<usize>,
}

impl VerdictRecord {
    /// The record of a verdict.
    pub fn of(verdict: &Verdict, names: &Names) -> Self {
        let strand = |outlook: &detente::assess::Outlook| StrandRecord {
            strand: outlook.strand.as_str(),
            acts: outlook.acts,
            balance: outlook.balance,
            balance_before: outlook.balance_before,
            thaw: outlook.change.thaw,
            freeze: outlook.change.freeze,
        };
        let days = |days: detente::model::Days| [days.from.to_string(), days.to.to_string()];
        Self {
            pair: PairRecord::of(verdict.dyad, names),
            on: verdict.on.to_string(),
            in_short: in_short(verdict),
            direction: verdict.direction.map(Direction::as_str),
            leaning: verdict.leaning.map(Direction::as_str),
            thaw: verdict.change.thaw,
            steady: verdict.change.steady,
            freeze: verdict.change.freeze,
            acts: verdict.evidence.acts,
            sources: verdict.evidence.sources,
            acts_before: verdict.evidence.acts_before,
            window: days(verdict.window),
            baseline: days(verdict.baseline),
            strands: verdict.strands.iter().map(strand).collect(),
            risk: FlagRecord::of(&verdict.risk),
            opening: FlagRecord::of(&verdict.opening),
            turning_points: verdict.turning_points.iter().map(TurnRecord::of).collect(),
        }
    }

    /// The arrow that shows which way it goes.
    pub fn arrow(&self) -> &'static str {
        arrow(self.direction)
    }

    /// The name of its class in styles.
    pub fn class(&self) -> &'static str {
        self.direction.unwrap_or("unsaid")
    }
}

/// An arrow for a direction; a point where none is called.
pub fn arrow(direction: Option<&str>) -> &'static str {
    match direction {
        Some("thaw") => "↗",
        Some("freeze") => "↘",
        Some("steady") => "→",
        Some("mixed") => "⇅",
        _ => "·",
    }
}

impl FlagRecord {
    fn of(flag: &Flag) -> Self {
        Self { raised: flag.raised, why: flag.why.clone(), reports: flag.reports.clone() }
    }
}

impl TurnRecord {
    fn of(turn: &TurningPoint) -> Self {
        Self {
            day: turn.day.to_string(),
            before: turn.before,
            after: turn.after,
            chance: turn.chance,
            reports: turn.reports.clone(),
        }
    }

    /// "thaw" where the tone became better.
    pub fn class(&self) -> &'static str {
        if self.after > self.before { "thaw" } else { "freeze" }
    }
}

impl SectionRecord {
    /// The sections of an answer that have statements, in order.
    pub fn all(answered: &Answered) -> Vec<Self> {
        let sections = Section::ALL.iter().map(|section| Self {
            section: section.as_str(),
            clauses: answered
                .answer
                .section(*section)
                .map(|clause| ClauseRecord::of(clause, answered))
                .collect(),
        });
        sections.filter(|section| !section.clauses.is_empty()).collect()
    }
}

impl ClauseRecord {
    fn of(clause: &Clause, answered: &Answered) -> Self {
        let place = |key: &String| answered.cited.iter().position(|report| report.key() == key);
        let cites = clause.reports.iter().filter_map(place).map(|place| place + 1).collect();
        Self { text: clause.text.clone(), cites }
    }
}
