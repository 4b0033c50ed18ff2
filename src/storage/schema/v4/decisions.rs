//! The log of decisions: each under its day, its place in the day and a checksum of what it says, so that its name stays the
//! same whatever is logged beside it: "2026-11-29 2 1a2b3c4d".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::v1::{Invalid, invalid};
use crate::model::bounds::Input;
use crate::model::decision::{About, Decision, Decisions};

/// More than this come from no use of the app.
const MOST_READ: usize = 10_000;

/// Decisions as they are written since version 10.
pub type DecisionsV10 = BTreeMap<String, DecisionV10>;

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionV10 {
    /// The number that it is about; none for the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    stated: String,
    why: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    who: String,
}

impl DecisionV10 {
    fn checksum(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        for part in [self.about.as_deref().unwrap_or_default(), &self.stated, &self.why, &self.who] {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        hasher.finalize()
    }
}

impl From<&Decision> for DecisionV10 {
    fn from(decision: &Decision) -> DecisionV10 {
        DecisionV10 {
            about: match decision.about {
                About::Plan => None,
                About::Number(input) => Some(input.key().to_owned()),
            },
            stated: decision.stated.clone(),
            why: decision.why.clone(),
            who: decision.who.clone(),
        }
    }
}

/// The decisions as they are written.
pub fn written(decisions: &Decisions) -> DecisionsV10 {
    let mut all = DecisionsV10::new();
    for decision in decisions.iter() {
        let stored = DecisionV10::from(decision);
        let mut key = format!("{} {} {:08x}", decision.on, decision.nth, stored.checksum());
        while all.contains_key(&key) {
            key.push('+');
        }
        all.insert(key, stored);
    }
    all
}

/// The decisions that were written; one that is there twice is one.
///
/// # Errors
/// [`Invalid`], which names the decision.
pub fn read(stored: DecisionsV10) -> Result<Decisions, Invalid> {
    if stored.len() > MOST_READ {
        return Err(invalid("decisions", format!("{} are more than 10,000", stored.len())));
    }
    let decision = |(key, stored): (String, DecisionV10)| {
        let place = format!("decision “{key}”");
        let mut words = key.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let on = word().parse().map_err(|why| invalid(&place, why))?;
        let nth = word().parse().map_err(|why| invalid(&place, why))?;
        let about = match stored.about {
            None => About::Plan,
            Some(key) => Input::from_key(&key)
                .map(About::Number)
                .ok_or_else(|| invalid(&place, format!("no number of this version is called “{key}”")))?,
        };
        Ok(Decision { on, nth, about, stated: stored.stated, why: stored.why, who: stored.who })
    };
    stored.into_iter().map(decision).collect()
}
