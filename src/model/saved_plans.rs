//! Plans put by under a name: to be compared with the one in use, and to be taken into use later.
//!
//! A plan put by does not change when the one in use does. The name is its identity: two of one name are one plan.

use std::fmt;

use super::plan::Plan;

/// The most plans that can be put by: with the one in use six are compared.
pub const MOST_SAVED: usize = 5;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 40;

/// Plans by name, in the order of their names. There may be more than [`MOST_SAVED`] where several tabs or files came
/// together: none is thrown away, but no other is put by.
///
/// A list, not a map: there are a handful, and the code of a map is what every visitor would have to fetch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedPlans(Vec<(String, Plan)>);

/// Why a plan is not put by; the sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSaved {
    /// It has no name.
    NoName,
    /// Its name is too long.
    LongName {
        /// How long it is, in characters.
        characters: usize,
    },
    /// There are as many as there can be.
    Full,
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotSaved::NoName => write!(f, "Give the plan a name."),
            NotSaved::LongName { characters } => {
                write!(f, "The name has {characters} characters: shorten it to {LONGEST_NAME}.")
            }
            NotSaved::Full => {
                write!(f, "{MOST_SAVED} plans are kept already, the most that can be compared: remove one first.")
            }
        }
    }
}

impl std::error::Error for NotSaved {}

impl SavedPlans {
    /// The plans, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Plan)> + Clone {
        self.0.iter().map(|(name, plan)| (name.as_str(), plan))
    }

    /// The plan of that name.
    pub fn get(&self, name: &str) -> Option<&Plan> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, plan)| plan)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The name of the first plan that is just like `plan`.
    pub fn name_of(&self, plan: &Plan) -> Option<&str> {
        self.iter().find(|(_, saved)| *saved == plan).map(|(name, _)| name)
    }

    /// Puts `plan` by under `name`, in the place of one of that name. Blanks around the name and doubled ones are left out.
    ///
    /// # Errors
    /// [`NotSaved`]; nothing changes then.
    pub fn save(&mut self, name: &str, plan: Plan) -> Result<(), NotSaved> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let characters = name.chars().count();
        if name.is_empty() {
            return Err(NotSaved::NoName);
        }
        if characters > LONGEST_NAME {
            return Err(NotSaved::LongName { characters });
        }
        if self.get(&name).is_none() && self.len() >= MOST_SAVED {
            return Err(NotSaved::Full);
        }
        self.restore(name, plan);
        Ok(())
    }

    /// Takes the plan of that name away.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Puts a plan where it was stored or merged, whatever its name and however many there are.
    pub fn restore(&mut self, name: String, plan: Plan) {
        self.remove(&name);
        let place = self.0.iter().take_while(|(known, _)| *known < name).count();
        self.0.insert(place, (name, plan));
    }

    /// A name that no plan has: "Plan B", "Plan C" and so on; the one in use is plan A.
    pub fn free_name(&self) -> String {
        let letters = ('B'..='Z').map(|letter| format!("Plan {letter}"));
        let numbers = (27..).map(|number| format!("Plan {number}"));
        letters.chain(numbers).find(|name| self.get(name).is_none()).unwrap_or_default()
    }

    /// These plans and those of `others` that are not among them. One of the same name that is another plan comes under its
    /// name with "(2)" behind it, or the next number that is free.
    pub fn with_missing_of(&self, others: &SavedPlans) -> SavedPlans {
        let mut all = self.clone();
        for (name, plan) in others.iter() {
            let numbered = (2..).map(|number| format!("{name} ({number})"));
            let mut names = std::iter::once(name.to_owned()).chain(numbered);
            if let Some(free) = names.find(|name| all.get(name).is_none_or(|here| here == plan)) {
                all.restore(free, plan.clone());
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::CommissionRate;

    fn plan(new_business: f64) -> Plan {
        Plan { new_business: CommissionRate::constant(new_business), ..Plan::default() }
    }

    #[test]
    fn a_name_is_a_plan() {
        let mut saved = SavedPlans::default();
        assert_eq!(saved.free_name(), "Plan B");
        saved.save("  Plan \t B ", plan(0.05)).unwrap();
        assert_eq!(saved.free_name(), "Plan C");
        assert_eq!(saved.get("Plan B"), Some(&plan(0.05)));
        saved.save("Plan B", plan(0.06)).unwrap();
        assert_eq!((saved.len(), saved.name_of(&plan(0.06)), saved.name_of(&plan(0.05))), (1, Some("Plan B"), None));
        assert_eq!(saved.save(" \u{a0}", plan(0.1)), Err(NotSaved::NoName));
        assert_eq!(saved.save(&"é".repeat(41), plan(0.1)), Err(NotSaved::LongName { characters: 41 }));
        assert_eq!(saved.save(&"é".repeat(40), plan(0.1)), Ok(()));
        for name in ["C", "D", "E"] {
            saved.save(name, plan(0.1)).unwrap();
        }
        assert_eq!(saved.save("F", plan(0.1)), Err(NotSaved::Full));
        assert_eq!(saved.save("E", plan(0.2)), Ok(()), "in the place of one");
        saved.remove("E");
        assert_eq!(saved.get("E"), None);
        assert_eq!(saved.save("F", plan(0.1)), Ok(()));
    }

    #[test]
    fn plans_of_a_file_come_beside_those_here() {
        let of = |plans: &[(&str, f64)]| {
            let mut saved = SavedPlans::default();
            plans.iter().for_each(|(name, rate)| saved.restore((*name).to_owned(), plan(*rate)));
            saved
        };
        let here = of(&[("A", 0.1), ("B", 0.2), ("B (2)", 0.3)]);
        let there = of(&[("A", 0.1), ("B", 0.4), ("C", 0.5)]);
        let both = of(&[("A", 0.1), ("B", 0.2), ("B (2)", 0.3), ("B (3)", 0.4), ("C", 0.5)]);
        assert_eq!(here.with_missing_of(&there), both);
        assert_eq!(both.with_missing_of(&there), both, "they are here already");
    }
}
