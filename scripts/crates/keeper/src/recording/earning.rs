//! On which days anybody can earn anything: what is not booked of the others is no loss.

use alloy::primitives::{Address, U256};
use anyhow::{Result, bail};
use mrc53_abi::RewardDistributor::{firstDayCall, isVoidedCall};
use mrc53_maths::{Day, compute};
use mrc53_node::connection::Connection;
use mrc53_node::many::{self, Asked};

/// Bit i for UTC day `first` + i of `[first, to)`, at most 256 days: whether the Compute pool emits something on it and
/// a distributor of the book pays for it, which it does from its first day on unless its owner has voided the day. A
/// book without a distributor has all days that emit something: whoever pays for them is not known.
///
/// # Errors
/// Fails if the node or a distributor does not answer.
pub(super) async fn earning_days(connection: &Connection, first: u32, to: u32) -> Result<U256> {
    let records = connection.book.contracts.iter().filter(|it| it.contract == "reward-distributor");
    let distributors: Vec<Address> = records.map(|it| it.address).collect();
    let emitting = (first..to).filter(|day| compute::emission_of(Day(*day)) > 0);
    if distributors.is_empty() {
        return Ok(bits(first, emitting));
    }
    let mut paid = U256::ZERO;
    for distributor in distributors {
        paid |= bits(first, paid_by(connection, distributor, emitting.clone()).await?);
    }
    Ok(paid)
}

/// Those of `days` for which `distributor` pays.
async fn paid_by(
    connection: &Connection,
    distributor: Address,
    days: impl Iterator<Item = u32>,
) -> Result<impl Iterator<Item = u32>> {
    let asked = Asked::of(distributor);
    let first_day = match many::one(&connection.provider, asked, &firstDayCall {}).await? {
        Ok(day) => day,
        Err(no) => bail!("RewardDistributor.firstDay of {distributor}: {}", no.words()),
    };
    let calls: Vec<_> = days.filter(|day| *day >= first_day).map(|day| isVoidedCall { day }).collect();
    let mut paid = Vec::new();
    for (call, answer) in calls.iter().zip(many::ask(&connection.provider, asked, &calls).await?) {
        match answer {
            Ok(is_voided) => paid.extend((!is_voided).then_some(call.day)),
            Err(no) => bail!("RewardDistributor.isVoided of {distributor}: {}", no.words()),
        }
    }
    Ok(paid.into_iter())
}

fn bits(first: u32, days: impl Iterator<Item = u32>) -> U256 {
    days.fold(U256::ZERO, |bits, day| bits | (U256::ONE << (day - first)))
}
