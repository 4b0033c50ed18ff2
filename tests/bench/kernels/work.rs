//! The kernels: what is measured.
//!
//! A kernel is prepared by its name, and then run as often as one likes; a run gives the numbers that it worked out.

use holdfast::model::optimum::global_maximum;
use holdfast::model::payoff::{Detail, Question, payoff};
use holdfast::model::projection::{Effort, Path, Projection};
use holdfast::model::seller::SellerBook;
use holdfast::model::valuation::Discounting;
use holdfast::model::workspace::Workspace;

use crate::books::book;
use crate::luck;

/// Splits of the time, 0 to 1.
pub const SPLITS: usize = 101;

/// The kernel of this name, ready to run: a kind of work and, after a point, the book.
///
/// - `curve.<book>`: both values at [`SPLITS`] splits, the pooling of accounts included: 202 numbers.
/// - `luck.<book>`: simulated pay under a plan with tiers.
/// - `split.<book>`: the best split with its interval.
/// - `glance.<book>`, `exact.<book>`: everything that the Payoff page says.
/// - `run.<book>`, `worth.<book>`, `optimum.<book>`: the parts of it: one projection, one path summed up, and the sellers'
///   best split from 51 splits on.
pub fn kernel(name: &str) -> Option<Box<dyn Fn() -> Vec<f64>>> {
    let (kind, which) = name.split_once('.')?;
    let workspace = book(which, matches!(kind, "luck" | "split"));
    Some(match kind {
        "curve" => Box::new(move || curve(&workspace)),
        "luck" => Box::new(move || luck::simulated_pay(&workspace).unwrap_or_default()),
        "split" => Box::new(move || luck::best_split(&workspace).unwrap_or_default()),
        "glance" => Box::new(move || answer(&workspace, Detail::Glance)),
        "exact" => Box::new(move || answer(&workspace, Detail::Exact)),
        "run" => {
            let projection = prepared(&workspace).0;
            Box::new(move || vec![run(&projection, 0.33, Path::default()).afterwards.seller_value])
        }
        "worth" => {
            let (projection, discounting) = prepared(&workspace);
            let path = run(&projection, 0.33, Path::default());
            Box::new(move || vec![discounting.worth(std::hint::black_box(&path)).seller_value(&workspace.plan)])
        }
        "optimum" => Box::new(move || optimum(&workspace)),
        _ => return None,
    })
}

fn prepared(workspace: &Workspace) -> (Projection, Discounting) {
    let assumed = &workspace.assumptions;
    let book = SellerBook::new("", workspace.book.accounts.iter(), workspace.as_of, assumed).expect("a book");
    (Projection::new(book, assumed).expect("a projection"), Discounting::with_quota(assumed, workspace.plan.quota))
}

fn run(projection: &Projection, share: f64, mut path: Path) -> Path {
    projection.run(&Effort::split(share, projection.assumptions().hours_per_year), &mut path);
    path
}

fn curve(workspace: &Workspace) -> Vec<f64> {
    let (projection, discounting) = prepared(workspace);
    let (mut sellers, mut companies) = (Vec::with_capacity(2 * SPLITS), Vec::with_capacity(SPLITS));
    let hours = projection.assumptions().hours_per_year;
    let shares = (0..SPLITS).map(|index| index as f64 / (SPLITS - 1) as f64);
    projection.run_each(shares.map(|share| Effort::split(share, hours)), |path| {
        let worth = discounting.worth(path);
        sellers.push(worth.seller_value(&workspace.plan));
        companies.push(worth.company_value(&workspace.plan));
    });
    sellers.append(&mut companies);
    sellers
}

fn optimum(workspace: &Workspace) -> Vec<f64> {
    let (projection, discounting) = prepared(workspace);
    let hours = projection.assumptions().hours_per_year;
    let mut samples: Vec<f64> = Vec::with_capacity(51);
    let shares = (0..=50).map(|index| f64::from(index) / 50.0);
    projection.run_each(shares.map(|share| Effort::split(share, hours)), |path| {
        samples.push(discounting.worth(path).seller_value(&workspace.plan));
    });
    let mut path = Path::default();
    let value = |share: f64| {
        path = run(&projection, share, std::mem::take(&mut path));
        discounting.worth(&path).seller_value(&workspace.plan)
    };
    let best = global_maximum(&samples, value);
    vec![best.at, best.height]
}

fn answer(workspace: &Workspace, detail: Detail) -> Vec<f64> {
    let payoff = payoff(workspace, &Question { detail, ..Question::default() }).expect("an answer");
    vec![payoff.seller_best.share, payoff.company_best.share, payoff.gap]
}
