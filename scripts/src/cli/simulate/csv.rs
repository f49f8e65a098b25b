//! Simulations for spreadsheets and data tools.

use alloy::primitives::U256;
use mrc53_simulation::runs::Group;

use super::simulation::Simulation;
use super::text;
use crate::cli::csv::{amount, quoted};

const HEADER: &str = "run,with,subnets,number,seconds,sessions,usage_days,stake_days,lost_days,paid_wei,paid_mor,operator_wei,operator_mor";

/// A line for each run and kind of subnet.
pub(super) fn of(simulation: &Simulation) -> String {
    let mut lines = vec![HEADER.to_owned()];
    for (run, number) in simulation.runs.iter().zip(1..) {
        for Group { name, number: subnets, earned, .. } in &run.groups {
            let with = quoted(&text::label(run));
            let (seconds, sessions) = (earned.seconds, earned.sessions);
            let (usage, stake, lost) = (earned.usage_days, earned.stake_days, earned.lost_days);
            let (paid, operator) = (amount(U256::from(earned.paid)), amount(U256::from(earned.operator)));
            let name = quoted(name);
            lines.push(format!(
                "{number},{with},{name},{subnets},{seconds},{sessions},{usage},{stake},{lost},{paid},{operator}"
            ));
        }
    }
    lines.join("\n")
}
