//! The rules beside a plan's rates: a card for each, which reads as a sentence in which every number can be changed, and a
//! way to add one.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::rules_outcome::RulesOutcome;
use super::told_figure::told_sentence;
use super::typed_number::{Refused, TypedNumber};
use crate::model::flat_plan::left_out;
use crate::model::pay::PlanPeriod;
use crate::model::rules::{MOST_NUMBERS, MOST_RULES, Rule, RuleKind};
use crate::state::plans;
use crate::text::arithmetic::step_arithmetic;
use crate::text::choice;
use crate::text::number::in_words;
use crate::text::own_book::retained;
use crate::text::rules::{self, GROUPS, Offer, RulePiece};
use crate::ui::effects::screen;
use crate::ui::parts::Scene;
use crate::ui::shared::{SameAccounts, Shared};

/// What a card keeps beside its rule: a number of its own, so that it stays itself when it moves, and refused texts.
#[derive(Clone, PartialEq, Default)]
struct Card {
    id: u32,
    refused: [Refused; MOST_NUMBERS],
}

/// What is done with a rule.
#[derive(Clone, Copy, PartialEq)]
enum Deed {
    Up,
    Down,
    Duplicate,
    Remove,
}

/// What was done: the id of what gets the focus, a word for the undo list, and what is said.
struct Done {
    focus: String,
    what: &'static str,
    said: String,
}

/// The cards in the order of the rules.
#[derive(Clone, PartialEq, Default)]
struct Cards {
    cards: Vec<Card>,
    given: u32,
}

impl Cards {
    fn new_card(&mut self) -> Card {
        self.given += 1;
        Card { id: self.given, ..Card::default() }
    }

    /// Does a deed to the rule at `place`, and to its card; nothing where it cannot be done.
    fn deal(&mut self, rules: &mut Vec<Rule>, place: usize, deed: Deed) -> Option<Done> {
        let (rule, id) = (*rules.get(place)?, self.cards.get(place)?.id);
        let (focus, what, said) = match deed {
            Deed::Up | Deed::Down => {
                let other = if deed == Deed::Up { place.checked_sub(1)? } else { place + 1 };
                if other >= rules.len() {
                    return None;
                }
                rules.swap(place, other);
                self.cards.swap(place, other);
                // At an end of the list the other button is the one that can be pressed.
                let is_end = other == 0 || other + 1 == rules.len();
                let word = if (deed == Deed::Up) == is_end { "down" } else { "up" };
                (format!("rule-{id}-{word}"), "move a rule", if deed == Deed::Up { "Moved up" } else { "Moved down" })
            }
            Deed::Duplicate => {
                if rules.len() >= MOST_RULES {
                    return None;
                }
                let copy = self.new_card();
                let focus = format!("rule-{}-on", copy.id);
                rules.insert(place + 1, rule);
                self.cards.insert(place + 1, copy);
                (focus, "duplicate a rule", "Duplicated")
            }
            Deed::Remove => {
                rules.remove(place);
                self.cards.remove(place);
                ("rule-kind".to_owned(), "remove a rule", "Removed")
            }
        };
        Some(Done { focus, what, said: format!("{said}: {}.", rules::name(rule.kind())) })
    }

    /// As many as there are rules: an undo may bring or take some.
    fn fit(&mut self, rules: usize) {
        self.cards.truncate(rules);
        while self.cards.len() < rules {
            let card = self.new_card();
            self.cards.push(card);
        }
    }
}

/// Properties of [`RuleCards`].
#[derive(Properties, PartialEq)]
pub struct RuleCardsProps {
    /// The state, and where to report to.
    pub scene: Scene,
}

