//! Tries of every shape: keys far apart and keys that part at their last nibble, words of 1 to 32 bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use fastrand::Rng;
use mrc53_tries::{Key, Trie};

use crate::keccak;

/// The words of a storage by their keys; none is zero.
pub type Words = BTreeMap<Key, [u8; 32]>;

/// A trie, and keys to ask for, ascending: of words and of none.
pub struct Generated {
    /// What the trie holds.
    pub words: Words,
    /// All of them.
    pub trie: Trie,
    /// To ask for.
    pub keys: Vec<Key>,
}

/// Numbers of words: none, one, few, many.
const SIZES: [usize; 8] = [0, 1, 2, 3, 5, 12, 40, 120];

/// Any trie.
#[must_use]
pub fn any(rng: &mut Rng) -> Generated {
    let size = SIZES[rng.usize(..SIZES.len())];
    // How often a key is one of the others with another end.
    let kinship = rng.u8(..=100);
    // Where kin part: anywhere, or so late that what is below stands inside its parent.
    let parting = if rng.bool() { 0..64 } else { 54..64 };
    let short_words = rng.bool();
    let mut words = Words::new();
    while words.len() < size {
        let key = match words.keys().nth(rng.usize(..=words.len())) {
            Some(key) if rng.u8(..100) < kinship => related(rng, *key, parting.clone()),
            _ => random(rng),
        };
        words.insert(key, word(rng, if short_words { 2 } else { 32 }));
    }
    let mut keys: Vec<Key> = words.keys().copied().filter(|_| rng.bool()).take(12).collect();
    for _ in 0..6 {
        let near = words.keys().nth(rng.usize(..=words.len())).copied();
        keys.push(if let Some(key) = near { related(rng, key, parting.clone()) } else { random(rng) });
    }
    keys.sort_unstable();
    keys.dedup();
    Generated { trie: Trie::of_storage(&words, keccak), words, keys }
}

/// Some of `keys`, at least one.
#[must_use]
pub fn some(rng: &mut Rng, keys: &[Key]) -> Vec<Key> {
    let one = rng.usize(..keys.len());
    let many = rng.bool();
    keys.iter().enumerate().filter(|(at, _)| *at == one || many && rng.bool()).map(|(_, key)| *key).collect()
}

/// A word that is not `word`, nor zero unless that was not.
#[must_use]
pub fn another(mut word: [u8; 32]) -> [u8; 32] {
    word[31] ^= 1;
    word
}

fn random(rng: &mut Rng) -> Key {
    std::array::from_fn(|_| rng.u8(..))
}

/// A key that parts from `key` at one nibble in the range `parting`, and goes on the same or otherwise.
fn related(rng: &mut Rng, mut key: Key, parting: Range<usize>) -> Key {
    let at = rng.usize(parting);
    let shift = if at.is_multiple_of(2) { 4 } else { 0 };
    key[at / 2] ^= rng.u8(1..16) << shift;
    if rng.bool() {
        key[at / 2 + 1..].iter_mut().for_each(|byte| *byte = rng.u8(..));
    }
    key
}

/// A number of up to `longest` bytes, not zero; small ones of one byte more often.
fn word(rng: &mut Rng, longest: usize) -> [u8; 32] {
    let mut word = [0; 32];
    let length = rng.usize(1..=longest);
    word[32 - length..].iter_mut().for_each(|byte| *byte = rng.u8(..));
    word[32 - length] = if rng.bool() { rng.u8(1..) } else { rng.u8(0x7f..0x83) };
    word
}
