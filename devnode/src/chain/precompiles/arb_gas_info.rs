//! `ArbGasInfo`: prices. There is no parent chain, so everything about it is zero.

use super::call::{Answer, Call, Refusal};
use crate::chain::block::BASE_FEE;
use alloy::primitives::U256;
use alloy::sol;
use alloy::sol_types::{SolInterface, SolValue};

sol! {
    interface IArbGasInfo {
        function getPricesInWei() external view returns (uint256, uint256, uint256, uint256, uint256, uint256);
        function getPricesInWeiWithAggregator(address aggregator) external view returns (uint256, uint256, uint256, uint256, uint256, uint256);
        function getPricesInArbGas() external view returns (uint256, uint256, uint256);
        function getPricesInArbGasWithAggregator(address aggregator) external view returns (uint256, uint256, uint256);
        function getGasAccountingParams() external view returns (uint256, uint256, uint256);
        function getMinimumGasPrice() external view returns (uint256);
        function getL1BaseFeeEstimate() external view returns (uint256);
        function getL1GasPriceEstimate() external view returns (uint256);
        function getCurrentTxL1GasFees() external view returns (uint256);
        function getGasBacklog() external view returns (uint64);
        function getPricingInertia() external view returns (uint64);
        function getGasBacklogTolerance() external view returns (uint64);
        function getL1PricingSurplus() external view returns (int256);
        function getL1FeesAvailable() external view returns (uint256);
    }
}

use IArbGasInfo::IArbGasInfoCalls as Method;

/// Gas per second that the chain aims at.
const SPEED_LIMIT: u64 = 7_000_000;
/// The most gas of a block.
const BLOCK_GAS: u64 = 32_000_000;
/// Gas of a storage write, in which Nitro prices storage.
const STORAGE_GAS: u64 = 20_000;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    let method = Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)?;
    call.no_value()?;
    call.burn_reads(1)?;
    let zero = U256::ZERO;
    let price = U256::from(BASE_FEE);
    let storage = U256::from(STORAGE_GAS);
    Ok(match method {
        Method::getPricesInWei(_) | Method::getPricesInWeiWithAggregator(_) => {
            (zero, zero, storage * price, price, zero, price).abi_encode()
        }
        Method::getPricesInArbGas(_) | Method::getPricesInArbGasWithAggregator(_) => (zero, zero, storage).abi_encode(),
        Method::getGasAccountingParams(_) => {
            (U256::from(SPEED_LIMIT), U256::from(BLOCK_GAS), U256::from(BLOCK_GAS)).abi_encode()
        }
        Method::getMinimumGasPrice(_) => price.abi_encode(),
        Method::getL1BaseFeeEstimate(_)
        | Method::getL1GasPriceEstimate(_)
        | Method::getCurrentTxL1GasFees(_)
        | Method::getL1PricingSurplus(_)
        | Method::getL1FeesAvailable(_) => zero.abi_encode(),
        Method::getGasBacklog(_) => 0_u64.abi_encode(),
        Method::getPricingInertia(_) => 102_u64.abi_encode(),
        Method::getGasBacklogTolerance(_) => 10_u64.abi_encode(),
    })
}
