//! What it takes to agree, in words: by the renewal commission alone, and for the same pay.

use super::claim::{Claim, Of, ToldPlan};
use super::number::{duration, money_rounded, rate};
use super::verdict::{Emphasis, Part, Sentence, Subject, share_words};
use crate::model::best_plan::BestPlan;
use crate::model::bounds::Input;
use crate::model::payoff::{AgreementPrice, Question};
use crate::model::plan::Plan;
use crate::model::quantity::CommissionRate;
use crate::model::workspace::Workspace;

/// What the best plan for the same pay is called.
const SAME_PAY: &str = "the best for the same pay";

/// The plans that the sentence is about, each with its name: the one at whose renewal commission both agree, and the best
/// for the same pay. Where there is none, the plan in use stands for it. They are compared by their rates alone, unless the rules
/// count in what was found.
pub fn plans_meant(
    agreement: Option<&AgreementPrice>,
    best: Option<&BestPlan>,
    in_use: &Plan,
    with_rules: bool,
) -> [ToldPlan; 2] {
    let rate = agreement.and_then(|price| CommissionRate::new(price.rate).ok());
    let agreed = rate.map(|rate| Plan { renewal: in_use.renewal.with_level(rate), ..in_use.clone() });
    let same_pay = match best {
        Some(BestPlan::Other(plan)) => plan.in_place_of(in_use),
        _ => in_use.clone(),
    };
    let told = |name: &str, plan: Plan| {
        if with_rules { ToldPlan { name: name.to_owned(), plan, with_rules } } else { ToldPlan::of_rates(name, plan) }
    };
    [told("where both agree", agreed.unwrap_or_else(|| in_use.clone())), told(SAME_PAY, same_pay)]
}

/// What agreement by the renewal commission alone takes; then the best plan of two flat rates for the same pay in months 1
/// to 12, and what it does for both. Its figures are about the plans of [`plans_meant`], which the page knows from the place
/// `first` on.
pub fn same_pay(
    agreement: Option<&AgreementPrice>,
    best: &BestPlan,
    question: &Question,
    workspace: &Workspace,
    first: usize,
) -> Vec<Part> {
    let sellers = if question.seller.is_some() { 1 } else { workspace.book.sellers().len().max(1) };
    let subject = Subject::of(sellers, question.seller.as_deref());
    let over = duration(workspace.assumptions.horizon);
    let price =
        agreement.map_or(Sentence::default(), |price| agreement_price(price, &subject, &over, workspace, first));
    let BestPlan::Other(plan) = best else {
        return price.say("For the same pay this year no other two rates would serve the company better.").0;
    };
    let (verb, amount) = match (plan.seller_change < 0.0, sellers) {
        (false, _) => ("", plan.seller_change),
        (true, 1) => ("loses ", -plan.seller_change),
        (true, _) => ("lose ", -plan.seller_change),
    };
    price
        .say("For the same pay this year ")
        .claim_of(rate(plan.new_business, 1), Emphasis::Figure, Claim::SolvedNew, Of::Plan(first + 1))
        .say(" on new business and ")
        .claim_of(rate(plan.renewal, 1), Emphasis::Figure, Claim::SolvedRenewal, Of::Plan(first + 1))
        .say(" on renewals would serve the company best: customers get ")
        .claim_of(share_words(plan.share, 0), Emphasis::Seller, Claim::SellerShare, Of::Plan(first + 1))
        .say(format!(", and over {over} the company gains "))
        .claim_of(money_rounded(plan.company_change), Emphasis::Company, Claim::CompanyValue, Of::Change(first + 1))
        .say(format!(", {} {verb}", subject.who))
        .claim_of(money_rounded(amount), Emphasis::Seller, Claim::SellerValue, Of::Change(first + 1))
        .say(".")
        .0
}

