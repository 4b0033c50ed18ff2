//! Ranges in a link: two ends by the code of their input, around the number that the link tells elsewhere.

use std::collections::BTreeMap;

use super::{BadLink, Digits, code, out_of_range};
use crate::model::bounds::Input;
use crate::model::workspace::Workspace;

/// The code of an input's range; single contract years, whose rates are told by the schedule, have one here.
fn range_code(input: Input) -> String {
    match input.contract_year() {
        Some(year) => format!("y{year}"),
        None => code(input).to_owned(),
    }
}

/// The ranges as written. Rounding puts no end on the wrong side of its number.
pub(super) fn written(workspace: &Workspace, digits: Digits) -> BTreeMap<String, (f64, f64)> {
    let all = workspace.ranges.iter().filter(|_| !digits.leaves_ranges_out());
    let ends = all.map(|(input, range)| {
        let (number, low, high) = (workspace.get(input), digits.of(range.low()), digits.of(range.high()));
        let told = if number == input.bounds().default { number } else { digits.of(number) };
        (range_code(input), (low.min(told), high.max(told)))
    });
    // Ends that rounding makes one are a number.
    ends.filter(|(_, (low, high))| low < high).collect()
}

/// Gives the numbers of `workspace` their ranges.
pub(super) fn read(workspace: &mut Workspace, ranges: BTreeMap<String, (f64, f64)>) -> Result<(), BadLink> {
    for (name, (low, high)) in ranges {
        let input = Input::ALL.into_iter().find(|input| range_code(*input) == name).ok_or(BadLink::CutOff)?;
        workspace.keep_range(input, low, high).map_err(out_of_range)?;
    }
    Ok(())
}
