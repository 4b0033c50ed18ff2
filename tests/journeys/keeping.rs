//! What this browser keeps: two copies, never overwritten unread, and never said to be saved when it is not.

use crate::stage::{Page, drive};

const FORMER_KEY: &str = "holdfast/workspace";

/// Refuses everything that is written to local storage.
const FULL: &str = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
/// Refuses everything that is written to the second copy.
const FULL_MIRROR: &str =
    "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
/// Has no second copy at all.
const NO_MIRROR: &str = "Object.defineProperty(window, 'indexedDB', { get() { return undefined; } });";

/// Runs a script with `texts`, the store of the second copy, open for writing.
async fn in_mirror(page: &Page, script: &str) {
    let script = format!(
        "await new Promise((resolve, reject) => {{
             const opening = indexedDB.open('holdfast');
             opening.onerror = () => reject(opening.error);
             opening.onsuccess = () => {{
                 const transaction = opening.result.transaction('texts', 'readwrite');
                 const texts = transaction.objectStore('texts');
                 transaction.oncomplete = () => {{ opening.result.close(); resolve(); }};
                 {script}
             }};
         }});"
    );
    page.run_async::<()>(&script, &[]).await;
}

/// The key of the last record in local storage.
async fn last_record(page: &Page) -> String {
    let script = "const number = key => Number(key.split('/').pop());
        const records = Object.keys(localStorage).filter(key => key.startsWith('holdfast/record/'));
        return records.sort((one, other) => number(one) - number(other)).pop();";
    page.run(script, &[]).await
}

async fn until_saved(page: &Page) {
    page.until("document.querySelector('.keeping').textContent === 'Saved'").await;
}

async fn saved_with(page: &Page, percent: &str) -> String {
    page.set_renewal_commission(percent).await;
    until_saved(page).await;
    page.headline().await
}

#[test]
fn a_change_is_in_both_copies_and_told_where_it_is() {
    drive(async |stage| {
        let page = stage.visitor().await;
        assert_eq!(page.text(".keeping").await, "Nothing to save yet");
        page.click("header .menu summary").await;
        page.until_says(".menu", "Nothing of yours is stored in this browser.").await;
        let changed = saved_with(&page, "4").await;
        page.until_says(".notices", "Safari clears what a page has saved after seven days").await;
        page.press("Got it").await;
        page.until_gone(".notice").await;

        // Each copy alone is enough, and the other is made again.
        page.run::<()>("localStorage.clear();", &[]).await;
        page.reload().await;
        page.until_says(".verdict h1", &changed).await;
        page.until_says(".notices", "cleared one of the two copies").await;
        page.until("Object.keys(localStorage).some(key => key.startsWith('holdfast/snapshot/'))").await;
        in_mirror(&page, "texts.clear();").await;
        page.reload().await;
        assert_eq!(page.headline().await, changed);
        until_saved(&page).await;
    });
}

#[test]
fn steps_can_be_undone_after_a_reload() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let sample = page.headline().await;
        let four = saved_with(&page, "4").await;
        let six = saved_with(&page, "6").await;
        page.reload().await;
        assert_eq!(page.headline().await, six);
        page.until("!document.querySelector('.buttons button').disabled").await;
        page.press("Undo").await;
        page.until_says(".verdict h1", &four).await;
        page.press("Undo").await;
        page.until_says(".verdict h1", &sample).await;
        until_saved(&page).await;
        page.reload().await;
        assert_eq!(page.headline().await, sample);
        page.until("!document.querySelectorAll('.buttons button')[1].disabled").await;
        page.press("Redo").await;
        page.until_says(".verdict h1", &four).await;
    });
}

#[test]
fn all_data_wiped_is_said_and_a_file_asked_for() {
    drive(async |stage| {
        let page = stage.visitor().await;
        saved_with(&page, "4").await;
        in_mirror(&page, "texts.clear();").await;
        page.run::<()>("localStorage.clear();", &[]).await;
        page.reload().await;
        page.until_says(".verdict h1", "33%").await;
        assert_eq!(page.text(".keeping").await, "Nothing to save yet");
        page.click("header .menu summary").await;
        page.until_says(".menu", "If you had a book here, its data was cleared: choose the file that you saved.").await;
    });
}

#[test]
fn a_damaged_copy_is_made_good_by_the_other() {
    drive(async |stage| {
        let page = stage.visitor().await;
        saved_with(&page, "4").await;
        let changed = saved_with(&page, "6").await;
        let key = last_record(&page).await;
        let whole = page.stored(&key).await.expect("a record");
        let damaged = whole.replacen("0.06", "0.07", 1);
        assert_ne!(damaged, whole);
        page.store(&key, &damaged).await;
        page.reload().await;
        assert_eq!(page.headline().await, changed, "no number is changed silently");
        page.until_says(".notices", "the second copy was whole, so nothing is lost").await;
        assert_eq!(page.stored("holdfast/set-aside/1").await.as_deref(), Some(damaged.as_str()));
    });
}

#[test]
fn where_both_copies_are_damaged_the_last_whole_state_is_shown() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.go("").await;
        let whole = saved_with(&page, "4").await;
        saved_with(&page, "6").await;
        let key = last_record(&page).await;
        page.store(&key, "holdfast:4:record:00000000\n{}").await;
        in_mirror(&page, &format!("texts.put('nonsense', '{key}');")).await;
        page.reload().await;
        assert_eq!(page.headline().await, whole);
        page.until_says(".notices", "you see the last state that is whole").await;
        let aside = page.run::<Vec<String>>(
            "return Object.keys(localStorage).filter(key => key.startsWith('holdfast/set-aside/'));",
            &[],
        );
        assert_eq!(aside.await.len(), 2);
        page.click("header .menu summary").await;
        page.press("Save what is stored, as it is").await;
        let file = page.until_file(stage.folder(), "json").await;
        assert!(std::fs::read_to_string(file).expect("the file").contains("nonsense"));

        // Everything goes on from there.
        let next = saved_with(&page, "5").await;
        page.reload().await;
        assert_eq!(page.headline().await, next);
    });
}

