//! Keeps a study going while nothing moves, and shows what it has found so far.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::bounds::Input;
use crate::model::payoff::Question;
use crate::model::workspace::Workspace;
use crate::text::verdict::Part;
use crate::ui::parts::study::{Assignment, Finding};
use crate::ui::parts::{self, Scene};
use crate::ui::shared::Shared;

/// What a study has found. What was found before stays until it is found anew.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// The workspace that `same_pay` is about.
    pub of: Option<Shared<Workspace>>,
    /// The sentence on the best plan for the same pay.
    pub same_pay: Vec<Part>,
    charts: Vec<(Input, Html)>,
}

impl Findings {
    /// The chart of an input, if it is ready.
    pub fn chart(&self, input: Input) -> Option<Html> {
        self.charts.iter().find(|(it, _)| *it == input).map(|(_, chart)| chart.clone())
    }

    fn add(&mut self, of: &Shared<Workspace>, finding: Finding) {
        match finding {
            Finding::SamePay(sentence) => (self.of, self.same_pay) = (Some(of.clone()), sentence),
            Finding::Chart(input, chart) => {
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
            let stopped = Rc::new(Cell::new(*moving));
            if !moving {
                let of = of.clone();
                let on_found = Callback::from(move |finding: Finding| {
                    found.borrow_mut().add(&of, finding);
                    setter.set(Rc::new(found.borrow().clone()));
                });
                let question = Question { seller: seller.clone(), ..Question::default() };
                let inputs = inputs.clone();
                let assignment = Assignment { workspace, question, inputs, stopped: Rc::clone(&stopped), on_found };
                spawn_local(async move {
                    // Without it the page only says less.
                    if let Some(begin) = parts::study().await {
                        begin(assignment);
                    }
                });
            }
            move || stopped.set(true)
        });
    }
    Rc::clone(&shown)
}
