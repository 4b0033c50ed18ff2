//! Plans side by side: kept, found for the same money, taken into use, removed.

use serde_json::Value;

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
        page.press("Keep as “Plan B”").await;
        page.until("document.querySelectorAll('.compared thead th').length === 2").await;
        page.until_says(".compared thead", "8% new · 2.42% renewal").await;
        page.choose("#trade-same", "present value of the commission on one new account").await;
        page.until_not("#trade-heading ~ [role=status]", "2.42%").await;

        page.press("Use Plan B").await;
        page.until_says(".compared thead", "In use: Plan B").await;
        page.until_says(".compared thead", "Plan C").await;
        page.press("Undo").await;
        page.until_says(".announcement", "Undid: use the plan “Plan B”").await;
        page.until_says(".compared thead th", "In use").await;

        page.choose("#template", "Staffing").await;
        page.press("Keep it beside the plan in use").await;
        page.until_says(".compared thead", "14% new · 14% renewal").await;
        page.press("Remove Plan B").await;
        page.until("document.querySelectorAll('.compared thead th').length === 2").await;
        page.choose("#template", "Property and casualty broker").await;
        page.click("#template-heading ~ p button:last-child").await;
        page.until_says(".compared thead th", "12% new · 12% renewal").await;
        page.click("nav a[href='#/payoff']").await;
        page.until("document.querySelector('#input-new-business-commission').value === '12'").await;
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
