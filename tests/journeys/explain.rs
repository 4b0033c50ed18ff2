//! Every figure that can be pressed opens its arithmetic, and what is printed there adds up.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::stage::{Page, drive};

/// Opens every fold of the dialog and adds up what is printed: all sums, and what is taken away. Gives what does not add up,
/// and how many reckonings there were.
pub(crate) const ADD_UP: &str = "
    const number = text =>
        Number(text.replace(/[$,%h\\s]/g, '').replace('\u{2212}', '-')) / (text.endsWith('%') ? 100 : 1);
    const value = line => line.querySelector(':scope > .explained-value, :scope > details > summary > .explained-value');
    const wrong = [];
    let reckoned = 0;
    for (const fold of document.querySelectorAll('dialog details')) {
        fold.open = true;
        const how = fold.querySelector(':scope > .explained-how')?.textContent;
        const lines = [...fold.querySelectorAll(':scope > ul > li')].map(line => number(value(line).textContent));
        const whole = number(fold.querySelector(':scope > summary > .explained-value').textContent);
        if ([whole, ...lines].some(Number.isNaN)) wrong.push(`no number: ${fold.textContent}`);
        const sum = lines.reduce((one, other) => one + other, 0);
        reckoned += how || fold.querySelector(':scope > table') ? 1 : 0;
        if (how === 'Added up:') {
            // Binary fractions of what is printed in cents or tenths.
            if (Math.abs(sum - whole) > 1e-6) wrong.push(`${whole} is not ${lines.join(' + ')}`);
        }
        if (how === 'The first less the second:' && Math.abs(lines[0] - lines[1] - whole) > 1e-6) {
            wrong.push(`${whole} is not ${lines.join(' - ')}`);
        }
        if (how === 'Taken away:' && sum !== -whole) wrong.push(`${whole} is not less ${sum}`);
        if (how === 'Multiplied:') {
            const product = lines.reduce((one, other) => one * other, 1);
            // Factors are printed with four digits behind the point.
            if (Math.abs(product - whole) > 1 + 1e-3 * Math.abs(whole)) wrong.push(`${whole} is not ${lines.join(' x ')}`);
        }
        const two = { 'Divided:': (one, other) => one / other, 'To the power:': (one, other) => one ** other }[how];
        if (two && Math.abs(two(...lines) - whole) > 0.01 + 1e-3 * Math.abs(whole)) wrong.push(`${whole}: ${how} ${lines}`);
    }
    return [wrong, reckoned];";

/// All figures that open the arithmetic of the answer.
pub(crate) const CLAIMS: &str = "[data-claim]";

/// All figures that bring their own arithmetic.
pub(crate) const TOLD: &str = "[data-told]";

/// Presses each figure that `figures` selects, checks what opens, and closes it. Gives the titles.
pub(crate) async fn walk(page: &Page, figures: &str) -> Vec<String> {
    let count: usize = page.run("return document.querySelectorAll(arguments[0]).length;", &[json!(figures)]).await;
    let mut titles = Vec::new();
    let mut reckoned = 0;
    for place in 0..count {
        let said: String = page
            .run(
                "const figure = document.querySelectorAll(arguments[1])[arguments[0]];
                 figure.focus();
                 figure.click();
                 return figure.textContent;",
                &[json!(place), json!(figures)],
            )
            .await;
        page.until_shown("dialog .explained").await;
        let title = page.text("dialog h2").await;
        assert_ne!(title, "No arithmetic", "{said}");
        let (wrong, found): (Vec<String>, usize) = page.run(ADD_UP, &[]).await;
        assert_eq!(wrong, Vec::<String>::new(), "{title}: {said}");
        reckoned += found;
        page.keys(Key::Escape).await;
        page.until_gone("dialog").await;
        let figure = format!("document.querySelectorAll({})[{place}]", json!(figures));
        page.until(&format!("document.activeElement === {figure}")).await;
        titles.push(title);
    }
    assert!(reckoned > 0, "there was nothing to reckon");
    titles
}

