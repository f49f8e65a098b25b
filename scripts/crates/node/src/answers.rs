//! What a node's error means: a contract's refusal, or no answer at all, and how it is written on one line.

use alloy::primitives::Bytes;
use alloy::transports::{RpcError, TransportError, TransportErrorKind};

/// The data that a call reverted with; `None` if `error` is no revert.
#[must_use]
pub fn revert_data(error: &RpcError<TransportErrorKind>) -> Option<Bytes> {
    let response = error.as_error_resp()?;
    response.as_revert_data().or_else(|| response.message.contains("revert").then(Bytes::new))
}

/// An error on one line, without anything that a terminal would obey: a node may have written it.
pub fn one_line(error: &impl std::fmt::Display) -> String {
    error.to_string().split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Why a node did not answer, on one line. What it answered instead is not repeated where it is of another type than was
/// asked for: it may hold anything, the node's whole address too.
#[must_use]
pub fn of_node(error: &TransportError) -> String {
    match error {
        RpcError::DeserError { .. } => "the node's answer is not of the kind that was asked for".into(),
        other => one_line(other),
    }
}
