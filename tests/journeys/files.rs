//! The saved file: a way back, and what the headless command reads.

use std::process::Command;

use serde_json::Value;

use crate::stage::{drive, project_file};

#[test]
fn a_saved_file_brings_everything_back_and_the_command_agrees_with_the_screen() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.save_to(stage.folder()).await;
        page.choose_file(&project_file("tests/data/book.csv")).await;
        page.until_shown("dialog").await;
        page.press("Import").await;
        page.until_says(".chip", "Your book · 40 accounts").await;
        page.set_renewal_commission("4.5").await;
        let (headline, support) = (page.headline().await, page.text(".verdict p").await);
        page.click("header .menu summary").await;
        page.press("Save a file").await;
        let file = page.until_file(stage.folder(), "json").await;
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(name.starts_with("holdfast-20"), "{name}");

        // The menu may have closed after the choice.
        if page.run("return !document.querySelector('.menu').open;", &[]).await {
            page.click("header .menu summary").await;
        }
        page.press("Start an empty book").await;
        page.until_says(".chip", "Your book · 0 accounts").await;
        page.until_says(".verdict h1", "no active account").await;
        page.choose_file(&file).await;
        page.until_says("dialog h2", "Restore").await;
        page.until_says("dialog tbody tr:last-child", "40").await;
        page.press("Restore").await;
        page.until_says(".verdict h1", &headline).await;
        assert_eq!(page.value("#input-renewal-commission").await, "4.5");
        assert_eq!(page.chip().await, "Your book · 40 accounts");

        let output = Command::new(env!("CARGO_BIN_EXE_evaluate")).arg(&file).output().expect("the command");
        assert!(output.status.success(), "{output:?}");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        // On the screen a sentence on the same pay follows, once it is worked out.
        let verdict = answer["verdict"].as_str().expect("a verdict");
        assert!(format!("{headline} {support}").starts_with(verdict), "{verdict} is not in: {headline} {support}");
        let share = answer["seller_best"]["share"].as_f64().expect("a share");
        assert!(headline.contains(&format!("{:.0}%", share * 100.0)), "{share} is not in: {headline}");
    });
}
