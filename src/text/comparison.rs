//! Plans side by side, in words.

use super::claim::{Claim, Of};
use super::number::{count, counted, duration, money, money_rounded, percent, plain, rate};
use super::verdict::{Emphasis, Part, Sentence, Subject, share_words};
use crate::model::daily_price::{DAILY_HOURS, WORKING_DAYS, daily_share};
use crate::model::monte_carlo::Chance;
use crate::model::payoff::PlanOutcome;
use crate::model::same_money::{NoTrade, Sameness, Trade};

/// Pay this near is the same to the reader, as a part of it.
const SAME_PAY: f64 = 0.001;
/// A change below this part of the company's value is inside what the assumptions can tell.
const TELLABLE: f64 = 0.01;
/// Who loses where nobody does.
const NOBODY: &str = "nobody";
/// A gap below this part of the company's value is none.
const NO_GAP: f64 = 5e-5;

/// A plan that is told beside the one in use.
#[derive(Debug, Clone)]
pub struct Named<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its rates in short.
    pub rates: String,
    /// What it does.
    pub outcome: &'a PlanOutcome,
    /// Its place among the plans that the page tells of.
    pub place: usize,
}

/// What the best of the plans compared does against the one in use: the page's heading. `others` are the kept plans that
/// are known. Who would earn less is marked as the sellers' and no claim: it is told by both outcomes.
pub fn heading(present: (&str, &PlanOutcome), others: &[Named<'_>], seller: Option<&str>, months: u32) -> Vec<Part> {
    let (rates, now) = present;
    // For the same pay, if any such plan serves the company better.
    let value = |it: &Named<'_>| it.outcome.company_value;
    let by_value = |one: &&Named<'_>, other: &&Named<'_>| value(one).total_cmp(&value(other));
    let gains = |it: &&Named<'_>| value(it) > now.company_value;
    let same_pay = |it: &&Named<'_>| is_same_pay(now.first_year_pay, it.outcome.first_year_pay);
    let best = others.iter().filter(same_pay).filter(gains).max_by(by_value).or_else(|| others.iter().max_by(by_value));
    let Some(Named { name, rates: other_rates, outcome: then, place }) = best else {
        return Sentence::default()
            .say("This plan pays ")
            .mark(rates, Emphasis::Figure)
            .say(". Keep another beside it to see what changes.")
            .0;
    };
    let subject = Subject::of(now.sellers.len().max(1), seller);
    let over = duration(months);
    let pay_change = then.first_year_pay - now.first_year_pay;
    let figure = |sentence: Sentence, amount: String, emphasis: Emphasis, claim: Claim| {
        sentence.claim_of(amount, emphasis, claim, Of::Change(*place))
    };
    let for_pay = if is_same_pay(now.first_year_pay, then.first_year_pay) {
        Sentence::default().say("For the same pay this year")
    } else {
        let more = if pay_change > 0.0 { "more" } else { "less" };
        let amount = money_rounded(pay_change.abs());
        figure(Sentence::default().say("For "), amount, Emphasis::Seller, Claim::FirstYearPay)
            .say(format!(" {more} pay this year"))
    };
    let gain = then.company_value - now.company_value;
    let sentence =
        for_pay.say(format!(", moving to “{name}” (")).mark(other_rates.as_str(), Emphasis::Figure).say(") ");
    let company = |sentence: Sentence, amount: String| figure(sentence, amount, Emphasis::Company, Claim::CompanyValue);
    if gain <= 0.0 {
        return company(sentence.say("costs the company "), money_rounded(-gain))
            .say(format!(" over {over}: none of the kept plans serves it better than the one in use."))
            .0;
    }
    if gain < TELLABLE * now.company_value.abs() {
        return company(sentence.say("changes the company’s value by "), signed(gain, 0))
            .say(format!(" over {over}, less than these assumptions can tell."))
            .0;
    }
    let seller_change = then.seller_value - now.seller_value;
    let off = if seller_change < 0.0 { "worse off" } else { "better off" };
    let sentence = company(gap_change(sentence, now, then, *place).say("gains the company "), money_rounded(gain))
        .say(format!(" over {over} and leaves {} ", subject.who));
    let sentence = figure(sentence, money_rounded(seller_change.abs()), Emphasis::Seller, Claim::SellerValue)
        .say(format!(" {off}."));
    match losers(now, then).filter(|lost| lost != NOBODY) {
        Some(lost) => sentence.say(" This year ").mark(lost, Emphasis::Seller).say(", earn less.").0,
        None => sentence.0,
    }
}

/// What 45 minutes a day are taken to be, of `hours` of selling time a year.
pub fn daily_note(hours: f64) -> Vec<Part> {
    let day = counted(libm::round(DAILY_HOURS * WORKING_DAYS) as usize, "hour", "hours");
    Sentence::default()
        .say("45 minutes a day are ")
        .mark(day, Emphasis::Figure)
        .say(format!(" on {} working days, ", plain(WORKING_DAYS, 0)))
        .mark(share_words(daily_share(hours), 0), Emphasis::Figure)
        .say(" of the selling time, against no time with customers at all; the rest goes to prospecting.")
        .0
}

/// Whether two amounts of pay are the same to the reader.
pub fn is_same_pay(one: f64, other: f64) -> bool {
    (one - other).abs() <= (SAME_PAY * one.abs().max(other.abs())).max(0.5)
}

/// "closes 98% of the gap, ", or what else becomes of it; nothing where there is none to speak of.
fn gap_change(sentence: Sentence, now: &PlanOutcome, then: &PlanOutcome, place: usize) -> Sentence {
    if now.gap <= NO_GAP * now.company_value.abs() {
        return sentence;
    }
    let closed = 1.0 - then.gap / now.gap;
    if closed < -0.005 {
        let gap = money_rounded(then.gap);
        sentence.say("widens the gap to ").claim_of(gap, Emphasis::Figure, Claim::Gap, Of::Plan(place)).say(", ")
    } else if closed < 0.005 {
        sentence.say("leaves the gap as it is, ")
    } else if closed > 0.995 {
        sentence.say("closes the gap, ")
    } else {
        let part = percent(closed, 0);
        sentence
            .say("closes ")
            .claim_of(part, Emphasis::Figure, Claim::GapClosed, Of::Change(place))
            .say(" of the gap, ")
    }
}

/// What is kept the same, in few words.
pub const fn sameness(sameness: Sameness) -> &'static str {
    match sameness {
        Sameness::FirstYear => "this year’s pay, sellers at their best",
        Sameness::FirstYearHeld => "this year’s pay, time as it is best now",
        Sameness::Horizon => "all pay over the horizon, as it is worth today",
        Sameness::PerNewAccount => "pay on one new account, as it is worth today",
    }
}

