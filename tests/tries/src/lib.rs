//! Merkle-Patricia tries of 32-byte keys and their proofs, built naively for tests: everything at once, nothing updated,
//! written after the yellow paper and not after the code that is tested.
//!
//! | module | what it makes |
//! |---|---|
//! | [`Trie`] | a trie, its root, and the nodes that prove keys |
//! | [`rlp`] | RLP of strings, lists and numbers |
//! | [`base`] | states, headers and output roots of Base, and where its buckets keep a word |

pub mod base;
mod key;
mod list;
mod nibbles;
pub mod rlp;
mod trie;

pub use key::{Keccak, Key};
pub use list::Listing;
pub use trie::Trie;
