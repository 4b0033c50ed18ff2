//! What a plan is looked at for: what it gives sellers reason to do at its edges.

use super::choice;
use super::claim::Claim;
use super::number::{counted, money, money_rounded, percent, plain, rate};
use super::rules;
use super::verdict::{Emphasis, Part, Sentence};
use crate::model::bounds::Input;
use crate::model::payoff::Payoff;
use crate::model::plan::Plan;
use crate::model::rules::{Rule, RuleKind};
use crate::model::workspace::Workspace;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Nothing is the matter.
    Fine,
    /// Worth knowing.
    Note,
    /// Sellers have reason to do what the company would not want.
    Warning,
}

impl Level {
    /// The level as a word, for those who do not see its sign.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Fine => "Fine",
            Level::Note => "Note",
            Level::Warning => "Warning",
        }
    }
}

/// Something that the plan was looked at for.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// How it came out.
    pub level: Level,
    /// In a sentence.
    pub says: Vec<Part>,
    /// The rule that its marked figures are about, if they are about one.
    pub rule: Option<Rule>,
}

/// Annual value that one seller wins in a period of the quota in the first year at their best: their accounts won, each at the mean
/// annual value of those they have.
pub fn won_a_period(payoff: &Payoff, plan: &Plan) -> f64 {
    let wins: f64 = payoff.seller_course.wins.iter().take(12).sum();
    let each = if payoff.accounts > 0 { payoff.annual_value / payoff.accounts as f64 } else { 0.0 };
    wins * each * f64::from(plan.quota.period.months()) / 12.0 / payoff.sellers.max(1) as f64
}

