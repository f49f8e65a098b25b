//! `cargo mrc53 devnode`: a local chain until Ctrl-C.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::failure::BadInput;
use mrc53_devnode::config::{
    ArbosVersion, Config, DEFAULT_HISTORY, DEV_ACCOUNT, DEV_CHAIN_ID, DEV_PORT, DEV_PRIVATE_KEY,
};
use mrc53_devnode::node::{Devnode, Handle, StartError};

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  cargo mrc53 devnode\n  \
cargo mrc53 devnode --timestamp 1740096000 --dump-state state.json")]
pub(super) struct DevnodeArgs {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = DEV_PORT, value_parser = amounts::whole::<u16>)]
    port: u16,
    /// EIP-155 chain id.
    #[arg(long, default_value_t = DEV_CHAIN_ID, value_parser = amounts::whole::<u64>)]
    chain_id: u64,
    /// Unix seconds of the first block, from where the clock runs [default: now].
    #[arg(long, value_name = "UNIX", value_parser = amounts::whole::<u64>)]
    timestamp: Option<u64>,
    /// The `ArbOS` version whose rules and prices hold.
    #[arg(long, value_name = "VERSION", default_value = "60")]
    arbos: ArbosVersion,
    /// Mine an empty block every so many seconds; without it only transactions make blocks.
    #[arg(long, value_name = "SECONDS", value_parser = amounts::within(1_u64, u64::MAX))]
    block_time: Option<u64>,
    /// How many of the newest blocks can be read with their state; all blocks, receipts and logs stay.
    #[arg(long, value_name = "BLOCKS", default_value_t = DEFAULT_HISTORY, value_parser = clap::value_parser!(u64).range(1..))]
    history: u64,
    /// Start from a state dumped earlier.
    #[arg(long, value_name = "FILE")]
    load_state: Option<PathBuf>,
    /// Write the state to a file at the end.
    #[arg(long, value_name = "FILE")]
    dump_state: Option<PathBuf>,
}

pub(super) fn run(args: DevnodeArgs) -> Result<()> {
    let config = Config {
        port: args.port,
        chain_id: args.chain_id,
        genesis_timestamp: args.timestamp,
        arbos_version: args.arbos,
        block_interval: args.block_time,
        history_blocks: args.history,
        load_state: args.load_state,
        dump_state: args.dump_state,
        ..Config::default()
    };
    let node = start(&config)?;
    let url = node.url();
    node.run_until_ctrl_c(|| {
        println!("address      {url}");
        println!("chain id     {}", config.chain_id);
        println!("account      {DEV_ACCOUNT}");
        println!("private key  {DEV_PRIVATE_KEY} (public knowledge: for local chains only)");
        println!("for the shell");
        println!("export ETH_RPC_URL={url} MRC53_RPC_URL={url} DEV={DEV_ACCOUNT} DEV_KEY={DEV_PRIVATE_KEY}");
        println!("Ctrl-C ends it.");
    })?;
    Ok(())
}

/// Starts a devnode; a setting that does not work is bad input.
pub(super) fn start(config: &Config) -> Result<Handle> {
    Devnode::start(config).map_err(|error| match error {
        StartError::Io(_) => error.into(),
        _ => BadInput::new(error.to_string()).into(),
    })
}

#[cfg(test)]
mod tests {
    use mrc53_node::keys::dev_key;
    use mrc53_node::profile::LOCAL_CHAIN_ID;

    use super::*;

    #[test]
    fn the_local_network_is_the_devnode_and_signs_with_its_account() {
        assert_eq!(LOCAL_CHAIN_ID, DEV_CHAIN_ID);
        assert_eq!(dev_key().unwrap().address(), DEV_ACCOUNT);
    }
}
