//! On which days anybody can earn anything by what a recorder books: what it has not booked of the others is no loss.

use std::collections::{BTreeSet, HashSet};

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolCall;
use mrc53_abi::RewardCalculator::recorderCall;
use mrc53_abi::RewardDistributor::{calculatorOfCall, firstDayCall, isVoidedCall};
use mrc53_maths::{Day, compute};
use mrc53_node::connection::Connection;
use mrc53_suite::contract::Contract;

/// Bit i for UTC day `first` + i of `[first, to)`, at most 256 days: whether the Compute pool emits something on it and
/// a distributor of the book pays for it by what `recorder` has booked. A distributor does from its first day on, unless
/// its owner has voided the day or the day's calculator reads another recorder.
///
/// What cannot be learned is taken to pay: a contract that has expired, or answers something else, silences no alarm
/// and stops no keeper. A book without a distributor has all days that emit something.
pub(super) async fn earning_days(connection: &Connection, recorder: Address, first: u32, to: u32) -> U256 {
    let records = connection.book.contracts.iter().filter(|it| it.is(Contract::RewardDistributor));
    let distributors: Vec<Address> = records.map(|it| it.address).collect();
    let emitting: Vec<u32> = (first..to).filter(|day| compute::emission_of(Day(*day)) > 0).collect();
    if distributors.is_empty() {
        return bits(first, emitting);
    }
    let mut paid = U256::ZERO;
    for distributor in distributors {
        paid |= bits(first, paid_by(connection, distributor, recorder, &emitting).await);
    }
    paid
}

/// Those of `days` for which `distributor` pays by what `recorder` has booked.
async fn paid_by(connection: &Connection, distributor: Address, recorder: Address, days: &[u32]) -> Vec<u32> {
    let first_day = answer(connection, distributor, firstDayCall {}).await.unwrap_or_default();
    let days: Vec<u32> = days.iter().copied().filter(|day| *day >= first_day).collect();
    let voided: Vec<_> = days.iter().map(|day| isVoidedCall { day: *day }).collect();
    let voided = answers(connection, distributor, &voided).await;
    let calculators: Vec<_> = days.iter().map(|day| calculatorOfCall { day: *day }).collect();
    let calculators = answers(connection, distributor, &calculators).await;
    let mut others = HashSet::new();
    for calculator in calculators.iter().flatten().copied().collect::<BTreeSet<_>>() {
        let read = answer(connection, calculator, recorderCall {}).await;
        others.extend(read.filter(|read| *read != recorder).map(|_| calculator));
    }
    let days = days.into_iter().zip(voided).zip(calculators);
    let is_paid = |voided: Option<bool>, calculator: Option<Address>| {
        voided != Some(true) && calculator.is_none_or(|calculator| !others.contains(&calculator))
    };
    days.filter(|((_, voided), calculator)| is_paid(*voided, *calculator)).map(|((day, _), _)| day).collect()
}

/// What `contract` answers each of `calls`; none where it has no answer.
async fn answers<C: SolCall>(connection: &Connection, contract: Address, calls: &[C]) -> Vec<Option<C::Return>> {
    match connection.reader().each(contract, calls).await {
        Ok(answers) => answers.into_iter().map(Result::ok).collect(),
        Err(_) => calls.iter().map(|_| None).collect(),
    }
}

/// The same of one.
async fn answer<C: SolCall>(connection: &Connection, contract: Address, call: C) -> Option<C::Return> {
    answers(connection, contract, &[call]).await.pop().flatten()
}

fn bits(first: u32, days: impl IntoIterator<Item = u32>) -> U256 {
    days.into_iter().fold(U256::ZERO, |bits, day| bits | (U256::ONE << (day - first)))
}
