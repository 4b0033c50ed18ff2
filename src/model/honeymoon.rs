//! How long a new account is courted: the month after its sale from which it is touched less, read from the touch log.
//!
//! Two estimators that look at it from different sides. [`by_rate`] splits the months since the sale in two and asks where
//! the split explains touches best. [`by_gap`] waits for the first long silence after the sale, account by account. Both
//! say nothing where the log is too thin to tell, and neither says why attention falls or what it does to renewals.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

use super::survival_estimate::{BadObservations, Observation, SurvivalEstimate};

/// What is known of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct TouchHistory {
    /// The day of the sale.
    pub won_on: NaiveDate,
    /// The last day on which a touch would have been logged: today, or the day on which the account was lost.
    pub watched_until: NaiveDate,
    /// The days of its touches, in any order; those outside of the days watched count nowhere.
    pub touches: Vec<NaiveDate>,
}

/// Twice the gain in log-likelihood under which [`by_rate`] is silent. The best of many splits gains something by chance
/// alone: with no change at all this much is gained in at most a few of a hundred logs of two years.
pub const LEAST_RATIO: f64 = 10.0;

/// Rates are alike if the first is less than this times the second: a fall that would change no plan.
pub const LEAST_FALL: f64 = 1.25;

/// The most months since the sale that are looked at; later touches tell of no honeymoon.
pub const MOST_MONTHS: u32 = 120;

/// A change of attention, or why there is none to tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Honeymoon {
    /// New accounts are courted for a time.
    Found {
        /// How many months from the sale.
        months: u32,
        /// Touches per account and month in these.
        before: f64,
        /// And after.
        after: f64,
        /// Twice the log of how many times as likely the log is with the change as without.
        likelihood_ratio: f64,
    },
    /// The log does not tell of one.
    Silent(WhySilent),
}

/// Why no honeymoon is told of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WhySilent {
    /// No touches, or accounts watched for less than two months.
    TooLittle,
    /// The best split explains hardly more than none.
    Weak {
        /// As in [`Honeymoon::Found`]; under [`LEAST_RATIO`].
        likelihood_ratio: f64,
    },
    /// There is a change, but the two rates are nearly the same.
    Alike {
        /// Touches per account and month before the change.
        before: f64,
        /// And after.
        after: f64,
    },
    /// Accounts are touched more as they grow older.
    Rising {
        /// Touches per account and month before the change.
        before: f64,
        /// And after.
        after: f64,
    },
}

impl fmt::Display for WhySilent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhySilent::TooLittle => {
                write!(f, "The log is too short to tell a honeymoon: it needs touches over two months after a sale.")
            }
            WhySilent::Weak { likelihood_ratio } => write!(
                f,
                "The log does not tell of a honeymoon: the best change explains it hardly better than none (likelihood \
                 ratio {likelihood_ratio:.1}, at least {LEAST_RATIO} is asked for)."
            ),
            WhySilent::Alike { before, after } => write!(
                f,
                "There is hardly a honeymoon: {before:.2} touches a month at first and {after:.2} later are nearly alike."
            ),
            WhySilent::Rising { before, after } => write!(
                f,
                "There is no honeymoon: accounts are touched more as they grow older, {before:.2} times a month at first \
                 and {after:.2} times later."
            ),
        }
    }
}

/// Touches and months watched, of all accounts together, in one month since the sale.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AgeMonth {
    /// Y: touches.
    pub touches: f64,
    /// E: account-months in which a touch would have been logged; a month watched in part counts in part.
    pub watched: f64,
}

/// The log by months since the sale, the first one first: month 1 is from the day of the sale to the day before the same
/// day of the next month.
pub fn by_age(histories: &[TouchHistory]) -> Vec<AgeMonth> {
    let mut ages: Vec<AgeMonth> = Vec::new();
    for history in histories {
        let mut touches: Vec<NaiveDate> = history.touches.clone();
        touches.sort_unstable();
        for age in 0..MOST_MONTHS {
            let begin = |age: u32| history.won_on.checked_add_months(Months::new(age));
            let (Some(first), Some(next)) = (begin(age), begin(age + 1)) else { break };
            if first > history.watched_until {
                break;
            }
            let after = history.watched_until.checked_add_days(Days::new(1)).map_or(next, |after| after.min(next));
            let watched = (after - first).num_days() as f64 / (next - first).num_days() as f64;
            let before = |day: NaiveDate| touches.partition_point(|touch| *touch < day);
            let place = age as usize;
            if ages.len() <= place {
                ages.resize(place + 1, AgeMonth::default());
            }
            if let Some(month) = ages.get_mut(place) {
                month.touches += (before(after) - before(first)) as f64;
                month.watched += watched;
            }
        }
    }
    ages
}

