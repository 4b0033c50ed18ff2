//! From the first look to one's own book, a change of mind, and the next visit.

use thirtyfour::Key;

use crate::stage::{Page, drive, project_file};

const SLIDER: &str = r#"input[type="range"][aria-label="Renewal commission, slider"]"#;
const BOX: &str = "#input-renewal-commission";

/// What a visitor must find again.
async fn picture(page: &Page) -> [String; 4] {
    let seller: String =
        page.run("return document.querySelector('.seller-choice').selectedOptions[0].textContent;", &[]).await;
    [page.headline().await, page.chip().await, seller, page.value(BOX).await]
}

#[test]
fn a_book_is_imported_looked_at_changed_and_found_again() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let sample = page.headline().await;
        for figure in ["33%", "52%", "$103,000"] {
            assert!(sample.contains(figure), "{figure} is not in: {sample}");
        }
        assert_eq!(page.chip().await, "Sample book · 40 accounts");

        page.click("header .menu summary").await;
        page.choose_file(&project_file("tests/data/book.csv")).await;
        page.until_says("dialog h2", "Import book.csv").await;
        page.until_says("dialog .import-summary", "40 new, 0 changed, 0 as they are, 0 rows left out.").await;
        assert_eq!(page.headline().await, sample, "nothing happens before it is confirmed");
        page.press("Import").await;
        page.until_gone("dialog").await;
        page.until_not(".verdict h1", &sample).await;
        assert_eq!(page.chip().await, "Your book · 40 accounts");
        let sellers = page.texts(".seller-choice option").await;
        assert_eq!(sellers.len(), 5, "all added up, and four: {sellers:?}");
        assert!(page.headline().await.contains("these 4 sellers"));

        page.choose(".seller-choice", "Ana Ruiz").await;
        page.until_says(".verdict h1", "Ana Ruiz").await;

        let before = page.headline().await;
        page.focus(SLIDER).await;
        for _ in 0..10 {
            page.keys(Key::Right).await;
        }
        page.until(&format!("document.querySelector('{BOX}').value === '3'")).await;
        page.until_not(".verdict h1", &before).await;
        let at_three_percent = page.headline().await;

        let undo = page.attribute("header .buttons button", "title").await.unwrap();
        assert!(undo.starts_with("Undo: renewal commission ") && undo.ends_with(" to 3%"), "{undo}");
        page.control("z").await;
        page.until(&format!("document.querySelector('{BOX}').value !== '3'")).await;
        page.until_not(".verdict h1", &at_three_percent).await;
        page.until_says(".announcement", &undo.replace("Undo: ", "Undid: ")).await;
        page.control("y").await;
        page.until_says(".verdict h1", &at_three_percent).await;

        page.until_says(".keeping", "Saved").await;
        let left = picture(&page).await;
        page.reload().await;
        page.until_says(".keeping", "Saved").await;
        assert_eq!(picture(&page).await, left);
    });
}

#[test]
fn every_chart_has_ink_in_it() {
    drive(async |stage| {
        let page = stage.visitor().await;
        // Looked at in a copy: the browser warns of a canvas that is drawn for the screen and read again and again.
        page.until(
            "[...document.querySelectorAll('canvas')].length >= 4 &&
             [...document.querySelectorAll('canvas')].every(canvas => {
                 if (!canvas.width || !canvas.height) return false;
                 const copy = new OffscreenCanvas(canvas.width, canvas.height)
                     .getContext('2d', { willReadFrequently: true });
                 copy.drawImage(canvas, 0, 0);
                 const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
                 const colours = new Set(new Uint32Array(pixels.buffer));
                 return colours.size > 8;
             })",
        )
        .await;
    });
}
