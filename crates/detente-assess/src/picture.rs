//! A pair as a picture: contacts above the line, cooperation and conflict as bars, verdict bands behind, turning points across.

use std::collections::BTreeMap;
use std::fmt::Write;

use detente_model::{ContactState, Days};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::history::History;
use crate::series::{Grain, Series};
use crate::verdict::{Direction, Options, Verdict, direction};

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The days from the left edge to the right.
    pub days: Days,
    /// The series by week.
    pub series: Series,
    /// Stretches of one verdict, in order.
    pub bands: Vec<(Days, Option<Direction>)>,
}

/// The most verdicts that a picture computes for its bands.
const BANDS: i64 = 26;

impl Picture {
    /// The picture of a pair up to the day of a verdict, over its window and baseline; the history is the one that was judged.
    pub fn of(history: &History, verdict: &Verdict) -> Self {
        let days = Days { from: verdict.baseline.from, to: verdict.on };
        Self { days, series: Series::of(history, Grain::Week), bands: bands(history, days) }
    }
}

fn bands(history: &History, days: Days) -> Vec<(Days, Option<Direction>)> {
    let length = i64::from(length(days)).max(1);
    let step = (length / BANDS).max(7);
    let mut bands: Vec<(Days, Option<Direction>)> = Vec::new();
    let mut from = days.from;
    while from <= days.to {
        let to = from.saturating_add(jiff::Span::new().days(step - 1)).min(days.to);
        let direction = direction(history, to, Options::default());
        match bands.last_mut().filter(|(_, last)| *last == direction) {
            Some((band, _)) => band.to = to,
            None => bands.push((Days { from, to }, direction)),
        }
        let Ok(next) = to.tomorrow() else { break };
        from = next;
    }
    bands
}

fn length(days: Days) -> i32 {
    days.from.until(days.to).map_or(0, |span| span.get_days()) + 1
}

/// A line of bars, one a week, from the oldest to the latest: height for how much was done, `·` for a week without acts.
///
/// Weeks of conflict hang below the line: they are marked in the second line, which is as long as the first.
pub fn spark(picture: &Picture) -> (String, String) {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let weeks = weeks(picture);
    let most = weeks.iter().map(|sum| sum.abs()).fold(f64::MIN_POSITIVE, f64::max);
    let bar = |sum: f64| BARS[((sum.abs() / most * 7.0).round() as usize).min(7)];
    let side = |sum: &f64, wanted: f64| match *sum {
        0.0 if wanted > 0.0 => '·',
        sum if sum * wanted > 0.0 => bar(sum),
        _ => ' ',
    };
    (weeks.iter().map(|sum| side(sum, 1.0)).collect(), weeks.iter().map(|sum| side(sum, -1.0)).collect())
}

/// The net of each week from the left edge to the right.
fn weeks(picture: &Picture) -> Vec<f64> {
    let first = Grain::Week.bin(picture.days.from).from;
    let count = (length(Days { from: first, to: picture.days.to }) as usize).div_ceil(7);
    let mut weeks = vec![0.0; count];
    for bin in &picture.series.bins {
        let at = first.until(bin.days.from).map_or(-1, |span| span.get_days()) / 7;
        if let Some(week) = usize::try_from(at).ok().and_then(|at| weeks.get_mut(at)) {
            *week += bin.sums.iter().sum::<f64>();
        }
    }
    weeks
}

/// The picture in lines of text, each under its name: contacts, cooperation, conflict, verdicts and, where there are any, turning points; a sign
/// a week.
pub fn lanes(picture: &Picture, history: &History, verdict: &Verdict) -> Vec<(&'static str, String)> {
    let (cooperation, conflict) = spark(picture);
    let mut lanes = vec![
        ("contacts", contacts_by_week(picture, history)),
        ("cooperation", cooperation),
        ("conflict", conflict),
        ("verdict", verdicts_by_week(picture)),
    ];
    let turns = verdict.turning_points.iter().map(|turn| (turn.day, '▲'));
    let turns = by_week(picture, turns);
    if !turns.trim().is_empty() {
        lanes.push(("turned", turns));
    }
    lanes
}

/// `●` for a week with a contact held, `○` for one that lies ahead or was to be.
fn contacts_by_week(picture: &Picture, history: &History) -> String {
    let sign = |state: ContactState| if state == ContactState::Held { '●' } else { '○' };
    let dated = history.contacts.iter().filter_map(|contact| Some((contact.days?.from, sign(contact.state))));
    let (held, others): (Vec<_>, Vec<_>) = dated.partition(|(_, sign)| *sign == '●');
    by_week(picture, others.into_iter().chain(held))
}

