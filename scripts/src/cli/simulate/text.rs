//! Simulations for people.

use alloy::primitives::U256;
use mrc53_books::market::ALL_PARTS;
use mrc53_books::stake_side;
use mrc53_console::show::{bar, count, grouped, grouped_mor, named_day, new_table, percent, sparkline};
use mrc53_simulation::runs::{GENERATOR, Group, Histogram, Measure, Plan, Run, Span, Stress, by_year, quantiles};

use super::simulation::Simulation;

/// The most spans of a table: more are shown by year.
const MOST_SPANS: usize = 24;
/// Into how many equal parts runs at random are sorted.
const BINS: usize = 20;

/// Subnets of a single run, or a line for each of several, or what lies between those at random.
pub(super) fn of(simulation: &Simulation) -> String {
    match (&simulation.plan, simulation.runs.as_slice()) {
        (Plan::Random(random), runs) => {
            let (count, seed) = (runs.len(), random.seed);
            format!("{} runs at random, {GENERATOR} from seed {seed}\n\n{}", grouped(&count.to_string()), between(runs))
        }
        (Plan::Stress(tests), _) => strains(simulation, tests),
        (_, [run]) => single(run),
        (_, runs) => several(runs),
    }
}

fn single(run: &Run) -> String {
    let last = &run.last;
    let (end, rate) = (named_day(last.day.0), stake_side::percent(last.apr()));
    let sums = format!(
        "paid    {} MOR of {}, {} in {}\nunpaid  {} MOR: they stay in the Compute pool\nrate    {rate:.2} % a year for stake on {end}, before fees\n\nstake is the mean over the days, needed the stake with which what is hosted on the last day counts and is paid in full\nwhile all others stake as they do. by usage, by stake: days on which that side bound; lost: hosted, and not counted.",
        mor(run.paid),
        mor(run.emitted),
        percent(run.paid, run.emitted),
        count(run.days as usize, "day"),
        mor(run.emitted - run.paid),
    );
    let course = (run.spans.len() > 1).then(|| course(&run.spans));
    [Some(groups(run)), Some(sums), course].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn groups(run: &Run) -> String {
    let groups = &run.groups;
    let has_fees = groups.iter().any(|group| group.earned.operator > 0);
    let mut header = vec![
        "subnets",
        "number",
        "session-hours",
        "stake, MOR",
        "needed, MOR",
        "by usage",
        "by stake",
        "lost",
        "paid, MOR",
        "of all",
    ];
    header.extend(has_fees.then_some("to operators"));
    let mut table = new_table(1, &header);
    for Group { name, number, earned, needed } in groups {
        // A stake that is held all the time.
        let stake = earned.stake_seconds / u128::from(run.days) / 86_400;
        let days = |days: u32| format!("{} d", grouped(&days.to_string()));
        let mut row = vec![
            name.clone(),
            number.to_string(),
            grouped(&(earned.seconds / 3_600).to_string()),
            mor(stake),
            needed.map_or_else(
                || "none is enough".into(),
                |wei| if wei.is_zero() { "-".into() } else { grouped_mor(wei) },
            ),
            days(earned.usage_days),
            days(earned.stake_days),
            days(earned.lost_days),
            mor(earned.paid),
            percent(earned.paid, run.emitted),
        ];
        row.extend(has_fees.then(|| mor(earned.operator)));
        table.add_row(row);
    }
    table.to_string()
}

/// What came of it in the course of time: by year where it is longer than two years.
fn course(spans: &[Span]) -> String {
    let spans = if spans.len() > MOST_SPANS { by_year(spans) } else { spans.to_vec() };
    let header = ["in", "paid", "divided, MOR", "paid, MOR", "of it", "stake, MOR", "emitted so far", "last rate"];
    let mut table = new_table(2, &header);
    for span in spans {
        table.add_row([
            span.name.clone(),
            bar(span.paid, span.emission),
            mor(span.emission),
            mor(span.paid),
            percent(span.paid, span.emission),
            mor(span.mean_stake()),
            mor(span.last.emitted),
            format!("{:.2} %", stake_side::percent(span.last.apr())),
        ]);
    }
    table.to_string()
}

fn several(runs: &[Run]) -> String {
    let mut header = vec!["run", "paid", "paid, MOR", "unpaid, MOR", "of all", "last rate"];
    header.extend(runs.iter().take(1).flat_map(|run| &run.groups).map(|group| group.name.as_str()));
    let mut table = new_table(2, &header);
    for run in runs {
        let mut row = vec![
            label(run),
            bar(run.paid, run.emitted),
            mor(run.paid),
            mor(run.emitted - run.paid),
            percent(run.paid, run.emitted),
            format!("{:.2} %", stake_side::percent(run.last.apr())),
        ];
        row.extend(run.groups.iter().map(|group| mor(group.earned.paid)));
        table.add_row(row);
    }
    let fees = runs.iter().map(|run| run.groups.iter().map(|group| group.earned.operator).sum());
    let fees: Vec<u128> = fees.collect();
    let to_operators = if fees.iter().any(|fee| *fee > 0) {
        format!(" Of it to operators, run by run: {}.", fees.iter().map(|fee| mor(*fee)).collect::<Vec<_>>().join("; "))
    } else {
        String::new()
    };
    format!(
        "{table}\n\nlast rate: what stake earns a year where it binds, on the last day. Right of it: paid to each kind of subnet, MOR.{to_operators}"
    )
}

fn between(runs: &[Run]) -> String {
    let mut table = new_table(2, &["MOR paid to", "least to most", "least", "5 %", "half", "95 %", "most"]);
    let mut row = |name: &str, values: Vec<u128>| {
        let (all, bins) = (quantiles(values.clone()), Histogram::of(&values, BINS));
        let amounts = [bins.least, all.five, all.half, all.ninety_five, bins.most].map(mor);
        table.add_row([name.to_owned(), sparkline(&bins.counts)].into_iter().chain(amounts));
    };
    row("all", runs.iter().map(|run| run.paid).collect());
    for (number, group) in runs.iter().take(1).flat_map(|run| &run.groups).enumerate() {
        let paid = runs.iter().filter_map(|run| run.groups.get(number).map(|group| group.earned.paid));
        row(&group.name, paid.collect());
    }
    format!("{table}\n\nSo many per cent of the runs paid that or less.")
}

/// Every strain with what must hold, what came of it, and whether it does.
fn strains(simulation: &Simulation, tests: &[Stress]) -> String {
    let mut table = new_table(2, &["no.", "what happens, and what must hold", "of", "measured", "bound", ""]);
    for (number, stress, verdicts) in simulation.verdicts(tests) {
        for (verdict, row) in verdicts.iter().zip(0..) {
            let [number, title, of] = match row {
                0 => [number.to_string(), stress.title.clone(), stress.of.clone().unwrap_or_else(|| "all".into())],
                _ => Default::default(),
            };
            let what = if verdict.measure == Measure::Paid { "paid" } else { "kept" };
            let (word, bound) = (if verdict.is_least { "at least" } else { "at most" }, verdict.bound);
            table.add_row([
                number,
                title,
                of,
                format!("{what} {}", percent(verdict.paid, verdict.whole)),
                format!("{word} {}", percent(bound.into(), ALL_PARTS.into())),
                if verdict.holds() { "holds" } else { "FAILS" }.into(),
            ]);
        }
    }
    format!("{table}\n\npaid: of all that is divided; kept: of what the file pays without the strain.")
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
