//! Keeps labels apart.

/// Between a rule and its label.
const BESIDE: f64 = 6.0;
/// Between two labels in a row.
const APART: f64 = 8.0;
/// Beyond so many rules each label simply gets a row of its own.
const MOST_SEARCHED: usize = 4;

/// Where a rule's label goes: its row, counted from the top, and its left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleLabel {
    pub row: usize,
    pub left: f64,
    /// Not beside its rule, since it would not fit there: it lies across it.
    pub across: bool,
}

/// Places the labels of vertical lines at `(x, width of the label)`, in as few rows as possible between 0 and `right`.
///
/// Labels stand beside their line, the leftmost to the left of it if it can. A line starts at its own label's row, so
/// labels in lower rows have to keep clear of it.
pub fn place_rules(rules: &[(f64, f64)], right: f64) -> Vec<RuleLabel> {
    if rules.len() > MOST_SEARCHED {
        let own_row = rules.iter().enumerate().map(|(row, rule)| RuleLabel { row, ..beside(*rule, right, false) });
        return own_row.collect();
    }
    let leftmost = rules.iter().map(|rule| rule.0).fold(f64::INFINITY, f64::min);
    let mut best = (f64::INFINITY, Vec::new());
    search(rules, leftmost, right, &mut Vec::new(), 0.0, &mut best);
    best.1
}

fn beside((x, width): (f64, f64), right: f64, to_left: bool) -> RuleLabel {
    let left = if to_left { x - BESIDE - width } else { x + BESIDE };
    let fits = left >= 0.0 && left + width <= right;
    let left = if fits { left } else { (x - width / 2.0).min(right - width).max(0.0) };
    RuleLabel { row: 0, left, across: !fits }
}

fn search(
    rules: &[(f64, f64)],
    leftmost: f64,
    right: f64,
    placed: &mut Vec<RuleLabel>,
    cost: f64,
    best: &mut (f64, Vec<RuleLabel>),
) {
    if cost >= best.0 {
        return;
    }
    let Some(rule) = rules.get(placed.len()) else {
        *best = (cost, placed.clone());
        return;
    };
    for row in 0..rules.len() {
        for to_left in [rule.0 <= leftmost, rule.0 > leftmost] {
            let label = RuleLabel { row, ..beside(*rule, right, to_left) };
            let others = || placed.iter().zip(rules);
            if others().any(|(other, of)| collide(&label, rule.1, other, of.1)) {
                continue;
            }
            let crossings = others()
                .map(|(other, of)| {
                    f64::from(crosses(&label, rule.1, other.row, of.0)) + f64::from(crosses(other, of.1, row, rule.0))
                })
                .sum::<f64>();
            let deepest = others().map(|(other, _)| other.row).max().unwrap_or(0);
            let deeper = row.saturating_sub(deepest) as f64;
            let other_side = f64::from(to_left != (rule.0 <= leftmost));
            let more = 10.0 * deeper + other_side + 100.0 * crossings + 40.0 * f64::from(label.across);
            placed.push(label);
            search(rules, leftmost, right, placed, cost + more, best);
            placed.pop();
        }
    }
}

fn collide(one: &RuleLabel, width: f64, other: &RuleLabel, other_width: f64) -> bool {
    one.row == other.row && one.left < other.left + other_width + APART && other.left < one.left + width + APART
}

/// Whether the line at `x`, which starts at `row`, runs through the label.
fn crosses(label: &RuleLabel, width: f64, row: usize, x: f64) -> bool {
    row <= label.row && label.left - 2.0 < x && x < label.left + width + 2.0
}

