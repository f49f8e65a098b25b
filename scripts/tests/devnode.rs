//! `cargo mrc53 devnode` as a process: it says where it is, serves, ends cleanly on Ctrl-C, and goes on where it ended.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use alloy::primitives::Address;
use alloy::providers::{Provider, ProviderBuilder};
use serde_json::Value;

/// A devnode in a process of its own, on a free port.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(arguments: &[&str]) -> Self {
        // Where the tests themselves run under nohup, the node would inherit that closing terminals are ignored.
        let mut command = Command::new("env");
        command.args(["--default-signal=HUP", env!("CARGO_BIN_EXE_mrc53")]);
        command.args(["devnode", "--port", "0"]).args(arguments).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url: first.trim_start_matches("address").trim().to_owned() }
    }

    fn provider(&self) -> impl Provider {
        ProviderBuilder::new().connect_http(self.url.parse().unwrap())
    }

    /// Sends it what Ctrl-C sends, and returns its exit code.
    fn interrupt(self) -> Option<i32> {
        self.signal("-INT")
    }

    /// Sends it a signal, and returns its exit code.
    fn signal(mut self, signal: &str) -> Option<i32> {
        let killed = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        self.child.kill().unwrap();
        panic!("a minute after {signal} it still runs");
    }
}

fn words(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn ctrl_c_ends_it_with_exit_code_0() {
    let node = Process::start(&[]);
    assert_eq!(node.provider().get_chain_id().await.unwrap(), 412_346);

    assert_eq!(node.interrupt(), Some(0));
}

#[tokio::test]
async fn a_state_dumped_at_the_end_is_where_the_next_one_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let someone = Address::repeat_byte(7);
    let node = Process::start(&["--dump-state", words(&file)]);
    let _: Value = node.provider().raw_request("anvil_setBalance".into(), (someone, "0x2a")).await.unwrap();
    assert_eq!(node.interrupt(), Some(0));

    let node = Process::start(&["--load-state", words(&file)]);

    assert_eq!(node.provider().get_balance(someone).await.unwrap().to::<u64>(), 42);
    assert_eq!(node.interrupt(), Some(0));
}

#[tokio::test]
async fn the_state_is_written_when_it_is_terminated_or_its_terminal_closes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    for signal in ["-TERM", "-HUP"] {
        let node = Process::start(&["--dump-state", words(&file)]);
        assert_eq!(node.signal(signal), Some(0), "{signal}");
        std::fs::remove_file(&file).unwrap();
    }
}

#[test]
fn settings_that_make_no_chain_are_bad_input() {
    for (option, value, words) in [
        ("--chain-id", "0", "chain id 0 is not between 1 and"),
        ("--timestamp", "1740096000000", "timestamp 1740096000000 is beyond the year 9999"),
        ("--dump-state", "/no/such/folder/state.json", "/no/such/folder/state.json"),
        ("--history", "0", "--history"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mrc53"));
        let output = command.args(["devnode", "--port", "0", option, value]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{option}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(words), "{option}: {error}");
        assert!(output.stdout.is_empty(), "{option}: the chain started");
    }
}
