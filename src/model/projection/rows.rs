//! What a month asks of each pool, beside one another: a run goes through them many thousand times.

use std::ops::Range;

use crate::model::contract::over_term;
use crate::model::response::RenewalCurve;
use crate::model::seller::{Pool, SellerBook};

/// A pool as a month of a run needs it.
#[derive(Debug, Clone)]
pub(super) struct PoolRow {
    /// Whether it renews by the seller's curve.
    pub(super) is_usual: bool,
    pub(super) loss_odds: f64,
    /// Months.
    pub(super) term: u32,
    /// The term in years.
    pub(super) years: f64,
    pub(super) accounts: f64,
    pub(super) annual_value: f64,
    pub(super) annual_margin: f64,
    pub(super) gross_margin: f64,
    /// The chance that a contract is renewed without attention.
    pub(super) free_renewal: f64,
    /// Where its values by tenure are among those of all pools.
    values: Range<u32>,
}

/// All pools of a book.
#[derive(Debug, Clone)]
pub(super) struct PoolRows {
    rows: Vec<PoolRow>,
    values: Vec<(u32, f64)>,
}

impl PoolRows {
    pub(super) fn new(book: &SellerBook) -> PoolRows {
        let mut values: Vec<(u32, f64)> = Vec::with_capacity(book.pools.len());
        let rows = book.pools.iter().map(|pool| {
            let first = values.len() as u32;
            values.extend(&pool.value_by_tenure);
            PoolRow::new(pool, &book.curve, first..values.len() as u32)
        });
        PoolRows { rows: rows.collect(), values }
    }

    /// The pool at a place in the book.
    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<&PoolRow> {
        self.rows.get(index)
    }

    /// The pools in the order of the book.
    pub(super) fn all(&self) -> impl Iterator<Item = &PoolRow> {
        self.rows.iter()
    }

    /// What a pool pays in a year, by months of tenure at the start.
    #[inline]
    pub(super) fn values(&self, row: &PoolRow) -> &[(u32, f64)] {
        self.values.get(row.values.start as usize..row.values.end as usize).unwrap_or_default()
    }
}

impl PoolRow {
    fn new(pool: &Pool, usual: &RenewalCurve, values: Range<u32>) -> PoolRow {
        PoolRow {
            is_usual: pool.curve == *usual,
            loss_odds: pool.loss_odds,
            term: pool.term,
            years: f64::from(pool.term) / 12.0,
            accounts: pool.accounts,
            annual_value: pool.annual_value,
            annual_margin: pool.annual_margin,
            gross_margin: pool.gross_margin,
            free_renewal: over_term(pool.curve.unattended, pool.term),
            values,
        }
    }
}
