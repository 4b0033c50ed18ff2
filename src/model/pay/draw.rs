//! Draws: pay in advance of commission.

/// Whether a draw is owed back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawKind {
    /// What was advanced is kept back from later earnings.
    Recoverable,
    /// A guarantee: it is never owed.
    NonRecoverable,
}

/// The least that is paid in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    /// How much, money a month.
    pub amount: f64,
    /// Whether it is owed back.
    pub kind: DrawKind,
    /// Months from the start for which it is paid; `None` for ever. What is then owed is still recovered.
    pub months: Option<u32>,
    /// Months from the start in which nothing is recovered yet: delayed recovery.
    pub recovery_after: u32,
}

/// A month of a draw.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DrawMonth {
    /// What is paid.
    pub paid: f64,
    /// What is owed after it.
    pub owed: f64,
}

/// What is owed from month to month. Paid less owed is always what was earned, unless the draw is a guarantee.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawLedger {
    draw: Draw,
    month: u32,
    owed: f64,
}

impl DrawLedger {
    /// A ledger with nothing owed.
    pub const fn new(draw: Draw) -> DrawLedger {
        DrawLedger { draw, month: 0, owed: 0.0 }
    }

    /// Pays out a month in which `earned` was earned: `pay = max(draw, earned - owed)`, `owed' = owed + pay - earned`.
    /// While recovery is delayed, `pay = max(draw, earned)` and the rest of the draw is added to what is owed.
    pub fn pay(&mut self, earned: f64) -> DrawMonth {
        self.month += 1;
        let runs = self.draw.months.is_none_or(|months| self.month <= months);
        let draw = if runs { self.draw.amount } else { 0.0 };
        let paid = match self.draw.kind {
            DrawKind::NonRecoverable => earned.max(draw),
            DrawKind::Recoverable if self.month <= self.draw.recovery_after => earned.max(draw),
            // Never more is kept back than was earned, so that a month after the draw has ended pays nothing at worst.
            DrawKind::Recoverable => (earned - self.owed).max(draw),
        };
        if self.draw.kind == DrawKind::Recoverable {
            self.owed += paid - earned;
        }
        DrawMonth { paid, owed: self.owed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(kind: DrawKind, months: Option<u32>, recovery_after: u32) -> DrawLedger {
        DrawLedger::new(Draw { amount: 1_000.0, kind, months, recovery_after })
    }

    #[test]
    fn recovery_waits_as_long_as_it_was_promised_to() {
        let mut ledger = ledger(DrawKind::Recoverable, Some(3), 2);
        let months: Vec<(f64, f64)> = [400.0, 1_600.0, 1_500.0, 700.0, 900.0]
            .map(|earned| ledger.pay(earned))
            .map(|month| (month.paid, month.owed))
            .into();
        // The first two months pay in full; 600 are owed from the first and kept back from the third on.
        assert_eq!(months, [(1_000.0, 600.0), (1_600.0, 600.0), (1_000.0, 100.0), (600.0, 0.0), (900.0, 0.0)]);
    }

    #[test]
    fn a_guarantee_is_never_owed() {
        let mut ledger = ledger(DrawKind::NonRecoverable, Some(1), 0);
        assert_eq!(ledger.pay(0.0), DrawMonth { paid: 1_000.0, owed: 0.0 });
        assert_eq!(ledger.pay(0.0), DrawMonth { paid: 0.0, owed: 0.0 });
    }
}
