//! `cargo mrc53 stake`: MOR staked toward a subnet.

use alloy::primitives::U256;
use anyhow::Result;
use clap::Args;
use mrc53_acts::staking::act::Act;
use mrc53_console::amounts;

use super::staking::{self, StakingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 stake --subnet 0x… --mor 120000 --dry-run
  cargo mrc53 stake --network arbitrum-sepolia --keystore staker.json --subnet 0x… --mor 120000
  cargo mrc53 stake --network arbitrum-sepolia --unsigned-from 0x… --subnet 0x… --mor 120000 > transactions.jsonl

StakeAlignment is allowed exactly the amount first, where less is allowed. A deposit locks all of the account's stake toward
the subnet anew, for the contract's lock; the date is said before anything is sent.
Exit codes: 0 done, 1 not done or refused for now (run it again), 2 never without another input.")]
pub(super) struct StakeArgs {
    /// How much, in MOR, as `120000` or `0.5`.
    #[arg(long, value_name = "MOR", value_parser = amounts::mor, allow_negative_numbers = true)]
    mor: U256,
    /// Take an amount below 1 MOR for what is meant.
    #[arg(long)]
    yes_below_one_mor: bool,
    #[command(flatten)]
    staking: StakingArgs,
}

pub(super) fn run(args: &StakeArgs) -> Result<()> {
    staking::run(Act::Stake(args.mor), args.yes_below_one_mor, &args.staking)
}
