//! Pages and shared plans both live in the fragment of the address, since a static host rewrites nothing.
//!
//! `#/payoff`, `#/accounts`, `#/method`; a shared plan is `#/payoff?plan=…`.

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The argument: the verdict, its charts and its controls.
    #[default]
    Payoff,
    /// The book of accounts.
    Accounts,
    /// Formulas, sources and limits.
    Method,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Page; 3] = [Page::Payoff, Page::Accounts, Page::Method];

    /// The name in the navigation.
    pub const fn label(self) -> &'static str {
        match self {
            Page::Payoff => "Payoff",
            Page::Accounts => "Accounts",
            Page::Method => "Method",
        }
    }

    /// The fragment that leads to the page.
    pub const fn fragment(self) -> &'static str {
        match self {
            Page::Payoff => "#/payoff",
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
    /// The payload of a shared plan.
    pub plan: Option<String>,
}

/// The fragment of a link to a shared plan.
pub fn plan_fragment(payload: &str) -> String {
    format!("{}?plan={payload}", Page::Payoff.fragment())
}

/// Reads a fragment, with or without its `#`. An unknown page is the first one.
pub fn read(fragment: &str) -> Route {
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let path = path.trim_start_matches('#');
    let page = Page::ALL.into_iter().find(|page| page.fragment().trim_start_matches('#') == path).unwrap_or_default();
    let plan = query.split('&').find_map(|pair| pair.strip_prefix("plan=")).map(str::to_owned);
    Route { page, plan }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_read_back() {
        for page in Page::ALL {
            assert_eq!(read(page.fragment()), Route { page, plan: None });
        }
        assert_eq!(read(&plan_fragment("1.abc")), Route { page: Page::Payoff, plan: Some("1.abc".to_owned()) });
        assert_eq!(read(""), Route::default());
        assert_eq!(read("#/nowhere?x=1"), Route::default());
    }
}
