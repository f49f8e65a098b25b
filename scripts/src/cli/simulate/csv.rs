//! Simulations for spreadsheets and data tools: wei as text, for most of these make floating point of bare wei, and MOR
//! with 18 decimals beside it.

use alloy::primitives::U256;
use alloy::primitives::utils::format_ether;
use mrc53_simulation::runs::Group;

use super::simulation::Simulation;
use super::text;

const HEADER: &str =
    "run,with,subnets,number,seconds,sessions,usage_days,stake_days,paid_wei,paid_mor,operator_wei,operator_mor";

/// A line for each run and kind of subnet.
pub(super) fn of(simulation: &Simulation) -> String {
    let mut lines = vec![HEADER.to_owned()];
    for (run, number) in simulation.runs.iter().zip(1..) {
        for Group { name, number: subnets, earned } in run.groups() {
            let with = quoted(&text::label(run));
            let (seconds, sessions) = (earned.seconds, earned.sessions);
            let (usage, stake) = (earned.usage_days, earned.stake_days);
            let (paid, operator) = (amount(earned.paid), amount(earned.operator));
            let name = quoted(&name);
            lines.push(format!(
                "{number},{with},{name},{subnets},{seconds},{sessions},{usage},{stake},{paid},{operator}"
            ));
        }
    }
    lines.join("\n")
}

fn amount(wei: u128) -> String {
    format!("\"{wei}\",{}", format_ether(U256::from(wei)))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
