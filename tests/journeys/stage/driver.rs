//! chromedriver, on a port of its own choice.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// How often it is started.
const STARTS: usize = 3;

/// The driver's process, ended on drop.
pub struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    /// Starts it and waits until it says its port. It ends at once where another program takes the port that it chose, so it is
    /// started anew a few times.
    pub fn start() -> Driver {
        (0..STARTS).find_map(|_| Driver::started()).expect("the driver says its port")
    }

    fn started() -> Option<Driver> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let child = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|why| panic!("{} does not start: {why}", program.to_string_lossy()));
        // Held from here on by a value that ends it.
        let mut driver = Driver { child, address: String::new() };
        let output = driver.child.stdout.take().expect("the driver's output");
        let port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse::<u16>().ok())?;
        driver.address = format!("http://127.0.0.1:{port}");
        Some(driver)
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
