//! What the owner of `RewardDistributor` may do: schedule a calculator, void days, name another pool, pause.

use alloy::dyn_abi::DynSolValue;
use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_abi::RewardDistributor;
use mrc53_abi::{Erc20, RewardCalculator};
use mrc53_console::days::outside_emission;
use mrc53_console::failure::BadInput;
use mrc53_console::show::{count, named_day};
use mrc53_node::accounts;
use mrc53_node::connection::Connection;
use mrc53_node::diamond::funding_account;
use mrc53_node::schedule::{self, Entry};
use mrc53_suite::contract::Contract;

use crate::safe::call::Call;
use crate::safe::plan::{Pausable, Plan, mor, today};

/// Days between the one on which a calculator is scheduled and the first that it can count for, as the contract has it:
/// seven full days in which stakers can leave.
const CALCULATOR_NOTICE_DAYS: u32 = 8;
/// Voided days are looked up one by one up to this many.
const LOOKED_UP_DAYS: u32 = 31;

fn contract(connection: &Connection) -> Result<Address> {
    Ok(connection.book.address(Contract::RewardDistributor)?)
}

/// The call of the contract's function called `name`.
fn call(at: Address, name: &str, values: Vec<DynSolValue>) -> Result<Call> {
    Call::of(at, RewardDistributor::abi::functions(), name, values)
}

pub(super) async fn schedule(connection: &Connection, calculator: Address, from_day: u32) -> Result<Plan> {
    let (at, reader) = (contract(connection)?, connection.reader());
    let from = reader.view(at, RewardDistributor::ownerCall {}).await?;
    require_emission(from_day)?;
    check_calculator(connection, at, calculator, from_day).await?;
    let now = reader.view(at, RewardDistributor::calculatorOfCall { day: from_day }).await?;
    let entries = schedule::of(&connection.provider, at, connection.book.since_at(at)).await?;
    let dropped: Vec<Entry> = entries.into_iter().filter(|entry| entry.from_day >= from_day).collect();
    if now == calculator && dropped.iter().all(|entry| entry.calculator == calculator) {
        let day = named_day(from_day);
        return Err(BadInput::new(format!("{calculator} counts from day {day} on already: nothing to do")).into());
    }
    let today = today(connection).await?;
    let earliest = today + CALCULATOR_NOTICE_DAYS;
    if from_day < earliest {
        return Err(BadInput::new(format!(
            "day {} is too early: a calculator scheduled today counts from day {} on at the earliest",
            named_day(from_day),
            named_day(earliest)
        ))
        .into());
    }
    let dropped: Vec<String> = dropped.iter().map(named_entry).collect();
    let dropped = match dropped.as_slice() {
        [] => String::new(),
        some => format!(" What was scheduled from that day on is dropped: {}.", some.join(", ")),
    };
    let summary = format!(
        "{calculator} counts from day {} on, in the place of {now}. Days before are settled as before, whenever they \
         are settled.{dropped} It must be executed by the end of day {}; later the contract refuses it.",
        named_day(from_day),
        named_day(from_day - CALCULATOR_NOTICE_DAYS),
    );
    let values = vec![calculator.into(), DynSolValue::Uint(U256::from(from_day), 32)];
    let calls = vec![call(at, "scheduleCalculator", values)?];
    Ok(Plan { name: format!("schedule-calculator-{from_day}"), summary, from, calls })
}

/// `0x… from day 20140 (2025-02-21) on`.
fn named_entry(entry: &Entry) -> String {
    format!("{} from day {} on", entry.calculator, named_day(entry.from_day))
}

/// A calculator that would stop settling, or that counts for another suite, is refused.
async fn check_calculator(connection: &Connection, at: Address, calculator: Address, from_day: u32) -> Result<()> {
    let reader = connection.reader();
    let alignment = reader.view(calculator, RewardCalculator::alignmentCall {}).await?;
    reader.view(calculator, RewardCalculator::weightCall {}).await?;
    let ours = reader.view(at, RewardDistributor::alignmentCall {}).await?;
    if alignment != ours {
        return Err(BadInput::new(format!(
            "the calculator at {calculator} reads the stakes of {alignment}, the distributor those of {ours}"
        ))
        .into());
    }
    let recorder = reader.view(calculator, RewardCalculator::recorderCall {}).await?;
    let ours = connection.book.address(connection.network.counted_by())?;
    if recorder != ours {
        return Err(BadInput::new(format!(
            "the calculator at {calculator} reads the sessions of {recorder}, the suite's recorder is {ours}"
        ))
        .into());
    }
    // An empty range: what settling asks, of no day.
    let rewards = reader
        .view(calculator, RewardCalculator::rewardsCall { subnet: at, fromDay: from_day, toDay: from_day })
        .await?;
    if !rewards.is_empty() {
        let days = count(rewards.len(), "day");
        return Err(BadInput::new(format!("the calculator at {calculator} answers {days} of an empty range")).into());
    }
    Ok(())
}

/// Nothing is paid for a day on which nothing is emitted, whatever is done about it.
fn require_emission(day: u32) -> Result<(), BadInput> {
    let Some(words) = outside_emission(day) else { return Ok(()) };
    Err(BadInput::new(format!("day {} {words}: nothing is paid for it", named_day(day))))
}

