//! Keeps what is asked beside the verdict worked out, in the background worker or in slices on the page: what the gap hangs
//! on, a map, which deals gaming pays for.

use std::rc::Rc;

use yew::prelude::*;

use super::study;
use crate::model::best_plan::BestPlan;
use crate::model::bounds::Input;
use crate::model::mini_charts::Flip;
use crate::model::payoff::PlanOutcome;
use crate::model::ruled_agreement::Agreed;
use crate::model::sensitivity::Bar;
use crate::model::two_way_map::Grid;
use crate::model::waterfall::Waterfall;
use crate::model::workspace::Workspace;
use crate::study::{Assignment, Finding, GamedYear, MapAsked, Topic};
use crate::ui::parts::Scene;
use crate::ui::parts::study::{Errand, Shown, Stop};
use crate::ui::shared::{SameAccounts, Shared};

/// What is known of the numbers that matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weighed {
    /// The bars, the longest first; `None` until they are known.
    pub bars: Option<Vec<Bar>>,
    turns: Vec<(Input, Option<Flip>)>,
}

impl Weighed {
    /// Where `input` turns the verdict, as far as that is known.
    pub fn turn(&self, input: Input) -> Option<Option<Flip>> {
        self.turns.iter().find(|(it, _)| *it == input).map(|(_, turn)| *turn)
    }
}

/// Weighs every number of the workspace of `scene`, once it is `wanted`.
#[hook]
pub fn use_tornado(scene: &Scene, wanted: bool) -> Weighed {
    let begin = |weighed: &mut Weighed| *weighed = Weighed::default();
    use_topic(scene, wanted.then_some(Topic::Tornado), begin, |weighed: &mut Weighed, finding| match finding {
        Finding::Bars(bars) => weighed.bars = Some(bars),
        Finding::Turn(input, turn) => weighed.turns.push((input, turn)),
        _ => {}
    })
}

/// What is known of the numbers that matter with rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuledWeighed {
    /// The gap as it is; `None` until it is known.
    pub gap: Option<f64>,
    /// The bars so far, the longest first.
    pub bars: Vec<Bar>,
    /// How many numbers were moved for them.
    pub moved: usize,
}

/// Weighs every number of `workspace` with the rules of its plan, for the sellers that `scene` tells of, once it is `wanted`.
#[hook]
pub fn use_ruled_tornado(workspace: &Shared<Workspace>, scene: &Scene, wanted: bool) -> RuledWeighed {
    type Found = (Option<(Shared<Workspace>, Option<String>)>, RuledWeighed);
    let (asked, of) = (workspace.clone(), (workspace.clone(), scene.state.seller.clone()));
    let about = Some(of.clone());
    let begin = move |found: &mut Found| *found = (Some(of.clone()), RuledWeighed::default());
    let topic = wanted.then_some(Topic::RuledTornado);
    let (of, weighed) = use_topic_of(asked, scene, topic, begin, |(_, weighed): &mut Found, finding| match finding {
        Finding::Outcome(_, outcome) => weighed.gap = Some(outcome.gap),
        Finding::RuledBars(bars, moved) => (weighed.bars, weighed.moved) = (bars, moved),
        _ => {}
    });
    // What was found of another workspace stands until the next one is begun with.
    if of == about { weighed } else { RuledWeighed::default() }
}

/// Draws a map over two inputs of the workspace of `scene`, once one is `asked` for. What was drawn stays until there are
/// rows anew.
#[hook]
pub fn use_map(scene: &Scene, asked: Option<MapAsked>) -> Option<Grid> {
    let drawn = use_topic(
        scene,
        asked.map(Topic::Map),
        |_| {},
        move |drawn: &mut Option<(MapAsked, Grid)>, finding| {
            if let (Some(asked), Finding::Map(grid)) = (asked, finding) {
                *drawn = Some((asked, grid));
            }
        },
    );
    drawn.filter(|(of, _)| Some(*of) == asked).map(|(_, grid)| grid)
}

/// What the plan of `scene` does with its rules, if any are in force; `None` until it is worked out.
#[hook]
pub fn use_rules(scene: &Scene) -> Option<PlanOutcome> {
    let has_rules = scene.state.workspace.plan.rules_on() > 0;
    use_rules_of(has_rules.then(|| Shared::from(Rc::clone(&scene.state.workspace))), scene)
}

/// What the plan of `workspace` does with its rules, for the sellers that `scene` tells of; `None` until it is worked out, or if
/// nothing is asked.
#[hook]
pub fn use_rules_of(workspace: Option<Shared<Workspace>>, scene: &Scene) -> Option<PlanOutcome> {
    let topic = workspace.is_some().then_some(Topic::Rules);
    type Found = Option<(Shared<Workspace>, Option<String>, PlanOutcome)>;
    let begin = |found: &mut Found| *found = None;
    let workspace = workspace.unwrap_or_else(|| Shared::from(Rc::clone(&scene.state.workspace)));
    let (of, seller) = (workspace.clone(), scene.state.seller.clone());
    let found = use_topic_of(workspace.clone(), scene, topic, begin, move |found: &mut Found, finding| {
        if let Finding::Outcome(_, outcome) = finding {
            *found = Some((of.clone(), seller.clone(), outcome));
        }
    });
    // What was found of another workspace stands until the next one is begun with.
    found.filter(|(of, seller, _)| *of == workspace && *seller == scene.state.seller).map(|(_, _, outcome)| outcome)
}

