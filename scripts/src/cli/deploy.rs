//! `cargo mrc53 deploy`: the suite onto a network, whatever of it stands there already.

use alloy::primitives::Address;
use anyhow::{Context, Result};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::days;
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_deploy::compare::Action;
use mrc53_deploy::followed::Followed;
use mrc53_deploy::goal::Wishes;
use mrc53_deploy::{Prepared, execute, report};
use mrc53_keeper::programs::callable;
use mrc53_node::follow;
use mrc53_node::keys::Signer;
use mrc53_node::profile::Network;
use mrc53_suite::contract::Contract;

use super::network::{KeyArgs, NetworkArgs, OtherNodesArgs};
use super::sending::{print_unsigned, say};
use super::toolchain::ToolchainArgs;

/// What comes after the options in `--help`.
const EXAMPLES: &str = "\
Examples:
  cargo mrc53 deploy --network local --dry-run      the plan and its cost on a running devnode
  cargo mrc53 deploy --network local                the suite onto it; again: nothing left to do
  cargo mrc53 deploy --network arbitrum-sepolia --keystore key.json
  cargo mrc53 deploy --network arbitrum-sepolia --unsigned-from 0x1234... > transactions.jsonl

With --unsigned-from, the plan is on standard error and every line of standard output a transaction with its gas limit;
with --dry-run too, standard output has the plan and no transaction.
Interrupted anywhere, run it again: it goes on. The book in deployments/<chain id>.json says what stands where, and
follows what owners have changed on the chain since: who owns the contracts, which account pays.
Exit codes: 0 done, 1 not done and may pass by itself (run it again), 2 never without another input.";

#[expect(clippy::struct_excessive_bools, reason = "flags that are independent but for what clap is told")]
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct DeployArgs {
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    others: OtherNodesArgs,
    #[command(flatten)]
    keys: KeyArgs,
    /// Owner of `StakeAlignment` and `RewardDistributor` where they are to be deployed [default: as they stand, else the
    /// book's, else the sender].
    #[arg(long, value_name = "ADDRESS")]
    owner: Option<Address>,
    /// The account that pays rewards where the distributor is to be deployed [default: as it stands, else the book's,
    /// else the owner].
    #[arg(long, value_name = "ADDRESS")]
    compute_pool: Option<Address>,
    /// The first UTC day that the distributor settles, as 2025-02-21 or 20140 (unix / 86400): within the emission, not before `StakeAlignment`
    /// stood, and settled by no earlier distributor but as voided [default: the book's, else the chain's today].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    first_day: Option<u32>,
    /// What addresses are derived with: another one makes a second suite, in a book of its own (`--deployments`).
    #[arg(long, value_name = "NAME")]
    salt: Option<String>,
    /// Take it that nothing of the suite stands there that the book does not know, where the node does not search for it.
    #[arg(long)]
    yes_none_stands: bool,
    /// Deploys this contract anew where the one in the book differs; may be repeated.
    #[arg(long, value_name = "CONTRACT")]
    replace: Vec<String>,
    /// Goes on with this contract where the one in the book differs; may be repeated.
    #[arg(long, value_name = "CONTRACT")]
    keep: Vec<String>,
    /// Take a minimum subnet stake below 1 MOR for what is meant.
    #[arg(long)]
    yes_below_one_mor: bool,
    /// Show the plan and its cost; send and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    toolchain: ToolchainArgs,
}

pub(super) fn run(args: DeployArgs) -> Result<()> {
    let workspace = Workspace::find()?;
    let network = Network::find(&args.network.network)?;
    let minimum_wei = network.settings.min_subnet_stake_wei;
    let unit = "min_subnet_stake_wei of the network file takes wei, not MOR";
    amounts::require_a_mor(minimum_wei, args.yes_below_one_mor, unit)?;
    let signer = args.keys.signer(&network)?;
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    runtime.block_on(deploy(&workspace, args, &signer))
}

async fn deploy(workspace: &Workspace, args: DeployArgs, signer: &Signer) -> Result<()> {
    let mut connection = args.network.and(&args.others).connect_to_deploy(Some(signer)).await?;
    let programs = mrc53_wasm::build(workspace, args.toolchain.source(), &connection.network.contracts())?;
    mrc53_wasm::check_sizes(&programs)?;
    let wishes = Wishes {
        salt: args.salt,
        owner: args.owner,
        compute_pool: args.compute_pool,
        first_day: args.first_day,
        none_stands: args.yes_none_stands,
        replace: args.replace,
        keep: args.keep,
    };
    let prepared = mrc53_deploy::prepare(&mut connection, &programs, signer.address(), &wishes).await?;
    let Prepared { goal, plan, is_restarted } = prepared;
    if is_restarted {
        eprintln!("the chain at {} has been started anew: so is its book", connection.url);
    }
    let is_unsigned = matches!(signer, Signer::Unsigned(_));
    let before = connection.book.clone();
    let followed = Followed::of(&before, &goal, &connection);
    let json = |outcomes| report::json(&connection, signer, &goal, &plan, outcomes, &followed);
    let shown = if args.json {
        format!("{:#}", json(None))
    } else {
        report::plan(&connection, signer, &goal, &plan) + &followed.diff(!args.dry_run)?
    };
    if args.dry_run {
        say(&shown)?;
    } else if is_unsigned || !args.json {
        // Standard output is for the transactions, or for what has become of them.
        eprintln!("{shown}");
    }
    plan.require_feasible(signer.address())?;
    let stays = plan.steps.iter().filter(|step| matches!(step.action, Action::Done | Action::Kept));
    callable::require(
        &connection,
        &stays.filter_map(|step| Contract::of_package(&step.piece.contract)).collect::<Vec<_>>(),
    )
    .await?;
    if args.dry_run {
        return Ok(());
    }
    let progress = Progress::start(format!("deploying to {}", connection.network.name));
    let outcomes = execute::carry_out(&mut connection, workspace, signer, &goal, &plan, &progress).await?;
    // What was found without a book may have been handed over since it was constructed.
    let later = follow::follow(&mut connection).await?;
    for change in &later {
        progress.line(format!("the book follows the chain: {change}"));
    }
    if is_unsigned {
        let unsigned: Vec<_> = outcomes.into_iter().filter_map(|outcome| outcome.unsigned).collect();
        print_unsigned(&unsigned)?;
        progress.done(if plan.sends() {
            "written down: sign and send them in this order, then run the same command again to complete the book"
        } else {
            "nothing to sign: everything stands"
        });
        return Ok(());
    }
    progress.done("everything stands, and answers what it was constructed with");
    if args.json {
        let followed = followed.and(later);
        say(&format!("{:#}", report::json(&connection, signer, &goal, &plan, Some(&outcomes), &followed)))?;
    } else {
        say(&report::table(&plan, &outcomes))?;
    }
    Ok(())
}
