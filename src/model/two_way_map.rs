//! A map of a figure over two inputs, and the lines on it along which the figure has one level.
//!
//! A map is hundreds of verdicts, so it is computed row by row. Put a rate of the plan across: a row then costs little more
//! than a single verdict, while along other inputs each place of it is projected anew.

use std::rc::Rc;

use super::bounds::{Input, Unit};
use super::what_if::{Figure, WhatIf};

/// A line of one level: points `(x, y)`, in order. The last equals the first where it is closed.
pub type IsoLine = Vec<(f64, f64)>;

/// A figure at every crossing of two lists of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    rows: Vec<Vec<Option<f64>>>,
}

impl Grid {
    /// A grid without rows yet, over `xs` and `ys`, both rising.
    pub fn new(xs: Vec<f64>, ys: Vec<f64>) -> Grid {
        let rows = Vec::with_capacity(ys.len());
        Grid { xs, ys, rows }
    }

    /// Adds the next row, from the lowest `y` up: `figure(x, y)` at each `x`, `None` where there is none. `false` once
    /// all rows are there.
    pub fn add_row(&mut self, figure: impl Fn(f64, f64) -> Option<f64>) -> bool {
        if let Some(y) = self.next_y() {
            self.push_row(self.xs.iter().map(|x| figure(*x, y)).collect());
        }
        self.rows.len() < self.ys.len()
    }

    /// Adds the next row as it is, from the lowest `x` on. What is no number has no place on a map.
    pub fn push_row(&mut self, mut row: Vec<Option<f64>>) {
        row.iter_mut().for_each(|figure| *figure = figure.filter(|figure| figure.is_finite()));
        self.rows.push(row);
    }

    /// The `y` of the next row; `None` once all are there.
    pub fn next_y(&self) -> Option<f64> {
        self.ys.get(self.rows.len()).copied()
    }

    /// The values across.
    pub fn xs(&self) -> &[f64] {
        &self.xs
    }

    /// The values up.
    pub fn ys(&self) -> &[f64] {
        &self.ys
    }

    /// The rows so far, from the lowest `y` up, each from the lowest `x` on.
    pub fn rows(&self) -> &[Vec<Option<f64>>] {
        &self.rows
    }

    /// The least and the greatest figure so far; `None` if there is none.
    pub fn range(&self) -> Option<(f64, f64)> {
        let figures = self.rows.iter().flatten().flatten();
        figures.fold(None, |range, figure| match range {
            None => Some((*figure, *figure)),
            Some((least, most)) => Some((figure.min(least), figure.max(most))),
        })
    }

    /// The lines along which the figure is `level`, by marching squares (Lorensen & Cline 1987 in two dimensions), straight
    /// in each cell.
    ///
    /// A figure at the level counts as above it. Where two opposite corners of a cell are above and two are not, the mean
    /// of the four tells whether the high corners or the low ones are joined. A cell with one corner missing is treated
    /// as the triangle of the others; one with more missing has no line.
    pub fn iso_lines(&self, level: f64) -> Vec<IsoLine> {
        let mut segments = Vec::new();
        for (row, pair) in self.rows.windows(2).enumerate() {
            let (Some(lower), Some(upper)) = (pair.first(), pair.get(1)) else { continue };
            for column in 0..self.xs.len().saturating_sub(1) {
                let corner = |dx: usize, dy: usize| {
                    let figure = *(if dy == 0 { lower } else { upper }).get(column + dx)?;
                    let (x, y) = (*self.xs.get(column + dx)?, *self.ys.get(row + dy)?);
                    Some(Corner { place: (column + dx, row + dy), x, y, height: figure? - level })
                };
                // Around the cell.
                let corners: Vec<Corner> =
                    [(0, 0), (1, 0), (1, 1), (0, 1)].into_iter().filter_map(|(dx, dy)| corner(dx, dy)).collect();
                segments.extend(cell_segments(&corners));
            }
        }
        join(segments)
    }
}

/// A corner of a cell.
#[derive(Debug, Clone, Copy)]
struct Corner {
    place: (usize, usize),
    x: f64,
    y: f64,
    /// Above the level.
    height: f64,
}

