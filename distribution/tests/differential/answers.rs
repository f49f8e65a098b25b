//! What a call answers or refuses, in the contracts' own types: what the model expects of it.

use mrc53_model::{Op, Outcome, Refusal};
use reward_distributor::Error as DistributorError;
use session_recorder::Error as RecorderError;
use stake_alignment::Error as AlignmentError;

use super::*;

/// A call that succeeds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Nothing,
    /// Seconds booked.
    Booked(u64),
    /// Seconds booked, and each session that was skipped with the selector of its refusal.
    BookedMany(u64, Vec<(B256, [u8; 4])>),
    /// Days settled, MOR wei credited.
    Settled(u32, U256),
    /// MOR wei paid, MOR wei still owed.
    Paid(U256, U256),
}

/// A call that is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Alignment(AlignmentError),
    Recorder(RecorderError),
    Distributor(DistributorError),
}

impl From<AlignmentError> for Refused {
    fn from(error: AlignmentError) -> Self {
        Self::Alignment(error)
    }
}

impl From<RecorderError> for Refused {
    fn from(error: RecorderError) -> Self {
        Self::Recorder(error)
    }
}

impl From<DistributorError> for Refused {
    fn from(error: DistributorError) -> Self {
        Self::Distributor(error)
    }
}

/// What the contracts must answer to `op` if this is what the model does.
pub(super) fn expected(op: &Op, outcome: Result<Outcome, Refusal>) -> Result<Answer, Refused> {
    let outcome = outcome.map_err(|refusal| match op {
        Op::Record { .. } => recorder_error(&refusal).into(),
        Op::Settle { .. }
        | Op::Claim { .. }
        | Op::ClaimStake { .. }
        | Op::ScheduleCalculator { .. }
        | Op::Void { .. } => distributor_error(&refusal).into(),
        _ => Refused::from(alignment_error(&refusal)),
    })?;
    Ok(match outcome {
        Outcome::Done => Answer::Nothing,
        Outcome::Booked { seconds } => Answer::Booked(seconds),
        Outcome::BookedMany { seconds, skipped } => {
            let selector =
                |refusal| *Vec::from(recorder_error(refusal)).first_chunk().expect("an error has a selector");
            let skipped = skipped.iter().map(|(session, refusal)| (session_id(session), selector(refusal)));
            Answer::BookedMany(seconds, skipped.collect())
        }
        Outcome::Settled { days, credited_wei } => Answer::Settled(days, word(&credited_wei)),
        Outcome::Paid { paid_wei, owed_wei } => Answer::Paid(word(&paid_wei), word(&owed_wei)),
    })
}

fn alignment_error(refusal: &Refusal) -> AlignmentError {
    use stake_alignment as contract;
    match refusal {
        Refusal::SubnetAlreadyRegistered(name) => contract::SubnetAlreadyRegistered { subnet: address(name) }.into(),
        Refusal::SubnetNotRegistered(name) => contract::SubnetNotRegistered { subnet: address(name) }.into(),
        Refusal::FeeTooHigh(fee, max) => contract::FeeTooHigh { fee: word(fee), max: word(max) }.into(),
        Refusal::FeeNotLower(fee, current) => contract::FeeNotLower { fee: word(fee), current: word(current) }.into(),
        Refusal::ZeroAmount => contract::ZeroAmount {}.into(),
        Refusal::StakeTooLarge(amount, available) => {
            contract::StakeTooLarge { amount: word(amount), available: word(available) }.into()
        }
        Refusal::InsufficientStake(amount, balance) => {
            contract::InsufficientStake { amount: word(amount), balance: word(balance) }.into()
        }
        Refusal::StakeLocked(unlock_at) => contract::StakeLocked { unlockAt: *unlock_at }.into(),
        Refusal::StakingIsPaused => contract::StakingIsPaused {}.into(),
        Refusal::MinimumTooHigh(amount, max) => {
            contract::MinimumTooHigh { amount: word(amount), max: word(max) }.into()
        }
        other => panic!("StakeAlignment does not refuse with {other}"),
    }
}

fn recorder_error(refusal: &Refusal) -> RecorderError {
    match refusal {
        Refusal::SessionUnknown(session) => {
            RecorderError::SessionUnknown(session_recorder::SessionUnknown { sessionId: session_id(session) })
        }
        Refusal::SubnetNotEligible(name) => {
            RecorderError::SubnetNotEligible(session_recorder::SubnetNotEligible { subnet: address(name) })
        }
        other => panic!("SessionRecorder does not refuse with {other}"),
    }
}

fn distributor_error(refusal: &Refusal) -> DistributorError {
    use reward_distributor as contract;
    match refusal {
        Refusal::SubnetNotRegistered(name) => contract::SubnetNotRegistered { subnet: address(name) }.into(),
        Refusal::SettlingIsPaused => contract::SettlingIsPaused {}.into(),
        Refusal::ClaimingIsPaused => contract::ClaimingIsPaused {}.into(),
        Refusal::ZeroDays => contract::ZeroDays {}.into(),
        Refusal::DayNotFinal(day) => contract::DayNotFinal { day: *day }.into(),
        Refusal::NoticeTooShort(from_day, earliest) => {
            contract::NoticeTooShort { fromDay: *from_day, earliest: *earliest }.into()
        }
        Refusal::DayRangeInvalid(from_day, to_day) => {
            contract::DayRangeInvalid { fromDay: *from_day, toDay: *to_day }.into()
        }
        other => panic!("RewardDistributor does not refuse with {other}"),
    }
}
