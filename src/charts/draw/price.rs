//! Finds a place for the price of a gap, clear of curves, marks and rules.

use super::fit::Draft;
use super::geometry::{Anchor, Rect, Text};
use super::layout::Plot;
use super::{DOT, HALO};

/// From the higher of two points to the bracket beside it.
const BRACKET: f64 = 10.0;
/// Between label and bracket, or label and band.
const BESIDE: f64 = 8.0;
/// Air around the label.
const AIR: f64 = 5.0;
/// How far apart the places tried are.
const STEP: f64 = 3.0;
/// How many pixels away a place on a worse side may be nearer before it is taken.
const SIDE: f64 = 26.0;

/// Sets the price of the band, if it has one, and the bracket that shows what it measures.
pub fn set_price(draft: &Draft<'_>, plots: &[Plot], texts: &mut Vec<Text>) -> Option<Bracket> {
    let band = draft.spec.band.as_ref()?;
    let price = band.price.as_ref()?;
    let plot = plots.get(price.panel)?;
    let panel = draft.spec.panels.get(price.panel)?;
    let marks = panel.marks.iter().filter_map(|mark| plot.mark(mark));
    let mut blocks: Vec<Rect> = marks.map(|at| Rect::around(at, DOT + HALO)).collect();
    let lines: Vec<f64> = draft.spec.rules.iter().map(|rule| plot.x(&draft.spec.x, rule.x)).collect();
    let shaded = plot.area.with_x(plot.x(&draft.spec.x, band.from), plot.x(&draft.spec.x, band.to));
    let (high, low) = (plot.point(price.high)?, plot.point(price.low)?);
    let bracket = Bracket::new(high, low, plot.area);
    blocks.extend(bracket.iter().flat_map(|bracket| bracket.strokes).chain(bracket.iter().map(|b| b.level)));

    let size = ((draft.measure)(&price.label, draft.sizes.label), draft.sizes.small_row);
    let beyond = bracket.as_ref().map_or(high.0, Bracket::x);
    let after = beyond.max(high.0) + BESIDE;
    let before = beyond.min(high.0) - BESIDE - size.0;
    let within = (shaded.left + shaded.right - size.0) / 2.0;
    let (past, ahead) = (shaded.left - BESIDE - size.0, shaded.right + BESIDE);
    let mut lefts = if high.0 >= low.0 { vec![after, within, past, ahead] } else { vec![before, within, ahead, past] };
    let mut others: Vec<f64> = lines.iter().flat_map(|x| [x + BESIDE, x - BESIDE - size.0]).collect();
    others.extend([plot.area.left + BESIDE, plot.area.right - BESIDE - size.0]);
    others.sort_by(|one, other| (one - high.0).abs().total_cmp(&(other - high.0).abs()));
    lefts.extend(others);
    let wanted = (high.1 + low.1) / 2.0;
    let obstacles = Obstacles { curves: &plot.curves, blocks: &blocks, lines: &lines };
    let found = place(plot.area, size, &lefts, wanted, &obstacles);
    // A rule may run behind the words if it must.
    let Some(label) = found.or_else(|| place(plot.area, size, &lefts, wanted, &Obstacles { lines: &[], ..obstacles }))
    else {
        return bracket;
    };
    let ground = match (label.overlaps(shaded), shaded.left <= label.left && label.right <= shaded.right) {
        (false, _) => Some(draft.palette.card),
        (true, true) => Some(draft.palette.gap),
        (true, false) => None,
    };
    texts.push(Text {
        text: price.label.clone(),
        x: label.left,
        y: (label.top + label.bottom) / 2.0,
        anchor: Anchor::Start,
        font: draft.sizes.label,
        colour: draft.palette.ink,
        ground: ground.map(|ground| (label.grown(-1.0), ground)),
    });
    bracket
}

/// Shows which difference the price names.
pub struct Bracket {
    pub strokes: [Rect; 3],
    /// From the lower point to the bracket.
    pub level: Rect,
}

impl Bracket {
    /// Beside the higher point, away from the lower one; nothing if they differ too little to see.
    fn new(high: (f64, f64), low: (f64, f64), area: Rect) -> Option<Bracket> {
        if low.1 - high.1 < 5.0 {
            return None;
        }
        let away = if high.0 >= low.0 { BRACKET } else { -BRACKET };
        let x = if (area.left..=area.right).contains(&(high.0 + away)) { high.0 + away } else { high.0 - away };
        let cap = if x > high.0 { -4.0 } else { 4.0 };
        let stroke = Rect { left: x - 0.6, right: x + 0.6, top: high.1, bottom: low.1 };
        let ends = stroke.with_x(stroke.left.min(x + cap), stroke.right.max(x + cap));
        let at = |y: f64| ends.with_y(y - 0.6, y + 0.6);
        Some(Bracket {
            strokes: [stroke, at(high.1), at(low.1)],
            level: Rect { left: low.0.min(x), right: low.0.max(x), top: low.1 - 0.5, bottom: low.1 + 0.5 },
        })
    }

