//! Refusals as JSON-RPC errors, with the codes that geth and Nitro use.

use crate::chain::ChainError;
use alloy::primitives::Bytes;
use jsonrpsee::types::ErrorObjectOwned;
use jsonrpsee::types::error::{INTERNAL_ERROR_CODE, INVALID_PARAMS_CODE};

/// geth's code for an execution that reverted; the error's data is the revert data.
const REVERTED_CODE: i32 = 3;

/// geth's code for everything else that is refused.
const REFUSED_CODE: i32 = -32_000;

/// A request that is not served.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    code: i32,
    message: String,
    data: Option<Bytes>,
}

impl Failure {
    /// The parameters are wrong.
    pub(crate) fn params(message: impl Into<String>) -> Self {
        Self { code: INVALID_PARAMS_CODE, message: message.into(), data: None }
    }

    /// The request cannot be served as things are.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { code: REFUSED_CODE, message: message.into(), data: None }
    }

    /// A fault of the node.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        Self { code: INTERNAL_ERROR_CODE, message: error.to_string(), data: None }
    }
}

impl From<ChainError> for Failure {
    fn from(error: ChainError) -> Self {
        let message = error.to_string();
        match error {
            ChainError::Invalid(_) => Self::params(message),
            ChainError::Refused(_) => Self::refused(message),
            ChainError::Reverted(data) => Self { code: REVERTED_CODE, message, data: Some(data) },
        }
    }
}

impl From<Failure> for ErrorObjectOwned {
    fn from(failure: Failure) -> Self {
        Self::owned(failure.code, failure.message, failure.data)
    }
}
