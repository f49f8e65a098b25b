//! Merkle-Patricia proofs of Ethereum's tries, read in place: an account, and many words of storage at once.
//!
//! Free of any SDK, of allocation and of dependencies; keccak256 is given by whoever uses it. Nothing is copied: values
//! are slices of the proof. Nothing can panic, whatever the input.
//!
//! | module | what it reads |
//! |---|---|
//! | [`walk`] | a proof for ascending keys: nodes in the order in which the keys need them |
//! | [`account`] | the value of an account |
//! | [`number`] | the value of a word of storage |
//! | [`header`] | a block's header: state root and time |
//! | [`rlp`] | one item, by the canonical rules only |
//!
//! # A proof
//!
//! The nodes' RLP, one behind the other; a node says itself how long it is. Every node stands there once for each place
//! in the trie, depth first, in the order in which the ascending keys need them: first all of the path of the first key,
//! then of each key what its path does not share with the one before. A node shorter than 32 bytes stands inside its
//! parent; some nodes of the network list it again behind the parent, and both are taken. Of an empty trie there is no
//! node, or the one node `0x80`.
//!
//! # What is refused
//!
//! - keys that are not strictly ascending; a node that is missing, or another than its parent names; nodes left over;
//! - RLP that is not canonical, or lengths that do not agree to the byte;
//! - paths that do not end at nibble 64, that are empty in an extension, or padded; nodes below nibble 64;
//! - a branch with a value of its own; an embedded node that is malformed, whether a key needs it or not, and one below
//!   an extension that is no branch; a node named by its hash that is shorter than 32 bytes;
//! - a number with leading zeros, longer than 32 bytes, or zero: a trie holds no zeros.
//!
//! A key is **absent** only by an empty place in a branch, by a leaf or an extension with another path, or by the empty
//! trie. A missing node never means that.
#![no_std]

#[cfg(test)]
extern crate std;

pub mod account;
mod hashes;
pub mod header;
mod link;
mod node;
pub mod number;
mod path;
pub mod rlp;
pub mod walk;

pub use rlp::Malformed;
pub use walk::{Reason, Refusal, Walk};

/// What the trie hashes with: keccak256.
pub trait Keccak {
    /// The hash of `bytes`.
    fn keccak256(&self, bytes: &[u8]) -> [u8; 32];
}

impl<F: Fn(&[u8]) -> [u8; 32]> Keccak for F {
    fn keccak256(&self, bytes: &[u8]) -> [u8; 32] {
        self(bytes)
    }
}

/// The root of a trie without entries: keccak256 of `0x80`.
pub const EMPTY_ROOT: [u8; 32] = [
    0x56, 0xe8, 0x1f, 0x17, 0x1b, 0xcc, 0x55, 0xa6, 0xff, 0x83, 0x45, 0xe6, 0x92, 0xc0, 0xf8, 0x6e, 0x5b, 0x48, 0xe0,
    0x1b, 0x99, 0x6c, 0xad, 0xc0, 0x01, 0x62, 0x2f, 0xb5, 0xe3, 0x63, 0xb4, 0x21,
];
