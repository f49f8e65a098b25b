//! Emission, the Compute pool, credits and payments. All amounts in MOR wei.

use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_abi::{Erc20, RewardCalculator, RewardDistributor};
use serde::Serialize;

use super::reader::{Reader, Reading, Target, Wei};
use super::suite::Suite;

/// What comes in, what is there, and what goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Money {
    /// E(d) of the running day.
    pub emission_today_wei: Reading<Wei>,
    /// C(d): from launch to the end of the running day.
    pub emitted_wei: Reading<Wei>,
    /// The account that pays.
    pub compute_pool: Reading<Address>,
    /// What it has.
    pub pool_balance_wei: Reading<Wei>,
    /// What the distributor may take of it.
    pub pool_allowance_wei: Reading<Wei>,
    /// For how many days like today the pool lasts at least once all that is owed is paid: whole days, rounded down;
    /// none on a day without emission.
    pub runway_days: Reading<Option<u64>>,
    /// Credited to operators and stakers so far.
    pub credited_wei: Reading<Wei>,
    /// Paid of it.
    pub paid_wei: Reading<Wei>,
    /// The rest.
    pub owed_wei: Reading<Wei>,
}

/// Below this, MOR wei, a debt is what rounding left: shares are rounded down, to less than a wei for each day that is
/// settled and each claim, and nobody can claim the rest.
pub const DUST_WEI: u64 = 1_000_000_000;

/// Reads all of it.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn read(reader: &Reader<'_>, suite: &Suite) -> Result<Money> {
    let Suite { calculator, distributor, .. } = *suite;
    let day = reader.head.day();
    let (emission, emitted, credited, paid, compute_pool, token) = tokio::try_join!(
        reader.ask(calculator, RewardCalculator::emissionCall { day }),
        reader.ask(calculator, RewardCalculator::emittedCall { day }),
        reader.ask(distributor, RewardDistributor::totalCreditedCall {}),
        reader.ask(distributor, RewardDistributor::totalPaidCall {}),
        reader.ask(distributor, RewardDistributor::computePoolCall {}),
        reader.ask(distributor, RewardDistributor::tokenCall {}),
    )?;
    let (balance, allowance) = match token.with(&compute_pool, |token, pool| (*token, *pool)) {
        Reading::Known((address, account)) => {
            let token = Target { name: "token", address };
            tokio::try_join!(
                reader.ask(token, Erc20::balanceOfCall { account }),
                reader.ask(token, Erc20::allowanceCall { owner: account, spender: distributor.address }),
            )?
        }
        Reading::Unknown { error } => (Reading::Unknown { error: error.clone() }, Reading::Unknown { error }),
    };
    let owed = credited.with(&paid, |credited, paid| credited.saturating_sub(*paid));
    let payable = balance.with(&allowance, |balance, allowance| *balance.min(allowance));
    let spare = payable.with(&owed, |payable, owed| payable.saturating_sub(*owed));
    let runway_days = spare.with(&emission, |spare, emission| runway(*spare, *emission));
    Ok(Money {
        emission_today_wei: emission.map(Wei::from),
        emitted_wei: emitted.map(Wei::from),
        compute_pool,
        pool_balance_wei: balance.map(Wei),
        pool_allowance_wei: allowance.map(Wei),
        runway_days,
        credited_wei: credited.map(Wei),
        paid_wei: paid.map(Wei),
        owed_wei: owed.map(Wei),
    })
}

fn runway(spare: U256, emission: u128) -> Option<u64> {
    spare.checked_div(U256::from(emission)).map(|days| days.saturating_to())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_that_is_a_wei_short_of_a_day_lasts_a_day_less() {
        assert_eq!(runway(U256::from(2_999), 1_000), Some(2));
        assert_eq!(runway(U256::from(3_000), 1_000), Some(3));
    }

    #[test]
    fn without_emission_there_is_no_runway_to_speak_of() {
        assert_eq!(runway(U256::from(3_000), 0), None);
    }
}
