//! What the user's own records say beside what is judged: how many contracts were renewed, how long customers stay, what a
//! cohort tells, what wins over tries tell; each with how sure it is.

use super::number::{counted, percent};
use crate::model::account::{Account, Standing};
use crate::model::book::Book;
use crate::model::book_events::book_events;
use crate::model::month::Month;
use crate::model::own_odds::{OwnOdds, jeffreys};
use crate::model::pay::{Event, EventKind};
use crate::model::survival_estimate::{Observation, SurvivalEstimate};
use crate::model::survival_mix::ShiftedBetaGeometric;

/// Months of records that are looked back on.
const MONTHS: u32 = 60;
/// Years of survival that are told.
const YEARS: usize = 5;
/// Standard errors of an interval that holds in nineteen cases of twenty.
const Z: f64 = 1.96;
/// Renewals of a cohort that are foretold.
const AHEAD: usize = 3;
/// The longest cohort that is read.
const LONGEST: usize = 40;

/// Odds and their interval in words: `87% (between 75% and 94% in 19 cases of 20)`.
pub fn odds_words(odds: &OwnOdds) -> String {
    format!(
        "{} (between {} and {} in 19 cases of 20)",
        percent(odds.odds, 0),
        percent(odds.low, 0),
        percent(odds.high, 0)
    )
}

/// Contracts that ended, and how many of them were renewed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewals {
    /// Of them were renewed.
    pub renewed: u32,
    /// Contracts that ended.
    pub ended: u32,
    /// The odds that they tell.
    pub odds: OwnOdds,
}

/// How many contracts of `accounts` that ended in the five years before `as_of` were renewed; nothing where none ended.
pub fn renewals<'a>(accounts: impl Iterator<Item = &'a Account>, as_of: Month) -> Option<Renewals> {
    // Who sent an account tells nothing of renewals.
    let events = book_events(accounts, &Book::empty(), as_of.plus(1 - MONTHS as i32), MONTHS);
    let count = |wanted: fn(EventKind) -> bool| events.iter().filter(|event| wanted(event.kind)).count() as u32;
    let renewed = count(|kind| matches!(kind, EventKind::Renewed { .. }));
    let ended = renewed + count(|kind| kind == EventKind::Lost);
    let odds = jeffreys(renewed, ended).ok()?;
    Some(Renewals { renewed, ended, odds })
}

/// What came due, and how much of it was renewed; money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retained {
    /// Value of the contracts that were renewed.
    pub renewed: f64,
    /// Value of all contracts that ended.
    pub due: f64,
}

impl Retained {
    /// The part of what came due that was renewed, 0 to 1, to the hundredth of a percent.
    pub fn part(&self) -> f64 {
        (libm::round(1e4 * self.renewed / self.due) / 1e4).clamp(0.0, 1.0)
    }
}

/// How much of the value of `accounts` that came due in the five years before `as_of` was renewed; nothing where nothing did.
pub fn retained<'a>(accounts: impl Iterator<Item = &'a Account>, as_of: Month) -> Option<Retained> {
    let events = book_events(accounts, &Book::empty(), as_of.plus(1 - MONTHS as i32), MONTHS);
    let value = |wanted: fn(&Event) -> bool| events.iter().filter(|it| wanted(it)).map(|it| it.revenue).sum::<f64>();
    let renewed = value(|it| matches!(it.kind, EventKind::Renewed { .. }));
    let due = value(Event::was_due);
    (due > 0.0).then_some(Retained { renewed, due })
}

impl Renewals {
    /// The same in words beside the renewal chance that is `judged`: what stands before the odds, the odds, and what follows.
    pub fn words(&self, judged: f64) -> [String; 3] {
        let Renewals { renewed, ended, odds } = self;
        let fits = if (odds.low..=odds.high).contains(&judged) { "which fits" } else { "which lies outside of it" };
        [
            format!(
                "Of {} that ended in the last five years, as the dates of your accounts tell it, {renewed} were renewed: ",
                counted(*ended as usize, "contract", "contracts"),
            ),
            odds_words(odds),
            format!(". You judge {} a year at today’s attention, {fits}.", percent(judged, 0)),
        ]
    }
}

/// How long customers stay, as far as somebody was watched (Kaplan & Meier 1958).
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// The curve, in years.
    pub curve: SurvivalEstimate,
}

