//! What the owner of `RewardDistributor` may do: schedule a calculator, void days, name another pool, pause.

use alloy::dyn_abi::DynSolValue;
use alloy::primitives::{Address, U256};
use alloy::providers::DynProvider;
use alloy::sol;
use alloy::sol_types::SolError;
use anyhow::{Context, Result};

use super::{Pausable, Plan, ask, mor, named_day, today};
use crate::chain::abi::RewardDistributor::{self, IRewardDistributorInstance};
use crate::chain::abi::{Erc20, RewardCalculator};
use crate::chain::client::revert_data;
use crate::failure::BadInput;
use crate::network::connection::Connection;
use crate::safe::call::Call;

/// Voided days are looked up one by one up to this many.
const LOOKED_UP_DAYS: u32 = 31;

sol! {
    #[sol(rpc)]
    interface SessionPayments {
        function getFundingAccount() external view returns (address);
    }
}

fn contract(connection: &Connection) -> Result<IRewardDistributorInstance<&DynProvider>> {
    Ok(RewardDistributor::new(connection.book.address("reward-distributor")?, &connection.provider))
}

/// The call of the contract's function called `name`.
fn call(at: Address, name: &str, values: Vec<DynSolValue>) -> Result<Call> {
    Call::of(at, RewardDistributor::abi::functions(), name, values)
}

pub(super) async fn schedule(connection: &Connection, calculator: Address, from_day: u32) -> Result<Plan> {
    let contract = contract(connection)?;
    let at = *contract.address();
    let from = ask("owner()", at, contract.owner().call().into_future()).await?;
    check_calculator(connection, &contract, calculator).await?;
    let now = ask("calculatorOf()", at, contract.calculatorOf(from_day).call().into_future()).await?;
    let last = ask("calculatorOf()", at, contract.calculatorOf(u32::MAX).call().into_future()).await?;
    if now == calculator && last == calculator {
        let day = named_day(from_day);
        return Err(BadInput::new(format!("{calculator} counts from day {day} on already: nothing to do")).into());
    }
    let earliest = earliest_day(&contract, from).await?;
    if from_day < earliest {
        return Err(BadInput::new(format!(
            "day {} is too early: a calculator scheduled today counts from day {} on at the earliest",
            named_day(from_day),
            named_day(earliest)
        ))
        .into());
    }
    let today = today(connection).await?;
    let dropped = if last == now {
        String::new()
    } else {
        format!(" Whatever was scheduled from that day or later is dropped ({last} would count in the end).")
    };
    let summary = format!(
        "{calculator} counts from day {} on, in the place of {now}. Days before are settled as before, whenever they \
         are settled.{dropped} It must be executed by the end of day {}; later the contract refuses it.",
        named_day(from_day),
        named_day(from_day - earliest.saturating_sub(today)),
    );
    let values = vec![calculator.into(), DynSolValue::Uint(U256::from(from_day), 32)];
    let calls = vec![call(at, "scheduleCalculator", values)?];
    Ok(Plan { name: format!("schedule-calculator-{from_day}"), summary, from, calls })
}

/// A calculator that would stop settling, or that reads other stakes, is refused.
async fn check_calculator(
    connection: &Connection,
    contract: &IRewardDistributorInstance<&DynProvider>,
    calculator: Address,
) -> Result<()> {
    let reads = RewardCalculator::new(calculator, &connection.provider);
    let stakes = ask("alignment()", calculator, reads.alignment().call().into_future()).await?;
    ask("weight()", calculator, reads.weight().call().into_future()).await?;
    let ours = ask("alignment()", *contract.address(), contract.alignment().call().into_future()).await?;
    if stakes != ours {
        return Err(BadInput::new(format!(
            "the calculator at {calculator} reads the stakes of {stakes}, the distributor those of {ours}"
        ))
        .into());
    }
    Ok(())
}

