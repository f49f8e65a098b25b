//! The report for people: what every subnet's day was worth and why, who was paid, and what it cost in gas.

use std::collections::BTreeMap;

use alloy::primitives::U256;
use comfy_table::Table;
use mrc53_console::show::{date, mor, new_table, percent, rounded};

use super::report::{EventResult, Report, SettledDay};

/// Seconds of a UTC day.
const DAY_SECONDS: u64 = 86_400;

/// All tables of `report`.
#[must_use]
pub fn table(report: &Report) -> String {
    let parts = [
        ("Settled days, MOR", days(report)),
        ("Paid and owed, MOR", accounts(report)),
        ("Against the emission, MOR", emission(report)),
        ("Refused events", refused(report)),
        ("Gas", gas(report)),
    ];
    let shown = parts.iter().filter(|(_, part)| part.row_count() > 0);
    shown.map(|(title, part)| format!("{title}\n{part}\n")).collect::<Vec<_>>().join("\n")
}

fn days(report: &Report) -> Table {
    let mut table = new_table(
        2,
        &["day", "subnet", "seconds", "share", "stake", "share", "emission", "binds", "payable", "operator", "stakers"],
    );
    for day in &report.days {
        let stake = U256::from(day.stake_seconds / u128::from(DAY_SECONDS));
        table.add_row([
            date(day.day),
            day.subnet.clone(),
            day.seconds.to_string(),
            percent(day.seconds.into(), day.total_seconds.into()),
            rounded(stake),
            percent(day.stake_seconds, day.total_stake_seconds),
            rounded(U256::from(day.emission)),
            day.binds.to_owned(),
            mor(day.payable),
            mor(day.payable - day.stakers_pot),
            mor(day.stakers_pot),
        ]);
    }
    table
}

fn accounts(report: &Report) -> Table {
    let mut table = new_table(2, &["account", "role", "paid", "still owed"]);
    let (paid, credited) = (&report.paid, &report.credited);
    let operators = paid.operators.iter().zip(&credited.operators).map(|pair| ("operator", pair));
    let stakers = paid.stakers.iter().zip(&credited.stakers).map(|pair| ("staker", pair));
    for (role, ((name, paid), (_, credited))) in operators.chain(stakers) {
        table.add_row([name.clone(), role.to_owned(), mor(*paid), mor(*credited - *paid)]);
    }
    if table.row_count() > 0 {
        let owed = credited.sum() - paid.sum();
        table.add_row(["Σ".to_owned(), String::new(), mor(paid.sum()), mor(owed)]);
    }
    table
}

/// Per day: what all settled subnets get together, of what was emitted.
fn emission(report: &Report) -> Table {
    let mut by_day: BTreeMap<u32, Vec<&SettledDay>> = BTreeMap::new();
    for day in &report.days {
        by_day.entry(day.day).or_default().push(day);
    }
    let mut table = new_table(1, &["day", "Σ payable", "emission", "paid out", "stays in the pool"]);
    let mut row = |name: String, payable: U256, emission: U256| {
        let stays = emission.saturating_sub(payable);
        table.add_row([
            name,
            mor(payable),
            mor(emission),
            percent(payable.saturating_to(), emission.saturating_to()),
            mor(stays),
        ]);
    };
    let (mut all_payable, mut all_emission) = (U256::ZERO, U256::ZERO);
    for (day, entries) in &by_day {
        let payable = entries.iter().map(|entry| entry.payable).sum();
        let emission = entries.iter().map(|entry| U256::from(entry.emission)).max().unwrap_or_default();
        row(date(*day), payable, emission);
        all_payable += payable;
        all_emission += emission;
    }
    if by_day.len() > 1 {
        row("Σ".to_owned(), all_payable, all_emission);
    }
    table
}

fn refused(report: &Report) -> Table {
    let mut table = new_table(3, &["event", "verb", "refused with"]);
    for event in &report.events {
        if let Some(error) = &event.error {
            table.add_row([event.index.to_string(), event.verb.to_owned(), error.clone()]);
        }
    }
    table
}

/// Least and most gas of each kind of call, the contracts out of the chain's cache of programs and in it.
fn gas(report: &Report) -> Table {
    let mut table = new_table(1, &["call", "times", "least", "most", "least, cached", "most, cached"]);
    for (contract, gas) in &report.deployments {
        let (name, gas) = (format!("deploy {contract}"), gas.to_string());
        table.add_row([name, "1".to_owned(), gas.clone(), gas, "-".to_owned(), "-".to_owned()]);
    }
    let mut verbs: Vec<(&str, Vec<&EventResult>)> = Vec::new();
    for event in report.events.iter().filter(|event| event.ok) {
        match verbs.iter_mut().find(|(verb, _)| *verb == event.verb) {
            Some((_, events)) => events.push(event),
            None => verbs.push((event.verb, vec![event])),
        }
    }
    for (verb, events) in verbs {
        let edge = |gas: Option<u64>| gas.map_or_else(|| "-".to_owned(), |gas| gas.to_string());
        let uncached = || events.iter().map(|event| event.gas);
        let cached = || events.iter().filter_map(|event| event.cached_gas);
        table.add_row([
            verb.to_owned(),
            events.len().to_string(),
            edge(uncached().min()),
            edge(uncached().max()),
            edge(cached().min()),
            edge(cached().max()),
        ]);
    }
    table
}
