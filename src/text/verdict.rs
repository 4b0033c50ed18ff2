//! The verdict: the page's answer in two or three sentences, right at every limit.

use super::claim::{Claim, Of};
use super::number::{counted, duration, money_rounded, percent, rate};
use crate::model::payoff::{Note, Payoff};
use crate::model::plan::Plan;
use crate::model::rate_solver::RateAnswer;

/// What a word in a sentence is about, so that the screen can mark it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// Plain words.
    None,
    /// The seller's figure.
    Seller,
    /// The company's figure.
    Company,
    /// Any other figure.
    Figure,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The words.
    pub text: String,
    /// What they are about.
    pub emphasis: Emphasis,
    /// The figure that they are, if it opens its arithmetic; about another plan than the one in use, its place among those
    /// that the page knows.
    pub claim: Option<(Claim, Of)>,
}

/// The answer in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// Where the hours go, where the company wants them, and what the gap costs.
    pub headline: Vec<Part>,
    /// The rate that closes the gap, or why there is none.
    pub support: Vec<Part>,
}

/// A sentence as plain text.
pub fn plain_text(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

impl Verdict {
    /// All sentences as plain text.
    pub fn plain(&self) -> String {
        match self.support.is_empty() {
            true => plain_text(&self.headline),
            false => format!("{} {}", plain_text(&self.headline), plain_text(&self.support)),
        }
    }
}

impl Verdict {
    /// Puts what the plan does with its `rules` first, and what its rates alone would do second.
    pub fn put_first(&mut self, rules: &[Part]) {
        let rates = std::mem::replace(&mut self.headline, rules.to_vec());
        let rest = std::mem::replace(&mut self.support, rates);
        self.support.push(Part { text: " ".to_owned(), emphasis: Emphasis::None, claim: None });
        self.support.extend(rest);
    }
}

/// Who the sentence is about.
pub(super) struct Subject {
    name: String,
    earns: &'static str,
    their: &'static str,
    pub(super) who: &'static str,
}

impl Subject {
    pub(super) fn of(sellers: usize, seller: Option<&str>) -> Subject {
        match seller {
            Some(name) if !name.is_empty() => {
                Subject { name: name.to_owned(), earns: "earns", their: "their", who: "the seller" }
            }
            _ if sellers == 1 => {
                Subject { name: "a seller".to_owned(), earns: "earns", their: "their", who: "the seller" }
            }
            _ => Subject {
                name: format!("these {}", counted(sellers, "seller", "sellers")),
                earns: "earn",
                their: "their",
                who: "the sellers",
            },
        }
    }
}

/// A share of time in words: `none`, `all`, or a percentage that is never rounded to either.
pub(super) fn share_words(share: f64, decimals: usize) -> String {
    let least = 0.5 * libm::pow(10.0, -2.0 - decimals as f64);
    if share <= 0.0 {
        "none".to_owned()
    } else if share >= 1.0 {
        "all".to_owned()
    } else if share < least {
        format!("less than {}", rate(2.0 * least, decimals))
    } else if share > 1.0 - least {
        format!("more than {}", rate(1.0 - 2.0 * least, decimals))
    } else {
        percent(share, decimals)
    }
}

/// Shares nearer than this are one share to the reader.
const SAME_SHARE: f64 = 0.005;
/// A gap below this part of the company's value is not worth a figure.
const GAP_TOO_SMALL: f64 = 5e-5;

#[derive(Default)]
pub(super) struct Sentence(pub(super) Vec<Part>);

impl Sentence {
    pub(super) fn say(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part { text: text.into(), emphasis: Emphasis::None, claim: None });
        self
    }

    pub(super) fn mark(mut self, text: impl Into<String>, emphasis: Emphasis) -> Self {
        self.0.push(Part { text: text.into(), emphasis, claim: None });
        self
    }

    /// A figure that opens its arithmetic.
    pub(super) fn claim(mut self, text: impl Into<String>, emphasis: Emphasis, claim: Claim) -> Self {
        self.0.push(Part { text: text.into(), emphasis, claim: Some((claim, Of::InUse)) });
        self
    }

    /// The same of something else than the plan in use.
    pub(super) fn claim_of(mut self, text: impl Into<String>, emphasis: Emphasis, claim: Claim, of: Of) -> Self {
        self.0.push(Part { text: text.into(), emphasis, claim: Some((claim, of)) });
        self
    }
}

/// The verdict on `payoff` for `seller`, or for all if `None`, under `plan`. It is about the rates of the plan: rules beside
/// them are said to be left out.
pub fn verdict(payoff: &Payoff, seller: Option<&str>, plan: &Plan) -> Verdict {
    let subject = Subject::of(payoff.sellers, seller);
    if payoff.hours <= 0.0 {
        let headline =
            Sentence(Vec::new()).say("Without selling hours there is nothing to divide. Set the selling hours a year.");
        return Verdict { headline: headline.0, support: Vec::new() };
    }
    if payoff.annual_value <= 0.0 {
        let (lacks, remedy) = match payoff.accounts {
            0 => ("active account to keep", "Add an account, or drop a CSV file"),
            _ => ("account with an annual value", "Enter values, or drop the file of your deals"),
        };
        let headline = Sentence(Vec::new())
            .say(format!("There is no {lacks} yet, so there is no gap to show. {remedy} on this page."));
        return Verdict { headline: headline.0, support: Vec::new() };
    }
    let current_rate = plan.renewal.first_renewal().get();
    Verdict { headline: headline(payoff, &subject, plan), support: support(payoff, &subject, current_rate) }
}

