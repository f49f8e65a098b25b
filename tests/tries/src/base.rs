//! What of Base is proven, beside tries: a state with one account among others, a header, an output root, and where
//! `UsageBuckets` keeps a word.

use crate::key::{Keccak, Key};
use crate::rlp;
use crate::trie::Trie;

/// The root of the storage of Base's message passer: any will do.
pub const MESSAGE_PASSER_ROOT: [u8; 32] = [0x3e; 32];

/// Accounts in a state beside the one that matters.
const OTHERS: u8 = 39;

/// A state in which the account `address` has this storage and code.
#[must_use]
pub fn state(address: &[u8; 20], storage: &Trie, code_hash: &[u8; 32], keccak: Keccak) -> Trie {
    let others = (1..=OTHERS).map(|number| (keccak(&[number; 20]), account(number, &[7; 32], &[8; 32])));
    let own = (keccak(address), account(1, &storage.root(), code_hash));
    Trie::new(&others.chain([own]).collect(), keccak)
}

/// An account, as a state holds it.
fn account(nonce: u8, storage_root: &[u8; 32], code_hash: &[u8; 32]) -> Vec<u8> {
    rlp::list(&[rlp::number(&[nonce]), rlp::number(&[5; 9]), rlp::string(storage_root), rlp::string(code_hash)])
}

/// A block's header with this state root and time, unix seconds.
#[must_use]
pub fn header(state_root: &[u8; 32], timestamp: u64) -> Vec<u8> {
    let mut items: Vec<_> = [1, 2, 0, 0, 4, 5].map(|byte| rlp::string(&[byte; 32])).into();
    items[2] = rlp::string(&[3; 20]);
    items[3] = rlp::string(state_root);
    items.push(rlp::string(&[0; 256]));
    items.extend([0, 1, 2, 3, timestamp].map(|number: u64| rlp::number(&number.to_be_bytes())));
    items.extend([rlp::string(b""), rlp::string(&[6; 32]), rlp::string(&[0; 8]), rlp::number(&[7])]);
    rlp::list(&items)
}

/// The output root of a state, [`MESSAGE_PASSER_ROOT`] and the header of its block, version 0.
#[must_use]
pub fn output_root(state_root: &[u8; 32], header: &[u8], keccak: Keccak) -> [u8; 32] {
    keccak(&[[0; 32], *state_root, MESSAGE_PASSER_ROOT, keccak(header)].concat())
}

/// The hashed slot of word number `number` of `subnet`: `usage[subnet][number]`, where `usage` is at slot 0.
#[must_use]
pub fn path_of_word(subnet: &[u8; 20], number: u32, keccak: Keccak) -> Key {
    let word = |bytes: &[u8]| {
        let mut word = [0; 32];
        word[32 - bytes.len()..].copy_from_slice(bytes);
        word
    };
    let of_subnet = keccak(&[word(subnet), [0; 32]].concat());
    keccak(&keccak(&[word(&number.to_be_bytes()), of_subnet].concat()))
}