/// The honeymoon by a Poisson change point: touches per active account-month are `Y1 / E1` before the split and `Y2 / E2`
/// after it, and the split is where `Y1 ln(Y1/E1) + Y2 ln(Y2/E2) - Y1 - Y2` is highest, the earliest of equal ones. Its
/// likelihood ratio is twice what that is above the same without a split.
///
/// It is silent when the ratio is under [`LEAST_RATIO`], the rates are alike ([`LEAST_FALL`]), or the second is the higher.
/// Source: Hinkley (1970) for the change point; the sums are those of a Poisson process with exposures E.
///
/// Touches of one account are taken to come by themselves: where they come in bursts the ratio is too high.
pub fn by_rate(histories: &[TouchHistory]) -> Honeymoon {
    change_point(&by_age(histories))
}

/// [`by_rate`] on touches that are already counted by months since the sale.
///
/// ```
/// use holdfast::model::honeymoon::{AgeMonth, Honeymoon, change_point};
/// // Ten accounts: 40 touches a month for three months, then 10.
/// let month = |touches| AgeMonth { touches, watched: 10.0 };
/// let found = change_point(&[40.0, 40.0, 40.0, 10.0, 10.0, 10.0].map(month));
/// assert!(matches!(found, Honeymoon::Found { months: 3, before: 4.0, after: 1.0, .. }));
/// ```
pub fn change_point(ages: &[AgeMonth]) -> Honeymoon {
    let add = |sum: AgeMonth, month: &AgeMonth| AgeMonth {
        touches: sum.touches + month.touches,
        watched: sum.watched + month.watched,
    };
    let all = ages.iter().fold(AgeMonth::default(), add);
    let mut best: Option<(f64, u32, AgeMonth, AgeMonth)> = None;
    let mut one = AgeMonth::default();
    for (months, month) in (1_u32..).zip(ages) {
        one = add(one, month);
        let other = AgeMonth { touches: all.touches - one.touches, watched: all.watched - one.watched };
        // Differences of sums leave a rest where nothing is left.
        if one.watched <= 0.0 || other.watched <= 1e-9 * all.watched || months as usize >= ages.len() {
            continue;
        }
        let height = likelihood(one) + likelihood(other);
        if best.is_none_or(|(highest, ..)| height > highest) {
            best = Some((height, months, one, other));
        }
    }
    let Some((height, months, one, other)) = best.filter(|_| all.touches > 0.0) else {
        return Honeymoon::Silent(WhySilent::TooLittle);
    };
    let likelihood_ratio = (2.0 * (height - likelihood(all))).max(0.0);
    let (before, after) = (one.touches / one.watched, other.touches / other.watched);
    if likelihood_ratio < LEAST_RATIO {
        Honeymoon::Silent(WhySilent::Weak { likelihood_ratio })
    } else if before < after {
        Honeymoon::Silent(WhySilent::Rising { before, after })
    } else if before < LEAST_FALL * after {
        Honeymoon::Silent(WhySilent::Alike { before, after })
    } else {
        Honeymoon::Found { months, before, after, likelihood_ratio }
    }
}

/// `Y ln(Y/E) - Y`, 0 without touches.
fn likelihood(of: AgeMonth) -> f64 {
    if of.touches > 0.0 { of.touches * libm::log(of.touches / of.watched) - of.touches } else { 0.0 }
}

/// The end of attention by the first silence longer than so many days.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstGap {
    /// The part of accounts without such a silence, by days since the sale; a silence counts from the day on which it has
    /// lasted longer than `gap`.
    pub curve: SurvivalEstimate,
    /// Days of silence that are not yet too long.
    pub gap: u32,
    /// Days from the sale to the last touch before the silence, for the account in the middle; `None` if more than half had
    /// no such silence while they were watched.
    pub median_attention: Option<f64>,
}

/// Time to the first gap longer than `gap` days: Kaplan–Meier on the day on which it becomes too long, `gap + 1` days
/// after the sale or a touch. Accounts that had none are censored on the last day watched, so accounts still open count for
/// as long as they are known. The sale itself is a touch. An account watched until a day before its sale is left out.
///
/// # Errors
/// [`BadObservations::Nobody`] if no account is left.
pub fn by_gap(histories: &[TouchHistory], gap: u32) -> Result<FirstGap, BadObservations> {
    let watched = histories.iter().filter(|history| history.watched_until >= history.won_on);
    let observations: Vec<Observation> = watched.map(|history| first_gap(history, gap)).collect();
    let curve = SurvivalEstimate::new(&observations)?;
    let median_attention = curve.median().map(|day| day - f64::from(gap) - 1.0);
    Ok(FirstGap { curve, gap, median_attention })
}

