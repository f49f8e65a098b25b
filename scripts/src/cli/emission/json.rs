//! The emission for machines: amounts in MOR wei as decimal strings, days as their numbers, times in Unix seconds.

use mrc53_books::stake_side::{self, StakeDay};
use mrc53_maths::compute::LAST_DAY;
use serde_json::{Value, json};

use super::said::Emission;

/// As `docs/json/emission.schema.json` has it.
pub(super) fn of(emission: &Emission) -> Value {
    let wei = |wei: u128| wei.to_string();
    let pools: Vec<Value> = emission
        .pools
        .iter()
        .map(|pool| {
            json!({
                "pool": pool.name(),
                "percent": pool.percent(),
                "emitted_wei": wei(pool.emitted(emission.from, emission.to)),
                "emitted_until_then_wei": wei(pool.emitted_by_end_of(emission.last())),
                "emitted_afterwards_wei": wei(pool.emitted(emission.to, LAST_DAY.next())),
            })
        })
        .collect();
    let clocks: Vec<Value> = emission
        .clocks()
        .iter()
        .map(|reading| {
            let [from, to] = reading.window;
            let (clock, number) = (reading.clock.name(), reading.number);
            json!({ "clock": clock, "number": number, "from": from, "to": to, "emitted_wei": wei(reading.wei) })
        })
        .collect();
    let end = StakeDay::of(emission.last(), 0);
    let mut stake = json!({
        "day": emission.last().0,
        "full_payout_stake_wei": wei(end.full_payout_stake),
        "apr_percent": stake_side::percent(end.apr),
    });
    if let Some(total) = emission.total_stake {
        let [paid, _] = stake_side::paid(emission.from, emission.to, total);
        stake["total_stake_wei"] = wei(total).into();
        stake["paid_wei"] = wei(paid).into();
        stake["apr_of_total_percent"] = stake_side::percent(StakeDay::of(emission.last(), total).apr).into();
    }
    json!({ "from_day": emission.from.0, "to_day": emission.to.0, "pools": pools, "clocks": clocks, "stake_side": stake })
}
