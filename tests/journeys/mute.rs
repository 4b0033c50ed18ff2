//! No figure is mute: whatever a page works out opens its arithmetic, and what does not open is a number that somebody typed, a
//! label, a place on an axis or a constant of the method.

use serde_json::json;
use thirtyfour::Key;

use crate::explain::{CLAIMS, TOLD, walk};
use crate::stage::{Page, Stage, drive};

/// What holds no figure that is worked out.
const NOT_WORKED_OUT: [&str; 6] = [
    // They open, or are typed into.
    "button, a, summary, input, select, label, legend",
    // Headings of rows and columns.
    "th, caption, h2, h3",
    // Axes and points of drawings; what a pointer reads off the map stands in its table.
    "svg, .band-ends, .map-reading, .tornado small",
    // What was entered of an account.
    ".facts, time",
    // Told to those who do not see the drawing beside it.
    ".visually-hidden, [aria-hidden=true]",
    // Plans as they are typed, where templates come from, and what is said on paper only.
    ".plan-page h1, .handout, [aria-labelledby=template-heading], .decision-log li",
];

/// Words around numbers that are typed, dates, or constants of the method.
const SAID_OF_NUMBERS: [&str; 11] = [
    r"\d{4}-\d{2}-\d{2}",
    r"(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}",
    r"\d+ (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}",
    // Rates of a plan that is named by them.
    r"[\d.]+% (new|renewal|referral|upsell)( ·)?",
    r"(× [\d.]+ above \$[\d,]+ a \w+|\$[\d,]+ base|\d+ rules?)",
    // Where one number is moved to, or stands.
    r"(at|instead of|use these|the) [\d.]+%",
    r"(contract year|year|first|of|nearly) \d+",
    r"(45 minutes|225 working days|10,000 simulated cases|2,000 simulated cases|1 times)",
    r"(up to 30%|Differences under 1%|by a fifth)",
    r"\d+ (accounts? in the book|more numbers|more kept|touches|entries|of them)",
    r"[\d.]+( to [\d.]+)?% (of the first|for)",
];

/// What stands on the page with a digit in it that nothing of this explains.
async fn mute(page: &Page) -> Vec<String> {
    page.run(
        "for (const fold of document.querySelectorAll('main details')) fold.open = true;
         const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
         const mute = [];
         while (walker.nextNode()) {
             const { textContent, parentElement } = walker.currentNode;
             if (parentElement.closest(arguments[0])) continue;
             const left = arguments[1].reduce((text, said) => text.replace(new RegExp(said, 'g'), ''), textContent);
             if (/[0-9]/.test(left)) mute.push(textContent.trim());
         }
         return mute;",
        &[json!(NOT_WORKED_OUT.join(", ")), json!(SAID_OF_NUMBERS)],
    )
    .await
}

/// Whatever is still being worked out, is.
pub(crate) async fn until_settled(page: &Page) {
    page.until(
        "!document.querySelector('[data-waits=true], progress')
            && ![...document.querySelectorAll('main [role=status], main .words')].some(it => it.textContent.trim().endsWith('…'))",
    )
    .await;
}

async fn visit(page: &Page, address: &str, shown: &str) {
    page.go(address).await;
    page.until_shown(shown).await;
    until_settled(page).await;
    assert_eq!(mute(page).await, Vec::<String>::new(), "{address}");
}

