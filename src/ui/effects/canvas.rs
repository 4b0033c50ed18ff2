//! Draws a chart on a canvas element.
//!
//! plotters' canvas backend measures text by adding a styled element to the page, which the page's policy forbids; so
//! it is wrapped, and text is measured by the canvas itself.

use plotters::prelude::*;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::charts::draw::draw;
use crate::charts::palette::Palette;
use crate::charts::spec::ChartSpec;

/// Device pixels per CSS pixel: at least two, since plotters places points on whole pixels and curves would step.
fn pixel_scale() -> f64 {
    web_sys::window().map_or(2.0, |window| window.device_pixel_ratio()).clamp(2.0, 3.0)
}

/// Draws `spec` over the whole of `canvas`, whose `(width, height)` on the page is in CSS pixels: to ask for it here
/// would make the browser lay out the page in the middle of a drag.
///
/// Nothing is drawn on a canvas without a size, such as one that is folded away.
pub fn draw_chart(canvas: &HtmlCanvasElement, (width, height): (i32, i32), spec: &ChartSpec, palette: &Palette) {
    let scale = pixel_scale();
    if width <= 0 || height <= 0 {
        return;
    }
    let pixels = |css: i32| (f64::from(css) * scale).round() as u32;
    if canvas.width() != pixels(width) || canvas.height() != pixels(height) {
        canvas.set_width(pixels(width));
        canvas.set_height(pixels(height));
    }
    let Some(backend) = CspCanvas::new(canvas) else { return };
    // A chart that fails to draw leaves its table, which says the same.
    let _ = draw(&backend.into_drawing_area(), spec, palette, scale);
}

struct CspCanvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
}

impl CspCanvas {
    fn new(canvas: &HtmlCanvasElement) -> Option<CspCanvas> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(CspCanvas { inner: CanvasBackend::with_canvas_object(canvas.clone())?, context })
    }
}

type Outcome<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

impl DrawingBackend for CspCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Outcome<Self> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Outcome<Self> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Outcome<Self> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome<Self> {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome<Self> {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome<Self> {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome<Self> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Outcome<Self> {
        self.inner.fill_polygon(vertices, style)
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, position: BackendCoord) -> Outcome<Self> {
        self.inner.draw_text(text, style, position)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let font = format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str());
        self.context.set_font(&font);
        let width = self.context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
