//! What a month of one run, or of four together, leaves.

use crate::model::lanes::Lanes;
use crate::model::path::{Afterwards, MonthFlow, contract_year_index};
use crate::model::plan::CONTRACT_YEARS;

/// [`MonthFlow`], lane by lane.
#[derive(Clone, Copy, Default)]
pub(super) struct Flow<N> {
    pub(super) accounts: N,
    pub(super) wins: N,
    pub(super) lost: N,
    pub(super) annual_value: N,
    pub(super) margin: N,
    pub(super) new_value: N,
    pub(super) referred_value: N,
    /// By contract year: what is renewed, and what would be without attention.
    pub(super) by_year: [(N, N); CONTRACT_YEARS],
    pub(super) customer_hours: N,
    pub(super) prospecting_hours: N,
    pub(super) due_value: N,
    pub(super) renewals: N,
    pub(super) referred: N,
    pub(super) won_back: N,
    pub(super) won_back_value: N,
    pub(super) expansion_value: N,
}

impl<N: Lanes> Flow<N> {
    /// A contract is renewed `tenure` months after the sale, and would be in part without attention.
    #[inline(always)]
    pub(super) fn renew(&mut self, tenure: u32, renewed: N, free: N) {
        if let Some((renewed_value, free_value)) = self.by_year.get_mut(contract_year_index(tenure)) {
            *renewed_value += renewed;
            *free_value += free;
        }
    }

    pub(super) fn of_lane(&self, lane: usize) -> MonthFlow {
        MonthFlow {
            accounts: self.accounts.lane(lane),
            wins: self.wins.lane(lane),
            lost: self.lost.lane(lane),
            annual_value: self.annual_value.lane(lane),
            margin: self.margin.lane(lane),
            new_value: self.new_value.lane(lane),
            referred_value: self.referred_value.lane(lane),
            renewed_value: self.by_year.map(|(renewed, _)| renewed.lane(lane)),
            free_value: self.by_year.map(|(_, free)| free.lane(lane)),
            customer_hours: self.customer_hours.lane(lane),
            prospecting_hours: self.prospecting_hours.lane(lane),
            due_value: self.due_value.lane(lane),
            renewals: self.renewals.lane(lane),
            referred: self.referred.lane(lane),
            won_back: self.won_back.lane(lane),
            won_back_value: self.won_back_value.lane(lane),
            expansion_value: self.expansion_value.lane(lane),
        }
    }
}

/// [`Afterwards`], lane by lane.
#[derive(Clone, Copy, Default)]
pub(super) struct Left<N> {
    pub(super) company_value: N,
    pub(super) company_margin: N,
    pub(super) seller_value: N,
    pub(super) won_company_value: N,
    pub(super) won_seller_value: N,
}

impl<N: Lanes> Left<N> {
    pub(super) fn of_lane(&self, lane: usize) -> Afterwards {
        Afterwards {
            company_value: self.company_value.lane(lane),
            company_margin: self.company_margin.lane(lane),
            seller_value: self.seller_value.lane(lane),
            won_company_value: self.won_company_value.lane(lane),
            won_seller_value: self.won_seller_value.lane(lane),
        }
    }
}
