//! The lines behind what the user's own records say.

use super::Arithmetic;
use super::line::{Line, Unit};
use crate::model::survival_estimate::Step;
use crate::text::number::{counted, percent, rate};
use crate::text::own_book::{Cohort, Renewals, Retained, Survival};

/// The most losses that are told one by one.
const MOST_LOSSES: usize = 120;

const ODDS: &str = "The interval: equal tails of the beta distribution with half a success and half a failure more than were \
                    counted (Jeffreys’ prior; Brown, Cai & DasGupta 2001).";

/// Accounts for the part of contracts that were renewed.
pub fn renewals(of: &Renewals) -> Arithmetic {
    let from = "first days, lapses and terms of the accounts, in the sixty months that end now";
    let renewed = Line::stated("of them were renewed", f64::from(of.renewed), Unit::Factor, from);
    let ended = Line::stated("contracts that ended", f64::from(of.ended), Unit::Factor, from);
    told("Contracts that were renewed", share_of("part that was renewed", renewed, ended), ODDS)
}

/// Accounts for the part of what came due that was renewed.
pub fn retained(of: &Retained) -> Arithmetic {
    let from =
        "contracts of the accounts as their dates tell them, in the sixty months that end now, at today’s values";
    let renewed = Line::stated("of that was renewed", of.renewed, Unit::Money, from);
    let due = Line::stated("value that came due", of.due, Unit::Money, from);
    let line = share_of("part that was renewed", renewed, due);
    Arithmetic::new("What came due and was renewed", line, "").told_as(rate(of.part(), 2))
}

/// Accounts for odds of `wins` over `tries`, both as they were typed.
pub fn odds(wins: f64, tries: f64) -> Arithmetic {
    let typed = |label: &str, number: f64| Line::stated(label, number, Unit::Factor, "your number");
    told("Your own odds", share_of("odds", typed("won", wins), typed("of leads pursued", tries)), ODDS)
}

/// Accounts for the part of customers that is still there after so many years: at each loss, those that went on of those that
/// were watched until then.
pub fn survival(of: &Survival, years: usize) -> Arithmetic {
    let steps: Vec<&Step> = of.curve.steps().iter().take_while(|step| step.time <= years as f64).collect();
    let label = format!("still there after {}", counted(years, "year", "years"));
    let everybody = Line::stated(
        "everybody",
        1.0,
        Unit::Rate,
        format!("{} accounts whose first day is known", of.curve.subjects()),
    );
    let line = if steps.len() <= MOST_LOSSES {
        let stayed = |step: &&Step| {
            let number =
                |label: &str, number: usize, from: &str| Line::stated(label, number as f64, Unit::Factor, from);
            let watched = number("customers watched for as long", step.at_risk, "the book");
            let stayed = number("of them went on", step.at_risk - step.events, "the book");
            share_of(&format!("after {} days", libm::round(step.time * 365.25)), stayed, watched)
        };
        Line::product(label, Unit::Rate, std::iter::once(everybody).chain(steps.iter().map(stayed)).collect())
    } else {
        // Year by year: what is left of those that were there at the beginning of it.
        let year = |year: usize| {
            let lost = steps.iter().filter(|step| step.time > year as f64 && step.time <= (year + 1) as f64);
            let part = lost.clone().map(|step| 1.0 - step.events as f64 / step.at_risk as f64).product();
            let from = format!("{}, each of those watched for as long", counted(lost.count(), "loss", "losses"));
            Line::stated(format!("went on through year {}", year + 1), part, Unit::Rate, from)
        };
        Line::product(label, Unit::Rate, std::iter::once(everybody).chain((0..years).map(year)).collect())
    };
    told(
        "Customers still there",
        line,
        "Kaplan & Meier 1958; the interval by Greenwood’s error of ln(−ln S), in 19 cases of 20. Who is still a customer counts as \
         long as they were watched.",
    )
}

/// Accounts for the one average of a cohort.
pub fn cohort_mean(of: &Cohort) -> Arithmetic {
    let typed = |label: &str, number: f64| Line::stated(label, number, Unit::Factor, "your number");
    let (start, left) = of.ends();
    let kept = share_of("part that is left", typed("customers left", left), typed("customers at the start", start));
    let one = Line::stated("one", 1.0, Unit::Factor, "by definition");
    let each = Line::quotient("one renewal of all", one, typed("renewals", f64::from(of.renewals())));
    told("One average renewal chance", Line::power("renewal chance, the same each time", kept, each), COHORT)
}

/// Accounts for the chance of a cohort to renew at its `renewal`-th renewal, from 1: `(beta + t - 1) / (alpha + beta + t - 1)`.
pub fn cohort_renewal(of: &Cohort, renewal: u32) -> Arithmetic {
    let fitted =
        |label: &str, number: f64| Line::stated(label, number, Unit::Factor, "fitted to your cohort: most likely");
    let before = || Line::stated("renewals before it", f64::from(renewal.saturating_sub(1)), Unit::Factor, "counted");
    let beta = || fitted("β", of.fitted.beta);
    let over = Line::sum("those that stay weigh", vec![beta(), before()]);
    let under = Line::sum("all weigh", vec![fitted("α", of.fitted.alpha), beta(), before()]);
    told("Renewal chance of a cohort", share_of(&format!("chance at renewal {renewal}"), over, under), COHORT)
}

const COHORT: &str = "Each customer leaves with a chance of their own at every renewal; over customers it follows a beta distribution \
                      (shifted beta-geometric, Fader & Hardie 2007).";

/// `over` over `under`, as a part.
fn share_of(label: &str, over: Line, under: Line) -> Line {
    Line { unit: Unit::Rate, ..Line::quotient(label, over, under) }
}

fn told(title: &'static str, line: Line, note: &'static str) -> Arithmetic {
    let figure = percent(line.value, 1);
    Arithmetic::new(title, line, note).told_as(figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::survival_estimate::{Observation, SurvivalEstimate};
    use crate::text::own_book::cohort;

    #[test]
    fn what_is_left_is_a_product_over_losses() {
        let observed = |count: usize| -> Vec<Observation> {
            let each = |place: usize| Observation { time: (place + 1) as f64 / 100.0, ended: place.is_multiple_of(2) };
            (0..count).map(each).collect()
        };
        // Few losses one by one, many by years: either way it is the curve.
        for count in [150, 450] {
            let of = Survival { curve: SurvivalEstimate::new(&observed(count)).unwrap() };
            for years in of.years() {
                let told = survival(&of, years);
                let expected = of.curve.survival(years as f64);
                assert!((told.line.value - expected).abs() < 1e-12, "{count} {years}: {told:?}");
            }
        }
        let few = Survival { curve: SurvivalEstimate::new(&observed(150)).unwrap() };
        assert_eq!(survival(&few, 1).line.lines().len(), 51);
    }

    #[test]
    fn a_cohort_is_told_as_it_is_fitted() {
        let of = cohort("100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1").unwrap();
        assert!((cohort_mean(&of).line.value - of.mean()).abs() < 1e-12);
        for renewal in of.told() {
            let chance = cohort_renewal(&of, renewal).line.value;
            assert!((chance - of.fitted.renewal_probability(renewal)).abs() < 1e-12, "{renewal}: {chance}");
        }
        assert_eq!(odds(10.0, 200.0).figure, "5.0%");
    }
}
