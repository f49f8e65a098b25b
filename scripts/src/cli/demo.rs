//! `cargo mrc53 demo`: contracts built, a chain started, or three, a scenario played, the report printed.

use std::path::PathBuf;

use alloy::signers::local::PrivateKeySigner;
use anyhow::{Context, Result};
use clap::Args;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::config::{Config, DEV_CHAIN_ID};
use mrc53_devnode::node::Handle;
use mrc53_node::keys;
use mrc53_node::url::UrlText;
use mrc53_stage::chain::Chain;
use mrc53_stage::demo::{self, Starts, base};
use mrc53_stage::scenario::{Names, Scenario};
use mrc53_suite::contract::Contract;
use mrc53_wasm::Artifact;
use tokio::runtime::Runtime;

use super::sending::say;
use super::toolchain::ToolchainArgs;

/// The chain ids of Base and of Ethereum.
const BASE_CHAIN_ID: u64 = 8_453;
const ETHEREUM_CHAIN_ID: u64 = 1;

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  cargo mrc53 demo\n  cargo mrc53 demo --scenario tests/scenarios/week.json --json\n  \
cargo mrc53 demo --base"
)]
pub(super) struct DemoArgs {
    /// The scenario to play (tests/scenarios/README.md) [default: the proposal's own example].
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Sessions on Base: three devnodes, Base, Ethereum and Arbitrum; usage is counted on Base, proven on Arbitrum, and
    /// settled there once it is final.
    #[arg(long, conflicts_with = "rpc_url")]
    base: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// A node that can travel in time (`evm_setNextBlockTimestamp`) [default: an embedded devnode].
    #[arg(long, value_name = "URL", requires = "private_key")]
    rpc_url: Option<UrlText>,
    /// Key of a funded account on that node; it deploys, owns and pays.
    #[arg(long, value_name = "KEY", env = "MRC53_PRIVATE_KEY", hide_env_values = true)]
    private_key: Option<String>,
    #[command(flatten)]
    toolchain: ToolchainArgs,
}

pub(super) fn run(args: DemoArgs) -> Result<()> {
    let scenario = demo::scenario(args.scenario.as_deref())?;
    let key = match &args.private_key {
        Some(key) => keys::parse("--private-key or MRC53_PRIVATE_KEY", key)?,
        None => keys::dev_key()?,
    };
    let workspace = Workspace::find()?;
    let names = Names::of(&scenario);
    let runtime = Runtime::new().context("the asynchronous runtime")?;
    if args.base {
        return on_three_chains(&args, &scenario, &names, &key, &workspace, &runtime);
    }
    let connect = |url: &str| runtime.block_on(demo::connect(&scenario, &names, url, key.clone()));
    let play = |chain: &Chain, programs: &[Artifact], starts| {
        runtime.block_on(demo::play(chain, &scenario, &names, programs, starts))
    };
    let report = if let Some(url) = args.rpc_url {
        let chain = connect(url.unread())?;
        play(&chain, &mrc53_wasm::build(&workspace, args.toolchain.source(), &Contract::DEPLOYED)?, Starts::Uncached)?
    } else {
        // A chain each for the contracts out of the cache and in it. Dropping a node stops it.
        let config = Config { genesis_timestamp: Some(scenario.start), ..Config::ephemeral() };
        let nodes = [super::devnode::start(&config)?, super::devnode::start(&config)?];
        let [uncached, cached] = [connect(&nodes[0].url())?, connect(&nodes[1].url())?];
        let programs = mrc53_wasm::build(&workspace, args.toolchain.source(), &Contract::DEPLOYED)?;
        let report = play(&uncached, &programs, Starts::Uncached)?;
        report.with_cached(&play(&cached, &programs, Starts::Cached)?)?
    };
    say(&if args.json { serde_json::to_string_pretty(&report)? } else { demo::table(&report) })?;
    Ok(())
}

/// Plays `scenario` on a devnode each for Base, Ethereum and Arbitrum.
fn on_three_chains(
    args: &DemoArgs,
    scenario: &Scenario,
    names: &Names,
    key: &PrivateKeySigner,
    workspace: &Workspace,
    runtime: &Runtime,
) -> Result<()> {
    let start = |chain_id: u64| {
        let genesis_timestamp = Some(scenario.start);
        super::devnode::start(&Config { chain_id, genesis_timestamp, ..Config::ephemeral() })
    };
    // Dropping a node stops it.
    let nodes = [start(BASE_CHAIN_ID)?, start(ETHEREUM_CHAIN_ID)?, start(DEV_CHAIN_ID)?];
    let urls = nodes.each_ref().map(Handle::url);
    let chains = runtime.block_on(base::connect(scenario, names, urls.each_ref().map(String::as_str), key))?;
    let programs = mrc53_wasm::build(workspace, args.toolchain.source(), &Contract::PROVEN)?;
    let report = runtime.block_on(base::play(&chains, scenario, names, &programs, workspace))?;
    say(&if args.json { serde_json::to_string_pretty(&report)? } else { base::table(&report) })?;
    Ok(())
}
