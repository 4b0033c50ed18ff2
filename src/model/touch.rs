//! A touch: one dated contact with a customer, as it was logged.

use chrono::NaiveDate;

/// What kind of contact it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TouchKind {
    /// Seen in person.
    Visit,
    /// Spoken to by telephone or by video.
    #[default]
    Call,
    /// Something worth reading was sent.
    Article,
    /// The relationship was reviewed together.
    Review,
    /// A token of appreciation was given.
    Gift,
    /// A problem was solved for them.
    Help,
}

impl TouchKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [TouchKind; 6] =
        [TouchKind::Visit, TouchKind::Call, TouchKind::Article, TouchKind::Review, TouchKind::Gift, TouchKind::Help];

    /// The word for it, as shown and as written to files.
    pub const fn word(self) -> &'static str {
        match self {
            TouchKind::Visit => "Visit",
            TouchKind::Call => "Call",
            TouchKind::Article => "Article",
            TouchKind::Review => "Review",
            TouchKind::Gift => "Gift",
            TouchKind::Help => "Help",
        }
    }
}

/// One contact with a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// The day.
    pub on: NaiveDate,
    /// The kind.
    pub kind: TouchKind,
    /// What is worth remembering; may be empty.
    pub note: String,
}
