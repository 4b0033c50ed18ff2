//! Five hundred texts that a browser could take for a program, through every way in: none runs, each is shown as it is.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::stage::{Page, Stage, drive};

/// What runs if anything does.
const DEED: &str = "window.ran=1";

/// Texts that run somewhere, each in its own way.
fn payloads() -> Vec<String> {
    let cores = [
        "<script>DEED</script>",
        "<img src=x onerror=DEED>",
        "<svg onload=DEED>",
        "<svg><script>DEED</script></svg>",
        "<svg><animate onbegin=DEED attributeName=x dur=1s>",
        "<body onload=DEED>",
        "<iframe src=\"javascript:DEED\"></iframe>",
        "<iframe srcdoc=\"<script>parent.DEED</script>\"></iframe>",
        "<a href=\"javascript:DEED\">x</a>",
        "<input onfocus=DEED autofocus>",
        "<details open ontoggle=DEED>x</details>",
        "<video><source onerror=DEED></video>",
        "<audio src=x onerror=DEED>",
        "<object data=\"javascript:DEED\"></object>",
        "<embed src=\"javascript:DEED\">",
        "<form action=\"javascript:DEED\"><button autofocus>x</button></form>",
        "<math href=\"javascript:DEED\">x</math>",
        "<marquee onstart=DEED>x</marquee>",
        "<style onload=DEED>*{}</style>",
        "<link rel=stylesheet href=x onerror=DEED>",
        "<meta http-equiv=refresh content=\"0;url=javascript:DEED\">",
        "<base href=\"https://example.org/\">",
        "<template><script>DEED</script></template>",
        "javascript:DEED",
        "=HYPERLINK(\"javascript:DEED\",\"x\")",
    ];
    let around = [
        ["", ""],
        ["\">", ""],
        ["'>", ""],
        ["</td>", "<td>"],
        ["</script>", ""],
        ["</textarea>", ""],
        ["</title>", ""],
        ["-->", "<!--"],
        ["]]>", ""],
        ["\\\"", "\\\""],
        ["${", "}"],
        ["{{", "}}"],
        ["`", "`"],
        ["%3Cb%3E", ""],
        ["&lt;", "&gt;"],
        ["&#60;b&#62;", ""],
        ["&nbsp;", "&shy;"],
        ["<noscript><p title=\"</noscript>", "\">"],
        ["<b>", "</b>"],
        ["#", "?"],
    ];
    let texts = cores.iter().flat_map(|core| {
        around.iter().map(move |[before, after]| format!("{before}{}{after}", core.replace("DEED", DEED)))
    });
    texts.collect()
}

/// Watches for reports of the page's policy from the first line on.
async fn watched(stage: &Stage) -> Page {
    let page = stage.browser().await;
    page.before_every_page(
        "window.reports = [];
         document.addEventListener('securitypolicyviolation', it => window.reports.push(it.violatedDirective));",
    )
    .await;
    page.go("#/accounts").await;
    page
}

/// Nothing ran, nothing was tried, and no element came out of a text.
async fn check_quiet(page: &Page, way: &str) {
    let seen: Value = page
        .run(
            "const odd = 'script:not([src]), iframe, object, embed, base, math, marquee, audio, video, [onerror], [onload], [onfocus]';
             return [window.ran ?? null, window.reports,
                 [...document.querySelectorAll('main ' + odd.replaceAll(', ', ', main '))].map(it => it.outerHTML),
                 [...document.querySelectorAll('a[href]')].filter(it => it.protocol === 'javascript:').length];",
            &[],
        )
        .await;
    assert_eq!(seen, json!([null, [], [], 0]), "{way}");
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

async fn import(page: &Page) {
    page.until_shown("dialog").await;
    check_quiet(page, "the preview").await;
    page.press("Import").await;
    page.until_gone("dialog").await;
}

/// The names in the list, from the first to the last.
async fn names(page: &Page) -> Vec<String> {
    page.run_async(
        "const found = new Map();
         const scroll = document.querySelector('.ledger-scroll');
         for (let top = 0; top <= scroll.scrollHeight; top += 400) {
             scroll.scrollTop = top;
             await new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)));
             for (const row of scroll.querySelectorAll('tbody tr[aria-rowindex]'))
                 found.set(Number(row.getAttribute('aria-rowindex')), row.querySelector('th').textContent);
         }
         return [...found.keys()].sort((one, other) => one - other).map(key => found.get(key));",
        &[],
    )
    .await
}

