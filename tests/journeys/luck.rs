//! How much is luck, and long work that can be watched and stopped.

use crate::stage::drive;

#[test]
fn the_band_of_pay_follows_the_plan() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.until_says(".luck", "In nine cases of ten a seller at their best is paid").await;
        page.until_says(".luck", "10,000 simulated cases agree with the expected pay").await;
        page.until_shown(".luck svg .band-mean").await;
        let flat = page.text(".luck p").await;
        // What is won beyond 20,000 a month pays nothing: luck above it is cut off, luck below is not.
        page.unfold_all().await;
        page.paste("#input-quota", "60000").await;
        page.paste("#input-accelerator", "0").await;
        page.until_says(".luck", "With this quota expected pay is").await;
        assert_ne!(page.text(".luck p").await, flat);
    });
}

#[test]
fn long_work_shows_how_far_it_is_and_can_be_stopped() {
    drive(async |stage| {
        let page = stage.visitor().await;
        // Without a worker the charts of all sliders take the page well over half a second.
        page.before_every_page("window.Worker = undefined;").await;
        page.reload().await;
        page.unfold_all().await;
        page.until_shown(".progress progress").await;
        let before: usize = page.run("return document.querySelectorAll('svg.mini').length;", &[]).await;
        page.click(".progress button").await;
        page.until_says(".progress", "Stopped").await;
        assert!(before < 25, "{before} charts were there before anybody could stop");
        page.click(".progress button").await;
        page.until("document.querySelectorAll('.plan svg.mini').length > 25").await;
        page.until_gone(".progress").await;
    });
}
