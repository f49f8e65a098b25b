//! An error with its causes on one line, what contracts said in words.

use alloy::transports::{RpcError, TransportError};
use mrc53_abi::refusal::Refusals;

use crate::answers::{one_line, revert_data};
use crate::no_value::NoValue;

/// `error` and its causes, the outermost first, each said once: `StakeAlignment.owner: refused with ProgramExpired(7)`.
#[must_use]
pub fn of(error: &anyhow::Error) -> String {
    let mut words: Vec<String> = Vec::new();
    for cause in error.chain() {
        let (said, is_all) = match cause.downcast_ref().map(of_call).or_else(|| cause.downcast_ref().map(of_node)) {
            Some(Some(said)) => (said, true),
            _ => (one_line(&cause), false),
        };
        if words.last() != Some(&said) {
            words.push(said);
        }
        if is_all {
            break;
        }
    }
    words.join(": ")
}

/// Why a call has no value; none if the way to the node says so itself.
fn of_call(no: &NoValue) -> Option<String> {
    match no {
        NoValue::Node(error) => of_node(error),
        other => Some(one_line(other)),
    }
}

fn of_node(error: &TransportError) -> Option<String> {
    let data = revert_data(error);
    match (data, error) {
        (Some(data), _) => {
            let refusals = Refusals::all().ok()?;
            Some(format!("refused with {}", refusals.words(&data)))
        }
        (None, RpcError::ErrorResp(answer)) => {
            Some(format!("the node says: {} ({})", one_line(&answer.message), answer.code))
        }
        (None, error @ RpcError::DeserError { .. }) => Some(super::answers::of_node(error)),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    fn node_says(answer: &str) -> NoValue {
        TransportError::ErrorResp(serde_json::from_str(answer).unwrap()).into()
    }

    #[test]
    fn a_revert_is_decoded_whatever_is_said_around_it() {
        // ProgramNotActivated()
        let error = node_says(r#"{"code": 3, "message": "execution reverted", "data": "0x6f809c4e"}"#);
        let error = Err::<(), _>(error).context("SessionRecorder.source").unwrap_err();

        assert_eq!(of(&error), "SessionRecorder.source: refused with ProgramNotActivated()");
    }

    #[test]
    fn what_a_node_says_is_said_once() {
        let error = anyhow::Error::new(node_says(r#"{"code": -32000, "message": "header not found"}"#));

        assert_eq!(of(&error.context("owner()")), "owner(): the node says: header not found (-32000)");
    }

    #[test]
    fn nothing_that_a_terminal_would_obey_gets_through() {
        let error = node_says(r#"{"code": -32000, "message": "one\ntwo\u001b[2Jx\rerased"}"#);

        assert_eq!(of(&error.into()), "the node says: one two [2Jx erased (-32000)");
    }

    #[test]
    fn other_errors_keep_their_words() {
        let error = anyhow::anyhow!("a\nb").context("c");

        assert_eq!(of(&error), "c: a b");
    }
}
