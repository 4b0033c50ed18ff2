//! What a chart says, as data.

pub use super::axis::{Axis, Tick, Unit};

/// A chart: one or more panels above each other that share the x axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// Names the chart among others, as in an element's id: lower case, no spaces.
    pub id: &'static str,
    /// The heading above the chart. Not drawn: panels carry their own titles.
    pub title: String,
    /// A small subtitle: what is measured, or against what. Not drawn.
    pub unit: String,
    /// One sentence with the numbers, for those who do not see the picture.
    pub summary: String,
    /// The panels, top to bottom; at least one.
    pub panels: Vec<Panel>,
    /// The x axis of all panels.
    pub x: Axis,
    /// Labelled vertical lines through all panels.
    pub rules: Vec<Rule>,
    /// A shaded range of x.
    pub band: Option<Band>,
    /// The numbers.
    pub table: Table,
}

/// A plot with one y axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What is drawn.
    pub title: String,
    /// Its unit, drawn small beside the title.
    pub unit: String,
    /// The y axis.
    pub y: Axis,
    /// The curves, later ones above earlier ones.
    pub lines: Vec<Line>,
    /// Points of note, above the curves.
    pub marks: Vec<Mark>,
}

/// A curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Whose it is.
    pub role: Role,
    /// Its name, drawn at the right end; none where the panel's title names it.
    pub label: Option<String>,
    /// Points by rising x; those that are not finite are not drawn.
    pub points: Vec<(f64, f64)>,
}

/// A point of note.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Whose it is; today's are drawn smaller.
    pub role: Role,
    /// Where.
    pub x: f64,
    /// Where.
    pub y: f64,
    /// Drawn as a ring: somebody else's choice.
    pub hollow: bool,
}

/// A labelled vertical line.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Whose it is.
    pub role: Role,
    /// Where.
    pub x: f64,
    /// What it says.
    pub label: String,
}

/// A shaded range of x, with what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The lesser end.
    pub from: f64,
    /// The greater end.
    pub to: f64,
    /// What it costs, if it is worth saying.
    pub price: Option<Price>,
}

/// A difference in height, named.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// What is said, such as `$103k lost`.
    pub label: String,
    /// The panel it belongs to, counted from 0.
    pub panel: usize,
    /// The higher of the two points.
    pub high: (f64, f64),
    /// The lower.
    pub low: (f64, f64),
}

/// Whose a line, mark or rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The seller's: warm.
    Seller,
    /// The company's: cool.
    Company,
    /// How things are: grey.
    Today,
    /// Nobody's: ink.
    Neutral,
}

/// The numbers of a chart as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// One heading a column.
    pub headings: Vec<String>,
    /// Rows of as many cells as there are headings; the first names the row.
    pub rows: Vec<Vec<String>>,
}
