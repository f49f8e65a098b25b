//! Roots that the relay has sent to `UsageProofs`: of which game each is, and by which transaction.

use alloy::primitives::{Address, B256};
use alloy::providers::Provider;
use alloy::rpc::types::Filter;
use alloy::sol_types::SolEvent;
use anyhow::Result;
use mrc53_abi::RootRelay::RootSent;
use mrc53_node::logs::Reader;

use crate::chains::Chains;

/// Blocks of Ethereum in which a ticket can be redeemed: seven days of one every twelve seconds.
const BLOCKS_OF_A_WEEK: u64 = 7 * 86_400 / 12;
/// Weeks that are looked back: the longest window, and the slowest root.
pub(crate) const WEEKS: u64 = 6;

/// A root on its way or behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SentRoot {
    pub(crate) root: B256,
    pub(crate) game: Address,
    pub(crate) transaction: Option<B256>,
    /// The block of Ethereum that it is in.
    pub(crate) block: Option<u64>,
}

/// The last sending of each of `roots` there was in the last `weeks`; the last one is looked at first, and no more than are
/// needed.
///
/// # Errors
/// Fails if the node does not answer.
pub(crate) async fn find(chains: &Chains<'_>, roots: &[B256], weeks: u64) -> Result<Vec<SentRoot>> {
    let node = &chains.ethereum;
    let last = node.provider.get_block_number().await.map_err(|error| node.url.blame("its last block", &error))?;
    let (mut found, mut end): (Vec<SentRoot>, _) = (Vec::new(), last.saturating_add(1));
    for _ in 0..weeks {
        let start = end.saturating_sub(BLOCKS_OF_A_WEEK);
        let of_week = week(chains, start..end).await?;
        let is_wanted = |sent: &&SentRoot| roots.contains(&sent.root);
        for sent in of_week.iter().rev().filter(is_wanted) {
            if found.iter().all(|known| known.root != sent.root) {
                found.push(*sent);
            }
        }
        if start == 0 || found.len() == roots.len() {
            break;
        }
        end = start;
    }
    Ok(found)
}

async fn week(chains: &Chains<'_>, blocks: std::ops::Range<u64>) -> Result<Vec<SentRoot>> {
    let Chains { ethereum: node, relay, proofs, .. } = chains;
    let filter = Filter::new().address(*relay).event_signature(RootSent::SIGNATURE_HASH).topic2(proofs.into_word());
    let mut reader = Reader::new(&node.provider, filter, blocks);
    let mut found = Vec::new();
    while let Some(answered) = reader.next().await? {
        for log in answered.logs {
            let RootSent { game, target, root, .. } = RootSent::decode_log(&log.inner)?.data;
            if log.address() == *relay && target == *proofs {
                found.push(SentRoot { root, game, transaction: log.transaction_hash, block: log.block_number });
            }
        }
    }
    Ok(found)
}
