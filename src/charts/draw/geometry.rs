//! Boxes and words, in CSS pixels.

use plotters::style::RGBColor;

/// A box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub const fn with_x(self, left: f64, right: f64) -> Rect {
        Rect { left, right, ..self }
    }

    pub const fn with_y(self, top: f64, bottom: f64) -> Rect {
        Rect { top, bottom, ..self }
    }

    /// Larger by `air` on every side.
    pub fn grown(self, air: f64) -> Rect {
        Rect { left: self.left - air, top: self.top - air, right: self.right + air, bottom: self.bottom + air }
    }

    pub fn around(centre: (f64, f64), radius: f64) -> Rect {
        Rect { left: centre.0, top: centre.1, right: centre.0, bottom: centre.1 }.grown(radius)
    }

    pub fn overlaps(self, other: Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }
}

/// A size and weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    pub size: f64,
    pub bold: bool,
}

/// Which end of the text is at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    End,
}

/// Words at a place, vertically centred on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub text: String,
    pub x: f64,
    pub y: f64,
    pub anchor: Anchor,
    pub font: Font,
    pub colour: RGBColor,
    /// What is painted underneath, where something would run through the words.
    pub ground: Option<(Rect, RGBColor)>,
}

/// How wide a text is.
pub type Measure<'a> = &'a dyn Fn(&str, Font) -> f64;

/// The sizes of type and rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    pub title: Font,
    pub small: Font,
    pub label: Font,
    /// Height of a title's row.
    pub title_row: f64,
    /// Height of a row of small text.
    pub small_row: f64,
}

impl Type {
    pub const fn new(compact: bool) -> Type {
        let (title, small) = if compact { (13.0, 11.0) } else { (14.0, 12.0) };
        Type {
            title: Font { size: title, bold: true },
            small: Font { size: small, bold: false },
            label: Font { size: small, bold: true },
            title_row: title + 6.0,
            small_row: small + 4.0,
        }
    }
}

/// Breaks a text at spaces into lines no wider than `width`, where words allow.
pub fn wrap(text: &str, font: Font, width: f64, measure: Measure<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if measure(&format!("{line} {word}"), font) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_only() {
        let font = Font { size: 10.0, bold: false };
        let tens = |text: &str, _: Font| 10.0 * text.chars().count() as f64;
        assert_eq!(wrap("one two three", font, 75.0, &tens), ["one two", "three"]);
        assert_eq!(wrap("incomprehensibilities", font, 75.0, &tens), ["incomprehensibilities"]);
        assert!(wrap("  ", font, 75.0, &tens).is_empty());
    }
}
