//! Importing files that say too little, or are no tables at all.

use serde_json::Value;

use crate::explain::walk;
use crate::stage::{drive, project_file};

#[test]
fn an_export_of_companies_is_asked_about_and_undone_in_one_step() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let sample = page.headline().await;
        page.choose_file(&project_file("tests/data/hubspot_companies.csv")).await;
        page.until_says("dialog .question", "Annual Revenue").await;
        let disabled = "document.querySelector('dialog .primary').disabled";
        page.until(disabled).await;

        page.fill("#one-value", "12000").await;
        page.keys(thirtyfour::Key::Tab).await;
        page.until_says("dialog", "$12,000 for every account").await;
        page.until_says("dialog .import-summary", "120 new, 0 changed").await;
        page.until(&format!("!{disabled}")).await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 120 accounts").await;
        page.until_not(".verdict h1", &sample).await;

        page.press("Undo").await;
        page.until_says(".chip", "Sample book · 40 accounts").await;
        page.until_says(".verdict h1", &sample).await;
        assert!(page.text(".announcement").await.starts_with("Undid: import of hubspot_companies.csv, 120 accounts"));
    });
}

/// From the two files of a CRM to what each seller does, in ten actions.
#[test]
fn companies_and_deals_lead_to_each_sellers_verdict() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.choose_file(&project_file("tests/data/hubspot_companies.csv")).await;
        page.press("A file of deals will tell: nothing for now").await;
        page.until_says("dialog .import-summary", "120 new, 0 changed").await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 120 accounts").await;
        page.choose_file(&project_file("tests/data/hubspot_deals.csv")).await;
        page.until_says("dialog", "Of 178 deals with new customers 120 were won, 67%.").await;
        page.until_says(
            "dialog .import-summary",
            "0 new, 120 changed, 0 as they are, 0 rows left out. 72 customers pay $1,347,000 a year, 48 were lost.",
        )
        .await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        // All at a glance, and each by itself.
        page.until("document.querySelectorAll('.sellers tbody tr').length === 4").await;
        // Each seller's figures open the arithmetic of their own.
        let titles = walk(&page, ".sellers [data-claim]").await;
        let gaps: Vec<&String> = titles.iter().filter(|title| title.starts_with("What the gap costs (")).collect();
        assert!(titles.len() == 12 && gaps.len() == 4 && gaps[0] != gaps[1], "{titles:?}");
        for seller in ["Ana Ruiz", "Ben Okafor", "Chloe Martin", "Dev Patel"] {
            page.choose(".seller-choice", seller).await;
            page.until_says(".verdict h1", seller).await;
            assert!(page.headline().await.contains('%'), "{}", page.headline().await);
        }
    });
}

#[test]
fn a_file_with_known_headings_is_asked_about_once() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let file = |name: &str, rows: &str| stage.file(name, format!("Firm,Begun,Pays us\n{rows}").as_bytes());
        page.choose_file(&file("january.csv", "Acme,03/04/2024,100\nBeta,05/06/2024,200\n")).await;
        page.until_says("dialog", "Which column is what").await;
        page.choose("[aria-label='What Firm is']", "Account name").await;
        page.choose("[aria-label='What Begun is']", "Customer since").await;
        page.choose("[aria-label='What Pays us is']", "Annual value").await;
        page.press("Month first").await;
        page.until_says("dialog .import-summary", "2 new, 0 changed").await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        // Also after a reload.
        page.reload().await;
        page.until_says(".chip", "Your book · 2 accounts").await;
        page.choose_file(&file("february.csv", "Acme,03/04/2024,150\nCedar,01/02/2025,300\n")).await;
        page.until_says("dialog", "Columns are taken as you chose them for the last file with these headings.").await;
        page.until_says("dialog .import-summary", "1 new, 1 changed, 0 as they are, 0 rows left out.").await;
        page.press("Choose anew").await;
        page.until_says("dialog", "Which column holds the names of the accounts?").await;
    });
}

