//! What a transaction may cost per gas: twice the base fee, so that it is taken even where that doubles before it is
//! mined, and the least tip. Arbitrum charges the base fee and gives tips back.

use alloy::eips::eip1559::Eip1559Estimation;
use alloy::providers::utils::{EIP1559_BASE_FEE_MULTIPLIER, EIP1559_MIN_PRIORITY_FEE, Eip1559Estimator};
use alloy::providers::{DynProvider, Provider};
use alloy::transports::TransportResult;

/// The fees of the next transaction, wei per gas.
///
/// # Errors
/// If the node does not say its base fee.
pub async fn next(provider: &DynProvider) -> TransportResult<Eip1559Estimation> {
    provider.estimate_eip1559_fees_with(Eip1559Estimator::new(|base_fee, _| of(base_fee))).await
}

/// The fees at a base fee. No answer of a node can overflow them, which alloy's own estimate does not bear.
fn of(base_fee_wei: u128) -> Eip1559Estimation {
    let max_priority_fee_per_gas = EIP1559_MIN_PRIORITY_FEE;
    let doubled = base_fee_wei.saturating_mul(EIP1559_BASE_FEE_MULTIPLIER);
    Eip1559Estimation { max_fee_per_gas: doubled.saturating_add(max_priority_fee_per_gas), max_priority_fee_per_gas }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_twice_the_base_fee_and_the_least_tip() {
        let Eip1559Estimation { max_fee_per_gas, max_priority_fee_per_gas } = of(100_000_000);

        assert_eq!((max_fee_per_gas, max_priority_fee_per_gas), (200_000_001, 1));
    }

    #[test]
    fn a_base_fee_beyond_all_ether_is_a_fee_that_nobody_has_and_no_panic() {
        assert_eq!(of(u128::MAX).max_fee_per_gas, u128::MAX);
    }
}
