//! The first block of a day, asked for once.

use anyhow::Result;
use mrc53_maths::Day;
use mrc53_node::reading::Reading;

use crate::cache::Cache;
use crate::midnights::{Block, Midnight, first_at};

/// The first block of `day`, which `last` is not before.
///
/// # Errors
/// Fails if the node does not answer, or does not have the blocks around it.
pub(crate) async fn first_block(node: &Reading, cache: &mut Cache, day: Day, last: Block) -> Result<u64> {
    if let Some(known) = cache.midnight(day.0) {
        return Ok(known.block);
    }
    let block = first_at(node, day.start(), last).await?;
    cache.add_midnight(Midnight { day: day.0, block: block.number, hash: block.hash })?;
    Ok(block.number)
}
