//! The contracts' reader of proofs as a program of its own: what the benchmark of proofs measures beside verifiers in
//! Solidity. It keeps nothing and asks nobody. It answers one call, the same that they do, with the words of `UsageBuckets`
//! that have these numbers:
//!
//! `verify(bytes32 root, address[] subnets, uint32[] numbers, bytes nodes) returns (bytes32[])`
//!
//! What it refuses it refuses without a reason, as they do.

extern crate alloc;

use alloc::vec::Vec;

use mrc53_trie::Walk;
use stylus_sdk::crypto::keccak;

// The entrypoint macro adds a public function without a word that nothing in Rust can reach.
#[allow(missing_docs, unreachable_pub)]
mod entry;

type Word = [u8; 32];

/// The answer to `arguments`, nothing if they, or the proof, are refused.
fn verified(arguments: &[u8]) -> Option<Vec<u8>> {
    let root = arguments.first_chunk()?;
    let (subnets, numbers) = (words(arguments, 1)?, words(arguments, 2)?);
    let (nodes, length) = dynamic(arguments, 3)?;
    if subnets.len() != numbers.len() {
        return None;
    }
    let mut answer = Vec::with_capacity(32 * (2 + subnets.len()));
    answer.extend(number(32));
    answer.extend(number(subnets.len() as u32));
    let mut walk = Walk::new(root, nodes.get(..length)?, keccak256);
    for (subnet, number) in subnets.iter().zip(numbers) {
        let is_in_range = subnet[..12] == [0; 12] && number[..28] == [0; 28];
        answer.extend(walk.word(&path(subnet, number)).ok().filter(|_| is_in_range)?);
    }
    walk.end().ok()?;
    Some(answer)
}

/// The hashed slot of a word of `usage`, at slot 0, of `UsageBuckets`.
fn path(subnet: &Word, number: &Word) -> Word {
    let mut both = [0; 64];
    both[..32].copy_from_slice(subnet);
    let of_subnet = keccak256(&both);
    both[..32].copy_from_slice(number);
    both[32..].copy_from_slice(&of_subnet);
    keccak256(&keccak256(&both))
}

fn keccak256(bytes: &[u8]) -> Word {
    keccak(bytes).0
}

/// Argument number `index`, an array of elements of a word each.
fn words(arguments: &[u8], index: usize) -> Option<&[Word]> {
    let (behind, length) = dynamic(arguments, index)?;
    behind.as_chunks().0.get(..length)
}

/// What comes behind the length of a dynamic argument, and that length.
fn dynamic(arguments: &[u8], index: usize) -> Option<(&[u8], usize)> {
    let there = arguments.get(small(arguments.get(32 * index..)?)?..)?;
    Some((there.get(32..)?, small(there)?))
}

/// The word that `bytes` begin with, as a number of 32 bits.
fn small(bytes: &[u8]) -> Option<usize> {
    let (high, low) = bytes.first_chunk::<32>()?.split_last_chunk()?;
    (*high == [0; 28]).then_some(u32::from_be_bytes(*low) as usize)
}

fn number(number: u32) -> Word {
    let mut word = [0; 32];
    word[28..].copy_from_slice(&number.to_be_bytes());
    word
}
