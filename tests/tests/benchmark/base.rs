//! A block of Base as a proof sees it: the buckets' account nine nodes deep, as it lies in a state of 300 million accounts.

use std::collections::BTreeMap;

use alloy::primitives::{Address, B256, Bytes, keccak256};
use mrc53_tries::base::{MESSAGE_PASSER_ROOT, output_root};
use mrc53_tries::{Key, Listing, Trie, rlp};

/// The `UsageBuckets` on Base, and the hash of their code.
pub(crate) const BUCKETS: Address = Address::repeat_byte(0xbc);
pub(crate) const CODE_HASH: B256 = B256::repeat_byte(0xc0);
/// Full branches above the account in a state of 16^7 accounts and more; one of two hashes below them, then the account.
const FULL_BRANCHES: usize = 7;

/// What opens the root of a block.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) root: B256,
    pub(crate) state_root: B256,
    pub(crate) message_passer_root: B256,
    pub(crate) header: Bytes,
    pub(crate) account_proof: Bytes,
}

impl Block {
    /// The block of `timestamp` (Unix seconds) in which the buckets' storage has this root.
    pub(crate) fn new(storage_root: B256, timestamp: u64) -> Self {
        let own = keccak256(BUCKETS).0;
        let neighbours = (0..FULL_BRANCHES).flat_map(|depth| (1..16).map(move |other| (depth, other)));
        let neighbours = neighbours.chain([(FULL_BRANCHES, 1)]).map(|(depth, other)| neighbour(own, depth, other));
        let accounts: BTreeMap<_, _> = neighbours.chain([own]).map(|key| (key, account(storage_root))).collect();
        let state = Trie::new(&accounts, keccak);
        let nodes = state.nodes(&[own], Listing::Hashed);
        assert_eq!(nodes.len(), FULL_BRANCHES + 2);
        let header = header(&state.root(), timestamp);
        Self {
            root: output_root(&state.root(), &header, keccak).into(),
            state_root: state.root().into(),
            message_passer_root: MESSAGE_PASSER_ROOT.into(),
            header: header.into(),
            account_proof: nodes.concat().into(),
        }
    }
}

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// The key that parts from `key` at the nibble `depth`, by `other`.
fn neighbour(mut key: Key, depth: usize, other: u8) -> Key {
    key[depth / 2] ^= other << if depth.is_multiple_of(2) { 4 } else { 0 };
    key
}

/// An account as a contract has it: created once, without ether.
fn account(storage_root: B256) -> Vec<u8> {
    rlp::list(&[rlp::number(&[1]), rlp::number(&[]), rlp::string(&storage_root[..]), rlp::string(&CODE_HASH[..])])
}

/// A header as long as Base's, with this state root and time.
fn header(state_root: &[u8; 32], timestamp: u64) -> Vec<u8> {
    let hash = |byte: u8| rlp::string(&[byte; 32]);
    let number = |number: u64| rlp::number(&number.to_be_bytes());
    let mut items = vec![hash(1), hash(2), rlp::string(&[3; 20]), rlp::string(state_root), hash(4), hash(5)];
    items.push(rlp::string(&[0xb1; 256]));
    items.extend([number(0), number(30_000_000), number(400_000_000), number(150_000_000), number(timestamp)]);
    // Extra data, mix, nonce, base fee, withdrawals, blob gas used and in excess, parent beacon block, requests.
    items.extend([rlp::string(&[9; 17]), hash(6), rlp::string(&[0; 8]), number(5_000_000), hash(7)]);
    items.extend([number(0), number(0), hash(8), hash(9)]);
    rlp::list(&items)
}
