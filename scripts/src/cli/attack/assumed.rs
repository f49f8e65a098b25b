//! What an attack is priced with, read from the command line.

use alloy::primitives::U256;
use anyhow::Result;
use mrc53_books::market::demand::Demand;
use mrc53_books::stake_side::stakeable;
use mrc53_console::amounts::ONE_MOR;
use mrc53_console::failure::BadInput;
use mrc53_console::show::trimmed;
use mrc53_maths::compute;
use mrc53_simulation::attack::gas::Suite;
use mrc53_simulation::attack::row::Kind;
use mrc53_simulation::attack::share::Share;
use mrc53_simulation::attack::terms::Terms;

use super::args::AttackArgs;
use crate::cli::span::{range_of_emission, today};

/// What honest subnets are assumed to stake where nobody says, MOR wei, as the presets have it.
const USUAL_STAKE_WEI: u128 = 1_000_000 * ONE_MOR;

/// Attacks that are asked for, and what they are priced with.
pub(super) struct Assumed {
    pub(super) terms: Terms,
    pub(super) kinds: Vec<Kind>,
    /// Rising.
    pub(super) shares: Vec<Share>,
    /// MOR wei of all honest subnets, one after the other.
    pub(super) honest_stakes: Vec<u128>,
    /// Subnets that splitting makes of one.
    pub(super) parts: Vec<u64>,
    /// MOR wei for a million gas.
    pub(super) gas_price: Option<u128>,
}

pub(super) fn read(args: &AttackArgs) -> Result<Assumed> {
    let from = args.at.unwrap_or_else(today);
    let (from, to) = range_of_emission(from, from.saturating_add(args.days))?;
    let mut terms = Terms::usual(Suite::measured()?, [from, to])?;
    if let Demand::Constant { sessions, seconds_each } = &mut terms.market.demand {
        *sessions = args.sessions.unwrap_or(*sessions);
        *seconds_each = args.seconds_each.unwrap_or(*seconds_each);
    }
    if let Some(wei) = args.min_stake {
        terms.market.min_subnet_stake = mor("--min-stake", wei)?;
    }
    if let Some(wei) = args.price {
        terms.marketplace.price_wei = mor("--price", wei)?;
    }
    if terms.marketplace.price_wei == 0 {
        return Err(BadInput::new("--price 0: a second costs at least a wei").into());
    }
    terms.marketplace.claimed_wei = mor("--claimed", args.claimed)?;
    terms.session_seconds = args.session_seconds;
    (terms.gas.open, terms.gas.close) = (args.open_gas, args.close_gas);
    let mut honest_stakes = Vec::new();
    for wei in &args.honest_stakes {
        honest_stakes.push(mor("--honest-stake", *wei)?);
    }
    if honest_stakes.is_empty() {
        honest_stakes = vec![USUAL_STAKE_WEI, compute::emitted_by_end_of(terms.last())];
    }
    let mut shares = args.shares.clone();
    shares.sort_unstable();
    shares.dedup();
    Ok(Assumed {
        terms,
        kinds: args.kind.0.clone(),
        shares,
        honest_stakes,
        parts: args.parts.clone(),
        gas_price: args.gas_price.map(|wei| mor("--gas-price", wei)).transpose()?,
    })
}

/// MOR wei of a flag, if there can be so much.
fn mor(flag: &str, wei: U256) -> Result<u128, BadInput> {
    stakeable(wei).ok_or_else(|| BadInput::new(format!("{flag}: {} MOR is more than there can be", trimmed(wei))))
}
