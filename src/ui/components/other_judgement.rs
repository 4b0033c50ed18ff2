//! How somebody else judges the same customers, what that leads to, and whether the difference matters.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::told_figure::ToldFigure;
use crate::model::payoff::payoff;
use crate::model::workspace::Workspace;
use crate::state::derived::question;
use crate::text::arithmetic::arithmetic;
use crate::text::input::typed;
use crate::text::other_judgement::{JUDGED, Said, Whose, compared, judged_otherwise};
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Properties of [`OtherJudgement`].
#[derive(Properties, PartialEq)]
pub struct OtherJudgementProps {
    /// The state.
    pub scene: Scene,
    /// The workspace as it is judged otherwise, to be drawn; nothing while there is none.
    pub on_judged: Callback<Option<Workspace>>,
}

/// Three chances, and what they lead to.
#[component]
pub fn OtherJudgement(props: &OtherJudgementProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let texts = use_state(|| JUDGED.map(|_| String::new()));
    let is_typed = texts.iter().all(|text| !text.trim().is_empty());
    let watched = (Shared::from(Rc::clone(workspace)), scene.state.seller.clone(), (*texts).clone());
    let said = {
        let scene = scene.clone();
        use_memo(watched.clone(), move |(workspace, _, texts)| {
            let mine = scene.payoff.as_ref().filter(|_| is_typed)?;
            let other = judged_otherwise(workspace, texts);
            Some(other.and_then(|other| {
                let says = compared(mine, &other, &question(&scene.state))?;
                Ok((Shared::new(other), says))
            }))
        })
    };
    {
        let on_judged = props.on_judged.clone();
        use_effect_with(watched, move |(workspace, _, texts)| {
            on_judged.emit(judged_otherwise(workspace, texts).ok().filter(|_| is_typed));
        });
    }
    let field = |(place, (label, id)): (usize, (&'static str, &'static str))| {
        let texts = texts.clone();
        let value = texts.get(place).cloned().unwrap_or_default();
        let now = JUDGED.get(place).map(|input| typed(*input, workspace.get(*input)));
        let on_typed = move |event: InputEvent| {
            let mut changed = (*texts).clone();
            if let Some(slot) = changed.get_mut(place) {
                *slot = event.target_unchecked_into::<HtmlInputElement>().value();
            }
            texts.set(changed);
        };
        html! {
            <p class="form-line">
                <label for={id}>{ label }</label>
                <span class="number-box">
                    <input {id} type="text" inputmode="decimal" size="4" autocomplete="off" {value} placeholder={now} oninput={on_typed} />
                    <span class="unit">{ "%" }</span>
                </span>
            </p>
        }
    };
    let fields = [
        ("Renew if nobody calls", "other-unattended"),
        ("as today", "other-today"),
        ("with all attention", "other-saturated"),
    ];
    html! {
        <details class="other-judgement">
            <summary>{ "Somebody judges otherwise?" }</summary>
            { for fields.into_iter().enumerate().map(field) }
            <p role="status" id="other-says">
                {
                    match &*said {
                        None => html! { <span class="note">{ "Type all three chances, say the seller’s: a dashed curve shows them." }</span> },
                        Some(Err(why)) => html! { <span class="problem">{ why.clone() }</span> },
                        Some(Ok((other, says))) => sentence(says, other, scene),
                    }
                }
            </p>
        </details>
    }
}

/// The sentences; each figure opens what it is reckoned from, under the judgement that it follows from.
fn sentence(says: &[Said], other: &Shared<Workspace>, scene: &Scene) -> Html {
    let piece = |(text, figure): &Said| match *figure {
        None => html! { { text.clone() } },
        Some((whose, claim)) => {
            let workspace = match whose {
                Whose::Yours => Shared::from(Rc::clone(&scene.state.workspace)),
                Whose::Other => other.clone(),
            };
            let question = question(&scene.state);
            let tell = Callback::from(move |()| {
                let told = payoff(&workspace, &question).and_then(|it| arithmetic(claim, &workspace, &question, &it));
                told.map_err(|why| why.to_string())
            });
            html! { <ToldFigure text={text.clone()} {tell} /> }
        }
    };
    says.iter().map(piece).collect()
}
