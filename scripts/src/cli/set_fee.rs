//! `cargo mrc53 set-fee`: a subnet's fee lowered by its operator.

use anyhow::Result;
use clap::Args;
use mrc53_acts::staking::act::Act;

use super::staking::{self, FeeArgs, StakingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 set-fee --subnet 0x… --fee 15% --dry-run
  cargo mrc53 set-fee --network arbitrum-sepolia --keystore subnet.json --subnet 0x… --fee 15%

A fee only falls, and a lower one holds for every day that is not settled yet. A rise is refused before anything is sent.
Exit codes: 0 done, 1 not done or refused for now (run it again), 2 never without another input.")]
pub(super) struct SetFeeArgs {
    #[command(flatten)]
    fee: FeeArgs,
    #[command(flatten)]
    staking: StakingArgs,
}

pub(super) fn run(args: &SetFeeArgs) -> Result<()> {
    staking::run(Act::SetFee(args.fee.fee), args.fee.yes_tiny_fee, &args.staking)
}
