//! The lines behind a value: margin, pay and cost, year by year, down to what was stated.

use super::line::{Line, Unit};
use crate::model::bounds::{Input, Unit as InputUnit};
use crate::model::plan::{CONTRACT_YEARS, Plan};
use crate::model::split_sums::{MonthSums, SplitSums, YearSums};
use crate::model::valuation::{PayBasis, Worth};
use crate::model::workspace::Workspace;
use crate::text::number::{count, money, percent};

/// What somebody stated, or the default that holds until then.
pub(super) fn stated(input: Input, workspace: &Workspace) -> Line {
    let bounds = input.bounds();
    let value = workspace.get(input);
    let from = if value == bounds.default {
        let wording = input.wording();
        format!("the default. {} ({})", wording.source, wording.grade.words())
    } else if input.is_of_plan() {
        "the plan".to_owned()
    } else {
        "your number".to_owned()
    };
    let unit = match bounds.unit {
        InputUnit::Percent => Unit::Rate,
        InputUnit::Money => Unit::Money,
        InputUnit::Hours => Unit::Hours,
        InputUnit::Count | InputUnit::Months => Unit::Factor,
    };
    Line::stated(bounds.label, value, unit, from)
}

/// Whose pay is reckoned, and how it is discounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Pay as the seller sees it.
    Seller,
    /// Pay as the company sees it.
    Company,
}

impl Side {
    const fn of_worth(self, worth: &Worth) -> &PayBasis {
        match self {
            Side::Seller => &worth.seller,
            Side::Company => &worth.company,
        }
    }

    const fn of_year(self, year: &YearSums) -> &PayBasis {
        match self {
            Side::Seller => &year.seller,
            Side::Company => &year.company,
        }
    }

    /// How a month that is `t` months ahead counts.
    pub(super) fn discounting(self, workspace: &Workspace) -> String {
        let assumed = &workspace.assumptions;
        match self {
            Side::Company => format!("discounted by {} a year", percent(assumed.discount_company, 1)),
            Side::Seller => format!(
                "discounted by {} a year and by the chance of {} to stay each year",
                percent(assumed.discount_seller, 1),
                percent(assumed.stay, 0)
            ),
        }
    }
}

/// The present value of pay over the run and after it.
pub(super) fn value_of_pay(label: &str, sums: &SplitSums, side: Side, workspace: &Workspace) -> Line {
    let whole = side.of_worth(&sums.worth);
    let how = side.discounting(workspace);
    let by_year = |what: &str, of: &dyn Fn(&PayBasis) -> f64| {
        let year = |(number, year): (usize, &YearSums)| {
            Line::stated(format!("year {number}"), of(side.of_year(year)), Unit::Money, format!("each month’s, {how}"))
        };
        Line::sum(what, (1..).zip(&sums.years).map(year).collect())
    };
    let mut lines = pay_lines(whole, workspace, &by_year);
    lines.extend(later_renewals(whole, workspace, &how));
    Line::sum(label, lines)
}

/// What an hour more changes: the worth with none, a step and two steps of it, and the hours of both steps, all sellers.
pub(super) struct Slope {
    pub(super) at: [Worth; 3],
    pub(super) hours: f64,
}

impl Slope {
    /// The slope of an amount, looking ahead.
    pub(super) fn of(&self, amount: impl Fn(&Worth) -> f64) -> f64 {
        let [none, one, two] = &self.at;
        (4.0 * amount(one) - amount(two) - 3.0 * amount(none)) / self.hours
    }

    /// The slope of all that pay is reckoned on.
    fn basis(&self, side: Side) -> PayBasis {
        let of = |amount: &dyn Fn(&PayBasis) -> f64| self.of(|worth| amount(side.of_worth(worth)));
        PayBasis {
            years: of(&|it| it.years),
            new_value: of(&|it| it.new_value),
            referred_value: of(&|it| it.referred_value),
            beyond_quota: of(&|it| it.beyond_quota),
            expansion_value: of(&|it| it.expansion_value),
            renewed_value: std::array::from_fn(|year| of(&|it| it.renewed_value.get(year).copied().unwrap_or(0.0))),
            later_value: of(&|it| it.later_value),
        }
    }
}

/// What an hour more changes of pay.
pub(super) fn pay_of_an_hour(label: &str, slope: &Slope, side: Side, workspace: &Workspace) -> Line {
    let change = slope.basis(side);
    let how = side.discounting(workspace);
    let amount = |what: &str, of: &dyn Fn(&PayBasis) -> f64| {
        Line::stated(format!("{what}, more by the hour"), of(&change), Unit::Money, format!("over the run, {how}"))
    };
    let mut lines = pay_lines(&change, workspace, &amount);
    lines.extend(later_renewals(&change, workspace, &how));
    Line::sum(label, lines)
}