#[test]
fn no_figure_of_any_page_is_mute() {
    drive(async |stage| {
        let page = stage.visitor().await;
        visit(&page, "#/", ".luck table").await;
        // A row of each kind: the first quantile, the mean, how far luck moves it, and what is beside the table.
        let titles = walk(&page, ".luck > p [data-told], .luck tr:nth-child(3n+1) [data-told]").await;
        assert!(titles.iter().any(|title| title == "How far luck moves it, on renewals"), "{titles:?}");
        walk(&page, ".control-note [data-claim], .hour .note [data-claim], .pay .note [data-claim]").await;
        visit(&page, "#/plan", ".checks li").await;
        visit(&page, "#/compare", ".compare .card").await;
        page.press("Keep as “Plan B”").await;
        page.until_says(".keeping", "Saved").await;
        page.focus(".sensitivity button").await;
        page.keys(Key::Enter).await;
        page.until("document.querySelectorAll('.tornado tbody tr').length >= 12").await;
        page.until("document.querySelectorAll('.map rect').length === 17 * 13").await;
        until_settled(&page).await;
        assert_eq!(mute(&page).await, Vec::<String>::new());
        let titles =
            walk(&page, ".compared [data-told], .compare > .card > .note [data-told], .sensitivity .note [data-told]")
                .await;
        assert_eq!(titles.len(), 5, "{titles:?}");
        walk(&page, ".compare h1 [data-claim], .sensitivity p [data-claim], .tornado .words [data-claim]").await;
        visit(&page, "#/accounts", ".listing-sum [data-told]").await;
        walk(&page, ".listing-sum [data-told]").await;
        page.click("#cell-0-1").await;
        page.until_shown(".account .figure").await;
        assert_eq!(mute(&page).await, Vec::<String>::new());
        visit(&page, "#/pay", ".statement .total").await;
        let titles = walk(&page, ".my-pay table:not(.statement table) [data-told]").await;
        assert!(titles.iter().any(|title| title == "in all, change"), "{titles:?}");
        let some = ".statement .total [data-told], .statement > .table-scroll tr:first-child [data-told], \
                    .statement details:last-of-type [data-told], .statement .note [data-told]";
        let titles = walk(&page, some).await;
        assert!(titles.iter().any(|title| title == "Paid, 12 months"), "{titles:?}");
        page.choose("#statement-basis", "what is expected of the next twelve, working").await;
        page.until_says(".statement", "mean numbers of accounts won").await;
        assert_eq!(mute(&page).await, Vec::<String>::new());
        walk(&page, ".statement tr:nth-child(12) [data-told]").await;
    });
}

/// Accounts of two sellers, of whom one lives on renewals.
fn team() -> String {
    let account = |(number, letter): (u32, char)| {
        let (seller, since) = if number.is_multiple_of(3) { ("Ada", "2026-03-15") } else { ("Ben", "2023-05-15") };
        format!("Account {letter},{},{since},{seller}\n", 8_000 + 500 * number)
    };
    format!("Account,Annual value,Start date,Seller\n{}", (1..).zip('A'..='X').map(account).collect::<String>())
}

/// A visitor who has imported them.
pub(crate) async fn visitor_with_team(stage: &Stage) -> Page {
    let page = stage.visitor().await;
    page.choose_file(&stage.file("team.csv", team().as_bytes())).await;
    page.until_shown("dialog").await;
    page.press("Import").await;
    page.until_gone("dialog").await;
    page
}

#[test]
fn nor_of_a_plan_with_rules_and_two_sellers() {
    drive(async |stage| {
        let page = visitor_with_team(stage).await;
        page.until_says(".keeping", "Saved").await;
        visit(&page, "#/compare", ".compare .card").await;
        page.press("Keep as “Plan B”").await;
        page.until_says(".compared", "making that up to them for a year").await;
        until_settled(&page).await;
        assert_eq!(mute(&page).await, Vec::<String>::new());
        let titles = walk(&page, ".compared [data-told]").await;
        for title in ["Sellers who earn less", "What making it up would cost"] {
            assert!(titles.iter().any(|it| it == title), "{title} in {titles:?}");
        }
        page.until_says(".keeping", "Saved").await;
        visit(&page, "#/plan", "#rule-kind").await;
        let kinds = ["A higher rate on everything", "A draw, kept back later", "A cap on new business"];
        let by_deed =
            ["Objectives with weights", "A sum for each touch", "A sum for each account that a customer sent"];
        for kind in kinds.into_iter().chain(by_deed) {
            page.choose("#rule-kind", kind).await;
            page.focus("#add-rule").await;
            page.keys(Key::Enter).await;
            page.until_says(".announcement", "Added: ").await;
        }
        page.until_shown(".rules-outcome[data-waits=false]").await;
        page.until_says(".keeping", "Saved").await;
        visit(&page, "#/plan", ".checks li.warning").await;
        walk(&page, ".plan-rules small [data-told], .checks [data-told], .lines [data-told]").await;
        visit(&page, "#/pay", ".choices button").await;
        page.press("Ben").await;
        page.until_shown(".statement .total").await;
        assert_eq!(mute(&page).await, Vec::<String>::new());
        walk(&page, ".statement tr:nth-child(2) [data-told]").await;
        visit(&page, "#/", ".luck table").await;
        walk(&page, CLAIMS).await;
        let told = walk(&page, &format!(".luck > p {TOLD}")).await;
        assert!(told.len() >= 3, "{told:?}");
    });
}
