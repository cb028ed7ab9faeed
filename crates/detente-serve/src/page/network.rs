//! The network of actors: who deals with whom, on a circle.

use std::fmt::Write;

use askama::Template;

use super::map::escaped;
use super::matrix::{Cell, Matrix, matrix};
use crate::http::{Answer, Asked, Frame, Page, Shape, answer};
use crate::record::PartyRecord;

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage {
    frame: Frame,
    matrix: Matrix,
    drawing: String,
}

const PARTIES: i64 = 24;
const SIZE: f64 = 1000.0;
const RADIUS: f64 = 360.0;

/// Shows the network of the last days.
pub async fn show(asked: Asked) -> Answer {
    let (matrix, _) = matrix(&asked, PARTIES).await?;
    let frame = Frame::new(&asked, "Network of actors", NetworkPage::SHAPES);
    answer(&asked, &NetworkPage { frame, drawing: drawn(&matrix), matrix })
}

fn drawn(matrix: &Matrix) -> String {
    let mut out = format!(
        r#"<svg class="network" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="group" aria-label="Network of actors" font-family="sans-serif" font-size="24">"#
    );
    let most = matrix.pairs.iter().map(|cell| cell.acts).max().unwrap_or(1) as f64;
    for cell in matrix.pairs.iter().rev() {
        draw_edge(&mut out, matrix, cell, 1.5 + 14.0 * (cell.acts as f64 / most).sqrt());
    }
    for (i, party) in matrix.parties.iter().enumerate() {
        draw_party(&mut out, party, angle(matrix, i));
    }
    out.push_str("</svg>");
    out
}

/// Where a party stands on the circle, from the top.
fn angle(matrix: &Matrix, at: usize) -> f64 {
    std::f64::consts::TAU * at as f64 / matrix.parties.len().max(1) as f64
}

/// A point so far from the middle.
fn point(angle: f64, far: f64) -> (f64, f64) {
    (SIZE / 2.0 + far * angle.sin(), SIZE / 2.0 - far * angle.cos())
}

fn draw_edge(out: &mut String, matrix: &Matrix, cell: &Cell, width: f64) {
    let place = |code: &str| matrix.parties.iter().position(|party| party.code == code);
    let (Some(a), Some(b)) = (place(&cell.pair.a.code), place(&cell.pair.b.code)) else { return };
    let ((x, y), (u, v)) = (point(angle(matrix, a), RADIUS), point(angle(matrix, b), RADIUS));
    let _ = write!(
        out,
        r#"<a href="{}"><path class="edge {}" d="M{x:.0},{y:.0}Q{2:.0},{2:.0} {u:.0},{v:.0}" stroke-width="{width:.1}"><title>{3}</title></path></a>"#,
        escaped(&cell.pair.href),
        cell.heat(),
        SIZE / 2.0,
        escaped(&format!("{} and {}: {}", cell.pair.a.name, cell.pair.b.name, cell.told()))
    );
}

fn draw_party(out: &mut String, party: &PartyRecord, angle: f64) {
    let ((x, y), (u, v)) = (point(angle, RADIUS), point(angle, RADIUS + 22.0));
    let anchor = match angle.sin() {
        right if right > 0.2 => "start",
        left if left < -0.2 => "end",
        _ => "middle",
    };
    let _ = write!(
        out,
        r#"<a href="{}"><circle class="node" cx="{x:.0}" cy="{y:.0}" r="9"/><text x="{u:.0}" y="{:.0}" text-anchor="{anchor}">{}<title>{}</title></text></a>"#,
        escaped(&party.href),
        v + 8.0,
        escaped(&party.code),
        escaped(&party.name)
    );
}

impl Page for NetworkPage {
    type Data = Matrix;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Svg];

    fn data(&self) -> &Matrix {
        &self.matrix
    }

    fn svg(&self) -> Option<String> {
        let style = "<style>.edge{fill:none;stroke-opacity:.7}.heat-0{stroke:#d9776b}.heat-1{stroke:#e8a69c}.heat-2{stroke:#f3d0c9}.heat-3{stroke:#c9c5bb}.heat-4{stroke:#cfe3d3}.heat-5{stroke:#a3cdb0}.heat-6{stroke:#6fb288}.node{fill:#1c1e21}</style><a ";
        Some(self.drawing.replacen("<a ", style, 1))
    }
}
