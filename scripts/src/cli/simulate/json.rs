//! Simulations for machines: amounts in MOR wei and stake in MOR wei · seconds as decimal strings.

use mrc53_books::stake_side;
use mrc53_simulation::runs::{GENERATOR, Group, Measure, Plan, Span, Stress, Verdict};
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
                "subnets": run.groups.iter().map(subnets).collect::<Vec<_>>(),
                "spans": run.spans.iter().map(span).collect::<Vec<_>>(),
            })
        })
        .collect();
    let random = match &simulation.plan {
        Plan::Random(random) => json!({ "generator": GENERATOR, "seed": random.seed }),
        _ => Value::Null,
    };
    let stress = match &simulation.plan {
        Plan::Stress(tests) => simulation.verdicts(tests).iter().map(strain).collect(),
        _ => Value::Null,
    };
    json!({ "file": simulation.name, "title": simulation.title, "random": random, "runs": runs, "stress": stress })
}

fn span(span: &Span) -> Value {
    json!({
        "name": span.name,
        "from_day": span.from.0,
        "to_day": span.to.0,
        "emitted_wei": span.emission.to_string(),
        "paid_wei": span.paid.to_string(),
        "stake_seconds": span.stake_seconds.to_string(),
        "emitted_until_then_wei": span.last.emitted.to_string(),
        "apr_percent": stake_side::percent(span.last.apr()),
    })
}

fn strain((number, stress, verdicts): &(usize, &Stress, Vec<Verdict>)) -> Value {
    let bound = |verdict: &Verdict| {
        json!({
            "measure": if verdict.measure == Measure::Paid { "paid" } else { "kept" },
            "bound": if verdict.is_least { "at_least" } else { "at_most" },
            "bound_parts": verdict.bound,
            "paid_wei": verdict.paid.to_string(),
            "whole_wei": verdict.whole.to_string(),
            "holds": verdict.holds(),
        })
    };
    let bounds: Vec<Value> = verdicts.iter().map(bound).collect();
    json!({ "number": number, "title": stress.title, "of": stress.of, "bounds": bounds })
}

fn subnets(group: &Group) -> Value {
    let Group { name, number, earned, needed } = group;
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
        "lost_days": earned.lost_days,
        "needed_wei": needed.map(|wei| wei.to_string()),
    })
}
