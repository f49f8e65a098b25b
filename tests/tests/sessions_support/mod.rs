//! A chain with a Diamond harness on which two providers serve sessions, and `replay` run against nodes of it.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use alloy::primitives::{Address, B256};
use alloy::providers::Provider;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::SolCall;
use mrc53_abi::{DiamondHarness, doubles};
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_stage::chain::Chain;
use mrc53_stage::scenario::names;
use mrc53_stage::{deploy, travel};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::proxy_support::{Fate, before};
use crate::suite_support::{DAY, Ended, HOUR, MIDNIGHT, TODAY, run, tool};

/// A stake that pays something on both sides.
const STAKE: &str = "proportional:1000000";

/// The chain, its Diamond, and a folder for caches.
pub(crate) struct Served {
    pub(crate) chain: Chain,
    pub(crate) diamond: Address,
    pub(crate) folder: TempDir,
    node: Handle,
}

/// A session of the story: its name, its provider, and when it opened, ends and was closed.
type Told = (&'static str, &'static str, [u64; 3]);

/// What is served on [`TODAY`]: over the midnight before and the one after, and closed.
const STORY: [Told; 4] = [
    ("over-before", "atlas", [MIDNIGHT - 2 * HOUR, MIDNIGHT + 3 * HOUR, 0]),
    ("closed", "borealis", [MIDNIGHT + HOUR, MIDNIGHT + 5 * HOUR, MIDNIGHT + 2 * HOUR]),
    ("second", "atlas", [MIDNIGHT + 4 * HOUR, MIDNIGHT + 6 * HOUR, MIDNIGHT + 5 * HOUR]),
    ("over-after", "atlas", [MIDNIGHT + 23 * HOUR, MIDNIGHT + 25 * HOUR, 0]),
];

impl Served {
    /// An empty chain that began the day before [`TODAY`].
    pub(crate) async fn nothing() -> Self {
        let config = Config { genesis_timestamp: Some(MIDNIGHT - DAY), ..Config::ephemeral() };
        let node = Devnode::start(&config).unwrap();
        let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
        let chain = Chain::connect(&node.url(), key, []).await.unwrap();
        let [_, harness] = doubles::artifacts().unwrap();
        let diamond = deploy::evm(&chain, "DiamondHarness", harness.bytecode).await.unwrap().address;
        Self { chain, diamond, folder: tempfile::tempdir().unwrap(), node }
    }

    /// The [`STORY`], with a session that is over before and one that opens later; it is two days later now.
    pub(crate) async fn new() -> Self {
        let served = Self::nothing().await;
        served.open("over", "borealis", MIDNIGHT - 20 * HOUR, MIDNIGHT - 19 * HOUR).await;
        for (name, provider, [opened_at, ends_at, closed_at]) in STORY {
            served.open(name, provider, opened_at, ends_at).await;
            if closed_at != 0 {
                served.close(name, closed_at).await;
            }
        }
        served.open("later", "borealis", MIDNIGHT + 26 * HOUR, MIDNIGHT + 27 * HOUR).await;
        served.travel(MIDNIGHT + 2 * DAY).await;
        served
    }

    pub(crate) fn url(&self) -> String {
        self.node.url()
    }

    pub(crate) async fn open(&self, name: &str, provider: &str, at: u64, ends_at: u64) {
        let (session_id, provider) = (names::session_id(name), names::address(provider));
        let open = DiamondHarness::openSessionCall { sessionId: session_id, provider, endsAt: u128::from(ends_at) };
        self.call_at(at, open.abi_encode()).await;
    }

    pub(crate) async fn close(&self, name: &str, at: u64) {
        let close = DiamondHarness::closeSessionCall { sessionId: names::session_id(name) };
        self.call_at(at, close.abi_encode()).await;
    }

    /// Lets the chain stand at `at`: mines an empty block then.
    pub(crate) async fn travel(&self, at: u64) {
        travel::set_next(&self.chain, at).await.unwrap();
        let _: Value = self.chain.provider.raw_request("evm_mine".into(), ()).await.unwrap();
    }

