//! What is done again: requests that did not reach the node or that it was too busy for, and steps that failed on the
//! way to the chain.
//!
//! Every request may be repeated: a signed transaction is mined once, however often it is handed in.

use std::time::Duration;

use alloy::transports::layers::{RateLimitRetryPolicy, RetryPolicy};
use alloy::transports::{TransportError, TransportErrorKind};
use anyhow::Result;

use super::sent::is_final;

/// How often a request is repeated that did not get through.
const REPETITIONS: u32 = 5;
/// How long to wait before a repetition, where the node does not say.
const PAUSE_BETWEEN_REQUESTS: Duration = Duration::from_millis(500);
/// How often that is doubled for a node that is too busy.
const DOUBLINGS: u32 = 6;
/// JSON-RPC's "limit exceeded". Nodes say it of too many requests, which pass, and of too many blocks or answers in one
/// request, which do not.
const LIMIT_EXCEEDED: i64 = -32_005;
/// What Base's nodes say of too many requests, in varying words.
const OVER_RATE_LIMIT: i64 = -32_016;

/// How often something is tried that did not get through and may be done twice.
const ATTEMPTS: u32 = 3;
/// How long to wait before the next attempt.
const PAUSE: Duration = Duration::from_secs(1);

/// Does `step`, which may be done twice, and does it again where the way to the chain failed and not the chain: for
/// example because another transaction of the same account took the place of this one.
///
/// # Errors
/// The last error; one that is final ([`is_final`]) at once.
pub async fn again<T>(mut step: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let mut attempt = 1;
    loop {
        match step().await {
            Err(error) if attempt < ATTEMPTS && !is_final(&error) => {
                attempt += 1;
                tokio::time::sleep(PAUSE).await;
            }
            ended => return ended,
        }
    }
}

/// Decides by the error; how long to wait the node may say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Patience {
    of_alloy: RateLimitRetryPolicy,
}

impl Patience {
    /// How long to wait before a request that came to `error`, after `repetitions` repetitions, is asked once more; none
    /// if the error stands, more than any patience if it has been repeated enough. A way to the node that is broken is
    /// tried every half second, five times; a node that is too busy is given twice as long each time, half a minute at
    /// most, for as long as there is patience.
    pub(super) fn pause(self, error: &TransportError, repetitions: u32) -> Option<Duration> {
        if !self.should_retry(error) {
            return None;
        }
        Some(match self.backoff_hint(error) {
            Some(hint) => hint,
            None if is_busy(error) => PAUSE_BETWEEN_REQUESTS * 2_u32.pow(repetitions.min(DOUBLINGS)),
            None if repetitions < REPETITIONS => PAUSE_BETWEEN_REQUESTS,
            None => Duration::MAX,
        })
    }
}

/// Whether a node that says so, and should be asked again, has too much to do; not whether it lags behind.
fn is_busy(error: &TransportError) -> bool {
    match error {
        TransportError::ErrorResp(answer) => answer.message != "header not found",
        TransportError::Transport(kind) => kind.as_http_error().is_some_and(|http| http.status == 429),
        _ => false,
    }
}

impl RetryPolicy for Patience {
    fn should_retry(&self, error: &TransportError) -> bool {
        match error {
            // A connection refused or lost, a gateway without a node behind it.
            TransportError::Transport(TransportErrorKind::Custom(_)) => true,
            TransportError::Transport(kind) if kind.as_http_error().is_some_and(|http| http.status == 502) => true,
            TransportError::ErrorResp(answer) if answer.code == LIMIT_EXCEEDED => {
                let message = answer.message.to_lowercase();
                message.contains("rate") || message.contains("too many requests")
            }
            TransportError::ErrorResp(answer) if answer.code == OVER_RATE_LIMIT => true,
            _ => self.of_alloy.should_retry(error),
        }
    }

    fn backoff_hint(&self, error: &TransportError) -> Option<Duration> {
        self.of_alloy.backoff_hint(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: i64, message: &str) -> bool {
        let error = serde_json::json!({"code": code, "message": message}).to_string();
        Patience::default().should_retry(&TransportError::ErrorResp(serde_json::from_str(&error).unwrap()))
    }

    #[test]
    fn a_lost_connection_and_a_busy_node_are_tried_again() {
        let again = |error| Patience::default().should_retry(&error);
        assert!(again(TransportErrorKind::custom_str("connection closed")));
        for (status, is_tried) in [(429, true), (502, true), (503, true), (400, false), (413, false)] {
            assert_eq!(again(TransportErrorKind::http_error(status, String::new())), is_tried, "{status}");
        }
    }

    #[test]
    fn too_many_requests_are_tried_again_and_too_many_blocks_are_not() {
        assert!(answered(-32_005, "project ID request rate exceeded"));
        assert!(answered(-32_005, "Too many requests"));
        assert!(!answered(-32_005, "query returned more than 10000 results"));
        assert!(!answered(-32_005, "exceed maximum block range: 5000"));
    }

    #[test]
    fn a_busy_node_is_given_more_time_each_time_and_a_broken_way_five_attempts() {
        let busy = TransportErrorKind::http_error(429, String::new());
        let pauses = |error: &TransportError| [0, 1, 4, 5, 6, 7].map(|number| Patience::default().pause(error, number));
        assert_eq!(
            pauses(&busy),
            [500, 1_000, 8_000, 16_000, 32_000, 32_000].map(|ms| Some(Duration::from_millis(ms)))
        );
        let (short, never) = (Some(Duration::from_millis(500)), Some(Duration::MAX));
        let broken = TransportErrorKind::custom_str("connection closed");
        assert_eq!(pauses(&broken), [short, short, short, never, never, never]);
        assert_eq!(Patience::default().pause(&TransportErrorKind::http_error(404, String::new()), 0), None);
    }

    #[test]
    fn what_base_says_of_too_many_requests_is_known_by_its_code() {
        assert!(answered(-32_016, "over rate limit") && answered(-32_016, "Slow down"));
    }

    #[test]
    fn a_refusal_is_not_tried_again() {
        assert!(!answered(3, "execution reverted"));
    }
}
