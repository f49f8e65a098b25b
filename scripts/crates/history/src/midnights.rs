//! The first block of a day, found by the times of blocks.

use alloy::consensus::BlockHeader;
use alloy::network::BlockResponse;
use alloy::primitives::B256;
use alloy::providers::Provider;
use alloy::transports::RpcError;
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_node::reading::Reading;
use serde::{Deserialize, Serialize};

/// The first block of a UTC day, or the first of all after its midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Midnight {
    pub(crate) day: u32,
    pub(crate) block: u64,
    pub(crate) hash: B256,
}

/// A block's number, time (Unix seconds) and hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) number: u64,
    pub(crate) time: u64,
    pub(crate) hash: B256,
}

/// What nodes answer, beside null, for a block whose history they have dropped.
const PRUNED: i64 = 4_444;

/// The block `behind` the head, or the first if there are not so many.
///
/// # Errors
/// As [`block`].
pub(crate) async fn behind_the_head(node: &Reading, behind: u64) -> Result<Block> {
    let head = node.provider.get_block_number().await.map_err(|error| node.url.blame("its last block", &error))?;
    block(node, head.saturating_sub(behind)).await
}

/// Block `number`.
///
/// # Errors
/// [`BadInput`] if the node does not have it; a failure if the node does not answer.
pub(crate) async fn block(node: &Reading, number: u64) -> Result<Block> {
    Ok(find(node, number).await?.ok_or_else(|| absent(node, number))?)
}

/// Block `number`; none if the node does not have it.
async fn find(node: &Reading, number: u64) -> Result<Option<Block>> {
    match node.provider.get_block_by_number(number.into()).await {
        Ok(block) => Ok(block.map(|it| Block { number, time: it.header().timestamp(), hash: it.header.hash })),
        Err(RpcError::ErrorResp(answer)) if answer.code == PRUNED => Ok(None),
        Err(error) => Err(node.url.blame(&format!("block {number}"), &error)),
    }
}

fn absent(node: &Reading, number: u64) -> BadInput {
    let url = &node.url;
    BadInput::new(format!(
        "{url} does not have block {number}: name a node with --rpc-url that keeps the blocks of these days, and of the \
         longest session before them"
    ))
}

/// The first block that is not before `time`; `last` is not. A node may have dropped blocks long before it.
///
/// # Errors
/// As [`block`].
pub(crate) async fn first_at(node: &Reading, time: u64, last: Block) -> Result<Block> {
    let first = find(node, 0).await?;
    if let Some(first) = first.filter(|first| first.time >= time) {
        return Ok(first);
    }
    let before = (0, first.map(|first| first.time));
    let mut between = Between { before, after: last, is_halved: false };
    while let Some(number) = between.guess(time) {
        between = between.told(number, find(node, number).await?, time);
    }
    match between.before {
        (number, None) => Err(absent(node, number).into()),
        _ => Ok(between.after),
    }
}

/// Two blocks, the later of which is not before the time that is looked for.
#[derive(Clone, Copy, Debug)]
struct Between {
    /// The earlier one's number and time; no time if the node does not have it.
    before: (u64, Option<u64>),
    after: Block,
    /// Whether the next guess is the middle: guesses by time alone may crawl where blocks came at another pace.
    is_halved: bool,
}

impl Between {
    /// A block between the two, where one would be if all came at the same pace; none if there is none.
    fn guess(self, time: u64) -> Option<u64> {
        let (number, from) = self.before;
        let (low, high) = (number + 1, self.after.number);
        if low >= high {
            return None;
        }
        let Some(from) = from.filter(|_| !self.is_halved) else {
            return Some(low + (high - low) / 2);
        };
        let (blocks, seconds) = (u128::from(high - number), u128::from(self.after.time.saturating_sub(from).max(1)));
        let on = u128::from(time.saturating_sub(from)) * blocks / seconds;
        Some(u64::try_from(on).unwrap_or(u64::MAX).saturating_add(number).clamp(low, high - 1))
    }

    /// What is known once block `number` is.
    fn told(self, number: u64, block: Option<Block>, time: u64) -> Self {
        let is_halved = !self.is_halved;
        match block {
            Some(block) if block.time >= time => Self { after: block, is_halved, ..self },
            earlier => Self { before: (number, earlier.map(|block| block.time)), is_halved, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first block not before `time` of a chain whose block `n` is of `time_of(n)`, whether the one before is known,
    /// and how many were asked for; the node has blocks from `kept` on.
    fn found(length: u64, kept: u64, time: u64, time_of: impl Fn(u64) -> u64) -> (u64, bool, u32) {
        let block = |number| (number >= kept).then(|| Block { number, time: time_of(number), hash: B256::ZERO });
        let before = (0, block(0).map(|block| block.time));
        let mut between = Between { before, after: block(length - 1).unwrap(), is_halved: false };
        let mut asked = 0;
        while let Some(number) = between.guess(time) {
            between = between.told(number, block(number), time);
            asked += 1;
        }
        (between.after.number, between.before.1.is_some(), asked)
    }

    #[test]
    fn the_first_block_that_is_not_before_a_time_is_found_whatever_the_pace() {
        let paces: [fn(u64) -> u64; 4] = [|n| 2 * n, |n| n / 4, |n| if n < 500 { n } else { 1_000_000 + n }, |n| n * n];
        for time_of in paces {
            for time in [1, 2, 3, 100, 101, 200] {
                let (number, is_known, _) = found(1_000, 0, time, time_of);
                assert!(time_of(number) >= time && time_of(number - 1) < time && is_known, "{time}: {number}");
            }
        }
    }

    #[test]
    fn a_steady_chain_is_asked_for_a_handful_of_blocks_and_any_other_for_few() {
        let (number, _, asked) = found(40_000_000, 0, 70_000_001, |n| 2 * n);
        assert!(number == 35_000_001 && asked <= 4, "{number} {asked}");
        let (_, _, asked) = found(40_000_000, 0, 5, |n| n.saturating_sub(39_000_000));
        assert!(asked <= 60, "{asked}");
    }

    #[test]
    fn a_node_without_old_blocks_has_the_first_of_a_time_if_it_has_the_one_before() {
        let at = |time| found(1_000, 400, time, |n| 2 * n);
        assert_eq!((at(802).0, at(802).1), (401, true));
        assert_eq!((at(801).0, at(801).1), (401, true));
        assert_eq!([at(800).1, at(799).1, at(10).1], [false; 3]);
    }
}
