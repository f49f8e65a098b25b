//! Which fees a request or a transaction may name: geth's rules and words, the same for calls, estimates and sending.

use super::block::BASE_FEE;
use super::error::ChainError;
use alloy::primitives::Address;
use alloy::rpc::types::TransactionRequest;

/// What somebody is willing to pay, in wei per gas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fees {
    /// At most.
    pub(super) cap: u128,
    /// Beyond the base fee.
    pub(super) tip: u128,
}

impl Fees {
    /// Those of a request; all zero where it names none.
    pub(super) fn of_request(request: &TransactionRequest) -> Self {
        match request.gas_price {
            Some(price) => Self { cap: price, tip: price },
            None => Self {
                cap: request.max_fee_per_gas.unwrap_or_default(),
                tip: request.max_priority_fee_per_gas.unwrap_or_default(),
            },
        }
    }

    /// True if nothing is said about fees: nothing is charged then.
    pub(super) fn are_absent(self) -> bool {
        self.cap == 0 && self.tip == 0
    }

    /// Refuses what no block could take.
    pub(super) fn check(self, from: Address) -> Result<(), ChainError> {
        let Self { cap, tip } = self;
        if cap < tip {
            return Err(ChainError::refused(format!(
                "max priority fee per gas higher than max fee per gas: address {from}, \
                 maxPriorityFeePerGas: {tip}, maxFeePerGas: {cap}"
            )));
        }
        if cap < u128::from(BASE_FEE) {
            return Err(ChainError::refused(format!(
                "max fee per gas less than block base fee: address {from}, maxFeePerGas: {cap}, baseFee: {BASE_FEE}"
            )));
        }
        Ok(())
    }
}

/// Refuses a request that contradicts itself or is for another chain.
///
/// # Errors
/// If it names `gasPrice` beside fees of EIP-1559, another chain, or blobs, which Arbitrum does not take.
pub(crate) fn check_request(request: &TransactionRequest, chain_id: u64) -> Result<(), ChainError> {
    let dynamic = request.max_fee_per_gas.is_some() || request.max_priority_fee_per_gas.is_some();
    if request.gas_price.is_some() && dynamic {
        return Err(ChainError::refused(
            "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified".to_owned(),
        ));
    }
    if let Some(have) = request.chain_id.filter(|have| *have != chain_id) {
        return Err(ChainError::refused(format!("chainId does not match node's (have={have}, want={chain_id})")));
    }
    if request.max_fee_per_blob_gas.is_some() || request.blob_versioned_hashes.is_some() || request.sidecar.is_some() {
        return Err(ChainError::refused("transaction type not supported"));
    }
    Ok(())
}
