//! `cargo mrc53 claim`: what is owed to operators or to a staker, paid.

use alloy::primitives::{Address, U256};
use anyhow::{Context, Result, bail};
use clap::Args;

use super::sending::{self, SendingArgs};
use crate::amounts;
use crate::chain::subnets;
use crate::network::connection::NetworkArgs;
use crate::network::sender::Sender;
use crate::paying::claim::{Claimer, Payee};
use crate::paying::report;
use crate::progress::Progress;
use crate::show::{count, mor};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 claim --subnet 0x… --dry-run
  cargo mrc53 claim --network arbitrum-sepolia --keystore keeper.json --subnet 0x… --staker 0x…

Anybody may claim for anybody: operators' receivers and stakers are paid, never the caller.
Exit codes: 0 all that is owed is paid, 1 something stays owed, 2 bad input.")]
pub(super) struct ClaimArgs {
    /// A subnet; may be repeated [default: every registered subnet].
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// Pay this staker instead of the operators' receivers.
    #[arg(long, value_name = "ADDRESS")]
    staker: Option<Address>,
    /// Most changes of a stake that one transaction walks.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = amounts::within(1_u32, 2_000))]
    max_changes: u32,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &ClaimArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (lines, failure, pool) = runtime.block_on(async {
        let (signer, connection) = args.sending.connect(&args.network).await?;
        let subnets = subnets::named_or_all(&connection, &args.subnets).await?;
        let sender = Sender::new(&connection, signer, args.sending.dry_run);
        let claimer = Claimer::new(&connection, &sender, args.max_changes)?;
        let payee = args.staker.map_or(Payee::Operator, Payee::Staker);
        let all = count(subnets.len(), "subnet");
        let progress = Progress::start(format!("claiming from {all}"));
        let mut pool = claimer.pool().await?;
        let done = sending::each(&subnets, async |number, subnet| {
            progress.detail(format!("subnet {number} of {all}"));
            claimer.claim(subnet, payee, &mut pool).await
        });
        let (lines, failure) = done.await?;
        progress.done(format!("went through {}", count(lines.len(), "subnet")));
        anyhow::Ok((lines, failure, pool))
    })?;
    args.sending.print(&report::paid(&lines, &pool), &report::paid_json(&lines, &pool, args.sending.dry_run))?;
    if let Some(failure) = failure {
        bail!(failure);
    }
    let owed: U256 = lines.iter().map(|line| line.owed).sum();
    if !owed.is_zero() {
        bail!("{} MOR stays owed: see above", mor(owed));
    }
    match lines.iter().find_map(|line| line.problem.as_ref()) {
        None => Ok(()),
        Some(problem) => bail!("not everything was claimed: {problem}"),
    }
}