#[test]
fn a_file_that_comes_again_leaves_what_was_edited_until_it_is_told_to() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let first = stage.file("crm.csv", b"Company,Seller,Annual value\nAcme,Ada,100\nBeta,Ben,200\n");
        page.choose_file(&first).await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 2 accounts").await;
        page.go("#/accounts").await;
        page.press("Edit Acme").await;
        page.fill("#account-field-2", "120").await;
        page.press("Save").await;
        page.until_gone("dialog").await;
        let later = stage.file("later.csv", b"Company,Seller,Annual value\nAcme,Cy,150\nBeta,Ben,250\n");
        page.choose_file(&later).await;
        page.until_says("dialog", "In 1 account something stays as you edited it here").await;
        page.until_says("dialog .lines", "The annual value stays $120.00 as you edited it: the file has $150.00.")
            .await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        page.until_says(".ledger", "$120").await;
        page.until_says(".ledger", "$250").await;
        page.choose_file(&later).await;
        page.until_says("dialog .import-summary", "0 new, 0 changed, 2 as they are").await;
        page.click("dialog input[type=checkbox]").await;
        page.until_says("dialog .import-summary", "0 new, 1 changed, 1 as they are").await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        page.until_says(".ledger", "$150").await;
    });
}

#[test]
fn a_log_of_touches_goes_to_its_accounts_once() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let log = project_file("tests/data/touches.csv");
        page.choose_file(&log).await;
        page.until_says("dialog", "A log of touches, 507 rows.").await;
        page.until_says(
            "dialog .import-summary",
            "0 touches new with 0 accounts, 0 logged already, 507 rows left out.",
        )
        .await;
        page.until("document.querySelector('dialog .primary').disabled").await;
        page.press("Close").await;
        page.choose_file(&project_file("tests/data/book.csv")).await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 40 accounts").await;
        page.choose_file(&log).await;
        page.until_says(
            "dialog .import-summary",
            "507 touches new with 40 accounts, 0 logged already, 0 rows left out.",
        )
        .await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        page.choose_file(&log).await;
        page.until_says(
            "dialog .import-summary",
            "0 touches new with 0 accounts, 507 logged already, 0 rows left out.",
        )
        .await;
        page.press("Close").await;
        page.press("Undo").await;
        page.until_says(".announcement", "Undid: import of touches.csv, 507 touches").await;
    });
}

#[test]
fn a_table_is_pasted_from_a_spreadsheet() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.go("#/accounts").await;
        let paste = "const data = new DataTransfer();
            data.setData('text', arguments[0]);
            const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(arguments[1]).dispatchEvent(event);";
        let text = "Account\tOwner\tAnnual value\nAlder & Sons\tAda\t1200\n<b>Birch</b>\tBen\t800\n";
        // Into a text that is being typed it is just text.
        page.run::<serde_json::Value>(paste, &[text.into(), "#account-filter".into()]).await;
        page.run::<serde_json::Value>(paste, &["one line".into(), "body".into()]).await;
        assert_eq!(page.texts("dialog").await.len(), 0);
        page.run::<serde_json::Value>(paste, &[text.into(), "body".into()]).await;
        page.until_says("dialog .import-summary", "2 new, 0 changed").await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 2 accounts").await;
        page.until_says(".ledger", "<b>Birch</b>").await;
    });
}