/// How long the customers of `accounts` stayed, of those whose first day is known; nothing where none is.
pub fn survival<'a>(accounts: impl Iterator<Item = &'a Account>, as_of: Month) -> Option<Survival> {
    let today = as_of.first_day();
    let watched = accounts.filter_map(|account| {
        let (since, ended) = match account.standing {
            Standing::Active { since, .. } => (since?, None),
            Standing::Lapsed { since, on, .. } => (since?, Some(on?)),
            Standing::Prospect => return None,
        };
        let days = ended.unwrap_or(today).signed_duration_since(since).num_days();
        (days >= 0).then_some(Observation { time: days as f64 / 365.25, ended: ended.is_some() })
    });
    let watched: Vec<Observation> = watched.collect();
    SurvivalEstimate::new(&watched).ok().map(|curve| Survival { curve })
}

impl Survival {
    /// Whole years that are told: five at most, and none that nobody was watched for.
    pub fn years(&self) -> impl Iterator<Item = usize> + use<> {
        let longest = self.curve.longest();
        (1..=YEARS).take_while(move |year| *year as f64 <= longest)
    }

    /// The part of customers that is still there after so many years, with its interval where it has one.
    pub fn after(&self, years: usize) -> String {
        let time = years as f64;
        let sure = self
            .curve
            .interval(time, Z)
            .map_or_else(String::new, |(low, high)| format!(" ({} to {})", percent(low, 0), percent(high, 0)));
        format!("{}{sure}", percent(self.curve.survival(time), 0))
    }
}

/// A cohort that was typed, and what is fitted to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// Customers at the start, and after each renewal.
    pub counts: Vec<f64>,
    /// How customers differ.
    pub fitted: ShiftedBetaGeometric,
}

/// The cohort that was `typed` as the numbers of customers at the start and after each renewal, such as `100, 82, 71`.
///
/// # Errors
/// A sentence that says what to type.
pub fn cohort(typed: &str) -> Result<Cohort, String> {
    let counts =
        typed.split(|sign: char| sign == ',' || sign == ';' || sign.is_whitespace()).filter(|part| !part.is_empty());
    let counts: Vec<f64> =
        counts.map(|part| super::input::read_number(part).map_err(|why| why.to_string())).collect::<Result<_, _>>()?;
    if counts.len() > LONGEST {
        return Err(format!("{} numbers are more than {LONGEST}: leave the last ones out.", counts.len()));
    }
    let lost: Vec<f64> = counts.iter().zip(counts.iter().skip(1)).map(|(before, after)| before - after).collect();
    if lost.iter().any(|lost| *lost < 0.0) {
        return Err("A cohort never grows: type how many of the first customers were left each time.".to_owned());
    }
    let left = counts.last().copied().unwrap_or(0.0);
    let fitted = ShiftedBetaGeometric::fit(&lost, left).map_err(|why| why.to_string())?;
    Ok(Cohort { counts, fitted })
}

impl Cohort {
    /// Renewals that were watched.
    pub fn renewals(&self) -> u32 {
        self.counts.len().saturating_sub(1) as u32
    }

    /// Customers at the start, and after the last renewal.
    pub fn ends(&self) -> (f64, f64) {
        let end = |count: Option<&f64>| count.copied().unwrap_or(0.0);
        (end(self.counts.first()), end(self.counts.last()))
    }

    /// The renewal chance that would have left as many, were it the same each time: `(left / start)^(1 / renewals)`.
    pub fn mean(&self) -> f64 {
        let (start, left) = self.ends();
        libm::pow(left / start, 1.0 / f64::from(self.renewals()))
    }

    /// The renewals whose chances are told: the first, and the next three.
    pub fn told(&self) -> [u32; 1 + AHEAD] {
        std::array::from_fn(|place| if place == 0 { 1 } else { self.renewals() + place as u32 })
    }
}

