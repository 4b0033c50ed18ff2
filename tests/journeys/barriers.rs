//! The scan for barriers, by axe-core: every page and dialog, light and dark.

use serde_json::Value;

use crate::stage::{Page, Stage, drive, project_file};

/// The scanner, if it is there; `cargo xtask test` counts its absence.
fn scanner() -> Option<String> {
    let Some(path) = std::env::var_os("HOLDFAST_AXE") else {
        println!("HOLDFAST_AXE is not set: nothing is scanned");
        return None;
    };
    Some(std::fs::read_to_string(path).expect("the scanner"))
}

/// What the scanner finds on the page as it is, one line each.
async fn barriers(page: &Page, scanner: &str, place: &str) -> Vec<String> {
    page.run::<Value>(&format!("if (!window.axe) {{ {scanner} }}"), &[]).await;
    let found: Vec<String> = page
        .run_async(
            "const { violations } = await axe.run(document);
             return violations.map(({ id, help, nodes }) =>
                 `${id}: ${help}: ${nodes.slice(0, 4).map(
                     node => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`).join('; ')}`);",
            &[],
        )
        .await;
    found.into_iter().map(|line| format!("{place}: {line}")).collect()
}

async fn check(stage: &Stage, scheme: &str) {
    let Some(scanner) = scanner() else { return };
    let page = stage.visitor().await;
    page.scheme(scheme).await;
    page.until(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches")).await;
    let mut found = Vec::new();
    let mut scan = async |place: &str| {
        let place = format!("{scheme}, {place}");
        found.extend(barriers(&page, &scanner, &place).await);
    };

    scan("the Payoff page").await;
    page.unfold_all().await;
    page.paste("#input-renewal-commission", "abc").await;
    page.until_shown("#input-renewal-commission-problem").await;
    page.click("#chart-hours details summary").await;
    page.until_shown("#chart-hours table").await;
    scan("the Payoff page unfolded, with a refused number").await;
    page.press("Share").await;
    page.until_shown("dialog").await;
    scan("the link").await;
    page.press("Close").await;
    page.until_gone("dialog").await;
    page.set_renewal_commission("3").await;
    page.click("[aria-label='why: Renewal commission']").await;
    page.until_shown("dialog").await;
    scan("why a number is what it is").await;
    page.fill("#decision-why", "As the rival pays.").await;
    page.press("Log it").await;
    page.until_gone("dialog").await;

    for file in ["book.csv", "hubspot_companies.csv", "hubspot_deals.csv", "touches.csv"] {
        page.choose_file(&project_file("tests/data").join(file)).await;
        page.until_shown("dialog").await;
        scan(&format!("the import of {file}")).await;
        page.press("Close").await;
        page.until_gone("dialog").await;
    }

    page.go("#/plan").await;
    page.fill("#rule-accelerator", "0").await;
    page.until_says(".checks", "A cap").await;
    page.fill("#rule-quota", "much").await;
    page.until_shown("#rule-quota-problem").await;
    scan("the Plan page, with a cap and a number that is refused").await;
    page.press("Undo").await;
    page.press("Undo").await;
    for kind in ["A cap on new business", "A cap on new business", "A retention bonus"] {
        page.choose("#rule-kind", kind).await;
        page.focus("#add-rule").await;
        page.keys(thirtyfour::Key::Enter).await;
    }
    page.until_shown("#rule-3-number-1").await;
    page.fill("#rule-3-number-1", "all").await;
    page.keys(thirtyfour::Key::Enter).await;
    page.until_shown("#rule-3-number-1-problem").await;
    page.focus("#rule-3-on").await;
    page.keys(" ").await;
    page.until_says("[data-on=false]", "switched off").await;
    page.until_shown(".rules-outcome[data-waits=false]").await;
    scan("rules beside the rates, one left out, one switched off and refused a number").await;
    for _ in 0..4 {
        page.press("Undo").await;
    }
    page.go("#/payoff").await;
    page.until_shown(".own-book summary").await;
    page.run::<Value>("document.querySelector('.own-book').open = true;", &[]).await;
    page.fill("#own-wins", "3").await;
    page.fill("#own-tries", "2").await;
    page.fill("#cohort", "100 82 71").await;
    page.until_says("#cohort-says", "One average").await;
    scan("what one's own records say").await;
    page.go("#/compare").await;
    page.until_says("#best-heading + p", "For the same pay").await;
    page.press("Keep as “Plan B”").await;
    page.fill("#trade-rate", "eight").await;
    page.until_says("#trade-problem", "not a number").await;
    page.until_says(".compared thead", "Plan B").await;
    page.until("document.querySelector('.compare .card').dataset.waits === 'false'").await;
    scan("the Compare page").await;
    page.focus(".sensitivity button").await;
    page.keys(thirtyfour::Key::Enter).await;
    page.until("document.querySelectorAll('.map rect').length === 17 * 13").await;
    page.run::<Value>("document.querySelector('.sensitivity details').open = true;", &[]).await;
    scan("what the gap hangs on").await;
    page.run::<Value>("document.querySelector('.compared [data-claim]').click();", &[]).await;
    page.until_shown("dialog .explained").await;
    page.run::<Value>("document.querySelectorAll('dialog details').forEach(it => it.open = true);", &[]).await;
    scan("the arithmetic of a figure").await;
    page.keys(thirtyfour::Key::Escape).await;
    page.until_gone("dialog").await;
    page.go("#/pay").await;
    page.until_shown(".statement .total").await;
    page.run::<Value>("document.querySelector('.statement details').open = true;", &[]).await;
    scan("the page of a seller's pay").await;
    page.go("#/accounts").await;
    page.until_shown("main.accounts").await;
    scan("the Accounts page").await;
    page.click("#cell-0-0").await;
    page.until_shown(".bulk-bar").await;
    page.choose("#bulk-deed", "Set the gross margin").await;
    page.fill("#bulk-text", "lots").await;
    page.press("Do it").await;
    page.until_shown("#bulk-problem").await;
    scan("an account chosen, and an edit of it refused").await;
    page.click("#cell-0-0").await;
    page.until_gone(".bulk-bar").await;
    page.focus("#cell-1-3").await;
    page.keys(thirtyfour::Key::Enter).await;
    page.until("document.activeElement.id === 'cell-editor'").await;
    page.fill("#cell-editor", "lots").await;
    page.keys(thirtyfour::Key::Enter).await;
    page.until_shown("#cell-editor-problem").await;
    scan("a cell that is changed, and refused").await;
    page.keys(thirtyfour::Key::Escape).await;
    page.until_gone("#cell-editor").await;
    page.press("Most at risk").await;
    page.until_says(".ledger thead", "Why look").await;
    for menu in [0, 1] {
        page.run::<Value>(
            "document.querySelectorAll('.listing-tools details').forEach((it, place) => it.open = place === arguments[0]);",
            &[menu.into()],
        )
        .await;
        scan("most at risk, with a menu of the list").await;
    }
    page.press("All accounts").await;
    page.click("#cell-2-1").await;
    page.until_shown("#account-heading").await;
    scan("an account").await;
    page.go("#/accounts").await;
    page.keys(thirtyfour::Key::F8).await;
    page.until_shown("#touch-with").await;
    scan("whom a touch was with").await;
    page.press("Close").await;
    page.until_gone("dialog").await;
    page.click("#cell-2-1").await;
    page.until_shown("#account-heading").await;
    page.press("Note something").await;
    page.fill("#life-text", "a demo").await;
    scan("something to note").await;
    page.press("Note it").await;
    page.until_gone("dialog").await;
    // The first change tells where the data is.
    page.until_shown(".notice").await;
    scan("an account with something noted, and a notice").await;
    page.press("Mark it as lost").await;
    page.until_shown("dialog").await;
    scan("the loss of an account").await;
    page.press("Close").await;
    page.until_gone("dialog").await;
    page.go("#/accounts/999").await;
    page.until_says("h1", "No such account").await;
    scan("an account that is not there").await;
    page.go("#/accounts").await;
    page.until_shown("main.accounts").await;
    page.press("Add an account").await;
    page.until_shown("dialog").await;
    page.press("Save").await;
    page.until_shown("dialog .problem").await;
    page.click("dialog details summary").await;
    scan("the form of an account").await;
    page.press("Close").await;
    page.until_gone("dialog").await;
    page.press("Log a touch with Alder Bakery").await;
    page.until_shown("dialog").await;
    scan("the log of a touch").await;
    page.press("Log it").await;
    page.until_gone("dialog").await;
    page.keys(thirtyfour::Key::F9).await;
    page.until_says(".ledger", "Account 1").await;
    page.until_shown(".notice").await;
    page.click("header .menu summary").await;
    scan("the Accounts page with notices, names hidden, and the data menu").await;
    page.press("Show names (F9)").await;
    let file = stage.file("kept.json", include_bytes!("../fixtures/v8_full.json"));
    page.choose_file(&file).await;
    page.until_shown("dialog").await;
    scan("a file to restore").await;

    page.go("#/method").await;
    page.until("!document.querySelector('.verdict')").await;
    scan("the Method page").await;
    page.run_async::<()>("const { rescue } = await import('./rescue.js'); rescue();", &[]).await;
    page.until_says("h1", "Holdfast has stopped").await;
    scan("the page of a stopped program").await;
    assert!(found.is_empty(), "barriers:\n{}", found.join("\n"));
}

#[test]
fn nothing_is_a_barrier_in_the_light() {
    drive(async |stage| check(stage, "light").await);
}

#[test]
fn nothing_is_a_barrier_in_the_dark() {
    drive(async |stage| check(stage, "dark").await);
}
