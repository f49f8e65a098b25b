//! What somebody has to look at: one line each, with what to do where there is something.

use std::collections::BTreeMap;

use alloy::primitives::U256;
use mrc53_console::show::{count, date, moment, mor};
use mrc53_keeper::programs::life::{Activation, Life};
use mrc53_keeper::programs::table::state;
use mrc53_keeper::recording::outlook::{Ending, Lost, Outlook};

use super::backlog::Backlog;
use super::hook::Hook;
use super::money::DUST_WEI;
use super::page::Page;
use super::pipeline;
use super::reader::{Gap, Reading};

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
    problems.extend(page.losses.iter().flat_map(of_losses));
    problems.extend(page.pipeline.iter().flat_map(|pipeline| pipeline::problems(pipeline, page.timestamp)));
    problems.extend(page.backlog.iter().filter_map(Backlog::problem));
    problems.extend(of_pool(page));
    problems.extend(of_gaps(gaps));
    for unread in [unread(&page.subnets), unread(&page.calculators), unread(&page.voided)].into_iter().flatten() {
        problems.push(format!("events could not be read (name subnets with --subnet): {unread}"));
    }
    problems
}

/// What was not recorded in time, or soon will not have been.
fn of_losses(losses: &Reading<Outlook>) -> Vec<String> {
    let outlook = match losses {
        Reading::Known(outlook) => outlook,
        Reading::Unknown { error } => return vec![format!("whether sessions are recorded could not be read: {error}")],
    };
    let amount = |seconds: u64, sessions: usize| format!("{seconds} s of {}", count(sessions, "session"));
    let ending = outlook.ending.iter().map(|Ending { subnet, seconds, sessions, lost_at }| {
        let (amount, lost_at) = (amount(*seconds, *sessions), moment(*lost_at));
        format!("{subnet}: {amount} not booked, and lost from {lost_at} on: cargo mrc53 record --subnet {subnet}")
    });
    let lost = outlook.lost.iter().map(|Lost { subnet, seconds, sessions }| {
        let amount = amount(*seconds, *sessions);
        format!(
            "{subnet}: {amount} LOST: not booked before their days became final; to have it reported, and what is left \
             booked: cargo mrc53 record --subnet {subnet}"
        )
    });
    let hours = outlook.within_seconds / 3_600;
    let dropped = outlook.dropped.iter().map(|Lost { subnet, seconds, sessions }| {
        let (amount, hours) = (amount(*seconds, *sessions), count(usize::try_from(hours).unwrap_or(usize::MAX), "hour"));
        format!(
            "{subnet}: {amount} LOST: dropped within the last {hours}; is a keeper running? cargo mrc53 record --all-open"
        )
    });
    ending.chain(lost).chain(dropped).collect()
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
    if owed.0 >= payable.0.saturating_add(U256::from(DUST_WEI)) {
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
    let line = |((contract, error), views)| format!("{contract} did not answer {}: {error}", count(views, "view"));
    by_reason.into_iter().map(line).collect()
}

fn unread<T>(reading: &Reading<T>) -> Option<&str> {
    match reading {
        Reading::Known(_) => None,
        Reading::Unknown { error } => Some(error),
    }
}