/// What a trade does. Its figures are about the plan that the page knows at `place`.
pub fn trade(found: &Result<Trade, NoTrade>, place: usize) -> Vec<Part> {
    match found {
        Err(why) => Sentence::default().say(why.to_string()).0,
        Ok(trade) => {
            let change = |amount: f64| signed(amount, 0);
            Sentence::default()
                .say(rate(trade.new_business, 2))
                .say(" on new business goes with ")
                .claim_of(rate(trade.renewal, 2), Emphasis::Figure, Claim::SolvedRenewal, Of::Plan(place))
                .say(" on renewals: customers get ")
                .claim_of(percent(trade.share, 0), Emphasis::Seller, Claim::SellerShare, Of::Plan(place))
                .say(" of the selling time, the company’s value changes by ")
                .claim_of(change(trade.company_change), Emphasis::Company, Claim::CompanyValue, Of::Change(place))
                .say(" and the pay, as sellers value it, by ")
                .claim_of(change(trade.seller_change), Emphasis::Seller, Claim::SellerValue, Of::Change(place))
                .say(".")
                .0
        }
    }
}

/// An amount with its sign, also above 0: "+$977".
pub fn signed(amount: f64, decimals: usize) -> String {
    let text = money(amount, decimals);
    if amount > 0.0 && text != money(0.0, decimals) { format!("+{text}") } else { text }
}

/// A number with its sign, also above 0.
pub fn signed_count(number: f64, decimals: usize) -> String {
    let text = count(number, decimals);
    if number > 0.0 && text != count(0.0, decimals) { format!("+{text}") } else { text }
}

/// How many sellers would earn less in the first year, and by how much; `None` for a single seller.
pub fn losers(now: &PlanOutcome, then: &PlanOutcome) -> Option<String> {
    if now.sellers.len() < 2 || now.sellers.len() != then.sellers.len() {
        return None;
    }
    let losses: Vec<f64> = losses(now, then).collect();
    let most = losses.iter().copied().fold(0.0, f64::max);
    Some(match losses.len() {
        0 => NOBODY.to_owned(),
        number => format!("{number} of {}, by up to {}", now.sellers.len(), money_rounded(most)),
    })
}

