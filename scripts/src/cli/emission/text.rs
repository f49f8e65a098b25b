//! The emission for people.

use alloy::primitives::U256;
use mrc53_books::pools::Pool;
use mrc53_books::stake_side::{self, StakeDay};
use mrc53_console::show::{date, grouped, grouped_mor, moment, named_day, new_table, trimmed};
use mrc53_maths::compute::LAST_DAY;

use super::said::Emission;

/// Tables of the pools and clocks, and the stake side where Compute is among the pools.
pub(super) fn of(emission: &Emission) -> String {
    let mut parts = vec![headline(emission), pools(emission)];
    if !emission.clocks().is_empty() {
        parts.push(format!("{}\n\nMRC-53 divides what Compute emits in the UTC day.", clocks(emission)));
    }
    if emission.pools.contains(&Pool::Compute) {
        parts.push(stake_side(emission));
    }
    parts.join("\n\n")
}

fn headline(emission: &Emission) -> String {
    let (first, end) = (named_day(emission.from.0), named_day(emission.to.0));
    match emission.to.0 - emission.from.0 {
        1 => format!("emission of day {first}, MOR"),
        days => format!("emission of {days} days, from {first} to the beginning of {end}, MOR"),
    }
}

fn pools(emission: &Emission) -> String {
    let mut table = new_table(1, &["pool", "of all", "in that time", "until its end", "after it"]);
    let after = |pool: &Pool| pool.emitted(emission.to, LAST_DAY.next());
    let mut row = |name: &str, pools: &[Pool]| {
        let percent: u32 = pools.iter().map(|pool| u32::from(pool.percent())).sum();
        let in_time = pools.iter().map(|pool| pool.emitted(emission.from, emission.to)).sum();
        let until = pools.iter().map(|pool| pool.emitted_by_end_of(emission.last())).sum();
        let after = pools.iter().map(after).sum();
        table.add_row([name.into(), format!("{percent} %"), mor(in_time), mor(until), mor(after)]);
    };
    for pool in &emission.pools {
        row(pool.name(), &[*pool]);
    }
    if emission.pools.len() > 1 {
        row("together", &emission.pools);
    }
    table.to_string()
}

fn clocks(emission: &Emission) -> String {
    let mut table = new_table(3, &["clock", "its number", "window", "MOR"]);
    for reading in emission.clocks() {
        let number = reading.number.map_or_else(|| "-".into(), |number| number.to_string());
        let [from, to] = reading.window.map(moment);
        table.add_row([reading.clock.name().into(), number, format!("{from} to {to}"), mor(reading.wei)]);
    }
    table.to_string()
}

fn stake_side(emission: &Emission) -> String {
    let end = StakeDay::of(emission.last(), 0);
    let (full, rate) = (mor(end.full_payout_stake), stake_side::percent(end.apr));
    let mut lines = vec![
        format!("stake side of Compute on {}, where usage does not bind:", date(emission.last().0)),
        format!("all is paid from {full} MOR staked on: what Compute has emitted by the end of the day"),
        format!("up to there stake earns {rate:.2} % a year, simple and before the fee: 365 · E / C"),
    ];
    if let Some(stake) = emission.total_stake {
        let [paid, emitted] = stake_side::paid(emission.from, emission.to, stake);
        let rate = stake_side::percent(StakeDay::of(emission.last(), stake).apr);
        let stake = grouped(&trimmed(U256::from(stake)));
        lines.push(format!(
            "{stake} MOR staked all the time is paid {} of {}, and earns {rate:.2} % a year on the last day",
            mor(paid),
            mor(emitted)
        ));
    }
    lines.join("\n")
}

/// MOR with two decimals, rounded down.
fn mor(wei: u128) -> String {
    grouped_mor(U256::from(wei))
}