/// The cards.
#[component]
pub fn RuleCards(props: &RuleCardsProps) -> Html {
    let scene = &props.scene;
    let workspace = &scene.state.workspace;
    let rules = &workspace.plan.rules;
    let kept = use_state(Cards::default);
    let wanted = use_mut_ref(|| None::<String>);
    let mut cards = (*kept).clone();
    cards.fit(rules.len());
    {
        // A moved card takes the focus along; it is there after the next drawing only.
        let wanted = Rc::clone(&wanted);
        use_effect(move || {
            if let Some(id) = wanted.borrow_mut().take() {
                screen::focus(&id);
            }
        });
    }
    let change = {
        let (scene, kept) = (scene.clone(), kept.clone());
        move |rules: Vec<Rule>, cards: Cards, what: &str, said: Option<String>| {
            kept.set(cards);
            scene.on_action.emit(plans::ruled(&scene.state.workspace, rules, what, said));
        }
    };
    let on_changed = {
        let (rules, cards, change) = (rules.clone(), cards.clone(), change.clone());
        Callback::from(move |(place, rule): (usize, Rule)| {
            let mut rules = rules.clone();
            if let Some(slot) = rules.get_mut(place) {
                *slot = rule;
            }
            change(rules, cards.clone(), "change a rule", None);
        })
    };
    let on_offer = {
        let (rules, cards, change) = (rules.clone(), cards.clone(), change.clone());
        Callback::from(move |(place, rule): (usize, Rule)| {
            let (mut rules, mut cards) = (rules.clone(), cards.clone());
            if let (Some(slot), Some(card)) = (rules.get_mut(place), cards.cards.get_mut(place)) {
                *slot = rule;
                // What was typed and refused belongs to numbers that are others now.
                card.refused = Default::default();
            }
            let said = format!("Changed to: {}.", rules::name(rule.kind()));
            change(rules, cards, "change a rule", Some(said));
        })
    };
    let on_typed = {
        let (rules, cards, kept, change) = (rules.clone(), cards.clone(), kept.clone(), change.clone());
        Callback::from(move |(place, number, text): (usize, usize, String)| {
            let (mut changed, mut cards) = (rules.clone(), cards.clone());
            let Some(rule) = changed.get_mut(place) else { return };
            let read = rules::read(rule, number, &text);
            if let Some(slot) = cards.cards.get_mut(place).and_then(|card| card.refused.get_mut(number)) {
                *slot = read.as_ref().err().map(|why| (text, why.to_string()));
            }
            match read {
                Ok(read) if read != *rule => {
                    *rule = read;
                    change(changed, cards, "change a rule", None);
                }
                _ => kept.set(cards),
            }
        })
    };
    let on_deed = {
        let (rules, cards, change, wanted) = (rules.clone(), cards.clone(), change.clone(), Rc::clone(&wanted));
        Callback::from(move |(place, deed): (usize, Deed)| {
            let (mut changed, mut cards) = (rules.clone(), cards.clone());
            let Some(Done { focus, what, said }) = cards.deal(&mut changed, place, deed) else { return };
            *wanted.borrow_mut() = Some(focus);
            change(changed, cards, what, Some(said));
        })
    };
    let on_added = {
        let (rules, cards, change, wanted) = (rules.clone(), cards.clone(), change, wanted);
        Callback::from(move |kind: RuleKind| {
            let (mut changed, mut cards) = (rules.clone(), cards.clone());
            let card = cards.new_card();
            let first = if kind.numbers().is_empty() { "on" } else { "number-0" };
            *wanted.borrow_mut() = Some(format!("rule-{}-{first}", card.id));
            cards.cards.push(card);
            changed.push(Rule::new(kind));
            change(changed, cards, "add a rule", Some(format!("Added: {}.", rules::name(kind))));
        })
    };
    let asks_due = rules.iter().any(|rule| rules::due_place(rule.kind()).is_some());
    let own = (SameAccounts(Shared::from(Rc::clone(workspace))), scene.state.seller.clone(), workspace.as_of, asks_due);
    let records = use_memo(own, |(book, seller, as_of, asks_due)| {
        let seller = seller.as_deref();
        let own = book.0.book.accounts.iter().filter(|it| seller.is_none_or(|name| name == it.seller));
        if *asks_due { retained(own, *as_of) } else { None }
    });
    let offers = |rule: &Rule| -> Vec<Offer> {
        let other = scene.payoff.as_deref().and_then(|payoff| rules::other_way(rule, workspace, payoff));
        records.as_ref().and_then(|records| rules::from_records(rule, &records)).into_iter().chain(other).collect()
    };
    let omitted = left_out(&workspace.plan, workspace.as_of.plus(1));
    let cards_of = rules.iter().zip(&cards.cards).enumerate().map(|(place, (rule, card))| {
        let why = omitted.iter().find(|(left_out, _)| *left_out == place).map(|(_, why)| rules::left_out(*why));
        let on_changed = on_changed.reform(move |rule| (place, rule));
        let on_offer = on_offer.reform(move |rule| (place, rule));
        let on_typed = on_typed.reform(move |(number, text)| (place, number, text));
        let on_deed = on_deed.reform(move |deed| (place, deed));
        let last = place + 1 == rules.len();
        html! {
            <RuleCard key={card.id} rule={*rule} card={card.clone()} {why} offers={offers(rule)} first={place == 0} {last}
                full={rules.len() >= MOST_RULES} {on_changed} {on_offer} {on_typed} {on_deed} />
        }
    });
    html! {
        <section class="card rules further-rules" aria-labelledby="further-heading">
            <h2 id="further-heading">{ "Further rules" }</h2>
            if rules.is_empty() {
                <p class="note">
                    { "Tiers, bonuses, caps, conditions, clawback and draws. Add one, and see below it what the seller would do." }
                </p>
            }
            <ol>{ for cards_of }</ol>
            <Adder full={rules.len() >= MOST_RULES} on_added={on_added} />
            <RulesOutcome scene={scene.clone()} />
        </section>
    }
}

