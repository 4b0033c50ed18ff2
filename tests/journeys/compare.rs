//! Plans side by side: kept, found for the same money, taken into use, removed.

use serde_json::{Value, json};

use crate::stage::{Page, drive};

/// A saved plan B with the same twelve months' money and a better split, in three actions.
#[test]
fn a_plan_b_for_the_same_pay_is_three_actions_away() {
    drive(async |stage| {
        // Opening the page.
        let page = stage.visitor().await;
        page.click("nav a[href='#/compare']").await;
        page.until_says(".compare h1", "This plan pays 10% new · 2% renewal").await;
        page.until_says("#best-heading + p", "For the same pay this year").await;
        page.press("Keep as “Plan B”").await;
        page.until_says(".compare h1", "For the same pay this year, moving to “Plan B” (").await;
        page.until_says(".compare h1", "of the gap, gains the company $").await;
        page.until_says(".announcement", "Kept as “Plan B”.").await;
        let pay = figures(&page, "this year").await;
        assert_eq!((pay.len(), pay[1].as_str()), (2, "$0"), "{pay:?}");
        page.until_says(".compared", "of cases").await;
        let gap: Vec<f64> = numbers(&page, "gap to its own best").await;
        assert!(gap[1] < 0.1 * gap[0], "{gap:?}");

        page.until_says(".keeping", "Saved").await;
        let headline = page.text(".compare h1").await;
        page.reload().await;
        page.until_says(".compare h1", &headline).await;
    });
}

#[test]
fn another_rule_for_the_same_money_is_found_kept_and_used() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/compare']").await;
        page.until_shown("#trade-rate").await;
        page.fill("#trade-rate", "eight").await;
        page.until_says("#trade-problem", "“eight” is not a number").await;
        page.fill("#trade-rate", "8").await;
        // The renewal commission of the default case.
        page.until_says("#trade-heading ~ [role=status]", "8% on new business goes with 2.42% on renewals").await;
        page.click("#trade-heading ~ [role=status] button:not(.figure)").await;
        page.until("document.querySelectorAll('.compared thead th').length === 2").await;
        page.until_says(".compared thead", "8% new · 2.42% renewal").await;
        page.choose("#trade-same", "pay on one new account").await;
        page.until("!document.querySelector('#trade-heading ~ [role=status]').textContent.includes('2.42%')").await;

        page.press("Use Plan B").await;
        page.until_says(".compared thead", "In use: Plan B").await;
        page.until_says(".compared thead", "Plan C").await;
        page.until_says(".announcement", "The plan before is kept as “Plan C”.").await;
        page.press("Undo").await;
        page.until_says(".announcement", "Undid: use the plan “Plan B”").await;
        page.until_says(".compared thead th", "In use").await;

        page.choose("#template", "Staffing").await;
        page.press("Keep it beside the plan in use").await;
        page.until_says(".compared thead", "14% new · 14% renewal").await;
        page.press("Remove Plan B").await;
        page.until("document.querySelectorAll('.compared thead th').length === 2").await;
        page.choose("#template", "Property and casualty broker").await;
        page.press("Use it").await;
        page.until_says(".compared thead th", "12% new · 12% renewal").await;
        page.click("nav a[href='#/payoff']").await;
        page.until("document.querySelector('#input-new-business-commission').value === '12'").await;
    });
}