/// Renewal pay after the horizon, if there is any.
fn later_renewals(whole: &PayBasis, workspace: &Workspace, how: &str) -> Option<Line> {
    let rate = workspace.plan.renewal.last().get();
    (whole.later_value * rate != 0.0).then(|| {
        Line::product(
            "renewals after the horizon",
            Unit::Money,
            vec![
                Line::stated("renewal commission of the last contract year", rate, Unit::Rate, "the plan"),
                Line::stated(
                    "value renewed after the horizon",
                    whole.later_value,
                    Unit::Money,
                    format!("accounts alive then go on renewing at today’s chance, {how}"),
                ),
            ],
        )
    })
}

/// Pay of months 1 to 12, undiscounted.
pub(super) fn first_year_pay(label: &str, sums: &SplitSums, workspace: &Workspace) -> Line {
    let whole = &sums.worth.first_year;
    let stated = |what: &str, of: &dyn Fn(&PayBasis) -> f64| {
        Line::stated(what, of(whole), Unit::Money, "expected over the next twelve months")
    };
    Line::sum(label, pay_lines(whole, workspace, &stated))
}

/// Renewal commission of months 1 to 12 on `value` by contract year.
pub(super) fn renewal_pay(label: &str, what: &str, from: &str, value: &[f64; CONTRACT_YEARS], plan: &Plan) -> Line {
    let groups = rate_groups(plan);
    let lines = groups.iter().filter_map(|group| {
        let sum: f64 = group.years().filter_map(|year| value.get(year)).sum();
        (sum != 0.0).then(|| {
            Line::product(
                group.name(),
                Unit::Money,
                vec![
                    Line::stated("renewal commission", group.rate, Unit::Rate, "the plan"),
                    Line::stated(what, sum, Unit::Money, from),
                ],
            )
        })
    });
    Line::sum(label, lines.collect())
}

/// Contract years in a row that pay the same.
struct RateGroup {
    first: usize,
    last: usize,
    rate: f64,
}

impl RateGroup {
    fn years(&self) -> std::ops::RangeInclusive<usize> {
        self.first..=self.last
    }

    fn name(&self) -> String {
        match (self.first + 1, self.last + 1) {
            (first, CONTRACT_YEARS) => format!("renewals, contract year {first} and later"),
            (first, last) if first == last => format!("renewals, contract year {first}"),
            (first, last) => format!("renewals, contract years {first} to {last}"),
        }
    }
}

/// The contract years that pay anything, in groups of the same rate.
fn rate_groups(plan: &Plan) -> Vec<RateGroup> {
    let mut groups: Vec<RateGroup> = Vec::new();
    for (year, rate) in plan.renewal.by_year().iter().enumerate() {
        match groups.last_mut() {
            Some(group) if group.rate == rate.get() => group.last = year,
            _ => groups.push(RateGroup { first: year, last: year, rate: rate.get() }),
        }
    }
    groups.retain(|group| group.rate != 0.0);
    groups
}

/// An amount that a rate multiplies, by what it is called and where it is found.
type Amount<'a> = dyn Fn(&str, &dyn Fn(&PayBasis) -> f64) -> Line + 'a;

/// The parts of pay that are not 0; the first stays in any case.
fn pay_lines(whole: &PayBasis, workspace: &Workspace, amount: &Amount<'_>) -> Vec<Line> {
    let plan = &workspace.plan;
    let rated = |label: &str, input: Input, what: &str, of: &dyn Fn(&PayBasis) -> f64| {
        Line::product(label, Unit::Money, vec![stated(input, workspace), amount(what, of)])
    };
    let mut lines = vec![rated("new business", Input::NewBusinessCommission, "annual value won", &|it| it.new_value)];
    if plan.quota.counts() && whole.beyond_quota != 0.0 {
        lines.push(Line::product(
            "beyond the quota",
            Unit::Money,
            vec![
                stated(Input::NewBusinessCommission, workspace),
                Line::stated("the accelerator less one", plan.quota.multiplier - 1.0, Unit::Factor, "the plan"),
                amount("annual value won beyond the quota", &|it| it.beyond_quota),
            ],
        ));
    }
    if plan.base.units() != 0.0 {
        let base = Line::stated("base pay a year", plan.base.units(), Unit::Money, "the plan");
        let years = Line::stated("years", whole.years, Unit::Factor, "each month a twelfth, discounted like the rest");
        lines.push(Line::product("base pay", Unit::Money, vec![base, years]));
    }
    if plan.referral.get() * whole.referred_value != 0.0 {
        let label = "extra for referred accounts";
        lines.push(rated(label, Input::ReferralCommission, "annual value won through referrals", &|it| {
            it.referred_value
        }));
    }
    if plan.upsell.get() * whole.expansion_value != 0.0 {
        lines.push(rated("upsell", Input::UpsellCommission, "growth at renewals", &|it| it.expansion_value));
    }
    for group in rate_groups(plan) {
        let of = |basis: &PayBasis| group.years().filter_map(|year| basis.renewed_value.get(year)).sum();
        if of(whole) != 0.0 {
            let rate = Line::stated("renewal commission", group.rate, Unit::Rate, "the plan");
            lines.push(Line::product(group.name(), Unit::Money, vec![rate, amount("value renewed", &of)]));
        }
    }
    lines
}

