//! Simulations for machines: amounts in MOR wei and stake in MOR wei · seconds as decimal strings.

use mrc53_simulation::runs::{GENERATOR, Group, Plan};
use mrc53_simulation::stake_side;
use serde_json::{Value, json};

use super::simulation::Simulation;

/// As `docs/json/simulate.schema.json` has it.
pub(super) fn of(simulation: &Simulation) -> Value {
    let runs: Vec<Value> = simulation
        .runs
        .iter()
        .map(|run| {
            let with: Vec<Value> =
                run.with.iter().map(|(path, value)| json!({ "path": path, "value": value })).collect();
            json!({
                "with": with,
                "days": run.days,
                "last_day": run.last.day.0,
                "emitted_wei": run.emitted.to_string(),
                "paid_wei": run.paid.to_string(),
                "apr_percent": stake_side::percent(run.last.apr()),
                "subnets": run.groups().iter().map(subnets).collect::<Vec<_>>(),
            })
        })
        .collect();
    let random = match &simulation.plan {
        Plan::Random(random) => json!({ "generator": GENERATOR, "seed": random.seed }),
        _ => Value::Null,
    };
    json!({ "file": simulation.name, "random": random, "runs": runs })
}

fn subnets(group: &Group) -> Value {
    let Group { name, number, earned } = group;
    json!({
        "name": name,
        "number": number,
        "seconds": earned.seconds,
        "sessions": earned.sessions,
        "stake_seconds": earned.stake_seconds.to_string(),
        "usage_side_wei": earned.usage_side.to_string(),
        "stake_side_wei": earned.stake_side.to_string(),
        "paid_wei": earned.paid.to_string(),
        "operator_wei": earned.operator.to_string(),
        "usage_days": earned.usage_days,
        "stake_days": earned.stake_days,
    })
}
