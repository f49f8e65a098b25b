//! Events over any stretch of a chain, from nodes that answer only so many blocks at a time.
//!
//! Public nodes limit `eth_getLogs` by blocks, by answers or by time, each to its own measure and with its own words.
//! So nothing is assumed: the whole stretch is asked for first, a refused range is halved, and after an answer the next
//! range is twice as long.

use alloy::primitives::Address;
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::{Filter, Log};
use alloy::sol_types::SolEvent;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::Result;

use crate::words;

/// Statuses of HTTP by which a node or its gateway says that less should be asked for: malformed, timed out, too
/// large, gateway timed out.
const TOO_MUCH: [u16; 4] = [400, 408, 413, 504];

/// The blocks `[next, end)` that are still to be read, and how many to ask for at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ranges {
    next: u64,
    end: u64,
    size: u64,
}

impl Ranges {
    fn new(from: u64, end: u64) -> Self {
        Self { next: from, end, size: end.saturating_sub(from) }
    }

    /// First and last block of the next range; `None` when all are read.
    fn next(self) -> Option<(u64, u64)> {
        (self.next < self.end).then(|| (self.next, self.end.min(self.next.saturating_add(self.size)) - 1))
    }

    fn answered(self, last: u64) -> Self {
        Self { next: last + 1, size: self.size.saturating_mul(2), ..self }
    }

    /// `None` if one block was too many.
    fn refused(self) -> Option<Self> {
        let asked = self.size.min(self.end - self.next);
        (asked > 1).then_some(Self { size: asked / 2, ..self })
    }
}

/// All events `Event` that `contract` emitted from block `from` on up to now, the oldest first.
///
/// # Errors
/// Fails if the node does not answer, or refuses to answer for a single block.
pub async fn since<Event: SolEvent>(provider: &DynProvider, contract: Address, from: u64) -> Result<Vec<(Event, Log)>> {
    let end = provider.get_block_number().await? + 1;
    let filter = Filter::new().address(contract).event_signature(Event::SIGNATURE_HASH);
    let mut ranges = Ranges::new(from, end);
    let mut found = Vec::new();
    while let Some((first, last)) = ranges.next() {
        match provider.get_logs(&filter.clone().from_block(first).to_block(last)).await {
            Ok(logs) => {
                for log in logs {
                    found.push((Event::decode_log(&log.inner)?.data, log));
                }
                ranges = ranges.answered(last);
            }
            Err(error) => {
                let Some(smaller) = ranges.refused().filter(|_| asks_for_less(&error)) else {
                    let why = words::of(&error.into());
                    anyhow::bail!("no events of blocks {first} to {last}, another node may answer: {why}");
                };
                ranges = smaller;
            }
        }
    }
    Ok(found)
}

fn asks_for_less(error: &RpcError<TransportErrorKind>) -> bool {
    match error {
        RpcError::ErrorResp(_) => true,
        RpcError::Transport(kind) => kind.as_http_error().is_some_and(|http| TOO_MUCH.contains(&http.status)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ranges that a node is asked for that answers at most `limit` blocks at a time.
    fn asked(from: u64, end: u64, limit: u64) -> Vec<(u64, u64)> {
        let mut ranges = Ranges::new(from, end);
        let mut answered = Vec::new();
        while let Some((first, last)) = ranges.next() {
            if last - first < limit {
                answered.push((first, last));
                ranges = ranges.answered(last);
            } else {
                ranges = ranges.refused().unwrap();
            }
        }
        answered
    }

    #[test]
    fn a_node_without_a_limit_is_asked_once() {
        assert_eq!(asked(7, 1_000_000, u64::MAX), [(7, 999_999)]);
    }

    #[test]
    fn every_block_is_answered_once_and_in_order_whatever_the_limit() {
        for limit in [1, 2, 3, 7, 100, 999, 1_000, 1_001] {
            let answered = asked(5, 1_005, limit);
            let blocks: Vec<u64> = answered.iter().flat_map(|(first, last)| *first..=*last).collect();
            assert_eq!(blocks, (5..1_005).collect::<Vec<_>>(), "at a limit of {limit}");
        }
    }

    #[test]
    fn a_stretch_without_blocks_asks_nothing() {
        assert_eq!(asked(9, 9, 1), []);
        assert_eq!(asked(10, 9, 1), []);
    }

    #[test]
    fn one_block_refused_ends_it() {
        assert_eq!(Ranges { next: 4, end: 5, size: 8 }.refused(), None);
        assert_eq!(Ranges { next: 3, end: 5, size: 8 }.refused().map(|ranges| ranges.size), Some(1));
    }
}
