//! Somebody else's chains as Base and as Ethereum: proofs, headers and blocks made by anvil, Arbitrum's real bridge and
//! inbox on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use alloy::primitives::U256;
use alloy::providers::{Provider, ProviderBuilder};
use mrc53_console::workspace::Workspace;
use mrc53_stage::demo::base::BaseReport;
use mrc53_stage::scenario::Scenario;

use super::differences::differences;
use super::{BASE_CHAIN_ID, ETHEREUM_CHAIN_ID, key, on_one_chain, on_three_chains, on_three_chains_at, scenario};

/// What everything there is paid with, wei.
const ETHER: u128 = 1_000_000_000_000_000_000_000;

/// A running anvil. Dropping it ends it.
struct Anvil {
    process: Child,
    url: String,
}

impl Anvil {
    /// One on a free port from the scenario's start on, with ether for who pays.
    fn start(chain_id: u64, scenario: &Scenario) -> Self {
        let program = mrc53_workshop::clients::anvil(&Workspace::find().unwrap()).unwrap();
        let (chain_id, start) = (chain_id.to_string(), scenario.start.to_string());
        let words = ["--port", "0", "--chain-id", &chain_id, "--timestamp", &start];
        let mut process = Command::new(program).args(words).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let listens = lines.find_map(|line| line.unwrap().strip_prefix("Listening on ").map(str::to_owned));
        let anvil = Self { process, url: format!("http://{}", listens.expect("anvil ended before it listened")) };
        // It stops where nobody reads what it says.
        std::thread::spawn(move || lines.for_each(drop));
        anvil.fund();
        anvil
    }

    fn fund(&self) {
        let node = ProviderBuilder::new().connect_http(self.url.parse().unwrap());
        let set = async {
            let version: String = node.get_client_version().await.unwrap();
            assert!(version.starts_with("anvil/v1.7.1"), "{version}");
            node.raw_request::<_, ()>("anvil_setBalance".into(), (key().address(), U256::from(ETHER))).await.unwrap();
        };
        tokio::runtime::Runtime::new().unwrap().block_on(set);
    }
}

impl Drop for Anvil {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Plays `scenario` with anvil as Base and as Ethereum.
fn through_anvil(scenario: &Scenario) -> BaseReport {
    let (base, ethereum) = (Anvil::start(BASE_CHAIN_ID, scenario), Anvil::start(ETHEREUM_CHAIN_ID, scenario));
    on_three_chains_at(scenario, &base.url, &ethereum.url)
}

#[test]
fn anvil_as_base_and_as_ethereum_pays_the_proposals_example_to_the_wei() {
    let scenario = scenario("mrc53-v2");

    let report = through_anvil(&scenario).report;

    assert_eq!(differences(&on_one_chain(&scenario), &report), []);
    let atlas = report.days.iter().find(|day| day.seconds == 10_000).unwrap();
    assert_eq!(atlas.payable, U256::from(305_601_083_255_596_990_795_u128));
}

#[test]
fn anvil_and_the_devnode_as_base_and_as_ethereum_come_to_the_same_at_the_same_times() {
    let scenario = scenario("week");

    let (theirs, ours) = (through_anvil(&scenario), on_three_chains(&scenario));

    assert_eq!(differences(&ours.report, &theirs.report), []);
    let times =
        |report: &BaseReport| report.steps.iter().map(|step| (step.step, step.at, step.day)).collect::<Vec<_>>();
    assert_eq!(times(&ours), times(&theirs));
    assert!(theirs.steps.iter().filter(|step| step.step == "prove").count() > 1);
}
