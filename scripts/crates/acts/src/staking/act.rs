//! What operators and stakers do, and what has to be known before it is done.

use alloy::primitives::{Address, Bytes, U256};
use alloy::sol_types::SolCall;
use mrc53_abi::StakeAlignment;
use mrc53_console::amounts;
use mrc53_console::failure::BadInput;
use mrc53_console::show::{count, date, moment, trimmed};

use super::fee::Fee;
use super::state::State;

/// Seconds of a day.
const DAY_SECONDS: u64 = 86_400;

/// What is done about a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Its operator registers it, once.
    Register {
        /// Who is paid the operator's part.
        receiver: Address,
        /// The operator's part.
        fee: Fee,
    },
    /// Its operator lets somebody else be paid.
    SetReceiver(Address),
    /// Its operator lowers the fee.
    SetFee(Fee),
    /// A staker stakes so many MOR wei toward it.
    Stake(U256),
    /// A staker takes so many MOR wei back; all of its stake if none are named.
    Withdraw(Option<U256>),
}

impl Act {
    /// Whether the subnet's operator does it; else a staker.
    #[must_use]
    pub fn is_operators(self) -> bool {
        matches!(self, Self::Register { .. } | Self::SetReceiver(_) | Self::SetFee(_))
    }

    /// Who is to be paid from then on, if it says so.
    #[must_use]
    pub fn receiver(self) -> Option<Address> {
        match self {
            Self::Register { receiver, .. } | Self::SetReceiver(receiver) => Some(receiver),
            _ => None,
        }
    }

    /// Asks back what looks like a mistake of units.
    ///
    /// # Errors
    /// [`BadInput`] that names the option by which it is meant.
    pub fn ask_back(self) -> Result<(), BadInput> {
        match self {
            // Never accepted, whatever is meant: the contract says so.
            Self::Stake(U256::ZERO) | Self::Withdraw(Some(U256::ZERO)) => Ok(()),
            Self::Stake(wei) | Self::Withdraw(Some(wei)) => {
                amounts::require_a_mor(wei, false, "--mor takes MOR, not wei")
            }
            Self::Register { fee, .. } | Self::SetFee(fee) if fee.is_tiny() => Err(BadInput::new(format!(
                "a fee of {fee} is next to nothing, and can never be raised; if it is meant, say so with --yes-tiny-fee"
            ))),
            _ => Ok(()),
        }
    }

    /// What it does to `subnet`, in a few words; `wei` are moved.
    #[must_use]
    pub fn words(self, subnet: Address, wei: U256) -> String {
        match self {
            Self::Register { fee, .. } => format!("registration of {subnet} with a fee of {fee}"),
            Self::SetReceiver(receiver) => format!("receiver {receiver} of {subnet}"),
            Self::SetFee(fee) => format!("fee of {fee} of {subnet}"),
            Self::Stake(_) => format!("stake of {} MOR toward {subnet}", trimmed(wei)),
            Self::Withdraw(_) => format!("withdrawal of {} MOR from {subnet}", trimmed(wei)),
        }
    }

    /// Its call of `StakeAlignment`.
    #[must_use]
    pub fn call(self, subnet: Address, wei: U256) -> Bytes {
        let data = match self {
            Self::Register { receiver, fee } => {
                StakeAlignment::registerSubnetCall { subnet, receiver, fee: fee.parts() }.abi_encode()
            }
            Self::SetReceiver(receiver) => StakeAlignment::setReceiverCall { subnet, receiver }.abi_encode(),
            Self::SetFee(fee) => StakeAlignment::setFeeCall { subnet, fee: fee.parts() }.abi_encode(),
            Self::Stake(_) => StakeAlignment::stakeCall { subnet, amount: wei }.abi_encode(),
            Self::Withdraw(_) => StakeAlignment::withdrawCall { subnet, amount: wei }.abi_encode(),
        };
        data.into()
    }

