//! Adding or changing one account: text fields as typed, an account once they all can be read.

use chrono::NaiveDate;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::model::account::{Account, AccountId, Origin, OwnJudgement, Standing, Term};
use crate::model::assumptions::Assumptions;
use crate::model::quantity::{Margin, Money, Multiplier, Probability};
use crate::text::input::read_number;
use crate::text::number::plain;
use crate::text::risk;

/// Properties of [`AccountForm`].
#[derive(Properties, PartialEq)]
pub struct AccountFormProps {
    /// The account to change, or `None` to add one.
    pub account: Option<Account>,
    /// What is assumed of all accounts, for what multiplies its odds of loss.
    pub assumptions: Assumptions,
    /// Known sellers, to choose from.
    pub sellers: Vec<String>,
    /// The account as it should be; a new one has the id 0.
    pub on_saved: Callback<Account>,
    /// It was given up.
    pub on_closed: Callback<()>,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Seller,
    Value,
    Margin,
    Cost,
    Since,
    RenewsOn,
    Unattended,
    Today,
    Saturated,
    LossOdds,
    Tags,
}

impl Field {
    const ALL: [Field; 12] = [
        Field::Name,
        Field::Seller,
        Field::Value,
        Field::Margin,
        Field::Cost,
        Field::Since,
        Field::RenewsOn,
        Field::Unattended,
        Field::Today,
        Field::Saturated,
        Field::LossOdds,
        Field::Tags,
    ];

    const fn label(self) -> &'static str {
        match self {
            Field::Name => "Name",
            Field::Seller => "Seller",
            Field::Value => "Annual value",
            Field::Margin => "Gross margin, %",
            Field::Cost => "Cost to serve a year",
            Field::Since => "Customer since",
            Field::RenewsOn => "Next renewal",
            Field::Unattended => "Renews if nobody calls, %",
            Field::Today => "Renews as now, %",
            Field::Saturated => "Renews with all it could use, %",
            Field::LossOdds => "Odds of loss, times",
            Field::Tags => "Tags, with commas between",
        }
    }

    const fn is_date(self) -> bool {
        matches!(self, Field::Since | Field::RenewsOn)
    }
}

/// Everything as typed.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    texts: [String; Field::ALL.len()],
    term: Term,
    origin: Origin,
    notes: String,
}

/// How an account may have come to us, in the order of the list.
const ORIGINS: [(Origin, &str); 3] = [
    (Origin::Prospecting, "prospecting"),
    (Origin::Referral, "a customer who sent it"),
    (Origin::WinBack, "being won back"),
];

impl Typed {
    fn of(account: &Account) -> Typed {
        let chance = |chance: Option<Probability>| chance.map_or_else(String::new, |it| plain(it.get() * 100.0, 2));
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let (since, renews_on) = match &account.standing {
            Standing::Active { since, renews_on } => (*since, *renews_on),
            Standing::Lapsed { since, .. } => (*since, None),
            Standing::Prospect => (None, None),
        };
        let amount = |amount: Money| plain(amount.units(), 2).replace(',', "");
        let text = |field: Field| match field {
            Field::Name => account.name.clone(),
            Field::Seller => account.seller.clone(),
            Field::Value => amount(account.annual_value),
            Field::Margin => plain(account.margin.get() * 100.0, 2).replace('\u{2212}', "-"),
            Field::Cost => amount(account.cost_to_serve),
            Field::Since => day(since),
            Field::RenewsOn => day(renews_on),
            Field::Unattended => chance(account.judgement.unattended),
            Field::Today => chance(account.judgement.today),
            Field::Saturated => chance(account.judgement.saturated),
            Field::LossOdds => plain(account.loss_odds.get(), 2),
            Field::Tags => account.tags.join(", "),
        };
        Typed { texts: Field::ALL.map(text), term: account.term, origin: account.origin, notes: account.notes.clone() }
    }

    fn text(&self, field: Field) -> &str {
        self.texts.get(field as usize).map_or("", String::as_str)
    }

    fn set(&mut self, field: Field, text: String) {
        if let Some(slot) = self.texts.get_mut(field as usize) {
            *slot = text;
        }
    }

    /// What is wrong with a field, as a sentence.
    fn problem(&self, field: Field) -> Option<String> {
        self.read_field(field).err()
    }

