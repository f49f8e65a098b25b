//! Why the chain refuses something.

use alloy::primitives::{Address, Bytes, U256};
use alloy::sol_types::{GenericContractError, SolInterface};
use revm::context_interface::result::InvalidTransaction;

/// A refusal. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// The request makes no sense as it stands.
    #[error("{0}")]
    Invalid(String),
    /// The request is well-formed but cannot be served in this state.
    #[error("{0}")]
    Refused(String),
    /// Execution reverted with this data.
    #[error("{}", revert_message(.0))]
    Reverted(Bytes),
}

impl ChainError {
    /// A [`ChainError::Refused`].
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused(message.into())
    }

    /// A [`ChainError::Invalid`].
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid(message.into())
    }
}

/// `execution reverted`, with the reason if the data holds one that Solidity knows.
fn revert_message(data: &Bytes) -> String {
    let reverted = "execution reverted";
    reason(data).map_or_else(|| reverted.to_owned(), |reason| format!("{reverted}: {reason}"))
}

/// The reason in revert data, if it is one that Solidity knows.
pub(super) fn reason(data: &[u8]) -> Option<String> {
    match GenericContractError::abi_decode(data).ok()? {
        GenericContractError::Revert(revert) => Some(revert.reason),
        GenericContractError::Panic(panic) => Some(panic.to_string()),
    }
}

/// Words a transaction's refusal as geth does.
#[must_use]
pub(super) fn refusal(error: &InvalidTransaction) -> String {
    use InvalidTransaction as I;
    match error {
        I::NonceTooLow { tx, state } => format!("nonce too low: next nonce {state}, tx nonce {tx}"),
        I::NonceTooHigh { tx, state } => {
            format!("nonce too high: next nonce {state}, tx nonce {tx}")
        }
        I::CallGasCostMoreThanGasLimit { initial_gas, gas_limit } => {
            format!("intrinsic gas too low: have {gas_limit}, want {initial_gas}")
        }
        I::GasPriceLessThanBasefee => "max fee per gas less than block base fee".to_owned(),
        I::PriorityFeeGreaterThanMaxFee => "max priority fee per gas higher than max fee per gas".to_owned(),
        I::RejectCallerWithCode => "sender not an eoa".to_owned(),
        I::InvalidChainId | I::MissingChainId => "invalid chain id for signer".to_owned(),
        I::CreateInitCodeSizeLimit => "max initcode size exceeded".to_owned(),
        other => other.to_string(),
    }
}

/// geth's words for a balance that does not cover a transaction.
#[must_use]
pub(super) fn insufficient_funds(account: Address, have: U256, want: U256) -> String {
    format!("insufficient funds for gas * price + value: address {account} have {have} want {want}")
}
