//! What `StakeAlignment` refuses, in sentences that say what would be accepted.

use alloy::primitives::{Address, Bytes, U256};
use alloy::sol_types::SolInterface;
use anyhow::{Error, Result, anyhow};
use mrc53_abi::StakeAlignment::IStakeAlignmentErrors as Refused;
use mrc53_abi::refusal::Refusals;
use mrc53_console::failure::BadInput;
use mrc53_console::show::{moment, trimmed};
use mrc53_node::connection::Connection;

use super::act::duration;
use super::fee::Fee;
use super::operator::Operator;
use super::state::State;

/// Why `what` is refused with `data` where everything stands as `state` says: [`BadInput`] if it always will be, a failure
/// if it may be accepted later.
///
/// # Errors
/// Fails if the node does not answer who may act for the subnet.
pub async fn in_words(connection: &Connection, what: &str, state: &State, data: &Bytes) -> Result<Error> {
    let Ok(refused) = Refused::abi_decode(data) else {
        let words = Refusals::all()?.words(data);
        return Ok(anyhow!("{what}: refused with {words}"));
    };
    let reason = match refused {
        Refused::NotSubnetOperator(it) => {
            let operator = Operator::of(connection, it.subnet).await?;
            Reason::Always(format!("{}, and this is {}", operator.words(), it.caller))
        }
        other => of(&other, state),
    };
    Ok(match reason {
        Reason::Always(words) => BadInput::new(format!("{what}: {words}")).into(),
        Reason::Now(words) => anyhow!("{what}: {words}"),
    })
}

/// How long a reason holds.
#[derive(Debug, PartialEq, Eq)]
enum Reason {
    /// Until something else is asked for.
    Always(String),
    /// Until time passes or somebody else acts.
    Now(String),
}

fn of(refused: &Refused, state: &State) -> Reason {
    let subnet = state.subnet;
    match refused {
        Refused::SubnetNotRegistered(_) => Reason::Always(not_registered(subnet)),
        Refused::SubnetAlreadyRegistered(_) => Reason::Always(registered(state)),
        Refused::ZeroReceiver(_) => {
            Reason::Always("the zero address can receive nothing: name another receiver".into())
        }
        Refused::FeeTooHigh(it) => Reason::Always(format!("a fee of {} is above 100 %", fee(it.fee))),
        Refused::FeeNotLower(it) => {
            Reason::Always(format!("the fee is {} and only falls: {} is not below it", fee(it.current), fee(it.fee)))
        }
        Refused::ZeroAmount(_) => Reason::Always("nothing is no amount: name one above 0".into()),
        Refused::StakeTooLarge(it) => Reason::Always(format!(
            "{} MOR is more than the {} MOR that all stake together has room for",
            trimmed(it.amount),
            trimmed(it.available)
        )),
        Refused::InsufficientStake(it) => Reason::Always(format!(
            "{} has {} MOR staked toward {subnet}: {} MOR less than that",
            state.account,
            trimmed(it.balance),
            trimmed(it.amount.saturating_sub(it.balance))
        )),
        Refused::StakeLocked(it) => {
            let left = duration(it.unlockAt.saturating_sub(state.now));
            Reason::Now(format!("locked until {}, for {left} from now", moment(it.unlockAt)))
        }
        Refused::StakingIsPaused(_) => {
            Reason::Now("new stakes are paused by the owner of StakeAlignment; withdrawing is not".into())
        }
        Refused::TokenTransferFailed(it) => token(it.token),
        other => Reason::Always(format!("refused with {other:?}")),
    }
}

/// Why nothing can be staked toward `subnet` yet.
pub(super) fn not_registered(subnet: Address) -> String {
    format!("{subnet} is no registered subnet: its operator registers it first with `cargo mrc53 register`")
}

fn token(token: Address) -> Reason {
    Reason::Now(format!("the token {token} does not move the MOR"))
}

fn registered(state: &State) -> String {
    let how = state.registration.as_ref().map(|it| {
        let fee = it.fee.map_or_else(String::new, |fee| format!(" with a fee of {fee}"));
        format!("{fee}, its receiver is {}", it.receiver)
    });
    let how = how.unwrap_or_default();
    format!(
        "{} is registered already{how}; `cargo mrc53 set-fee` lowers the fee, `cargo mrc53 set-receiver` changes who is paid",
        state.subnet
    )
}

/// A fee in words, or in parts where it is none.
fn fee(parts: U256) -> String {
    Fee::of_parts(parts).map_or_else(|| format!("{parts} parts of 1e25"), |fee| fee.to_string())
}

#[cfg(test)]
mod tests {
    use alloy::json_abi::Error;
    use mrc53_abi::StakeAlignment;

    use super::*;

    const MOR: u128 = 1_000_000_000_000_000_000;

    fn state() -> State {
        State {
            now: 1_740_096_000,
            subnet: Address::with_last_byte(1),
            registration: None,
            subnet_stake_wei: 0,
            minimum_wei: U256::from(10_000 * MOR),
            next_minimum: None,
            is_today_counted: false,
            lock_seconds: 604_800,
            account: Address::with_last_byte(2),
            account_stake_wei: 0,
            unlock_at: None,
        }
    }

    #[test]
    fn a_lock_is_a_moment_and_passes() {
        let locked = StakeAlignment::StakeLocked { unlockAt: 1_740_096_000 + 2 * 86_400 };
        let Reason::Now(words) = of(&Refused::StakeLocked(locked), &state()) else { panic!("it passes") };
        assert_eq!(words, "locked until 2025-02-23 00:00:00 UTC, for 2 days from now");
    }

    #[test]
    fn a_fee_that_does_not_fall_is_named_with_the_one_in_force() {
        let of_percent = |percent: u128| U256::from(percent * 10_u128.pow(23));
        let rise = StakeAlignment::FeeNotLower { fee: of_percent(25), current: of_percent(20) };
        let Reason::Always(words) = of(&Refused::FeeNotLower(rise), &state()) else { panic!("it stays") };
        assert_eq!(words, "the fee is 20 % and only falls: 25 % is not below it");
    }

    #[test]
    fn what_is_missing_of_a_withdrawal_is_said_in_mor() {
        let [amount, balance] = [120, 100].map(|mor: u128| U256::from(mor * MOR));
        let refused = Refused::InsufficientStake(StakeAlignment::InsufficientStake { amount, balance });
        let Reason::Always(words) = of(&refused, &state()) else { panic!("it stays") };
        assert!(words.contains("has 100 MOR") && words.contains("20 MOR less"), "{words}");
    }

    #[test]
    fn no_refusal_of_the_four_calls_is_left_in_selectors() {
        let others =
            ["ZeroAddress", "LockToo", "MinimumTooHigh", "DayRangeInvalid", "OwnableUnauthorized", "NotSubnet"];
        let all = StakeAlignment::abi::errors().into_values().flatten();
        for Error { name, inputs } in all.filter(|error| !others.iter().any(|other| error.name.starts_with(other))) {
            let error = Error { name: name.clone(), inputs: inputs.clone() };
            let data = [error.selector().as_slice(), &vec![0; 32 * inputs.len()]].concat();
            let (Reason::Always(words) | Reason::Now(words)) = of(&Refused::abi_decode(&data).unwrap(), &state());
            assert!(!words.starts_with("refused with"), "{name}: {words}");
        }
    }
}
