//! What the simulation says, in words and in rows.

use super::number::{count, money, money_rounded, percent};
use crate::model::monte_carlo::{Measure, QUANTILES, Spread};

/// Whose pay is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paid {
    /// All pay of the first year.
    All,
    /// Its part on renewals.
    OnRenewals,
    /// Its part on new business.
    OnNewBusiness,
}

impl Paid {
    /// All of them, in the order of the columns.
    pub const ALL: [Paid; 3] = [Paid::All, Paid::OnRenewals, Paid::OnNewBusiness];

    /// What the simulation says of it.
    pub const fn of(self, spread: &Spread) -> &Measure {
        match self {
            Paid::All => &spread.first_year_pay,
            Paid::OnRenewals => &spread.first_year_renewal_pay,
            Paid::OnNewBusiness => &spread.first_year_new_pay,
        }
    }

    /// The heading of its column.
    pub const fn heading(self) -> &'static str {
        match self {
            Paid::All => "all pay",
            Paid::OnRenewals => "on renewals",
            Paid::OnNewBusiness => "on new business",
        }
    }
}

/// What is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// What the part of cases at a place of [`QUANTILES`] stays below.
    Below(usize),
    /// The mean of all cases.
    Mean,
    /// The standard deviation.
    Deviation,
    /// The standard deviation as a part of the mean.
    Variation,
    /// What is expected without luck.
    Expected,
    /// The standard error of the mean.
    Error,
    /// By how many of them the mean is off.
    Off,
    /// By what part of the expected pay the mean is off.
    OffPart,
}

/// A figure that the simulation gives.
pub type LuckFigure = (Paid, Statistic);

/// A piece of a sentence, and the figure that it is, if it is one.
pub type Said = (String, Option<LuckFigure>);

fn plain(text: impl Into<String>) -> Said {
    (text.into(), None)
}

fn all(text: String, statistic: Statistic) -> Said {
    (text, Some((Paid::All, statistic)))
}

/// The places of the ends of nine cases of ten.
const ENDS: [usize; 2] = [0, QUANTILES.len() - 1];

/// What a seller may expect to be paid: "In nine cases of ten a seller at their best is paid $38,000 to $61,000 in the first
/// year."
pub fn band(spread: &Spread, who: &str) -> Vec<Said> {
    let Measure { mean, quantiles, .. } = spread.first_year_pay;
    let (low, high) = ends(&quantiles);
    let mean = all(money_rounded(mean), Statistic::Mean);
    if high - low < 0.005 {
        return vec![plain(format!("Luck does not change what {who} paid in the first year: ")), mean, plain(".")];
    }
    let [lowest, highest] = ENDS.map(Statistic::Below);
    vec![
        plain(format!("In nine cases of ten {who} paid ")),
        all(money_rounded(low), lowest),
        plain(" to "),
        all(money_rounded(high), highest),
        plain(" in the first year, "),
        mean,
        plain(" on average."),
    ]
}

/// How well pay can be foreseen; empty where there is nothing to compare.
pub fn predictability(spread: &Spread) -> Vec<Said> {
    let variation = |paid: Paid| {
        let part = paid.of(spread).variation()?;
        Some((percent(part, 0), Some((paid, Statistic::Variation))))
    };
    let (Some(renewal), Some(new)) = (variation(Paid::OnRenewals), variation(Paid::OnNewBusiness)) else {
        return Vec::new();
    };
    vec![
        plain("Luck moves pay on renewals by "),
        renewal,
        plain(" and pay on new business by "),
        new,
        plain(" either way, two cases in three."),
    ]
}

/// Whether the projection and the simulation agree, or which of them to believe; `with_rules` if the cases are paid by further
/// rules of the plan.
pub fn check(spread: &Spread, with_rules: bool) -> Vec<Said> {
    let pay = &spread.first_year_pay;
    let runs = count(spread.runs as f64, 0);
    if pay.misleads_at_expected_volume() && pay.at_expected_volume > 0.0 {
        let off = pay.mean / pay.at_expected_volume - 1.0;
        let side = if off > 0.0 { "above" } else { "below" };
        return vec![
            plain(format!("With {} expected pay is ", if with_rules { "these rules" } else { "this quota" })),
            all(percent(off.abs(), 1), Statistic::OffPart),
            plain(format!(
                " {side} the pay at expected volume that the other figures show: here the {runs} simulated cases are the \
                 honest answer."
            )),
        ];
    }
    let off = |z: f64| all(count(z.abs(), 1), Statistic::Off);
    match pay.z() {
        Some(z) if z.abs() > Measure::FAR => vec![
            plain(format!("{runs} simulated cases miss the expected pay by ")),
            off(z),
            plain(
                " standard errors, more than luck explains: something this rare or this large is beyond so few cases, so \
                 trust the expected pay.",
            ),
        ],
        Some(z) => vec![
            plain(format!("{runs} simulated cases agree with the expected pay to within luck (their mean is ")),
            off(z),
            plain(" standard errors off)."),
        ],
        None if with_rules => vec![plain(format!("{runs} simulated cases, each paid by all rules of the plan."))],
        None => vec![plain(format!("{runs} simulated cases."))],
    }
}

