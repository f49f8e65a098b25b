//! What the contracts' reader of proofs (`mrc53-trie`) is held to: alloy-trie, on tries of every shape.
//!
//! | module | what lives there |
//! |---|---|
//! | [`generate`] | tries, and keys to ask for |
//! | [`verdict`] | what alloy-trie says of them and of proofs, and that nothing is taken that it refuses |
//! | [`input`] | proofs as the fuzzer writes them, with every hash right |
//!
//! By night the program `fuzz-proofs` looks for proofs that run code which none before has run.

pub mod generate;
pub mod input;
pub mod verdict;

use alloy_primitives::keccak256;
use mrc53_trie::{Refusal, Walk};
use mrc53_tries::Key;

/// keccak256.
#[must_use]
pub fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// The words at `keys`, as the contracts read them.
///
/// # Errors
/// What the contracts refuse.
pub fn read(root: &[u8; 32], keys: &[Key], proof: &[u8]) -> Result<Vec<[u8; 32]>, Refusal> {
    let mut walk = Walk::new(root, proof, keccak);
    let words = keys.iter().map(|key| walk.word(key)).collect::<Result<_, _>>()?;
    walk.end()?;
    Ok(words)
}