/// Where a line crosses the side between two corners: they name it, so that neighbouring cells mean the same point.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Crossing {
    side: [(usize, usize); 2],
    at: (f64, f64),
}

/// The crossing between two corners, from the lower place to the higher, so that it is the same from both cells.
fn crossing(one: Corner, other: Corner) -> Option<Crossing> {
    if (one.height >= 0.0) == (other.height >= 0.0) {
        return None;
    }
    let (from, to) = if one.place < other.place { (one, other) } else { (other, one) };
    let part = from.height / (from.height - to.height);
    let at = (from.x + part * (to.x - from.x), from.y + part * (to.y - from.y));
    Some(Crossing { side: [from.place, to.place], at })
}

/// The pieces of line in a cell of three or four corners, given around it.
fn cell_segments(corners: &[Corner]) -> Vec<[Crossing; 2]> {
    if corners.len() < 3 {
        return Vec::new();
    }
    let next = corners.iter().cycle().skip(1);
    let crossings: Vec<Crossing> = corners.iter().zip(next).filter_map(|(one, other)| crossing(*one, *other)).collect();
    match crossings.as_slice() {
        [one, other] => vec![[*one, *other]],
        // A saddle: sides in order around the cell, the first beside the first corner.
        [bottom, right, top, left] => {
            let mean = corners.iter().map(|corner| corner.height).sum::<f64>();
            let first_is_high = corners.first().is_some_and(|corner| corner.height >= 0.0);
            if (mean >= 0.0) == first_is_high {
                // The first corner and the one across are joined: the others are cut off.
                vec![[*bottom, *right], [*top, *left]]
            } else {
                vec![[*left, *bottom], [*right, *top]]
            }
        }
        _ => Vec::new(),
    }
}

/// Pieces joined into lines as long as they go on.
fn join(mut segments: Vec<[Crossing; 2]>) -> Vec<IsoLine> {
    let mut lines = Vec::new();
    while let Some([start, end]) = segments.pop() {
        let mut line = vec![start, end];
        // Forward from the end, then, turned around, from the start.
        for _ in 0..2 {
            while let Some(last) = line.last().copied() {
                let Some(place) = segments.iter().position(|piece| piece.iter().any(|it| it.side == last.side)) else {
                    break;
                };
                let [one, other] = segments.swap_remove(place);
                line.push(if one.side == last.side { other } else { one });
            }
            line.reverse();
        }
        lines.push(line.into_iter().map(|crossing| crossing.at).collect());
    }
    lines
}

/// A map of a figure of the verdict over the sliders of two inputs, in the making.
#[derive(Debug, Clone)]
pub struct TwoWayMap {
    what_if: Rc<WhatIf>,
    across: Input,
    up: Input,
    figure: Figure,
    grid: Grid,
}

impl TwoWayMap {
    /// A map without rows, of `columns` values of `across` and `rows` of `up`, both at least 2, evenly over the sliders.
    /// Inputs in whole months may have fewer. The inputs are two different ones.
    pub fn new(what_if: Rc<WhatIf>, figure: Figure, across: (Input, usize), up: (Input, usize)) -> TwoWayMap {
        let grid = Grid::new(slider_values(across.0, across.1), slider_values(up.0, up.1));
        TwoWayMap { what_if, across: across.0, up: up.0, figure, grid }
    }

    /// Computes the next row; `false` once all are there.
    pub fn add_row(&mut self) -> bool {
        let (across, up, figure) = (self.across, self.up, self.figure);
        // Rates contradict nothing and change no projection: the row's own serves all of them.
        let row = self.grid.next_y().filter(|_| is_plan_rate(across)).and_then(|y| self.what_if.moved(up, y));
        let verdict = |x, y| match &row {
            Some(row) => row.with(&[(across, x)]),
            None if is_plan_rate(across) => None,
            None => self.what_if.with(&[(across, x), (up, y)]),
        };
        self.grid.add_row(|x, y| verdict(x, y).map(|verdict| figure.of(&verdict)))
    }

