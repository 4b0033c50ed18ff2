//! How much room each part of a chart gets, and what is left out where there is too little.

use super::geometry::{Font, Measure, Type, wrap};
use super::labels::{RuleLabel, place_rules};
use super::titles::Heading;
use super::{DOT, HALO};
use crate::charts::palette::Palette;
use crate::charts::spec::{ChartSpec, Panel, Tick};

/// Narrower charts get smaller type.
pub const COMPACT: f64 = 460.0;
/// Narrower charts break the labels of their curves.
const BREAK_LABELS: f64 = 420.0;
/// Plots lower than this make words give way.
const WORTHWHILE: f64 = 64.0;
/// Plots smaller than this are not drawn.
const LEAST: f64 = 12.0;
/// Between a panel and the title of the next.
pub const PANEL_GAP: f64 = 16.0;
/// Between words and plot.
pub const AIR: f64 = 8.0;
/// From the end of a curve to its label.
pub const LEADER: f64 = 10.0;

/// What words there is room for.
#[derive(Clone, Copy)]
pub struct Words {
    pub units: bool,
    pub axis_label: bool,
    pub rule_labels: bool,
}

/// From everything to the least.
const LESS_AND_LESS: [Words; 4] = [
    Words { units: true, axis_label: true, rule_labels: true },
    Words { units: false, axis_label: true, rule_labels: true },
    Words { units: false, axis_label: false, rule_labels: true },
    Words { units: false, axis_label: false, rule_labels: false },
];

/// A height in CSS pixels that suits `spec` at a width in CSS pixels: flat enough to compare heights, high enough to
/// see them, with room for all words.
pub fn suggested_height(spec: &ChartSpec, width: f64) -> f64 {
    let compact = width < COMPACT;
    let sizes = Type::new(compact);
    let roughly = |text: &str, font: Font| 0.6 * font.size * text.chars().count() as f64;
    let plot =
        if spec.panels.len() > 1 { (0.21 * width).clamp(112.0, 170.0) } else { (0.3 * width).clamp(112.0, 190.0) };
    let headings = spec
        .panels
        .iter()
        .map(|panel| Heading::new(panel, width, true, &sizes, &roughly).height(&sizes) + AIR + plot + PANEL_GAP);
    let rule_rows = spec.rules.len().min(if compact { 2 } else { 1 }) as f64;
    let axis_rows = if spec.x.label().is_some() { 2.0 } else { 1.0 };
    libm::ceil(
        headings.sum::<f64>() - PANEL_GAP + rule_rows * (sizes.small_row + 2.0) + axis_rows * sizes.small_row + AIR,
    )
}

/// A chart to be laid out in a given room.
pub struct Draft<'a> {
    pub spec: &'a ChartSpec,
    pub width: f64,
    pub height: f64,
    pub words: Words,
    pub sizes: Type,
    pub palette: &'a Palette,
    pub measure: Measure<'a>,
}

/// The sizes that the rest follows from.
pub struct Fit {
    pub headings: Vec<Heading>,
    pub rules: Vec<RuleLabel>,
    pub left: f64,
    pub right: f64,
    pub rule_rows: usize,
    pub plot_height: f64,
}

impl<'a> Draft<'a> {
    /// With as many words as leave plots worth looking at, or else with the fewest; nothing if not even those fit.
    pub fn fitting(
        spec: &'a ChartSpec,
        width: f64,
        height: f64,
        palette: &'a Palette,
        measure: Measure<'a>,
    ) -> Option<(Draft<'a>, Fit)> {
        let mut last = None;
        for words in LESS_AND_LESS {
            let draft = Draft { spec, width, height, words, sizes: Type::new(width < COMPACT), palette, measure };
            let fit = draft.fit();
            let enough = fit.as_ref().is_some_and(|fit| fit.plot_height >= WORTHWHILE);
            last = fit.map(|fit| (draft, fit));
            if enough {
                break;
            }
        }
        last
    }

    pub fn rule_row(&self) -> f64 {
        self.sizes.small_row + 2.0
    }

    fn axis_height(&self) -> f64 {
        let label = self.spec.x.label().is_some() && self.words.axis_label;
        AIR + self.sizes.small_row * if label { 2.0 } else { 1.0 }
    }

    pub fn end_label(&self, label: &str) -> Vec<String> {
        let width = if self.width < BREAK_LABELS { 70.0 } else { f64::INFINITY };
        wrap(label, self.sizes.label, width, self.measure)
    }

    fn fit(&self) -> Option<Fit> {
        let panels = self.spec.panels.len() as f64;
        let headings: Vec<Heading> = self
            .spec
            .panels
            .iter()
            .map(|panel| Heading::new(panel, self.width, self.words.units, &self.sizes, self.measure))
            .collect();
        let titles: f64 = headings.iter().map(|heading| heading.height(&self.sizes) + AIR).sum();
        let ends = self.spec.panels.iter().flat_map(|panel| &panel.lines).filter_map(|line| line.label.as_deref());
        let ends = ends.flat_map(|label| self.end_label(label));
        let ends = ends.map(|row| (self.measure)(&row, self.sizes.label) + LEADER + 4.0).fold(0.0, f64::max);
        let last_tick = self.spec.x.ticks(6).last().map_or(0.0, |tick| (self.measure)(&tick.label, self.sizes.small));
        let right = self.width - ends.max(last_tick / 2.0 + 1.0).max(DOT + HALO);
        let mut rule_rows = usize::from(self.words.rule_labels && !self.spec.rules.is_empty());
        loop {
            let used = titles + rule_rows as f64 * self.rule_row() + (panels - 1.0) * PANEL_GAP + self.axis_height();
            let plot_height = (self.height - used) / panels;
            let ticks = self.spec.panels.iter().flat_map(|panel| self.ticks(panel, plot_height));
            let left = ticks.map(|tick| (self.measure)(&tick.label, self.sizes.small) + AIR).fold(DOT + HALO, f64::max);
            if plot_height.is_nan() || plot_height < LEAST || right - left < LEAST {
                return None;
            }
            let rules = if self.words.rule_labels { self.place_rules(left, right) } else { Vec::new() };
            let needed = rules.iter().map(|rule| rule.row + 1).max().unwrap_or(0);
            if needed <= rule_rows {
                return Some(Fit { headings, rules, left, right, rule_rows, plot_height });
            }
            rule_rows = needed;
        }
    }

    pub fn ticks(&self, panel: &Panel, plot_height: f64) -> Vec<Tick> {
        panel.y.ticks((libm::floor(plot_height / 36.0) as usize + 1).clamp(2, 6))
    }

    fn place_rules(&self, left: f64, right: f64) -> Vec<RuleLabel> {
        let rules: Vec<(f64, f64)> = self
            .spec
            .rules
            .iter()
            .map(|rule| {
                let x = left + self.spec.x.part(rule.x) * (right - left);
                (x, (self.measure)(&rule.label, self.sizes.label))
            })
            .collect();
        place_rules(&rules, self.width)
    }
}
