//! Which deals gaming a plan pays for, in words.

use chrono::NaiveDate;

use super::number::{counted, money, rate};
use super::verdict::{Emphasis, Part, Sentence};
use crate::model::gaming::{Game, Trick};
use crate::model::pay::Event;

/// Tricks told; the greatest come first.
pub const TOLD: usize = 6;

/// What the search came to.
pub fn heading(games: &[Game]) -> Vec<Part> {
    let greatest = games.iter().map(Game::gain).fold(0.0, f64::max);
    if games.is_empty() {
        return Sentence::default()
            .say("No trick pays: a deal brings the seller the same whenever it is signed, in one piece or in two.")
            .0;
    }
    Sentence::default()
        .say(counted(games.len(), "trick pays", "tricks pay"))
        .say(" in a typical year of a seller, the best of them ")
        .mark(money(greatest, 0), Emphasis::Seller)
        .say(if games.len() > TOLD { ". The best six:" } else { "." })
        .0
}

/// What a trick brings, and the pay that it is the difference of: to the cent where it is less than ten.
fn gain(game: &Game) -> (String, String) {
    let decimals = if game.gain().abs() < 10.0 { 2 } else { 0 };
    let grain = libm::pow(10.0, decimals as f64);
    let whole = |amount: f64| libm::round(amount * grain);
    let (after, before) = (whole(game.after), whole(game.before));
    let told = |grains: f64| money(grains / grain, decimals);
    (told(after - before), format!("all deals of the year pay {} instead of {}", told(after), told(before)))
}

/// A trick, with the deal and the day; what it brings is marked.
pub fn game(game: &Game, deals: &[Event]) -> Vec<Part> {
    let deal = game.events.first().and_then(|place| deals.get(*place));
    let of =
        deal.map_or_else(String::new, |deal| format!("the deal of {} of {}", money(deal.revenue, 0), day(deal.on)));
    let brings = |start: String, end: String| {
        let (gain, of_what) = gain(game);
        Sentence::default().say(start).mark(gain, Emphasis::Seller).say(format!(" more ({of_what}){end}")).0
    };
    match game.trick {
        Trick::Hold { until } => brings(format!("Hold {of} back until {}: ", day(until)), ".".to_owned()),
        Trick::Wait { until } => {
            let count = game.events.len();
            brings(format!("Let {count} deals in a row, from {of} on, wait until {}: ", day(until)), ".".to_owned())
        }
        Trick::Stop { revenue } => {
            let sentence = Sentence::default().say("The cap is reached: ").mark(money(revenue, 0), Emphasis::Figure);
            sentence.say(format!(" from {of} on may be left unsold, and nothing is lost.")).0
        }
        Trick::Split { first, second, second_on } => {
            let (first, second) = (money(first, 0), money(second, 0));
            let start = format!("Split {of} into {first} and {second}, the second signed on {}: ", day(second_on));
            brings(start, ".".to_owned())
        }
        Trick::Discount { part, on, up_to } => {
            let (part, up_to) = (rate(part, 1), rate(up_to, 1));
            let start = format!("Sign {of} on {} by giving a discount of {part}: ", day(on));
            brings(start, format!("; up to {up_to} still pays."))
        }
    }
}

fn day(on: NaiveDate) -> String {
    on.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::pay::{EventKind, Origin};
    use crate::text::verdict::plain_text;

    fn told(trick: Trick) -> String {
        let on: NaiveDate = "2027-03-24".parse().unwrap();
        let deal = Event {
            on,
            kind: EventKind::Won,
            origin: Origin::Account(AccountId(0)),
            count: 1.0,
            revenue: 12_000.0,
            margin: 8_400.0,
            collected_on: None,
            age: 0,
            term: 12,
        };
        plain_text(&game(&Game { events: vec![0], trick, before: 1_000.0, after: 1_600.0 }, &[deal]))
    }

    #[test]
    fn a_trick_is_told_with_its_deal_and_its_day() {
        let until: NaiveDate = "2027-04-01".parse().unwrap();
        assert_eq!(
            told(Trick::Hold { until }),
            "Hold the deal of $12,000 of 24 March 2027 back until 1 April 2027: $600 more (all deals of the year pay $1,600 instead of $1,000)."
        );
        assert_eq!(
            told(Trick::Wait { until }),
            "Let 1 deals in a row, from the deal of $12,000 of 24 March 2027 on, wait until 1 April 2027: $600 more (all deals of the year pay $1,600 instead of $1,000)."
        );
        assert!(told(Trick::Stop { revenue: 24_000.0 }).starts_with("The cap is reached: $24,000 from the deal of"));
        assert_eq!(
            told(Trick::Split { first: 5_000.0, second: 7_000.0, second_on: until }),
            "Split the deal of $12,000 of 24 March 2027 into $5,000 and $7,000, the second signed on 1 April 2027: $600 more (all deals of the year pay $1,600 instead of $1,000)."
        );
        assert_eq!(
            told(Trick::Discount { part: 0.05, on: until, up_to: 0.125 }),
            "Sign the deal of $12,000 of 24 March 2027 on 1 April 2027 by giving a discount of 5%: $600 more (all deals of the year pay $1,600 instead of $1,000); up to 12.5% still pays."
        );
    }

    #[test]
    fn the_heading_counts() {
        let plain = |games: &[Game]| heading(games).into_iter().map(|part| part.text).collect::<String>();
        assert!(plain(&[]).starts_with("No trick pays"));
        let one = Game { events: vec![0], trick: Trick::Stop { revenue: 1.0 }, before: 0.0, after: 600.0 };
        assert!(
            plain(std::slice::from_ref(&one))
                .starts_with("1 trick pays in a typical year of a seller, the best of them $600.")
        );
        assert!(plain(&[one.clone(), one]).starts_with("2 tricks pay in a typical year"));
    }
}
