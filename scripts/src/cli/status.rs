//! `cargo mrc53 status`: one page with everything that can be read of the suite.

use alloy::primitives::Address;
use anyhow::{Context, Result, bail};
use clap::Args;

use crate::network::connection::NetworkArgs;
use crate::progress::Progress;
use crate::status::page::Page;
use crate::status::table::table;

#[derive(Args, Debug)]
#[command(after_help = "Everything is read at one block, and nothing is sent. What is wrong comes first.\n\n    \
cargo mrc53 status --network arbitrum-sepolia\n    \
cargo mrc53 status --network arbitrum-sepolia --json | jq .problems\n\n\
With --check it ends with exit code 1 if there is any problem, for cron.")]
pub(super) struct StatusArgs {
    #[command(flatten)]
    network: NetworkArgs,
    /// Show these subnets only, instead of all that were ever registered.
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// End with exit code 1 if there is any problem.
    #[arg(long)]
    check: bool,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &StatusArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let page = runtime.block_on(async {
        let connection = args.network.connect(None).await?;
        let progress = Progress::start("reading the suite");
        Box::pin(Page::read(&connection, &args.subnets, &progress)).await
    })?;
    println!("{}", if args.json { serde_json::to_string_pretty(&page)? } else { table(&page) });
    match page.problems.first() {
        Some(first) if args.check => bail!("{} problems: {first}", page.problems.len()),
        _ => Ok(()),
    }
}