/// What the cases say of pay in the first year, of its part on renewals, and of its part on new business, row by row: the
/// label, and what it says.
pub fn reckoning() -> Vec<(String, Statistic)> {
    let below = QUANTILES.iter().enumerate();
    let below =
        below.map(|(place, part)| (format!("{} of cases stay below", percent(*part, 0)), Statistic::Below(place)));
    let rest = [
        ("mean of all cases", Statistic::Mean),
        ("standard deviation", Statistic::Deviation),
        ("deviation ÷ mean", Statistic::Variation),
        ("as expected, without luck", Statistic::Expected),
        ("standard error of the mean", Statistic::Error),
        ("(mean − expected) ÷ error", Statistic::Off),
    ];
    below.chain(rest.map(|(label, statistic)| (label.to_owned(), statistic))).collect()
}

/// What the simulation says, as a row shows it; `None` where it says nothing.
pub fn shown(spread: &Spread, (paid, statistic): LuckFigure) -> Option<String> {
    let of = paid.of(spread);
    Some(match statistic {
        Statistic::Below(place) => money(*of.quantiles.get(place)?, 0),
        Statistic::Mean => money(of.mean, 2),
        Statistic::Deviation => money(of.deviation, 2),
        Statistic::Variation => percent(of.variation()?, 2),
        Statistic::Expected => money(of.at_expected_volume, 2),
        Statistic::Error => money(of.standard_error, 2),
        Statistic::Off => count(of.z()?, 2),
        Statistic::OffPart => percent(of.mean / of.at_expected_volume - 1.0, 2),
    })
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

    fn told(said: Vec<Said>) -> String {
        said.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_flat_plan_is_a_band_a_comparison_and_an_agreement() {
        let pay = measure(50_000.0, 5_000.0, 49_975.0, true);
        let all = spread(pay, measure(8_000.0, 800.0, 8_000.0, true), measure(42_000.0, 4_900.0, 42_000.0, true));
        assert_eq!(
            told(band(&all, "a seller is")),
            "In nine cases of ten a seller is paid $42,000 to $58,000 in the first year, $50,000 on average."
        );
        assert_eq!(
            told(predictability(&all)),
            "Luck moves pay on renewals by 10% and pay on new business by 12% either way, two cases in three."
        );
        assert_eq!(
            told(check(&all, false)),
            "10,000 simulated cases agree with the expected pay to within luck (their mean is 0.5 standard errors off)."
        );
    }

    #[test]
    fn what_is_said_can_be_reckoned_again() {
        let pay = measure(50_000.0, 5_000.0, 49_975.0, true);
        let none = measure(0.0, 0.0, 0.0, true);
        let all = spread(pay, none, measure(42_000.0, 4_900.0, 42_000.0, false));
        let rows = reckoning();
        let row = |what: &str| {
            let statistic = rows.iter().find(|(name, _)| name == what).unwrap().1;
            Paid::ALL.map(|paid| shown(&all, (paid, statistic)).unwrap_or_else(|| "–".to_owned()))
        };
        assert_eq!(row("5% of cases stay below")[0], "$42,000");
        assert_eq!(row("deviation ÷ mean"), ["10.00%", "–", "11.67%"]);
        assert_eq!(row("standard error of the mean"), ["$50.00", "$0.00", "$49.00"]);
        // (50,000 - 49,975) / 50; where the exact mean is not known it says nothing.
        assert_eq!(row("(mean − expected) ÷ error"), ["0.50", "–", "–"]);
    }

    #[test]
    fn more_than_luck_is_no_agreement() {
        let pay = measure(50_300.0, 5_000.0, 50_000.0, true);
        let words = told(check(&spread(pay, pay, pay), false));
        assert!(words.starts_with("10,000 simulated cases miss the expected pay by 6.0 standard errors"), "{words}");
    }

    #[test]
    fn a_quota_that_misleads_is_named() {
        let pay = measure(51_500.0, 5_000.0, 50_000.0, false);
        let all = spread(pay, pay, pay);
        assert!(
            told(check(&all, false))
                .starts_with("With this quota expected pay is 3.0% above the pay at expected volume")
        );
        assert!(told(check(&all, true)).starts_with("With these rules expected pay is 3.0% above"));
        let near = spread(measure(50_100.0, 5_000.0, 50_000.0, false), pay, pay);
        assert_eq!(told(check(&near, false)), "10,000 simulated cases.");
        assert_eq!(told(check(&near, true)), "10,000 simulated cases, each paid by all rules of the plan.");
    }

    #[test]
    fn without_luck_there_is_no_band() {
        let none = measure(0.0, 0.0, 0.0, true);
        let all = spread(none, none, none);
        assert_eq!(
            told(band(&all, "a seller is")),
            "Luck does not change what a seller is paid in the first year: $0."
        );
        assert_eq!(told(predictability(&all)), "");
        assert_eq!(told(check(&all, false)), "10,000 simulated cases.");
    }
}
