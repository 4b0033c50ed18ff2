//! The text around a stored workspace: what it is, which version, and the workspace itself.
//!
//! The same text is kept in the browser and written to files, so that a file is a backup and a backup is a file.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::schema::{CURRENT, v1, v2, v3, v4};
use crate::model::workspace::Workspace;

const FORMAT: &str = "holdfast";

#[derive(Serialize, Deserialize)]
struct Envelope<W> {
    format: String,
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seller_shown: Option<String>,
    workspace: W,
}

/// Only what tells whether the rest can be read.
#[derive(Deserialize)]
struct Heading {
    format: String,
    version: u32,
}

/// A workspace with what was on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The workspace.
    pub workspace: Workspace,
    /// The seller whose figures were shown; `None` for all added up.
    pub seller_shown: Option<String>,
}

/// Why a text is not a workspace that this build reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreadable {
    /// Not one of our files.
    Foreign,
    /// Written by a newer version.
    Newer {
        /// Its version.
        version: u32,
    },
    /// One of ours, but damaged: the place and the reason.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Foreign => write!(f, "This is not a Holdfast file: choose one that “Save a file” made."),
            Unreadable::Newer { version } => write!(
                f,
                "This was written by a newer Holdfast (format {version}, this one reads up to {CURRENT}): reload the page \
                 to get the newer version."
            ),
            Unreadable::Damaged(why) => write!(f, "A part of the stored text cannot be read ({why})."),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Writes `kept` in the current version.
///
/// # Errors
/// [`Unreadable::Damaged`] if a number cannot be written; the model's ranges make that impossible.
pub fn write(kept: &Kept) -> Result<String, Unreadable> {
    let envelope = Envelope {
        format: FORMAT.to_owned(),
        version: CURRENT,
        seller_shown: kept.seller_shown.clone(),
        workspace: v4::WorkspaceV4::from(&kept.workspace),
    };
    serde_json::to_string(&envelope).map_err(|why| Unreadable::Damaged(why.to_string()))
}

/// Reads a text that [`write()`] wrote in this or an earlier version.
///
/// # Errors
/// [`Unreadable`]; nothing is ever guessed.
pub fn read(text: &str) -> Result<Kept, Unreadable> {
    let text = text.trim_start_matches('\u{feff}');
    let heading: Heading = serde_json::from_str(text).map_err(|why| {
        // A truncated text of ours still begins as ours.
        if text.contains(FORMAT) { Unreadable::Damaged(why.to_string()) } else { Unreadable::Foreign }
    })?;
    if heading.format != FORMAT {
        return Err(Unreadable::Foreign);
    }
    match heading.version {
        1 => read_as::<v1::WorkspaceV1>(text),
        2 => read_as::<v2::WorkspaceV2>(text),
        3 => read_as::<v3::WorkspaceV3>(text),
        4..=12 => read_as::<v4::WorkspaceV4>(text),
        0 => Err(Unreadable::Damaged("version 0 never existed".to_owned())),
        version => Err(Unreadable::Newer { version }),
    }
}

fn read_as<W>(text: &str) -> Result<Kept, Unreadable>
where
    W: DeserializeOwned + TryInto<Workspace, Error = v1::Invalid>,
{
    let damaged = |why: &dyn fmt::Display| Unreadable::Damaged(why.to_string());
    let envelope: Envelope<W> = serde_json::from_str(text).map_err(|why| damaged(&why))?;
    let workspace = envelope.workspace.try_into().map_err(|why| damaged(&why))?;
    Ok(Kept { workspace, seller_shown: envelope.seller_shown })
}
