//! Attacks for machines: amounts in MOR wei and stake in MOR wei · seconds as decimal strings.

use mrc53_simulation::attack::always_open::AlwaysOpen;
use mrc53_simulation::attack::place::Kept;
use mrc53_simulation::attack::row::{Case, Row};
use mrc53_simulation::attack::terms::sessions_at_once;
use serde_json::{Value, json};

use super::priced::Priced;
use super::said::UNVERIFIED;

/// As `docs/json/attack.schema.json` has it.
pub(super) fn of(priced: &Priced) -> Value {
    let (terms, gas_price) = (&priced.assumed.terms, priced.assumed.gas_price);
    let (market, marketplace) = (&terms.market, &terms.marketplace);
    json!({
        "from_day": market.from.0,
        "to_day": market.to.0,
        "honest_subnets": market.agents.len(),
        "min_subnet_stake_wei": market.min_subnet_stake.to_string(),
        "price_wei": marketplace.price_wei.to_string(),
        "claimed_wei": marketplace.claimed_wei.to_string(),
        "session_seconds": terms.session_seconds,
        "open_gas": terms.gas.open,
        "close_gas": terms.gas.close,
        "million_gas_wei": gas_price.map(|wei| wei.to_string()),
        "always_open": priced.always_open.iter().map(always_open).collect::<Vec<_>>(),
        "attacks": priced.rows.iter().map(|row| attack(row, gas_price)).collect::<Vec<_>>(),
        "unverified": UNVERIFIED,
    })
}

fn always_open(open: &AlwaysOpen) -> Value {
    let [off, on] = &open.kept;
    json!({
        "session_seconds": open.session_seconds,
        "sessions": off.sessions,
        "without_day_lock": kept(off),
        "with_day_lock": kept(on),
        "gas": open.gas,
    })
}

fn attack(row: &Row, gas_price: Option<u128>) -> Value {
    let [off, on] = &row.kept;
    let (staked_at, subnets) = match row.case {
        Case::Usage => (0, 1),
        Case::StakedAt(second) => (second, 1),
        Case::Subnets(subnets) => (0, subnets),
    };
    json!({
        "kind": row.kind.name(),
        "share_of_10000": row.share.parts(),
        "staked_at_second": staked_at,
        "subnets": subnets,
        "days": row.days,
        "honest_stake_wei": row.honest_stake.to_string(),
        "honest_seconds_a_day": row.honest_seconds,
        "honest_alone_wei": row.honest_alone.to_string(),
        "seconds_a_day": row.seconds,
        "sessions_at_once": sessions_at_once(row.seconds),
        "sessions": off.sessions,
        "needed_stake_wei": row.needed_stake.map(|wei| wei.to_string()),
        "stake_wei": row.stake.to_string(),
        "stake_wei_seconds": row.stake_seconds().to_string(),
        "lock_seconds": row.lock_seconds,
        "without_day_lock": kept(off),
        "with_day_lock": kept(on),
        "gas": row.gas,
        "counted_seconds": row.taken.attacker.seconds,
        "emitted_wei": row.taken.emitted.to_string(),
        "paid_wei": row.taken.attacker.paid.to_string(),
        "honest_paid_wei": row.taken.honest_paid.to_string(),
        "honest_lose_wei": row.taken.lost.to_string(),
        "honest_lose_a_day_per_staked_mor_wei": row.lost_per_staked_mor().to_string(),
        "paid_a_day_per_staked_mor_wei": row.paid_per_staked_mor().to_string(),
        "break_even_million_gas_wei": row.break_even().to_string(),
        "profit_wei": gas_price.map(|price| row.profit(price).to_string()),
    })
}

fn kept(kept: &Kept) -> Value {
    json!({ "consumer_stake_wei": kept.at_hand.to_string(), "consumer_wei_seconds": kept.wei_seconds.to_string() })
}
