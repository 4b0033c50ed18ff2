//! Every figure of every page is pressed, one after the other: each opens its arithmetic, and what is printed there adds up.

use serde_json::json;
use thirtyfour::Key;

use crate::explain::ADD_UP;
use crate::mute::{until_settled, visitor_with_team};
use crate::stage::{Page, drive};

/// All that can be pressed to be accounted for.
const FIGURES: &str = "main [data-claim], main [data-told], main button.figure";

/// Figures that are pressed within one call of the browser.
const BATCH: usize = 100;

/// Presses `count` figures from the one at `first` on, without waiting for more than what opens. Gives what is wrong.
fn press_some() -> String {
    format!(
        "const [figures, first, count] = args;
         const addUp = () => {{ {ADD_UP} }};
         const until = async test => {{
             for (let frame = 0; frame < 1500; frame++) {{
                 const found = test();
                 if (found) return found;
                 await new Promise(requestAnimationFrame);
             }}
             return null;
         }};
         const wrong = [];
         for (let place = first; place < first + count; place++) {{
             const figure = document.querySelectorAll(figures)[place];
             const said = `${{place}}, ${{figure?.textContent}}`;
             figure?.click();
             const opened = await until(() => document.querySelector('dialog .explained'));
             if (!opened) {{
                 wrong.push(`${{said}}: ${{document.querySelector('dialog')?.textContent ?? 'nothing opens'}}`);
             }} else {{
                 wrong.push(...addUp()[0].map(why => `${{said}}: ${{why}}`));
             }}
             document.querySelector('dialog .card-heading button')?.click();
             if (!await until(() => !document.querySelector('dialog'))) wrong.push(`${{said}}: it stays open`);
         }}
         return wrong;"
    )
}

/// Presses every figure of the page, all of them again where more has been worked out meanwhile; gives how many there were.
async fn press_all(page: &Page) -> usize {
    until_settled(page).await;
    let unfold = "for (const fold of document.querySelectorAll('main details')) fold.open = true;
                  return document.querySelectorAll(arguments[0]).length;";
    let mut pressed: usize = 0;
    loop {
        let count: usize = page.run(unfold, &[json!(FIGURES)]).await;
        if count == pressed {
            return count;
        }
        for first in (0..count).step_by(BATCH) {
            let some = BATCH.min(count - first);
            let wrong: Vec<String> = page.run_async(&press_some(), &[json!(FIGURES), json!(first), json!(some)]).await;
            assert_eq!(wrong, Vec::<String>::new());
        }
        pressed = count;
    }
}

async fn go(page: &Page, address: &str, shown: &str) {
    page.go(address).await;
    page.until_shown(shown).await;
}

/// Asks for what the gap hangs on, and for the map beside it.
async fn weigh(page: &Page) {
    page.focus(".sensitivity button").await;
    page.keys(Key::Enter).await;
    page.until("document.querySelectorAll('.tornado tbody tr').length >= 12").await;
    page.until("document.querySelectorAll('.map rect').length === 17 * 13").await;
}

#[test]
fn all_of_the_sample_add_up() {
    drive(async |stage| {
        let page = stage.visitor().await;
        go(&page, "#/", ".luck table").await;
        assert!(press_all(&page).await > 60);
        go(&page, "#/plan", ".checks li").await;
        assert!(press_all(&page).await > 2);
        go(&page, "#/compare", ".compare .card").await;
        page.press("Keep as “Plan B”").await;
        page.until_says(".compared", "while staying, present value").await;
        weigh(&page).await;
        // Among them every cell of the map.
        assert!(press_all(&page).await > 17 * 13 + 60);
        go(&page, "#/accounts", ".listing-sum [data-told]").await;
        assert!(press_all(&page).await > 0);
        page.click("#cell-0-1").await;
        page.until_shown(".account .figure").await;
        assert_eq!(press_all(&page).await, 6);
        go(&page, "#/pay", ".statement .total").await;
        assert!(press_all(&page).await > 60);
        page.choose("#statement-basis", "what is expected of the next twelve, working").await;
        page.until_says(".statement", "mean numbers of accounts won").await;
        assert!(press_all(&page).await > 60);
    });
}

#[test]
fn all_of_two_sellers_and_six_rules_add_up() {
    drive(async |stage| {
        let page = visitor_with_team(stage).await;
        go(&page, "#/compare", ".compare .card").await;
        page.press("Keep as “Plan B”").await;
        page.until_says(".keeping", "Saved").await;
        go(&page, "#/plan", "#rule-kind").await;
        for kind in [
            "A higher rate on everything",
            "New business pays less where too little renews",
            "Objectives with weights",
            "A sum for each touch",
            "A draw, kept back later",
            "Clawback: by a table of months",
        ] {
            page.choose("#rule-kind", kind).await;
            page.focus("#add-rule").await;
            page.keys(Key::Enter).await;
            page.until_says(".announcement", "Added: ").await;
        }
        page.until_shown(".rules-outcome[data-waits=false]").await;
        assert!(press_all(&page).await > 10);
        go(&page, "#/compare", ".compare .card").await;
        page.until_says(".compared thead", "6 rules").await;
        assert!(press_all(&page).await > 30);
        go(&page, "#/pay", ".choices button").await;
        page.press("Ben").await;
        page.until_shown(".statement .total").await;
        assert!(press_all(&page).await > 60);
        go(&page, "#/", ".luck table").await;
        assert!(press_all(&page).await > 40);
    });
}