/// What it would cost in the first year to pay nobody less than now; `None` where nobody earns less, or for a single seller.
pub fn made_up(now: &PlanOutcome, then: &PlanOutcome) -> Option<f64> {
    losers(now, then).filter(|lost| lost != NOBODY)?;
    Some(losses(now, then).sum())
}

/// What each seller who would earn less in the first year would lose.
fn losses(now: &PlanOutcome, then: &PlanOutcome) -> impl Iterator<Item = f64> {
    let changes = now.sellers.iter().zip(&then.sellers);
    let noticed = changes.filter(|(now, then)| !is_same_pay(now.first_year_pay, then.first_year_pay));
    noticed.map(|(now, then)| now.first_year_pay - then.first_year_pay).filter(|loss| *loss > 0.0)
}

/// In how many cases somebody is better off: "in 97% of cases", never rounded to none or all.
pub fn better_off(chance: &Chance) -> String {
    match chance.better {
        _ if chance.equal >= 1.0 => "just as well off".to_owned(),
        better if better <= 0.0 => "in no case".to_owned(),
        better if better >= 1.0 => "in every case".to_owned(),
        better if better < 0.005 => "in less than 1% of cases".to_owned(),
        better if better > 0.995 => "in more than 99% of cases".to_owned(),
        better => format!("in {} of cases", percent(better, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::payoff::SellerOutcome;

    fn outcome(company_value: f64, gap: f64, pay: f64, seller_value: f64) -> PlanOutcome {
        PlanOutcome {
            seller_share: 0.3,
            company_share: 0.5,
            accounts_after: 40.0,
            company_value,
            gap,
            free_renewal_pay: 0.0,
            first_year_pay: pay,
            seller_value,
            daily: Default::default(),
            sellers: vec![SellerOutcome { share: 0.3, company_share: 0.5, first_year_pay: pay }],
        }
    }

    fn plain(parts: &[Part]) -> String {
        parts.iter().map(|part| part.text.as_str()).collect()
    }

    #[test]
    fn the_heading_is_about_the_best_of_the_others() {
        let now = outcome(2_175_833.0, 102_663.0, 17_000.0, 40_430.0);
        let said = |others: &[Named<'_>]| plain(&heading(("10% new", &now), others, None, 60));
        let (little, further) =
            (outcome(2_220_567.0, 50_250.0, 17_000.2, 41_408.0), outcome(2_256_247.0, 2_442.0, 17_000.0, 42_962.0));
        let named = |name: &'static str, outcome| Named { name, rates: "4% new".to_owned(), outcome, place: 1 };
        assert_eq!(
            said(&[named("A little", &little), named("Further", &further)]),
            "For the same pay this year, moving to “Further” (4% new) closes 98% of the gap, gains the company $80,400 over \
             five years and leaves the seller $2,530 better off."
        );
        assert_eq!(said(&[]), "This plan pays 10% new. Keep another beside it to see what changes.");
        let dear = outcome(2_300_000.0, 0.0, 20_000.0, 39_430.0);
        assert_eq!(
            said(&[named("Dear", &dear)]),
            "For $3,000 more pay this year, moving to “Dear” (4% new) closes the gap, gains the company $124,000 over five \
             years and leaves the seller $1,000 worse off."
        );
        // The three changes are claims about its plan.
        let placed = Named { place: 2, ..named("Dear", &dear) };
        let claims: Vec<_> =
            heading(("10% new", &now), &[placed], None, 60).into_iter().filter_map(|part| part.claim).collect();
        let all = [Claim::FirstYearPay, Claim::CompanyValue, Claim::SellerValue];
        assert_eq!(claims, all.map(|claim| (claim, Of::Change(2))));
        let worse = outcome(2_100_000.0, 150_000.0, 16_000.0, 39_000.0);
        assert_eq!(
            said(&[named("Worse", &worse)]),
            "For $1,000 less pay this year, moving to “Worse” (4% new) costs the company $75,800 over five years: none of the \
             kept plans serves it better than the one in use."
        );
        let wider = outcome(2_200_000.0, 150_000.0, 17_000.0, 40_430.0);
        assert!(said(&[named("Wider", &wider)]).contains("widens the gap to $150,000, gains"));
        // A plan for the same pay comes before one that is worth more for other pay.
        assert!(
            said(&[named("Dear", &dear), named("A little", &little)])
                .starts_with("For the same pay this year, moving to “A little”")
        );
        let hardly = outcome(2_177_820.0, 100_000.0, 17_000.0, 40_430.0);
        assert!(
            said(&[named("Hardly", &hardly)])
                .ends_with("by +$1,987 over five years, less than these assumptions can tell.")
        );
        let several = |pays: &[f64], company_value: f64| PlanOutcome {
            sellers: pays
                .iter()
                .map(|pay| SellerOutcome { share: 0.3, company_share: 0.5, first_year_pay: *pay })
                .collect(),
            ..outcome(company_value, 0.0, 30_000.0, 1.0)
        };
        let (three, then) = (several(&[9_000.0, 10_000.0, 11_000.0], 1e6), several(&[8_000.0, 9_900.0, 12_100.0], 2e6));
        let told = plain(&heading(("x", &three), &[named("B", &then)], None, 60));
        assert!(told.ends_with("better off. This year 2 of 3, by up to $1,000, earn less."), "{told}");
        let agreed = outcome(1e6, 10.0, 1.0, 1.0);
        assert!(plain(&heading(("x", &agreed), &[named("B", &now)], None, 60)).contains("(4% new) gains the company"));
    }

    #[test]
    fn losers_are_counted_among_several() {
        let with = |pays: &[f64]| PlanOutcome {
            sellers: pays
                .iter()
                .map(|pay| SellerOutcome { share: 0.3, company_share: 0.5, first_year_pay: *pay })
                .collect(),
            ..outcome(1.0, 0.0, 1.0, 1.0)
        };
        let now = with(&[10_000.0, 20_000.0, 30_000.0]);
        assert_eq!(losers(&now, &with(&[9_000.0, 17_500.0, 31_000.0])).as_deref(), Some("2 of 3, by up to $2,500"));
        assert_eq!(made_up(&now, &with(&[9_000.0, 17_500.0, 31_000.0])), Some(3_500.0));
        assert_eq!(made_up(&now, &with(&[10_000.2, 20_000.0, 29_999.9])), None);
        assert_eq!(losers(&now, &with(&[10_000.2, 20_000.0, 29_999.9])).as_deref(), Some("nobody"));
        assert_eq!(losers(&with(&[1.0]), &with(&[0.0])), None);
    }

    #[test]
    fn chances_are_rounded_neither_to_none_nor_to_all() {
        let said = |better: f64, equal: f64| {
            better_off(&Chance { better, equal, standard_error: 0.0, difference: 0.0, difference_error: 0.0 })
        };
        assert_eq!(
            [said(0.0, 1.0), said(0.0, 0.5), said(1.0, 0.0)],
            ["just as well off", "in no case", "in every case"]
        );
        assert_eq!([said(0.0049, 0.0), said(0.9951, 0.0)], ["in less than 1% of cases", "in more than 99% of cases"]);
        assert_eq!(said(0.973, 0.0), "in 97% of cases");
    }

    #[test]
    fn a_day_is_told_as_a_share_of_the_selling_time() {
        assert_eq!(
            plain(&daily_note(630.0)),
            "45 minutes a day are 169 hours on 225 working days, 27% of the selling time, against no time with customers at all; the rest goes to prospecting."
        );
        assert!(
            plain(&daily_note(0.0)).contains("none of the selling time")
                && plain(&daily_note(90.0)).contains("all of the selling time")
        );
    }

    #[test]
    fn changes_have_their_sign() {
        assert_eq!([signed(977.4, 0), signed(-3.6, 0), signed(0.3, 0)], ["+$977", "\u{2212}$4", "$0"]);
        assert_eq!([signed_count(1.62, 1), signed_count(0.01, 1)], ["+1.6", "0.0"]);
        let found = Ok(Trade {
            new_business: 0.08,
            renewal: 0.024_188,
            share: 0.381,
            seller_change: 977.0,
            company_change: 44_734.0,
        });
        assert_eq!(
            plain(&trade(&found, 3)),
            "8% on new business goes with 2.42% on renewals: customers get 38% of the selling time, the company’s value \
             changes by +$44,734 and the pay, as sellers value it, by +$977."
        );
        assert!(plain(&trade(&Err(NoTrade::TooLittleAtMost), 3)).ends_with("choose a higher one."));
    }
}
