//! Attacks for people.

use alloy::primitives::U256;
use mrc53_console::show::{grouped, grouped_mor, named_day, trimmed};
use mrc53_maths::compute;
use mrc53_simulation::attack::row::{Kind, Row};

use super::priced::Priced;
use super::said::UNVERIFIED;
use super::tables;

/// What is assumed, what a session costs, a chapter for each kind, and what is open.
pub(super) fn of(priced: &Priced) -> String {
    let mut parts = vec![headline(priced), sessions(priced)];
    for kind in &priced.assumed.kinds {
        let rows: Vec<&Row> = priced.rows.iter().filter(|row| row.kind == *kind).collect();
        if let Some(first) = rows.first() {
            parts.push(chapter(priced, first, &rows));
        }
    }
    let open = UNVERIFIED.map(|line| format!("- {line}")).join("\n");
    parts.push(format!("Assumed, left out, or not verified:\n{open}"));
    parts.join("\n\n")
}

fn headline(priced: &Priced) -> String {
    let market = &priced.assumed.terms.market;
    let (from, days) = (named_day(market.from.0), market.to.0 - market.from.0);
    let hosted = priced.rows.first().map_or(0, |row| row.honest_seconds);
    let emitted = mor(compute::emission_of_days(market.from, market.to));
    format!(
        "what attacks cost and take in {days} days from {from}\n\n{} honest subnets host {} session-seconds a day, and stake in proportion to that, each at least {} MOR, from which a subnet's day counts; Compute emits {emitted} MOR",
        market.agents.len(),
        grouped(&hosted.to_string()),
        mor(market.min_subnet_stake),
    )
}

fn sessions(priced: &Priced) -> String {
    let price = trimmed(U256::from(priced.assumed.terms.marketplace.price_wei));
    format!(
        "one session that is always open, at {price} MOR a second, in all that time: what its consumer must have, and locks\n\n{}",
        tables::always_open(priced)
    )
}

fn chapter(priced: &Priced, first: &Row, rows: &[&Row]) -> String {
    let share = tables::share(first);
    match first.kind {
        Kind::SelfHosting => format!(
            "self-hosting: sessions with oneself, on the stake with which all of them are paid\n\n{}\n\n{}{}",
            tables::cost(rows),
            tables::taken(rows, priced.assumed.gas_price),
            short_of_stake(rows),
        ),
        Kind::Dilution => format!(
            "dilution: the same sessions, on the least stake that counts\n\n{}\n\n{}\n\n{}",
            tables::cost(rows),
            tables::taken(rows, priced.assumed.gas_price),
            per_mor(rows),
        ),
        Kind::StakeTiming => format!(
            "stake timing: {share} of usage for one day, with {} MOR that come late, where honest subnets stake {} MOR\n\n{}",
            mor(first.stake),
            mor(first.honest_stake),
            tables::timing(rows),
        ),
        Kind::Splitting => format!(
            "splitting: {share} of usage and {} MOR in one subnet or several, where honest subnets stake {} MOR\n\n{}",
            mor(first.stake),
            mor(first.honest_stake),
            tables::splitting(rows),
        ),
    }
}

/// The worst of them, by MOR staked.
fn per_mor(rows: &[&Row]) -> String {
    let Some(row) = rows.iter().max_by_key(|row| row.lost_per_staked_mor()) else { return String::new() };
    format!(
        "each MOR of a diluter's stake takes up to {} MOR a day from honest subnets, and is paid {}",
        tables::fine(row.lost_per_staked_mor()),
        tables::fine(row.paid_per_staked_mor())
    )
}

fn short_of_stake(rows: &[&Row]) -> String {
    let Some(row) = rows.iter().find(|row| row.is_short_of_stake()) else { return String::new() };
    let needed =
        row.needed_stake.map_or_else(|| "no stake is enough".into(), |wei| format!("{} MOR", grouped_mor(wei)));
    let (share, honest) = (tables::share(row), mor(row.honest_stake));
    format!("\n\n* all MOR that honest subnets leave: for {share} beside {honest} MOR it takes {needed}")
}

fn mor(wei: u128) -> String {
    grouped_mor(U256::from(wei))
}
