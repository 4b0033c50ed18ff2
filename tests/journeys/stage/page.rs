//! One browser and what a person does with it.
//!
//! Nothing here waits for a time: [`Page::until`] looks again and again until a condition holds, and gives up late.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel, TypingData};

/// How long a condition may take to hold. Generous: a machine under load must not fail a journey.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--lang=en-US",
];

/// A browser window on the site.
#[derive(Clone)]
pub struct Page {
    driver: WebDriver,
    site: String,
}

/// Asks again and again until there is an answer; `None` once patience is at its end.
async fn until_some<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The page once it is there: some pages are fetched after the first screen.
const PAGE: &str = "#main:not([aria-busy=true])";

impl Page {
    /// Opens a browser with the profile in that folder.
    pub async fn open(driver: &str, profile: &Path, site: &str) -> Page {
        let mut capabilities = DesiredCapabilities::chrome();
        let profile = format!("--user-data-dir={}", profile.display());
        for argument in ARGUMENTS.into_iter().chain([profile.as_str()]) {
            capabilities.add_arg(argument).expect("an argument");
        }
        if let Ok(chrome) = std::env::var("CHROME") {
            capabilities.set_binary(&chrome).expect("a binary");
        }
        for log in ["browser", "performance"] {
            capabilities.set_logging_prefs(log, LoggingPrefsLogLevel::All).expect("a log");
        }
        // One that was just killed may hold the profile a moment longer.
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(driver, capabilities.clone()).await {
                Ok(driver) => break driver,
                Err(why) if tries == 5 => panic!("no browser: {why}"),
                Err(_) => tries += 1,
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        };
        driver.set_script_timeout(Duration::from_secs(120)).await.expect("a limit for scripts");
        let page = Page { driver, site: site.to_owned() };
        // The browser's own first page asks for things of its own.
        page.driver.goto("about:blank").await.expect("a blank page");
        page.requests().await;
        page.complaints().await;
        page
    }

    /// Goes to a fragment of the site, by a load of its own, and waits for the page.
    pub async fn go(&self, fragment: &str) {
        // A change of the fragment alone would load nothing.
        self.driver.goto("about:blank").await.expect("a blank page");
        self.driver.goto(format!("{}{fragment}", self.site)).await.expect("the site");
        self.until_shown(PAGE).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("a reload");
        self.until_shown(PAGE).await;
    }

    /// Opens another tab of the same browser on the site, and goes on there; gives the way back.
    pub async fn other_tab(&self) -> WindowHandle {
        let before = self.driver.window().await.expect("a window");
        let other = self.driver.new_tab().await.expect("a tab");
        self.driver.switch_to_window(other).await.expect("the tab");
        self.go("").await;
        before
    }

    /// Goes on in another tab; gives the way back.
    pub async fn switch(&self, tab: WindowHandle) -> WindowHandle {
        let before = self.driver.window().await.expect("a window");
        self.driver.switch_to_window(tab).await.expect("the tab");
        before
    }

    /// Ends the whole browser at once, as a crash of the machine's would, without a chance to write anything.
    pub async fn kill(&self) {
        let process = self.driver.capabilities().get("goog:processID").and_then(Value::as_u64).expect("its process");
        let killed = std::process::Command::new("kill").args(["-9", &process.to_string()]).status();
        assert!(killed.expect("kill").success());
        // It is gone when its profile can be opened again.
        while Path::new(&format!("/proc/{process}/exe")).exists() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Ends the browser.
    pub async fn end(self) {
        let process = self.driver.capabilities().get("goog:processID").and_then(Value::as_u64);
        if self.driver.clone().quit().await.is_err()
            && let Some(process) = process
        {
            // A driver that lost its session leaves the browser running.
            let _ = std::process::Command::new("kill").arg(process.to_string()).status();
        }
    }

    /// A command of the browser's own protocol.
    pub async fn command(&self, method: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|why| panic!("{method}: {why}"))
    }

