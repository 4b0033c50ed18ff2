//! The plan as sentences in which every number is one that can be changed, and what the plan gives reason to do.

use super::choice;
use super::claim::Claim;
use super::number::{CURRENCY, counted, money, money_rounded, percent, plain, rate};
use super::rules;
use super::verdict::{Emphasis, Part, Sentence};
use crate::model::bounds::{Input, Unit};
use crate::model::payoff::{PaidForAnyway, Payoff};
use crate::model::plan::Plan;
use crate::model::rules::{Rule as PlanRule, RuleKind};
use crate::model::workspace::Workspace;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words.
    Words(&'static str),
    /// What the rule is about.
    About(&'static str),
    /// A number that can be changed where it stands.
    Number(Input),
    /// The period of the quota, which can be chosen.
    QuotaPeriod,
}

/// One rule of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The sentence.
    pub pieces: Vec<Piece>,
    /// What comes of it, in small type below; may be empty.
    pub note: Vec<Part>,
}

impl Rule {
    /// The sentence as plain text.
    pub fn plain(&self, workspace: &Workspace) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::About(words) => (*words).to_owned(),
            Piece::Number(input) => format!("{}{}{}", before(*input), number_box(*input, workspace), after(*input)),
            Piece::QuotaPeriod => choice::period(workspace.plan.quota.period).to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

/// The number or range that stands in a sentence: thousands apart, no sign of currency or percent.
pub fn number_box(input: Input, workspace: &Workspace) -> String {
    match super::input::typed_range(input, workspace) {
        None if input.bounds().unit == Unit::Money => plain(workspace.get(input), 2),
        range => range.unwrap_or_else(|| super::input::typed(input, workspace.get(input))),
    }
}

/// What stands before the number.
pub const fn before(input: Input) -> &'static str {
    if let Unit::Money = input.bounds().unit { CURRENCY } else { "" }
}

/// What stands behind it.
pub const fn after(input: Input) -> &'static str {
    if let Unit::Percent = input.bounds().unit { "%" } else { "" }
}

/// The rules of the plan in use, in the order in which they matter; `paid` is this year's renewal commission by what it buys.
pub fn rules(workspace: &Workspace, paid: Option<&PaidForAnyway>) -> Vec<Rule> {
    use Piece::{About, Number, QuotaPeriod, Words};
    let plan = &workspace.plan;
    let new_business = Rule {
        pieces: vec![
            Words("Pay "),
            Number(Input::NewBusinessCommission),
            Words(" of annual value for "),
            About("new business"),
            Words(", and "),
            Number(Input::Accelerator),
            Words(" times as much on the part above "),
            Number(Input::Quota),
            Words(" a "),
            QuotaPeriod,
            Words("."),
        ],
        note: quota_note(plan),
    };
    let renewal = Rule {
        pieces: vec![
            Words("Pay "),
            Number(Input::RenewalCommission),
            Words(" of annual value when a customer "),
            About("renews"),
            Words(", from contract year 2."),
        ],
        note: paid.map_or_else(Vec::new, free_note),
    };
    let years = Rule {
        pieces: vec![
            Words("In contract year 3 that is "),
            Number(Input::RenewalYear3),
            Words(", in year 4 "),
            Number(Input::RenewalYear4),
            Words(", from year 5 on "),
            Number(Input::RenewalYear5),
            Words("; a renewal within the first year pays "),
            Number(Input::RenewalYear1),
            Words("."),
        ],
        note: words("A first yearly renewal opens contract year 2."),
    };
    let referral = Rule {
        pieces: vec![
            Words("Add "),
            Number(Input::ReferralCommission),
            Words(" for business "),
            About("referred"),
            Words(" by a customer."),
        ],
        note: words("On top of the rate for new business."),
    };
    let upsell = Rule {
        pieces: vec![
            Words("Pay "),
            Number(Input::UpsellCommission),
            Words(" of the increase when a customer "),
            About("renews for more"),
            Words("."),
        ],
        note: if workspace.get(Input::UpsellGrowth) == 0.0 {
            words("No customer renews for more until you say how much, under More assumptions on the Payoff page.")
        } else {
            Vec::new()
        },
    };
    vec![new_business, renewal, years, referral, upsell]
}

