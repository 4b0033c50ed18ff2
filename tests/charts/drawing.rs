//! What is in the picture, and where.

use holdfast::charts::draw::{DrawError, draw, suggested_height};
use holdfast::charts::palette::Palette;
use holdfast::charts::payoff::{accounts_over_time, where_hours_go};
use holdfast::charts::spec::{ChartSpec, Role};
use plotters::drawing::IntoDrawingArea;
use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::cases::{Case, all, sample, team};
use crate::svg::{SCALE, Words, attribute, draw_svg, elements, words};

const WIDTHS: [u32; 5] = [280, 320, 420, 640, 1000];

fn hex(colour: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

fn natural(chart: &ChartSpec, width: u32) -> String {
    draw_svg(chart, &Palette::LIGHT, width, suggested_height(chart, f64::from(width)) as u32)
}

/// All words of the picture in the order drawn, as one string, so that broken lines read on.
fn text(svg: &str) -> String {
    words(svg).iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Points of a polyline or polygon.
fn points(element: &str) -> Vec<(f64, f64)> {
    let point = |pair: &str| {
        let (x, y) = pair.split_once(',').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    attribute(element, "points").split_whitespace().map(point).collect()
}

fn check_words(context: &str, svg: &str, width: u32, height: u32) {
    let (right, bottom) = (f64::from(width * SCALE) + 1.0, f64::from(height * SCALE) + 1.0);
    let all = words(svg);
    for (index, one) in all.iter().enumerate() {
        let inside = one.left >= -1.0 && one.right <= right && one.top >= -1.0 && one.bottom <= bottom;
        assert!(inside, "{context}: outside {right} by {bottom}: {one:?}");
        assert!(one.size >= 11.0 * f64::from(SCALE), "{context}: too small: {one:?}");
        for other in &all[index + 1..] {
            assert!(!one.overlaps(other), "{context}: {one:?} runs into {other:?}");
        }
    }
}

fn check_numbers(context: &str, svg: &str, width: u32, height: u32) {
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{context}: {svg}");
    let (right, bottom) = (f64::from(width * SCALE), f64::from(height * SCALE));
    for curve in elements(svg, "polyline").into_iter().chain(elements(svg, "polygon")) {
        for (x, y) in points(curve) {
            assert!((0.0..=right).contains(&x) && (0.0..=bottom).contains(&y), "{context}: {x}, {y} is outside");
        }
    }
    for rect in elements(svg, "rect") {
        let number = |name| attribute(rect, name).parse::<f64>().unwrap();
        assert!(number("width") > 0.0 && number("height") > 0.0, "{context}: {rect}");
    }
}

#[test]
fn every_chart_keeps_its_words_apart_and_inside_at_every_width() {
    for case in all() {
        for chart in case.charts() {
            for width in WIDTHS {
                let height = suggested_height(&chart, f64::from(width)) as u32;
                let svg = draw_svg(&chart, &Palette::LIGHT, width, height);
                let context = format!("{}, {} at {width}", case.name, chart.id);
                check_words(&context, &svg, width, height);
                check_numbers(&context, &svg, width, height);
            }
        }
    }
}

#[test]
fn every_chart_names_panels_rules_curves_and_axes_at_every_width() {
    for case in all() {
        for chart in case.charts() {
            for width in WIDTHS {
                let said = text(&natural(&chart, width));
                let panels = chart.panels.iter().flat_map(|panel| [&panel.title, &panel.unit]);
                let curves = chart.panels.iter().flat_map(|panel| &panel.lines).filter_map(|line| line.label.as_ref());
                let price = chart.band.iter().filter_map(|band| band.price.as_ref()).map(|price| &price.label);
                let wanted = panels.chain(price).chain(chart.rules.iter().map(|rule| &rule.label)).chain(curves);
                for label in wanted.map(String::as_str).chain(chart.x.label()) {
                    assert!(said.contains(label), "{}, {} at {width}: no {label:?} in {said:?}", case.name, chart.id);
                }
            }
        }
    }
}

#[test]
fn the_sample_says_its_numbers() {
    for width in WIDTHS {
        let said: Vec<String> = sample().charts().iter().map(|chart| text(&natural(chart, width))).collect();
        for label in ["today 25%", "seller’s best 33%", "company’s best 52%", "$103k lost", "100%", "$40k", "$2M"] {
            assert!(said[0].contains(label), "at {width}: no {label} in {}", said[0]);
        }
        assert!(said[1].contains("now") && said[1].contains("years"), "{}", said[1]);
        assert!(said[3].contains("agree at 11.5%") && said[3].contains("now 2%"), "{}", said[3]);
    }
}

#[test]
fn each_curve_is_one_path_in_its_owner_s_colour() {
    let chart = accounts_over_time(&sample().payoff);
    let svg = natural(&chart, 640);
    let curves = elements(&svg, "polyline");
    assert_eq!(curves.len(), 3);
    for (curve, role) in curves.iter().zip([Role::Today, Role::Seller, Role::Company]) {
        assert_eq!(attribute(curve, "stroke"), hex(Palette::LIGHT.of(role)));
        assert_eq!(attribute(curve, "stroke-width"), "5", "2.4 px twice over");
    }
    let ends: Vec<f64> = curves.iter().map(|curve| points(curve).last().unwrap().1).collect();
    assert!(ends[2] < ends[1] && ends[1] < ends[0], "the company's best keeps most accounts: {ends:?}");
    let said = words(&svg);
    for (label, end) in ["as today", "seller’s best", "company’s best"].iter().zip(ends) {
        let label = said.iter().find(|words| words.text == *label).unwrap();
        let middle = (label.top + label.bottom) / 2.0;
        assert!((middle - end).abs() <= 3.0, "{label:?} stands at its curve's end, {end}");
    }
}

#[test]
fn the_best_mark_stands_on_top_of_its_curve_at_its_rule() {
    for width in WIDTHS {
        let svg = natural(&where_hours_go(&sample().payoff), width);
        let colour = hex(Palette::LIGHT.company);
        let curve = elements(&svg, "polyline").into_iter().find(|curve| attribute(curve, "stroke") == colour).unwrap();
        let top = points(curve).into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let own = |name: &str| {
            let dots = elements(&svg, "circle").into_iter().filter(|dot| attribute(dot, "fill") == colour);
            dots.map(|dot| attribute(dot, name).parse::<f64>().unwrap()).collect::<Vec<f64>>()
        };
        let (xs, ys) = (own("cx"), own("cy"));
        let mark = (xs[xs.len() - 1], ys[ys.len() - 1]);
        assert!((mark.1 - top.1).abs() <= 2.0, "at {width}: mark at {mark:?}, curve's top at {top:?}");
        let rules = elements(&svg, "polygon").into_iter().filter(|rule| attribute(rule, "fill") == colour);
        let rules: Vec<f64> = rules.map(|rule| points(rule)[0].0).collect();
        assert_eq!(rules.len(), 2, "one through each panel");
        assert!(rules.iter().all(|x| (x - mark.0).abs() <= 2.0), "{rules:?} at {mark:?}");
    }
}

/// Whether a curve comes within `air` of the box.
fn runs_through(curve: &[(f64, f64)], words: &Words, air: f64) -> bool {
    curve.windows(2).any(|pair| {
        (0..=200).any(|step| {
            let part = f64::from(step) / 200.0;
            let x = pair[0].0 + part * (pair[1].0 - pair[0].0);
            let y = pair[0].1 + part * (pair[1].1 - pair[0].1);
            x > words.left - air && x < words.right + air && y > words.top - air && y < words.bottom + air
        })
    })
}

#[test]
fn no_curve_or_rule_runs_through_words_in_the_plot() {
    let cases: Vec<Case> = vec![sample(), team()];
    for case in &cases {
        for chart in case.charts() {
            for width in WIDTHS {
                let svg = natural(&chart, width);
                let context = format!("{}, {} at {width}", case.name, chart.id);
                let curves: Vec<_> = elements(&svg, "polyline").into_iter().map(points).collect();
                for said in words(&svg) {
                    assert!(!curves.iter().any(|curve| runs_through(curve, &said, 1.0)), "{context}: {said:?}");
                    let rule = chart.rules.iter().any(|rule| rule.label == said.text);
                    for dashes in elements(&svg, "polygon").into_iter().map(points).filter(|_| rule) {
                        let crossed = dashes
                            .iter()
                            .any(|(x, y)| *x > said.left && *x < said.right && *y > said.top && *y < said.bottom);
                        assert!(!crossed, "{context}: a rule through {said:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_gap_is_shaded_only_where_there_is_one() {
    let gap = hex(Palette::LIGHT.gap);
    for case in all() {
        let chart = where_hours_go(&case.payoff);
        let svg = natural(&chart, 640);
        let shaded = elements(&svg, "rect").into_iter().filter(|rect| attribute(rect, "fill") == gap).count();
        if chart.band.is_some() {
            assert!(shaded >= 2, "{}: both panels", case.name);
        } else {
            assert_eq!(shaded, 0, "{}", case.name);
        }
    }
}

#[test]
fn both_themes_fill_the_canvas_first() {
    let chart = where_hours_go(&sample().payoff);
    for palette in [Palette::LIGHT, Palette::DARK] {
        let svg = draw_svg(&chart, &palette, 500, 300);
        let first = elements(&svg, "rect")[0];
        assert_eq!((attribute(first, "width"), attribute(first, "height")), ("1000", "600"));
        assert_eq!(attribute(first, "fill"), hex(palette.card));
        assert!(words(&svg).iter().all(|words| words.fill != hex(palette.card)));
    }
}

#[test]
fn colours_are_those_of_the_page() {
    let css = include_str!("../../static/css/tokens.css");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
    for (theme, Palette { card, ink, soft, faint, line, seller, company, .. }) in
        [(light, Palette::LIGHT), (dark, Palette::DARK)]
    {
        let colours = [card, ink, soft, faint, line, seller, company];
        for (name, colour) in ["card", "ink", "soft", "faint", "line", "seller", "company"].iter().zip(colours) {
            let token = theme.split(&format!("--{name}: ")).nth(1).unwrap().split(';').next().unwrap();
            let token = if token == "#fff" { "#ffffff" } else { token };
            assert_eq!(token.to_uppercase(), hex(colour), "--{name}");
        }
    }
}

#[test]
fn low_charts_leave_words_out_rather_than_pile_them_up() {
    for chart in sample().charts() {
        let mut least = usize::MAX;
        for height in (0..=400).rev().step_by(20) {
            for width in [300_u32, 700] {
                let svg = draw_svg(&chart, &Palette::DARK, width, height.max(1));
                check_words(&format!("{} at {width} by {height}", chart.id), &svg, width, height.max(1));
                check_numbers(&format!("{} at {width} by {height}", chart.id), &svg, width, height.max(1));
                least = least.min(words(&svg).len());
            }
        }
        assert_eq!(least, 0, "{}: nothing is written where there is no room", chart.id);
    }
}

#[test]
fn any_size_and_scale_can_be_drawn() {
    let charts = sample().charts();
    for chart in &charts {
        for width in [1, 7, 40, 90, 150, 220] {
            for height in [1, 30, 80, 200, 900] {
                let svg = draw_svg(chart, &Palette::LIGHT, width, height);
                check_numbers(&format!("{} at {width} by {height}", chart.id), &svg, width, height);
            }
        }
        let mut svg = String::new();
        let root = plotters_svg::SVGBackend::with_string(&mut svg, (300, 300)).into_drawing_area();
        for scale in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            draw(&root, chart, &Palette::LIGHT, scale).unwrap();
        }
    }
}

#[test]
fn numbers_that_are_none_are_left_out() {
    let case = sample();
    let mut broken = case.payoff.clone();
    broken.seller_best.share = f64::NAN;
    broken.company_best.company_value = f64::INFINITY;
    broken.gap = f64::NAN;
    broken.today.seller_value = f64::NEG_INFINITY;
    for point in broken.curve.iter_mut().step_by(3) {
        point.company_value = f64::NAN;
    }
    broken.today_course.accounts[7] = f64::INFINITY;
    broken.seller_course.accounts.clear();
    broken.company_course.revenue.fill(f64::NAN);
    broken.rate_curve.clear();
    let broken = Case { name: "broken", payoff: broken, rate: f64::NAN };
    for chart in broken.charts() {
        let height = suggested_height(&chart, 640.0) as u32;
        let svg = draw_svg(&chart, &Palette::LIGHT, 640, height);
        check_numbers(chart.id, &svg, 640, height);
        check_words(chart.id, &svg, 640, height);
    }
}

/// Draws nothing.
struct Refusing;

impl DrawingBackend for Refusing {
    type ErrorType = std::io::Error;
    fn get_size(&self) -> (u32, u32) {
        (600, 400)
    }
    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<std::io::Error>> {
        Ok(())
    }
    fn present(&mut self) -> Result<(), DrawingErrorKind<std::io::Error>> {
        Ok(())
    }
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Result<(), DrawingErrorKind<std::io::Error>> {
        Err(DrawingErrorKind::DrawingError(std::io::Error::other("the canvas is gone")))
    }
}

#[test]
fn a_backend_that_refuses_is_heard() {
    let chart = where_hours_go(&team().payoff);
    let refused: DrawError = draw(&Refusing.into_drawing_area(), &chart, &Palette::LIGHT, 2.0).unwrap_err();
    assert!(refused.to_string().contains("the canvas is gone"), "{refused}");
}
