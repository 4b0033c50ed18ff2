//! Each seller's own verdict in a row, where several are added up.

use yew::prelude::*;

use crate::model::payoff::Headline;
use crate::state::State;
use crate::state::action::Action;
use crate::text::number::{duration, money_rounded, percent};

/// Rows shown; the rest is a choice away.
const ROWS: usize = 12;

/// The table, those with the widest gap first; nothing for one seller.
pub fn seller_table(by_seller: &[Headline], state: &State, on_action: &Callback<Action>) -> Html {
    let book = &state.workspace.book;
    let names: Vec<&str> = book.sellers().into_keys().collect();
    if by_seller.len() < 2 || by_seller.len() != names.len() {
        return Html::default();
    }
    let aliases = book.seller_aliases();
    let shown = |name: &str| match aliases.iter().find(|(known, _)| *known == name) {
        Some((_, alias)) if state.names_hidden => alias.clone(),
        _ if name.is_empty() => "No seller named".to_owned(),
        _ => name.to_owned(),
    };
    let mut rows: Vec<(&str, &Headline)> = names.into_iter().zip(by_seller).collect();
    rows.sort_by(|one, other| other.1.gap.total_cmp(&one.1.gap));
    let rest = rows.len().saturating_sub(ROWS);
    let row = |(name, own): &(&str, &Headline)| {
        let chosen = Some((*name).to_owned());
        let on_chosen = on_action.reform(move |_: MouseEvent| Action::SellerChosen(chosen.clone()));
        html! {
            <tr key={(*name).to_owned()}>
                <th scope="row"><button type="button" class="link" onclick={on_chosen}>{ shown(name) }</button></th>
                <td>{ percent(own.seller_share, 0) }</td>
                <td>{ percent(own.company_share, 0) }</td>
                <td>{ money_rounded(own.gap) }</td>
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
