//! The network of actors: who deals with whom, on a circle.

use std::fmt::Write;

use askama::Template;

use super::map::escaped;
use super::matrix::{Matrix, matrix};
use crate::http::{Answer, Asked, Frame, Page, Shape, answer};

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
    let middle = SIZE / 2.0;
    let place = |i: usize| {
        let angle = std::f64::consts::TAU * i as f64 / matrix.parties.len().max(1) as f64;
        (middle + RADIUS * angle.sin(), middle - RADIUS * angle.cos(), angle)
    };
    let mut out = format!(
        r#"<svg class="network" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="group" aria-label="Network of actors" font-family="sans-serif" font-size="24">"#
    );
    let most = matrix.pairs.iter().map(|cell| cell.acts).max().unwrap_or(1) as f64;
    for cell in matrix.pairs.iter().rev() {
        let at = |code: &str| matrix.parties.iter().position(|party| party.code == code).map(place);
        let (Some((x, y, _)), Some((u, v, _))) = (at(&cell.pair.a.code), at(&cell.pair.b.code)) else {
            continue;
        };
        let width = 1.5 + 14.0 * (cell.acts as f64 / most).sqrt();
        let _ = write!(
            out,
            r#"<a href="{}"><path class="edge {}" d="M{x:.0},{y:.0}Q{middle},{middle} {u:.0},{v:.0}" stroke-width="{width:.1}"><title>{}</title></path></a>"#,
            escaped(&cell.pair.href),
            cell.heat(),
            escaped(&format!("{} and {}: {}", cell.pair.a.name, cell.pair.b.name, cell.told()))
        );
    }
    for (i, party) in matrix.parties.iter().enumerate() {
        let (x, y, angle) = place(i);
        let outside = (x + 22.0 * angle.sin(), y - 22.0 * angle.cos() + 8.0);
        let anchor = if angle.sin() > 0.2 {
            "start"
        } else if angle.sin() < -0.2 {
            "end"
        } else {
            "middle"
        };
        let _ = write!(
            out,
            r#"<a href="{}"><circle class="node" cx="{x:.0}" cy="{y:.0}" r="9"/><text x="{:.0}" y="{:.0}" text-anchor="{anchor}">{}<title>{}</title></text></a>"#,
            escaped(&party.href),
            outside.0,
            outside.1,
            escaped(&party.code),
            escaped(&party.name)
        );
    }
    out.push_str("</svg>");
    out
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