fn verdicts_by_week(picture: &Picture) -> String {
    let sign = |direction| match direction {
        Some(Direction::Thaw) => '↗',
        Some(Direction::Steady) => '→',
        Some(Direction::Freeze) => '↘',
        Some(Direction::Mixed) => '↕',
        None => ' ',
    };
    let each_day = |days: Days| days.from.series(7.days()).take_while(move |day| *day <= days.to);
    let stretches = picture.bands.iter();
    by_week(
        picture,
        stretches.flat_map(|(days, direction)| each_day(*days).map(|day| (day, sign(*direction)))),
    )
}

/// Signs in the week of their days; the last of a week stands.
fn by_week(picture: &Picture, signs: impl Iterator<Item = (Date, char)>) -> String {
    let mut weeks = vec![' '; weeks(picture).len()];
    let first = Grain::Week.bin(picture.days.from).from;
    for (day, sign) in signs {
        let at = first.until(day).map_or(-1, |span| span.get_days().div_euclid(7));
        if let Some(week) = usize::try_from(at).ok().and_then(|at| weeks.get_mut(at)) {
            *week = sign;
        }
    }
    weeks.into_iter().collect()
}

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 300.0;
/// Where the days begin and end; the names of the rows stand before them.
const LEFT: f64 = 96.0;
const RIGHT: f64 = 888.0;
/// The rows from top to bottom: contacts, the line between cooperation and conflict, the names of verdicts, days.
const TOP: f64 = 50.0;
const CONTACTS: f64 = 63.0;
const LINE: f64 = 160.0;
const BAR: f64 = 84.0;
const VERDICTS: f64 = 264.0;
const BOTTOM: f64 = 270.0;
const DAYS: f64 = 290.0;
/// Room that a word needs beside its like, and that the days at both ends take.
const NAMED: f64 = 50.0;
const EDGE: f64 = 115.0;

/// The picture as a standalone SVG. `title` is shown as text, whatever it holds.
pub fn svg(picture: &Picture, history: &History, verdict: &Verdict, title: &str) -> String {
    drawn(picture, history, verdict, title, STYLE)
}

/// The same to stand in a page that styles its classes: `thaw`, `freeze`, `mixed`, `steady`, `up`, `down`, `contact`, `open`, `month`, `turn`.
pub fn figure(picture: &Picture, history: &History, verdict: &Verdict, title: &str) -> String {
    drawn(picture, history, verdict, title, "")
}

const STYLE: &str = "<style>.thaw{fill:#cfe8d5}.freeze{fill:#f3d3cf}.mixed{fill:#f3e7c3}.steady{fill:#e6e8ec}.up{fill:#2b7a4b}.down{fill:#b23a2e}.contact{fill:#1f5fa8}.open{fill:none;stroke:#1f5fa8;stroke-width:2}.month{stroke:#888}.turn{stroke:#444;stroke-dasharray:4 3}text{fill:#222}</style>";

fn drawn(picture: &Picture, history: &History, verdict: &Verdict, title: &str, style: &str) -> String {
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{0}" font-family="sans-serif" font-size="12"><title>{0}</title>{style}<text x="8" y="20" font-weight="bold">{0}</text>"#,
        escaped(title)
    );
    let scale = Scale::new(picture.days);
    draw_names(&mut out);
    draw_bands(&mut out, picture, &scale);
    draw_days(&mut out, picture, &scale);
    draw_bars(&mut out, picture, &scale);
    draw_turns(&mut out, verdict, &scale);
    draw_contacts(&mut out, history, &scale);
    out.push_str("</svg>");
    out
}

struct Scale {
    picture: Days,
    days: f64,
}

impl Scale {
    fn new(picture: Days) -> Self {
        Self { picture, days: f64::from(length(picture)) }
    }

