//! Importing a log of touches: what would be added, and only then the import.

use yew::prelude::*;

use super::dialog::Dialog;
use super::import_dialog::{Choice, listed, question};
use crate::state::action::Action;
use crate::storage::csv::{DateOrder, Table, TouchLog, read_touches};
use crate::text::number::counted;
use crate::ui::parts::Scene;
use crate::ui::shared::Shared;

/// Properties of [`TouchImport`].
#[derive(Properties, PartialEq)]
pub struct TouchImportProps {
    /// The file's name.
    pub file: String,
    /// Its rows.
    pub table: Shared<Table>,
    /// The book that it would change, and what to report to.
    pub scene: Scene,
}

/// Whether a table is a log of touches.
pub fn is_log(table: &Table, scene: &Scene) -> bool {
    read(table, scene, None).is_some()
}

fn read(table: &Table, scene: &Scene, order: Option<DateOrder>) -> Option<TouchLog> {
    read_touches(table, &scene.state.workspace.book, scene.today, order)
}

/// The dialog.
#[component]
pub fn TouchImport(props: &TouchImportProps) -> Html {
    let scene = &props.scene;
    let order = use_state(|| None::<DateOrder>);
    let log = use_memo((props.table.clone(), *order), |(table, order)| read(table, scene, *order));
    let Some(log) = (*log).clone() else { return Html::default() };
    let on_order = {
        let order = order.clone();
        Callback::from(move |choice: Choice| {
            if let Choice::Order(_, chosen) = choice {
                order.set(Some(chosen));
            }
        })
    };
    let ready = log.question.is_none() && !log.added.is_empty();
    let on_import = {
        let (log, scene, file) = (log.clone(), scene.clone(), props.file.clone());
        move |_: MouseEvent| {
            let touches = counted(log.added.len(), "touch", "touches");
            let book = Box::new(log.onto(&scene.state.workspace.book));
            let (as_of, label) = (scene.state.workspace.as_of, format!("import of {file}, {touches}"));
            scene.on_action.emit(Action::BookImported { book, as_of, label });
            scene.on_closed.emit(());
        }
    };
    let problems = log.problems.iter().map(|problem| (problem.line, problem.reason.clone())).collect::<Vec<_>>();
    html! {
        <Dialog title={format!("Import {}", props.file)} on_closed={scene.on_closed.clone()}>
            <p>{ format!("A log of touches, {}.", counted(props.table.rows.len(), "row", "rows")) }</p>
            { for log.question.iter().map(|asked| question(asked, &on_order)) }
            <div class="import-summary" role="status">
                <p><strong>{ log.sentence() }</strong></p>
                { listed(format!("{} left out", counted(problems.len(), "row", "rows")), problems) }
            </div>
            <p class="dialog-actions">
                <button type="button" class="primary" disabled={!ready} onclick={on_import}>{ "Import" }</button>
                <button type="button" onclick={scene.on_closed.reform(|_| ())}>{ "Leave the book as it is" }</button>
            </p>
        </Dialog>
    }
}
