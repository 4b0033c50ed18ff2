//! An SVG backend that measures text, and a reader of what it wrote.

use std::io;

use holdfast::charts::draw::draw;
use holdfast::charts::palette::Palette;
use holdfast::charts::spec::ChartSpec;
use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily,
    FontStyle, FontTransform, text_anchor,
};
use plotters_svg::SVGBackend;

/// Device pixels to a CSS pixel.
pub const SCALE: u32 = 2;

/// Advance widths of DejaVu Sans from the space on, thousandths of an em: the widest of the common system fonts.
const NORMAL: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
];
/// The same of DejaVu Sans Bold.
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995,
    837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716,
    678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
    365, 712, 838,
];

/// The width of `text` in the units of `size`.
fn width(text: &str, size: f64, bold: bool) -> f64 {
    let table = if bold { &BOLD } else { &NORMAL };
    let advance = |letter: char| match letter {
        ' '..='~' => table[letter as usize - 32],
        '’' => 380,
        _ => 838,
    };
    text.chars().map(|letter| f64::from(advance(letter))).sum::<f64>() / 1000.0 * size
}

/// Writes SVG with the font size it is told (plotters-svg makes it smaller by 1.24) and measures accordingly.
struct Measured<'a>(SVGBackend<'a>);

struct AsTold<'a, S>(&'a S);

impl<S: BackendTextStyle> BackendTextStyle for AsTold<'_, S> {
    type FontError = S::FontError;
    fn color(&self) -> BackendColor {
        self.0.color()
    }
    fn size(&self) -> f64 {
        self.0.size() * 1.24
    }
    fn transform(&self) -> FontTransform {
        self.0.transform()
    }
    fn style(&self) -> FontStyle {
        self.0.style()
    }
    fn anchor(&self) -> text_anchor::Pos {
        self.0.anchor()
    }
    fn family(&self) -> FontFamily<'_> {
        self.0.family()
    }
    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.0.layout_box(text)
    }
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        pos: BackendCoord,
        draw: F,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.0.draw(text, pos, draw)
    }
}

type Drawn = Result<(), DrawingErrorKind<io::Error>>;

impl DrawingBackend for Measured<'_> {
    type ErrorType = io::Error;
    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }
    fn ensure_prepared(&mut self) -> Drawn {
        self.0.ensure_prepared()
    }
    fn present(&mut self) -> Drawn {
        self.0.present()
    }
    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.0.draw_pixel(point, color)
    }
    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.0.draw_line(from, to, style)
    }
    fn draw_rect<S: BackendStyle>(&mut self, one: BackendCoord, other: BackendCoord, style: &S, fill: bool) -> Drawn {
        self.0.draw_rect(one, other, style, fill)
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.0.draw_path(path, style)
    }
    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.0.draw_circle(centre, radius, style, fill)
    }
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.0.fill_polygon(path, style)
    }
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Drawn {
        self.0.draw_text(text, &AsTold(style), pos)
    }
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<io::Error>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        Ok((width(text, style.size(), bold).ceil() as u32, (1.2 * style.size()).ceil() as u32))
    }
}

/// Draws `spec` at that many CSS pixels.
pub fn draw_svg(spec: &ChartSpec, palette: &Palette, width: u32, height: u32) -> String {
    let mut svg = String::new();
    {
        let root = Measured(SVGBackend::with_string(&mut svg, (width * SCALE, height * SCALE))).into_drawing_area();
        draw(&root, spec, palette, f64::from(SCALE)).unwrap();
        root.present().unwrap();
    }
    svg
}

/// Words as they stand in the picture, device pixels.
#[derive(Debug, Clone)]
pub struct Words {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub size: f64,
    pub fill: String,
}

impl Words {
    /// Whether both cover some of the same place. Half a pixel is given for rounding.
    pub fn overlaps(&self, other: &Words) -> bool {
        self.left + 0.5 < other.right
            && other.left + 0.5 < self.right
            && self.top + 0.5 < other.bottom
            && other.top + 0.5 < self.bottom
    }
}

/// An attribute of an element's text.
pub fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    let start = element.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {element}"));
    element[start + name.len() + 3..].split('"').next().unwrap()
}

/// Every element of that name: its attributes and what follows up to the next element.
pub fn elements<'a>(svg: &'a str, name: &str) -> Vec<&'a str> {
    svg.split('<').filter(|element| element.starts_with(&format!("{name} "))).collect()
}

/// All words of the picture.
pub fn words(svg: &str) -> Vec<Words> {
    let read = |element: &str| {
        let number = |name| attribute(element, name).parse::<f64>().unwrap();
        let text = element.split_once('>').unwrap().1.trim().replace("&apos;", "'").replace("&amp;", "&");
        let size = number("font-size");
        let width = width(&text, size, element.contains("font-weight=\"bold\""));
        let left = match attribute(element, "text-anchor") {
            "start" => number("x"),
            "end" => number("x") - width,
            other => panic!("anchored at {other}"),
        };
        // From the top of capitals to the foot of descenders.
        let middle = number("y");
        Words {
            text,
            left,
            right: left + width,
            top: middle - 0.5 * size,
            bottom: middle + 0.5 * size,
            size,
            fill: attribute(element, "fill").to_owned(),
        }
    };
    elements(svg, "text").into_iter().map(read).collect()
}
