//! Pages and shared plans both live in the fragment of the address, since a static host rewrites nothing.
//!
//! `#/payoff`, `#/plan`, `#/compare`, `#/pay`, `#/accounts`, `#/method`; one account is `#/accounts/17`, by its id, since an address must not tell a name; a
//! shared plan is `#/payoff?plan=…`.

use crate::model::account::AccountId;

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The argument: the verdict, its charts and its controls.
    #[default]
    Payoff,
    /// The plan in use, rule by rule.
    Plan,
    /// Plans side by side.
    Compare,
    /// What a seller is paid.
    MyPay,
    /// The book of accounts.
    Accounts,
    /// Formulas, sources and limits.
    Method,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Page; 6] = [Page::Payoff, Page::Plan, Page::Compare, Page::MyPay, Page::Accounts, Page::Method];

    /// The name in the navigation.
    pub const fn label(self) -> &'static str {
        match self {
            Page::Payoff => "Payoff",
            Page::Plan => "Plan",
            Page::Compare => "Compare",
            Page::MyPay => "My pay",
            Page::Accounts => "Accounts",
            Page::Method => "Method",
        }
    }

    /// The fragment that leads to the page.
    pub const fn fragment(self) -> &'static str {
        match self {
            Page::Payoff => "#/payoff",
            Page::Plan => "#/plan",
            Page::Compare => "#/compare",
            Page::MyPay => "#/pay",
            Page::Accounts => "#/accounts",
            Page::Method => "#/method",
        }
    }
}

/// What the fragment asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The page.
    pub page: Page,
    /// One account of the Accounts page.
    pub account: Option<AccountId>,
    /// The payload of a shared plan.
    pub plan: Option<String>,
}

/// The fragment that leads to an account.
pub fn account_fragment(id: AccountId) -> String {
    format!("{}/{}", Page::Accounts.fragment(), id.0)
}

/// The fragment of a link to a shared plan.
pub fn plan_fragment(payload: &str) -> String {
    format!("{}?plan={payload}", Page::Payoff.fragment())
}

/// Reads a fragment, with or without its `#`. An unknown page is the first one.
pub fn read(fragment: &str) -> Route {
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let path = path.trim_start_matches('#');
    let page_of = |path: &str| Page::ALL.into_iter().find(|page| page.fragment().trim_start_matches('#') == path);
    let account = path.rsplit_once('/').filter(|(before, _)| page_of(before) == Some(Page::Accounts));
    let account = account.and_then(|(_, id)| id.parse().ok()).map(AccountId);
    let page = if account.is_some() { Page::Accounts } else { page_of(path).unwrap_or_default() };
    let plan = query.split('&').find_map(|pair| pair.strip_prefix("plan=")).map(str::to_owned);
    Route { page, account, plan }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_read_back() {
        for page in Page::ALL {
            assert_eq!(read(page.fragment()), Route { page, ..Route::default() });
        }
        let id = AccountId(17);
        assert_eq!(read(&account_fragment(id)), Route { page: Page::Accounts, account: Some(id), plan: None });
        assert_eq!(read("#/accounts/x"), Route::default());
        assert_eq!(read(&plan_fragment("1.abc")), Route { plan: Some("1.abc".to_owned()), ..Route::default() });
        assert_eq!(read(""), Route::default());
        assert_eq!(read("#/nowhere?x=1"), Route::default());
    }
}
