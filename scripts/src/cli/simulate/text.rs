//! Simulations for people.

use alloy::primitives::U256;
use mrc53_console::show::{grouped, grouped_mor, named_day, new_table, percent};
use mrc53_simulation::runs::{GENERATOR, Group, Plan, Run, quantiles};
use mrc53_simulation::stake_side;

use super::simulation::Simulation;

/// Subnets of a single run, or a line for each of several, or what lies between those at random.
pub(super) fn of(simulation: &Simulation) -> String {
    match (&simulation.plan, simulation.runs.as_slice()) {
        (Plan::Random(random), runs) => {
            let (count, seed) = (runs.len(), random.seed);
            format!("{} runs at random, {GENERATOR} from seed {seed}\n\n{}", grouped(&count.to_string()), between(runs))
        }
        (_, [run]) => single(run),
        (_, runs) => several(runs),
    }
}

fn single(run: &Run) -> String {
    let header = ["subnets", "number", "session-hours", "stake, MOR", "by usage", "by stake", "paid, MOR", "of all"];
    let mut table = new_table(1, &header);
    for Group { name, number, earned } in run.groups() {
        // A stake that is held all the time.
        let stake = earned.stake_seconds / u128::from(run.days) / 86_400;
        let days = |days: u32| format!("{days} d");
        table.add_row([
            name,
            number.to_string(),
            grouped(&(earned.seconds / 3_600).to_string()),
            mor(stake),
            days(earned.usage_days),
            days(earned.stake_days),
            mor(earned.paid),
            percent(earned.paid, run.emitted),
        ]);
    }
    let last = &run.last;
    let (end, rate) = (named_day(last.day.0), stake_side::percent(last.apr()));
    format!(
        "{table}\n\npaid    {} MOR of {}, {} in {} days\nunpaid  {} MOR: they stay in the Compute pool\nrate    {rate:.2} % a year for stake on {end}, before fees",
        mor(run.paid),
        mor(run.emitted),
        percent(run.paid, run.emitted),
        run.days,
        mor(run.emitted - run.paid),
    )
}

fn several(runs: &[Run]) -> String {
    let groups = runs.first().map(Run::groups).unwrap_or_default();
    let names: Vec<String> = groups.into_iter().map(|group| group.name).collect();
    let mut header = vec!["run", "paid, MOR", "unpaid, MOR", "paid", "rate"];
    header.extend(names.iter().map(String::as_str));
    let mut table = new_table(1, &header);
    for run in runs {
        let mut row = vec![
            label(run),
            mor(run.paid),
            mor(run.emitted - run.paid),
            percent(run.paid, run.emitted),
            format!("{:.2} %", stake_side::percent(run.last.apr())),
        ];
        row.extend(run.groups().into_iter().map(|group| mor(group.earned.paid)));
        table.add_row(row);
    }
    format!("{table}\n\nRight of the rate of stake on the last day: what each kind of subnet was paid, MOR.")
}

fn between(runs: &[Run]) -> String {
    let mut table = new_table(1, &["MOR paid to", "5 %", "half", "95 %"]);
    let mut row = |name: &str, values: Vec<u128>| {
        let all = quantiles(values);
        table.add_row([name.to_owned(), mor(all.five), mor(all.half), mor(all.ninety_five)]);
    };
    row("all", runs.iter().map(|run| run.paid).collect());
    let groups: Vec<Vec<Group>> = runs.iter().map(Run::groups).collect();
    for (number, group) in groups.first().into_iter().flatten().enumerate() {
        let paid = groups.iter().filter_map(|groups| groups.get(number).map(|group| group.earned.paid));
        row(&group.name, paid.collect());
    }
    format!("{table}\n\nSo many per cent of the runs paid that or less.")
}

/// What a run was run with.
pub(super) fn label(run: &Run) -> String {
    if run.with.is_empty() {
        return "as it is".into();
    }
    run.with.iter().map(|(path, value)| format!("{path} {value}")).collect::<Vec<_>>().join(", ")
}

fn mor(wei: u128) -> String {
    grouped_mor(U256::from(wei))
}
