//! Plans that are paid somewhere, to start from or to keep beside the one in use.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::change::Label;
use crate::model::saved_plans::LONGEST_NAME;
use crate::model::templates::TEMPLATES;
use crate::state::action::Action;
use crate::state::plans;
use crate::text::number::rate;
use crate::text::plan::in_short;
use crate::ui::parts::Scene;

/// Properties of [`TemplateCard`].
#[derive(Properties, PartialEq)]
pub struct TemplateCardProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// The choice, what each pays and where that comes from.
#[component]
pub fn TemplateCard(props: &TemplateCardProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let chosen = use_state(|| 0usize);
    let on_chosen = {
        let chosen = chosen.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            chosen.set(usize::try_from(index).unwrap_or(0));
        }
    };
    let Some(template) = TEMPLATES.get(*chosen) else { return Html::default() };
    let margin = workspace.book.mean_margin();
    let plan = template.plan(&workspace.plan, margin);
    let report = |action: Option<Action>| {
        let on_action = scene.on_action.clone();
        move |_: MouseEvent| action.iter().for_each(|action| on_action.emit(action.clone()))
    };
    let label = Label::plain(format!("start from “{}”", template.name));
    let on_used = report(Some(plans::replaced(workspace, plan.clone(), label)));
    let name: String = template.name.chars().take(LONGEST_NAME).collect();
    let kept = plans::saved(workspace, &name, plan.clone());
    let why = kept.as_ref().err().map(ToString::to_string);
    let on_kept = report(kept.ok());
    html! {
        <section class="card" aria-labelledby="template-heading">
            <h2 id="template-heading">{ "Start from a template" }</h2>
            <p class="form-line">
                <label for="template">{ "As paid to" }</label>
                <select id="template" onchange={on_chosen}>
                    { for TEMPLATES.iter().enumerate().map(|(place, it)| html! { <option selected={place == *chosen}>{ it.name }</option> }) }
                </select>
            </p>
            <p>
                { in_short(&plan) }
                if template.is_of_margin() {
                    { format!(", parts of gross profit at the {} that your customers leave", rate(margin, 1)) }
                }
            </p>
            <p class="note">{ format!("{}. ({})", template.source, template.grade.words()) }{ if template.beyond.is_empty() { String::new() } else { format!(" {}", template.beyond) } }</p>
            <p class="form-line">
                if plan == workspace.plan {
                    <span class="note">{ "This is the plan in use." }</span>
                } else {
                    if workspace.saved_plans.name_of(&plan).is_none() {
                        <button type="button" disabled={why.is_some()} onclick={on_kept}>{ "Keep it beside the plan in use" }</button>
                    }
                    <button type="button" onclick={on_used}>{ "Use it" }</button>
                    <span class="note">{ why }</span>
                    if !workspace.plan.rules.is_empty() {
                        <span class="note">{ "“Use it” replaces rates and rules of the plan in use; Undo brings them back." }</span>
                    }
                }
            </p>
        </section>
    }
}