/// Properties of [`RuleCard`].
#[derive(Properties, PartialEq)]
struct RuleCardProps {
    rule: Rule,
    card: Card,
    /// Why it pays nothing, if it is left out.
    why: Option<&'static str>,
    /// What it could be instead.
    offers: Vec<Offer>,
    first: bool,
    last: bool,
    /// Whether there is no room for another.
    full: bool,
    on_changed: Callback<Rule>,
    on_offer: Callback<Rule>,
    on_typed: Callback<(usize, String)>,
    on_deed: Callback<Deed>,
}

#[component]
fn RuleCard(props: &RuleCardProps) -> Html {
    let RuleCardProps { rule, card, .. } = props;
    let rule = *rule;
    let name = rules::name(rule.kind());
    let piece = |piece: &RulePiece| match piece {
        RulePiece::Words(words) => html! { {*words} },
        RulePiece::About(words) => html! { <b>{ *words }</b> },
        RulePiece::Number(place) => {
            let place = *place;
            let on_typed = props.on_typed.reform(move |text| (place, text));
            let (before, after) = rules::around(&rule, place);
            html! {
                <TypedNumber id={format!("rule-{}-number-{place}", card.id)} label={rules::number_label(rule.kind(), place)}
                    {before} {after} shown={rules::number_box(&rule, place)} refused={card.refused.get(place).cloned().flatten()}
                    {on_typed} />
            }
        }
        RulePiece::Period => period(rule, &props.on_changed),
    };
    let on_switched = {
        let on_changed = props.on_changed.clone();
        move |event: Event| on_changed.emit(rule.switched(event.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    let button = |word: &'static str, label: &'static str, deed: Deed, disabled: bool| {
        let on_deed = props.on_deed.clone();
        html! {
            <button type="button" class="link" id={format!("rule-{}-{word}", card.id)} aria-label={format!("{label}: {name}")}
                {disabled} onclick={move |_: MouseEvent| on_deed.emit(deed)}>{ label }</button>
        }
    };
    html! {
        <li data-on={rule.is_on.to_string()}>
            <p>{ for rules::pieces(rule.kind()).iter().map(piece) }</p>
            if let Some(why) = props.why {
                <small class="problem" role="status">{ why }</small>
            } else if !rules::note(&rule).is_empty() {
                <small>{ told_sentence(&rules::note(&rule), move || step_arithmetic(&rule)) }</small>
            }
            { for props.offers.iter().map(|it| offer(it, rule, &props.on_offer)) }
            <div class="rule-deeds" role="group" aria-label={name}>
                <label>
                    <input type="checkbox" id={format!("rule-{}-on", card.id)} checked={rule.is_on} onchange={on_switched}
                        aria-label={format!("In force: {name}")} />
                    { if rule.is_on { "in force" } else { "switched off" } }
                </label>
                { button("up", "Up", Deed::Up, props.first) }
                { button("down", "Down", Deed::Down, props.last) }
                { button("copy", "Duplicate", Deed::Duplicate, props.full) }
                { button("remove", "Remove", Deed::Remove, false) }
            </div>
        </li>
    }
}

/// What a rule could be instead: why, and a button for it where it is not so already.
fn offer(offer: &Offer, now: Rule, on_offer: &Callback<Rule>) -> Html {
    let (arithmetic, on_offer, rule) = (offer.arithmetic.clone(), on_offer.clone(), offer.rule);
    let label = format!("{}: {}", offer.label, rules::name(now.kind()));
    let is_so = rule == now;
    let on_pressed = move |_: MouseEvent| {
        if !is_so {
            on_offer.emit(rule);
        }
    };
    html! {
        <small class="offer">
            { told_sentence(&offer.says, move || arithmetic.clone()) }
            { " " }
            // It stays where it is when it was pressed, so that the focus does.
            <button type="button" class="link" aria-label={label} aria-disabled={is_so.to_string()} onclick={on_pressed}>
                { offer.label }
            </button>
        </small>
    }
}

fn period(rule: Rule, on_changed: &Callback<Rule>) -> Html {
    let on_changed = on_changed.clone();
    let on_chosen = move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(period) = usize::try_from(index).ok().and_then(|index| PlanPeriod::ALL.get(index)) {
            on_changed.emit(rule.over(*period));
        }
    };
    html! {
        <select class="inline-choice" aria-label={format!("Period: {}", rules::name(rule.kind()))} onchange={on_chosen}>
            { for PlanPeriod::ALL.map(|period| html! { <option selected={period == rule.period}>{ choice::period(period) }</option> }) }
        </select>
    }
}

/// Properties of [`Adder`].
#[derive(Properties, PartialEq)]
struct AdderProps {
    full: bool,
    on_added: Callback<RuleKind>,
}

/// The choice of another rule.
#[component]
fn Adder(props: &AdderProps) -> Html {
    let chosen = use_state(|| RuleKind::TierAbove);
    let kinds = || GROUPS.iter().flat_map(|(_, kinds)| kinds.iter().copied());
    let on_chosen = {
        let chosen = chosen.clone();
        move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(kind) = usize::try_from(index).ok().and_then(|index| kinds().nth(index)) {
                chosen.set(kind);
            }
        }
    };
    let on_added = {
        let (on_added, kind) = (props.on_added.clone(), *chosen);
        move |_: MouseEvent| on_added.emit(kind)
    };
    html! {
        <>
            <p class="form-line add-rule">
                <label for="rule-kind">{ "Add" }</label>
                <select id="rule-kind" onchange={on_chosen} disabled={props.full}>
                    { for GROUPS.iter().map(|(heading, kinds)| html! {
                        <optgroup label={*heading}>
                            { for kinds.iter().map(|kind| html! { <option selected={*kind == *chosen}>{ rules::name(*kind) }</option> }) }
                        </optgroup>
                    }) }
                </select>
                <button type="button" id="add-rule" disabled={props.full} onclick={on_added}>{ "Add the rule" }</button>
            </p>
            if props.full {
                <p class="note" role="status">
                    { format!("A plan has at most {} further rules: remove one to add another.", in_words(MOST_RULES as u64)) }
                </p>
            }
        </>
    }
}