/// What a renewal commission at which both agree takes, if nothing else changes. Silent where that is next to nothing.
fn agreement_price(
    price: &AgreementPrice,
    subject: &Subject,
    over: &str,
    workspace: &Workspace,
    place: usize,
) -> Sentence {
    let AgreementPrice { rate, pay_change, company_change } = *price;
    if pay_change.abs() < 0.5 || company_change.abs() < 0.5 {
        return Sentence::default();
    }
    let way = if rate > workspace.get(Input::RenewalCommission) { "Raising" } else { "Lowering" };
    let (more, better) =
        (if pay_change > 0.0 { "more" } else { "less" }, if company_change > 0.0 { "better" } else { "worse" });
    Sentence::default()
        .say(format!("{way} that commission alone would pay {} ", subject.who))
        .claim_of(money_rounded(pay_change.abs()), Emphasis::Seller, Claim::FirstYearPay, Of::Change(place))
        .say(format!(" {more} this year and leave the company "))
        .claim_of(money_rounded(company_change.abs()), Emphasis::Company, Claim::CompanyValue, Of::Change(place))
        .say(format!(" {better} off over {over}. "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::best_plan::SamePayPlan;
    use crate::model::month::Month;
    use crate::model::payoff::{Samples, payoff};
    use crate::model::sample::sample_workspace;

    #[test]
    fn the_best_plan_for_the_same_pay_is_told_with_what_it_does_for_both() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let plan = SamePayPlan {
            new_business: 0.035,
            renewal: 0.032,
            floor: 0.0,
            share: 0.5,
            seller_change: -2_690.0,
            company_change: 80_900.0,
        };
        let said = |best: &BestPlan, workspace: &Workspace| -> String {
            same_pay(None, best, &question, workspace, 0).iter().map(|part| part.text.as_str()).collect()
        };
        assert_eq!(
            said(&BestPlan::Other(plan), &workspace),
            "For the same pay this year 3.5% on new business and 3.2% on renewals would serve the company best: customers \
             get 50%, and over five years the company gains $80,900, the seller loses $2,690."
        );
        let gain = BestPlan::Other(SamePayPlan { seller_change: 500.0, ..plan });
        assert!(
            said(&gain, &workspace).ends_with("the company gains $80,900, the seller $500."),
            "{}",
            said(&gain, &workspace)
        );
        let mut two = workspace.clone();
        two.book.accounts.iter_mut().take(10).for_each(|account| account.seller = "Other".to_owned());
        assert!(said(&BestPlan::Other(plan), &two).contains("the sellers lose $2,690."));
        let present = said(&BestPlan::Present { share: 0.4 }, &workspace);
        assert!(present.contains("no other two rates would serve the company better"), "{present}");
    }

    #[test]
    fn what_agreement_takes_is_told_before_what_the_same_pay_could_do() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let question = Question::default();
        let said = |rate: f64, pay_change: f64, company_change: f64| -> String {
            let price = AgreementPrice { rate, pay_change, company_change };
            let best = BestPlan::Present { share: 0.4 };
            same_pay(Some(&price), &best, &question, &workspace, 0).iter().map(|part| part.text.as_str()).collect()
        };
        assert_eq!(
            said(0.115, 36_120.0, -49_000.0),
            "Raising that commission alone would pay the seller $36,100 more this year and leave the company $49,000 worse \
             off over five years. For the same pay this year no other two rates would serve the company better."
        );
        let lower = said(0.01, -2_000.0, 9_000.0);
        assert!(
            lower.starts_with(
                "Lowering that commission alone would pay the seller $2,000 less this year and leave the company $9,000 better off"
            ),
            "{lower}"
        );
        assert!(said(0.01, 0.2, 9_000.0).starts_with("For the same pay"));
        // The figures are those of the payoff with that rate.
        let price = Samples::new(&workspace, &question).unwrap().agreement_price(&workspace, &question).unwrap();
        let mut agreed = workspace.clone();
        agreed.set(Input::RenewalCommission, price.rate).unwrap();
        let (now, then) = (payoff(&workspace, &question).unwrap(), payoff(&agreed, &question).unwrap());
        assert!((price.pay_change - (then.first_year_pay - now.first_year_pay)).abs() < 0.01, "{price:?}");
        let company = then.seller_best.company_value - now.seller_best.company_value;
        assert!((price.company_change - company).abs() < 0.01, "{price:?} {company}");
        assert!(then.gap < 1.0, "{}", then.gap);
        let there = Samples::new(&agreed, &question).unwrap().agreement_price(&agreed, &question);
        assert!(there.is_none_or(|price| price.pay_change.abs() < 1.0), "{there:?}");
    }
}