/// Odds of a sale from `wins` of `tries`, both as typed.
///
/// # Errors
/// A sentence that says what to type.
pub fn own_odds(wins: &str, tries: &str) -> Result<OwnOdds, String> {
    let whole = |text: &str| {
        let number = super::input::read_number(text).map_err(|why| why.to_string())?;
        let fits = number >= 0.0 && number <= f64::from(u32::MAX) && libm::floor(number) == number;
        if fits { Ok(number as u32) } else { Err(format!("“{}” is no count: type a whole number.", text.trim())) }
    };
    jeffreys(whole(wins)?, whole(tries)?).map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::quantity::Money;

    fn november() -> Month {
        Month::parse("2026-11").unwrap()
    }

    fn account(id: u32, standing: Standing) -> Account {
        let mut account = Account::new(AccountId(id), String::new(), Money::from_cents(1_200_000));
        account.standing = standing;
        account
    }

    fn active(since: &str) -> Standing {
        Standing::Active { since: since.parse().ok(), renews_on: None }
    }

    fn lost(since: &str, on: &str) -> Standing {
        Standing::Lapsed { since: since.parse().ok(), on: on.parse().ok(), reason: String::new() }
    }

    #[test]
    fn contracts_that_ended_are_counted_from_their_dates() {
        // Renewed in 2024, 2025 and 2026; renewed in 2025 and lost in 2026. The interval is between quantiles of a beta
        // distribution of 4.5 and 1.5.
        let book = [account(1, active("2023-05-10")), account(2, lost("2024-03-01", "2026-03-01"))];
        let said = renewals(book.iter(), november()).unwrap();
        assert_eq!((said.renewed, said.ended), (4, 5));
        let [before, odds, after] = said.words(0.85);
        assert!(before.starts_with("Of 5 contracts that ended in the last five years"), "{before}");
        assert!(before.ends_with("4 were renewed: "), "{before}");
        assert_eq!(odds, "80% (between 37% and 98% in 19 cases of 20)");
        assert_eq!(after, ". You judge 85% a year at today’s attention, which fits.");
        assert!(said.words(0.10)[2].ends_with("which lies outside of it."));
        assert_eq!(renewals([].iter(), november()), None);
        assert_eq!(renewals([account(3, Standing::Prospect)].iter(), november()), None);
    }

    #[test]
    fn survival_is_told_as_far_as_somebody_was_watched() {
        let book = [
            account(1, active("2023-05-10")),
            account(2, active("2024-11-01")),
            account(3, lost("2024-01-01", "2025-07-01")),
            account(4, Standing::Prospect),
        ];
        let told = survival(book.iter(), november()).unwrap();
        assert_eq!(told.years().collect::<Vec<_>>(), [1, 2, 3]);
        // One of three is lost after a year and a half.
        assert_eq!(told.after(1), "100%");
        assert!(told.after(2).starts_with("67% (") && told.after(3).starts_with("67% ("), "{told:?}");
        assert_eq!(survival([].iter(), november()), None);
    }

    #[test]
    fn a_cohort_is_fitted_or_refused_in_a_sentence() {
        // The high-end customers of Fader & Hardie (2007): alpha 0.668, beta 3.806 fitted to seven renewals.
        let said = cohort("100, 86.9, 74.3, 65.3; 59.3 55.1 51.7 49.1").unwrap();
        assert!((said.fitted.alpha - 0.668).abs() < 5e-4 && (said.fitted.beta - 3.806).abs() < 5e-4, "{said:?}");
        assert_eq!((said.renewals(), said.ends(), said.told()), (7, (100.0, 49.1), [1, 8, 9, 10]));
        assert!((said.mean() - 0.491_f64.powf(1.0 / 7.0)).abs() < 1e-12, "{said:?}");
        for (typed, word) in [
            ("", "renewal"),
            ("100", "renewal"),
            ("100, 90", "renewal"),
            ("100 90 95", "never grows"),
            ("100 x", "not a number"),
            ("100 100 100", "left"),
            ("100 50 0", "left"),
            ("100 -1 -2", ""),
        ] {
            let why = cohort(typed).unwrap_err();
            assert!(why.contains(word) && why.ends_with('.'), "{typed}: {why}");
        }
        assert!(cohort(&"9 ".repeat(50)).unwrap_err().contains("more than 40"));
    }

    #[test]
    fn odds_of_ones_own_are_read_from_counts() {
        let odds = own_odds("10", " 200 ").unwrap();
        assert_eq!(odds_words(&odds), "5% (between 3% and 9% in 19 cases of 20)");
        for (wins, tries) in [("", "10"), ("3", "2"), ("1.5", "10"), ("-1", "10"), ("0", "0"), ("1", "1e99")] {
            assert!(own_odds(wins, tries).unwrap_err().ends_with('.'), "{wins} of {tries}");
        }
    }
}