/// Pastes a table anywhere but into a field.
async fn paste_table(page: &Page, text: &str) {
    let script = "const data = new DataTransfer();
        data.setData('text', arguments[0]);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";
    page.run::<Value>(script, &[json!(text)]).await;
}

fn table(payloads: &[String], separator: &str) -> String {
    let row = |text: &String| [text, "9", text, text, text].map(quoted).join(separator) + "\r\n";
    let headings = ["Account", "Annual value", "Owner", "Tags", "Notes"].join(separator);
    format!("{headings}\r\n{}", payloads.iter().map(row).collect::<String>())
}

async fn check_names(page: &Page, payloads: &[String], way: &str) {
    page.until_says(".chip", "500 accounts").await;
    let mut shown = names(page).await;
    check_quiet(page, way).await;
    let mut meant = payloads.to_vec();
    shown.sort();
    meant.sort();
    assert_eq!(shown, meant, "{way}");
}

#[test]
fn what_looks_like_a_program_is_only_text_in_files() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 500);
    drive(async |stage| {
        let page = watched(stage).await;
        page.save_to(stage.folder()).await;
        // As names, sellers, tags and notes of a file.
        page.choose_file(&stage.file("payloads.csv", table(&payloads, ",").as_bytes())).await;
        import(&page).await;
        check_names(&page, &payloads, "a file").await;
        for fragment in ["#/payoff", "#/accounts/1", "#/accounts/250", "#/accounts/500", "#/method"] {
            page.go(fragment).await;
            check_quiet(&page, fragment).await;
        }
        // As a file that was saved, in another browser.
        page.click("header .menu summary").await;
        page.press("Save a file").await;
        let file = page.until_file(stage.folder(), "json").await;
        let other = watched(stage).await;
        other.choose_file(&file).await;
        other.until_says("dialog h2", "Restore").await;
        check_quiet(&other, "what a saved file has").await;
        other.press("Restore").await;
        other.until_gone("dialog").await;
        check_names(&other, &payloads, "a saved file").await;
        // As a log of touches: known names, hostile notes, and the other way round.
        let row = |text: &String| [text, "2026-01-02", "Call", text].map(quoted).join(",") + "\n";
        let log: String = payloads.iter().map(row).collect();
        other.choose_file(&stage.file("touches.csv", format!("Account,Date,Kind,Note\n{log}").as_bytes())).await;
        other.until_says("dialog", "500 rows").await;
        import(&other).await;
        other.go("#/accounts").await;
        other.click("#cell-3-1").await;
        other.until_shown("#account-heading").await;
        let name = other.text("#account-heading").await;
        other.until_says(".account-life", &name).await;
        check_quiet(&other, "touches").await;
    });
}

#[test]
fn what_looks_like_a_program_is_only_text_when_it_is_pasted() {
    let payloads = payloads();
    drive(async |stage| {
        let page = watched(stage).await;
        paste_table(&page, &table(&payloads, "\t")).await;
        import(&page).await;
        check_names(&page, &payloads, "a pasted table").await;
        // As headings, and where an amount or a day should be.
        for some in payloads.chunks(20) {
            let headings = some.iter().map(|text| quoted(text)).collect::<Vec<_>>().join("\t");
            paste_table(
                &page,
                &format!("Account\tAnnual value\tCustomer since\t{headings}\nA\t{0}\t{0}\tx\n", quoted(&some[0])),
            )
            .await;
            page.until_shown("dialog").await;
            check_quiet(&page, "headings").await;
            page.keys(Key::Escape).await;
            page.until_gone("dialog").await;
        }
    });
}

