//! The sellers that a question is about, each with a projection of their own book.

use super::payoff::{MAX_SELLERS, Question};
use super::problem::Problem;
use super::projection::Projection;
use super::seller::SellerBook;
use super::workspace::Workspace;

/// A projection for each seller asked about, by name: the one named in `question`, or every seller with an active
/// account. A book without any gives one projection of prospecting alone.
///
/// These are the sellers that [`super::payoff::payoff`] adds up.
///
/// # Errors
/// A [`Problem`] if the inputs contradict one another, or if there are more sellers than [`MAX_SELLERS`].
pub fn team_projections(workspace: &Workspace, question: &Question) -> Result<Vec<Projection>, Problem> {
    let (accounts, assumed) = (&workspace.book.accounts, &workspace.assumptions);
    let project = |book: Result<SellerBook, Problem>| Projection::new(book?, assumed);
    let of = |name: &str| {
        let own = accounts.iter().filter(|account| account.seller == name);
        project(SellerBook::new(name, own, workspace.as_of, assumed))
    };
    if let Some(name) = &question.seller {
        return Ok(vec![of(name)?]);
    }
    let names = workspace.book.sellers();
    match names.len() {
        0 => Ok(vec![project(SellerBook::new("", accounts, workspace.as_of, assumed))?]),
        sellers if sellers > MAX_SELLERS => Err(Problem::TooManySellers { sellers }),
        _ => names.into_keys().map(of).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::book::Book;
    use crate::model::month::Month;
    use crate::model::payoff::payoff;
    use crate::model::sample::sample_workspace;

    fn accounts(workspace: &Workspace, seller: Option<&str>) -> Vec<f64> {
        let question = Question { seller: seller.map(str::to_owned), target_share: None, ..Question::default() };
        let projections = team_projections(workspace, &question).unwrap();
        assert_eq!(projections.len(), payoff(workspace, &question).unwrap().sellers);
        projections.iter().map(|projection| projection.book().accounts).collect()
    }

    #[test]
    fn they_are_the_sellers_of_the_payoff() {
        let mut workspace = sample_workspace(Month::parse("2026-11").unwrap());
        for account in workspace.book.accounts.iter_mut().take(10) {
            account.seller = "Ada".to_owned();
        }
        assert_eq!(accounts(&workspace, None), [10.0, 30.0]);
        assert_eq!(accounts(&workspace, Some("Ada")), [10.0]);
        assert_eq!(accounts(&workspace, Some("Nobody")), [0.0]);
        workspace.book = Book::empty();
        assert_eq!(accounts(&workspace, None), [0.0]);
    }
}
