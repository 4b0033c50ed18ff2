//! Where everything goes.

use super::HAIRLINE;
use super::fit::{AIR, COMPACT, Draft, Fit, LEADER, PANEL_GAP};
use super::geometry::{Anchor, Measure, Rect, Text};
use super::labels::spread;
use super::price::{Bracket, set_price};
use crate::charts::palette::Palette;
use crate::charts::spec::{Axis, ChartSpec, Mark, Panel, Role};

/// A chart laid out.
pub struct Layout {
    pub compact: bool,
    pub plots: Vec<Plot>,
    /// Where the rules start above the first plot.
    pub rule_tops: Vec<f64>,
    /// The x axis.
    pub axis_line: Option<Rect>,
    pub bracket: Option<Bracket>,
    pub texts: Vec<Text>,
}

/// A panel's plot.
pub struct Plot {
    pub first: bool,
    pub last: bool,
    pub area: Rect,
    /// Labels and heights of the grid lines.
    pub ticks: Vec<(String, f64)>,
    /// The curves as drawn.
    pub curves: Vec<Vec<(f64, f64)>>,
    /// From the ends of curves to labels that had to move.
    pub leaders: Vec<Leader>,
    x: Axis,
    y: Axis,
}

/// A thin line in somebody's colour.
pub struct Leader {
    pub role: Role,
    pub points: [(f64, f64); 2],
}

impl Plot {
    /// Where a value of the x axis is.
    pub fn x(&self, axis: &Axis, value: f64) -> f64 {
        self.area.left + axis.part(value) * self.area.width()
    }

    /// Where a point is, if it is one.
    pub fn point(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let finite = x.is_finite() && y.is_finite();
        finite.then(|| (self.x(&self.x, x), self.area.bottom - self.y.part(y) * self.area.height()))
    }

    pub fn mark(&self, mark: &Mark) -> Option<(f64, f64)> {
        self.point((mark.x, mark.y))
    }
}

impl Layout {
    /// Lays `spec` out, or nothing if there is no room for a curve.
    pub fn new(spec: &ChartSpec, width: f64, height: f64, palette: &Palette, measure: Measure<'_>) -> Option<Layout> {
        let (draft, fit) = Draft::fitting(spec, width, height, palette, measure)?;
        draft.finish(&fit)
    }
}

