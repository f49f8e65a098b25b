//! `cargo mrc53 set-receiver`: who is paid a subnet's operator's part.

use alloy::primitives::Address;
use anyhow::Result;
use clap::Args;
use mrc53_acts::staking::act::Act;

use super::staking::{self, StakingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 set-receiver --subnet 0x… --receiver 0x… --dry-run
  cargo mrc53 set-receiver --network arbitrum-sepolia --keystore subnet.json --subnet 0x… --receiver 0x…

The receiver of the moment is paid, of days before too. A contract of the suite, the token and the Diamond are refused: they
keep for ever what they are paid.
Exit codes: 0 done, 1 not done or refused for now (run it again), 2 never without another input.")]
pub(super) struct SetReceiverArgs {
    /// Who is paid the operator's part of rewards from now on.
    #[arg(long, value_name = "ADDRESS")]
    receiver: Address,
    #[command(flatten)]
    staking: StakingArgs,
}

pub(super) fn run(args: &SetReceiverArgs) -> Result<()> {
    staking::run(Act::SetReceiver(args.receiver), false, &args.staking)
}
