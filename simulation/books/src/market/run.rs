//! The days of a market: everybody lives, then everybody is paid.

use mrc53_maths::{Day, SECONDS_PER_DAY, U256, apr, compute, required_stake, share_down};
use rayon::prelude::*;

use super::agent::{Agent, Staking};
use super::demand::Asking;
use super::subnet::{Earned, Known, Subnet, weight_of};
use super::{ALL_PARTS, Market};
use crate::shares::Shares;

/// Subnets that one thread takes at a time: below, sharing costs more than it saves.
const TOGETHER: usize = 512;

/// What a day came to, of all subnets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarketDay {
    /// The UTC day.
    pub day: Day,
    /// What is divided, MOR wei.
    pub emission: u128,
    /// `C` at its end, MOR wei.
    pub emitted: u128,
    /// `W`, in what the rule counts.
    pub total_weight: u64,
    /// `Σ`, MOR wei · s.
    pub total_stake_seconds: u128,
    /// What was paid, MOR wei; the rest stays in the pool.
    pub paid: u128,
}

impl MarketDay {
    /// The simple annual rate of stake where the stake side binds, `APR_PRECISION` being 100 %.
    #[must_use]
    pub fn apr(&self) -> u128 {
        apr(self.emission, self.emitted, self.total_stake_seconds)
    }
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// By agent, in their order.
    pub earned: Vec<Earned>,
    /// MOR wei that were divided.
    pub emitted: u128,
    /// MOR wei that were paid.
    pub paid: u128,
    /// Stake with which what an agent hosts on the last day counts and is paid in full, while all others stake as they do,
    /// MOR wei; none where no stake is enough. By agent.
    pub needed: Vec<Option<U256>>,
}

/// Runs `market`, and tells each day as it ends.
pub fn run(market: &Market, told: impl FnMut(&MarketDay) + Send) -> Outcome {
    // Among the threads that share the subnets of a day, so that a day for which one is enough wakes no other.
    rayon::scope(|_| live_through(market, told))
}

fn live_through(market: &Market, mut told: impl FnMut(&MarketDay)) -> Outcome {
    let shares = market.agents.iter().map(Agent::share).sum();
    let least_stake_seconds = (market.min_subnet_stake * u128::from(SECONDS_PER_DAY)).max(1);
    let mut subnets: Vec<Subnet<'_>> = market.agents.iter().map(Subnet::new).collect();
    // The rate costs more than a day of a small market.
    let is_followed = market.agents.iter().any(|agent| matches!(agent.staking, Staking::Follow { .. }));
    let mut asking = Asking::of(&market.demand, market.from);
    let (mut emitted, mut paid, mut last) = (0, 0, MarketDay::default());
    let mut rate = rate_before(market, market.from);
    for day in (market.from.0..market.to.0).map(Day) {
        let known = Known { day, asked: asking.on(day), shares, apr: rate, least_stake_seconds };
        last = pass(market, &known, &mut subnets);
        emitted += last.emission;
        paid += last.paid;
        rate = is_followed.then(|| last.apr());
        told(&last);
    }
    let needed = subnets.iter().map(|subnet| needed(market, &last, subnet)).collect();
    Outcome { earned: subnets.into_iter().map(|subnet| subnet.earned).collect(), emitted, paid, needed }
}

/// What a subnet's usage of the day that has `ended` needs.
fn needed(market: &Market, ended: &MarketDay, subnet: &Subnet<'_>) -> Option<U256> {
    let weight = weight_of(market, subnet.day.hosted);
    if weight == 0 {
        return Some(U256::ZERO);
    }
    let total = u128::from(ended.total_weight - subnet.day.weight) + u128::from(weight);
    let usage_side = share_down(ended.emission, weight.into(), total);
    let others = ended.total_stake_seconds - subnet.day.stake_seconds;
    let stake = required_stake(usage_side, ended.emission, ended.emitted, others)?;
    Some(stake.max(U256::from(market.min_subnet_stake)))
}

/// The rate of stake on the day before `first`, with none staked; none where nothing was emitted yet.
fn rate_before(market: &Market, first: Day) -> Option<u128> {
    let day = Day(first.0.checked_sub(1)?);
    let emitted = compute::emitted_by_end_of(day);
    (emitted > 0).then(|| apr(emission_of(market, day), emitted, 0))
}

/// What is divided on `day`, MOR wei.
fn emission_of(market: &Market, day: Day) -> u128 {
    compute::emission_of(day) * u128::from(market.emission_parts) / u128::from(ALL_PARTS)
}

/// One day.
fn pass(market: &Market, known: &Known, subnets: &mut [Subnet<'_>]) -> MarketDay {
    let live = |subnet: &mut Subnet<'_>| {
        subnet.live(market, known);
        (subnet.day.weight, subnet.day.stake_seconds)
    };
    let add = |one: (u64, u128), other: (u64, u128)| (one.0.saturating_add(other.0), one.1 + other.1);
    let (total_weight, total_stake_seconds) =
        subnets.par_iter_mut().with_min_len(TOGETHER).map(live).reduce(|| (0, 0), add);

    let day = known.day;
    let emission = emission_of(market, day);
    let emitted = compute::emitted_by_end_of(day);
    let by_usage = Shares::of(emission, total_weight.into());
    let by_stake = Shares::of(emission, (emitted * u128::from(SECONDS_PER_DAY)).max(total_stake_seconds));
    let earn = |subnet: &mut Subnet<'_>| {
        let usage_side = by_usage.share(subnet.day.weight.into());
        let stake_side = by_stake.share(subnet.day.stake_seconds);
        subnet.earn(day, usage_side, stake_side);
        usage_side.min(stake_side)
    };
    let paid = subnets.par_iter_mut().with_min_len(TOGETHER).map(earn).sum();
    MarketDay { day, emission, emitted, total_weight, total_stake_seconds, paid }
}
