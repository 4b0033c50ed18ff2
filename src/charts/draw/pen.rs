//! Plotters, in CSS pixels.

use std::fmt;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};
use plotters_backend::DrawingBackend;

use super::geometry::{Anchor, Font, Rect, Text};

/// The fonts of all charts: those of the page.
pub const FONT_FAMILY: &str = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif";

/// How far a curve may run beside its points, CSS pixels.
const TOLERANCE: f64 = 0.1;

/// The backend could not draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawError(String);

impl fmt::Display for DrawError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "The chart could not be drawn: {}.", self.0)
    }
}

impl std::error::Error for DrawError {}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for DrawError {
    fn from(error: DrawingAreaErrorKind<E>) -> DrawError {
        DrawError(error.to_string())
    }
}

/// An area with its scale.
pub struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    scale: f64,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    pub fn new(area: &'a DrawingArea<DB, Shift>, scale: f64) -> Pen<'a, DB> {
        Pen { area, scale: if scale.is_finite() { scale.clamp(0.1, 100.0) } else { 1.0 } }
    }

    /// Width and height.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width) / self.scale, f64::from(height) / self.scale)
    }

    pub fn fill(&self, colour: RGBColor) -> Result<(), DrawError> {
        Ok(self.area.fill(&colour)?)
    }

    /// How wide `text` will be. A backend that cannot say gets an estimate, and reports its trouble when it draws.
    pub fn width(&self, text: &str, font: Font) -> f64 {
        self.area
            .estimate_text_size(text, &self.style(font, RGBColor(0, 0, 0), Anchor::Start))
            .map_or(0.6 * font.size * text.chars().count() as f64, |size| f64::from(size.0) / self.scale)
    }

    /// A filled rectangle, at least a device pixel each way.
    pub fn block(&self, rect: Rect, colour: RGBColor) -> Result<(), DrawError> {
        let (left, top) = (self.device(rect.left), self.device(rect.top));
        let right = left + self.stroke(rect.right - rect.left);
        let bottom = top + self.stroke(rect.bottom - rect.top);
        Ok(self.area.draw(&Rectangle::new([(left, top), (right, bottom)], colour.filled()))?)
    }

    /// A dashed line that fills `rect`, along its longer side. It is one polygon, whose dashes hang together by an
    /// edge without area, since hundreds of single dashes are slow on a canvas.
    pub fn dashes(&self, rect: Rect, (dash, space): (f64, f64), colour: RGBColor) -> Result<(), DrawError> {
        let across = rect.right - rect.left > rect.bottom - rect.top;
        let (from, to, side, thickness) = if across {
            (rect.left, rect.right, rect.top, rect.bottom - rect.top)
        } else {
            (rect.top, rect.bottom, rect.left, rect.right - rect.left)
        };
        let (from, to) = (self.device(from), self.device(to));
        let (dash, space) = (self.stroke(dash), self.stroke(space));
        let side = self.device(side);
        let far = side + self.stroke(thickness);
        let mut points = Vec::new();
        let mut at = from;
        while at < to {
            let end = (at + dash).min(to);
            points.extend([(side, at), (far, at), (far, end), (side, end)]);
            at = end + space;
        }
        if across {
            points = points.into_iter().map(|(across, along)| (along, across)).collect();
        }
        if points.is_empty() {
            return Ok(());
        }
        Ok(self.area.draw(&Polygon::new(points, colour.filled()))?)
    }

    /// A curve through `points`, less those that make no difference: the backend's whole pixels would turn a dense
    /// smooth curve into a trembling one.
    pub fn curve(&self, points: &[(f64, f64)], width: f64, colour: RGBColor) -> Result<(), DrawError> {
        let mut kept = Vec::with_capacity(points.len());
        kept.extend(points.first());
        straighten(points, TOLERANCE, &mut kept);
        let mut device: Vec<(i32, i32)> = kept.into_iter().map(|point| self.point(point)).collect();
        device.dedup();
        if device.len() < 2 {
            return Ok(());
        }
        let width = u32::try_from(self.stroke(width)).unwrap_or(1);
        Ok(self.area.draw(&PathElement::new(device, colour.stroke_width(width)))?)
    }

    pub fn dot(&self, at: (f64, f64), radius: f64, colour: RGBColor) -> Result<(), DrawError> {
        Ok(self.area.draw(&Circle::new(self.point(at), self.stroke(radius), colour.filled()))?)
    }

    pub fn text(&self, text: &Text) -> Result<(), DrawError> {
        if let Some((ground, colour)) = text.ground {
            self.block(ground, colour)?;
        }
        let style = self.style(text.font, text.colour, text.anchor);
        Ok(self.area.draw_text(&text.text, &style, self.point((text.x, text.y)))?)
    }

    fn style(&self, font: Font, colour: RGBColor, anchor: Anchor) -> TextStyle<'static> {
        let weight = if font.bold { FontStyle::Bold } else { FontStyle::Normal };
        let side = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::End => HPos::Right,
        };
        TextStyle {
            font: FontDesc::new(FontFamily::Name(FONT_FAMILY), font.size * self.scale, weight),
            color: colour.to_backend_color(),
            pos: Pos::new(side, VPos::Center),
        }
    }

    fn device(&self, length: f64) -> i32 {
        libm::round(length * self.scale) as i32
    }

    fn stroke(&self, width: f64) -> i32 {
        self.device(width).max(1)
    }

    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.device(x), self.device(y))
    }
}

