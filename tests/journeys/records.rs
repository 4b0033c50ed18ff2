//! What the user's own records say, and what is expected, to the cent.

use thirtyfour::Key;

use crate::explain::{TOLD, walk};
use crate::stage::drive;

#[test]
fn ones_own_counts_and_a_cohort_are_told_with_how_sure_they_are() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.until_shown(".own-book summary").await;
        page.focus(".own-book summary").await;
        page.keys(Key::Enter).await;
        page.until_shown("#own-wins").await;
        page.until_says(".own-book", "No contract of the book has ended yet").await;
        page.fill("#own-wins", "12").await;
        page.fill("#own-tries", "8").await;
        page.until_says("#own-odds .problem", "more").await;
        page.fill("#own-tries", "150").await;
        page.until_says("#own-odds", "8% (between 4% and 13% in 19 cases of 20)").await;
        page.focus("#own-odds button:not(.figure)").await;
        page.keys(Key::Enter).await;
        page.unfold_all().await;
        page.until("document.querySelector('#input-odds-new').value === '8'").await;
        page.fill("#cohort", "100 82 90").await;
        page.until_says("#cohort-says", "A cohort never grows").await;
        page.fill("#cohort", "100 86.9 74.3 65.3 59.3 55.1 51.7 49.1").await;
        page.until_says("#cohort-says", "α 0.67, β 3.81").await;
        let titles = walk(&page, &format!(".own-book {TOLD}")).await;
        let of = |what: &str| titles.iter().filter(|title| *title == what).count();
        assert_eq!(
            (of("Your own odds"), of("One average renewal chance"), of("Renewal chance of a cohort")),
            (1, 1, 4)
        );
    });
}

#[test]
fn a_statement_is_paid_on_records_or_on_what_is_expected() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/pay']").await;
        page.until_says("#statement-heading", "Statement of the last twelve months").await;
        page.choose("#statement-basis", "what is expected of the next twelve, working as today").await;
        page.until_says("#statement-heading", "Statement of the next twelve months").await;
        // The forecast above it in whole units, to the cent.
        let said = page.texts(".statement .total td").await;
        let paid = said.last().unwrap().replace(['$', ','], "").parse::<f64>().unwrap();
        let forecast = page.texts(".more-plans .total td").await;
        let forecast = forecast[0].replace(['$', ','], "").parse::<f64>().unwrap();
        assert!((paid - forecast).abs() < 1.0, "{paid} and {forecast}");
        page.choose("#statement-basis", "what is expected of them at what pays best").await;
        page.until(&format!(
            "!document.querySelector('.statement .total').textContent.includes('{}')",
            said.last().unwrap()
        ))
        .await;

        // A draw has a column of its own, and what is owed to it is told.
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        page.choose("#rule-kind", "A draw, kept back later").await;
        page.focus("#add-rule").await;
        page.keys(Key::Enter).await;
        page.until_shown(".further-rules li").await;
        page.click("nav a[href='#/pay']").await;
        page.choose("#statement-basis", "what is expected of the next twelve, working as today").await;
        page.until_says(".statement thead", "Draw").await;
        page.until_says(".statement tbody", "owed to the draw").await;
    });
}

/// Somebody else's three chances draw a second curve; what they lead to stands beside one's own, and each figure opens.
#[test]
fn another_judgement_is_set_beside_ones_own() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.until_shown(".other-judgement summary").await;
        page.focus(".other-judgement summary").await;
        page.keys(Key::Enter).await;
        page.until_shown("#other-unattended").await;
        for (field, chance) in [("#other-unattended", "90"), ("#other-today", "85"), ("#other-saturated", "95")] {
            page.fill(field, chance).await;
        }
        page.until_shown("#other-says .problem").await;
        page.fill("#other-unattended", "80").await;
        page.until_says("#other-says", "with customers is none (yours: 33%)").await;
        let titles = walk(&page, "#other-says [data-told]").await;
        let pair = |title: &str| [title.to_owned(), title.to_owned()];
        let expected = ["What earns sellers most", "What the company would want", "What the gap costs"].map(pair);
        assert_eq!(titles, expected.concat());
    });
}
