//! Attacks as `attack` prices them, with what it assumes where nobody says.

use anyhow::Result;
use mrc53_maths::{Day, compute};
use mrc53_simulation::attack::gas::Suite;
use mrc53_simulation::attack::row::{Kind, Row};
use mrc53_simulation::attack::share::Share;
use mrc53_simulation::attack::terms::Terms;
use mrc53_simulation::attack::usurping;

use super::presets::FIRST_DAY;

const DAYS: u32 = 30;
/// Of 10,000.
const SHARES: [u64; 3] = [1_000, 5_000, 9_000];

/// Taking 10, 50 and 90 % of usage, where honest subnets stake `stake` MOR wei.
pub(super) fn price(kind: Kind, stake: u128) -> Result<Vec<Row>> {
    let terms = Terms::usual(Suite::measured()?, [FIRST_DAY, Day(FIRST_DAY.0 + DAYS)])?;
    let honest = terms.honest(stake)?;
    let rows = SHARES.into_iter().filter_map(Share::of).map(|share| usurping::price(&terms, &honest, kind, share));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The stake with which all is paid on every day of the attack, MOR wei.
pub(super) fn full_stake() -> u128 {
    compute::emitted_by_end_of(Day(FIRST_DAY.0 + DAYS - 1))
}