/// Adds to `kept`, which ends with the first point, the points that a curve has to pass to stay within `tolerance` of
/// all of them (Douglas and Peucker's way).
fn straighten(points: &[(f64, f64)], tolerance: f64, kept: &mut Vec<(f64, f64)>) {
    let [first, between @ .., last] = points else { return };
    let (dx, dy) = (last.0 - first.0, last.1 - first.1);
    let length = libm::hypot(dx, dy);
    let off = |point: &(f64, f64)| {
        let (x, y) = (point.0 - first.0, point.1 - first.1);
        if length > 0.0 { (x * dy - y * dx).abs() / length } else { libm::hypot(x, y) }
    };
    let farthest = between.iter().enumerate().map(|(index, point)| (index + 1, off(point)));
    match farthest.max_by(|one, other| one.1.total_cmp(&other.1)) {
        Some((index, distance)) if distance > tolerance => {
            straighten(points.get(..=index).unwrap_or_default(), tolerance, kept);
            straighten(points.get(index..).unwrap_or_default(), tolerance, kept);
        }
        _ => kept.push(*last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_keeps_its_ends_and_kinks_and_stays_near_its_points() {
        let straightened = |points: &[(f64, f64)]| {
            let mut kept = vec![points[0]];
            straighten(points, TOLERANCE, &mut kept);
            kept
        };
        let tent: Vec<(f64, f64)> = (0..=100).map(|x| (f64::from(x), 50.0 - f64::from((x - 40_i32).abs()))).collect();
        assert_eq!(straightened(&tent), [(0.0, 10.0), (40.0, 50.0), (100.0, -10.0)]);
        let arc: Vec<(f64, f64)> = (0..=100).map(|x| (f64::from(x), libm::sin(f64::from(x) / 30.0) * 50.0)).collect();
        let kept = straightened(&arc);
        assert!((8..60).contains(&kept.len()), "{}", kept.len());
        for (x, y) in arc {
            let next = kept.iter().position(|point| point.0 >= x).unwrap().max(1);
            let (a, b) = (kept[next - 1], kept[next]);
            let chord = a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0);
            // Measured upright, and the curve rises by up to 5/3.
            assert!((chord - y).abs() < 2.0 * TOLERANCE, "{x}: {chord} for {y}");
        }
        assert_eq!(straightened(&[(1.0, 1.0), (2.0, 5.0), (1.0, 1.0)]).len(), 3, "there and back");
    }
}
