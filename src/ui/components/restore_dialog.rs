//! A saved workspace about to take the place of what is here, or to be merged with it.

use std::rc::Rc;

use yew::prelude::*;

use super::dialog::Dialog;
use crate::model::book::{Book, Provenance};
use crate::model::workspace::Workspace;
use crate::state::action::Action;
use crate::storage::envelope::Kept;
use crate::text::number::{count, counted, money};
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// The dialog that shows what is in `kept`, from `file`, and asks before anything of it is taken over.
pub fn restore_dialog(file: &str, kept: &Shared<Kept>, scene: &Scene) -> Html {
    let (here, there) = (&scene.state.workspace, &kept.workspace);
    let restored = |workspace: Workspace| {
        let (scene, file, workspace) = (scene.clone(), file.to_owned(), Rc::new(workspace));
        move |_: MouseEvent| {
            let (workspace, file) = (Rc::clone(&workspace), file.clone());
            scene.on_action.emit(Action::WorkspaceRestored { workspace, file });
            scene.on_closed.emit(());
        }
    };
    let merged = here.book.with_missing_of(&there.book);
    let added = merged.accounts.len().saturating_sub(here.book.accounts.len());
    let is_own = here.book.provenance == Provenance::Own && !here.book.accounts.is_empty();
    let fits = merged.accounts.len() <= Book::MAX_ACCOUNTS;
    let row = |what: &str, book: &Book| {
        let sellers = book.sellers().len();
        let touches: usize = book.accounts.iter().map(|account| account.touches.len()).sum();
        let worth: f64 = book.active().map(|account| account.annual_value.units()).sum();
        html! {
            <tr>
                <th scope="row">{ what.to_owned() }</th>
                <td class="figure">{ count(book.accounts.len() as f64, 0) }</td>
                <td class="figure">{ count(sellers as f64, 0) }</td>
                <td class="figure">{ money(worth, 0) }</td>
                <td class="figure">{ count(touches as f64, 0) }</td>
            </tr>
        }
    };
    html! {
        <Dialog title={format!("Restore {file}")} on_closed={scene.on_closed.clone()}>
            <div class="table-scroll" tabindex="0" role="region" aria-label="What is here and in the file">
                <table class="ledger">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col" class="figure">{ "Accounts" }</th>
                            <th scope="col" class="figure">{ "Sellers" }</th>
                            <th scope="col" class="figure">{ "Annual value" }</th>
                            <th scope="col" class="figure">{ "Touches" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { row("Here now", &here.book) }
                        { row(&format!("In the file (as of {})", there.as_of), &there.book) }
                    </tbody>
                </table>
            </div>
            <p>{ "Restore puts the file, with its plan and assumptions, in the place of what is here." }</p>
            if is_own && fits && added > 0 {
                <p>{ format!("Merge adds the {} of the file that {} not here by name, and leaves everything of yours as it is.",
                    counted(added, "account", "accounts"), if added == 1 { "is" } else { "are" }) }</p>
            }
            <p class="note">{ "Undo takes either back." }</p>
            <p class="dialog-actions">
                <button type="button" class="primary" onclick={restored(there.clone())}>{ "Restore" }</button>
                if is_own && fits && added > 0 {
                    <button type="button" onclick={restored(Workspace {
                        book: merged,
                        saved_plans: here.saved_plans.with_missing_of(&there.saved_plans),
                        decisions: here.decisions.with_missing_of(&there.decisions),
                        ..Workspace::clone(here)
                    })}>{ "Merge" }</button>
                }
                <button type="button" onclick={scene.on_closed.reform(|_| ())}>{ "Leave everything as it is" }</button>
            </p>
        </Dialog>
    }
}
