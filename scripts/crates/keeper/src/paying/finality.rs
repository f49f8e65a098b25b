//! When a day is final, and by whose word: the recorder behind its calculator says so, not the calculator alone.

use alloy::primitives::Address;
use mrc53_abi::RewardCalculator::recorderCall;
use mrc53_abi::RewardDistributor::{calculatorOfCall, isVoidedCall};
use mrc53_abi::SessionRecorder::{firstOpenDayCall, graceDaysCall};
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::reader::Reader;
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
    /// Whether its recorder is `UsageProofs`, where roots of Base make a day final and no clock.
    pub is_proven: bool,
}

impl Finality {
    /// From when on the day can be settled, Unix seconds; `None` if it waits for roots of Base.
    #[must_use]
    pub fn final_at(self) -> Option<u64> {
        let grace_days = if self.is_voided { 0 } else { self.grace_days };
        let at = (u64::from(self.day) + 1 + u64::from(grace_days)) * DAY_SECONDS;
        (self.is_voided || !self.is_proven).then_some(at)
    }

    /// Whether the recorder calls the day final; a voided day needs nobody's word.
    #[must_use]
    pub fn is_recorded(self) -> bool {
        !self.is_voided && self.day < self.first_open_day
    }
}

/// Finality of `day` as `reader` sees it, where the book of `connection` knows the recorder; `None` if the distributor,
/// both recorders, or the node do not answer.
pub(super) async fn read(
    reader: Reader<'_>,
    connection: &Connection,
    distributor: Address,
    day: u32,
) -> Option<Finality> {
    let calculator = reader.ask(distributor, calculatorOfCall { day }).await.ok()?;
    let is_voided = reader.ask(distributor, isVoidedCall { day }).await.ok()?;
    let (recorder, first_open_day, grace_days) = match behind(reader, calculator).await {
        Ok(said) => said,
        Err(no) if no.is_the_contracts() => {
            of(reader, connection.book.address(connection.network.counted_by()).ok()?).await.ok()?
        }
        Err(_) => return None,
    };
    let today = mrc53_maths::Day::of(time::now(reader.provider).await.ok()?).0;
    let first_open_day = first_open_day.min(today);
    let is_proven = connection.book.address(Contract::UsageProofs).is_ok_and(|proofs| proofs == recorder);
    Some(Finality { day, calculator, recorder, first_open_day, grace_days, is_voided, is_proven })
}

/// The recorder behind `calculator`, its first open day and its days of grace.
async fn behind(reader: Reader<'_>, calculator: Address) -> Result<(Address, u32, u32), NoValue> {
    of(reader, reader.ask(calculator, recorderCall {}).await?).await
}

async fn of(reader: Reader<'_>, recorder: Address) -> Result<(Address, u32, u32), NoValue> {
    let first_open_day = reader.ask(recorder, firstOpenDayCall {}).await?;
    Ok((recorder, first_open_day, reader.ask(recorder, graceDaysCall {}).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finality(day: u32, first_open_day: u32, grace_days: u32, is_voided: bool) -> Finality {
        let nobody = Address::ZERO;
        let (calculator, recorder) = (nobody, nobody);
        Finality { day, calculator, recorder, first_open_day, grace_days, is_voided, is_proven: false }
    }

    #[test]
    fn a_day_is_final_after_its_end_and_the_grace_and_a_voided_one_after_its_end() {
        assert_eq!(finality(10, 0, 3, false).final_at(), Some(14 * DAY_SECONDS));
        assert_eq!(finality(10, 0, 3, true).final_at(), Some(11 * DAY_SECONDS));
    }

    #[test]
    fn a_day_that_is_proven_becomes_final_at_no_known_time_unless_it_is_voided() {
        let proven = |is_voided| Finality { is_proven: true, ..finality(10, 0, 3, is_voided) };
        assert_eq!(proven(false).final_at(), None);
        assert_eq!(proven(true).final_at(), Some(11 * DAY_SECONDS));
    }

    #[test]
    fn absurd_answers_of_a_recorder_have_a_moment_too() {
        let most = u64::from(u32::MAX);
        assert_eq!(finality(u32::MAX, 0, u32::MAX, false).final_at(), Some((2 * most + 1) * DAY_SECONDS));
    }

    #[test]
    fn a_recorder_calls_the_days_before_its_first_open_one_final() {
        let is_recorded = |day, is_voided| finality(day, 10, 3, is_voided).is_recorded();
        assert_eq!([9, 10, 11].map(|day| is_recorded(day, false)), [true, false, false]);
        assert!(!is_recorded(9, true));
    }
}
