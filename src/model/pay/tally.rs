//! Where a run leaves what components pay in a month: part by part for a statement, or only added up.

/// What one component pays in a month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ComponentPay {
    /// What each event adds, by its place among the events; corrections at the end of a period name none.
    pub parts: Vec<(Option<usize>, f64)>,
    /// What the cap or a gate that did not open kept back, told at the end of the period.
    pub withheld: f64,
}

impl ComponentPay {
    /// All parts.
    pub fn total(&self) -> f64 {
        self.parts.iter().map(|(_, amount)| amount).sum()
    }
}

/// Takes down what the components of a plan pay in a month.
pub(in crate::model) trait Tally {
    /// Empties it for the next month of a plan with so many components.
    fn clear(&mut self, components: usize);

    /// The component with this place pays `amount`, for the event with that place if for one.
    fn add(&mut self, component: usize, event: Option<usize>, amount: f64);

    /// The component with this place has kept `amount` back in its period.
    fn withhold(&mut self, component: usize, amount: f64);

    /// All that the component with this place has paid in the month.
    fn total(&self, component: usize) -> f64;
}

/// Every part by itself.
#[derive(Default)]
pub(super) struct Itemised(pub(super) Vec<ComponentPay>);

impl Tally for Itemised {
    fn clear(&mut self, components: usize) {
        self.0.clear();
        self.0.resize_with(components, ComponentPay::default);
    }

    fn add(&mut self, component: usize, event: Option<usize>, amount: f64) {
        if let Some(pay) = self.0.get_mut(component) {
            pay.parts.push((event, amount));
        }
    }

    fn withhold(&mut self, component: usize, amount: f64) {
        if let Some(pay) = self.0.get_mut(component) {
            pay.withheld = amount;
        }
    }

    fn total(&self, component: usize) -> f64 {
        self.0.get(component).map_or(0.0, ComponentPay::total)
    }
}

/// Sums only: all that a projection asks for.
#[derive(Default)]
pub(in crate::model) struct Totals(Vec<f64>);

impl Tally for Totals {
    fn clear(&mut self, components: usize) {
        self.0.clear();
        self.0.resize(components, 0.0);
    }

    fn add(&mut self, component: usize, _: Option<usize>, amount: f64) {
        if let Some(total) = self.0.get_mut(component) {
            *total += amount;
        }
    }

    fn withhold(&mut self, _: usize, _: f64) {}

    fn total(&self, component: usize) -> f64 {
        self.0.get(component).copied().unwrap_or(0.0)
    }
}