    fn read_field(&self, field: Field) -> Result<(), String> {
        match field {
            Field::Name if self.text(field).trim().is_empty() => Err("Give the account a name.".to_owned()),
            Field::Name | Field::Seller | Field::Tags => Ok(()),
            Field::Value | Field::Cost => self.money(field).map(|_| ()),
            Field::Margin => self.margin().map(|_| ()),
            Field::Since | Field::RenewsOn => self.day(field).map(|_| ()),
            Field::Unattended | Field::Today => self.chance(field).map(|_| ()),
            Field::Saturated => self.judgement().map(|_| ()),
            Field::LossOdds => self.loss_odds().map(|_| ()),
        }
    }

    fn money(&self, field: Field) -> Result<Money, String> {
        let text = self.text(field);
        if field == Field::Cost && text.trim().is_empty() {
            return Ok(Money::ZERO);
        }
        let amount = read_number(text).map_err(|why| why.to_string())?;
        let known = Money::from_units(amount).filter(|amount| *amount >= Money::ZERO);
        known.ok_or_else(|| "Enter an amount from 0 to 1,000,000,000.".to_owned())
    }

    fn margin(&self) -> Result<Margin, String> {
        let percent = read_number(self.text(Field::Margin)).map_err(|why| why.to_string())?;
        Margin::new(percent / 100.0).map_err(|_| "Enter a margin from -100 to 100.".to_owned())
    }

    fn chance(&self, field: Field) -> Result<Option<Probability>, String> {
        let text = self.text(field);
        if text.trim().is_empty() {
            return Ok(None);
        }
        let percent = read_number(text).map_err(|why| why.to_string())?;
        Probability::new(percent / 100.0).map(Some).map_err(|_| "Enter a chance from 0 to 100.".to_owned())
    }

    fn judgement(&self) -> Result<OwnJudgement, String> {
        let own = OwnJudgement {
            unattended: self.chance(Field::Unattended)?,
            today: self.chance(Field::Today)?,
            saturated: self.chance(Field::Saturated)?,
        };
        match (own.unattended, own.today, own.saturated) {
            (Some(unattended), Some(today), _) if today < unattended => {
                Err("Renewals as now must not be below those if nobody calls.".to_owned())
            }
            (_, Some(today), Some(saturated)) if saturated <= today => {
                Err("Renewals with all it could use must be above those of now.".to_owned())
            }
            _ => Ok(own),
        }
    }

    fn loss_odds(&self) -> Result<Multiplier, String> {
        let factor = read_number(self.text(Field::LossOdds)).map_err(|why| why.to_string())?;
        Multiplier::new(factor).map_err(|_| "Enter a factor from 0.1 to 10; 1 changes nothing.".to_owned())
    }

    /// What multiplies the odds of loss, as far as it can be read.
    fn risk(&self, before: &Account, assumptions: &Assumptions) -> String {
        let loss_odds = self.loss_odds().unwrap_or(before.loss_odds);
        risk::odds_of_loss(&Account { origin: self.origin, loss_odds, ..before.clone() }, assumptions)
    }

    fn day(&self, field: Field) -> Result<Option<NaiveDate>, String> {
        let text = self.text(field).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let day = text.parse::<NaiveDate>().ok().filter(|day| {
            use chrono::Datelike;
            (1900..3000).contains(&day.year())
        });
        day.map(Some).ok_or_else(|| "Write the day as 2026-11-30.".to_owned())
    }

    /// The account, if every field can be read.
    fn account(&self, before: &Account) -> Option<Account> {
        let (since, renews_on) = (self.day(Field::Since).ok()?, self.day(Field::RenewsOn).ok()?);
        let name = self.text(Field::Name).trim();
        if name.is_empty() {
            return None;
        }
        Some(Account {
            id: before.id,
            name: name.to_owned(),
            seller: self.text(Field::Seller).trim().to_owned(),
            annual_value: self.money(Field::Value).ok()?,
            margin: self.margin().ok()?,
            cost_to_serve: self.money(Field::Cost).ok()?,
            term: self.term,
            standing: match &before.standing {
                Standing::Active { .. } => Standing::Active { since, renews_on },
                Standing::Lapsed { on, reason, .. } => Standing::Lapsed { since, on: *on, reason: reason.clone() },
                Standing::Prospect => Standing::Prospect,
            },
            origin: self.origin,
            loss_odds: self.loss_odds().ok()?,
            judgement: self.judgement().ok()?,
            tags: self
                .text(Field::Tags)
                .split(',')
                .map(|tag| tag.trim().to_owned())
                .filter(|tag| !tag.is_empty())
                .collect(),
            touches: before.touches.clone(),
            notes: self.notes.clone(),
        })
    }
}

