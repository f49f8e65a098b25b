//! The first block of a day, found by the times of blocks.

use alloy::consensus::BlockHeader;
use alloy::network::BlockResponse;
use alloy::primitives::B256;
use alloy::providers::Provider;
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_node::reading::Reading;

/// A block's number, time (Unix seconds) and hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) number: u64,
    pub(crate) time: u64,
    pub(crate) hash: B256,
}

/// Block `number`.
///
/// # Errors
/// [`BadInput`] if the node does not have it; a failure if the node does not answer.
pub(crate) async fn block(node: &Reading, number: u64) -> Result<Block> {
    let (url, what) = (&node.url, format!("block {number}"));
    let answered = node.provider.get_block_by_number(number.into()).await.map_err(|error| url.blame(&what, &error))?;
    let Some(block) = answered else {
        return Err(BadInput::new(format!(
            "{url} does not have block {number}: name a node that keeps all blocks of these days with --rpc-url"
        ))
        .into());
    };
    Ok(Block { number, time: block.header().timestamp(), hash: block.header.hash })
}

/// The block `behind` the head, or the first if there are not so many.
///
/// # Errors
/// As [`block`].
pub(crate) async fn behind_the_head(node: &Reading, behind: u64) -> Result<Block> {
    let head = node.provider.get_block_number().await.map_err(|error| node.url.blame("its last block", &error))?;
    block(node, head.saturating_sub(behind)).await
}

/// The first block that is not before `time`; `last` is not.
///
/// # Errors
/// As [`block`].
pub(crate) async fn first_at(node: &Reading, time: u64, last: Block) -> Result<Block> {
    let first = block(node, 0).await?;
    if first.time >= time {
        return Ok(first);
    }
    let mut between = Between { before: first, after: last, is_halved: false };
    while let Some(number) = between.guess(time) {
        let block = block(node, number).await?;
        between = between.told(block, time);
    }
    Ok(between.after)
}

/// Two blocks, the later of which is not before the time that is looked for.
#[derive(Clone, Copy, Debug)]
struct Between {
    before: Block,
    after: Block,
    /// Whether the next guess is the middle: guesses by time alone may crawl where blocks came at another pace.
    is_halved: bool,
}

impl Between {
    /// A block between the two, where one would be if all came at the same pace; none if there is none.
    fn guess(self, time: u64) -> Option<u64> {
        let (low, high) = (self.before.number + 1, self.after.number);
        if low >= high {
            return None;
        }
        if self.is_halved {
            return Some(low + (high - low) / 2);
        }
        let blocks = u128::from(self.after.number - self.before.number);
        let seconds = u128::from(self.after.time.saturating_sub(self.before.time).max(1));
        let on = u128::from(time.saturating_sub(self.before.time)) * blocks / seconds;
        Some(u64::try_from(on).unwrap_or(u64::MAX).saturating_add(self.before.number).clamp(low, high - 1))
    }

    fn told(self, block: Block, time: u64) -> Self {
        let is_halved = !self.is_halved;
        if block.time < time {
            Self { before: block, is_halved, ..self }
        } else {
            Self { after: block, is_halved, ..self }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first block not before `time` of a chain whose block `n` is of `time_of(n)`, and how many were asked for.
    fn found(length: u64, time: u64, time_of: impl Fn(u64) -> u64) -> (u64, u32) {
        let block = |number| Block { number, time: time_of(number), hash: B256::ZERO };
        let mut between = Between { before: block(0), after: block(length - 1), is_halved: false };
        let mut asked = 0;
        while let Some(number) = between.guess(time) {
            between = between.told(block(number), time);
            asked += 1;
        }
        (between.after.number, asked)
    }

    #[test]
    fn the_first_block_that_is_not_before_a_time_is_found_whatever_the_pace() {
        let paces: [fn(u64) -> u64; 4] = [|n| 2 * n, |n| n / 4, |n| if n < 500 { n } else { 1_000_000 + n }, |n| n * n];
        for time_of in paces {
            for time in [1, 2, 3, 100, 101, 200] {
                let (number, _) = found(1_000, time, time_of);
                assert!(time_of(number) >= time && time_of(number - 1) < time, "{time}: {number}");
            }
        }
    }

    #[test]
    fn a_steady_chain_is_asked_for_a_handful_of_blocks_and_any_other_for_few() {
        let (number, asked) = found(40_000_000, 70_000_001, |n| 2 * n);
        assert!(number == 35_000_001 && asked <= 4, "{number} {asked}");
        let (_, asked) = found(40_000_000, 5, |n| n.saturating_sub(39_000_000));
        assert!(asked <= 60, "{asked}");
    }
}