pub(super) async fn void(connection: &Connection, from_day: u32, to_day: u32) -> Result<Plan> {
    if from_day >= to_day {
        return Err(BadInput::new(format!(
            "no day from {} up to, and without, {}: --to is the first day that is not voided",
            named_day(from_day),
            named_day(to_day)
        ))
        .into());
    }
    let (at, reader) = (contract(connection)?, connection.reader());
    let from = reader.view(at, RewardDistributor::ownerCall {}).await?;
    let first_day = reader.view(at, RewardDistributor::firstDayCall {}).await?;
    if from_day < first_day {
        return Err(BadInput::new(format!(
            "day {} comes before the distributor's first, {}: it settles no such day, so there is nothing to void before",
            named_day(from_day),
            named_day(first_day)
        ))
        .into());
    }
    require_emission(to_day - 1)?;
    if to_day - from_day <= LOOKED_UP_DAYS {
        let mut all_voided = true;
        for day in from_day..to_day {
            all_voided &= reader.view(at, RewardDistributor::isVoidedCall { day }).await?;
        }
        if all_voided {
            let (first, last) = (named_day(from_day), named_day(to_day - 1));
            return Err(BadInput::new(format!("all days from {first} to {last} are voided: nothing to do")).into());
        }
    }
    let running = today(connection).await?;
    let past = running.clamp(from_day, to_day) - from_day;
    let past = match past {
        0 => "Nothing of it is past".to_owned(),
        1 => "1 day of it is past".to_owned(),
        past => format!("{past} days of it are past"),
    };
    let days = match to_day - from_day {
        1 => format!("Day {} settles", named_day(from_day)),
        days => format!("The {days} days from {} to {} settle", named_day(from_day), named_day(to_day - 1)),
    };
    let summary = format!(
        "{days} at zero, for good: this cannot be taken back. {past}; subnets that have settled it keep what they got. \
         Nothing that is owed is touched. Today is day {}.",
        named_day(running),
    );
    let day = |day| DynSolValue::Uint(U256::from(day), 32);
    let function = "voidDays";
    let calls = vec![call(at, function, vec![day(from_day), day(to_day)])?];
    Ok(Plan { name: format!("void-days-{from_day}-{to_day}"), summary, from, calls })
}

pub(super) async fn set_pool(connection: &Connection, pool: Address) -> Result<Plan> {
    let (at, reader) = (contract(connection)?, connection.reader());
    let from = reader.view(at, RewardDistributor::ownerCall {}).await?;
    let old = reader.view(at, RewardDistributor::computePoolCall {}).await?;
    if pool == old {
        return Err(BadInput::new(format!("{pool} pays already: nothing to do")).into());
    }
    let at_token = reader.view(at, RewardDistributor::tokenCall {}).await?;
    check_pool(connection, pool, at_token).await?;
    let balance = reader.view(at_token, Erc20::balanceOfCall { account: pool }).await?;
    let allowance = reader.view(at_token, Erc20::allowanceCall { owner: pool, spender: at }).await?;
    let credited = reader.view(at, RewardDistributor::totalCreditedCall {}).await?;
    let paid = reader.view(at, RewardDistributor::totalPaidCall {}).await?;
    let spendable = balance.min(allowance);
    let missing = if spendable.is_zero() {
        format!(" It can pay nothing yet: it has to hold MOR and to approve {at}.")
    } else {
        String::new()
    };
    let summary = format!(
        "{pool} pays from now on, also the {} that are credited and unpaid, in the place of {old}. It holds {} \
         and allows the distributor {}.{missing} The old pool's allowance stays until it revokes it, unused.",
        mor(credited.saturating_sub(paid)),
        mor(balance),
        if allowance == U256::MAX { "any amount".into() } else { mor(allowance) },
    );
    let calls = vec![call(at, "setComputePool", vec![pool.into()])?];
    Ok(Plan { name: "set-pool".into(), summary, from, calls })
}

/// What can never approve the distributor is no pool. Session payments stop when the Diamond's funding account runs dry,
/// so rewards may not drain it either.
async fn check_pool(connection: &Connection, pool: Address, token: Address) -> Result<()> {
    let diamond = connection.book.inputs.diamond.as_ref().map(|input| input.address);
    if let Some(name) = accounts::cannot_act(connection, pool, Some(token), diamond, &[]).await? {
        return Err(BadInput::new(format!("{pool} is {name}, which can approve nobody: the pool is an account")).into());
    }
    let Some(diamond) = diamond else { return Ok(()) };
    if funding_account(connection.reader(), diamond).await? == Some(pool) {
        return Err(BadInput::new(format!(
            "{pool} is the funding account of the Diamond {diamond}: sessions could not be closed when rewards have \
             drained it; the Compute pool is an account of its own"
        ))
        .into());
    }
    Ok(())
}

pub(super) async fn pause(connection: &Connection, what: Pausable, pause: bool) -> Result<Plan> {
    let (at, reader) = (contract(connection)?, connection.reader());
    let from = reader.view(at, RewardDistributor::ownerCall {}).await?;
    let is_settling = what == Pausable::Settling;
    let is_paused = if is_settling {
        reader.view(at, RewardDistributor::settlingPausedCall {}).await?
    } else {
        reader.view(at, RewardDistributor::claimingPausedCall {}).await?
    };
    let name = what.name();
    if is_paused == pause {
        let state = if pause { "paused already" } else { "not paused" };
        return Err(BadInput::new(format!("{name} at {at} is {state}: nothing to do")).into());
    }
    let summary = match (is_settling, pause) {
        (true, true) => {
            "No day is settled from now on. No day is lost: recording goes on, and every final day can be settled \
             later. What is owed can still be claimed."
        }
        (true, false) => "Days are settled again, those of the pause included.",
        (false, true) => "Nobody is paid from now on. What is owed stays owed, and days are still settled.",
        (false, false) => "Everybody can claim what is owed again.",
    };
    let function = if is_settling { "setSettlingPaused" } else { "setClaimingPaused" };
    let calls = vec![call(at, function, vec![pause.into()])?];
    let verb = if pause { "pause" } else { "unpause" };
    Ok(Plan { name: format!("{verb}-{name}"), summary: summary.into(), from, calls })
}