    /// Runs the body of a function in the page.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        let answer = self.driver.execute(script, arguments.to_vec()).await;
        let value = answer.unwrap_or_else(|why| panic!("{script}: {why}")).json().clone();
        serde_json::from_value(value.clone()).unwrap_or_else(|why| panic!("{script} gives {value}: {why}"))
    }

    /// Runs the body of an asynchronous function in the page and waits for its answer.
    pub async fn run_async<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async (...args) => {{ {script} }})(...arguments).then(
                 answer => done({{ answer }}), why => done({{ why: String(why) }}));"
        );
        let outcome = self.driver.execute_async(script.as_str(), arguments.to_vec()).await;
        let mut outcome = outcome.unwrap_or_else(|why| panic!("{script}: {why}")).json().clone();
        assert_eq!(outcome["why"], Value::Null, "{script}");
        let value = outcome["answer"].take();
        serde_json::from_value(value.clone()).unwrap_or_else(|why| panic!("{script} gives {value}: {why}"))
    }

    /// Looks until an expression of the page is true.
    pub async fn until(&self, expression: &str) {
        let script = format!("return Boolean({expression});");
        let holds = until_some(async || {
            let answer = self.driver.execute(script.as_str(), Vec::new()).await;
            answer.ok().filter(|answer| *answer.json() == json!(true)).map(|_| ())
        });
        if holds.await.is_none() {
            let text: String = self.body().await.chars().take(600).collect();
            panic!("in vain until {expression}\nthe page at {} says: {text}", self.address().await);
        }
    }

    /// Looks until a file of that ending is there and complete.
    pub async fn until_file(&self, folder: &Path, ending: &str) -> PathBuf {
        let found = until_some(async || {
            let mut files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
            files.find(|path| {
                path.extension().is_some_and(|it| it == ending) && path.metadata().is_ok_and(|it| it.len() > 0)
            })
        });
        found.await.unwrap_or_else(|| panic!("no file .{ending} came to {}", folder.display()))
    }

    /// Looks until something matches the selector and has a size.
    pub async fn until_shown(&self, selector: &str) {
        self.until(&format!("document.querySelector({})?.getClientRects().length", json!(selector))).await;
    }

    /// Looks until nothing matches the selector.
    pub async fn until_gone(&self, selector: &str) {
        self.until(&format!("!document.querySelector({})", json!(selector))).await;
    }

    /// Looks until the element's text contains the words.
    pub async fn until_says(&self, selector: &str, words: &str) {
        let (selector, words) = (json!(selector), json!(words));
        self.until(&format!("document.querySelector({selector})?.textContent.includes({words})")).await;
    }

    /// Looks until the element's text is no longer that.
    pub async fn until_not(&self, selector: &str, text: &str) {
        let (selector, text) = (json!(selector), json!(text));
        self.until(&format!("document.querySelector({selector})?.textContent.trim() !== {text}")).await;
    }

    /// The text of the first element that matches, with or without a place on the screen.
    pub async fn text(&self, selector: &str) -> String {
        let text: Option<String> = self
            .run("return document.querySelector(arguments[0])?.textContent.trim() ?? null;", &[json!(selector)])
            .await;
        text.unwrap_or_else(|| panic!("nothing matches {selector}"))
    }

    /// The texts of all elements that match.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(it => it.textContent.trim());";
        self.run(script, &[json!(selector)]).await
    }

    /// Everything that can be read on the page.
    pub async fn body(&self) -> String {
        self.run("return document.body.innerText;", &[]).await
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.run("return location.href;", &[]).await
    }

    /// The first sentence of the page.
    pub async fn headline(&self) -> String {
        // While a number moves the sentence is a quick one.
        self.until("!document.querySelector('.verdict[data-moving=true]')").await;
        self.text(".verdict h1").await
    }

    /// Whose book it is.
    pub async fn chip(&self) -> String {
        self.text(".chip").await
    }

    /// What a field holds.
    pub async fn value(&self, selector: &str) -> String {
        self.run("return document.querySelector(arguments[0]).value;", &[json!(selector)]).await
    }

    /// What an attribute of the first element that matches says.
    pub async fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0]).getAttribute(arguments[1]);";
        self.run(script, &[json!(selector), json!(name)]).await
    }

    /// What local storage holds under a key.
    pub async fn stored(&self, key: &str) -> Option<String> {
        self.run("return localStorage.getItem(arguments[0]);", &[json!(key)]).await
    }

    /// Puts a text under a key of local storage.
    pub async fn store(&self, key: &str, text: &str) {
        self.run::<Value>("localStorage.setItem(arguments[0], arguments[1]);", &[json!(key), json!(text)]).await;
    }

    /// The one visible element that matches, as soon as there is one.
    pub async fn find(&self, by: By) -> WebElement {
        let found = self.driver.query(by.clone()).wait(PATIENCE, LOOK_EVERY).and_displayed().single().await;
        found.unwrap_or_else(|why| panic!("{by:?}: {why}"))
    }

    /// Unfolds all controls, as one who looks for a number does, and waits until they are there.
    pub async fn unfold_all(&self) {
        let unfold = "for (const fold of document.querySelectorAll('.plan details')) fold.open = true;";
        self.run::<Value>(unfold, &[]).await;
        self.until("document.querySelectorAll('.plan details > .control').length > 20").await;
    }

    /// Clicks the one visible element that matches.
    pub async fn click(&self, selector: &str) {
        self.find(By::Css(selector)).await.click().await.unwrap_or_else(|why| panic!("{selector}: {why}"));
    }

    /// Clicks the one visible button with that name: its label for those who hear it, else its words.
    pub async fn press(&self, name: &str) {
        let quoted = json!(name);
        let path = format!("//button[@aria-label={quoted} or (not(@aria-label) and normalize-space()={quoted})]");
        self.find(By::XPath(path.as_str())).await.click().await.unwrap_or_else(|why| panic!("{name}: {why}"));
    }

    /// Replaces what a field holds by typing.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.find(By::Css(selector)).await;
        let typed: TypingData = Key::Control + "a";
        field.send_keys(typed).await.unwrap_or_else(|why| panic!("{selector}: {why}"));
        let keys: TypingData = if text.is_empty() { Key::Delete.into() } else { text.into() };
        field.send_keys(keys).await.unwrap_or_else(|why| panic!("{selector}: {why}"));
    }

    /// Replaces what a field holds in one go, as pasting does.
    pub async fn paste(&self, selector: &str, text: &str) {
        let script = "const field = document.querySelector(arguments[0]); field.focus(); field.select();
            return document.activeElement === field;";
        assert!(self.run::<bool>(script, &[json!(selector)]).await, "{selector} takes no focus");
        if text.is_empty() {
            self.keys(Key::Delete).await;
        } else {
            self.command("Input.insertText", json!({"text": text})).await;
        }
    }

    /// Drags a file from outside over the middle of the window, and drops it once the page offers to take it. As under a
    /// hand, which never rests, the drag goes on until it is seen: right after a load the browser may still have none to
    /// tell of it.
    pub async fn drop_file(&self, path: &Path) {
        let drag = async |kind: &str| {
            let data = json!({"items": [], "files": [path], "dragOperationsMask": 1});
            let event = json!({"type": kind, "x": 600, "y": 400, "data": data});
            self.command("Input.dispatchDragEvent", event).await;
        };
        let offers = async || -> bool { self.run("return Boolean(document.querySelector('.drop-hint'));", &[]).await };
        drag("dragEnter").await;
        let offered = until_some(async || {
            drag("dragOver").await;
            offers().await.then_some(())
        });
        offered.await.expect("the page offers to take the file");
        let taken = until_some(async || {
            drag("dragOver").await;
            drag("drop").await;
            (!offers().await).then_some(())
        });
        taken.await.expect("the page takes the file");
    }

    /// Has files that the page saves put into a folder.
    pub async fn save_to(&self, folder: &Path) {
        self.command("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": folder})).await;
    }

    /// Has a script run in every page from now on, before anything of the page itself.
    pub async fn before_every_page(&self, script: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
    }

    /// Opens a whole address, by a load of its own.
    pub async fn open_address(&self, address: &str) {
        let fragment = address.strip_prefix(&self.site).unwrap_or_else(|| panic!("not of this site: {address}"));
        self.go(fragment).await;
    }

    /// Looks until the sentence was announced, which it is once it stood for a while: longer than changes wait to be
    /// kept.
    pub async fn until_announced(&self) {
        self.until(
            "document.querySelector('.verdict [aria-live]').textContent.startsWith(
                 document.querySelector('.verdict h1').textContent.trim())",
        )
        .await;
    }

    /// Sets the renewal commission, in percent, and waits for the answer to it.
    pub async fn set_renewal_commission(&self, percent: &str) {
        let before = self.headline().await;
        self.fill("#input-renewal-commission", percent).await;
        self.keys(Key::Tab).await;
        self.until_not(".verdict h1", &before).await;
    }

    /// Gives a file to the file field, as its window would.
    pub async fn choose_file(&self, path: &Path) {
        let field = self.driver.find(By::Id("file-chooser")).await.expect("the file field");
        field.send_keys(path.to_string_lossy().as_ref()).await.expect("a file");
    }

    /// Chooses the option whose text begins like that.
    pub async fn choose(&self, selector: &str, beginning: &str) {
        let path = format!(".//option[starts-with(normalize-space(), {})]", json!(beginning));
        let menu = self.find(By::Css(selector)).await;
        let option = menu.find(By::XPath(path.as_str())).await.unwrap_or_else(|why| panic!("{beginning}: {why}"));
        option.click().await.unwrap_or_else(|why| panic!("{beginning}: {why}"));
    }

    /// Puts the focus on an element.
    pub async fn focus(&self, selector: &str) {
        self.run::<Value>("document.querySelector(arguments[0]).focus();", &[json!(selector)]).await;
    }

    /// Types keys into whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        let active = self.driver.action_chain().send_keys(keys);
        active.perform().await.expect("keys");
    }

    /// Presses a letter, or another key, with Control held.
    pub async fn control(&self, letter: impl Into<TypingData>) {
        let chain = self.driver.action_chain().key_down(Key::Control).send_keys(letter).key_up(Key::Control);
        chain.perform().await.expect("keys");
    }

    /// Shows the page as a dark or a light system would.
    pub async fn scheme(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.command("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Errors, warnings and policy reports of the console since the last call.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.expect("the console");
        log.into_iter()
            .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"))
            .map(|entry| format!("{}: {}", entry.level, entry.message))
            .collect()
    }

    /// The addresses that the page asked for since the last call.
    pub async fn requests(&self) -> Vec<String> {
        let log = self.driver.get_log("performance").await.expect("the log of requests");
        log.into_iter()
            .filter_map(|entry| {
                let event: Value = serde_json::from_str(&entry.message).ok()?;
                let event = &event["message"];
                let address = match event["method"].as_str()? {
                    "Network.requestWillBeSent" => event["params"]["request"]["url"].as_str(),
                    "Network.webSocketCreated" => event["params"]["url"].as_str(),
                    _ => None,
                };
                address.map(str::to_owned)
            })
            .filter(|address| address != "about:blank")
            .collect()
    }
}
