//! A change of many accounts in words.

use super::number::{counted, money, plain, rate};
use crate::model::bulk_edit::BulkEdit;
use crate::model::change::Label;

/// For example "give 12 accounts to Ana Ruiz".
pub fn label(edit: &BulkEdit, changed: usize) -> Label {
    let accounts = counted(changed, "account", "accounts");
    match edit {
        BulkEdit::Seller(seller) if seller.is_empty() => Label::plain(format!("take {accounts} from their seller")),
        BulkEdit::Seller(seller) => {
            Label { text: format!("give {accounts} to {seller}"), nameless: format!("give {accounts} to a seller") }
        }
        BulkEdit::Margin(margin) => Label::plain(format!("margin of {accounts} to {}", rate(margin.get(), 1))),
        BulkEdit::CostToServe(cost) => {
            Label::plain(format!("cost to serve of {accounts} to {}", money(cost.units(), 0)))
        }
        BulkEdit::Term(term) => {
            let months = counted(term.months() as usize, "month", "months");
            Label::plain(format!("term of {accounts} to {months}"))
        }
        BulkEdit::LossOdds(times) => {
            Label::plain(format!("odds of loss of {accounts} times {}", plain(times.get(), 2)))
        }
        // A tag may be anything, also a name.
        BulkEdit::TagAdded(tag) => {
            Label { text: format!("tag {accounts} with {tag}"), nameless: format!("tag {accounts}") }
        }
        BulkEdit::TagRemoved(tag) => Label {
            text: format!("take the tag {tag} from {accounts}"),
            nameless: format!("take a tag from {accounts}"),
        },
        BulkEdit::Lost { .. } => Label::plain(format!("mark {accounts} as lost")),
        BulkEdit::Deleted => Label::plain(format!("delete {accounts}")),
    }
}
