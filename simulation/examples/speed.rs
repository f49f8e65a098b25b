//! How long a market takes: `cargo run --manifest-path scripts/Cargo.toml -p mrc53-simulation --example speed`, with the
//! number of subnets behind it (10,000 unless given), for every day of the emission.

use std::time::Instant;

use mrc53_maths::Weight;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use mrc53_simulation::market::agent::Agent;
use mrc53_simulation::market::demand::Demand;
use mrc53_simulation::market::run::run;
use mrc53_simulation::market::{ALL_PARTS, Market};

const MOR: u128 = 1_000_000_000_000_000_000;

fn main() {
    let number: u32 = std::env::args().nth(1).map_or(10_000, |number| number.parse().expect("a number of subnets"));
    let (from, to) = (LAUNCH_DAY, LAST_DAY.next());
    let stake = |subnet: u32| u128::from(subnet % 97 + 1) * 100 * MOR;
    let agent = |subnet: u32| Agent::honest(&subnet.to_string(), u64::from(subnet % 13 + 1), stake(subnet), from);
    let market = Market {
        from,
        to,
        weight: Weight::Seconds,
        min_subnet_stake: MOR,
        lock_seconds: 604_800,
        grace_days: 3,
        recorded_after_days: 0,
        emission_parts: ALL_PARTS,
        demand: Demand::Constant { sessions: 1_000_000, seconds_each: 300 },
        agents: (0..number).map(agent).collect(),
    };
    let (started, mut days) = (Instant::now(), 0_u32);
    let outcome = run(&market, |_| days += 1);
    let seconds = started.elapsed().as_secs_f64();
    println!("{number} subnets, {days} days: {seconds:.3} s, {} MOR wei paid of {}", outcome.paid, outcome.emitted);
    assert_eq!(days, to.0 - from.0);
    assert!(outcome.paid <= outcome.emitted);
}
