//! `cargo mrc53 status`: one page with everything that can be read of the suite.

use alloy::primitives::Address;
use anyhow::{Context, Result, bail};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_keeper::recording::outlook::Watch;
use mrc53_status::page::Page;
use mrc53_status::table::table;

use super::network::{NetworkArgs, OtherNodesArgs};
use super::record::ReadingArgs;
use super::sending::say;

const HOUR_SECONDS: u64 = 3_600;

#[derive(Args, Debug)]
#[command(after_help = "Everything is read at one block, and nothing is sent. What is wrong comes first.\n\n    \
cargo mrc53 status --network arbitrum-sepolia\n    \
cargo mrc53 status --network arbitrum-sepolia --json | jq .problems\n\n\
With --check it ends with exit code 1 if there is any problem, for cron. Only then sessions are read, two requests for \
each that can still gain or lose something and a page of others for each subnet: session-seconds on days that count, that \
nobody has booked and that are lost within --within hours are a problem, and so are those that are lost already: until a \
run of record has reported them, and for --within hours after it.\n\n\
Exit codes: 0 done, 1 with --check any problem, or what may pass by itself (no node), 2 never without another input.")]
pub(super) struct StatusArgs {
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    others: OtherNodesArgs,
    /// Show these subnets only, instead of all that were ever registered.
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// End with exit code 1 if there is any problem, sessions that are not recorded in time included.
    #[arg(long)]
    check: bool,
    /// With --check: how far ahead for session-seconds that will be lost, and how far back for those that were.
    #[arg(long, value_name = "HOURS", default_value_t = 24, requires = "check", value_parser = amounts::within(1_u32, 8_760))]
    within: u32,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &StatusArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let page = runtime.block_on(async {
        let connection = args.network.and(&args.others).connect(None).await?;
        let progress = Progress::start("reading the suite");
        let pages = args.reading.pages();
        let watch = args.check.then(|| Watch { pages, within_seconds: u64::from(args.within) * HOUR_SECONDS });
        Box::pin(Page::read(&connection, &args.subnets, watch, &progress)).await
    })?;
    say(&if args.json { serde_json::to_string_pretty(&page)? } else { table(&page) })?;
    match page.problems.first() {
        Some(first) if args.check => bail!("{}: {first}", count(page.problems.len(), "problem")),
        _ => Ok(()),
    }
}
