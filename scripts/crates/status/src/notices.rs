//! What is announced and has not come yet: one line each. It is as somebody meant it, so nothing rings for it.

use mrc53_console::show::{date, mor};
use mrc53_suite::contract::Contract;

use super::hook::Hook;
use super::page::Page;
use super::pipeline;

/// Everything on `page` that is on its way.
#[must_use]
pub fn of(page: &Page) -> Vec<String> {
    let mut notices = Vec::new();
    let terms = page.calculators.known().map(Vec::as_slice).unwrap_or_default();
    for term in terms.iter().filter(|term| term.recorded && term.from_day > page.day) {
        let weight = term.weight.as_ref().map_or_else(String::new, |weight| format!(", by {weight}"));
        notices.push(format!("from {} on the calculator {} counts{weight}", date(term.from_day), term.calculator));
    }
    let newest =
        page.programs.iter().find(|program| program.newest && program.contract == Contract::RewardCalculator.package());
    let is_scheduled = |address| terms.iter().any(|term| term.calculator == address);
    if let Some(newest) = newest.filter(|newest| !terms.is_empty() && !is_scheduled(newest.address)) {
        notices.push(format!(
            "the calculator {} counts for no day yet: cargo mrc53 safe schedule-calculator",
            newest.address
        ));
    }
    notices.extend(page.hook.iter().flat_map(Hook::notices));
    notices.extend(page.pipeline.iter().flat_map(pipeline::notices));
    if let Some(Some(next)) = page.minimum_stake.scheduled.known() {
        notices.push(format!(
            "from {} on the minimum stake of a subnet is {} MOR",
            date(next.from_day),
            mor(next.amount_wei.0)
        ));
    }
    for owned in &page.owners {
        if let Some(Some(heir)) = owned.pending_owner.known() {
            notices.push(format!(
                "the ownership of {} is offered to {heir}, who takes it with cargo mrc53 safe accept-ownership",
                owned.contract
            ));
        }
    }
    notices
}
