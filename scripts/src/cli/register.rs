//! `cargo mrc53 register`: a compute subnet registered by its operator.

use alloy::primitives::Address;
use anyhow::Result;
use clap::Args;
use mrc53_acts::staking::act::Act;

use super::staking::{self, FeeArgs, StakingArgs};

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
    #[command(flatten)]
    fee: FeeArgs,
    #[command(flatten)]
    staking: StakingArgs,
}

pub(super) fn run(args: &RegisterArgs) -> Result<()> {
    staking::run(Act::Register { receiver: args.receiver, fee: args.fee.fee }, args.fee.yes_tiny_fee, &args.staking)
}
