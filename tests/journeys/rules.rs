//! Rules beside the rates of a plan: added, changed, switched off, moved, and what the seller makes of them.

use serde_json::json;
use thirtyfour::Key;

use crate::explain::{CLAIMS, TOLD, walk};
use crate::stage::{Page, drive};

const OUTCOME: &str = ".rules-outcome";

async fn add(page: &Page, kind: &str) {
    page.choose("#rule-kind", kind).await;
    page.focus("#add-rule").await;
    page.keys(Key::Enter).await;
}

/// Types a number and presses Enter.
async fn set(page: &Page, field: &str, text: &str) {
    page.fill(field, text).await;
    page.keys(Key::Enter).await;
}

async fn until_outcome(page: &Page, says: &str) {
    page.until_says(&format!("{OUTCOME}[data-waits=false]"), says).await;
}

#[test]
fn a_rule_is_added_changed_and_followed_by_the_seller() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "Pay for what renews above a floor").await;
        page.until_says(".announcement", "Added: Pay for what renews above a floor.").await;
        until_outcome(&page, "With the rule of the plan the seller earns most by giving customers").await;
        page.until_says(OUTCOME, "The rates alone: 33% and 52%, a gap of $103,000").await;
        let before = page.text(OUTCOME).await;

        // The first number has the focus, and is changed with Enter.
        page.until(
            "document.activeElement.id === 'rule-1-number-1' || document.activeElement.id === 'rule-1-number-0'",
        )
        .await;
        set(&page, "#rule-1-number-0", "120").await;
        page.until_says("#rule-1-number-0-problem", "Enter a number from 0% to 100%.").await;
        assert_eq!(page.value("#rule-1-number-0").await, "120", "what was typed stays");
        assert_eq!(page.text(OUTCOME).await, before);
        set(&page, "#rule-1-number-0", "0").await;
        page.until_gone("#rule-1-number-0-problem").await;
        // Without a floor it is 5 % more on every renewal.
        page.until_not(OUTCOME, &before).await;
        until_outcome(&page, "With the rule of the plan").await;
        let level = page.text(OUTCOME).await;
        // So both agree at 5 points less than under the rates alone.
        page.press("At which renewal commission would both agree?").await;
        page.until_says(".rules-agreement", "Looking for").await;
        page.until_says(".rules-agreement", "With the rule of the plan both agree at 6.5% renewal commission").await;
        assert_eq!(page.run::<String>("return document.activeElement.className;", &[]).await, "rules-agreement");

        assert_eq!(walk(&page, TOLD).await, ["Where both agree"; 2]);

        page.until_says(".keeping", "Saved").await;
        page.reload().await;
        until_outcome(&page, "With the rule of the plan").await;
        assert_eq!(page.text(OUTCOME).await, level);

        // Its figures, those of the rates alone, and two of what renewal pay is paid for open their arithmetic.
        let titles = walk(&page, CLAIMS).await;
        let own = |title: &String| title.ends_with(" (with its rules)");
        assert_eq!((titles.len(), titles.iter().filter(|title| own(title)).count()), (10, 4), "{titles:?}");

        // The verdict says what the plan does with its rule, then what the rates alone would do.
        page.click("nav a[href='#/payoff']").await;
        page.until_says(".verdict h1[data-waits=false]", "With the rule of the plan the seller earns most").await;
        page.until_says(".verdict p", "Under the rates of this plan, its 1 rule left out, a seller earns most").await;
        let titles = walk(&page, ".verdict h1 [data-claim]").await;
        assert!(titles.len() == 4 && titles.iter().all(own), "{titles:?}");

        page.click("nav a[href='#/compare']").await;
        page.until_says(".compared thead", "1 rule").await;
        // The best two rates for the same pay count the rule.
        page.press("Find them").await;
        // As under 10 and 7 % without it, where another two gain next to nothing.
        page.until_says("#best-heading + p", "no other two rates would serve the company better").await;
        // Another rule for the same money, too.
        page.fill("#trade-rate", "8").await;
        page.until_says("#trade-heading ~ [role=status]", "8% on new business goes with").await;
        let trade = page.text("#trade-heading ~ [role=status]").await;
        assert!(!trade.contains("Of the rates alone"), "{trade}");
        page.choose("#trade-same", "pay on one new account").await;
        page.until_says("#trade-heading ~ [role=status]", "Of the rates alone").await;
        page.press("Undo").await;
        page.press("Undo").await;
        page.until("!document.querySelector('.compared thead').textContent.includes('rule')").await;
    });
}