    /// Sends `data` to the Diamond in a block of its own at `at`.
    pub(crate) async fn call_at(&self, at: u64, data: Vec<u8>) {
        travel::set_next(&self.chain, at).await.unwrap();
        self.chain.must("a step of the test", self.chain.main, self.diamond, data).await.unwrap();
    }

    /// Replays [`TODAY`] from the node at `url`, with the cache called `cache`.
    pub(crate) fn replay(&self, url: &str, cache: &str) -> Ended {
        self.replay_days(url, cache, TODAY, TODAY + 1)
    }

    /// The same as a process that is not started yet and lacks `--to`.
    pub(crate) fn command(&self, url: &str, cache: &str) -> Command {
        let (cache, diamond) = (self.folder.path().join(cache), self.diamond.to_string());
        let mut command = Command::new(tool());
        command.args(["replay", "--from", "2025-02-21", "--rpc-url", url]);
        command.args(["--diamond", &diamond, "--cache", cache.to_str().unwrap()]);
        command
    }

    pub(crate) fn replay_days(&self, url: &str, cache: &str, from: u32, to: u32) -> Ended {
        let cache = self.folder.path().join(cache);
        let (from, to, diamond) = (from.to_string(), to.to_string(), self.diamond.to_string());
        let place = ["--rpc-url", url, "--diamond", &diamond, "--cache", cache.to_str().unwrap()];
        run(&[&["replay", "--json", "--stake", STAKE, "--from", &from, "--to", &to], &place[..]].concat())
    }

    /// The same sessions of [`TODAY`] in a file, replayed.
    pub(crate) fn of_file(&self) -> Value {
        let line = |(name, provider, [opened_at, ends_at, closed_at]): &Told| {
            let (id, provider) = (names::session_id(name), names::address(provider).to_string());
            json!({ "id": id, "provider": provider, "opened_at": opened_at, "ends_at": ends_at, "closed_at": closed_at })
                .to_string()
        };
        let file = self.folder.path().join("sessions.jsonl");
        std::fs::write(&file, STORY.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
        let (from, to) = (TODAY.to_string(), (TODAY + 1).to_string());
        let words = ["replay", file.to_str().unwrap(), "--json", "--stake", STAKE, "--from", &from, "--to", &to];
        rewards(run(&words).json())
    }
}

/// What was replayed, without where it comes from.
pub(crate) fn rewards(mut said: Value) -> Value {
    for origin in ["sha256", "published", "chain"] {
        said.as_object_mut().unwrap().remove(origin).unwrap();
    }
    said
}

/// The requests that `asked` has let pass, each by itself: a method, or of a call whether it asks for the session `id`.
pub(crate) type Asked = Arc<Mutex<Vec<Value>>>;

/// An address of the node at `url` that writes down what it is asked.
pub(crate) fn listening(url: &str) -> (String, Asked) {
    let asked = Asked::default();
    let heard = Arc::clone(&asked);
    let url = before(url, move |request| {
        let all = request.as_array().cloned().unwrap_or_else(|| vec![request.clone()]);
        heard.lock().unwrap().extend(all);
        Fate::PassOn
    });
    (url, asked)
}

/// What was asked since the last time: methods, and the first argument of calls of `getSession`.
pub(crate) fn heard(asked: &Asked) -> (Vec<String>, Vec<B256>) {
    let all: Vec<Value> = asked.lock().unwrap().drain(..).collect();
    let methods = all.iter().map(|request| request["method"].as_str().unwrap().to_owned()).collect();
    let sessions = all.iter().filter_map(|request| {
        let data = request["params"][0]["input"].as_str()?.strip_prefix("0x39b240bd")?;
        data.parse().ok()
    });
    (methods, sessions.collect())
}

/// Every file of the cache in `folder`, by name.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.file_name().unwrap().to_str().unwrap().to_owned(), text)
    };
    let mut files: Vec<_> = entries.map(file).collect();
    files.sort();
    files
}
