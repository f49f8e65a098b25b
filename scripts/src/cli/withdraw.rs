//! `cargo mrc53 withdraw`: stake taken back.

use alloy::primitives::U256;
use anyhow::Result;
use clap::{ArgGroup, Args};
use mrc53_acts::staking::act::Act;
use mrc53_console::amounts;

use super::staking::{self, StakingArgs};

#[derive(Args, Debug)]
#[command(group(ArgGroup::new("how_much").required(true).args(["mor", "all"])))]
#[command(after_help = "\
Examples:
  cargo mrc53 withdraw --subnet 0x… --all --dry-run
  cargo mrc53 withdraw --network arbitrum-sepolia --keystore staker.json --subnet 0x… --mor 20000

Nobody can stop a withdrawal, and nothing but the lock delays it: until when is said before anything is sent.
Exit codes: 0 done, 1 not done or refused for now, as by the lock (run it again), 2 never without another input.")]
pub(super) struct WithdrawArgs {
    /// How much, in MOR, as `120000` or `0.5`.
    #[arg(long, value_name = "MOR", value_parser = amounts::mor, allow_negative_numbers = true)]
    mor: Option<U256>,
    /// All that the account has staked toward the subnet.
    #[arg(long)]
    all: bool,
    /// Take an amount below 1 MOR for what is meant.
    #[arg(long, conflicts_with = "all")]
    yes_below_one_mor: bool,
    #[command(flatten)]
    staking: StakingArgs,
}

pub(super) fn run(args: &WithdrawArgs) -> Result<()> {
    // One of the two is given, as the group says: no amount is all.
    staking::run(Act::Withdraw(args.mor), args.yes_below_one_mor, &args.staking)
}
