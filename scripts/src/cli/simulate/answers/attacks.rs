//! Attacks as `attack` prices them, with what it assumes where nobody says.

use anyhow::Result;
use mrc53_maths::{Day, compute};
use mrc53_simulation::attack::gas::{CLOSE, Gas, OPEN, Suite};
use mrc53_simulation::attack::marketplace::{LEAST_PRICE_WEI, Marketplace};
use mrc53_simulation::attack::row::{Kind, Row};
use mrc53_simulation::attack::share::Share;
use mrc53_simulation::attack::terms::{Terms, market_of_the_presets};
use mrc53_simulation::attack::usurping;

/// The first day of the presets, 2026-11-27.
const FROM: Day = Day(20_784);
const DAYS: u32 = 30;
const SESSION_SECONDS: u64 = 1_800;
/// Of 10,000.
const SHARES: [u64; 3] = [1_000, 5_000, 9_000];

/// Taking 10, 50 and 90 % of usage, where honest subnets stake `stake` MOR wei.
pub(super) fn price(kind: Kind, stake: u128) -> Result<Vec<Row>> {
    let mut market = market_of_the_presets()?;
    (market.from, market.to) = (FROM, Day(FROM.0 + DAYS));
    let marketplace = Marketplace { price_wei: LEAST_PRICE_WEI, claimed_wei: 0 };
    let gas = Gas { open: OPEN, close: CLOSE, suite: Suite::measured()? };
    let terms = Terms { market, marketplace, session_seconds: SESSION_SECONDS, gas };
    let honest = terms.honest(stake)?;
    let rows = SHARES.into_iter().filter_map(Share::of).map(|share| usurping::price(&terms, &honest, kind, share));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The stake with which all is paid on every day of the attack, MOR wei.
pub(super) fn full_stake() -> u128 {
    compute::emitted_by_end_of(Day(FROM.0 + DAYS - 1))
}
