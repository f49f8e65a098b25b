//! Simulations as one page that opens without a network: the JSON of `--json`, and a script that draws it.

use anyhow::Result;

use super::json;
use super::simulation::Simulation;

const PAGE: &str = include_str!("page.html");
/// Where in the page the simulation stands.
const PLACE: &str = "{{simulation}}";

pub(super) fn of(simulation: &Simulation) -> Result<String> {
    // In a script nothing is escaped, so that nothing in it may end it.
    let data = serde_json::to_string(&json::of(simulation))?.replace('<', "\\u003c");
    Ok(PAGE.trim_end().replace(PLACE, &data))
}