#[test]
fn every_figure_of_the_answer_opens_its_arithmetic() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.until_shown(".rates [data-claim]").await;
        page.until_shown(".same-pay[data-waits='false'] [data-claim]").await;
        let titles = walk(&page, CLAIMS).await;
        for title in [
            "The company’s value (what “where both agree” changes)",
            "What the plan is worth to sellers (what “the best for the same pay” changes)",
            "What earns sellers most",
            "What the company would want",
            "What the gap costs",
            "What the gap costs a year",
            "Where both agree",
            "The seller’s next hour with customers",
            "The company’s side of the next hour of prospecting",
            "Renewal pay for renewals that need nobody",
            "Renewal pay won by attention",
            "Pay in the next twelve months",
        ] {
            assert!(titles.iter().any(|it| it == title), "{title} in {titles:?}");
        }
    });
}

#[test]
fn every_figure_of_a_comparison_opens_the_arithmetic_of_its_own_plan() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/compare']").await;
        page.press("Keep as “Plan B”").await;
        page.until("document.querySelector('.compare .card').dataset.waits === 'false'").await;
        page.until("document.querySelectorAll('.compared [data-claim]').length === 28").await;
        page.until_shown("#best-heading + p [data-claim]").await;
        let titles = walk(&page, CLAIMS).await;
        // Ten figures in its column with eight changes below them, and three changes in the heading.
        let ending = |end: &str| titles.iter().filter(|title| title.ends_with(end)).count();
        assert_eq!((ending("(Plan B)"), ending("(what “Plan B” changes)")), (10, 11), "{titles:?}");
        assert!(titles.iter().any(|title| title == "Accounts at the end (Plan B)"), "{titles:?}");
        // What opens for a plan is what its column says.
        let pay = "[data-claim='8'][data-of='plan 1']";
        page.run::<Value>("document.querySelector(arguments[0]).click();", &[json!(pay)]).await;
        page.until_shown("dialog .explained").await;
        let told = page.text("dialog .explained-figure").await;
        assert_eq!(told, page.text(pay).await);
        page.keys(Key::Escape).await;
        page.until_gone("dialog").await;
        // So do another rule for the same money, and what its change is made of.
        page.fill("#trade-rate", "8").await;
        page.until_shown("#trade-heading ~ div [data-claim]").await;
        let titles = walk(&page, "#trade-heading ~ div [data-claim]").await;
        assert_eq!(titles.len(), 4, "{titles:?}");
        assert!(titles.contains(&"The company’s value (what “the other rule” changes)".to_owned()), "{titles:?}");
    });
}

#[test]
fn every_figure_of_an_account_opens_its_arithmetic() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/accounts']").await;
        page.until_shown(".ledger [aria-haspopup]").await;
        // Those in sight: rows that are scrolled to are drawn anew.
        let titles = walk(&page, ".ledger tr:nth-child(-n+5) .figure [aria-haspopup]").await;
        assert!(titles.iter().any(|title| title.starts_with("Value at risk (")), "{titles:?}");
        page.click("#cell-0-1").await;
        page.until_shown(".account .figure").await;
        let titles = walk(&page, ".account .figure").await;
        let names: Vec<&str> = titles.iter().map(|title| title.split(" (").next().unwrap_or_default()).collect();
        let all = [
            "Lifetime value",
            "Profit a year",
            "Chance of renewal in a year",
            "Chance of loss within twelve months",
            "Value at risk",
            "Held by attention",
        ];
        assert_eq!(names, all);
    });
}

