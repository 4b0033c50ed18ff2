//! The log of decisions, where the sender wants it in the link.

use serde::{Deserialize, Serialize};

use super::{BadLink, out_of_range};
use crate::model::bounds::Input;
use crate::model::decision::{About, Decision, Decisions};

/// Day, place in the day, the key of the number that it is about or nothing for the plan, what stood there, why, who.
#[derive(Serialize, Deserialize)]
pub(super) struct DecisionV5(String, u32, String, String, String, String);

impl From<&Decision> for DecisionV5 {
    fn from(decision: &Decision) -> DecisionV5 {
        let Decision { on, nth, about, stated, why, who } = decision;
        let key = match about {
            About::Plan => "",
            About::Number(input) => input.key(),
        };
        DecisionV5(on.to_string(), *nth, key.to_owned(), stated.clone(), why.clone(), who.clone())
    }
}

pub(super) fn read(decisions: Vec<DecisionV5>) -> Result<Decisions, BadLink> {
    let decision = |DecisionV5(day, nth, key, stated, why, who)| {
        let on = day.parse().map_err(|_| out_of_range("the day of a decision"))?;
        let about = match key.as_str() {
            "" => About::Plan,
            key => Input::from_key(key).map(About::Number).ok_or(BadLink::Newer)?,
        };
        Ok(Decision { on, nth, about, stated, why, who })
    };
    decisions.into_iter().map(decision).collect()
}
