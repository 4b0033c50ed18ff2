//! Parts of pages: one component a file. They show what they are given and report what the user did.

pub mod account_dialog;
pub mod account_form;
pub mod banners;
pub mod bulk_bar;
pub mod cell_editor;
pub mod chart_card;
pub mod dialog;
pub mod header;
pub mod hour_table;
pub mod import_dialog;
pub mod input_control;
pub mod ledger;
pub mod listing_tools;
pub mod luck;
pub mod mini_chart;
pub mod more_controls;
pub mod notices;
pub mod pay_bar;
pub mod plan_panel;
pub mod rate_card;
pub mod restore_dialog;
pub mod share_dialog;
pub mod side;
pub mod stage;
pub mod touch_dialog;
pub mod verdict;