    /// What has to be known before it is done where everything stands as `state` says: what cannot be undone, until when
    /// something is locked, who gets what. `wei` are moved.
    #[must_use]
    pub fn notes(self, state: &State, wei: U256) -> Vec<String> {
        match self {
            Self::Register { receiver, fee } => {
                let today = date(state.day());
                let mut notes = vec![
                    format!("a fee only falls: {fee} can be lowered later, and never raised"),
                    format!(
                        "a registration is for good; rewards count from {today} on, the operator's go to {receiver}"
                    ),
                ];
                if fee.is_none() {
                    notes.push("with a fee of 0 % the operator never earns anything".into());
                } else if fee.is_all() {
                    notes.push("with a fee of 100 % stakers earn nothing".into());
                }
                notes
            }
            Self::SetReceiver(receiver) => {
                vec![format!("from now on {receiver} is paid the operator's part, of days before too")]
            }
            Self::SetFee(fee) => {
                let current = state.registration.as_ref().and_then(|it| it.fee);
                let from = current.map(|fee| format!("from {fee} ")).unwrap_or_default();
                vec![format!("a fee only falls: {from}to {fee} is for good, and for every day that is not settled yet")]
            }
            Self::Stake(_) => stake_notes(state),
            Self::Withdraw(_) => withdraw_notes(state, wei),
        }
    }
}

fn stake_notes(state: &State) -> Vec<String> {
    let (until, lock) = (moment(state.now + state.lock_seconds), duration(state.lock_seconds));
    let mut notes = vec![format!("locked until about {until}: {lock} from the deposit on")];
    if state.account_stake_wei > 0 {
        let there = trimmed(U256::from(state.account_stake_wei));
        notes.push(format!("the {there} MOR of the same account that are there already are locked anew until then"));
    }
    let fee = state.registration.as_ref().and_then(|it| it.fee);
    notes.extend(fee.map(|fee| format!("the operator keeps {fee} of what the subnet earns, stakers share the rest")));
    notes
}

fn withdraw_notes(state: &State, wei: U256) -> Vec<String> {
    let mut notes = vec!["what is withdrawn earns up to this moment of today and nothing from then on".to_owned()];
    let (total, minimum) = (U256::from(state.subnet_stake_wei), state.needed_wei());
    let left = total.saturating_sub(wei);
    if total >= minimum && left < minimum {
        let (left, missing) = (trimmed(left), trimmed(minimum - left));
        notes.push(format!("the subnet keeps {left} MOR, {missing} MOR too few: its days stop counting"));
    }
    notes
}

/// `7 days`, `6 days 23 h`, `23 h 5 min` or `59 s`: to the smaller unit, rounded down.
#[must_use]
pub fn duration(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / DAY_SECONDS, seconds / 3_600 % 24, seconds / 60 % 60);
    let in_days = || count(usize::try_from(days).unwrap_or(usize::MAX), "day");
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, ..) => format!("{hours} h {minutes} min"),
        (_, 0, _) => in_days(),
        _ => format!("{} {hours} h", in_days()),
    }
}

#[cfg(test)]
mod tests {
    use mrc53_console::amounts::ONE_MOR;

    use super::super::fee;
    use super::*;

    fn asked(act: Act) -> Option<String> {
        act.ask_back().err().map(|question| question.to_string())
    }

    #[test]
    fn an_amount_below_one_mor_is_asked_back_and_one_is_not() {
        let acts = |wei| [Act::Stake(wei), Act::Withdraw(Some(wei))];
        for act in acts(U256::from(ONE_MOR - 1)) {
            let question = asked(act).unwrap();
            assert!(question.contains("--yes-below-one-mor"), "{question}");
            assert!(question.starts_with("0.999999999999999999 MOR is less than one"), "{question}");
        }
        assert_eq!(acts(U256::from(ONE_MOR)).map(asked), [None, None]);
        assert_eq!(asked(Act::Withdraw(None)), None);
    }

    #[test]
    fn a_fee_of_next_to_nothing_is_asked_back() {
        let acts = |fee| [Act::SetFee(fee), Act::Register { receiver: Address::ZERO, fee }];
        for act in acts(fee::read("0.002%").unwrap()) {
            assert!(asked(act).unwrap().contains("--yes-tiny-fee"));
        }
        assert_eq!(acts(fee::read("2%").unwrap()).map(asked), [None, None]);
    }

    #[test]
    fn durations_are_in_the_units_that_people_count_in() {
        let durations = [
            (59, "59 s"),
            (60, "1 min"),
            (3_599, "59 min"),
            (3_600, "1 h 0 min"),
            (86_399, "23 h 59 min"),
            (86_400, "1 day"),
            (90_000, "1 day 1 h"),
            (604_799, "6 days 23 h"),
            (604_800, "7 days"),
        ];
        for (seconds, shown) in durations {
            assert_eq!(duration(seconds), shown);
        }
    }
}
