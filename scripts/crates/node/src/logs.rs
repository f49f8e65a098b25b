//! Events over any stretch of a chain, from nodes that answer only so many blocks at a time.
//!
//! Public nodes limit `eth_getLogs` by blocks, by answers or by time, each to its own measure and with its own words.
//! So nothing is assumed: the whole stretch is asked for first, a refused range is halved, and after an answer the next
//! range is twice as long, or half way to a length that was refused a short while ago, until that is near.

use std::ops::Range;

use alloy::primitives::Address;
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::{Filter, Log};
use alloy::sol_types::SolEvent;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::Result;
use mrc53_console::failure::BadInput;

use crate::words;

/// Statuses of HTTP by which a node or its gateway says that less should be asked for: malformed, timed out, too
/// large, gateway timed out.
const TOO_MUCH: [u16; 4] = [400, 408, 413, 504];

/// After how many answers a length is tried again that was refused: where events are what a node counts, other blocks have
/// fewer.
const CALM: u32 = 64;
/// The part of a length by which it is not worth trying to grow.
const NEAR: u64 = 16;

/// The blocks `[next, end)` that are still to be read, and how many to ask for at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ranges {
    next: u64,
    end: u64,
    size: u64,
    /// The last length that was answered; 0 if none was.
    answered: u64,
    /// The least length that was refused since.
    refused: u64,
    /// Answers since it was.
    answers: u32,
}

impl Ranges {
    fn new(from: u64, end: u64) -> Self {
        let size = end.saturating_sub(from);
        Self { next: from, end, size, answered: 0, refused: u64::MAX, answers: 0 }
    }

    /// First and last block of the next range; `None` when all are read.
    fn next(self) -> Option<(u64, u64)> {
        (self.next < self.end).then(|| (self.next, self.end.min(self.next.saturating_add(self.size)) - 1))
    }

    fn answered(self, last: u64) -> Self {
        let answers = self.answers + 1;
        let refused = if answers >= CALM { u64::MAX } else { self.refused };
        let half_way = refused.saturating_sub(self.size) / 2;
        let more = if half_way > self.size / NEAR { half_way.min(self.size) } else { 0 };
        Self { next: last + 1, size: self.size.saturating_add(more), answered: self.size, refused, answers, ..self }
    }

    /// `None` if one block was too many.
    fn refused(self) -> Option<Self> {
        let asked = self.size.min(self.end - self.next);
        let (answered, size) = if self.answered < asked { (self.answered, self.answered) } else { (0, 0) };
        let size = if size == 0 { asked / 2 } else { size };
        (asked > 1).then_some(Self { size, answered, refused: asked, answers: 0, ..self })
    }
}

/// What a node has answered for the blocks `[first, end)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The blocks.
    pub blocks: Range<u64>,
    /// Their events, the oldest first.
    pub logs: Vec<Log>,
}

/// Reads a stretch of a chain, range by range.
#[derive(Debug)]
pub struct Reader<'a> {
    provider: &'a DynProvider,
    filter: Filter,
    ranges: Ranges,
}

impl<'a> Reader<'a> {
    /// What fits `filter` in `blocks`; nothing is asked yet.
    #[must_use]
    pub fn new(provider: &'a DynProvider, filter: Filter, blocks: Range<u64>) -> Self {
        Self { provider, filter, ranges: Ranges::new(blocks.start, blocks.end) }
    }

    /// The same, beginning with at most `length` blocks, at least 1: of a stretch so long that a node might fall silent
    /// over it instead of refusing.
    #[must_use]
    pub fn beginning_with(mut self, length: u64) -> Self {
        self.ranges.size = self.ranges.size.min(length);
        self
    }