#[test]
fn rules_are_moved_copied_switched_off_and_taken_away_by_keyboard() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "A sum for each account won").await;
        page.until("document.activeElement.id === 'rule-1-number-0'").await;
        add(&page, "A cap on new business").await;
        page.until("document.activeElement.id === 'rule-2-number-0'").await;
        let order = async || page.texts(".further-rules li b").await;
        assert_eq!(order().await, ["each account", "at most"]);

        page.focus("#rule-2-up").await;
        page.keys(Key::Enter).await;
        page.until("document.querySelector('.further-rules li b').textContent === 'at most'").await;
        // The card keeps the focus, on the button that can still be pressed.
        page.until("document.activeElement.id === 'rule-2-down'").await;

        page.focus("#rule-2-copy").await;
        page.keys(Key::Enter).await;
        page.until("document.activeElement.id === 'rule-3-on'").await;
        page.until_says(".further-rules small.problem", "Left out: a rule before it does the same").await;
        page.keys(" ").await;
        page.until("document.querySelector('#rule-3-on').checked === false").await;
        page.until_gone(".further-rules small.problem").await;
        page.focus("#rule-3-remove").await;
        page.keys(Key::Enter).await;
        page.until("document.querySelectorAll('.further-rules li').length === 2").await;
        page.until("document.activeElement.id === 'rule-kind'").await;
        until_outcome(&page, "With the 2 rules of the plan").await;
        page.press("Undo").await;
        page.until("document.querySelectorAll('.further-rules li').length === 3").await;

        // As many as there can be, and no more.
        for _ in 3..12 {
            page.focus("#add-rule").await;
            page.keys(Key::Enter).await;
        }
        page.until_says(".further-rules .note[role=status]", "A plan has at most twelve further rules").await;
        page.until("document.querySelector('#add-rule').disabled").await;
    });
}

/// Rules with many numbers keep each refused text, two that multiply the same are told apart, and base pay is a sentence too.
#[test]
fn tables_splits_quotas_and_base_pay_are_sentences() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "Clawback: by a table of months").await;
        page.until("document.activeElement.id === 'rule-1-number-0'").await;
        set(&page, "#rule-1-number-7", "99").await;
        page.until_says("#rule-1-number-7-problem", "Enter a number from 1 month to 60 months.").await;
        set(&page, "#rule-1-number-6", "200").await;
        page.until_says("#rule-1-number-6-problem", "Enter a number from 0% to 100%.").await;
        assert_eq!(page.value("#rule-1-number-7").await, "99", "what was typed stays");
        set(&page, "#rule-1-number-6", "10").await;
        set(&page, "#rule-1-number-7", "36").await;
        page.until_gone(".further-rules .problem[role=alert]").await;

        add(&page, "A decelerator: a lower rate until an amount is won").await;
        page.until("document.activeElement.id === 'rule-2-number-0'").await;
        add(&page, "More on all new business, once two weighted quotas are reached").await;
        page.until_says(".further-rules small.problem", "already multiplies new business").await;
        page.focus("#rule-3-remove").await;
        page.keys(Key::Enter).await;
        page.until_gone(".further-rules small.problem").await;
        add(&page, "A hand-over: renewals go to a colleague").await;
        until_outcome(&page, "With the 3 rules of the plan").await;
        // The kink of the decelerator is labelled in the curve.
        let summary = "document.querySelector('#chart-payout canvas').getAttribute('aria-label')";
        page.until(&format!("{summary}.includes('50% of the rate until here')")).await;

        set(&page, "#plan-base", "much").await;
        page.until_says("#plan-base-problem", "not a number").await;
        set(&page, "#plan-base", "50000").await;
        page.until_gone("#plan-base-problem").await;
        page.until_says(".rules", "$50,000 base and $17,000 that varies, a mix of 75 to 25").await;
        page.until_says(".keeping", "Saved").await;
        page.reload().await;
        page.until_says(".rules", "a mix of 75 to 25").await;
        until_outcome(&page, "With the 3 rules of the plan").await;
        assert_eq!(page.value(".further-rules li:first-child p input[id$='number-7']").await, "36");
    });
}

