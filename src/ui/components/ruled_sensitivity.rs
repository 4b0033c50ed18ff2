//! What the gap hangs on with the rules of the plan, once it is asked for.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::sentence::sentence;
use super::tornado_table::tornado_table;
use crate::model::bounds::Input;
use crate::model::workspace::Workspace;
use crate::text::sensitivity::heading;
use crate::ui::effects::topics::{use_asked_about, use_ruled_tornado};
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Properties of [`RuledSensitivity`].
#[derive(Properties, PartialEq)]
pub struct RuledSensitivityProps {
    /// The state.
    pub scene: Scene,
}

/// The card. The bars come one by one, since each end of one is a search over all splits.
#[component]
pub fn RuledSensitivity(props: &RuledSensitivityProps) -> Html {
    let scene = &props.scene;
    // The workspace and the seller that it was asked of: others are another question.
    let asked = use_state(|| None::<(Shared<Workspace>, Option<String>)>);
    let here = use_asked_about(scene);
    let question = (here.clone(), scene.state.seller.clone());
    let wanted = asked.as_ref() == Some(&question);
    let weighed = use_ruled_tornado(&here, scene, wanted);
    let top = use_node_ref();
    {
        // The button that was pressed is gone.
        let top = top.clone();
        use_effect_with(wanted, move |wanted| {
            if let Some(heading) = top.cast::<HtmlElement>().filter(|_| *wanted) {
                let _ = heading.focus();
            }
        });
    }
    let on_asked = move |_: MouseEvent| asked.set(Some(question.clone()));
    let is_done = weighed.moved == Input::ALL.len();
    html! {
        <section class="card" aria-labelledby="ruled-sensitivity-heading">
            <h2 id="ruled-sensitivity-heading" tabindex="-1" ref={top}>{ "And with the rules of the plan?" }</h2>
            if wanted {
                <div role="status" data-waits={(!is_done).to_string()}>
                    {
                        match weighed.gap {
                            Some(gap) if is_done => html! { <p>{ sentence(&heading(&weighed.bars, gap, true)) }</p> },
                            _ => html! { <p class="note">{ "Moving one number after the other, each with a search over all splits …" }</p> },
                        }
                    }
                </div>
                if let Some(gap) = weighed.gap {
                    <progress max={Input::ALL.len().to_string()} value={weighed.moved.to_string()} hidden={is_done}
                        aria-label="Numbers moved" />
                    { tornado_table(&weighed.bars, gap, None) }
                }
            } else {
                <p>{ "Every number moved by a fifth again, with every event paid by all rules: a search over all splits at each end." }</p>
                <p><button type="button" onclick={on_asked}>{ "Work it out with the rules" }</button></p>
            }
        </section>
    }
}
