//! How this browser shows the workspace, apart from the workspace: losing it costs nobody anything, so it is written over in
//! place and never waited for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The key.
pub const PREFERENCES_KEY: &str = "holdfast/preferences";

/// What is remembered. What cannot be read is as if it had never been set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The seller whose figures are shown; `None` for all added up.
    pub seller_shown: Option<String>,
    /// Whether names are hidden.
    pub names_hidden: bool,
    /// The day of the last backup.
    pub saved_on: Option<NaiveDate>,
    /// Changes since.
    pub changes: u32,
    /// The day of the first of them.
    pub since: Option<NaiveDate>,
    /// No reminder of a backup before this day.
    pub quiet_until: Option<NaiveDate>,
    /// Whether it was told where the data is and when a browser clears it.
    pub is_told: bool,
}

impl Preferences {
    /// Reads what [`Preferences::text`] wrote.
    pub fn read(text: &str) -> Preferences {
        serde_json::from_str(text).unwrap_or_else(|_| Preferences::default())
    }

    /// The text; `None` if it cannot be written, which nothing in it makes possible.
    pub fn text(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}