/// The form in its dialog.
#[component]
pub fn AccountForm(props: &AccountFormProps) -> Html {
    let before = use_memo(props.account.clone(), |account| {
        account.clone().unwrap_or_else(|| Account::new(AccountId(0), "", Money::from_cents(1_200_000)))
    });
    let typed = use_state(|| Typed::of(&before));
    // Problems wait for the first attempt to save, so that an empty form does not scold.
    let tried = use_state(|| props.account.is_some());
    let edit = {
        let typed = typed.clone();
        move |change: &dyn Fn(&mut Typed)| {
            let mut next = (*typed).clone();
            change(&mut next);
            typed.set(next);
        }
    };
    let on_saved = {
        let (typed, tried, before, on_saved) = (typed.clone(), tried.clone(), before.clone(), props.on_saved.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match typed.account(&before) {
                Some(account) => on_saved.emit(account),
                None => tried.set(true),
            }
        }
    };
    let field = |field: Field| {
        let edit = edit.clone();
        let on_typed = move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            edit(&|typed: &mut Typed| typed.set(field, text.clone()));
        };
        let id = format!("account-field-{}", field as usize);
        let problem = typed.problem(field).filter(|_| *tried);
        let problem_id = format!("{id}-problem");
        html! {
            <div class="form-row" key={field as usize}>
                <label for={id.clone()}>{ field.label() }</label>
                <input {id} type={if field.is_date() { "date" } else { "text" }} autocomplete="off"
                    list={(field == Field::Seller).then_some("known-sellers")} value={typed.text(field).to_owned()}
                    aria-invalid={problem.is_some().to_string()} aria-describedby={problem.is_some().then(|| problem_id.clone())}
                    oninput={on_typed} />
                if let Some(problem) = problem {
                    <p class="problem" id={problem_id} role="alert">{ problem }</p>
                }
            </div>
        }
    };
    let on_term = {
        let edit = edit.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let term =
                usize::try_from(index).ok().and_then(|index| Term::MONTHS.get(index)).copied().and_then(Term::new);
            if let Some(term) = term {
                edit(&|typed: &mut Typed| typed.term = term);
            }
        }
    };
    let on_origin = {
        let edit = edit.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some((origin, _)) = usize::try_from(index).ok().and_then(|index| ORIGINS.get(index)) {
                edit(&|typed: &mut Typed| typed.origin = *origin);
            }
        }
    };
    let on_notes = {
        let edit = edit.clone();
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            edit(&|typed: &mut Typed| typed.notes.clone_from(&text));
        }
    };
    let title = props.account.as_ref().map_or_else(|| "Add an account".to_owned(), |account| account.name.clone());
    html! {
        <Dialog {title} on_closed={props.on_closed.clone()}>
            <form class="account-form" onsubmit={on_saved} novalidate={true}>
                { for [Field::Name, Field::Seller, Field::Value, Field::Margin].map(&field) }
                <div class="form-row">
                    <label for="account-term">{ "Term" }</label>
                    <select id="account-term" onchange={on_term}>
                        { for Term::MONTHS.map(|months| html! {
                            <option selected={typed.term.months() == months}>
                                { if months == 1 { "1 month, cancel any time".to_owned() } else { format!("{months} months") } }
                            </option>
                        }) }
                    </select>
                </div>
                <div class="form-row">
                    <label for="account-origin">{ "Came by" }</label>
                    <select id="account-origin" onchange={on_origin}>
                        { for ORIGINS.map(|(origin, words)| html! {
                            <option selected={typed.origin == origin}>{ words }</option>
                        }) }
                    </select>
                </div>
                { for [Field::Since, Field::RenewsOn, Field::Cost].map(&field) }
                <p class="note" id="account-risk">{ typed.risk(&before, &props.assumptions) }</p>
                <details>
                    <summary>{ "Its own judgement, tags and notes" }</summary>
                    <p class="note">{ "Left empty, the general judgement of the Payoff page holds." }</p>
                    { for [Field::Unattended, Field::Today, Field::Saturated, Field::LossOdds, Field::Tags].map(&field) }
                    <div class="form-row wide">
                        <label for="account-notes">{ "Notes" }</label>
                        <textarea id="account-notes" rows="3" value={typed.notes.clone()} oninput={on_notes} />
                    </div>
                </details>
                <datalist id="known-sellers">{ for props.sellers.iter().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
                <p class="dialog-actions">
                    <button type="submit" class="primary">{ "Save" }</button>
                    <button type="button" onclick={props.on_closed.reform(|_| ())}>{ "Leave as it was" }</button>
                </p>
            </form>
        </Dialog>
    }
}