/// The workspace of `scene`, the very same as long as nothing is another that answers hang on: neither plans put by nor decisions
/// are.
#[hook]
pub fn use_asked_about(scene: &Scene) -> Shared<Workspace> {
    let workspace = Shared::from(Rc::clone(&scene.state.workspace));
    let Workspace { as_of, plan, assumptions, .. } = &*workspace;
    let of = (SameAccounts(workspace.clone()), *as_of, plan.clone(), assumptions.clone());
    Shared::from(use_memo(of, |(accounts, ..)| Workspace::clone(&accounts.0)))
}

/// Looks for the renewal commission at which both agree with the rules of the plan of `workspace`, for the sellers that `scene`
/// tells of, once it is `wanted`; `None` until it is found.
#[hook]
pub fn use_ruled_agreement(workspace: &Shared<Workspace>, scene: &Scene, wanted: bool) -> Option<Agreed> {
    let begin = |found: &mut Option<Agreed>| *found = None;
    let topic = wanted.then_some(Topic::RuledAgreement);
    use_topic_of(workspace.clone(), scene, topic, begin, |found: &mut Option<Agreed>, finding| {
        if let Finding::Agreed(agreed) = finding {
            *found = Some(agreed);
        }
    })
}

/// Looks for the two rates that serve the company best for the same pay beside the rules of the plan of `workspace`, for the sellers
/// that `scene` tells of, once it is `wanted`; `None` until they are found.
#[hook]
pub fn use_ruled_same_pay(workspace: &Shared<Workspace>, scene: &Scene, wanted: bool) -> Option<BestPlan> {
    let begin = |found: &mut Option<BestPlan>| *found = None;
    let topic = wanted.then_some(Topic::RuledSamePay);
    use_topic_of(workspace.clone(), scene, topic, begin, |found: &mut Option<BestPlan>, finding| {
        if let Finding::SamePay(_, best) = finding {
            *found = Some(best);
        }
    })
}

/// Searches a typical year for deals that gaming the plan pays for; `None` until it is searched.
#[hook]
pub fn use_gaming(scene: &Scene) -> Option<GamedYear> {
    let begin = |found: &mut Option<GamedYear>| *found = None;
    use_topic(scene, Some(Topic::Gaming), begin, |found: &mut Option<GamedYear>, finding| {
        if let Finding::Gamed(year) = finding {
            *found = Some(year);
        }
    })
}

/// What led from the workspace `before` to that of `scene`; `None` until it is worked out.
#[hook]
pub fn use_waterfall(scene: &Scene, before: Option<Rc<Workspace>>) -> Option<Waterfall> {
    let topic = before.map(|before| Topic::Waterfall(Box::new(Workspace::clone(&before))));
    let begin = |found: &mut Option<Waterfall>| *found = None;
    use_topic(scene, topic, begin, |found: &mut Option<Waterfall>, finding| {
        if let Finding::Fallen(way) = finding {
            *found = Some(way);
        }
    })
}

/// Studies `topic` about the workspace of `scene`, and puts together what is found: `begin` makes ready for what comes anew.
#[hook]
fn use_topic<T: Clone + Default + 'static>(
    scene: &Scene,
    topic: Option<Topic>,
    begin: impl Fn(&mut T) + 'static,
    add: impl Fn(&mut T, Finding) + 'static,
) -> T {
    use_topic_of(Shared::from(Rc::clone(&scene.state.workspace)), scene, topic, begin, add)
}

/// The same about another workspace.
#[hook]
fn use_topic_of<T: Clone + Default + 'static>(
    workspace: Shared<Workspace>,
    scene: &Scene,
    topic: Option<Topic>,
    begin: impl Fn(&mut T) + 'static,
    add: impl Fn(&mut T, Finding) + 'static,
) -> T {
    let shown = use_state(T::default);
    let found = use_mut_ref(T::default);
    let setter = shown.setter();
    use_effect_with((workspace, scene.state.seller.clone(), topic), move |(workspace, seller, topic)| {
        let stop = Rc::new(Stop::default());
        if let Some(topic) = topic {
            begin(&mut found.borrow_mut());
            setter.set(found.borrow().clone());
            let on_found = Callback::from(move |shown: Shown| {
                if let Shown::Found(finding) = shown {
                    add(&mut found.borrow_mut(), finding);
                    setter.set(found.borrow().clone());
                }
            });
            let (workspace, seller) = (Workspace::clone(workspace), seller.clone());
            let assignment = Rc::new(Assignment { workspace, seller, topic: topic.clone() });
            study::begin(Errand { assignment, stop: Rc::clone(&stop), on_found });
        }
        move || stop.stop()
    });
    (*shown).clone()
}
