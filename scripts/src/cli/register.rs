//! `cargo mrc53 register`: a compute subnet registered by its operator.

use alloy::primitives::Address;
use anyhow::Result;
use clap::Args;

use super::staking::{self, StakingArgs};
use crate::staking::act::Act;
use crate::staking::fee::{self, Fee};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 register --subnet 0x… --receiver 0x… --fee 20% --dry-run
  cargo mrc53 register --network arbitrum-sepolia --keystore subnet.json --subnet 0x… --receiver 0x… --fee 20%

A subnet registers itself; where it is a contract, its owner() does, too. Once, and for good: afterwards the fee can only
fall. Sessions count for it on days on which it holds the minimum stake.
Exit codes: 0 done, 1 not done or refused for now (run it again), 2 never without another input.")]
pub(super) struct RegisterArgs {
    /// Who is paid the operator's part of rewards.
    #[arg(long, value_name = "ADDRESS")]
    receiver: Address,
    /// The operator's part of rewards with its percent sign, as `20%` or `12.5%`; the rest is the stakers'.
    #[arg(long, value_name = "PERCENT", value_parser = fee::read, allow_negative_numbers = true)]
    fee: Fee,
    /// Take a fee above 0 and below 0.01 % for what is meant.
    #[arg(long)]
    yes_tiny_fee: bool,
    #[command(flatten)]
    staking: StakingArgs,
}

pub(super) fn run(args: &RegisterArgs) -> Result<()> {
    staking::run(Act::Register { receiver: args.receiver, fee: args.fee }, args.yes_tiny_fee, &args.staking)
}
