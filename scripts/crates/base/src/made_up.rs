//! A state of Base for tests: the buckets with words in them among other accounts, and a block of it.

use std::collections::BTreeMap;

use alloy::consensus::Header;
use alloy::primitives::{Address, B256, Bytes, U256, keccak256};
use mrc53_tries::{Listing, Trie, rlp};

use crate::block::Block;
use crate::evidence::{Evidence, Opening, Proven};
use crate::word::Word;

pub(crate) const BUCKETS: Address = Address::repeat_byte(0xbc);
pub(crate) const CODE_HASH: B256 = B256::repeat_byte(0xc0);
const MESSAGE_PASSER_ROOT: B256 = B256::repeat_byte(0x3e);

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// A word of some subnet, by its number.
pub(crate) fn word(subnet: u64, number: u32) -> Word {
    Word { subnet: Address::from_word(B256::from(U256::from(subnet))), number }
}

/// A storage in which each of `words` has some usage on all of its days.
pub(crate) fn storage(words: &[Word]) -> Trie {
    let value = |word: &Word| [u8::try_from(word.number % 255).unwrap() + 1; 32];
    Trie::of_storage(&words.iter().map(|word| (word.path().0, value(word))).collect(), keccak)
}

/// Nodes of `trie` that prove `key`, as nodes of the network list them.
pub(crate) fn listed(trie: &Trie, key: B256, listing: Listing) -> Vec<Bytes> {
    trie.nodes(&[key.0], listing).into_iter().map(Bytes::from).collect()
}

/// The opening of a block at `time` in which the buckets have this storage.
pub(crate) fn opening(storage: &Trie, time: u64) -> Opening {
    let account = |root: &[u8], code: &[u8]| {
        rlp::list(&[rlp::number(&[1]), rlp::number(&[5; 9]), rlp::string(root), rlp::string(code)])
    };
    let others = (1..40_u8).map(|number| (keccak(&[number; 20]), account(&[7; 32], &[8; 32])));
    let buckets = (keccak(BUCKETS.as_slice()), account(&storage.root(), CODE_HASH.as_slice()));
    let state = Trie::new(&others.chain([buckets]).collect::<BTreeMap<_, _>>(), keccak);
    let header = Header { state_root: B256::new(state.root()), number: 600, timestamp: time, ..Header::default() };
    let block = Block::of(alloy::rlp::encode(header).into()).unwrap();
    let proof = listed(&state, keccak256(BUCKETS), Listing::Hashed);
    let (opening, code_hash) = Opening::checked(block, MESSAGE_PASSER_ROOT, BUCKETS, proof).unwrap();
    assert_eq!((code_hash, opening.storage_root), (Some(CODE_HASH), B256::new(storage.root())));
    opening
}

/// What proves `asked` where the storage has `words`.
pub(crate) fn evidence(words: &[Word], asked: &[Word], time: u64) -> Evidence {
    let storage = storage(words);
    let opening = opening(&storage, time);
    let proven = asked.iter().map(|word| {
        let proof = listed(&storage, word.path(), Listing::All);
        Proven::checked(*word, proof, opening.storage_root).unwrap()
    });
    let proven = proven.collect();
    Evidence::new(opening, proven)
}
