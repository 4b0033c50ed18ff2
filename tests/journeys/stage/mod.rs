//! What a journey stands on: the built site behind a server, a driver, and browsers with empty profiles.
//!
//! Everything that is started here ends with the [`Stage`], also when a journey panics.

mod driver;
mod folder;
mod page;
mod server;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tokio::runtime::Runtime;

use driver::Driver;
use folder::Folder;
pub use page::Page;
use server::Server;

/// One journey at a time: browsers that share two processors make each other late.
static TURN: Mutex<()> = Mutex::new(());

/// The site and its browsers, for one journey.
pub struct Stage {
    server: Server,
    driver: Driver,
    folder: Folder,
    pages: RefCell<Vec<Page>>,
}

/// Runs a journey, then checks that its browsers had nothing to complain about and asked no other server for anything.
pub fn drive(journey: impl AsyncFnOnce(&Stage)) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = Runtime::new().expect("a runtime");
    let stage = Stage {
        server: Server::start(&dist()),
        driver: Driver::start(),
        folder: Folder::new(),
        pages: RefCell::default(),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            journey(&stage).await;
            stage.check_quiet().await;
        });
    }));
    runtime.block_on(stage.end());
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// The folder of the built site.
pub fn dist() -> PathBuf {
    let folder = std::env::var_os("HOLDFAST_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    assert!(folder.join("index.html").is_file(), "no site in {}: run `cargo xtask build`", folder.display());
    folder
}

impl Stage {
    /// The address of the site.
    pub fn site(&self) -> String {
        self.server.address()
    }

    /// A folder for files of this journey, which is removed with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file for this journey.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file of the journey");
        path
    }

    /// A browser with an empty profile, on a blank page.
    pub async fn browser(&self) -> Page {
        let number = self.pages.borrow().len();
        let profile = self.folder.path().join(format!("profile-{number}"));
        let page = Page::open(self.driver.address(), &profile, &self.site()).await;
        self.pages.borrow_mut().push(page.clone());
        page
    }

    /// A browser with the profile of that name, which an earlier one may have left; on a blank page.
    ///
    /// It may be killed: what it had to complain about is not asked for.
    pub async fn browser_of(&self, profile: &str) -> Page {
        Page::open(self.driver.address(), &self.folder.path().join(profile), &self.site()).await
    }

    /// A browser with an empty profile, on the Payoff page.
    pub async fn visitor(&self) -> Page {
        let page = self.browser().await;
        page.go("").await;
        page
    }

    /// The paths that were asked for and not found.
    pub fn not_found(&self) -> Vec<String> {
        self.server.not_found()
    }

    /// No error or policy report in a console, no request to another server, and none that failed.
    async fn check_quiet(&self) {
        let pages = self.pages.borrow().clone();
        for page in pages {
            let complaints = page.complaints().await;
            assert!(complaints.is_empty(), "the browser complained:\n{}", complaints.join("\n"));
            let elsewhere: Vec<String> =
                page.requests().await.into_iter().filter(|address| !self.is_own(address)).collect();
            assert!(elsewhere.is_empty(), "requests to other servers:\n{}", elsewhere.join("\n"));
        }
        let not_found = self.not_found();
        assert!(not_found.is_empty(), "asked for what is not there: {not_found:?}");
    }

    fn is_own(&self, address: &str) -> bool {
        let address = address.strip_prefix("blob:").unwrap_or(address);
        address.starts_with(&self.server.origin()) || address.starts_with("data:")
    }

    async fn end(&self) {
        let pages = std::mem::take(&mut *self.pages.borrow_mut());
        for page in pages {
            page.end().await;
        }
    }
}

/// A path below the project's folder.
pub fn project_file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