    fn x(&self) -> f64 {
        let [stroke, ..] = self.strokes;
        (stroke.left + stroke.right) / 2.0
    }
}

/// What the label must not run into.
struct Obstacles<'a> {
    /// Curves as drawn.
    curves: &'a [Vec<(f64, f64)>],
    /// Marks, with their extent.
    blocks: &'a [Rect],
    /// Vertical lines.
    lines: &'a [f64],
}

impl Obstacles<'_> {
    fn clear(&self, label: Rect) -> bool {
        let wide = label.grown(AIR);
        self.blocks.iter().all(|block| !block.overlaps(wide))
            && self.lines.iter().all(|x| *x < label.left - 3.0 || *x > label.right + 3.0)
            && self.curves.iter().all(|curve| !curve.iter().zip(curve.iter().skip(1)).any(|(a, b)| meets(wide, *a, *b)))
    }
}

/// Whether a stretch of a curve (by rising x) runs through the box.
fn meets(area: Rect, from: (f64, f64), to: (f64, f64)) -> bool {
    if to.0 < area.left || from.0 > area.right {
        return false;
    }
    let slope = if to.0 > from.0 { (to.1 - from.1) / (to.0 - from.0) } else { 0.0 };
    let at = |x: f64| from.1 + slope * (x.clamp(from.0, to.0.max(from.0)) - from.0);
    let (mut one, mut other) = (at(area.left), at(area.right));
    if slope == 0.0 {
        (one, other) = (from.1, to.1);
    }
    one.min(other) <= area.bottom && one.max(other) >= area.top
}

/// The best clear place for a label of that size inside `plot`: at one of the left edges `lefts`, the first the most
/// welcome, and as near to the height `wanted` as possible.
fn place(plot: Rect, size: (f64, f64), lefts: &[f64], wanted: f64, obstacles: &Obstacles<'_>) -> Option<Rect> {
    let inside = plot.grown(-2.0);
    let mut best: Option<(f64, Rect)> = None;
    for (side, left) in lefts.iter().enumerate() {
        if *left < inside.left || left + size.0 > inside.right {
            continue;
        }
        let mut top = inside.top;
        while top + size.1 <= inside.bottom {
            let label = Rect { left: *left, right: left + size.0, top, bottom: top + size.1 };
            let cost = SIDE * side as f64 + (top + size.1 / 2.0 - wanted).abs();
            if best.as_ref().is_none_or(|best| cost < best.0) && obstacles.clear(label) {
                best = Some((cost, label));
            }
            top += STEP;
        }
    }
    best.map(|best| best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = Rect { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };

    #[test]
    fn the_label_keeps_off_curves_marks_and_lines() {
        let curve: Vec<(f64, f64)> = (0..=20).map(|step| (f64::from(step) * 10.0, 50.0)).collect();
        let blocks = [Rect { left: 90.0, top: 40.0, right: 110.0, bottom: 60.0 }];
        let obstacles = Obstacles { curves: &[curve], blocks: &blocks, lines: &[] };
        let label = place(PLOT, (60.0, 16.0), &[100.0], 50.0, &obstacles).unwrap();
        assert!(label.top > 55.0 + 4.9 || label.bottom < 45.0 - 4.9, "{label:?}");
        let ruled = Obstacles { lines: &[120.0], ..obstacles };
        assert_eq!(place(PLOT, (60.0, 16.0), &[100.0], 50.0, &ruled), None);
        assert!(place(PLOT, (60.0, 16.0), &[100.0, 20.0], 50.0, &ruled).is_some(), "the other side is clear");
    }

    #[test]
    fn a_steep_curve_is_seen_between_its_points() {
        let curves = [vec![(0.0, 100.0), (200.0, 0.0)]];
        let obstacles = Obstacles { curves: &curves, blocks: &[], lines: &[] };
        assert!(!obstacles.clear(Rect { left: 90.0, right: 110.0, top: 45.0, bottom: 55.0 }));
        assert!(obstacles.clear(Rect { left: 150.0, right: 190.0, top: 70.0, bottom: 86.0 }));
        let step = [vec![(100.0, 90.0), (100.0, 10.0)]];
        let obstacles = Obstacles { curves: &step, blocks: &[], lines: &[] };
        assert!(!obstacles.clear(Rect { left: 95.0, right: 105.0, top: 45.0, bottom: 55.0 }), "a vertical jump");
    }
}
