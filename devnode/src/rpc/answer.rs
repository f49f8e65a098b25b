//! Refusals as JSON-RPC errors, with the codes that geth and Nitro use.

use crate::chain::ChainError;
use crate::handle::Broken;
use alloy::primitives::Bytes;
use serde::Serialize;

/// The text is no JSON.
const PARSE_ERROR_CODE: i32 = -32_700;

/// It is JSON, but no request.
const INVALID_REQUEST_CODE: i32 = -32_600;

/// There is no such method, or not over this transport.
const METHOD_NOT_FOUND_CODE: i32 = -32_601;

/// The parameters are not what the method takes.
const INVALID_PARAMS_CODE: i32 = -32_602;

/// A fault of the node.
const INTERNAL_ERROR_CODE: i32 = -32_603;

/// geth's code for an execution that reverted; the error's data is the revert data.
const REVERTED_CODE: i32 = 3;

/// geth's code for everything else that is refused.
const REFUSED_CODE: i32 = -32_000;

/// geth's code for an answer that is too long.
const TOO_LARGE_CODE: i32 = -32_003;

/// A request that is not served, as the `error` of its answer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Failure {
    code: i32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Bytes>,
}

impl Failure {
    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }

    /// The text cannot be read.
    pub(crate) fn parse(message: impl Into<String>) -> Self {
        Self::new(PARSE_ERROR_CODE, message)
    }

    /// What was sent is no request.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::new(INVALID_REQUEST_CODE, message)
    }

    /// There is no such method, or not here.
    pub(crate) fn method(message: impl Into<String>) -> Self {
        Self::new(METHOD_NOT_FOUND_CODE, message)
    }

    /// The parameters are wrong.
    pub(crate) fn params(message: impl Into<String>) -> Self {
        Self::new(INVALID_PARAMS_CODE, message)
    }

    /// The request cannot be served as things are.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new(REFUSED_CODE, message)
    }

    /// The answer is longer than a client gets.
    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(TOO_LARGE_CODE, format!("response too large: it exceeds {limit} bytes"))
    }

    /// A fault of the node.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        Self::new(INTERNAL_ERROR_CODE, error.to_string())
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        Self::internal(&broken)
    }
}

impl From<ChainError> for Failure {
    fn from(error: ChainError) -> Self {
        let message = error.to_string();
        match error {
            ChainError::Invalid(_) => Self::params(message),
            ChainError::Refused(_) => Self::refused(message),
            ChainError::Reverted(data) => Self { data: Some(data), ..Self::new(REVERTED_CODE, message) },
        }
    }
}
