//! A block of Base: its header as it is hashed.

use std::sync::Arc;

use alloy::consensus::Header as Fields;
use alloy::primitives::{B256, Bytes, U64, keccak256};
use alloy::providers::Provider;
use alloy::rpc::types::Header as Answer;
use alloy::transports::TransportError;
use mrc53_node::reading::Reading;
use mrc53_trie::header::Header;
use mrc53_trie::{Malformed, rlp};

use crate::no_proof::NoProof;

/// Strings of a header before the block's number.
const BEFORE_NUMBER: usize = 8;

/// A block whose header has its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number.
    pub number: u64,
    /// Its hash: that of `header`.
    pub hash: B256,
    /// The RLP of its header.
    pub header: Bytes,
    /// The root of the state after it.
    pub state_root: B256,
    /// Its time, unix seconds.
    pub time: u64,
}

impl Block {
    /// Block `number` as the node has it. A node says the fields of a header; their RLP must have the block's hash. Of
    /// fields that are not known here the node is asked for the RLP itself (`debug_getRawHeader`).
    ///
    /// # Errors
    /// [`NoProof::NoBlock`], [`NoProof::OtherHeader`], [`NoProof::OtherBlock`] if it is another one, [`NoProof::Node`].
    pub async fn fetch(node: &Reading, number: u64) -> Result<Self, NoProof> {
        let Answer { hash, inner, .. } = answer(node, number).await?;
        let header = Bytes::from(alloy::rlp::encode(&inner));
        let hashed = keccak256(&header);
        let header = if hashed == hash {
            header
        } else {
            let raw = raw(node, number).await.filter(|raw| keccak256(raw) == hash);
            raw.ok_or_else(|| NoProof::OtherHeader { url: NoProof::url(node), block: number, hash, hashed })?
        };
        Self::of(header).filter(|block| block.number == number).ok_or_else(|| NoProof::OtherBlock {
            url: NoProof::url(node),
            block: number,
            what: "is answered with another one".into(),
        })
    }

    /// The block of this header; nothing if it is none.
    #[must_use]
    pub fn of(header: Bytes) -> Option<Self> {
        let Header { state_root, timestamp } = Header::read(&header).ok()?;
        let (state_root, number) = (B256::new(*state_root), number(&header).ok()?);
        Some(Self { number, hash: keccak256(&header), header, state_root, time: timestamp })
    }
}

/// The number in a header: the ninth of its strings.
fn number(header: &[u8]) -> Result<u64, Malformed> {
    let mut items = rlp::list(header)?;
    for _ in 0..BEFORE_NUMBER {
        items = rlp::string(items)?.1;
    }
    let (digits, _) = rlp::digits::<8>(items)?;
    Ok(digits.iter().fold(0, |number, digit| number << 8 | u64::from(*digit)))
}

/// The time of block `number`, unix seconds, as the node says it.
///
/// # Errors
/// [`NoProof::NoBlock`], [`NoProof::Node`].
pub async fn time(node: &Reading, number: u64) -> Result<u64, NoProof> {
    Ok(answer(node, number).await?.inner.timestamp)
}

/// The number of the node's last block.
///
/// # Errors
/// [`NoProof::Node`].
pub async fn last(node: &Reading) -> Result<u64, NoProof> {
    node.provider.get_block_number().await.map_err(|error| silent(node, "the last block", error))
}

async fn answer(node: &Reading, number: u64) -> Result<Answer<Fields>, NoProof> {
    let asked = node.provider.raw_request("eth_getBlockByNumber".into(), (U64::from(number), false)).await;
    let found: Option<Answer<Fields>> = asked.map_err(|error| silent(node, &format!("block {number}"), error))?;
    found.ok_or_else(|| NoProof::NoBlock { url: NoProof::url(node), block: number })
}

/// The RLP of a header, from the nodes that answer with it.
async fn raw(node: &Reading, number: u64) -> Option<Bytes> {
    node.provider.raw_request("debug_getRawHeader".into(), (U64::from(number),)).await.ok()
}

pub(crate) fn silent(node: &Reading, what: &str, error: TransportError) -> NoProof {
    NoProof::Node { url: NoProof::url(node), what: what.into(), error: Arc::new(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields { number: 600, timestamp: 7, state_root: B256::repeat_byte(9), ..Fields::default() }
    }

    #[test]
    fn a_block_is_what_its_header_says() {
        let header = Bytes::from(alloy::rlp::encode(fields()));
        let block = Block::of(header.clone()).unwrap();

        assert_eq!((block.number, block.time, block.state_root), (600, 7, B256::repeat_byte(9)));
        assert_eq!((block.hash, block.header), (fields().hash_slow(), header));
    }

    #[test]
    fn fields_behind_those_that_are_known_change_the_hash_and_nothing_else() {
        let header = alloy::rlp::encode(fields());
        let items = [mrc53_trie::rlp::list(&header).unwrap(), &[0x81, 0xff]].concat();
        let mut longer = Vec::new();
        alloy::rlp::Header { list: true, payload_length: items.len() }.encode(&mut longer);
        longer.extend(items);

        let block = Block::of(longer.into()).unwrap();

        assert_eq!((block.number, block.time), (600, 7));
        assert_ne!(block.hash, fields().hash_slow());
    }

    #[test]
    fn what_is_no_header_is_no_block() {
        let header = alloy::rlp::encode(fields());
        for cut in 0..header.len() {
            assert_eq!(Block::of(header[..cut].to_vec().into()), None);
        }
    }
}
