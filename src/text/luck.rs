//! What the simulation says, in words.

use super::number::{count, money, money_rounded, percent};
use crate::model::monte_carlo::{Measure, QUANTILES, Spread};

/// What a seller may expect to be paid: "In nine cases of ten a seller at their best is paid $38,000 to $61,000 in the first
/// year."
pub fn band(spread: &Spread, who: &str) -> String {
    let Measure { mean, quantiles, .. } = spread.first_year_pay;
    let (low, high) = ends(&quantiles);
    if high - low < 0.005 {
        return format!("Luck does not change what {who} paid in the first year: {}.", money_rounded(mean));
    }
    format!(
        "In nine cases of ten {who} paid {} to {} in the first year, {} on average.",
        money_rounded(low),
        money_rounded(high),
        money_rounded(mean)
    )
}

/// How well pay can be foreseen; empty where there is nothing to compare.
pub fn predictability(spread: &Spread) -> String {
    let (renewal, new) = (spread.first_year_renewal_pay.variation(), spread.first_year_new_pay.variation());
    match (renewal, new) {
        (Some(renewal), Some(new)) => format!(
            "Luck moves pay on renewals by {} and pay on new business by {} either way, two cases in three.",
            percent(renewal, 0),
            percent(new, 0)
        ),
        _ => String::new(),
    }
}

/// Whether the projection and the simulation agree, or which of them to believe.
pub fn check(spread: &Spread) -> String {
    let pay = &spread.first_year_pay;
    let runs = count(spread.runs as f64, 0);
    if pay.misleads_at_expected_volume() && pay.at_expected_volume > 0.0 {
        let off = pay.mean / pay.at_expected_volume - 1.0;
        let side = if off > 0.0 { "above" } else { "below" };
        return format!(
            "With this quota expected pay is {} {side} the pay at expected volume that the other figures show: here the \
             {runs} simulated cases are the honest answer.",
            percent(off.abs(), 1)
        );
    }
    match pay.z() {
        Some(z) if z.abs() > Measure::FAR => format!(
            "{runs} simulated cases miss the expected pay by {} standard errors, more than luck explains: something this \
             rare or this large is beyond so few cases, so trust the expected pay.",
            count(z.abs(), 1)
        ),
        Some(z) => format!(
            "{runs} simulated cases agree with the expected pay to within luck (their mean is {} standard errors off).",
            count(z.abs(), 1)
        ),
        None => format!("{runs} simulated cases."),
    }
}

/// What the cases say of pay in the first year, of its part on renewals, and of its part on new business, row by row.
pub fn reckoning(spread: &Spread) -> Vec<(String, [String; 3])> {
    let measures = [&spread.first_year_pay, &spread.first_year_renewal_pay, &spread.first_year_new_pay];
    let row = |what: String, of: &dyn Fn(&Measure) -> String| (what, measures.map(of));
    let mut rows: Vec<(String, [String; 3])> = QUANTILES
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let at = |measure: &Measure| money(measure.quantiles.get(place).copied().unwrap_or(0.0), 0);
            row(format!("{} of cases stay below", percent(*part, 0)), &at)
        })
        .collect();
    let parts = |of: Option<String>| of.unwrap_or_else(|| "–".to_owned());
    rows.extend([
        row("mean of all cases".to_owned(), &|it| money(it.mean, 2)),
        row("standard deviation".to_owned(), &|it| money(it.deviation, 2)),
        row("deviation ÷ mean".to_owned(), &|it| parts(it.variation().map(|part| percent(part, 2)))),
        row("as expected, without luck".to_owned(), &|it| money(it.at_expected_volume, 2)),
        row("standard error of the mean".to_owned(), &|it| money(it.standard_error, 2)),
        row("(mean − expected) ÷ error".to_owned(), &|it| parts(it.z().map(|z| count(z, 2)))),
    ]);
    rows
}

/// The 5 % and 95 % quantiles.
pub fn ends(quantiles: &[f64]) -> (f64, f64) {
    (quantiles.first().copied().unwrap_or(0.0), quantiles.last().copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(mean: f64, deviation: f64, at_expected_volume: f64, is_exact: bool) -> Measure {
        let quantiles = [-1.6, -1.3, -0.7, 0.0, 0.7, 1.3, 1.6].map(|far| mean + far * deviation);
        Measure { mean, deviation, standard_error: deviation / 100.0, quantiles, at_expected_volume, is_exact }
    }

    fn spread(pay: Measure, renewal: Measure, new: Measure) -> Spread {
        Spread {
            runs: 10_000,
            first_year_pay: pay,
            first_year_renewal_pay: renewal,
            first_year_new_pay: new,
            pay,
            revenue: pay,
            company_value: pay,
        }
    }

    #[test]
    fn a_flat_plan_is_a_band_a_comparison_and_an_agreement() {
        let pay = measure(50_000.0, 5_000.0, 49_975.0, true);
        let all = spread(pay, measure(8_000.0, 800.0, 8_000.0, true), measure(42_000.0, 4_900.0, 42_000.0, true));
        assert_eq!(
            band(&all, "a seller is"),
            "In nine cases of ten a seller is paid $42,000 to $58,000 in the first year, $50,000 on average."
        );
        assert_eq!(
            predictability(&all),
            "Luck moves pay on renewals by 10% and pay on new business by 12% either way, two cases in three."
        );
        assert_eq!(
            check(&all),
            "10,000 simulated cases agree with the expected pay to within luck (their mean is 0.5 standard errors off)."
        );
    }

    #[test]
    fn what_is_said_can_be_reckoned_again() {
        let pay = measure(50_000.0, 5_000.0, 49_975.0, true);
        let none = measure(0.0, 0.0, 0.0, true);
        let rows = reckoning(&spread(pay, none, measure(42_000.0, 4_900.0, 42_000.0, false)));
        let row = |what: &str| rows.iter().find(|(name, _)| name == what).unwrap().1.clone();
        assert_eq!(row("5% of cases stay below")[0], "$42,000");
        assert_eq!(row("deviation ÷ mean"), ["10.00%", "–", "11.67%"]);
        assert_eq!(row("standard error of the mean"), ["$50.00", "$0.00", "$49.00"]);
        // (50,000 - 49,975) / 50; where the exact mean is not known it says nothing.
        assert_eq!(row("(mean − expected) ÷ error"), ["0.50", "–", "–"]);
    }

    #[test]
    fn more_than_luck_is_no_agreement() {
        let pay = measure(50_300.0, 5_000.0, 50_000.0, true);
        let words = check(&spread(pay, pay, pay));
        assert!(words.starts_with("10,000 simulated cases miss the expected pay by 6.0 standard errors"), "{words}");
    }

    #[test]
    fn a_quota_that_misleads_is_named() {
        let pay = measure(51_500.0, 5_000.0, 50_000.0, false);
        let all = spread(pay, pay, pay);
        assert!(check(&all).starts_with("With this quota expected pay is 3.0% above the pay at expected volume"));
        let near = spread(measure(50_100.0, 5_000.0, 50_000.0, false), pay, pay);
        assert_eq!(check(&near), "10,000 simulated cases.");
    }

    #[test]
    fn without_luck_there_is_no_band() {
        let none = measure(0.0, 0.0, 0.0, true);
        let all = spread(none, none, none);
        assert_eq!(band(&all, "a seller is"), "Luck does not change what a seller is paid in the first year: $0.");
        assert_eq!((predictability(&all), check(&all)), (String::new(), "10,000 simulated cases.".to_owned()));
    }
}
