//! Scenarios whose sessions are on Base: played on three chains, and beside it on one.

mod anvil;
mod both_ways;
mod differences;
mod way;

use std::path::{Path, PathBuf};

use alloy::signers::local::PrivateKeySigner;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::config::{Config, DEV_CHAIN_ID, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_stage::demo::base::{self, BaseReport};
use mrc53_stage::demo::{self, Report, Starts};
use mrc53_stage::scenario::{Names, Scenario};
use tokio::runtime::Runtime;

use crate::suite_support::programs;

const BASE_CHAIN_ID: u64 = 8_453;
const ETHEREUM_CHAIN_ID: u64 = 1;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn scenario(name: &str) -> Scenario {
    demo::scenario(Some(&folder().join(format!("{name}.json")))).unwrap()
}

/// Every scenario, and every history that is kept, by what follows the folder.
fn scenario_names() -> Vec<String> {
    let mut names = Vec::new();
    for (inside, before) in [("", ""), ("regressions", "regressions/")] {
        let files = std::fs::read_dir(folder().join(inside)).unwrap();
        let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let stems = files.filter_map(|file| file.strip_suffix(".json").map(str::to_owned));
        names.extend(stems.filter(|stem| !stem.contains('.')).map(|stem| format!("{before}{stem}")));
    }
    names.sort();
    names
}

fn devnode(chain_id: u64, scenario: &Scenario) -> Handle {
    let genesis_timestamp = Some(scenario.start);
    Devnode::start(&Config { chain_id, genesis_timestamp, ..Config::ephemeral() }).unwrap()
}

fn key() -> PrivateKeySigner {
    PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap()
}

/// Plays `scenario` on the nodes at `base` and `ethereum`, and on a devnode as Arbitrum.
fn on_three_chains_at(scenario: &Scenario, base: &str, ethereum: &str) -> BaseReport {
    let names = Names::of(scenario);
    let arbitrum = devnode(DEV_CHAIN_ID, scenario);
    let url = arbitrum.url();
    Runtime::new().unwrap().block_on(async {
        let chains = base::connect(scenario, &names, [base, ethereum, &url], &key()).await.unwrap();
        base::play(&chains, scenario, &names, programs(), &Workspace::find().unwrap()).await.unwrap()
    })
}

/// Plays `scenario` on three devnodes.
fn on_three_chains(scenario: &Scenario) -> BaseReport {
    let nodes = [BASE_CHAIN_ID, ETHEREUM_CHAIN_ID].map(|chain_id| devnode(chain_id, scenario));
    on_three_chains_at(scenario, &nodes[0].url(), &nodes[1].url())
}

/// Plays `scenario` on one devnode.
fn on_one_chain(scenario: &Scenario) -> Report {
    let names = Names::of(scenario);
    let node = devnode(DEV_CHAIN_ID, scenario);
    Runtime::new().unwrap().block_on(async {
        let chain = demo::connect(scenario, &names, &node.url(), key()).await.unwrap();
        demo::play(&chain, scenario, &names, programs(), Starts::Uncached).await.unwrap()
    })
}