fn headline(payoff: &Payoff, subject: &Subject, plan: &Plan) -> Vec<Part> {
    let (seller, company) = (payoff.seller_best.share, payoff.company_best.share);
    let decimals = usize::from(percent(seller, 0) == percent(company, 0));
    let opening = Sentence(Vec::new())
        .say(format!("Under {} {} {} most by giving customers ", what_counts(plan), subject.name, subject.earns))
        .claim(share_words(seller, decimals), Emphasis::Seller, Claim::SellerShare)
        .say(format!(" of {} selling time", subject.their));
    let gap_counts = payoff.gap >= 0.5 && payoff.gap >= GAP_TOO_SMALL * payoff.company_best.company_value.abs();
    let sentence = if (seller - company).abs() < SAME_SHARE {
        let agreed = opening.say(", and that is what the company would want");
        if gap_counts { agreed.say(", give or take. ") } else { agreed.say(".") }
    } else {
        let only = if company < seller { "only " } else { "" };
        opening
            .say(format!(". The company would want {only}"))
            .claim(share_words(company, decimals), Emphasis::Company, Claim::CompanyShare)
            .say(". ")
    };
    let over = duration(payoff.horizon);
    let sentence = match gap_counts {
        true => sentence
            .say(format!("Over {over} the gap costs "))
            .claim(money_rounded(payoff.gap), Emphasis::Figure, Claim::Gap)
            .say("."),
        false if (seller - company).abs() < SAME_SHARE => sentence,
        false => sentence.say(format!("Over {over} the gap costs next to nothing.")),
    };
    sentence.0
}

/// What the figures are about.
fn what_counts(plan: &Plan) -> String {
    match plan.rules_on() {
        0 => "this plan".to_owned(),
        on => format!("the rates of this plan, its {} left out,", counted(on, "rule", "rules")),
    }
}

fn support(payoff: &Payoff, subject: &Subject, current_rate: f64) -> Vec<Part> {
    let sentence = Sentence(Vec::new());
    let sentence = match payoff.agreement {
        RateAnswer::At { rate: agreed, .. } if (agreed - current_rate).abs() < 0.0005 => sentence
            .say("This plan's ")
            .claim(rate(agreed, 1), Emphasis::Figure, Claim::Agreement)
            .say(" is where both agree."),
        RateAnswer::At { rate: agreed, .. } => sentence
            .say("At ")
            .claim(rate(agreed, 1), Emphasis::Figure, Claim::Agreement)
            .say(" renewal commission both agree."),
        RateAnswer::EvenAtZero { .. } => {
            sentence.say(format!("Even without renewal commission {} would not do less than that.", subject.who))
        }
        RateAnswer::Jump { rate: at, from, to } => sentence
            .say("No renewal commission makes both agree: the share jumps from ")
            .claim(share_words(from, 0), Emphasis::Seller, Claim::Agreement)
            .say(" to ")
            .claim(share_words(to, 0), Emphasis::Seller, Claim::Agreement)
            .say(" at ")
            .claim(rate(at, 1), Emphasis::Figure, Claim::Agreement)
            .say("."),
        RateAnswer::Never { greatest_share, .. } => sentence
            .say(format!("No renewal commission makes both agree: none moves {} beyond ", subject.who))
            .claim(share_words(greatest_share, 0), Emphasis::Seller, Claim::Agreement)
            .say("."),
    };
    let sentence = match payoff.first_hour {
        RateAnswer::At { rate: first, .. } if rate(first, 1) == rate(0.0, 1) => sentence
            .say(" The first hour on customers pays ")
            .claim("at next to no renewal commission", Emphasis::Figure, Claim::FirstHour)
            .say("."),
        RateAnswer::At { rate: first, .. } => sentence
            .say(" The first hour on customers pays from ")
            .claim(rate(first, 1), Emphasis::Figure, Claim::FirstHour)
            .say(" on."),
        RateAnswer::Never { .. } => sentence.say(" No renewal commission makes the first hour on customers pay."),
        RateAnswer::EvenAtZero { .. } | RateAnswer::Jump { .. } => sentence,
    };
    let sentence = match payoff.seller_best.rival_share {
        Some(rival) => sentence
            .say(" Almost as well paid: ")
            .claim(share_words(rival, 0), Emphasis::Seller, Claim::SellerShare)
            .say(" of the time."),
        None => sentence,
    };
    if payoff.company_best.company_value < 0.0 {
        return sentence.say(" At these margins and rates the company loses money on any split.").0;
    }
    sentence.0
}

