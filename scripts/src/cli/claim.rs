//! `cargo mrc53 claim`: what is owed to operators or to a staker, paid.

use alloy::primitives::{Address, U256};
use anyhow::{Context, Result, bail};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::progress::Progress;
use mrc53_console::show::{count, mor};
use mrc53_keeper::paying::claim::{Claimer, Line, Payee};
use mrc53_keeper::paying::report;
use mrc53_keeper::programs::callable;
use mrc53_node::subnets;
use mrc53_suite::contract::Contract;

use super::network::NetworkArgs;
use super::sending::{self, BudgetArgs, SendingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 claim --subnet 0x… --dry-run
  cargo mrc53 claim --network arbitrum-sepolia --keystore keeper.json --subnet 0x… --staker 0x…

Anybody may claim for anybody: operators' receivers and stakers are paid, never the caller.
The largest debt comes first.
Exit codes: 0 all that is owed is paid, 1 something stays owed or --max-ether ended the run, 2 never without another input.")]
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
    budget: BudgetArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &ClaimArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (lines, failure, pool, unsigned) = runtime.block_on(async {
        let (signer, connection) = args.sending.connect(&args.network).await?;
        callable::require(&connection, &[Contract::RewardDistributor, Contract::StakeAlignment]).await?;
        let subnets = subnets::named_or_all(&connection, &args.subnets).await?;
        let sender = args.sending.sender(&connection, signer, &args.budget);
        let claimer = Claimer::new(&connection, &sender, args.max_changes)?;
        let payee = args.staker.map_or(Payee::Operator, Payee::Staker);
        let all = count(subnets.len(), "subnet");
        let progress = Progress::start(format!("claiming from {all}"));
        let mut pool = claimer.pool().await?;
        let debts = claimer.debts(&subnets, payee).await?;
        if let Some(staker) = args.staker {
            claimer.require_staker(&subnets, staker, &debts).await?;
        }
        let done = sending::each(&sender, &debts, async |number, debt| {
            progress.detail(format!("subnet {number} of {all}"));
            claimer.claim(*debt, payee, &mut pool).await
        });
        let (lines, failure) = done.await?;
        progress.done(format!("went through {}", count(lines.len(), "subnet")));
        // As it is now; as it was reckoned, where the node has gone away since.
        let pool = claimer.pool().await.unwrap_or(pool);
        anyhow::Ok((lines, failure, pool, sender.unsigned()))
    })?;
    let json = report::paid_json(&lines, &pool, args.sending.dry_run);
    args.sending.print(&report::paid(&lines, &pool), &json, &unsigned)?;
    if let Some(failure) = failure {
        bail!(failure);
    }
    let stays: U256 = lines.iter().map(Line::stays).sum();
    if !stays.is_zero() {
        bail!("{} MOR stays owed: see above", mor(stays));
    }
    match lines.iter().find_map(|line| line.problem.as_ref()) {
        None => Ok(()),
        Some(problem) => bail!("not everything was claimed: {problem}"),
    }
}
