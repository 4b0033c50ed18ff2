//! Keeps a study going while nothing moves, and shows what it has found so far.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::bounds::Input;
use crate::model::ruled_curve::RuledCurve;
use crate::model::workspace::Workspace;
use crate::study::{Assignment, Topic};
use crate::text::claim::ToldPlan;
use crate::text::verdict::Part;
use crate::ui::parts::study::{Errand, Shown, Stop};
use crate::ui::parts::{self, Scene};
use crate::ui::shared::Shared;

/// What a study has found. What was found before stays until it is found anew.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// The workspace that `same_pay` is about.
    pub of: Option<Shared<Workspace>>,
    /// What the plan does with its rules, if it has any, and the best plan for the same pay.
    pub same_pay: [Vec<Part>; 2],
    /// The plans that it is about.
    pub plans: Vec<ToldPlan>,
    /// The sentences on how often the verdict holds within the ranges, and the workspace that they are about.
    pub holds: (Option<Shared<Workspace>>, Option<Shared<Html>>),
    /// What every split is worth with the rules of the plan, and the workspace and the seller that it is about.
    pub curve: Option<(Shared<Workspace>, Option<String>, Shared<RuledCurve>)>,
    /// What the page has to do without.
    pub lost: Option<&'static str>,
    /// How much is luck.
    pub luck: Html,
    /// How far long work is.
    pub progress: Html,
    charts: Vec<(Input, Html)>,
}

impl Findings {
    /// The chart of an input, if it is ready.
    pub fn chart(&self, input: Input) -> Option<Html> {
        self.charts.iter().find(|(it, _)| *it == input).map(|(_, chart)| chart.clone())
    }

    fn add(&mut self, of: &Shared<Workspace>, seller: Option<&String>, shown: Shown) {
        match shown {
            Shown::SamePay(sentences, plans) => {
                (self.of, self.same_pay, self.plans) = (Some(of.clone()), sentences, plans);
            }
            Shown::Curve(curve) => self.curve = Some((of.clone(), seller.cloned(), Shared::new(curve))),
            Shown::Luck(card) => self.luck = card,
            Shown::Progress(words) => self.progress = words,
            Shown::Holds(sentences) => self.holds = (Some(of.clone()), Some(Shared::new(sentences))),
            // Not asked for here.
            Shown::Found(_) => {}
            Shown::Lost(what) => self.lost = Some(what),
            Shown::Chart(input, chart) => {
                self.charts.retain(|(it, _)| *it != input);
                self.charts.push((input, chart));
            }
        }
    }
}

/// Studies the workspace of `scene`, with charts for `inputs`.
#[hook]
pub fn use_study(scene: &Scene, inputs: &[Input]) -> Rc<Findings> {
    let shown = use_state(Rc::<Findings>::default);
    let found = use_mut_ref(Findings::default);
    let workspace = Shared::from(Rc::clone(&scene.state.workspace));
    let watched = (workspace, scene.state.seller.clone(), scene.state.moving, inputs.to_vec());
    {
        let (setter, workspace) = (shown.setter(), Rc::clone(&scene.state.workspace));
        use_effect_with(watched, move |(of, seller, moving, inputs)| {
            let stop = Rc::new(Stop::default());
            if !moving {
                let (of, about) = (of.clone(), seller.clone());
                let on_found = Callback::from(move |shown: Shown| {
                    found.borrow_mut().add(&of, about.as_ref(), shown);
                    setter.set(Rc::new(found.borrow().clone()));
                });
                let (workspace, seller) = (Workspace::clone(&workspace), seller.clone());
                let assignment = Rc::new(Assignment { workspace, seller, topic: Topic::Payoff(inputs.clone()) });
                let errand = Errand { assignment, stop: Rc::clone(&stop), on_found };
                spawn_local(async move {
                    // Without it the page only says less.
                    if let Some(begin) = parts::study().await {
                        begin(errand);
                    }
                });
            }
            move || stop.stop()
        });
    }
    Rc::clone(&shown)
}
