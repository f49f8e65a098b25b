//! What the owner of `StakeAlignment` may do: stop new stakes, and announce another minimum.

use alloy::dyn_abi::DynSolValue;
use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_abi::StakeAlignment;
use mrc53_console::amounts::ONE_MOR;
use mrc53_console::failure::BadInput;
use mrc53_console::show::named_day;
use mrc53_node::connection::Connection;
use mrc53_suite::contract::Contract;

use crate::safe::call::Call;
use crate::safe::plan::{Plan, mor, today};

/// Full days between the announcement of a minimum and the first day it is in force, as the contract has it.
const NOTICE_DAYS: u32 = 7;

fn contract(connection: &Connection) -> Result<Address> {
    Ok(connection.book.address(Contract::StakeAlignment)?)
}

/// The call of the contract's function called `name`.
fn call(at: Address, name: &str, values: Vec<DynSolValue>) -> Result<Call> {
    Call::of(at, StakeAlignment::abi::functions(), name, values)
}

pub(super) async fn pause(connection: &Connection, pause: bool) -> Result<Plan> {
    let (at, reader) = (contract(connection)?, connection.reader());
    let from = reader.view(at, StakeAlignment::ownerCall {}).await?;
    if reader.view(at, StakeAlignment::stakingPausedCall {}).await? == pause {
        let state = if pause { "paused already" } else { "not paused" };
        return Err(BadInput::new(format!("staking at {at} is {state}: nothing to do")).into());
    }
    let (name, function, summary) = if pause {
        (
            "pause-staking",
            "pauseStaking",
            "No new stake is taken from now on. What is staked keeps counting, rewards go on, and everybody can \
             withdraw as before: withdrawing never pauses.",
        )
    } else {
        ("unpause-staking", "unpauseStaking", "New stakes are taken again. Nothing else changes.")
    };
    let calls = vec![call(at, function, Vec::new())?];
    Ok(Plan { name: name.into(), summary: summary.into(), from, calls })
}

pub(super) async fn min_stake(connection: &Connection, amount: U256) -> Result<Plan> {
    let (at, reader) = (contract(connection)?, connection.reader());
    let from = reader.view(at, StakeAlignment::ownerCall {}).await?;
    let in_force = reader.view(at, StakeAlignment::minSubnetStakeCall {}).await?;
    let pending = reader.view(at, StakeAlignment::scheduledMinSubnetStakeCall {}).await?;
    let is_pending = pending.fromDay != 0;
    if (is_pending && pending.amount == amount) || (!is_pending && in_force == amount) {
        let when = if is_pending { "announced already" } else { "in force already" };
        return Err(BadInput::new(format!("a minimum of {} is {when}: nothing to do", mor(amount))).into());
    }
    let today = today(connection).await?;
    let begins = named_day(today + 1 + NOTICE_DAYS);
    let dropped = if is_pending {
        let day = named_day(pending.fromDay);
        format!(" The {} that were to be in force from day {day} on are dropped.", mor(pending.amount))
    } else {
        String::new()
    };
    let effect = if amount.is_zero() {
        "From then on a day counts for any subnet with stake, however little it is."
    } else if amount > in_force {
        "From then on a day counts only for subnets that hold it; days before keep their own minimum."
    } else {
        "From then on a day counts for subnets that hold it; days before keep their own minimum."
    };
    let is_small = !amount.is_zero() && amount < U256::from(ONE_MOR);
    let small = if is_small { " That is less than one MOR." } else { "" };
    let summary = format!(
        "The minimum subnet stake goes from {} to {}, in force from day {begins} on if it is executed today.{small} \
         {effect}{dropped}",
        mor(in_force),
        mor(amount)
    );
    let function = "setMinSubnetStake";
    let calls = vec![call(at, function, vec![DynSolValue::Uint(amount, 256)])?];
    Ok(Plan { name: "min-stake".into(), summary, from, calls })
}
