//! What somebody has to look at: one line each, with what to do where there is something.

use std::collections::BTreeMap;

use alloy::primitives::U256;

use super::backlog::Backlog;
use super::hook::Hook;
use super::page::Page;
use super::reader::{Gap, Reading};
use crate::programs::life::{Activation, Life};
use crate::programs::table::state;
use crate::show::{date, mor};

/// Days before its end from which a program is a problem.
const EXPIRES_SOON_DAYS: u64 = 31;

/// Everything on `page` that is not as it should be, and what was not answered.
#[must_use]
pub fn of(page: &Page, gaps: &[Gap]) -> Vec<String> {
    let mut problems = Vec::new();
    problems.extend(page.programs.iter().filter_map(|program| of_program(program, page.timestamp)));
    problems.extend(page.programs.iter().filter(|program| !program.code_as_recorded).map(|program| {
        let Life { contract, address, code_hash, .. } = program;
        format!(
            "WRONG: {contract} at {address}: the code is not what the book says was deployed (code hash {code_hash})"
        )
    }));
    for pointer in page.wiring.iter().filter(|pointer| pointer.right == Some(false)) {
        let (value, expected) = (pointer.value.show(Clone::clone), pointer.expected.as_deref().unwrap_or_default());
        let behind = if pointer.changeable { ": if that is meant, cargo mrc53 deploy writes it down" } else { "" };
        problems
            .push(format!("WRONG: {}.{} is {value}, the book says {expected}{behind}", pointer.contract, pointer.view));
    }
    for term in page.calculators.known().map(Vec::as_slice).unwrap_or_default() {
        if !term.recorded {
            let (calculator, from) = (term.calculator, date(term.from_day.max(page.day)));
            problems
                .push(format!("WRONG: from {from} on {calculator} is the calculator, which the book does not know"));
        }
    }
    for input in page.inputs.iter().filter(|input| input.right == Some(false)) {
        problems.push(format!("WRONG: {} at {} is not what it has to be: {}", input.input, input.address, input.found));
    }
    problems.extend(page.hook.iter().flat_map(Hook::problems));
    let pauses = &page.pauses;
    for (what, paused) in [("staking", &pauses.staking), ("settling", &pauses.settling), ("claiming", &pauses.claiming)]
    {
        if paused.known() == Some(&true) {
            problems.push(format!("{what} is paused"));
        }
    }
    problems.extend(page.backlog.iter().filter_map(Backlog::problem));
    problems.extend(of_pool(page));
    problems.extend(of_gaps(gaps));
    for unread in [unread(&page.subnets), unread(&page.calculators), unread(&page.voided)].into_iter().flatten() {
        problems.push(format!("events could not be read (name subnets with --subnet): {unread}"));
    }
    problems
}

fn of_program(program: &Life, now: u64) -> Option<String> {
    let words = || format!("{} at {}: {}", program.contract, program.address, state(program.activation));
    match program.activation {
        Activation::Active { .. } if program.activation.days_left(now) >= EXPIRES_SOON_DAYS => None,
        Activation::NoCode => Some(words()),
        _ => Some(format!("{}: cargo mrc53 keepalive", words())),
    }
}

fn of_pool(page: &Page) -> Option<String> {
    let money = &page.money;
    let payable = money.pool_balance_wei.known()?.min(money.pool_allowance_wei.known()?);
    let owed = money.owed_wei.known()?;
    if payable < owed {
        let (payable, owed) = (mor(payable.0), mor(owed.0));
        return Some(format!("the Compute pool can pay {payable} of {owed} MOR that are owed"));
    }
    let is_dry = payable.0 == U256::ZERO || money.runway_days.known() == Some(&Some(0));
    is_dry.then(|| format!("the Compute pool can pay {} MOR: less than a day's emission", mor(payable.0)))
}

/// One line for each contract and reason.
fn of_gaps(gaps: &[Gap]) -> Vec<String> {
    let mut by_reason: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for gap in gaps {
        *by_reason.entry((gap.contract, &gap.error)).or_default() += 1;
    }
    let line = |((contract, error), count)| format!("{contract} did not answer {count} views: {error}");
    by_reason.into_iter().map(line).collect()
}

fn unread<T>(reading: &Reading<T>) -> Option<&str> {
    match reading {
        Reading::Known(_) => None,
        Reading::Unknown { error } => Some(error),
    }
}