/// What the plan gives sellers reason to do at its edges: `seller`, or each of all of them.
pub fn checks(workspace: &Workspace, payoff: Option<&Payoff>, seller: Option<&str>) -> Vec<Check> {
    let plan = &workspace.plan;
    let quota = &plan.quota;
    let told = |level: Level, says: Sentence| Check { level, says: says.0, rule: None };
    let check = |level: Level, says: String| told(level, Sentence::default().say(says));
    let period = choice::period(quota.period);
    let mut checks = Vec::new();
    let edges = || plan.rules.iter().filter(|rule| rule.is_on && rules::has_edge(rule.kind()));
    checks.extend(edges().map(|rule| {
        let mut says = Sentence::default().say(format!("{}. ", rules::name(rule.kind()))).0;
        says.extend(rules::note(rule));
        Check { level: Level::Warning, says, rule: Some(*rule) }
    }));
    let (capped, has_cliff) =
        (edges().any(|rule| rule.kind() == RuleKind::Cap), edges().any(|rule| rule.kind() != RuleKind::Cap));
    checks.extend(if quota.multiplier == 0.0 && quota.target == 0.0 {
        let says = "The quota of nothing is a cap from the start: new business pays nothing at all.";
        Some(check(Level::Warning, says.to_owned()))
    } else if quota.multiplier == 0.0 {
        let says = format!(
            "A cap: above {} a {period} the next sale pays nothing, so it waits for the next {period}.",
            money(quota.target, 0)
        );
        Some(check(Level::Warning, says))
    } else {
        (!capped).then(|| check(Level::Fine, "No cap: the next sale always pays.".to_owned()))
    });
    checks.extend(if !quota.counts() || quota.multiplier == 0.0 {
        let fine = "No cliff: one sale more never changes the pay of those before it.";
        (!has_cliff).then(|| check(Level::Fine, fine.to_owned()))
    } else if quota.multiplier > 1.0 {
        let says = format!(
            "Above {} a {period} each sale pays {} times as much: it pays to bring sales of two {period}s into one.",
            money(quota.target, 0),
            plain(quota.multiplier, 2)
        );
        Some(check(Level::Warning, says))
    } else {
        let says = format!(
            "Above {} a {period} a sale pays less than in the next {period}: it pays to hold it back.",
            money(quota.target, 0)
        );
        Some(check(Level::Warning, says))
    });
    let (due, renewals) = due_this_year(workspace, seller);
    let floors = plan.rules.iter().filter(|rule| rule.is_on && rule.kind() == RuleKind::RenewalAboveFloor);
    checks.extend(floors.filter(|rule| rule.number(0) * rule.number(1) * due >= 0.5).map(|rule| {
        let says = Sentence::default()
            .say("The floor under renewal pay: of what comes due this year ")
            .mark(money_rounded(rule.number(0) * due), Emphasis::Figure)
            .say(" is below it, and that frees ")
            .mark(money_rounded(rule.number(0) * rule.number(1) * due), Emphasis::Figure)
            .say(" of pay for what would renew anyway.");
        Check { rule: Some(*rule), ..told(Level::Fine, says) }
    }));
    let won = payoff.map_or(0.0, |payoff| won_a_period(payoff, plan));
    if quota.counts() && won > 0.0 && won < quota.target {
        let says = Sentence::default()
            .say("Out of reach: with the time at its best for the pay a seller wins about ")
            .claim(money_rounded(won), Emphasis::Figure, Claim::WonAPeriod)
            .say(format!(" a {period}, so the quota changes nothing."));
        checks.push(told(Level::Note, says));
    }
    let sellers = if seller.is_some() { 1 } else { workspace.book.sellers().len().max(1) };
    if quota.counts() && quota.target > 0.0 && due > 0.0 {
        let a_year = quota.target * 12.0 / f64::from(quota.period.months().max(1)) * sellers as f64;
        let untouched = workspace.get(Input::RenewUnattended) * due / a_year;
        let whose = if sellers == 1 { "it".to_owned() } else { format!("the quotas of {sellers} sellers") };
        let says = Sentence::default()
            .say("Renewals do not count towards the quota. If they did, those that need no one would fill ")
            .claim(percent(untouched, 0), Emphasis::Figure, Claim::QuotaFilled)
            .say(format!(" of {whose} ("))
            .claim(counted(renewals, "renewal", "renewals"), Emphasis::None, Claim::QuotaFilled)
            .say(" due this year).");
        checks.push(told(Level::Note, says));
    }
    if plan.renewal.by_year().iter().skip(1).all(|part| part.get() == 0.0) {
        let says = "Nothing is paid for a renewal: an hour with customers pays the seller only by what they refer.";
        checks.push(check(Level::Warning, says.to_owned()));
    }
    let margin = workspace.book.mean_margin();
    let dearest = plan.new_business.get() + plan.referral.get();
    if dearest > margin {
        let says = Sentence::default()
            .say("A referred sale pays ")
            .claim(rate(dearest, 1), Emphasis::Seller, Claim::ReferredSale)
            .say(" of its annual value, more than the ")
            .claim(rate(margin.max(0.0), 1), Emphasis::Company, Claim::MeanMargin)
            .say(" that the company keeps of it in a year.");
        checks.push(told(Level::Warning, says));
    }
    if plan.renewal.by_year().iter().skip(1).any(|part| part.get() > plan.new_business.get()) {
        let says = "A renewal pays more than a sale: nobody has reason to look for new customers but to renew them.";
        checks.push(check(Level::Note, says.to_owned()));
    }
    checks
}

