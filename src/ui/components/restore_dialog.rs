//! A saved workspace about to take the place of what is here.

use std::rc::Rc;

use yew::prelude::*;

use super::dialog::Dialog;
use crate::state::action::Action;
use crate::storage::envelope::Kept;
use crate::text::number::counted;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// The dialog that asks before `kept`, from `file`, is taken over.
pub fn restore_dialog(file: &str, kept: &Shared<Kept>, scene: &Scene) -> Html {
    let accounts = counted(kept.workspace.book.accounts.len(), "account", "accounts");
    let on_restored = {
        let (scene, kept, file) = (scene.clone(), kept.clone(), file.to_owned());
        move |_: MouseEvent| {
            let workspace = Rc::new(kept.workspace.clone());
            scene.on_action.emit(Action::WorkspaceRestored { workspace, file: file.clone() });
            scene.on_closed.emit(());
        }
    };
    html! {
        <Dialog title={format!("Restore {file}")} on_closed={scene.on_closed.clone()}>
            <p>{ format!("It holds {accounts} as of {}, with its plan and assumptions. It takes the place of what is here; \
                undo brings that back.", kept.workspace.as_of) }</p>
            <p class="dialog-actions">
                <button type="button" class="primary" onclick={on_restored}>{ "Restore" }</button>
                <button type="button" onclick={scene.on_closed.reform(|_| ())}>{ "Leave everything as it is" }</button>
            </p>
        </Dialog>
    }
}
