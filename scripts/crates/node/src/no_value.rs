//! Why a call has no value: the contract refused, nothing answers there, something else was answered, or the node did
//! not answer.

use std::sync::Arc;

use alloy::primitives::{Address, Bytes};
use alloy::sol_types::SolCall;
use alloy::transports::{RpcError, TransportError};
use anyhow::anyhow;
use mrc53_abi::refusal::Refusals;
use mrc53_console::failure::BadInput;

use crate::answers::{of_node, one_line, revert_data};

/// Why a call has no value.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoValue {
    /// The contract reverted with this.
    #[error("refused with {}", in_words(.0))]
    Refused(Bytes),
    /// Nothing answers there.
    #[error("nothing answers there")]
    Nothing,
    /// The answer is not of the call's type.
    #[error("{why}")]
    Malformed {
        /// The answer.
        data: Bytes,
        /// What is wrong with it.
        why: alloy::sol_types::Error,
    },
    /// The node gave the call up (out of gas, out of time, no such block), or did not answer.
    #[error(transparent)]
    Node(Arc<TransportError>),
}

impl NoValue {
    /// Whether it was said of this one call, and not of the node or of the contract altogether.
    #[must_use]
    pub fn is_of_the_call(&self) -> bool {
        match self {
            Self::Refused(_) => true,
            Self::Node(error) => error.is_error_resp(),
            Self::Nothing | Self::Malformed { .. } => false,
        }
    }

    /// Whether the contract is why, and not the node or the way to it.
    #[must_use]
    pub fn is_the_contracts(&self) -> bool {
        !matches!(self, Self::Node(_))
    }

    /// The contract's words, or the node's.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Refused(data) => in_words(data),
            Self::Node(error) => match &**error {
                RpcError::ErrorResp(answer) => one_line(&answer.message),
                other => of_node(other),
            },
            other => other.to_string(),
        }
    }

    /// The same as an error that names the view and the contract. [`BadInput`] if there is no such view: no code, a
    /// revert without a reason, an answer of another type.
    #[must_use]
    pub fn of_view<C: SolCall>(&self, contract: Address) -> anyhow::Error {
        let view = C::SIGNATURE.split_once('(').map_or(C::SIGNATURE, |(name, _)| name);
        let none = |why: &str| BadInput::new(format!("{contract} does not answer {view}(){why}")).into();
        match self {
            Self::Nothing => none(""),
            Self::Refused(data) if data.is_empty() => none(""),
            Self::Malformed { why, .. } => none(&format!(" as it should: {}", one_line(why))),
            Self::Refused(data) => anyhow!("{view}() of {contract} refuses with {}", in_words(data)),
            Self::Node(error) => anyhow!("{view}() of {contract}: {}", of_node(error)),
        }
    }
}

impl From<TransportError> for NoValue {
    fn from(error: TransportError) -> Self {
        revert_data(&error).map_or_else(|| Self::Node(Arc::new(error)), Self::Refused)
    }
}

fn in_words(data: &Bytes) -> String {
    Refusals::all().map_or_else(|_| data.to_string(), |refusals| refusals.words(data))
}

#[cfg(test)]
mod tests {
    use mrc53_abi::StakeAlignment::subnetStakeCall;
    use mrc53_console::failure::{EXIT_BAD_INPUT, EXIT_FAILURE, exit_code};

    use super::*;

    fn node_says(answer: &str) -> NoValue {
        TransportError::ErrorResp(serde_json::from_str(answer).unwrap()).into()
    }

    #[test]
    fn a_refusal_is_the_contracts_and_a_call_given_up_the_nodes() {
        // ProgramNotActivated()
        let refused = node_says(r#"{"code": 3, "message": "execution reverted", "data": "0x6f809c4e"}"#);
        let given_up = node_says(r#"{"code": -32000, "message": "out of gas"}"#);

        assert_eq!((refused.is_the_contracts(), given_up.is_the_contracts()), (true, false));
        assert!(refused.is_of_the_call() && given_up.is_of_the_call() && !NoValue::Nothing.is_of_the_call());
        assert_eq!([refused.words(), given_up.words()], ["ProgramNotActivated()", "out of gas"]);
    }

    #[test]
    fn another_input_helps_only_where_there_is_no_such_view() {
        let why = subnetStakeCall::abi_decode_returns(&[1]).unwrap_err();
        for (no, code) in [
            (NoValue::Nothing, EXIT_BAD_INPUT),
            (NoValue::Refused(Bytes::new()), EXIT_BAD_INPUT),
            (NoValue::Malformed { data: Bytes::from([1]), why }, EXIT_BAD_INPUT),
            (NoValue::Refused(Bytes::from([1])), EXIT_FAILURE),
            (node_says(r#"{"code": -32000, "message": "out of gas"}"#), EXIT_FAILURE),
        ] {
            let error = no.of_view::<subnetStakeCall>(Address::ZERO);
            assert_eq!(exit_code(&error), code, "{error}");
            assert!(error.to_string().contains("subnetStake()"), "{error}");
        }
    }
}
