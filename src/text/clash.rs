//! What two tabs changed differently, in words: what is kept, and what the other one had.

use super::{choice, input, number, plan};
use crate::model::account::{Account, AccountId, Standing};
use crate::model::change::Label;
use crate::model::merge::{AccountPart, Choice, Clash, Place};
use crate::model::workspace::Workspace;

/// For example "Changed in two tabs at once: new-business commission. 12% is kept; the other was 8%."
pub fn sentence(clash: &Clash, kept: &Workspace, other: &Workspace) -> Label {
    match &clash.place {
        Place::Account(id, part) => {
            let (id, part) = (*id, *part);
            let name = [kept, other].into_iter().find_map(|it| it.book.account(id)).map(|it| it.name.clone());
            let of = |whose: &str| about_account(whose, part, kept.book.account(id), other.book.account(id));
            let (whose, nameless) = (name.unwrap_or_else(|| "an account".to_owned()), of("an account"));
            let text = match part {
                AccountPart::Origin => both(&format!("origin of {whose}"), kept, other, |it| came_by(it, id)).text,
                _ => of(&whose),
            };
            Label { text, nameless }
        }
        Place::Contradiction => Label::plain(
            "Two tabs changed numbers that contradict one another: those of the later change are kept. Undo brings the \
             others back.",
        ),
        Place::StartMonth => both("the start month", kept, other, |it| it.as_of.to_string()),
        Place::Number(which) => both(&input::named(*which), kept, other, |it| input::shown_in(*which, it)),
        Place::RenewalCommissions => both("the renewal commissions", kept, other, renewal),
        Place::Base => both("base pay", kept, other, |it| number::money(it.plan.base.units(), 2)),
        Place::Rules => {
            both("the rules of the plan", kept, other, |it| number::counted(it.plan.rules.len(), "rule", "rules"))
        }
        Place::Choice(which) => both(choice_name(*which), kept, other, |it| chosen(*which, it)),
        Place::SavedPlan(name) => both(&format!("the plan “{name}”"), kept, other, |it| {
            it.saved_plans.get(name).map_or_else(|| "none".to_owned(), plan::in_short)
        }),
    }
}

/// How the account of that id came, by the name of whoever sent it.
fn came_by(workspace: &Workspace, id: AccountId) -> String {
    let account = workspace.book.account(id);
    account.map_or_else(|| "none".to_owned(), |account| choice::came_by(account, &workspace.book))
}

/// What both sides say of one thing.
fn both(what: &str, kept: &Workspace, other: &Workspace, shown: impl Fn(&Workspace) -> String) -> Label {
    Label::plain(decided(what, &shown(kept), &shown(other)))
}

fn decided(what: &str, kept: &str, other: &str) -> String {
    format!("Changed in two tabs at once: {what}. {kept} is kept; the other was {other}.")
}

fn renewal(workspace: &Workspace) -> String {
    let steps = workspace.plan.renewal.steps();
    let words: Vec<String> =
        steps.iter().map(|(year, rate)| format!("{} from year {year}", number::rate(rate.get(), 2))).collect();
    if words.is_empty() { "0%".to_owned() } else { words.join(", ") }
}

const fn choice_name(which: Choice) -> &'static str {
    match which {
        Choice::Attention => "time with customers",
        Choice::RenewalForm => "how renewals rise",
        Choice::QuotaPeriod => "the quota period",
        Choice::WinBack => "winning back",
        Choice::Residual => "what is left after the horizon",
    }
}

fn chosen(which: Choice, workspace: &Workspace) -> String {
    let assumed = &workspace.assumptions;
    let on = |is_on: bool| if is_on { "on" } else { "off" }.to_owned();
    match which {
        Choice::Attention => choice::attention(assumed.attention).to_owned(),
        Choice::RenewalForm => choice::renewal_form(assumed.renewal_form).to_owned(),
        Choice::QuotaPeriod => choice::period(workspace.plan.quota.period).to_owned(),
        Choice::WinBack => on(assumed.win_back),
        Choice::Residual => on(assumed.residual),
    }
}

fn about_account(name: &str, part: AccountPart, kept: Option<&Account>, other: Option<&Account>) -> String {
    if part == AccountPart::Presence {
        return format!(
            "{name} was changed in one tab and deleted or made anew in another: {}.",
            if kept.is_some() { "it stays" } else { "it is gone, and undo brings it back" }
        );
    }
    let (what, shown) = account_part(part);
    let gone = || "none".to_owned();
    decided(&format!("{what} of {name}"), &kept.map_or_else(gone, shown), &other.map_or_else(gone, shown))
}

/// What a part of an account is called, and how it is shown.
pub fn account_part(part: AccountPart) -> (&'static str, fn(&Account) -> String) {
    match part {
        AccountPart::Presence => ("presence", |_| "in the book".to_owned()),
        AccountPart::Name => ("name", |it| format!("“{}”", it.name)),
        AccountPart::Seller => ("seller", |it| format!("“{}”", it.seller)),
        AccountPart::AnnualValue => ("annual value", |it| number::money(it.annual_value.units(), 2)),
        AccountPart::Margin => ("margin", |it| number::rate(it.margin.get(), 2)),
        AccountPart::CostToServe => ("cost to serve", |it| number::money(it.cost_to_serve.units(), 2)),
        AccountPart::Term => ("term", |it| number::counted(it.term.months() as usize, "month", "months")),
        AccountPart::Standing => ("standing", standing),
        AccountPart::Origin => ("origin", |it| choice::origin(it.origin).to_owned()),
        AccountPart::LossOdds => ("odds of loss", |it| it.loss_odds.get().to_string()),
        AccountPart::Judgement => ("own renewal judgement", |_| "the one judgement".to_owned()),
        AccountPart::Tags => ("tags", |it| format!("“{}”", it.tags.join(", "))),
        AccountPart::Notes => ("notes", |it| format!("“{}”", it.notes)),
    }
}

fn standing(account: &Account) -> String {
    match &account.standing {
        Standing::Lapsed { reason, .. } if !reason.is_empty() => format!("Lost ({reason})"),
        standing => standing.word().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Origin;
    use crate::model::month::Month;
    use crate::model::sample::sample_workspace;

    #[test]
    fn two_senders_are_told_apart_by_name_unless_names_are_hidden() {
        let sent_by = |sender: usize| {
            let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
            let sent_by = Some(workspace.book.accounts[sender].id);
            workspace.book.accounts[0].origin = Origin::Referral { sent_by };
            workspace
        };
        let (kept, other) = (sent_by(1), sent_by(2));
        let place = Place::Account(kept.book.accounts[0].id, AccountPart::Origin);
        let said = sentence(&Clash { place }, &kept, &other);
        let name = |place: usize| kept.book.accounts[place].name.as_str();
        assert_eq!(
            said.text,
            format!(
                "Changed in two tabs at once: origin of {}. a referral from {} is kept; the other was a referral from {}.",
                name(0),
                name(1),
                name(2)
            )
        );
        assert!((0..3).all(|place| !said.nameless.contains(name(place))), "{}", said.nameless);
    }
}
