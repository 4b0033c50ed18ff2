//! # Holdfast
//!
//! A seller has a fixed number of selling hours. An hour with a customer keeps revenue; an hour of prospecting wins it.
//! The commission plan decides which hour pays the *seller*; margins and lifetimes decide which pays the *company*.
//! Holdfast finds both best splits of the time, the money between them, and the renewal commission that closes the gap.
//! It runs wholly in the browser; there is no server.
//!
//! ## How data flows
//!
//! ```text
//! what is typed ─► draft ─► Action ─► State::after ─► Workspace ─► payoff() ─► Payoff ─┬─► verdict (words)
//!                    │ refused: a sentence beside the field, the last good result stays  ├─► ChartSpec ─► canvas, table
//!                    ▼                                                                   └─► report (JSON)
//!         State ─► Change ─► Keeper ─┬─► local storage ─► other tabs     files, links, CSV ─► Workspace ─► Action
//!                                    └─► mirror ─► "Saved"
//! ```
//!
//! A [`model::workspace::Workspace`] (book, plan in use, plans put by, assumptions, month, decisions) is exactly what is stored and shared. Everything
//! else is derived from it and never stored. Time is an input: the model never asks for the clock.
//!
//! ## Code map
//!
//! | module | what for | may use |
//! |---|---|---|
//! | [`model`] | the economics: pure numbers | nothing of ours |
//! | [`text`] | numbers and sentences as people read them | `model` |
//! | [`state`] | one reducer: a fact turns a state into the next; undo | `model`, `text` |
//! | [`storage`] | keys, files, JSON, links, CSV | `model`, `text` |
//! | [`study`] | long work in slices, and the messages to a worker | `model` |
//! | [`charts`] | what a chart says, and drawing it on any plotters backend | `model`, `text` |
//! | [`ui`] | Yew components, and the effects that touch the browser | all |
//!
//! What the first screen does without (the charts, the other pages, import, links, and the reading and writing of what is kept) is
//! fetched right after it, in files of their own: `ui/parts`. `bin/evaluate.rs` answers from a saved file without a browser;
//! `main.rs` mounts the app; `bin/worker.rs` is the engine in a web worker, a program of its own without the screen. A test reads the sources and guards the right-hand column.
//!
//! While a number moves, answers are quick ones ([`model::payoff::Detail`]); 150 ms later they are exact, and a study
//! ([`study`]) looks in slices for the best plan for the same pay and charts every slider: in a worker, or on the page
//! where there is none (`ui/effects/study.rs`, `ui/effects/worker.rs`).
//!
//! ## Invariants
//!
//! - Every number is finite and within its row of [`model::bounds`]; what cannot be computed is a
//!   [`model::problem::Problem`] with a sentence, never a NaN.
//! - Nothing is written before a good load; what cannot be read is never overwritten, and "Saved" is said when the disk has
//!   it ([`storage::journal`]).
//! - Who has the same records puts them together in the same way ([`storage::journal::record`], [`model::merge`]).
//! - Stored shapes are frozen ([`storage::schema`]); a new one gets a number and a one-way migration.
//! - Every change of the workspace is one named step that can be undone ([`state::history`]).
//! - No name of a customer or seller leaves by a link ([`storage::link`]).
//! - The model gives the same bits natively and in WebAssembly: exponentials and logarithms come from `libm`.
//!
//! ## To change X, go to Y
//!
//! | to change | go to |
//! |---|---|
//! | a default, its range, source or wording | [`model::bounds`] |
//! | what happens in a month | [`model::projection`] (`run.rs`); four runs at once: [`model::lanes`]; what falls due: [`model::due_calendar`] |
//! | how renewals answer to attention | [`model::response`]; the S-curve: [`model::adbudg`]; which is used: [`model::assumptions`] |
//! | what multiplies the odds of loss | [`model::risk`] |
//! | who gets how much attention | `model/attention.rs`; the policies: [`model::assumptions`] |
//! | how pay is computed from the flows | [`model::valuation`], [`model::plan`] |
//! | a figure of the Payoff page | [`model::payoff`] |
//! | how a rate is solved for | [`model::rate_solver`] |
//! | what "the same money" means | [`model::same_money`]; above a floor: [`model::floor_swap`] |
//! | what two rates and a rule for renewals pay at any split | [`model::plan_curves`] |
//! | how the best plan for the same money is found | [`model::best_plan`] |
//! | what an account is worth, and what is at risk | [`model::account_worth`] |
//! | which accounts a list shows, and in what order | [`model::listing`], its words: [`text::account_cell`]; drawn by `ui/components/ledger.rs` |
//! | what is done to many accounts at once | [`model::bulk_edit`] |
//! | whether training pays | [`model::training`] |
//! | a number known only as a range; how often the verdict holds | [`model::ranges`]; [`model::certainty`], said by [`text::certainty`] |
//! | what a figure is the sum of | [`model::split_sums`], told by [`text::arithmetic`]; which figures: [`text::claim`]; opened by `ui/components/explain.rs`, those that bring their own lines by `told_figure.rs` |
//! | what 45 minutes a day are worth | [`model::daily_price`] |
//! | which numbers matter most | [`model::sensitivity`], said by [`text::sensitivity`] |
//! | a seller's own pay and statement | [`model::book_events`], [`model::pay`], [`text::my_pay`]; `ui/pages/my_pay.rs` |
//! | which deal gaming a plan pays for | [`model::gaming`], on [`model::typical_deals`]; said by [`text::gaming`] |
//! | why the answer changed | [`model::waterfall`], said by [`text::waterfall`] |
//! | how much sellers follow the money | [`model::response_share`] |
//! | the chart beside a slider; a map over two; one of floors | [`model::mini_charts`], [`model::two_way_map`], [`model::floor_map`] |
//! | what a rule of a commission plan pays | [`model::pay`]; on the projection: [`model::plan_response`] |
//! | what luck does: the spread of pay, duels of plans | [`model::monte_carlo`], with rules `ruled.rs` there |
//! | two judgements of the same customers | [`text::other_judgement`] |
//! | what the user's own records say, in words | [`text::own_book`]; a statement of what is expected: [`model::expected_year`] |
//! | what a touch log, or wins and tries, say | [`model::honeymoon`], [`model::own_odds`]; how long things last: [`model::survival_estimate`] |
//! | the verdict sentence | [`text::verdict`] |
//! | the plan in sentences | [`text::plan_rules`], what is warned about: [`text::plan_checks`]; its curve: [`charts::payout`] |
//! | a rule beside the rates of a plan | [`model::rules`], as components: [`model::ruled_plan`], for both sides: [`model::shared_plan`]; what it does: [`model::ruled_outcome`], of what that is the sum: [`model::ruled_sums`], over all splits: [`model::ruled_curve`], where both agree: [`model::ruled_agreement`], what pays the same: [`model::ruled_same_pay`], which numbers matter: [`model::ruled_bars`]; its sentence, and what it could be instead: [`text::rules`]; its card: `ui/components/rule_cards.rs` |
//! | plans side by side | [`model::saved_plans`], [`model::payoff`] (`outcome.rs`), [`text::comparison`]; `ui/pages/compare.rs` |
//! | why a number or a plan is what it is | [`model::decision`], said by [`text::decision`]; `ui/components/decision_form.rs` and `decision_log.rs` |
//! | a plan to start from | [`model::templates`] |
//! | what can be undone, and its name | [`state::action`], and `state/reduce.rs` |
//! | a chart's content; its drawing | [`charts::payoff`]; [`charts::draw`] |
//! | which headings a CSV may have | [`storage::csv`] (`heading.rs`); how deals become accounts: `deals.rs`; what is written: `write.rs` |
//! | what is worked out while nothing moves | [`study`]; what comes of it on the screen: `ui/effects/study.rs` |
//! | what is fetched after the first screen | `ui/parts/split.rs`; how it is cut: `xtask/src/parts.rs` |
//! | what is stored | a new module in [`storage::schema`] |
//! | when and where it is written, and how it is put together again | [`storage::journal`]; in the browser: `ui/effects/keep.rs` |
//! | what two tabs may change at once | [`model::merge`], said by [`text::clash`] |
//! | what is shown when the program has stopped | `static/rescue.js` |
//! | a colour, a distance | `static/css/tokens.css` and `charts/palette.rs` |
//! | the page's security policy | `index.html` |
//! | set-up, test suites, the site build | `xtask/` |
//! | what is measured beside JavaScript and numpy | `tests/bench/`; how it is built: `xtask/src/kernels.rs` |
//!
//! ## Deliberately absent
//!
//! Rules in the map and in where a number turns the verdict; more than two weighted quotas and cash as the basis of renewals on
//! the screen and in what is stored (the model has them); a change of plan within the year outside of a statement; currencies.

pub mod charts;
pub mod model;
pub mod state;
pub mod storage;
pub mod study;
pub mod text;
#[cfg(feature = "screen")]
pub mod ui;