fn first_gap(history: &TouchHistory, gap: u32) -> Observation {
    let since_sale = |day: NaiveDate| (day - history.won_on).num_days();
    let last = since_sale(history.watched_until);
    let mut touches: Vec<i64> =
        history.touches.iter().map(|touch| since_sale(*touch)).filter(|day| (0..=last).contains(day)).collect();
    touches.sort_unstable();
    let mut begin = 0;
    for touch in touches {
        if touch - begin > i64::from(gap) {
            break;
        }
        begin = touch;
    }
    let too_long = begin + i64::from(gap) + 1;
    Observation { time: too_long.min(last) as f64, ended: too_long <= last }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn history(won_on: &str, watched_until: &str, touches: &[&str]) -> TouchHistory {
        let touches = touches.iter().map(|touch| day(touch)).collect();
        TouchHistory { won_on: day(won_on), watched_until: day(watched_until), touches }
    }

    #[test]
    fn months_are_counted_from_the_sale_and_in_part() {
        let one = history("2026-01-31", "2026-03-15", &["2026-01-31", "2026-02-27", "2026-02-28", "2026-03-16"]);
        let ages = by_age(&[one, history("2026-01-01", "2025-12-31", &["2026-01-02"])]);
        // 31 January to 27 February, then to 30 March, of whose 31 days 16 are watched.
        assert_eq!(ages.len(), 2);
        assert_eq!(ages[0], AgeMonth { touches: 2.0, watched: 1.0 });
        assert_eq!(ages[1], AgeMonth { touches: 1.0, watched: 16.0 / 31.0 });
    }

    #[test]
    fn a_change_by_hand() {
        // 4 a month for 3 months, 1 for 3: ln-likelihood 120 ln 4 + 30 ln 1 - 150 against 150 ln 2.5 - 150.
        let month = |touches: f64| AgeMonth { touches, watched: 10.0 };
        let found = change_point(&[40.0, 40.0, 40.0, 10.0, 10.0, 10.0].map(month));
        let Honeymoon::Found { months, before, after, likelihood_ratio } = found else { panic!("{found:?}") };
        assert_eq!((months, before, after), (3, 4.0, 1.0));
        // 2 (120 x 1.386294361 - 150 x 0.916290732) = 2 (166.355323 - 137.443610) = 57.823427.
        assert!((likelihood_ratio - 57.823_427).abs() < 1e-5, "{likelihood_ratio}");
    }

    #[test]
    fn it_is_silent_with_a_reason() {
        let of = |touches: &[f64]| -> Vec<AgeMonth> {
            touches.iter().map(|touches| AgeMonth { touches: *touches, watched: 10.0 }).collect()
        };
        let silent = |touches: &[f64]| match change_point(&of(touches)) {
            Honeymoon::Silent(why) => why,
            found => panic!("{found:?}"),
        };
        assert_eq!(silent(&[]), WhySilent::TooLittle);
        assert_eq!(silent(&[40.0]), WhySilent::TooLittle);
        assert_eq!(silent(&[0.0, 0.0]), WhySilent::TooLittle);
        assert!(matches!(silent(&[4.0, 3.0, 3.0]), WhySilent::Weak { .. }));
        assert!(matches!(silent(&[10.0, 10.0, 40.0, 40.0]), WhySilent::Rising { before: 1.0, after: 4.0 }));
        assert!(matches!(silent(&[12_000.0, 12_000.0, 10_000.0]), WhySilent::Alike { before: 1200.0, after: 1000.0 }));
        // Nothing at all after the honeymoon: 0 ln 0 is 0.
        let found = change_point(&of(&[20.0, 20.0, 0.0, 0.0]));
        assert!(matches!(found, Honeymoon::Found { months: 2, before: 2.0, after: 0.0, .. }), "{found:?}");
    }

    #[test]
    fn the_first_long_silence_is_told_account_by_account() {
        let accounts = [
            // Silent from day 5: too long on day 5 + 10 + 1 = 16, whatever comes later.
            history("2026-01-01", "2026-03-01", &["2026-01-06", "2026-02-10"]),
            // Never touched: too long on day 11.
            history("2026-01-01", "2026-03-01", &[]),
            // Exactly ten days apart is not longer than ten; watched until day 25.
            history("2026-01-01", "2026-01-26", &["2026-01-21", "2026-01-11"]),
            // Watched for three days.
            history("2026-01-01", "2026-01-04", &[]),
        ];
        let told: Vec<(f64, bool)> =
            accounts.iter().map(|account| first_gap(account, 10)).map(|it| (it.time, it.ended)).collect();
        assert_eq!(told, [(16.0, true), (11.0, true), (25.0, false), (3.0, false)]);
        // At risk 3 on day 11 and 2 on day 16: 2/3, 1/3.
        let gaps = by_gap(&accounts, 10).unwrap();
        assert!((gaps.curve.survival(11.0) - 2.0 / 3.0).abs() < 1e-12);
        assert!((gaps.curve.survival(16.0) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(gaps.median_attention, Some(5.0));
        assert_eq!(by_gap(&[], 10), Err(BadObservations::Nobody));
        assert_eq!(by_gap(&[history("2026-01-02", "2026-01-01", &[])], 10), Err(BadObservations::Nobody));
    }
}
