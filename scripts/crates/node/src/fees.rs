//! What a transaction may cost per gas: twice the base fee, so that it is taken even where that doubles before it is
//! mined, and a tip: the least on Arbitrum, which charges the base fee and gives tips back, elsewhere what others paid.

use alloy::eips::eip1559::Eip1559Estimation;
use alloy::providers::utils::{EIP1559_BASE_FEE_MULTIPLIER, EIP1559_MIN_PRIORITY_FEE, Eip1559Estimator};
use alloy::providers::{DynProvider, Provider};
use alloy::transports::TransportResult;

/// The fees of the next transaction, wei per gas.
///
/// # Errors
/// If the node does not say its base fee.
pub async fn next(provider: &DynProvider) -> TransportResult<Eip1559Estimation> {
    let estimator = Eip1559Estimator::new(|base_fee, _| of(base_fee, EIP1559_MIN_PRIORITY_FEE));
    provider.estimate_eip1559_fees_with(estimator).await
}

/// The same on a chain whose blocks are sold: with the middle one of the tips that the last blocks' cheapest fifth paid.
///
/// # Errors
/// As [`next`].
pub async fn next_with_tip(provider: &DynProvider) -> TransportResult<Eip1559Estimation> {
    let estimator = Eip1559Estimator::new(|base_fee, rewards: &[Vec<u128>]| of(base_fee, tip(rewards)));
    provider.estimate_eip1559_fees_with(estimator).await
}

/// The middle one of what each block's cheapest paid, the least tip where that is less.
fn tip(rewards: &[Vec<u128>]) -> u128 {
    let mut paid: Vec<u128> = rewards.iter().filter_map(|block| block.first()).copied().collect();
    paid.sort_unstable();
    paid.get(paid.len() / 2).copied().unwrap_or_default().max(EIP1559_MIN_PRIORITY_FEE)
}

/// The fees at a base fee. No answer of a node can overflow them, which alloy's own estimate does not bear.
fn of(base_fee_wei: u128, max_priority_fee_per_gas: u128) -> Eip1559Estimation {
    let doubled = base_fee_wei.saturating_mul(EIP1559_BASE_FEE_MULTIPLIER);
    Eip1559Estimation { max_fee_per_gas: doubled.saturating_add(max_priority_fee_per_gas), max_priority_fee_per_gas }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_twice_the_base_fee_and_the_least_tip() {
        let Eip1559Estimation { max_fee_per_gas, max_priority_fee_per_gas } = of(100_000_000, 1);

        assert_eq!((max_fee_per_gas, max_priority_fee_per_gas), (200_000_001, 1));
    }

    #[test]
    fn a_tip_is_the_middle_one_of_those_paid_and_never_none() {
        assert_eq!(tip(&[vec![5], vec![900], vec![7]]), 7);
        assert_eq!([tip(&[]), tip(&[vec![]]), tip(&[vec![0], vec![0]])], [1, 1, 1]);
    }

    #[test]
    fn a_base_fee_beyond_all_ether_is_a_fee_that_nobody_has_and_no_panic() {
        assert_eq!(of(u128::MAX, 1).max_fee_per_gas, u128::MAX);
    }
}
