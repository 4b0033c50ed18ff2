//! Something large that many parts of the page look at.

use std::ops::Deref;
use std::rc::Rc;

use crate::model::workspace::Workspace;

/// A shared value, equal to another only if it is the very same: values are replaced, never changed in place, and
/// comparing thousands of accounts at every move of a slider would cost more than drawing them.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(Rc<T>);

impl<T> Shared<T> {
    /// Shares `value`.
    pub fn new(value: T) -> Shared<T> {
        Shared(Rc::new(value))
    }
}

impl<T: ?Sized> Shared<T> {
    /// Another hold on it.
    pub fn rc(&self) -> Rc<T> {
        Rc::clone(&self.0)
    }
}

impl<T: ?Sized> From<Rc<T>> for Shared<T> {
    fn from(value: Rc<T>) -> Shared<T> {
        Shared(value)
    }
}

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A workspace looked at for its accounts alone: equal to another with the very same list of them.
#[derive(Debug, Clone)]
pub struct SameAccounts(pub Shared<Workspace>);

impl PartialEq for SameAccounts {
    fn eq(&self, other: &SameAccounts) -> bool {
        self.0.book.accounts.is_same(&other.0.book.accounts)
    }
}
