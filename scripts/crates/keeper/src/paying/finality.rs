//! When a day is final, and by whose word: the recorder behind its calculator says so, not the calculator alone.

use alloy::eips::BlockId;
use alloy::primitives::Address;
use alloy::providers::DynProvider;
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder};
use mrc53_node::answers::revert_data;
use mrc53_node::connection::Connection;
use mrc53_node::time;
use mrc53_suite::contract::Contract;

const DAY_SECONDS: u64 = 86_400;

/// How a day becomes final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finality {
    /// The UTC day.
    pub day: u32,
    /// Who says what it pays.
    pub calculator: Address,
    /// The calculator's recorder, or the book's if that one does not answer.
    pub recorder: Address,
    /// The first day that is not final; today at the latest, whatever the recorder says.
    pub first_open_day: u32,
    /// Days for which a day stays open after its end.
    pub grace_days: u32,
    /// Whether it is voided: then it settles as soon as it is over.
    pub is_voided: bool,
}

impl Finality {
    /// From when on the day can be settled, Unix seconds.
    #[must_use]
    pub fn final_at(self) -> u64 {
        let grace_days = if self.is_voided { 0 } else { self.grace_days };
        (u64::from(self.day) + 1 + u64::from(grace_days)) * DAY_SECONDS
    }

    /// Whether the recorder calls the day final; a voided day needs nobody's word.
    #[must_use]
    pub fn is_recorded(self) -> bool {
        !self.is_voided && self.day < self.first_open_day
    }
}

/// Finality of `day` on the state of `block`; `None` if the distributor, both recorders, or the node do not answer.
pub(super) async fn read(connection: &Connection, distributor: Address, block: BlockId, day: u32) -> Option<Finality> {
    let provider = &connection.provider;
    let distributor = RewardDistributor::new(distributor, provider);
    let calculator = distributor.calculatorOf(day).block(block).call().await.ok()?;
    let is_voided = distributor.isVoided(day).block(block).call().await.ok()?;
    let (recorder, first_open_day, grace_days) = match behind(provider, calculator, block).await {
        Ok(said) => said,
        Err(error) if is_the_contracts(&error) => {
            of(provider, connection.book.address(Contract::SessionRecorder).ok()?, block).await.ok()?
        }
        Err(_) => return None,
    };
    let today = mrc53_maths::Day::of(time::now(provider).await.ok()?).0;
    let first_open_day = first_open_day.min(today);
    Some(Finality { day, calculator, recorder, first_open_day, grace_days, is_voided })
}

/// The recorder behind `calculator`, its first open day and its days of grace.
async fn behind(
    provider: &DynProvider,
    calculator: Address,
    block: BlockId,
) -> Result<(Address, u32, u32), alloy::contract::Error> {
    let recorder = RewardCalculator::new(calculator, provider).recorder().block(block).call().await?;
    of(provider, recorder, block).await
}

async fn of(
    provider: &DynProvider,
    recorder: Address,
    block: BlockId,
) -> Result<(Address, u32, u32), alloy::contract::Error> {
    let reads = SessionRecorder::new(recorder, provider);
    let first_open_day = reads.firstOpenDay().block(block).call().await?;
    Ok((recorder, first_open_day, reads.graceDays().block(block).call().await?))
}

/// Whether a contract failed, and not the node or the way to it.
fn is_the_contracts(error: &alloy::contract::Error) -> bool {
    match error {
        alloy::contract::Error::TransportError(error) => revert_data(error).is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finality(day: u32, first_open_day: u32, grace_days: u32, is_voided: bool) -> Finality {
        Finality { day, calculator: Address::ZERO, recorder: Address::ZERO, first_open_day, grace_days, is_voided }
    }

    #[test]
    fn a_day_is_final_after_its_end_and_the_grace_and_a_voided_one_after_its_end() {
        assert_eq!(finality(10, 0, 3, false).final_at(), 14 * DAY_SECONDS);
        assert_eq!(finality(10, 0, 3, true).final_at(), 11 * DAY_SECONDS);
    }

    #[test]
    fn absurd_answers_of_a_recorder_have_a_moment_too() {
        let most = u64::from(u32::MAX);
        assert_eq!(finality(u32::MAX, 0, u32::MAX, false).final_at(), (2 * most + 1) * DAY_SECONDS);
    }

    #[test]
    fn a_recorder_calls_the_days_before_its_first_open_one_final() {
        let is_recorded = |day, is_voided| finality(day, 10, 3, is_voided).is_recorded();
        assert_eq!([9, 10, 11].map(|day| is_recorded(day, false)), [true, false, false]);
        assert!(!is_recorded(9, true));
    }
}
