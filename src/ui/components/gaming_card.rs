//! Which deals of a typical year gaming the plan pays for.

use std::rc::Rc;

use yew::prelude::*;

use super::sentence::{marked, sentence};
use super::told_figure::ToldFigure;
use crate::model::flat_plan::components;
use crate::model::gaming::{Freedom, Game, GamingCheck, Trick};
use crate::study::GamedYear;
use crate::text::arithmetic::{Arithmetic, game_arithmetic, unsold_arithmetic};
use crate::text::gaming::{TOLD, game, heading};
use crate::text::my_pay::month_name;
use crate::text::verdict::Part;
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
                    <p>{ heading_of(&props.scene, found) }</p>
                    <ul class="lines">{ for found.games.iter().take(TOLD).map(|it| html! { <li>{ told(&props.scene, it, found) }</li> }) }</ul>
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

/// What the search came to; the best trick accounts for its figure.
fn heading_of(scene: &Scene, found: &GamedYear) -> Html {
    let best = found.games.iter().max_by(|one, other| one.gain().total_cmp(&other.gain()));
    let heading = heading(&found.games);
    match best {
        Some(best) => by(&heading, tell(scene, best, found)),
        None => sentence(&heading),
    }
}

/// A trick.
fn told(scene: &Scene, it: &Game, found: &GamedYear) -> Html {
    by(&game(it, &found.deals), tell(scene, it, found))
}

/// A sentence whose figures are accounted for by `tell`.
fn by(parts: &[Part], tell: Callback<(), Result<Arithmetic, String>>) -> Html {
    marked(parts, |part| html! { <ToldFigure text={part.text.clone()} tell={tell.clone()} /> })
}

/// Accounts for a trick, by the plan and the deals that it was found with.
fn tell(scene: &Scene, game: &Game, found: &GamedYear) -> Callback<(), Result<Arithmetic, String>> {
    let (workspace, game, deals) = (Rc::clone(&scene.state.workspace), game.clone(), found.deals.clone());
    Callback::from(move |()| {
        if let Trick::Stop { .. } = game.trick {
            return Ok(unsold_arithmetic(&game, &deals));
        }
        let from = workspace.as_of.plus(1);
        let (plan, open): (_, Vec<usize>) = (components(&workspace.plan, from), (0..deals.len()).collect());
        let check = GamingCheck::new(&plan, &deals, &open, from, Freedom::default());
        check.map(|check| game_arithmetic(&game, &check, &deals)).map_err(|why| why.to_string())
    })
}
