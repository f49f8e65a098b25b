//! `cargo mrc53 settle`: all final days of the subnets, credited.

use alloy::primitives::Address;
use anyhow::{Context, Result, bail};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_keeper::paying::report;
use mrc53_keeper::paying::settle::{Line, Settler, Wanted};
use mrc53_keeper::programs::callable;
use mrc53_node::{subnets, words};
use mrc53_suite::contract::Contract;

use super::network::NetworkArgs;
use super::sending::{self, BudgetArgs, SendingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 settle --dry-run
  cargo mrc53 settle --network arbitrum-sepolia --keystore keeper.json --subnet 0x…

A day can be settled once it is final, for any subnet, by anybody; settling twice settles once. Nothing is sent for days \
that pay nothing: they are settled with the first that does, with --all, or where a subnet with stake has more than 1,000 \
of them. The subnet with the largest stake comes first.
Exit codes: 0 all final days that pay are settled, 1 some are not or --max-ether ended the run (run it again), 2 never without another input.")]
pub(super) struct SettleArgs {
    /// A subnet; may be repeated [default: every registered subnet].
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// Most days of one transaction.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = amounts::within(1_u32, 1_000))]
    max_days: u32,
    /// Settle final days that pay nothing, too.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &SettleArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (lines, failure, inactive, unsigned) = runtime.block_on(async {
        let (signer, connection) = args.sending.connect(&args.network).await?;
        callable::require(&connection, &[Contract::RewardDistributor, Contract::StakeAlignment]).await?;
        let subnets = subnets::named_or_all(&connection, &args.subnets).await?;
        let sender = args.sending.sender(&connection, signer, &args.budget);
        let settler = Settler::new(&sender, Wanted { max_days: args.max_days, all: args.all })?;
        let all = count(subnets.len(), "subnet");
        let progress = Progress::start(format!("settling {all}"));
        let unsettled = settler.look(&subnets).await?;
        let done = sending::each(&sender, &unsettled, async |number, subnet| {
            let days =
                |days: u32| progress.detail(format!("subnet {number} of {all}: {}", count(days as usize, "day")));
            settler.settle(subnet, days).await
        });
        let (lines, failure) = done.await?;
        progress.done(format!("went through {}", count(lines.len(), "subnet")));
        let has_problem = lines.iter().any(|line: &Line| line.problem.is_some());
        // A calculator asks the other programs: which of them fails only the chain says.
        let inactive = if has_problem {
            callable::require(&connection, &connection.network.contracts()).await.err()
        } else {
            None
        };
        anyhow::Ok((lines, failure, inactive, sender.unsigned()))
    })?;
    args.sending.print(&report::settled(&lines), &report::settled_json(&lines, args.sending.dry_run), &unsigned)?;
    if let Some(failure) = failure {
        bail!(failure);
    }
    match lines.iter().filter(|line| line.problem.is_some()).count() {
        0 => Ok(()),
        undone => {
            let why = inactive.map_or_else(|| "see above".into(), |error| words::of(&error));
            bail!("{} not settled to the last final day: {why}", count(undone, "subnet"))
        }
    }
}
