//! A folder that goes with its owner.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NUMBER: AtomicU32 = AtomicU32::new(1);

/// A new, empty folder; removed on drop.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one below the system's folder for temporary files.
    pub fn new() -> Folder {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("holdfast-journey-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for the journey");
        Folder(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser that is still closing may hold a file; what is left is small and in a temporary place.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