/// What the other reading of the quota would pay: the multiple on everything, once the quota is reached.
fn quota_note(plan: &Plan) -> Vec<Part> {
    let quota = &plan.quota;
    if !quota.counts() {
        return words("At 1 times as much there is no accelerator: every sale pays alike.");
    }
    let on_everything = (quota.multiplier - 1.0) * plan.new_business.get() * quota.target;
    let more = if on_everything < 0.0 { "less" } else { "more" };
    let rate = if quota.multiplier < 1.0 { "lower" } else { "higher" };
    Sentence::default()
        .say(format!(
            "Each slice at its own rate. Were the {rate} rate on everything once the quota is reached, reaching it would pay "
        ))
        .claim(money_rounded(on_everything.abs()), Emphasis::Seller, Claim::QuotaStep)
        .say(format!(" {more} at once."))
        .0
}

fn free_note(paid: &PaidForAnyway) -> Vec<Part> {
    let all = paid.free + paid.won;
    if all < 0.5 {
        return Vec::new();
    }
    Sentence::default()
        .claim(percent(paid.free / all, 0), Emphasis::Figure, Claim::FreePart)
        .say(" of it, ")
        .claim(money_rounded(paid.free), Emphasis::Seller, Claim::FreeRenewalPay)
        .say(", is paid this year for renewals that need no one.")
        .0
}

fn words(words: impl Into<String>) -> Vec<Part> {
    Sentence::default().say(words).0
}

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
    /// The rule that it is about, if it is about one: marked figures are what reaching its amount pays.
    pub rule: Option<PlanRule>,
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
        let mut says = words(format!("{}. ", rules::name(rule.kind())));
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
    let won = payoff.map_or(0.0, |payoff| won_a_period(payoff, plan));
    if quota.counts() && won > 0.0 && won < quota.target {
        let says = Sentence::default()
            .say("Out of reach: with the time at its best for the pay a seller wins about ")
            .claim(money_rounded(won), Emphasis::Figure, Claim::WonAPeriod)
            .say(format!(" a {period}, so the quota changes nothing."));
        checks.push(told(Level::Note, says));
    }
    let (due, renewals) = due_this_year(workspace, seller);
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
    use crate::model::rules::Rule;
    use crate::model::sample::sample_workspace;
    use crate::text::verdict::plain_text;

    fn sample() -> Workspace {
        sample_workspace(Month::parse("2026-11").unwrap())
    }

    fn said(workspace: &Workspace) -> Vec<(Level, String)> {
        checks(workspace, None, None).into_iter().map(|check| (check.level, plain_text(&check.says))).collect()
    }

    #[test]
    fn rules_are_sentences_with_the_numbers_of_the_plan() {
        let mut workspace = sample();
        let paid = PaidForAnyway { free: 5_760.0, won: 2_590.0 };
        let told = rules(&workspace, Some(&paid));
        assert_eq!(
            told[0].plain(&workspace),
            "Pay 10% of annual value for new business, and 1 times as much on the part above $100,000 a year."
        );
        assert_eq!(plain_text(&told[0].note), "At 1 times as much there is no accelerator: every sale pays alike.");
        assert_eq!(told[1].plain(&workspace), "Pay 2% of annual value when a customer renews, from contract year 2.");
        assert_eq!(plain_text(&told[1].note), "69% of it, $5,760, is paid this year for renewals that need no one.");
        assert_eq!(told.len(), 5);
        // Every number of the plan can be changed in one of the sentences, and none in two.
        let mut numbers: Vec<Input> = told
            .iter()
            .flat_map(|rule| &rule.pieces)
            .filter_map(|piece| match piece {
                Piece::Number(input) => Some(*input),
                _ => None,
            })
            .collect();
        let count = numbers.len();
        numbers.dedup();
        assert_eq!((count, numbers.len()), (10, 10));

        workspace.plan.quota.multiplier = 1.25;
        workspace.plan.quota.target = 420_000.0;
        assert!(plain_text(&rules(&workspace, None)[0].note).ends_with("reaching it would pay $10,500 more at once."));
        workspace.plan.quota.multiplier = 0.5;
        assert!(plain_text(&rules(&workspace, None)[0].note).contains("Were the lower rate on everything"));
        assert!(rules(&workspace, Some(&PaidForAnyway { free: 0.0, won: 0.0 }))[1].note.is_empty());
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
