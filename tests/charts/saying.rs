//! What charts say: words, marks and tables, before anything is drawn.

use holdfast::charts::payoff::{accounts_over_time, renewal_rate, revenue_over_time, where_hours_go};
use holdfast::charts::spec::{ChartSpec, Mark, Role, Unit};

use crate::cases::{agreed, all, sample, team};

fn labels(chart: &ChartSpec) -> Vec<&str> {
    chart.rules.iter().map(|rule| rule.label.as_str()).collect()
}

#[test]
fn the_hours_chart_marks_today_and_both_best_and_prices_the_gap() {
    let case = sample();
    let payoff = &case.payoff;
    let chart = where_hours_go(payoff);
    assert_eq!(labels(&chart), ["today 25%", "seller’s best 33%", "company’s best 52%"]);
    let titles: Vec<_> = chart.panels.iter().map(|panel| (panel.title.as_str(), panel.unit.as_str())).collect();
    assert_eq!(
        titles,
        [
            ("Seller’s pay", "present value while the seller stays"),
            ("Company’s profit", "present value, five years and what the book is then worth"),
        ]
    );
    let mark = |role, x, y, hollow| Mark { role, x, y, hollow };
    let (today, seller, company) = (payoff.today, payoff.seller_best, payoff.company_best);
    assert_eq!(
        chart.panels[0].marks,
        [
            mark(Role::Today, today.share, today.seller_value, false),
            mark(Role::Seller, company.share, company.seller_value, true),
            mark(Role::Seller, seller.share, seller.seller_value, false),
        ]
    );
    assert_eq!(
        chart.panels[1].marks,
        [
            mark(Role::Today, today.share, today.company_value, false),
            mark(Role::Company, seller.share, seller.company_value, true),
            mark(Role::Company, company.share, company.company_value, false),
        ]
    );
    let band = chart.band.unwrap();
    assert_eq!((band.from, band.to), (seller.share, company.share));
    assert_eq!(band.price.unwrap().label, "$103k lost");
    for words in ["33%", "52%", "25%", "$103,000"] {
        assert!(chart.summary.contains(words), "{words} in: {}", chart.summary);
    }
    assert_eq!(chart.x.unit(), Unit::Percent);
}

#[test]
fn where_both_agree_there_is_one_label_and_no_gap() {
    let chart = where_hours_go(&agreed().payoff);
    assert_eq!(chart.band, None);
    assert_eq!(labels(&chart)[1..], ["both best 52%"]);
    assert!(chart.panels.iter().flat_map(|panel| &panel.marks).all(|mark| !mark.hollow));
}

#[test]
fn several_sellers_are_spoken_of_as_several() {
    let case = team();
    let chart = where_hours_go(&case.payoff);
    assert_eq!(chart.panels[0].title, "Sellers’ pay");
    assert!(labels(&chart)[1].starts_with("sellers’ best"));
    assert_eq!(chart.panels[0].marks[2].y, case.payoff.seller_best.seller_value, "each seller at their own best");
}

#[test]
fn courses_start_now_and_end_with_the_horizon() {
    let case = sample();
    let chart = accounts_over_time(&case.payoff);
    let lines = &chart.panels[0].lines;
    assert_eq!(lines.iter().map(|line| line.role).collect::<Vec<_>>(), [Role::Today, Role::Seller, Role::Company]);
    for line in lines {
        assert_eq!((line.points[0], line.points.len()), ((0.0, 40.0), 61));
    }
    let names: Vec<_> = chart.table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["now", "1 year", "2 years", "3 years", "4 years", "5 years"]);
    assert_eq!(chart.table.rows[0][1..], ["40", "40", "40"]);

    assert_eq!(
        chart.summary,
        "Accounts: 40 now; after five years 43.4 as today, 46.3 at the seller’s best, 49.6 at the company’s best."
    );

    let chart = revenue_over_time(&case.payoff);
    assert!(chart.summary.starts_with("Revenue: $482,000 a year at first; after five years $521,000 as today,"));
    let company = &chart.panels[0].lines[2].points;
    assert_eq!((company[0].0, company.len()), (1.0, 60));
    assert_eq!(company[59], (60.0, 12.0 * case.payoff.company_course.revenue[59]));
    assert_eq!(chart.table.rows.len(), 6);
    assert_eq!(chart.table.rows[0][0], "month 1");
}

#[test]
fn the_renewal_chart_marks_the_plan_and_the_agreement() {
    let case = sample();
    let chart = renewal_rate(&case.payoff, case.rate);
    assert_eq!(labels(&chart), ["now 2%", "agree at 11.5%"]);
    assert_eq!((chart.x.min(), chart.x.max()), (0.0, 0.2));
    let meeting = chart.panels[0].marks[0];
    let near = |role: Role| {
        let line = chart.panels[0].lines.iter().find(|line| line.role == role).unwrap();
        line.points.iter().min_by(|a, b| (a.0 - meeting.x).abs().total_cmp(&(b.0 - meeting.x).abs())).unwrap().1
    };
    assert!((near(Role::Seller) - meeting.y).abs() < 0.005 && (near(Role::Company) - meeting.y).abs() < 0.005);
    assert_eq!(renewal_rate(&case.payoff, 0.5).rules.len(), 1, "a rate beyond the chart has no rule");
    assert_eq!(renewal_rate(&case.payoff, f64::NAN).rules.len(), 1);
}

#[test]
fn tables_are_whole_and_of_a_size_to_be_read() {
    for case in all() {
        for chart in case.charts() {
            let table = &chart.table;
            assert!(!table.caption.is_empty() && !chart.summary.is_empty());
            assert!((2..=25).contains(&table.rows.len()), "{}, {}: {} rows", case.name, chart.id, table.rows.len());
            for row in &table.rows {
                assert_eq!(row.len(), table.headings.len(), "{}, {}: {row:?}", case.name, chart.id);
                assert!(row.iter().all(|cell| !cell.is_empty() && !cell.contains("NaN") && !cell.contains("inf")));
            }
            let mut names: Vec<_> = table.rows.iter().map(|row| &row[0]).collect();
            names.dedup();
            assert_eq!(names.len(), table.rows.len(), "{}, {}: a row twice", case.name, chart.id);
            for words in [&chart.summary, &chart.title, &chart.unit] {
                assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
            }
        }
    }
}

#[test]
fn curves_marks_and_rules_are_on_their_axes() {
    for case in all() {
        for chart in case.charts() {
            for panel in &chart.panels {
                let points = panel.lines.iter().flat_map(|line| line.points.iter().copied());
                let marks = panel.marks.iter().map(|mark| (mark.x, mark.y));
                for (x, y) in points.chain(marks) {
                    let shown = chart.x.contains(x) && panel.y.contains(y);
                    assert!(shown, "{}, {}: {x}, {y} off {:?} or {:?}", case.name, chart.id, chart.x, panel.y);
                }
                assert!(panel.y.ticks(4).len() >= 2, "{}, {}: {:?}", case.name, chart.id, panel.y);
            }
            assert!(chart.rules.iter().all(|rule| chart.x.contains(rule.x)), "{}, {}", case.name, chart.id);
        }
    }
}