/// Moves labels of those centres and heights apart, each as little as possible, between `top` and `bottom`. Gives the
/// new centres in the same order. Where there is no room for all, they are spread evenly and overlap.
pub fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let centre = |index: usize| wanted.get(index).map_or(0.0, |label| label.0);
    let height = |index: usize| wanted.get(index).map_or(0.0, |label| label.1);
    order.sort_by(|one, other| centre(*one).total_cmp(&centre(*other)));
    // Blocks of labels that touch: their members, their height, and the top edge that suits them best on average.
    let mut blocks: Vec<(Vec<usize>, f64, f64)> = Vec::new();
    let inside = |start: f64, total: f64| start.min(bottom - total).max(top);
    for index in order {
        let mut block = (vec![index], height(index), inside(centre(index) - height(index) / 2.0, height(index)));
        while let Some(above) = blocks.pop_if(|above| above.2 + above.1 > block.2) {
            let (count, more) = (above.0.len() as f64, block.0.len() as f64);
            let suits = (above.2 * count + (block.2 - above.1) * more) / (count + more);
            let total = above.1 + block.1;
            block = (above.0.into_iter().chain(block.0).collect(), total, inside(suits, total));
        }
        blocks.push(block);
    }
    let mut centres = vec![0.0; wanted.len()];
    for (members, total, start) in blocks {
        let squeeze = ((bottom - top) / total).min(1.0);
        let mut at = start;
        for index in members {
            if let Some(slot) = centres.get_mut(index) {
                *slot = at + squeeze * height(index) / 2.0;
            }
            at += squeeze * height(index);
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_share_the_first_row_beside_their_lines() {
        let labels = place_rules(&[(200.0, 60.0), (400.0, 100.0), (600.0, 120.0)], 1000.0);
        assert!(labels.iter().all(|label| label.row == 0 && !label.across), "{labels:?}");
        assert_eq!(labels.iter().map(|label| label.left).collect::<Vec<_>>(), [134.0, 406.0, 606.0]);
    }

    #[test]
    fn labels_without_room_are_staggered_and_keep_off_lines() {
        let rules = [(106.0, 62.0), (125.0, 115.0), (173.0, 125.0)];
        let labels = place_rules(&rules, 310.0);
        assert_eq!(labels.iter().map(|label| label.row).max(), Some(1), "{labels:?}");
        for (index, (label, rule)) in labels.iter().zip(&rules).enumerate() {
            assert!(label.left >= 0.0 && label.left + rule.1 <= 310.0);
            for (other, of) in labels.iter().zip(&rules).skip(index + 1) {
                assert!(!collide(label, rule.1, other, of.1), "{labels:?}");
                assert!(!crosses(label, rule.1, other.row, of.0) && !crosses(other, of.1, label.row, rule.0));
            }
        }
    }

    #[test]
    fn three_lines_in_one_place_and_labels_wider_than_the_chart_are_placed() {
        let labels = place_rules(&[(150.0, 80.0); 3], 300.0);
        assert_eq!(labels.len(), 3);
        let wide = place_rules(&[(10.0, 500.0), (20.0, 500.0)], 300.0);
        assert!(wide.iter().all(|label| label.left == 0.0 && label.across) && wide[0].row != wide[1].row, "{wide:?}");
        assert_eq!(place_rules(&[(1.0, 5.0); 6], 300.0).last().map(|label| label.row), Some(5));
        assert!(place_rules(&[], 300.0).is_empty());
    }

    #[test]
    fn labels_that_touch_move_apart_by_equal_parts_and_stay_inside() {
        assert_eq!(spread(&[(10.0, 10.0), (50.0, 10.0)], 0.0, 100.0), [10.0, 50.0], "with room nothing moves");
        assert_eq!(spread(&[(52.0, 10.0), (48.0, 10.0)], 0.0, 100.0), [55.0, 45.0], "order is kept");
        assert_eq!(spread(&[(50.0, 10.0); 3], 0.0, 100.0), [40.0, 50.0, 60.0]);
        assert_eq!(spread(&[(0.0, 10.0), (1.0, 10.0)], 0.0, 100.0), [5.0, 15.0]);
        assert_eq!(spread(&[(100.0, 10.0), (85.0, 10.0), (84.0, 10.0)], 0.0, 100.0), [95.0, 85.0, 75.0]);
        let crowded = spread(&[(5.0, 10.0); 4], 0.0, 20.0);
        assert_eq!(crowded, [2.5, 7.5, 12.5, 17.5], "evenly, where there is no room");
    }
}