/// The plan is read, changed and warned about in its sentences.
#[test]
fn every_number_of_the_plan_is_changed_where_it_stands() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/plan']").await;
        page.until_says(".plan-page h1", "This plan pays 10% to win a customer and 2% to keep one.").await;
        page.until_says(".checks", "No cap: the next sale always pays.").await;
        page.until_shown("#chart-payout canvas").await;
        page.fill("#rule-quota", "420,000").await;
        page.fill("#rule-accelerator", "1.25").await;
        page.keys(thirtyfour::Key::Tab).await;
        page.until_says(".rules", "reaching it would pay $10,500 more at once").await;
        page.until_says(".checks", "it pays to bring sales of two years into one").await;
        let said =
            "document.querySelector('#chart-payout canvas').getAttribute('aria-label').includes('beyond it 12.5%')";
        page.until(said).await;
        page.choose("[aria-label='Quota period']", "quarter").await;
        page.until_says(".checks", "two quarters into one").await;
        page.fill("#rule-renewal-commission", "lots").await;
        page.until_says("#rule-renewal-commission-problem", "“lots” is not a number").await;
        page.fill("#rule-renewal-commission", "5-9").await;
        page.keys(thirtyfour::Key::Tab).await;
        page.until_says(".plan-page h1", "5–9% to keep one").await;
        page.choose("#template", "Renewals desk").await;
        page.press("Use it").await;
        page.until_says(".plan-page h1", "This plan pays 0% to win a customer and 3% to keep one.").await;
        page.until_says(".keeping", "Saved").await;
        page.click("nav a[href='#/payoff']").await;
        page.until("document.querySelector('#input-renewal-commission').value === '3'").await;
    });
}

/// The cases are worked out in this very browser, and all are met.
#[test]
fn the_method_page_tests_itself() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/method").await;
        page.until_says(".method", "cases were just worked out in this browser, and every figure is met.").await;
        page.until("document.querySelectorAll('.self-test [data-met=\"true\"]').length === 17").await;
        page.until_gone(".self-test [data-met=\"false\"]").await;
    });
}

/// On a phone nothing is wider than the screen, and no menu leaves it.
#[test]
fn every_page_fits_a_phone() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let phone = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
        page.command("Emulation.setDeviceMetricsOverride", phone).await;
        page.click("nav a[href='#/compare']").await;
        page.press("Keep as “Plan B”").await;
        page.until_says(".compared", "of cases").await;
        for (fragment, there) in [
            ("#/compare", ".compared b"),
            ("#/plan", ".rules li"),
            ("#/method", ".self-test td"),
            ("#/pay", ".statement td"),
            ("#/accounts", ".ledger td"),
            ("#/payoff", ".pay"),
        ] {
            page.click(&format!("nav a[href='{fragment}']")).await;
            page.until_shown(there).await;
            let width: f64 = page.run("return Math.max(innerWidth, document.documentElement.scrollWidth);", &[]).await;
            assert_eq!(width, 360.0, "{fragment}");
        }
        page.click("nav a[href='#/accounts']").await;
        page.until_shown(".listing-buttons").await;
        for menu in [0, 1] {
            let ends: [f64; 2] = page
                .run(
                    "const menus = [...document.querySelectorAll('.listing-buttons details')];
                     menus.forEach((it, place) => it.open = place === arguments[0]);
                     const box = menus[arguments[0]].querySelector('div').getBoundingClientRect();
                     return [box.left, box.right];",
                    &[json!(menu)],
                )
                .await;
            assert!(ends[0] >= 0.0 && ends[1] <= 360.0, "menu {menu} from {} to {}", ends[0], ends[1]);
        }
    });
}

async fn figures(page: &Page, row: &str) -> Vec<String> {
    let script = "const row = [...document.querySelectorAll('.compared tbody tr')]
                      .find(it => it.querySelector('th').textContent === arguments[0]);
                  return [...row.querySelectorAll('td')].map(it => (it.querySelector('small') ?? it).textContent);";
    page.run(script, &[Value::from(row)]).await
}

/// The figures of a row themselves.
async fn numbers(page: &Page, row: &str) -> Vec<f64> {
    let script = "const row = [...document.querySelectorAll('.compared tbody tr')]
                      .find(it => it.querySelector('th').textContent === arguments[0]);
                  return [...row.querySelectorAll('td')].map(it => Number((it.querySelector('b') ?? it).firstChild
                      .textContent.replace(/[^0-9.]/g, '')));";
    page.run(script, &[Value::from(row)]).await
}
