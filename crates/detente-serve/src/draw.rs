//! Small pictures that stand in pages; the page styles their classes.

use std::fmt::Write;

use detente::assess::{Grain, Picture};

const BAR: usize = 4;
const HALF: f64 = 16.0;

/// Bars of cooperation above the line and of conflict below it, one a week, from the oldest to the latest.
pub fn spark(picture: &Picture) -> String {
    let sums: Vec<(f64, f64)> = weeks(picture);
    let most = sums.iter().map(|(up, down)| up.max(*down)).fold(1.0, f64::max);
    let width = sums.len().max(1) * BAR;
    let mut out = format!(
        r#"<svg class="spark" viewBox="0 0 {width} {}" aria-hidden="true" preserveAspectRatio="none">"#,
        HALF * 2.0
    );
    let _ = write!(out, r#"<line class="zero" x1="0" x2="{width}" y1="{HALF}" y2="{HALF}"/>"#);
    for (i, (up, down)) in sums.iter().enumerate() {
        let (x, up, down) = (i * BAR, up / most * HALF, down / most * HALF);
        if up > 0.0 {
            let _ =
                write!(out, r#"<rect class="up" x="{x}" y="{:.1}" width="3" height="{up:.1}"/>"#, HALF - up);
        }
        if down > 0.0 {
            let _ = write!(out, r#"<rect class="down" x="{x}" y="{HALF}" width="3" height="{down:.1}"/>"#);
        }
    }
    out.push_str("</svg>");
    out
}

/// Cooperation and conflict of each week of the picture.
fn weeks(picture: &Picture) -> Vec<(f64, f64)> {
    let first = Grain::Week.bin(picture.days.from).from;
    let place = |day: jiff::civil::Date| first.until(day).map_or(-1, |span| span.get_days()) / 7;
    let count = usize::try_from(place(picture.days.to) + 1).unwrap_or(1);
    let mut weeks = vec![(0.0, 0.0); count];
    for bin in &picture.series.bins {
        if let Some(week) = usize::try_from(place(bin.days.from)).ok().and_then(|at| weeks.get_mut(at)) {
            week.0 += bin.sums[0] + bin.sums[1];
            week.1 -= bin.sums[2] + bin.sums[3];
        }
    }
    weeks
}