#[test]
fn pay_is_told_to_the_cent_and_without_the_company() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/pay']").await;
        page.until_shown(".statement .total").await;
        walk(&page, CLAIMS).await;
        let (wrong, months): (Vec<String>, usize) = page
            .run(
                "const cents = text => Math.round(100 * Number(text.replace(/[$,]/g, '').replace('\u{2212}', '-')));
                 const rows = [...document.querySelectorAll('.statement > .table-scroll tbody tr')];
                 const numbers = rows.map(row => [...row.querySelectorAll('td')].map(cell => cents(cell.textContent)));
                 const wrong = [];
                 for (const row of numbers) {
                     const paid = row[row.length - 1];
                     const parts = row.slice(0, -1).reduce((one, other) => one + other, 0);
                     if (parts !== paid) wrong.push(`${parts} is not ${paid}`);
                 }
                 const sums = numbers.slice(0, -1).reduce((sum, row) => sum.map((it, place) => it + row[place]));
                 if (String(sums) !== String(numbers[numbers.length - 1])) wrong.push(`${sums}`);
                 for (const fold of document.querySelectorAll('.statement details')) {
                     fold.open = true;
                     const lines = [...fold.querySelectorAll('td:last-child')].map(cell => cents(cell.textContent));
                     const sum = lines.reduce((one, other) => one + other, 0);
                     if (sum !== cents(fold.querySelector('summary').textContent.split(': ')[1])) wrong.push(fold.textContent);
                 }
                 return [wrong, rows.length - 1];",
                &[],
            )
            .await;
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(months, 12);
        let said = page.text("main").await.to_lowercase();
        assert!(!said.contains("company") && !said.contains("gap"), "{said}");
    });
}

async fn set_day(page: &Page, day: &str) {
    let script = "const field = document.querySelector('#statement-on');
        field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    page.run::<Value>(script, &[json!(day)]).await;
}

#[test]
fn a_plan_that_changes_within_the_year_is_paid_by_both() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/pay']").await;
        page.until_shown(".statement .total").await;
        assert!(
            !page.run::<bool>("return !!document.querySelector('#statement-next');", &[]).await,
            "no plan is kept yet"
        );
        page.click("nav a[href='#/compare']").await;
        page.press("Keep as “Plan B”").await;
        page.click("nav a[href='#/pay']").await;
        page.choose("#statement-basis", "what is expected of the next twelve, working").await;
        let all = ".statement .total td b";
        let before = page.text(all).await;
        page.choose("#statement-next", "Plan B").await;
        // From the middle of the year on.
        page.until_not(all, &before).await;
        let half = page.text(all).await;
        let day = page.value("#statement-on").await;
        assert!(day.ends_with("-01"), "{day}");
        let first = page.attribute("#statement-on", "min").await.expect("it has a first day");
        set_day(&page, &first).await;
        page.until_says("#statement-on-problem", "Choose a day after ").await;
        page.until(&format!("document.querySelector('{all}').textContent === '{before}'")).await;
        // What is expected of a month falls on its last day: only that of the last month is paid by the other plan.
        set_day(&page, &page.attribute("#statement-on", "max").await.expect("it has a last day")).await;
        page.until_gone("#statement-on[aria-invalid=true]").await;
        page.until_not(all, &half).await;
        let titles = walk(&page, ".statement tr:nth-child(12) [data-told]").await;
        assert!(titles.len() >= 3, "{titles:?}");
        page.choose("#statement-next", "the plan does not change").await;
        page.until(&format!("document.querySelector('{all}').textContent === '{before}'")).await;
    });
}

#[test]
fn what_the_gap_hangs_on_is_worked_out_when_it_is_asked_for() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/compare']").await;
        page.focus(".sensitivity button").await;
        page.keys(Key::Enter).await;
        page.until("document.querySelectorAll('.tornado tbody tr').length === 12").await;
        page.until("[...document.querySelectorAll('.tornado td.words')].every(it => it.textContent !== '…')").await;
        page.until("document.querySelectorAll('.map rect').length === 17 * 13").await;
        assert_eq!(page.attribute(":focus", "id").await.as_deref(), Some("sensitivity-heading"));
        // Both ends of a bar open the gap that they stand for.
        let titles = walk(&page, ".tornado tr:nth-child(-n+2) [data-claim]").await;
        assert_eq!(titles.len(), 4);
        assert!(titles.iter().all(|title| title.starts_with("What the gap costs (")), "{titles:?}");
        // The renewal commission turns the verdict where both agree.
        let turn: String = page
            .run(
                "const row = [...document.querySelectorAll('.tornado tbody tr')]
                     .find(it => it.querySelector('th').textContent === 'Renewal commission');
                 return row.querySelector('.words').textContent;",
                &[],
            )
            .await;
        assert!(turn.starts_with("11.") && turn.ends_with('%'), "{turn}");
        page.choose("#map-figure", "what the gap costs").await;
        page.until("document.querySelectorAll('.map .map-gap').length === 17 * 13").await;
        // Two different numbers: whoever takes the other's place changes with it.
        page.choose("#map-up", "Renewal commission").await;
        page.until_says(".map-axes", "Seller stays a year").await;
        assert_eq!(
            page.run::<String>("return document.querySelector('#map-across').selectedOptions[0].textContent;", &[])
                .await,
            "Seller stays a year"
        );
        page.until("document.querySelectorAll('.map rect').length === 17 * 13").await;
        page.click(".sensitivity summary").await;
        page.until("document.querySelectorAll('.map-table tbody tr').length === 13").await;
        let titles = walk(&page, ".map-table tr:nth-child(3) td:nth-child(-n+4) [data-claim]").await;
        assert!(titles.iter().all(|title| title.contains("Seller stays a year ")), "{titles:?}");
        assert_eq!(titles.len(), 3, "{titles:?}");
    });
}