#[test]
fn what_looks_like_a_program_is_only_text_when_it_is_typed() {
    let payloads = payloads();
    drive(async |stage| {
        let page = watched(stage).await;
        for text in &payloads {
            page.paste("#account-filter", text).await;
        }
        page.until_says("main", "No account matches").await;
        check_quiet(&page, "a search").await;
        page.paste("#account-filter", "").await;
        page.until_says("#cell-0-1", "Alder Bakery").await;
        for text in &payloads {
            page.focus("#cell-0-2").await;
            page.keys(Key::Enter).await;
            page.until("document.activeElement.id === 'cell-editor'").await;
            page.paste("#cell-editor", text).await;
            page.keys(Key::Enter).await;
            page.until("document.activeElement.id === 'cell-0-2'").await;
            assert_eq!(page.text("#cell-0-2").await, text.trim());
        }
        check_quiet(&page, "a seller").await;
    });
}

/// What is noted of an account, and what plans are called.
#[test]
fn what_looks_like_a_program_is_only_text_in_a_life_and_as_a_plan() {
    let payloads = payloads();
    drive(async |stage| {
        let mut saved: Value = serde_json::from_str(include_str!("../fixtures/v8_full.json")).expect("a fixture");
        let workspace = &mut saved["workspace"];
        let entry = |text: &String| json!([9_000, "P", text, null, null, "o"]);
        workspace["book"]["accounts"]["life"] = json!({ "0": payloads.iter().map(entry).collect::<Vec<Value>>() });
        let plan = workspace["saved_plans"].as_object().and_then(|plans| plans.values().next()).cloned();
        workspace["saved_plans"] =
            payloads.iter().map(|name| (name.clone(), plan.clone().unwrap_or_default())).collect();
        let page = watched(stage).await;
        page.choose_file(&stage.file("lives.json", saved.to_string().as_bytes())).await;
        page.until_says("dialog h2", "Restore").await;
        page.press("Restore").await;
        page.until_gone("dialog").await;
        page.go("#/accounts/3").await;
        page.until_shown(".account-life").await;
        let all = "[...document.querySelectorAll('button')].find(it => it.textContent.startsWith('Show all')).click();";
        page.run::<Value>(all, &[]).await;
        page.until("document.querySelectorAll('.account-life li').length > 500").await;
        check_quiet(&page, "a life").await;
        let life = page.text(".account-life").await;
        let missing: Vec<&String> = payloads.iter().filter(|text| !life.contains(text.as_str())).collect();
        assert_eq!(missing, Vec::<&String>::new());

        page.go("#/compare").await;
        page.until("document.querySelectorAll('.compared thead th').length === 6").await;
        page.until("document.querySelector('.compare .card').dataset.waits === 'false'").await;
        check_quiet(&page, "names of plans").await;
        let mut names = payloads.clone();
        names.sort();
        let heads = page.texts(".compared thead th b").await;
        assert_eq!(heads[1..], names[..5]);
        page.run::<Value>("document.querySelector('.column-actions button').click();", &[]).await;
        page.until("document.querySelector('.compared thead b').textContent.startsWith('In use: ')").await;
        check_quiet(&page, "a plan in use").await;
    });
}

#[test]
fn what_looks_like_a_program_is_no_plan() {
    drive(async |stage| {
        let page = watched(stage).await;
        // A load takes its time: the suite takes every tenth.
        let is_soak = std::env::var("HOLDFAST_SOAK").is_ok_and(|value| value == "1");
        for (place, text) in payloads().iter().enumerate().step_by(if is_soak { 1 } else { 10 }) {
            // As somebody types it, and as a program would write it.
            let written = if place % 20 < 10 { text.replace(' ', "%20") } else { json!(text).to_string() };
            page.go(&format!("#/payoff?plan={written}")).await;
            page.until("!location.hash.includes('plan=')").await;
            check_quiet(&page, text).await;
        }
        page.until_shown(".banner").await;
        check_quiet(&page, "a link").await;
    });
}