/// What pay is called where the company's value is told.
pub(super) const COMPANY_PAY: &str = "pay, as the company discounts it";

/// The company's value: margin less pay and prospecting cost.
pub(super) fn company_value(label: &str, sums: &SplitSums, workspace: &Workspace) -> Line {
    let pay = value_of_pay(COMPANY_PAY, sums, Side::Company, workspace);
    company_value_less(label, sums, pay, workspace)
}

/// The same with `pay` as it is told.
pub(super) fn company_value_less(label: &str, sums: &SplitSums, pay: Line, workspace: &Workspace) -> Line {
    let cost = workspace.get(Input::ProspectingCost);
    let mut lines = vec![margin(sums, workspace), Line::minus("less pay", pay)];
    if cost != 0.0 {
        let year = |(number, year): (usize, &YearSums)| {
            Line::stated(
                format!("year {number}"),
                year.prospecting_hours,
                Unit::Hours,
                "hours of prospecting, discounted",
            )
        };
        let hours = Line::sum("hours of prospecting", (1..).zip(&sums.years).map(year).collect());
        let cost =
            Line::product("cost of prospecting", Unit::Money, vec![stated(Input::ProspectingCost, workspace), hours]);
        lines.push(Line::minus("less prospecting", cost));
    }
    Line::sum(label, lines)
}

fn margin(sums: &SplitSums, workspace: &Workspace) -> Line {
    let month = |number: usize, month: &MonthSums| {
        let from = format!(
            "a twelfth of annual value times margin, less cost to serve, of {} accounts; {} won and {} lost this month",
            count(month.accounts, 1),
            count(month.wins, 1),
            count(month.lost, 1)
        );
        Line::product(
            format!("month {number}"),
            Unit::Money,
            vec![
                Line::stated("margin of the month", month.margin, Unit::Money, from),
                Line::stated(
                    "discount factor",
                    month.factor,
                    Unit::Factor,
                    format!("(1 + {})^(−{number}/12)", percent(workspace.assumptions.discount_company, 1)),
                ),
            ],
        )
    };
    let year = |(place, year): (usize, &YearSums)| {
        let months = year.months.iter().enumerate().map(|(index, it)| month(12 * place + index + 1, it));
        Line::sum(format!("year {}", place + 1), months.collect())
    };
    let mut lines: Vec<Line> = sums.years.iter().enumerate().map(year).collect();
    if sums.later_margin != 0.0 {
        lines.push(Line::stated(
            "after the horizon: what the book is then worth",
            sums.later_margin,
            Unit::Money,
            "accounts alive then go on renewing at today’s chance: annual value times margin, less cost to serve, times the \
             expected number of further years, discounted to today",
        ));
    }
    Line::sum("margin less cost to serve", lines)
}

/// Accounts at the start, won, and lost.
pub(super) fn accounts_after(label: &str, sums: &SplitSums) -> Line {
    let mut lines = vec![Line::stated("active accounts now", sums.accounts, Unit::Accounts, "the book")];
    for (number, year) in (1..).zip(&sums.years) {
        let of = |amount: fn(&MonthSums) -> f64| year.months.iter().map(amount).sum::<f64>();
        let won = of(|month| month.wins);
        lines.push(Line::stated(format!("won in year {number}"), won, Unit::Accounts, "expected, month by month"));
        let lost = Line::stated(
            format!("lost in year {number}"),
            of(|month| month.lost),
            Unit::Accounts,
            "expected, month by month",
        );
        lines.push(Line::minus(format!("less those lost in year {number}"), lost));
    }
    Line::sum(label, lines)
}

/// What one unit a year is worth over the horizon.
pub(super) fn annuity(workspace: &Workspace) -> Line {
    let discount = workspace.assumptions.discount_company;
    let year = |year: u32| {
        let factor = libm::pow(workspace.assumptions.company_factor(), f64::from(year));
        Line::stated(format!("year {year}"), factor, Unit::Factor, format!("(1 + {})^(−{year})", percent(discount, 1)))
    };
    let years = 1..=workspace.assumptions.horizon / 12;
    Line::sum(format!("what {} a year is worth over the horizon", money(1.0, 0)), years.map(year).collect())
}
