//! From nothing to a booked session by the tool alone: the suite deployed beside a real diamond, the hook cut in.

use alloy::primitives::hex;
use mrc53_node::book::Book;
use mrc53_node::profile::Network;
use mrc53_stage::scenario::names;
use mrc53_stage::suite::Suite;
use mrc53_suite::contract::Contract;

use super::compute::{Compute, OPENING};
use super::cutting::{cut_words, execute};
use crate::suite_support::{Ended, HOUR, TODAY, run};

/// A network file that names the diamond of `compute`, and the folder of its book.
struct Around {
    folder: tempfile::TempDir,
    file: String,
}

impl Around {
    fn new(compute: &Compute) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("network.toml");
        let (url, token, diamond) = (compute.url(), compute.token, compute.diamond);
        let (pool, owner) = (names::pool_key().address(), compute.chain.main);
        let text = format!(
            "name = \"rehearsal\"\nchain_id = 412346\nrpc_url = \"{url}\"\n[inputs]\ntoken = \"{token}\"\n\
             diamond = \"{diamond}\"\ncompute_pool = \"{pool}\"\nowner = \"{owner}\"\n"
        );
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap().to_owned();
        Self { folder, file }
    }

    /// Runs the tool on this network, signing with the key of the account `borealis`, which nobody else uses.
    fn tool(&self, words: &[&str]) -> Ended {
        let here = ["--network", &self.file, "--deployments", self.folder.path().to_str().unwrap()];
        let key = hex::encode_prefixed(names::account_key("borealis").to_bytes());
        run(&[words, &here, &["--private-key", &key]].concat())
    }

    /// Where the tool has deployed the suite.
    fn suite(&self) -> Suite {
        let book = Book::load(self.folder.path(), &Network::find(&self.file).unwrap()).unwrap();
        let address = |contract| book.address(contract).unwrap();
        Suite {
            recorder: address(Contract::SessionRecorder),
            alignment: address(Contract::StakeAlignment),
            calculator: address(Contract::RewardCalculator),
            distributor: address(Contract::RewardDistributor),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_tool_deploys_books_the_sessions_of_a_real_diamond_by_record_and_then_by_the_hook_it_cuts_in() {
    let mut compute = Compute::new().await;
    let around = Around::new(&compute);
    compute.fund("borealis").await;
    // Beside the one of the stand: a suite of another name.
    around.tool(&["deploy", "--salt", "another"]).ok();
    compute.use_suite(around.suite()).await;

    let early = compute.open_at(OPENING, 2 * HOUR).await;
    compute.close_at(OPENING + HOUR, early).await;
    around.tool(&["record", "--session", &early.to_string()]).ok();
    let by_record = compute.booked(TODAY).await;
    let out = around.folder.path().join("cut.json");
    let words = cut_words(&compute);
    let words: Vec<&str> = words.iter().map(String::as_str).chain(["--out", out.to_str().unwrap()]).collect();
    around.tool(&words).ok();
    execute(&compute, &out).await;
    compute.set_recorder(compute.suite.recorder).await;
    let late = compute.open_at(OPENING + 2 * HOUR, 2 * HOUR).await;
    compute.close_at(OPENING + 4 * HOUR, late).await;

    assert_eq!((by_record, compute.booked(TODAY).await), (HOUR, 3 * HOUR));
}
