//! chromedriver, on a port of its own choice.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The driver's process, ended on drop.
pub struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    /// Starts it and waits until it says its port.
    pub fn start() -> Driver {
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
            .find_map(|line| line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse::<u16>().ok())
            .expect("the driver says its port");
        driver.address = format!("http://127.0.0.1:{port}");
        driver
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