/// The earliest day that the contract would take now: what it says when it is asked for day 0.
async fn earliest_day(contract: &IRewardDistributorInstance<&DynProvider>, from: Address) -> Result<u32> {
    let asked = contract.scheduleCalculator(Address::with_last_byte(1), 0).from(from).call().await;
    let data = match asked {
        Ok(_) => return Ok(0),
        Err(alloy::contract::Error::TransportError(error)) => revert_data(&error).with_context(|| error.to_string())?,
        Err(error) => return Err(error.into()),
    };
    let refusal = RewardDistributor::NoticeTooShort::abi_decode(&data);
    let at = contract.address();
    Ok(refusal.map_err(|_| BadInput::new(format!("{at} does not say from when on a calculator can count")))?.earliest)
}

pub(super) async fn void(connection: &Connection, from_day: u32, to_day: u32) -> Result<Plan> {
    if from_day >= to_day {
        return Err(BadInput::new(format!(
            "no day in [{from_day}, {to_day}): --to is the first day that is not voided"
        ))
        .into());
    }
    let contract = contract(connection)?;
    let at = *contract.address();
    let from = ask("owner()", at, contract.owner().call().into_future()).await?;
    if to_day - from_day <= LOOKED_UP_DAYS {
        let mut all_voided = true;
        for day in from_day..to_day {
            all_voided &= ask("isVoided()", at, contract.isVoided(day).call().into_future()).await?;
        }
        if all_voided {
            return Err(BadInput::new(format!("all days of [{from_day}, {to_day}) are voided: nothing to do")).into());
        }
    }
    let running = today(connection).await?;
    let past = running.clamp(from_day, to_day) - from_day;
    let summary = format!(
        "The {} days from {} to {} settle at zero, for good: this cannot be taken back. {past} of them are past; \
         subnets that have settled them keep what they got. Nothing that is owed is touched. Today is day {}.",
        to_day - from_day,
        named_day(from_day),
        named_day(to_day - 1),
        named_day(running),
    );
    let day = |day| DynSolValue::Uint(U256::from(day), 32);
    let function = "voidDays";
    let calls = vec![call(at, function, vec![day(from_day), day(to_day)])?];
    Ok(Plan { name: format!("void-days-{from_day}-{to_day}"), summary, from, calls })
}

pub(super) async fn set_pool(connection: &Connection, pool: Address) -> Result<Plan> {
    let contract = contract(connection)?;
    let at = *contract.address();
    let from = ask("owner()", at, contract.owner().call().into_future()).await?;
    let old = ask("computePool()", at, contract.computePool().call().into_future()).await?;
    if pool == old {
        return Err(BadInput::new(format!("{pool} pays already: nothing to do")).into());
    }
    check_not_funding_account(connection, pool).await?;
    let at_token = ask("token()", at, contract.token().call().into_future()).await?;
    let token = Erc20::new(at_token, &connection.provider);
    let balance = ask("balanceOf()", at_token, token.balanceOf(pool).call().into_future()).await?;
    let allowance = ask("allowance()", at_token, token.allowance(pool, at).call().into_future()).await?;
    let credited = ask("totalCredited()", at, contract.totalCredited().call().into_future()).await?;
    let paid = ask("totalPaid()", at, contract.totalPaid().call().into_future()).await?;
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

/// Session payments stop when the Diamond's funding account runs dry, so rewards may not drain it.
async fn check_not_funding_account(connection: &Connection, pool: Address) -> Result<()> {
    let Some(diamond) = &connection.book.inputs.diamond else { return Ok(()) };
    let payments = SessionPayments::new(diamond.address, &connection.provider);
    // A Diamond without this view has no such account to protect.
    if payments.getFundingAccount().call().await.is_ok_and(|funding| funding == pool) {
        return Err(BadInput::new(format!(
            "{pool} is the funding account of the Diamond {}: sessions could not be closed when rewards have drained \
             it; the Compute pool is an account of its own",
            diamond.address
        ))
        .into());
    }
    Ok(())
}

pub(super) async fn pause(connection: &Connection, what: Pausable, pause: bool) -> Result<Plan> {
    let contract = contract(connection)?;
    let at = *contract.address();
    let from = ask("owner()", at, contract.owner().call().into_future()).await?;
    let is_settling = what == Pausable::Settling;
    let is_paused = if is_settling {
        ask("settlingPaused()", at, contract.settlingPaused().call().into_future()).await?
    } else {
        ask("claimingPaused()", at, contract.claimingPaused().call().into_future()).await?
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