    /// Where a day begins; what lies outside stands at the edge.
    fn x(&self, day: Date) -> f64 {
        let at = self.picture.from.until(day).map_or(0, |span| span.get_days());
        LEFT + (f64::from(at) / self.days).clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    /// Where some days begin, and how wide they are.
    fn stretch(&self, days: Days) -> (f64, f64) {
        let from = self.x(days.from);
        (from, self.x(days.to.tomorrow().unwrap_or(days.to)) - from)
    }
}

/// The names of the rows, and what the signs mean.
fn draw_names(out: &mut String) {
    let rows = [
        ("contacts", CONTACTS + 4.0),
        ("cooperation", LINE - 8.0),
        ("conflict", LINE + 16.0),
        ("verdict", VERDICTS),
    ];
    for (name, y) in rows {
        let _ = write!(out, r#"<text x="8" y="{y}" fill-opacity=".7">{name}</text>"#);
    }
    let _ = write!(
        out,
        r#"<text x="{RIGHT}" y="42" text-anchor="end" font-size="11"><tspan class="contact">●</tspan> held  <tspan class="contact">○</tspan> planned  ┆ turning point</text>"#
    );
}

fn draw_bands(out: &mut String, picture: &Picture, scale: &Scale) {
    for (days, direction) in &picture.bands {
        let Some(direction) = direction else { continue };
        let (from, width) = scale.stretch(*days);
        let _ = write!(
            out,
            r#"<rect class="{direction}" x="{from:.1}" y="{TOP}" width="{width:.1}" height="{}"><title>{direction} {} to {}</title></rect>"#,
            BOTTOM - TOP,
            days.from,
            days.to
        );
        if width > NAMED {
            let _ = write!(
                out,
                r#"<text x="{:.1}" y="{VERDICTS}" text-anchor="middle" font-size="11">{direction}</text>"#,
                from + width / 2.0
            );
        }
    }
    let _ = write!(out, r#"<line x1="{LEFT}" x2="{RIGHT}" y1="{LINE}" y2="{LINE}" stroke="currentColor"/>"#);
}

/// The first and the last day, and a tick at the first of each month, named where there is room.
fn draw_days(out: &mut String, picture: &Picture, scale: &Scale) {
    let Days { from, to } = picture.days;
    for (day, x, anchor) in [(from, LEFT, "start"), (to, RIGHT, "end")] {
        let day = day.strftime("%-d %b %Y");
        let _ = write!(out, r#"<text x="{x}" y="{DAYS}" text-anchor="{anchor}">{day}</text>"#);
    }
    let firsts: Vec<Date> =
        from.first_of_month().series(1.month()).take_while(|day| *day <= to).skip(1).collect();
    let width = (RIGHT - LEFT) / (firsts.len().max(1) as f64);
    for day in firsts {
        let x = scale.x(day);
        let _ = write!(
            out,
            r#"<line class="month" x1="{x:.1}" x2="{x:.1}" y1="{BOTTOM}" y2="{}"/>"#,
            BOTTOM + 5.0
        );
        if width > NAMED && (LEFT + EDGE..RIGHT - EDGE).contains(&x) {
            let name = day.strftime("%b %Y");
            let _ = write!(
                out,
                r#"<text x="{x:.1}" y="{DAYS}" text-anchor="middle" fill-opacity=".7">{name}</text>"#
            );
        }
    }
}

/// A bar up and a bar down for each week, as far as its days are in the picture.
fn draw_bars(out: &mut String, picture: &Picture, scale: &Scale) {
    let sides = |sums: &[f64; 4]| (sums[0] + sums[1], sums[2] + sums[3]);
    let shown = || picture.series.bins.iter().filter(|bin| bin.days.overlaps(picture.days));
    let most = shown().map(|bin| sides(&bin.sums)).map(|(up, down)| up.max(-down)).fold(1.0, f64::max);
    for bin in shown() {
        let (up, down) = sides(&bin.sums);
        let (x, width) = scale.stretch(bin.days);
        for (class, height) in [("up", up / most * BAR), ("down", -down / most * BAR)] {
            if height > 0.0 {
                let y = if class == "up" { LINE - height } else { LINE };
                let width = (width - 1.0).max(1.0);
                let _ = write!(
                    out,
                    r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"/>"#
                );
            }
        }
    }
}

/// A circle for each day with contacts that were held, and one for each with contacts that lay ahead.
fn draw_contacts(out: &mut String, history: &History, scale: &Scale) {
    let mut days: BTreeMap<(Date, &str), Vec<String>> = BTreeMap::new();
    for contact in &history.contacts {
        let Some(on) = contact.days.filter(|days| days.to >= scale.picture.from) else { continue };
        let class = match contact.state {
            ContactState::Held => "contact",
            state if state.is_open() => "open",
            _ => continue,
        };
        let place = contact.place.as_ref().map_or_else(String::new, |place| format!(" in {}", place.name));
        let told = format!("{} {} {}{}", contact.kind, contact.state, on.from, escaped(&place));
        days.entry((on.from, class)).or_default().push(told);
    }
    for ((day, class), told) in days {
        let _ = write!(
            out,
            r#"<circle class="{class}" cx="{:.1}" cy="{CONTACTS}" r="5"><title>{}</title></circle>"#,
            scale.x(day),
            told.join("; ")
        );
    }
}

fn draw_turns(out: &mut String, verdict: &Verdict, scale: &Scale) {
    for turn in verdict.turning_points.iter().filter(|turn| turn.day >= scale.picture.from) {
        let x = scale.x(turn.day);
        let _ = write!(
            out,
            r#"<line class="turn" x1="{x:.1}" x2="{x:.1}" y1="{TOP}" y2="{}"><title>turning point {}</title></line>"#,
            LINE + BAR + 2.0,
            turn.day
        );
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
