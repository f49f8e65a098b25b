//! What `register`, `set-receiver`, `set-fee`, `stake` and `withdraw` have alike: where, who signs, and how it is said.

use alloy::primitives::Address;
use anyhow::{Context, Result};
use clap::Args;
use mrc53_acts::staking::act::Act;
use mrc53_acts::staking::carry_out::carry_out;
use mrc53_acts::staking::fee::{self, Fee};
use mrc53_acts::staking::plan::{Plan, Wish};
use mrc53_acts::staking::report;
use mrc53_acts::staking::state::State;
use mrc53_keeper::programs::callable;
use mrc53_node::keys::Signer;
use mrc53_node::sender::Sender;
use mrc53_suite::contract::Contract;

use super::network::NetworkArgs;
use super::sending::SendingArgs;

/// Which subnet, on which chain, signed by whom.
#[derive(Args, Debug)]
pub(super) struct StakingArgs {
    /// The subnet: the address of its provider in the Diamond.
    #[arg(long, value_name = "ADDRESS")]
    subnet: Address,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

/// An operator's fee, which only falls.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct FeeArgs {
    /// The operator's part of rewards with its percent sign, as `20%` or `12.5%`; the rest is the stakers'.
    #[arg(long, value_name = "PERCENT", value_parser = fee::read, allow_negative_numbers = true)]
    pub(super) fee: Fee,
    /// Take a fee above 0 and below 0.01 % for what is meant.
    #[arg(long)]
    pub(super) yes_tiny_fee: bool,
}

/// Does `act`; what looks like a mistake of units only if it `is_meant`. What has to be known before is said before
/// anything is sent, on standard error.
pub(super) fn run(act: Act, is_meant: bool, args: &StakingArgs) -> Result<()> {
    let wish = Wish::new(args.subnet, act, is_meant)?;
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    runtime.block_on(async {
        let (signer, connection) = args.sending.connect(&args.network).await?;
        callable::require(&connection, &[Contract::StakeAlignment]).await?;
        let named = Some(signer.address()).filter(|address| !address.is_zero());
        let plan = Plan::new(&connection, named, wish).await?;
        plan.notes.iter().for_each(|note| eprintln!("note: {note}"));
        let signer = if named.is_some() { signer } else { Signer::Unsigned(plan.account) };
        let sender = Sender::new(&connection, signer, args.sending.dry_run);
        let (steps, failure) = carry_out(&sender, &plan).await?;
        // That the state cannot be read must not hide what was sent.
        let state = State::read(&connection, plan.alignment, args.subnet, plan.account).await;
        let known = state.as_ref().ok();
        let json = report::json(&plan, &steps, known);
        args.sending.print(&report::text(&steps, known), &json, &sender.unsigned())?;
        failure.map_or(Ok(()), Err)?;
        state.map(drop).context("how everything stands now cannot be read")
    })
}