#[test]
fn a_file_that_is_no_table_is_named_and_changes_nothing() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec();
    let large = b"Account,Annual value\nOrchard,12000\n".repeat(50 * 1024 * 1024 / 35);
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("picture.csv", png, "picture"),
        ("empty.csv", Vec::new(), "empty"),
        ("headings.csv", b"Account,Owner,Annual value\n".to_vec(), "no rows"),
        ("book.xlsx.csv", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0".to_vec(), "ZIP or Excel"),
        ("large.csv", large, "MB"),
        ("notes.txt", b"Call Orchard on Monday".to_vec(), "no columns"),
        ("other.json", br#"{"name": "something else"}"#.to_vec(), "not a Holdfast file"),
        (
            "cut.json",
            br#"{"format": "holdfast", "version": 1, "workspace": {"as_of": "2026-"#.to_vec(),
            "cannot be read",
        ),
    ];
    drive(async |stage| {
        let page = stage.visitor().await;
        let before = [page.headline().await, page.chip().await, page.text(".keeping").await];
        for (name, bytes, words) in &cases {
            page.choose_file(&stage.file(name, bytes)).await;
            page.until_says(".banner[role=alert]", words).await;
            let sentence = page.text(".banner[role=alert] p").await;
            assert!(sentence.ends_with('.') && sentence.len() > 20, "{name}: {sentence}");
            assert_eq!(page.texts("dialog").await.len(), 0, "{name}");
            page.press("Close").await;
            page.until_gone(".banner").await;
            let after = [page.headline().await, page.chip().await, page.text(".keeping").await];
            assert_eq!(after, before, "{name}");
        }
    });
}

#[test]
fn a_file_can_be_dropped_anywhere() {
    drive(async |stage| {
        let page = stage.browser().await;
        for fragment in ["#/payoff", "#/accounts", "#/method"] {
            page.go(fragment).await;
            page.drop_file(&project_file("tests/data/book.csv")).await;
            page.until_says("dialog h2", "Import book.csv").await;
            page.until_gone(".drop-hint").await;
        }
        page.press("Import").await;
        page.until_says(".chip", "Your book · 40 accounts").await;
    });
}

/// A file of thousands of rows says how far it is, and the page can be used meanwhile.
#[test]
fn a_large_file_is_read_with_a_bar_and_can_be_stopped() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let rows: String = (0..9_000).map(|row| format!("Account {row},{row},Seller {}\n", row % 7)).collect();
        let file = stage.file("large.csv", format!("Account,Annual value,Owner\n{rows}").as_bytes());
        let watch = "window.bars = new Set(); new MutationObserver(() => document.querySelectorAll('progress')\
                     .forEach((bar) => window.bars.add(bar.getAttribute('aria-label') + (bar.value < 1 && bar.value > 0))))\
                     .observe(document.body, { subtree: true, childList: true, attributes: true });";
        page.run::<Value>(watch, &[]).await;
        page.choose_file(&file).await;
        page.until_says("dialog .import-summary", "9000 new, 0 changed, 0 as they are, 0 rows left out.").await;
        page.until("window.bars.has('Reading the filetrue') && window.bars.has('Reading the rowstrue')").await;
        page.until("!document.querySelector('progress')").await;
        // Another mapping is read anew, and the last one chosen counts.
        page.run::<Value>("document.querySelector('dialog details').open = true;", &[]).await;
        page.choose("[aria-label='What Owner is']", "Tags").await;
        page.choose("[aria-label='What Owner is']", "Seller").await;
        page.until_says("dialog .import-summary", "7 sellers").await;
        page.press("Leave the book as it is").await;
        page.until_gone("dialog").await;

        // Closed while it is read, the file is not heard of again.
        let stop = "new MutationObserver((_, watching) => { const bar = document.querySelector('dialog progress'); \
                    if (bar && bar.getAttribute('aria-label') === 'Reading the file') { watching.disconnect(); \
                    window.stopped = true; bar.closest('dialog').querySelector('button').click(); } })\
                    .observe(document.body, { subtree: true, childList: true });";
        page.run::<Value>(stop, &[]).await;
        page.choose_file(&file).await;
        page.until("window.stopped && !document.querySelector('dialog')").await;
        // A small file that is given next comes up alone.
        page.choose_file(&stage.file("small.csv", b"Account,Annual value\nAcme,5\n")).await;
        page.until_says("dialog h2", "Import small.csv").await;
        page.until_says("dialog .import-summary", "1 new, 0 changed").await;
        page.until("document.querySelectorAll('dialog').length === 1").await;
    });
}
