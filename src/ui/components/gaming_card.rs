//! Which deals of a typical year gaming the plan pays for.

use yew::prelude::*;

use super::sentence::sentence;
use crate::text::gaming::{TOLD, game, heading};
use crate::text::my_pay::month_name;
use crate::ui::effects::topics::use_gaming;
use crate::ui::parts::Scene;

/// Properties of [`GamingCard`].
#[derive(Properties, PartialEq)]
pub struct GamingCardProps {
    /// The state.
    pub scene: Scene,
}

/// The card.
#[component]
pub fn GamingCard(props: &GamingCardProps) -> Html {
    let found = use_gaming(&props.scene);
    html! {
        <section class="card" aria-labelledby="gaming-heading">
            <h2 id="gaming-heading">{ "Does it pay to game a deal?" }</h2>
            <div role="status">
                if let Some(found) = &found {
                    <p>{ sentence(&heading(&found.games)) }</p>
                    <ul class="lines">{ for found.games.iter().take(TOLD).map(|it| html! { <li>{ game(it, &found.deals) }</li> }) }</ul>
                } else {
                    <p class="note">{ "Searching a typical year …" }</p>
                }
            </div>
            <p class="note">
                { format!("Every deal of an expected year, held back up to three months, split in two, left unsold, or discounted by up to 30%, \
                   and paid by the plan, whose periods follow one another from {} on. What cliffs and caps do to renewals is said under Checks.", month_name(props.scene.state.workspace.as_of.plus(1))) }
            </p>
        </section>
    }
}