    /// The next range that the node answers; `None` when all are read.
    ///
    /// # Errors
    /// Fails if the node does not answer, or refuses to answer for a single block; [`BadInput`] if it answers with events
    /// of other blocks than it was asked for.
    pub async fn next(&mut self) -> Result<Option<Answered>> {
        while let Some((first, last)) = self.ranges.next() {
            match self.provider.get_logs(&self.filter.clone().from_block(first).to_block(last)).await {
                Ok(logs) => {
                    let blocks = first..last + 1;
                    if let Some(stray) = logs.iter().find(|log| !lies_in(log, &blocks)) {
                        return Err(stray_log(stray, first, last).into());
                    }
                    self.ranges = self.ranges.answered(last);
                    return Ok(Some(Answered { blocks, logs }));
                }
                Err(error) => {
                    let Some(smaller) = self.ranges.refused().filter(|_| asks_for_less(&error)) else {
                        let why = words::of(&error.into());
                        anyhow::bail!("no events of blocks {first} to {last}, another node may answer: {why}");
                    };
                    self.ranges = smaller;
                }
            }
        }
        Ok(None)
    }
}

/// All events `Event` that `contract` emitted from block `from` on up to now, the oldest first.
///
/// # Errors
/// As [`Reader::next`].
pub async fn since<Event: SolEvent>(provider: &DynProvider, contract: Address, from: u64) -> Result<Vec<(Event, Log)>> {
    let end = provider.get_block_number().await? + 1;
    let filter = Filter::new().address(contract).event_signature(Event::SIGNATURE_HASH);
    let mut reader = Reader::new(provider, filter, from..end);
    let mut found = Vec::new();
    while let Some(answered) = reader.next().await? {
        for log in answered.logs {
            found.push((Event::decode_log(&log.inner)?.data, log));
        }
    }
    Ok(found)
}

fn lies_in(log: &Log, blocks: &Range<u64>) -> bool {
    !log.removed && log.block_number.is_some_and(|number| blocks.contains(&number))
}

fn stray_log(log: &Log, first: u64, last: u64) -> BadInput {
    let of = match log.block_number {
        Some(_) if log.removed => "one that the chain has taken back".into(),
        Some(number) => format!("one of block {number}"),
        None => "one that no block has".into(),
    };
    BadInput::new(format!(
        "asked for events of blocks {first} to {last}, the node answers with {of}: its answers cannot be relied \
         on, name another node with --rpc-url"
    ))
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
        let ranges = |next| Ranges { size: 8, ..Ranges::new(next, 5) };
        assert_eq!(ranges(4).refused(), None);
        assert_eq!(ranges(3).refused().map(|ranges| ranges.size), Some(1));
    }

    #[test]
    fn ranges_come_close_to_what_a_node_takes_and_few_are_refused() {
        // Two months of Base, and a node that takes two thousand blocks.
        let (limit, blocks) = (2_000, 60 * 43_200);
        let (mut answers, mut refusals) = (0, 0);
        let mut ranges = Ranges::new(0, blocks);
        while let Some((first, last)) = ranges.next() {
            let fits = last - first < limit;
            answers += u64::from(fits);
            refusals += u64::from(!fits);
            ranges = if fits { ranges.answered(last) } else { ranges.refused().unwrap() };
        }
        let least = blocks.div_ceil(limit);
        assert!(answers < least * 11 / 10 && refusals < least / 10, "{answers} and {refusals} of {least}");
    }

    #[test]
    fn a_node_that_takes_less_than_before_is_asked_for_less_and_for_more_again_when_it_takes_more() {
        let limit = |block: u64| if (3_000..3_100).contains(&block) { 1 } else { 1_000 };
        let (mut ranges, mut answered) = (Ranges::new(0, 200_000), Vec::new());
        while let Some((first, last)) = ranges.next() {
            let fits = last - first < limit(first);
            if fits {
                answered.push(first..last + 1);
            }
            ranges = if fits { ranges.answered(last) } else { ranges.refused().unwrap() };
        }
        assert!(answered.windows(2).all(|two| two[0].end == two[1].start) && answered.last().unwrap().end == 200_000);
        assert!(answered.len() < 500, "{}", answered.len());
    }

    #[test]
    fn an_event_of_another_block_or_of_none_is_noticed() {
        let log = |block_number, removed| Log { block_number, removed, ..Log::default() };
        for (number, fits) in [(Some(4), false), (Some(5), true), (Some(8), true), (Some(9), false), (None, false)] {
            assert_eq!(lies_in(&log(number, false), &(5..9)), fits, "{number:?}");
        }
        assert!(!lies_in(&log(Some(5), true), &(5..9)));
    }
}
