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

    for file in ["book.csv", "hubspot_companies.csv"] {
        page.choose_file(&project_file("tests/data").join(file)).await;
        page.until_shown("dialog").await;
        scan(&format!("the import of {file}")).await;
        page.press("Close").await;
        page.until_gone("dialog").await;
    }

    page.go("#/accounts").await;
    page.until_shown("main.accounts").await;
    scan("the Accounts page").await;
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
    page.until_shown(".notice").await;
    page.keys(thirtyfour::Key::F9).await;
    page.until_says(".ledger", "Account 1").await;
    page.click("header .menu summary").await;
    scan("the Accounts page with notices, names hidden, and the data menu").await;
    page.press("Show names (F9)").await;
    let file = stage.file("kept.json", include_bytes!("../fixtures/v4_full.json"));
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
