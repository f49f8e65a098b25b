//! Where Base's storage holds what is proven. Computed here, never taken from the input.

use alloy_primitives::{Address, B256};
use mrc53_interfaces::wire::word;
use stylus_sdk::crypto::keccak;

/// The slot of `usage` in `UsageBuckets`: `usage[subnet][day / 4]`.
const USAGE: u32 = 0;

/// What the tries of Ethereum and Base hash with, by the host.
pub(crate) fn keccak256(bytes: &[u8]) -> [u8; 32] {
    keccak(bytes).0
}

/// The path of word number `number` of `subnet` in the storage's trie: its slot, hashed.
pub(crate) fn path_of_word(subnet: Address, number: u32) -> B256 {
    keccak(entry(word(number), entry(word(subnet), word(USAGE))))
}

/// The path of an account in the state's trie.
pub(crate) fn path_of_account(account: Address) -> B256 {
    keccak(account)
}

/// The slot of `key` in the mapping at `slot`, as Solidity lays it out.
fn entry(key: B256, slot: B256) -> B256 {
    let mut both = [0; 64];
    both[..32].copy_from_slice(key.as_slice());
    both[32..].copy_from_slice(slot.as_slice());
    keccak(both)
}
