//! How long a market takes: `cargo run --manifest-path scripts/Cargo.toml -p mrc53-books --example speed`, with the
//! number of subnets behind it (10,000 unless given), for every day of the emission. With `--json` behind that, the market
//! and what it came to, for models that are held beside it (`tests/benchmarks/simulator-and-radcad.py`).

use std::time::Instant;

use mrc53_books::market::agent::Agent;
use mrc53_books::market::demand::Demand;
use mrc53_books::market::run::run;
use mrc53_books::market::{ALL_PARTS, Market};
use mrc53_maths::Weight;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use serde_json::{Value, json};

const MOR: u128 = 1_000_000_000_000_000_000;
const SESSIONS: u64 = 1_000_000;
const SECONDS_EACH: u64 = 300;

fn main() {
    let mut words = std::env::args().skip(1);
    let number: u32 = words.next().map_or(10_000, |number| number.parse().expect("a number of subnets"));
    let is_json = words.next().is_some_and(|word| word == "--json");
    let (from, to) = (LAUNCH_DAY, LAST_DAY.next());
    let share = |subnet: u32| u64::from(subnet % 13 + 1);
    let stake = |subnet: u32| u128::from(subnet % 97 + 1) * 100 * MOR;
    let market = Market {
        from,
        to,
        weight: Weight::Seconds,
        min_subnet_stake: MOR,
        lock_seconds: 604_800,
        grace_days: 3,
        recorded_after_days: 0,
        emission_parts: ALL_PARTS,
        demand: Demand::Constant { sessions: SESSIONS, seconds_each: SECONDS_EACH },
        agents: (0..number)
            .map(|subnet| Agent::honest(&subnet.to_string(), share(subnet), stake(subnet), from))
            .collect(),
    };
    let (started, mut days) = (Instant::now(), 0_u32);
    let outcome = run(&market, |_| days += 1);
    let seconds = started.elapsed().as_secs_f64();
    assert_eq!(days, to.0 - from.0);
    assert!(outcome.paid <= outcome.emitted);
    if !is_json {
        println!("{number} subnets, {days} days: {seconds:.3} s, {} MOR wei paid of {}", outcome.paid, outcome.emitted);
        return;
    }
    let subnets: Vec<Value> = (0..number)
        .zip(&outcome.earned)
        .map(|(subnet, earned)| {
            json!({
                "share": share(subnet),
                "stake_wei": stake(subnet).to_string(),
                "paid_wei": earned.paid.to_string(),
                "usage_side_wei": earned.usage_side.to_string(),
                "stake_side_wei": earned.stake_side.to_string(),
                "stake_wei_seconds": earned.stake_seconds.to_string(),
                "seconds": earned.seconds,
                "sessions": earned.sessions,
                "usage_days": earned.usage_days,
                "stake_days": earned.stake_days,
            })
        })
        .collect();
    let said = json!({
        "from_day": from.0,
        "to_day": to.0,
        "min_subnet_stake_wei": market.min_subnet_stake.to_string(),
        "sessions": SESSIONS,
        "seconds_each": SECONDS_EACH,
        "emitted_wei": outcome.emitted.to_string(),
        "paid_wei": outcome.paid.to_string(),
        "run_seconds": seconds,
        "subnets": subnets,
    });
    println!("{said}");
}