/// What a plan pays for who sent whom and for what is logged, from the file to the statement.
#[test]
fn referrals_and_touches_are_paid_as_they_were_logged() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let ago = async |days: u32| -> String {
            let script = "return new Date(Date.now() - 864e5 * arguments[0]).toISOString().slice(0, 10);";
            page.run(script, &[json!(days)]).await
        };
        let book = format!(
            "Account,Annual value,Customer since,Source,Sent by,Status,Lost on\n\
             Mill,12000,2020-03-15,prospect,,active,\nGone,12000,2020-03-15,prospect,,lost,{}\n\
             One,10000,{},referral,mill,active,\nTwo,10000,{},referral,Gone,active,\n",
            ago(100).await,
            ago(40).await,
            ago(40).await
        );
        page.choose_file(&stage.file("sent.csv", book.as_bytes())).await;
        page.until_shown("dialog").await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        page.until_says(".chip", "Your book · 3 customers").await;
        let referrals = async || {
            page.click("nav a[href='#/pay']").await;
            page.until_shown(".statement .total").await;
            let of = "const names = [...document.querySelectorAll('.statement > .table-scroll thead th')].map(it => it.textContent);
                      const cells = document.querySelectorAll('.statement .total > *');
                      return arguments[0].map(name => cells[names.indexOf(name)]?.textContent ?? '');";
            let names = json!(["Referrals", "Each referral", "Each touch"]);
            page.run::<Vec<String>>(of, &[names]).await
        };
        // 2 % of both.
        assert_eq!(referrals().await, ["$400.00", "", ""]);
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "A sum for each account that a customer sent").await;
        add(&page, "A sum for each touch with a customer").await;
        page.until("document.activeElement.id === 'rule-2-number-0'").await;
        set(&page, "#rule-2-number-1", "99").await;
        page.until_says("#rule-2-number-1-problem", "Enter a number from 0 to 60.").await;
        set(&page, "#rule-2-number-1", "4").await;
        assert_eq!(referrals().await[..2], ["$400.00", "$1,000.00"]);
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "Referrals pay only while their sender stays").await;
        page.until("document.activeElement.id.endsWith('-on')").await;
        until_outcome(&page, "With the 3 rules of the plan").await;
        walk(&page, CLAIMS).await;
        assert_eq!(referrals().await[..2], ["$200.00", "$500.00"]);

        // Another sender, by hand; a touch, and what it pays.
        page.click("nav a[href='#/accounts']").await;
        page.press("Edit Two").await;
        page.fill("#account-sender", "Nobody").await;
        page.press("Save").await;
        page.until_says("#account-sender-problem", "No other account has this name").await;
        page.fill("#account-sender", "mill").await;
        page.press("Save").await;
        page.until_gone("dialog").await;
        page.press("Log a touch with Mill").await;
        page.press("Log it").await;
        page.until_gone("dialog").await;
        assert_eq!(referrals().await, ["$400.00", "$1,000.00", "$2.00"]);
        page.until_says(".keeping", "Saved").await;
        page.reload().await;
        assert_eq!(referrals().await, ["$400.00", "$1,000.00", "$2.00"]);
        let titles = walk(&page, ".statement .total [data-told]").await;
        assert!(titles.iter().any(|title| title == "Each touch, 12 months"), "{titles:?}");
    });
}

/// Which numbers matter is worked out with all rules when it is asked for, and its figures open what the rules make of them.
#[test]
fn what_the_gap_hangs_on_is_told_with_rules_too() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "New business pays less where too little renews").await;
        until_outcome(&page, "With the rule of the plan").await;
        page.click("nav a[href='#/compare']").await;
        page.until_says(".compared thead", "1 rule").await;
        let card = "section[aria-labelledby=ruled-sensitivity-heading]";
        for button in [".sensitivity button", &format!("{card} button")] {
            page.until_shown(button).await;
            page.focus(button).await;
            page.keys(Key::Enter).await;
        }
        page.until_gone(&format!("{card} p > button")).await;
        assert_eq!(page.run::<String>("return document.activeElement.id;", &[]).await, "ruled-sensitivity-heading");
        page.until_says(&format!("{card} [data-waits=false]"), "The gap hangs most on").await;
        let titles =
            walk(&page, &format!("{card} [data-waits=false] [data-claim], {card} tr:first-child [data-claim]")).await;
        assert!(titles.len() == 5 && titles.iter().all(|title| title.ends_with("with its rules)")), "{titles:?}");
        // Another number is another question.
        page.press("Undo").await;
        page.until_gone(card).await;
    });
}

/// What is multiplied can be added instead and back, with as much at stake; a floor can come from the user's own records.
#[test]
fn a_rule_can_be_paid_another_way_and_take_its_part_from_the_records() {
    drive(async |stage| {
        let page = stage.visitor().await;
        let book = "Account,Annual value,Customer since,Status,Lost on\n\
                    Mill,15000,2020-03-15,active,\nGone,10000,2020-03-15,lost,2026-03-15\nOrchard,5000,2021-03-15,active,\n";
        page.choose_file(&stage.file("records.csv", book.as_bytes())).await;
        page.until_shown("dialog").await;
        page.press("Import").await;
        page.until_gone("dialog").await;
        page.click("nav a[href='#/plan']").await;
        page.until_shown("#rule-kind").await;
        add(&page, "New business pays less where too little renews").await;
        page.until("document.activeElement.id === 'rule-1-number-0'").await;
        page.until_says(".further-rules .offer", "Of what came due in the last five years").await;
        page.press("Take that part: New business pays less where too little renews").await;
        page.until("document.querySelector('#rule-1-number-0').value !== '80'").await;
        let part = page.value("#rule-1-number-0").await;
        page.until_says(".further-rules .offer:last-of-type", "where too little renews it takes").await;
        let titles = walk(&page, ".further-rules .offer [data-told]").await;
        assert_eq!(titles, ["What came due and was renewed", "What is at stake"]);
        page.press("Add it as a bonus: New business pays less where too little renews").await;
        page.until_says(".further-rules li b", "retention bonus").await;
        assert_eq!(page.value("#rule-1-number-1").await, part, "it asks for the same part");
        page.press("Multiply new business by it: A retention bonus").await;
        page.until_says(".further-rules li b", "its commission").await;
        assert_eq!(page.value("#rule-1-number-0").await, part);
        assert_eq!(page.value("#rule-1-number-1").await.split('.').next(), Some("50"), "half of its commission");
        page.press("Undo").await;
        page.until_says(".further-rules li b", "retention bonus").await;
    });
}
