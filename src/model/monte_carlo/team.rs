//! The sellers that are simulated, account by account.

use std::sync::Arc;

use crate::model::payoff::Question;
use crate::model::problem::Problem;
use crate::model::projection::Projection;
use crate::model::seller::Member;
use crate::model::team_projections::team_projections;
use crate::model::workspace::Workspace;

/// The sellers of a question, each with a book of accounts.
#[derive(Debug, Clone)]
pub struct Team {
    /// The sellers, by name.
    pub sellers: Vec<Arc<SellerAccounts>>,
}

/// One seller's projection, and the accounts behind it.
#[derive(Debug, Clone)]
pub struct SellerAccounts {
    /// What is expected of the book.
    pub projection: Projection,
    /// The active accounts, pool by pool.
    pub members: Vec<Member>,
}

impl Team {
    /// The sellers that [`crate::model::payoff::payoff`] adds up for the same question.
    ///
    /// # Errors
    /// A [`Problem`], as for [`team_projections`].
    pub fn new(workspace: &Workspace, question: &Question) -> Result<Team, Problem> {
        let (accounts, assumed) = (&workspace.book.accounts, &workspace.assumptions);
        let sellers = team_projections(workspace, question)?.into_iter().map(|projection| {
            let own = accounts.iter().filter(|account| account.seller == projection.book().name);
            let members = projection.book().members(own, workspace.as_of, assumed);
            Arc::new(SellerAccounts { projection, members })
        });
        Ok(Team { sellers: sellers.collect() })
    }

    /// Team of one: the seller at this place.
    pub fn only(&self, seller: usize) -> Team {
        Team { sellers: self.sellers.get(seller).into_iter().cloned().collect() }
    }
}
