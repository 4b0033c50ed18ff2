//! What was typed and refused, one text an input.

use crate::model::bounds::Input;

/// What was typed into a field and could not be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The text as typed.
    pub text: String,
    /// Why it was refused, as a sentence.
    pub why: String,
}

/// The drafts, in the order in which they were typed. There are few, so they are a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drafts(Vec<(Input, Draft)>);

impl Drafts {
    /// Whether nothing is refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The draft of an input.
    pub fn get(&self, input: Input) -> Option<&Draft> {
        self.iter().find(|(it, _)| *it == input).map(|(_, draft)| draft)
    }

    /// All drafts.
    pub fn iter(&self) -> impl Iterator<Item = (Input, &Draft)> {
        self.0.iter().map(|(input, draft)| (*input, draft))
    }

    pub(super) fn set(&mut self, input: Input, draft: Draft) {
        self.remove(input);
        self.0.push((input, draft));
    }

    pub(super) fn remove(&mut self, input: Input) {
        self.0.retain(|(it, _)| *it != input);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
