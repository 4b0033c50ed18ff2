//! Draws a [`ChartSpec`] on any plotters backend.
//!
//! `fit` and `layout` decide where everything goes, in CSS pixels and for the room there is; `labels` and `price` keep
//! words apart; `pen` alone knows plotters and device pixels. Nothing is kept between drawings.

mod fit;
mod geometry;
mod labels;
mod layout;
mod pen;
mod price;
mod titles;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters_backend::DrawingBackend;

use self::geometry::Rect;
use self::layout::{Layout, Plot};
use self::pen::Pen;
use super::palette::Palette;
use super::spec::{ChartSpec, Mark, Panel, Role};

pub use self::fit::suggested_height;
pub use self::pen::{DrawError, FONT_FAMILY};

/// Strokes and radii, CSS pixels.
const CURVE: f64 = 2.4;
const CURVE_COMPACT: f64 = 2.0;
const HAIRLINE: f64 = 1.0;
const RULE: f64 = 1.2;
const DASH: (f64, f64) = (3.0, 4.0);
const DOT: f64 = 4.5;
const SMALL_DOT: f64 = 3.0;
const RING: f64 = 2.0;
const HALO: f64 = 1.5;

/// Draws `spec` over all of `root`, `scale` device pixels to a CSS pixel (2 is sharp on most screens; more makes
/// everything larger). Presenting is left to the caller.
///
/// The layout is made for the width there is: from about 280 CSS pixels on nothing overlaps and nothing is clipped.
/// With less room words are left out, first units, then the axis label, then the labels of rules; an area too small
/// for any curve is only filled. Fonts are named by [`FONT_FAMILY`] and are measured by the backend, which must
/// measure as it draws. Titles and labels are bold.
///
/// # Errors
/// [`DrawError`], in the backend's words.
pub fn draw<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    spec: &ChartSpec,
    palette: &Palette,
    scale: f64,
) -> Result<(), DrawError> {
    let pen = Pen::new(root, scale);
    pen.fill(palette.card)?;
    let (width, height) = pen.size();
    let Some(layout) = Layout::new(spec, width, height, palette, &|text, font| pen.width(text, font)) else {
        return Ok(());
    };
    for (panel, plot) in spec.panels.iter().zip(&layout.plots) {
        draw_ground(&pen, spec, plot, palette)?;
        draw_rules(&pen, spec, &layout, plot, palette)?;
        draw_curves(&pen, panel, plot, &layout, palette)?;
    }
    if let Some(line) = layout.axis_line {
        pen.block(line, palette.faint)?;
    }
    if let Some(bracket) = &layout.bracket {
        for stroke in &bracket.strokes {
            pen.block(*stroke, palette.ink)?;
        }
        pen.dashes(bracket.level, (1.0, 3.0), palette.soft)?;
    }
    // Above the bracket's level line, which ends at them.
    for (panel, plot) in spec.panels.iter().zip(&layout.plots) {
        for mark in &panel.marks {
            draw_mark(&pen, mark, plot, palette)?;
        }
    }
    for text in &layout.texts {
        pen.text(text)?;
    }
    Ok(())
}

/// The shaded band and the grid.
fn draw_ground<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    spec: &ChartSpec,
    plot: &Plot,
    palette: &Palette,
) -> Result<(), DrawError> {
    if let Some(band) = &spec.band {
        let shaded = plot.area.with_x(plot.x(&spec.x, band.from), plot.x(&spec.x, band.to));
        pen.block(shaded, palette.gap)?;
    }
    // A grid line right above the x axis would look like a second axis.
    for tick in plot.ticks.iter().filter(|tick| !plot.last || plot.area.bottom - tick.1 > 3.0) {
        pen.block(plot.area.with_y(tick.1 - HAIRLINE / 2.0, tick.1 + HAIRLINE / 2.0), palette.line)?;
    }
    Ok(())
}

fn draw_rules<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    spec: &ChartSpec,
    layout: &Layout,
    plot: &Plot,
    palette: &Palette,
) -> Result<(), DrawError> {
    for (rule, top) in spec.rules.iter().zip(&layout.rule_tops) {
        let x = plot.x(&spec.x, rule.x);
        let top = if plot.first { *top } else { plot.area.top };
        let line = Rect { left: x - RULE / 2.0, right: x + RULE / 2.0, top, bottom: plot.area.bottom };
        pen.dashes(line, DASH, palette.of(rule.role))?;
    }
    Ok(())
}

fn draw_curves<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    plot: &Plot,
    layout: &Layout,
    palette: &Palette,
) -> Result<(), DrawError> {
    let width = if layout.compact { CURVE_COMPACT } else { CURVE };
    for (line, points) in panel.lines.iter().zip(&plot.curves) {
        pen.curve(points, width, palette.of(line.role))?;
    }
    for leader in &plot.leaders {
        pen.curve(&leader.points, HAIRLINE, palette.of(leader.role))?;
    }
    Ok(())
}

fn draw_mark<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    mark: &Mark,
    plot: &Plot,
    palette: &Palette,
) -> Result<(), DrawError> {
    let Some(at) = plot.mark(mark) else { return Ok(()) };
    let radius = if mark.role == Role::Today { SMALL_DOT } else { DOT };
    pen.dot(at, radius + HALO, palette.card)?;
    pen.dot(at, radius, palette.of(mark.role))?;
    if mark.hollow {
        pen.dot(at, radius - RING, palette.card)?;
    }
    Ok(())
}
