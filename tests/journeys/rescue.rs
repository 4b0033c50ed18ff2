//! When the program has stopped, the page says so and still gives the stored data.

use crate::stage::drive;

#[test]
fn a_stopped_program_gives_the_stored_data_as_a_file() {
    drive(async |stage| {
        let page = stage.browser().await;
        page.save_to(stage.folder()).await;
        page.go("").await;
        page.set_renewal_commission("6").await;
        page.until("document.querySelector('.keeping').textContent === 'Saved'").await;
        let changed = page.headline().await;
        // A real trap, of a program made for it: eight bytes of head, and one function that is `unreachable`.
        page.run::<()>(
            "const bytes = new Uint8Array([0,97,115,109,1,0,0,0, 1,4,1,96,0,0, 3,2,1,0, 8,1,0, 10,5,1,3,0,0,11]);
             setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(bytes)), 0);",
            &[],
        )
        .await;
        page.until_says("h1", "Holdfast has stopped").await;
        page.press("Save what is stored as a file").await;
        page.until_says("[role=status]", "Saved. Drop the file on Holdfast to restore it.").await;
        let file = page.until_file(stage.folder(), "json").await;
        let text = std::fs::read_to_string(&file).expect("the saved file");
        assert!(text.contains("holdfast/record/"), "{text}");
        assert!(!page.complaints().await.is_empty(), "the trap is in the console, and nothing else");

        let other = stage.visitor().await;
        other.until_says(".side", "The next hour pays").await;
        other.choose_file(&file).await;
        other.until_says("dialog", "Restore").await;
        other.press("Restore").await;
        other.until_says(".verdict h1", &changed).await;
    });
}
