//! Hours in words: what the next one pays, and what today's share comes to.

use super::claim::Claim;
use super::number::{counted, plain};
use super::verdict::{Emphasis, Part, Sentence};
use crate::model::payoff::HourWorth;

/// Compares an hour with customers with an hour of prospecting, for both.
pub fn hours_compared(seller: &HourWorth, company: &HourWorth) -> Vec<Part> {
    let sentence = compared(Sentence::default().say("For the company "), company, true);
    compared(sentence.say("; for the seller "), seller, false).say(".").0
}

fn compared(sentence: Sentence, hour: &HourWorth, whole: bool) -> Sentence {
    let times = hour.customers / hour.prospecting;
    match in_words(hour, whole) {
        Ok(words) => sentence.say(words),
        Err(of) => {
            let claim = if whole { Claim::CompanyTimes } else { Claim::SellerTimes };
            let subject = if whole { "an hour with customers is worth " } else { "" };
            let digits = usize::from(times < 10.0);
            let figure = format!("{} times", plain(times, digits));
            sentence.say(subject).claim(figure, Emphasis::Figure, claim).say(of)
        }
    }
}

/// How both hours compare where no figure says it better; else what follows the figure.
fn in_words(hour: &HourWorth, whole: bool) -> Result<String, &'static str> {
    let subject = if whole { "an hour with customers is worth " } else { "" };
    // Less than half a cent an hour is rounding, not pay.
    let nothing = |amount: f64| amount < 0.005;
    if nothing(hour.customers) && nothing(hour.prospecting) {
        return Ok(if whole { "neither hour earns anything" } else { "neither earns anything" }.to_owned());
    }
    if nothing(hour.prospecting) {
        return Ok(
            if whole { "only an hour with customers earns anything" } else { "only that earns anything" }.to_owned()
        );
    }
    if nothing(hour.customers) {
        return Ok("only an hour of prospecting earns anything".to_owned());
    }
    let times = hour.customers / hour.prospecting;
    let of = if whole { " an hour of prospecting" } else { "" };
    if (0.95..1.05).contains(&times) {
        return Ok(format!("{subject}as much as{}", if whole { " an hour of prospecting" } else { " the other" }));
    }
    if times < 0.095 {
        return Ok(format!("{subject}less than a tenth of{}", if whole { of } else { " it" }));
    }
    Err(of)
}

/// What today's share of the selling time is in hours a year, and for each of so many accounts of a seller.
pub fn hours_today(hours: f64, accounts: f64) -> Vec<Part> {
    let whole = counted(libm::round(hours) as usize, "hour", "hours");
    let sentence = Sentence::default().claim(whole, Emphasis::None, Claim::TodayHours).say(" a year");
    if accounts <= 0.0 {
        return sentence.0;
    }
    let each = plain(hours / accounts, 1);
    sentence.say(", ").claim(each, Emphasis::None, Claim::AccountHours).say(" for each account").0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::verdict::plain_text;

    #[test]
    fn hours_are_compared_at_their_limits() {
        let hour = |customers, prospecting| HourWorth { customers, prospecting };
        assert_eq!(
            plain_text(&hours_compared(&hour(13.48, 9.38), &hour(773.9, 180.3))),
            "For the company an hour with customers is worth 4.3 times an hour of prospecting; for the seller 1.4 times."
        );
        assert!(
            plain_text(&hours_compared(&hour(0.0, 9.4), &hour(774.0, 0.0)))
                .contains("only an hour of prospecting earns")
        );
        assert!(
            plain_text(&hours_compared(&hour(0.0, 0.0), &hour(1.0, 1.0))).contains("as much as an hour of prospecting")
        );
    }
}
