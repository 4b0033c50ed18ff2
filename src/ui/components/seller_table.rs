//! Each seller's own verdict in a row, where several are added up.

use yew::prelude::*;

use super::figure::figure;
use crate::model::payoff::Headline;
use crate::state::State;
use crate::state::action::Action;
use crate::text::claim::{Claim, Of};
use crate::text::number::{duration, money_rounded, percent};

/// Rows shown; the rest is a choice away.
const ROWS: usize = 12;

/// What stands for a seller: an alias where names are hidden.
pub fn shown_seller(name: &str, state: &State) -> String {
    let aliases = state.workspace.book.seller_aliases();
    match aliases.into_iter().find(|(known, _)| *known == name) {
        Some((_, alias)) if state.names_hidden => alias,
        _ if name.is_empty() => "No seller named".to_owned(),
        _ => name.to_owned(),
    }
}

/// The table, those with the widest gap first; nothing for one seller.
pub fn seller_table(by_seller: &[Headline], state: &State, on_action: &Callback<Action>) -> Html {
    let book = &state.workspace.book;
    let names: Vec<&str> = book.sellers().into_keys().collect();
    if by_seller.len() < 2 || by_seller.len() != names.len() {
        return Html::default();
    }
    let mut rows: Vec<(usize, &str, &Headline)> =
        names.into_iter().zip(by_seller).enumerate().map(|(place, (name, own))| (place, name, own)).collect();
    rows.sort_by(|one, other| other.2.gap.total_cmp(&one.2.gap));
    let rest = rows.len().saturating_sub(ROWS);
    let row = |(place, name, own): &(usize, &str, &Headline)| {
        let chosen = Some((*name).to_owned());
        let on_chosen = on_action.reform(move |_: MouseEvent| Action::SellerChosen(chosen.clone()));
        html! {
            <tr key={(*name).to_owned()}>
                <th scope="row"><button type="button" class="link" onclick={on_chosen}>{ shown_seller(name, state) }</button></th>
                <td>{ figure(percent(own.seller_share, 0), Claim::SellerShare, Of::Seller(*place)) }</td>
                <td>{ figure(percent(own.company_share, 0), Claim::CompanyShare, Of::Seller(*place)) }</td>
                <td>{ figure(money_rounded(own.gap), Claim::Gap, Of::Seller(*place)) }</td>
            </tr>
        }
    };
    html! {
        <section class="card sellers" aria-labelledby="sellers-heading">
            <h2 id="sellers-heading">{ "Seller by seller" }</h2>
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">{ "Seller" }</th>
                        <th scope="col">{ "earns most at" }</th>
                        <th scope="col">{ "company wants" }</th>
                        <th scope="col">{ "gap" }</th>
                    </tr>
                </thead>
                <tbody>{ for rows.iter().take(ROWS).map(row) }</tbody>
            </table>
            <p class="note">
                { format!("Shares of time on customers; the gap is over {}, the widest first. Press a name for the seller's own answer.",
                    duration(state.workspace.assumptions.horizon)) }
                if rest > 0 {
                    { format!(" {rest} more: choose one above.") }
                }
            </p>
        </section>
    }
}
