//! `cargo mrc53 settle`: all final days of the subnets, credited.

use alloy::primitives::Address;
use anyhow::{Context, Result, bail};
use clap::Args;

use super::sending::{self, SendingArgs};
use crate::amounts;
use crate::chain::subnets;
use crate::network::connection::NetworkArgs;
use crate::network::sender::Sender;
use crate::paying::report;
use crate::paying::settle::Settler;
use crate::progress::Progress;
use crate::show::count;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 settle --dry-run
  cargo mrc53 settle --network arbitrum-sepolia --keystore keeper.json --subnet 0x…

A day can be settled once it is final, for any subnet, by anybody; settling twice settles once.
Exit codes: 0 all final days are settled, 1 some are not (run it again), 2 bad input.")]
pub(super) struct SettleArgs {
    /// A subnet; may be repeated [default: every registered subnet].
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// Most days of one transaction.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = amounts::within(1_u32, 1_000))]
    max_days: u32,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &SettleArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (lines, failure) = runtime.block_on(async {
        let (signer, connection) = args.sending.connect(&args.network).await?;
        let subnets = subnets::named_or_all(&connection, &args.subnets).await?;
        let sender = Sender::new(&connection, signer, args.sending.dry_run);
        let settler = Settler::new(&connection, &sender, args.max_days)?;
        let all = count(subnets.len(), "subnet");
        let progress = Progress::start(format!("settling {all}"));
        let done = sending::each(&subnets, async |number, subnet| {
            let days = |days: u32| progress.detail(format!("subnet {number} of {all}: {days} days"));
            settler.settle(subnet, days).await
        });
        let done = done.await?;
        progress.done(format!("went through {}", count(done.0.len(), "subnet")));
        anyhow::Ok(done)
    })?;
    args.sending.print(&report::settled(&lines), &report::settled_json(&lines, args.sending.dry_run))?;
    if let Some(failure) = failure {
        bail!(failure);
    }
    match lines.iter().filter(|line| line.problem.is_some()).count() {
        0 => Ok(()),
        undone => bail!("{} not settled to the last final day: see above", count(undone, "subnet")),
    }
}