/// The rate that a solver found, or why there is none, for beside its label.
pub fn rate_answer(answer: &RateAnswer) -> String {
    match *answer {
        RateAnswer::At { rate: at, .. } => rate(at, 1),
        RateAnswer::EvenAtZero { .. } => "even at 0%".to_owned(),
        RateAnswer::Jump { rate: at, from, to } => {
            // A jump within a whole percentage is told with its tenths.
            let decimals = usize::from(percent(from, 0) == percent(to, 0));
            let (from, to) = (share_words(from, decimals), share_words(to, decimals));
            format!("no such rate: the share jumps from {from} to {to} at {}", rate(at, 1))
        }
        RateAnswer::Never { greatest_share, at_rate } => {
            format!(
                "no such rate: the share reaches {} at most (at {})",
                share_words(greatest_share, 0),
                rate(at_rate, 1)
            )
        }
    }
}

/// A note in words.
pub fn note(note: &Note) -> String {
    match *note {
        Note::NoAccounts => "No active account: only new business is weighed.".to_owned(),
        Note::NoDates(count) => format!(
            "{} no start and no renewal date and {} as won this month.",
            counted(count, "account has", "accounts have"),
            if count == 1 { "counts" } else { "count" },
        ),
        Note::OverdueRenewals(count) => format!(
            "{} a renewal date that has passed and {} as due next month.",
            counted(count, "account has", "accounts have"),
            if count == 1 { "counts" } else { "count" },
        ),
        Note::OwnContractYears => {
            "Some contract years pay a renewal commission of their own. The rates asked for, and the \
             charts over them, are for one level rate from the second contract year on."
                .to_owned()
        }
        Note::JudgementsLeftOut(count) => format!(
            "{} own renewal chances that do not rise from none to all attention; the general ones are used.",
            counted(count, "account has", "accounts have"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bounds::Input;
    use crate::model::month::Month;
    use crate::model::payoff::{Question, payoff};
    use crate::model::quantity::Money;
    use crate::model::sample::sample_workspace;
    use crate::model::workspace::Workspace;

    fn said(change: impl FnOnce(&mut Workspace)) -> String {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        change(&mut workspace);
        let answer = payoff(&workspace, &Question::default()).unwrap();
        verdict(&answer, None, &workspace.plan).plain()
    }

    #[test]
    fn the_default_case_reads_as_the_method_page_says() {
        assert_eq!(
            said(|_| {}),
            "Under this plan a seller earns most by giving customers 33% of their selling time. The company would want 52%. Over five \
             years the gap costs $103,000. At 11.5% renewal commission both agree."
        );
    }

    #[test]
    fn what_rules_do_is_put_before_the_rates_alone() {
        let workspace = sample_workspace(Month::parse("2026-11").unwrap());
        let answer = payoff(&workspace, &Question::default()).unwrap();
        let mut verdict = verdict(&answer, None, &workspace.plan);
        let rates = verdict.plain();
        verdict.put_first(&Sentence::default().say("With its rule.").0);
        assert_eq!(verdict.plain(), format!("With its rule. {rates}"));
    }

    #[test]
    fn limits_are_said_in_words() {
        let none = said(|workspace| {
            workspace.set(Input::Referrals, 0.0).unwrap();
            workspace.set(Input::RenewalCommission, 0.0).unwrap();
        });
        assert!(none.contains("earns most by giving customers none of their selling time"), "{none}");
        let all = said(|workspace| {
            workspace.set(Input::Leads, 0.0).unwrap();
            workspace.set(Input::Referrals, 0.0).unwrap();
        });
        assert!(
            all.contains(
                "earns most by giving customers all of their selling time, and that is what the company would"
            ),
            "{all}"
        );
        let year = said(|workspace| workspace.set(Input::Horizon, 12.0).unwrap());
        assert!(year.contains("Over one year the gap costs"), "{year}");
        let no_hours = said(|workspace| {
            workspace.set(Input::HoursPerYear, 0.0).unwrap();
            workspace.set(Input::RenewToday, 0.6).unwrap();
        });
        assert!(no_hours.starts_with("Without selling hours"), "{no_hours}");
        let no_accounts = said(|workspace| workspace.book.accounts.clear());
        assert!(no_accounts.starts_with("There is no active account"), "{no_accounts}");
        let agreed = said(|workspace| workspace.set(Input::RenewalCommission, 0.1149).unwrap());
        assert!(
            agreed.contains("that is what the company would want") && agreed.contains("This plan's 11.5%"),
            "{agreed}"
        );
        let worthless = said(|workspace| {
            for account in &mut workspace.book.accounts {
                account.annual_value = Money::ZERO;
            }
        });
        assert!(worthless.ends_with("Enter values, or drop the file of your deals on this page."), "{worthless}");
    }

    #[test]
    fn several_sellers_are_plural_and_a_lone_account_singular() {
        let two = said(|workspace| {
            for account in workspace.book.accounts.iter_mut().skip(20) {
                account.seller = "Other".to_owned();
            }
        });
        assert!(two.contains("these 2 sellers earn most by giving customers"), "{two}");
        assert!(note(&Note::OwnContractYears).contains("one level rate"));
        assert_eq!(note(&Note::NoDates(1)), "1 account has no start and no renewal date and counts as won this month.");
    }
}