#[test]
fn what_a_newer_version_kept_is_left_alone_until_set_aside() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.go("").await;
        let text = r#"{"format":"holdfast","version":99,"workspace":{"what":"we do not know"}}"#;
        page.store(FORMER_KEY, text).await;
        page.reload().await;
        page.until_says(".banner[role=alert]", "What this browser keeps could not be read.").await;
        page.until_says(".banner[role=alert]", "newer Holdfast").await;
        assert_eq!(page.text(".keeping").await, "Not saved: read only");
        page.set_renewal_commission("6").await;
        page.until_announced().await;
        assert_eq!(page.stored(FORMER_KEY).await.as_deref(), Some(text), "it is left as it is");
        page.press("Save the stored text").await;
        let file = page.until_file(stage.folder(), "json").await;
        assert!(std::fs::read_to_string(file).expect("the file").contains("we do not know"));

        page.press("Set it aside and keep changes again").await;
        page.until_gone(".banner").await;
        let changed = saved_with(&page, "7").await;
        assert_eq!(page.stored("holdfast/set-aside/1").await.as_deref(), Some(text));
        page.reload().await;
        assert_eq!(page.headline().await, changed);
    });
}

#[test]
fn what_an_older_version_kept_is_opened_and_kept_anew() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let text = include_str!("../fixtures/v1_full.json");
        page.store(FORMER_KEY, text).await;
        page.reload().await;
        until_saved(&page).await;
        let book = page.chip().await;
        assert!(book.starts_with("Your book"), "{book}");
        page.until("!localStorage.getItem('holdfast/workspace')").await;
        page.reload().await;
        assert_eq!(page.chip().await, book);
    });
}

#[test]
fn a_full_local_storage_is_told_and_the_second_copy_holds() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(FULL).await;
        page.go("").await;
        let changed = saved_with(&page, "4").await;
        page.until_says(".notices", "no room left for this page").await;
        page.until_says(".notices", "one copy is kept, not two").await;
        page.reload().await;
        page.until_says(".verdict h1", &changed).await;
    });
}

#[test]
fn where_nothing_takes_a_change_that_is_said_and_a_file_offered() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.before_every_page(&format!("{FULL} {FULL_MIRROR}")).await;
        page.go("").await;
        page.set_renewal_commission("4").await;
        page.until_says(".keeping", "Not saved").await;
        page.until_says(".banner[role=alert]", "no room left").await;
        page.press("Save a file").await;
        let file = page.until_file(stage.folder(), "json").await;
        let text = std::fs::read_to_string(file).expect("the saved file");
        assert!(text.contains(r#""format":"holdfast""#) && text.contains("0.04"), "{text}");
        page.press("Try again").await;
        page.until_says(".keeping", "Not saved").await;
    });
}

#[test]
fn without_a_second_copy_it_is_said_what_cannot_be_promised() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(NO_MIRROR).await;
        page.go("").await;
        page.set_renewal_commission("4").await;
        page.until_says(".keeping", "Saved, not yet on disk").await;
        let why = page.attribute(".keeping", "title").await.expect("a reason");
        assert!(why.contains("does not say when a change reaches its disk"), "{why}");
        let changed = page.headline().await;
        page.reload().await;
        assert_eq!(page.headline().await, changed);
    });
}

#[test]
fn a_blocked_store_is_said_and_the_answer_still_given() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.before_every_page(&format!(
            "Object.defineProperty(window, 'localStorage', {{
                 get() {{ throw new DOMException('blocked', 'SecurityError'); }},
             }});
             {NO_MIRROR}"
        ))
        .await;
        page.go("").await;
        page.until_says(".verdict h1", "33%").await;
        page.until_says(".keeping", "Not saved").await;
        page.until_says(".banner[role=alert]", "keeps nothing for this page").await;
        page.set_renewal_commission("4").await;
        page.until_announced().await;
        page.until_says(".keeping", "Not saved").await;
    });
}

#[test]
fn a_backup_is_called_for_after_fifty_changes() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.go("").await;
        saved_with(&page, "4").await;
        let preferences = r#"{"changes":49,"since":"2026-01-01","quiet_until":"2999-01-01","is_told":true}"#;
        page.store("holdfast/preferences", &preferences.replace("\"2999-01-01\"", "null")).await;
        page.reload().await;
        page.until_says(".notices", "49 changes since you last saved a file").await;
        page.press("Not now").await;
        page.until_gone(".notice").await;
        page.store("holdfast/preferences", preferences).await;
        page.reload().await;
        saved_with(&page, "5").await;
        assert_eq!(page.texts(".notice").await.len(), 0, "put off until then");
        page.click("header .menu summary").await;
        page.until_says(".menu", "No file saved yet; 50 changes so far.").await;
        page.press("Save a file").await;
        page.until_file(stage.folder(), "json").await;
        page.until_says(".menu", "nothing changed since").await;
    });
}

#[test]
fn little_room_is_told_in_time() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.run::<()>("localStorage.setItem('another app', 'x'.repeat(4300000));", &[]).await;
        page.reload().await;
        page.until_says(".notices", "of the room that this browser gives is taken").await;
    });
}
