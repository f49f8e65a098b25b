//! Proofs as the fuzzer writes them: bytes whose hashes are put right, so that what is beyond a hash is reached.
//!
//! | bytes | what |
//! |---|---|
//! | 0 | how many keys, less one, in its two lowest bits |
//! | 32 each | the keys |
//! | rest | the nodes |
//!
//! Wherever a node has a string of 32 bytes whose first is 0x40 to 0x7f, it stands for the hash of a node behind it: 0x40
//! for that of the next, 0x41 for that of the one after it, counted in a circle. Paths and values never begin so.

use fastrand::Rng;
use mrc53_tries::{Key, Listing};

use crate::generate::Generated;
use crate::keccak;
use crate::verdict::items;

/// The code of a string of 32 bytes.
const HASH: u8 = 0xa0;
/// What a string begins with that stands for the hash of the next node, and of the furthest.
const NEXT: u8 = 0x40;
const FURTHEST: u8 = 0x7f;
/// The code of the first list.
const FIRST_LIST: u8 = 0xc0;
/// Bytes that mean something in a node.
pub const TELLING: [u8; 18] =
    [0x00, 0x01, 0x10, 0x1f, 0x20, 0x2f, 0x30, 0x40, 0x7f, 0x80, 0x81, 0xa0, 0xa1, 0xb8, 0xc0, 0xc1, 0xf8, 0xff];
/// Keys there are at most.
const MOST_KEYS: u8 = 4;

/// A proof.
#[derive(Clone, Debug)]
pub struct Input {
    /// The hash of the first node; that of an empty trie if there is none.
    pub root: [u8; 32],
    /// Ascending.
    pub keys: Vec<Key>,
    /// The nodes, one behind the other.
    pub proof: Vec<u8>,
}

impl Input {
    /// The proof that `bytes` stand for; none if they are too few.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (&count, mut rest) = bytes.split_first()?;
        let mut keys = Vec::new();
        for _ in 0..=count % MOST_KEYS {
            let (key, behind) = rest.split_first_chunk()?;
            keys.push(*key);
            rest = behind;
        }
        keys.sort_unstable();
        keys.dedup();
        let mut nodes = items(rest);
        let read: usize = nodes.iter().map(Vec::len).sum();
        for at in (0..nodes.len()).rev() {
            let (before, behind) = nodes.split_at_mut(at + 1);
            put_right(&mut before[at], behind);
        }
        let root = keccak(nodes.first().map_or(&[0x80], Vec::as_slice));
        // What is no item stays as it is.
        Some(Self { root, keys, proof: [&nodes.concat(), &rest[read..]].concat() })
    }

    /// The bytes that stand for a proof of some of the keys of `generated`.
    #[must_use]
    pub fn write(generated: &Generated) -> Vec<u8> {
        let keys: Vec<Key> = generated.keys.iter().copied().take(MOST_KEYS.into()).collect();
        let mut nodes = generated.trie.nodes(&keys, Listing::Hashed);
        let hashes: Vec<_> = nodes.iter().map(|node| keccak(node)).collect();
        for (at, node) in nodes.iter_mut().enumerate() {
            for place in 0..(node.len() + 1).saturating_sub(32) {
                if let Some(meant) = hashes[at + 1..].iter().position(|hash| node[place..place + 32] == *hash) {
                    node[place] = u8::try_from(meant).map_or(FURTHEST, |meant| FURTHEST.min(NEXT + meant));
                }
            }
        }
        let count = u8::try_from(keys.len().saturating_sub(1)).unwrap_or_default();
        [&[count], keys.concat().as_slice(), &nodes.concat()].concat()
    }
}

/// Gives one of `bytes` that is in no string of 32 another value, one that means something.
pub fn change(rng: &mut Rng, bytes: &mut [u8]) {
    let (mut places, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        places.push(at);
        at += if bytes[at] == HASH { 33 } else { 1 };
    }
    if let Some(place) = rng.choice(places) {
        bytes[place] = TELLING[rng.usize(..TELLING.len())];
    }
}

/// Puts the hashes of nodes among those `behind` where `node` names them.
fn put_right(node: &mut [u8], behind: &[Vec<u8>]) {
    if behind.is_empty() || node.first().is_none_or(|code| *code < FIRST_LIST) {
        return;
    }
    let head = if node[0] <= 0xf7 { 1 } else { 1 + usize::from(node[0] - 0xf7) };
    let mut at = head;
    let inside: Vec<usize> =
        node.get(head..).map_or_else(Vec::new, |payload| items(payload).iter().map(Vec::len).collect());
    for length in inside {
        let item = &mut node[at..at + length];
        match item {
            [HASH, hash @ ..] if (NEXT..=FURTHEST).contains(&hash[0]) => {
                hash.copy_from_slice(&keccak(&behind[usize::from(hash[0] - NEXT) % behind.len()]));
            }
            _ => put_right(item, behind),
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{generate, read};

    #[test]
    fn a_valid_proof_comes_back_with_its_root_and_is_taken() {
        for seed in 0..200 {
            let generated = generate::any(&mut Rng::with_seed(seed));
            let input = Input::read(&Input::write(&generated)).unwrap();
            let words: Vec<_> =
                input.keys.iter().map(|key| generated.words.get(key).copied().unwrap_or_default()).collect();

            assert_eq!(read(&input.root, &input.keys, &input.proof), Ok(words), "seed {seed}");
        }
    }

    #[test]
    fn what_is_too_short_or_no_item_is_no_proof_or_one_that_is_refused() {
        assert!(Input::read(&[]).is_none() && Input::read(&[0; 32]).is_none());
        let cut = Input::read(&[&[0; 33][..], &[0xf8, 0xff]].concat()).unwrap();

        assert_eq!(cut.proof, [0xf8, 0xff]);
        assert!(read(&cut.root, &cut.keys, &cut.proof).is_err());
    }
}