/// Annual value that comes up for renewal within twelve months, and how many contracts that are.
pub(super) fn due_this_year(workspace: &Workspace, seller: Option<&str>) -> (f64, usize) {
    workspace
        .book
        .active()
        .filter(|account| seller.is_none_or(|seller| account.seller == seller))
        .filter(|account| account.months_to_renewal(workspace.as_of) <= 12)
        .fold((0.0, 0), |(sum, count), account| (sum + account.annual_value.units(), count + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;
    use crate::model::pay::PlanPeriod;
    use crate::model::sample::sample_workspace;
    use crate::text::arithmetic::rule_arithmetic;
    use crate::text::verdict::plain_text;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn said(workspace: &Workspace) -> Vec<(Level, String)> {
        checks(workspace, None, None).into_iter().map(|check| (check.level, plain_text(&check.says))).collect()
    }

    #[test]
    fn caps_accelerators_and_decelerators_are_warned_about() {
        let mut workspace = sample();
        assert_eq!(
            said(&workspace),
            [
                (Level::Fine, "No cap: the next sale always pays.".to_owned()),
                (Level::Fine, "No cliff: one sale more never changes the pay of those before it.".to_owned()),
            ]
        );
        workspace.plan.quota.period = PlanPeriod::Quarter;
        workspace.plan.quota.multiplier = 0.0;
        let capped = said(&workspace);
        assert_eq!(
            capped[0],
            (
                Level::Warning,
                "A cap: above $100,000 a quarter the next sale pays nothing, so it waits for the next quarter."
                    .to_owned()
            )
        );
        // 40 accounts of 12,000 renew within the year; .6 of 480,000 against four quotas of 100,000.
        assert!(capped[2].1.contains("would fill 72% of it (40 renewals due this year)"), "{}", capped[2].1);
        workspace.plan.quota.multiplier = 1.5;
        assert_eq!(said(&workspace)[1].0, Level::Warning);
        assert!(said(&workspace)[1].1.contains("pays 1.5 times as much"));
        workspace.plan.quota.multiplier = 0.5;
        assert!(said(&workspace)[1].1.contains("hold it back"));
        workspace.plan.quota.multiplier = 1.0;
        workspace.plan.rules = [RuleKind::Cap, RuleKind::WinBonus, RuleKind::EachWin].map(Rule::new).to_vec();
        let told = said(&workspace);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|(level, _)| *level == Level::Warning), "{told:?}");
        assert!(told[0].1.starts_with("A cap on new business. Beyond it the next sale pays nothing"), "{told:?}");
        workspace.plan.rules.truncate(1);
        assert_eq!(said(&workspace)[1].1, "No cliff: one sale more never changes the pay of those before it.");
        workspace.plan.rules.clear();
        workspace.plan.quota.target = 0.0;
        workspace.plan.quota.multiplier = 0.0;
        assert!(said(&workspace)[0].1.contains("nothing at all"));
        let mut dear = sample();
        dear.set(Input::NewBusinessCommission, 0.69).unwrap();
        assert!(said(&dear)[2].1.contains("pays 71% of its annual value, more than the 70%"));
        dear.set(Input::RenewalCommission, 0.8).unwrap();
        assert!(said(&dear)[3].1.contains("A renewal pays more than a sale"));
    }

    #[test]
    fn a_floor_under_renewal_pay_says_what_it_frees() {
        let mut workspace = sample();
        workspace.plan.rules = vec![Rule::from_numbers(RuleKind::RenewalAboveFloor, &[0.6, 0.05]).unwrap()];
        // All of 480,000 comes due within the year: 60 % of it, at 5 %.
        let told = checks(&workspace, None, None);
        let floor = told.iter().find(|check| check.rule.is_some()).unwrap();
        assert_eq!(
            plain_text(&floor.says),
            "The floor under renewal pay: of what comes due this year $288,000 is below it, and that frees $14,400 of pay for \
             what would renew anyway."
        );
        let told = rule_arithmetic(&floor.rule.unwrap(), &workspace, None);
        assert_eq!((told.figure.as_str(), told.line.lines().len()), ("$14,400", 3));
    }

    #[test]
    fn a_quota_is_one_sellers_and_may_be_out_of_reach() {
        let mut workspace = sample();
        workspace.book.accounts.iter_mut().take(10).for_each(|account| account.seller = "Ada".to_owned());
        workspace.plan.quota.multiplier = 1.5;
        let said = |workspace: &Workspace, payoff: Option<&Payoff>, seller: Option<&str>| -> Vec<String> {
            checks(workspace, payoff, seller).into_iter().map(|check| plain_text(&check.says)).collect()
        };
        // .6 of 480,000 against two quotas of 100,000; of Ada's 120,000 against hers.
        let all = said(&workspace, None, None);
        assert!(all[2].contains("would fill 144% of the quotas of 2 sellers (40 renewals"), "{}", all[2]);
        let hers = said(&workspace, None, Some("Ada"));
        assert!(hers[2].contains("would fill 72% of it (10 renewals"), "{}", hers[2]);
        let payoff = crate::model::payoff::payoff(&workspace, &crate::model::payoff::Question::default()).unwrap();
        let won = won_a_period(&payoff, &workspace.plan);
        assert!(won > 0.0 && won < 100_000.0, "{won}");
        assert!(said(&workspace, Some(&payoff), None)[2].starts_with("Out of reach: "));
        workspace.plan.quota.target = 0.5 * won;
        assert!(!said(&workspace, Some(&payoff), None).iter().any(|says| says.starts_with("Out of reach")));
        workspace.set(Input::RenewalCommission, 0.0).unwrap();
        assert!(said(&workspace, None, None).last().unwrap().starts_with("Nothing is paid for a renewal"));
    }
}
