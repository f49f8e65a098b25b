//! What a node's answer means: a value, a contract's refusal, or no answer at all.

use alloy::primitives::{Address, Bytes};
use alloy::transports::{RpcError, TransportError, TransportErrorKind};
use anyhow::{Result, bail};
use mrc53_abi::refusal::Refusals;
use mrc53_console::failure::BadInput;

/// The data that a call reverted with; `None` if `error` is no revert.
#[must_use]
pub fn revert_data(error: &RpcError<TransportErrorKind>) -> Option<Bytes> {
    let response = error.as_error_resp()?;
    response.as_revert_data().or_else(|| response.message.contains("revert").then(Bytes::new))
}

/// What the view `what` of the contract at `at` answered.
///
/// # Errors
/// [`BadInput`] if there is no such view: no code, a revert without a reason, an answer of another type. A failure with
/// the contract's words if it refuses, or if the node does not answer.
pub async fn view<T>(
    what: &str,
    at: Address,
    call: impl Future<Output = Result<T, alloy::contract::Error>>,
) -> Result<T> {
    let none = |why: &str| BadInput::new(format!("{at} does not answer {what}{why}")).into();
    match call.await {
        Ok(value) => Ok(value),
        Err(alloy::contract::Error::ZeroData(..)) => Err(none("")),
        Err(alloy::contract::Error::TransportError(error)) => Err(match revert_data(&error) {
            Some(data) if data.is_empty() => none(""),
            Some(data) => {
                let words = Refusals::all()?.words(&data);
                anyhow::anyhow!("{what} of {at} refuses with {words}")
            }
            None => anyhow::anyhow!("{what} of {at}: {}", of_node(&error)),
        }),
        Err(error) => Err(none(&format!(" as it should: {}", one_line(&error)))),
    }
}

/// What a view answered: its value, or the data that it reverted with.
///
/// # Errors
/// Fails if it was neither: the node did not answer, or the answer is not of the view's type.
pub fn answer<T>(answered: Result<T, alloy::contract::Error>) -> Result<Result<T, Bytes>> {
    match answered {
        Ok(value) => Ok(Ok(value)),
        Err(error) => match &error {
            alloy::contract::Error::TransportError(transport) => match revert_data(transport) {
                Some(data) => Ok(Err(data)),
                None => bail!("{}", of_node(transport)),
            },
            _ => Err(error.into()),
        },
    }
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