#[test]
fn a_judgement_is_dragged_and_what_that_did_is_told() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.until_shown(".judgement .handle").await;
        // The middle of the point of today's attention.
        let [x, y]: [f64; 2] = page
            .run(
                "const point = document.querySelectorAll('.judgement .handle')[1];
                 point.scrollIntoView({ block: 'center' });
                 const box = point.getBoundingClientRect();
                 return [box.left + box.width / 2, box.top + box.height / 2];",
                &[],
            )
            .await;
        let before: f64 = page.value("#input-renew-today").await.parse().unwrap();
        let mouse = |kind: &str, y: f64| json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
        page.command("Input.dispatchMouseEvent", mouse("mousePressed", y)).await;
        for step in 1..=3 {
            page.command("Input.dispatchMouseEvent", mouse("mouseMoved", y - 2.0 * f64::from(step))).await;
        }
        page.command("Input.dispatchMouseEvent", mouse("mouseReleased", y - 6.0)).await;
        page.until(&format!("Number(document.querySelector('#input-renew-today').value) > {before}")).await;
        let after = page.value("#input-renew-today").await;

        page.click("nav a[href='#/compare']").await;
        page.until_says(".waterfall", &format!("Renew as now, {before}% to {after}%")).await;
        // The whole drag is one step.
        assert_eq!(page.texts("#waterfall-since option").await.len(), 1);
        let (gaps, changes): (Vec<f64>, Vec<f64>) = page
            .run(
                "const number = text => Number(text.replace(/[$,+]/g, '').replace('\u{2212}', '-'));
                 const rows = [...document.querySelectorAll('.waterfall tbody tr')].slice(1);
                 const cells = place => rows.map(row => number(row.querySelectorAll('td')[place].textContent));
                 return [cells(2), cells(0)];",
                &[],
            )
            .await;
        assert_eq!(changes.len(), 1);
        assert_eq!(gaps[0] - changes[0], 102_663.0, "from the gap of the sample book");
        // The gap and both shares at the beginning and after it, what it changed, and in the heading those of the beginning.
        let titles = walk(&page, ".waterfall [data-told]").await;
        let of = |what: &str| titles.iter().filter(|title| *title == what).count();
        assert_eq!(
            (of("What the gap costs"), of("What a change did to the gap"), titles.len()),
            (3, 1, 10),
            "{titles:?}"
        );
    });
}

#[test]
fn deals_that_gaming_pays_for_are_found() {
    drive(async |stage| {
        let page = stage.visitor().await;
        page.click("nav a[href='#/plan']").await;
        page.until_says("#gaming-heading + div", "No trick pays").await;
        page.fill("#rule-accelerator", "1.5").await;
        page.fill("#rule-quota", "20000").await;
        page.choose(".inline-choice", "quarter").await;
        page.until_says("#gaming-heading + div", "tricks pay in a typical year").await;
        let told = page.texts("#gaming-heading + div li").await;
        assert!(!told.is_empty() && told.iter().all(|trick| trick.contains("$12,000")), "{told:?}");
    });
}