impl Draft<'_> {
    fn finish(&self, fit: &Fit) -> Option<Layout> {
        let mut texts = Vec::new();
        let mut plots: Vec<Plot> = Vec::new();
        let mut rule_tops = Vec::new();
        let mut y = 0.0;
        for (panel, heading) in self.spec.panels.iter().zip(&fit.headings) {
            texts.extend(heading.texts(0.0, y, &self.sizes, self.palette));
            y += heading.height(&self.sizes);
            if plots.is_empty() {
                rule_tops = self.rules(fit, y, &mut texts);
                y += fit.rule_rows as f64 * self.rule_row();
            }
            y += AIR;
            let area = Rect { left: fit.left, right: fit.right, top: y, bottom: y + fit.plot_height };
            let mut plot = self.plot(panel, area, &mut texts);
            plot.first = plots.is_empty();
            plot.last = plots.len() + 1 == self.spec.panels.len();
            plots.push(plot);
            y = area.bottom + PANEL_GAP;
        }
        let area = plots.last()?.area;
        self.x_axis(area, &mut texts);
        let axis_line = Some(area.with_y(area.bottom - HAIRLINE / 2.0, area.bottom + HAIRLINE / 2.0));
        let bracket = set_price(self, &plots, &mut texts);
        Some(Layout { compact: self.width < COMPACT, plots, rule_tops, axis_line, bracket, texts })
    }

    fn small(&self, text: String, x: f64, y: f64, anchor: Anchor) -> Text {
        Text { text, x, y, anchor, font: self.sizes.small, colour: self.palette.soft, ground: None }
    }

    /// The labels of rules; gives where the rules start.
    fn rules(&self, fit: &Fit, top: f64, texts: &mut Vec<Text>) -> Vec<f64> {
        if fit.rules.is_empty() {
            return self.spec.rules.iter().map(|_| top + AIR).collect();
        }
        let tops = self.spec.rules.iter().zip(&fit.rules).map(|(rule, label)| {
            let row_top = top + label.row as f64 * self.rule_row();
            let y = row_top + self.rule_row() / 2.0;
            let width = (self.measure)(&rule.label, self.sizes.label);
            let words =
                Rect { left: label.left, right: label.left + width, top: row_top, bottom: row_top + self.rule_row() };
            texts.push(Text {
                text: rule.label.clone(),
                x: label.left,
                y,
                anchor: Anchor::Start,
                font: self.sizes.label,
                colour: self.palette.of(rule.role),
                ground: Some((words.grown(1.0), self.palette.card)),
            });
            if label.across { row_top + self.rule_row() } else { row_top + 2.0 }
        });
        tops.collect()
    }

    fn plot(&self, panel: &Panel, area: Rect, texts: &mut Vec<Text>) -> Plot {
        let mut plot = Plot {
            first: false,
            last: false,
            area,
            ticks: Vec::new(),
            curves: Vec::new(),
            leaders: Vec::new(),
            x: self.spec.x.clone(),
            y: panel.y.clone(),
        };
        let mut free = f64::INFINITY;
        for tick in self.ticks(panel, area.height()) {
            let y = area.bottom - panel.y.part(tick.value) * area.height();
            if y <= free {
                texts.push(self.small(tick.label.clone(), area.left - AIR, y, Anchor::End));
                free = y - self.sizes.small_row;
            }
            plot.ticks.push((tick.label, y));
        }
        plot.curves = panel
            .lines
            .iter()
            .map(|line| line.points.iter().filter_map(|point| plot.point(*point)).collect())
            .collect();
        self.end_labels(panel, &mut plot, texts);
        plot
    }

    fn end_labels(&self, panel: &Panel, plot: &mut Plot, texts: &mut Vec<Text>) {
        let labelled = panel
            .lines
            .iter()
            .zip(&plot.curves)
            .filter_map(|(line, curve)| Some((line.role, self.end_label(line.label.as_deref()?), *curve.last()?)));
        let mut labelled: Vec<_> = labelled.collect();
        let room = plot.area.grown(self.sizes.small_row / 2.0);
        // Where there is no room for all, the first lines go without.
        while labelled.iter().map(|label| label.1.len()).sum::<usize>() as f64 * self.sizes.small_row > room.height() {
            labelled.remove(0);
        }
        let wanted: Vec<(f64, f64)> =
            labelled.iter().map(|(_, rows, end)| (end.1, rows.len() as f64 * self.sizes.small_row)).collect();
        for ((role, rows, end), centre) in labelled.into_iter().zip(spread(&wanted, room.top, room.bottom)) {
            let x = plot.area.right + LEADER;
            if (centre - end.1).abs() > 2.0 {
                plot.leaders.push(Leader { role, points: [end, (x - 3.0, centre)] });
            }
            let top = centre - (rows.len() as f64 - 1.0) * self.sizes.small_row / 2.0;
            for (index, row) in (0_u32..).zip(rows) {
                texts.push(Text {
                    text: row,
                    x,
                    y: top + f64::from(index) * self.sizes.small_row,
                    anchor: Anchor::Start,
                    font: self.sizes.label,
                    colour: self.palette.of(role),
                    ground: None,
                });
            }
        }
    }

    fn x_axis(&self, area: Rect, texts: &mut Vec<Text>) {
        let y = area.bottom + AIR + self.sizes.small_row / 2.0 - 1.0;
        let most =
            (libm::floor(area.width() / if self.width < COMPACT { 36.0 } else { 70.0 }) as usize + 1).clamp(2, 7);
        let mut chosen = Vec::new();
        for most in (2..=most).rev() {
            chosen.clear();
            for tick in self.spec.x.ticks(most) {
                let width = (self.measure)(&tick.label, self.sizes.small);
                let centre = area.left + self.spec.x.part(tick.value) * area.width();
                let left = (centre - width / 2.0).min(self.width - width).max(0.0);
                chosen.push((tick.label, left, left + width));
            }
            if chosen.iter().zip(chosen.iter().skip(1)).all(|(one, next)| one.2 + AIR <= next.1) {
                break;
            }
        }
        let mut free = f64::NEG_INFINITY;
        for (label, left, right) in chosen {
            if left >= free {
                texts.push(self.small(label, left, y, Anchor::Start));
                free = right + AIR;
            }
        }
        if let (Some(label), true) = (self.spec.x.label(), self.words.axis_label) {
            let width = (self.measure)(label, self.sizes.small);
            let left = ((area.left + area.right - width) / 2.0).min(self.width - width).max(0.0);
            texts.push(Text {
                colour: self.palette.ink,
                ..self.small(label.to_owned(), left, y + self.sizes.small_row, Anchor::Start)
            });
        }
    }
}