    /// The figures so far.
    pub const fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Where both inputs are now.
    pub fn now(&self) -> (f64, f64) {
        (self.what_if.now(self.across), self.what_if.now(self.up))
    }
}

/// Whether `input` is a rate of the flat plan.
const fn is_plan_rate(input: Input) -> bool {
    matches!(input, Input::RenewalCommission | Input::NewBusinessCommission | Input::ReferralCommission)
}

/// `count` values evenly over the slider of `input`; whole months without repetition.
fn slider_values(input: Input, count: usize) -> Vec<f64> {
    let bounds = input.bounds();
    let even = even_values(bounds.slider, count);
    if bounds.unit != Unit::Months {
        return even;
    }
    let mut months: Vec<f64> = even.into_iter().map(libm::round).collect();
    months.dedup();
    months
}

/// `count` values, at least 2, evenly over a range.
pub(super) fn even_values((least, most): (f64, f64), count: usize) -> Vec<f64> {
    let last = count.max(2) - 1;
    (0..=last).map(|index| least + (most - least) * index as f64 / last as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::sample::sample_workspace;

    fn filled(cells: usize, figure: impl Fn(f64, f64) -> Option<f64>) -> Grid {
        let values = || (0..=cells).map(|index| index as f64 / cells as f64).collect();
        let mut grid = Grid::new(values(), values());
        while grid.add_row(&figure) {}
        grid
    }

    fn length(line: &IsoLine) -> f64 {
        line.windows(2).map(|pair| libm::hypot(pair[1].0 - pair[0].0, pair[1].1 - pair[0].1)).sum()
    }

    #[test]
    fn a_plane_has_one_straight_line() {
        let grid = filled(7, |x, y| Some(x + 2.0 * y));
        let lines = grid.iso_lines(1.3);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|(x, y)| (x + 2.0 * y - 1.3).abs() < 1e-12), "{lines:?}");
        // From (1, 0.15) to (0, 0.65).
        assert!((length(&lines[0]) - libm::hypot(1.0, 0.5)).abs() < 1e-12, "{lines:?}");
        assert_eq!(grid.range(), Some((0.0, 3.0)));
        assert!(grid.iso_lines(3.1).is_empty() && grid.iso_lines(-0.1).is_empty());
    }

    #[test]
    fn a_hill_has_a_closed_line_as_long_as_its_circle() {
        let grid = filled(60, |x, y| Some(libm::hypot(x - 0.5, y - 0.5)));
        let lines = grid.iso_lines(0.3);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        assert!(lines[0].iter().all(|(x, y)| (libm::hypot(x - 0.5, y - 0.5) - 0.3).abs() < 5e-4));
        assert!((length(&lines[0]) / (0.6 * std::f64::consts::PI) - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_saddle_joins_what_its_middle_says() {
        // Corners (0, 0) and (1, 1) high; the mean of the four is above 0 for a tall saddle, below for a flat one.
        let saddle = |high: f64| filled(1, move |x, y| Some(if x == y { high } else { -1.0 }));
        let cut_off = |lines: &[IsoLine], corner: (f64, f64)| {
            lines.iter().any(|line| line.iter().all(|(x, y)| (x - corner.0).abs() + (y - corner.1).abs() < 1.0))
        };
        let joined = saddle(2.0).iso_lines(0.0);
        assert_eq!(joined.len(), 2);
        assert!(cut_off(&joined, (1.0, 0.0)) && cut_off(&joined, (0.0, 1.0)), "{joined:?}");
        let apart = saddle(0.5).iso_lines(0.0);
        assert_eq!(apart.len(), 2);
        assert!(cut_off(&apart, (0.0, 0.0)) && cut_off(&apart, (1.0, 1.0)), "{apart:?}");
        // The same with the other two corners high.
        let turned = filled(1, |x, y| Some(if x == y { -1.0 } else { 2.0 })).iso_lines(0.0);
        assert!(cut_off(&turned, (0.0, 0.0)) && cut_off(&turned, (1.0, 1.0)), "{turned:?}");
    }

    #[test]
    fn a_missing_corner_leaves_its_triangle_and_two_leave_nothing() {
        let holed = filled(1, |x, y| (x + y < 2.0).then_some(x - 0.25));
        let lines = holed.iso_lines(0.0);
        // Along the bottom at 0.25, up to the diagonal from (1, 0) to (0, 1).
        assert_eq!(lines.len(), 1);
        let mut ends = lines[0].clone();
        ends.sort_by(|one, other| one.1.total_cmp(&other.1));
        assert!(ends[0] == (0.25, 0.0) && ends[1] == (0.25, 0.75), "{ends:?}");
        assert!(filled(1, |x, y| (x + y < 1.0).then_some(x - y)).iso_lines(0.0).is_empty());
        assert!(filled(1, |x, _| (x < 1.0).then_some(x)).iso_lines(0.5).is_empty());
        assert!(filled(1, |_, _| Some(f64::NAN)).range().is_none());
        assert_eq!(filled(2, |x, y| (x != 1.0 || y != 1.0).then_some(y)).iso_lines(0.5).len(), 1);
    }

    #[test]
    fn lines_part_what_is_above_from_what_is_below() {
        // Random heights: every side between a high and a low corner is crossed exactly once, and no other.
        let mut seed = 1_u64;
        for _ in 0..50 {
            let mut heights = Vec::new();
            for _ in 0..81 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                heights.push((seed >> 40) as f64 / f64::from(1 << 24) - 0.5);
            }
            let index = |at: f64| libm::round(at * 8.0) as usize;
            let grid = filled(8, |x, y| heights.get(index(y) * 9 + index(x)).copied());
            let crossed = |one: f64, other: f64| usize::from((one >= 0.0) != (other >= 0.0));
            let row = |y: usize| &heights[y * 9..y * 9 + 9];
            let across: usize = (0..9).map(|y| row(y).windows(2).map(|it| crossed(it[0], it[1])).sum::<usize>()).sum();
            let up: usize = (0..8).map(|y| (0..9).map(|x| crossed(row(y)[x], row(y + 1)[x])).sum::<usize>()).sum();
            let lines = grid.iso_lines(0.0);
            let points: usize = lines.iter().map(|line| line.len() - usize::from(line.first() == line.last())).sum();
            assert_eq!(points, across + up);
            // A line only ends at the edge of the map.
            for line in lines.iter().filter(|line| line.first() != line.last()) {
                for (x, y) in [line[0], line[line.len() - 1]] {
                    assert!(x == 0.0 || x == 1.0 || y == 0.0 || y == 1.0, "({x}, {y})");
                }
            }
        }
    }

    #[test]
    fn a_map_is_made_of_verdicts() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let what_if = Rc::new(WhatIf::new(&workspace, &Question::default()).unwrap());
        let inputs = (Input::RenewalCommission, Input::RenewUnattended);
        let mut map = TwoWayMap::new(what_if, Figure::SellerShare, (inputs.0, 5), (inputs.1, 6));
        let mut rows = 1;
        while map.add_row() {
            rows += 1;
            assert_eq!(map.grid().rows().len() + 1, rows);
        }
        assert_eq!((rows, map.now()), (6, (0.02, 0.6)));
        let mut moved = workspace;
        let (x, y) = (map.grid().xs()[3], map.grid().ys()[4]);
        assert!((x - 0.15).abs() < 1e-15 && (y - 0.8).abs() < 1e-15);
        moved.set(inputs.0, x).unwrap();
        moved.set(inputs.1, y).unwrap();
        let expected = payoff(&moved, &Question::default()).unwrap().seller_best.share;
        assert_eq!(map.grid().rows()[4][3], Some(expected));
        // Nobody renews less with attention.
        assert!(map.grid().rows()[5].iter().all(Option::is_none));
        // Where sellers give customers two fifths: at 60 % without attention between 2 and 10 %.
        let lines = map.grid().iso_lines(0.4);
        assert!(!lines.is_empty());
        let months = slider_values(Input::Horizon, 400);
        assert!(months.len() == 109 && months.windows(2).all(|pair| pair[1] - pair[0] == 1.0));
    }
}
