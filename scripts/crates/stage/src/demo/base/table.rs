//! The way from Base for people: each kind of step with its chain, gas and delay.

use comfy_table::Table;
use mrc53_console::show::new_table;

use super::super::table as of_the_scenario;
use super::report::{BaseReport, Step};

/// All tables of `report`.
#[must_use]
pub fn table(report: &BaseReport) -> String {
    let stand_ins = report.stand_ins.join("\n- ");
    format!(
        "From Base to Arbitrum; delays from the end of the day with the sessions, by the chains' clock\n{}\n\
Days can be proven for {} days once a root covers them.\n\
Arbitrum's fee for data on Ethereum is in no figure.\n\
Stand-ins:\n- {stand_ins}\n\n{}",
        steps(&report.steps),
        report.window_days,
        of_the_scenario::table(&report.report),
    )
}

/// A line for each kind of step, in the order in which they first happened.
fn steps(steps: &[Step]) -> Table {
    let mut kinds: Vec<(&str, Vec<&Step>)> = Vec::new();
    for step in steps {
        match kinds.iter_mut().find(|(kind, _)| *kind == step.step) {
            Some((_, list)) => list.push(step),
            None => kinds.push((step.step, vec![step])),
        }
    }
    let header = ["step", "chain", "times", "least gas", "most gas", "least delay", "most delay"];
    let mut table = new_table(2, &header);
    for (kind, list) in kinds {
        let gas = || list.iter().map(|step| step.gas);
        let delays = || list.iter().filter_map(|step| step.delay_seconds);
        let shown = |gas: Option<u64>| gas.map_or_else(|| "-".to_owned(), |gas| gas.to_string());
        let delay = |seconds: Option<u64>| seconds.map_or_else(|| "-".to_owned(), days_and_hours);
        table.add_row([
            kind.to_owned(),
            list.first().map(|step| step.chain.to_string()).unwrap_or_default(),
            list.len().to_string(),
            shown(gas().min()),
            shown(gas().max()),
            delay(delays().min()),
            delay(delays().max()),
        ]);
    }
    table
}

/// `15 d 0.5 h`, rounded down to a tenth of an hour.
fn days_and_hours(seconds: u64) -> String {
    let tenths = seconds / 360;
    format!("{} d {}.{} h", tenths / 240, tenths % 240 / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use mrc53_suite::place::Place;

    use super::*;

    #[test]
    fn delays_are_shown_in_days_and_hours_rounded_down() {
        let shown = [0, 359, 360, 3_600, 86_399, 86_400, 86_400 * 15 + 1_800].map(days_and_hours);

        assert_eq!(
            shown,
            ["0 d 0.0 h", "0 d 0.0 h", "0 d 0.1 h", "0 d 1.0 h", "0 d 23.9 h", "1 d 0.0 h", "15 d 0.5 h"]
        );
    }

    #[test]
    fn steps_of_a_kind_share_a_line_with_the_least_and_the_most() {
        let step = |step, at, gas, day| Step::of(step, Place::Arbitrum, at, gas, day);
        let day = super::super::clock::DAY_SECONDS;

        let shown = steps(&[
            step("prove", day, 9, Some(0)),
            step("settle", 3 * day, 5, None),
            step("prove", 2 * day, 8, Some(0)),
        ]);

        let lines: Vec<String> = shown.to_string().lines().skip(2).map(|line| line.replace(' ', "")).collect();
        assert_eq!(lines, ["|prove|Arbitrum|2|8|9|0d0.0h|1d0.0h|", "|settle|Arbitrum|1|5|5|-|-|"]);
    }
}
