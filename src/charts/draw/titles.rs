//! The title of a panel, with its unit beside or beneath.

use super::geometry::{Anchor, Measure, Text, Type, wrap};
use crate::charts::palette::Palette;
use crate::charts::spec::Panel;

/// Between title and unit.
const GAP: f64 = 7.0;

/// Title and unit broken into rows; where they go is another matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    title: Vec<String>,
    /// Where the unit starts if it stands beside the title's last row, else it stands beneath.
    beside: Option<f64>,
    unit: Vec<String>,
}

impl Heading {
    /// For that width; without the unit if there is no room for it.
    pub fn new(panel: &Panel, width: f64, with_unit: bool, sizes: &Type, measure: Measure<'_>) -> Heading {
        let title = wrap(&panel.title, sizes.title, width, measure);
        let end = title.last().map_or(0.0, |last| measure(last, sizes.title)) + GAP;
        let unit_width = measure(&panel.unit, sizes.small);
        if panel.unit.is_empty() || !with_unit {
            return Heading { title, beside: None, unit: Vec::new() };
        }
        if end + unit_width <= width {
            return Heading { title, beside: Some(end), unit: vec![panel.unit.clone()] };
        }
        Heading { title, beside: None, unit: wrap(&panel.unit, sizes.small, width, measure) }
    }

    /// The height of all rows.
    pub fn height(&self, sizes: &Type) -> f64 {
        let beneath = if self.beside.is_some() { 0 } else { self.unit.len() };
        self.title.len() as f64 * sizes.title_row + beneath as f64 * sizes.small_row
    }

    /// The words, from that corner on.
    pub fn texts(&self, left: f64, top: f64, sizes: &Type, palette: &Palette) -> Vec<Text> {
        let text = |text: &String, x, y, font, colour| Text {
            text: text.clone(),
            x,
            y,
            anchor: Anchor::Start,
            font,
            colour,
            ground: None,
        };
        let mut texts = Vec::new();
        let mut y = top + sizes.title_row / 2.0;
        for row in &self.title {
            texts.push(text(row, left, y, sizes.title, palette.ink));
            y += sizes.title_row;
        }
        if let (Some(beside), Some(unit)) = (self.beside, self.unit.first()) {
            // On the title's baseline rather than on its middle.
            let drop = (sizes.title.size - sizes.small.size) * 0.3;
            texts.push(text(unit, left + beside, y - sizes.title_row + drop, sizes.small, palette.faint));
        } else {
            y += (sizes.small_row - sizes.title_row) / 2.0;
            for row in &self.unit {
                texts.push(text(row, left, y, sizes.small, palette.faint));
                y += sizes.small_row;
            }
        }
        texts
    }
}
