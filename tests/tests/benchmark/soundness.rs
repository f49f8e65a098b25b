//! The opponents are honest: they take what our walk takes, with the same words, and no more. Tries of every shape around the
//! hashed slots of some words, and proofs with faults in them, some of which the hashes above know of.

use std::collections::BTreeMap;

use alloy::primitives::{B256, Bytes, keccak256};
use alloy::sol_types::SolValue;
use fastrand::Rng;
use mrc53_trie::{Refusal, Walk};
use mrc53_tries::{Key, Listing, Trie};

use super::storage::{Word, account, path};
use super::verifiers::{Verifier, Verifiers};

/// Tries of a run, and faulty proofs of each.
const TRIES: u64 = 150;
const MUTANTS: usize = 12;

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// What is asked, and the proof.
#[derive(Clone, Debug)]
struct Case {
    root: B256,
    words: Vec<Word>,
    nodes: Vec<Vec<u8>>,
}

impl Case {
    /// Some words, some of which are in a trie with keys near and far.
    fn any(rng: &mut Rng) -> Self {
        let mut words: Vec<Word> = (0..rng.usize(1..6)).map(|_| (account("any", rng.usize(..)), rng.u32(..))).collect();
        words.sort_unstable_by_key(|word| path(*word));
        let longest = if rng.bool() { 32 } else { 2 };
        let mut held = BTreeMap::new();
        for word in &words {
            let key = path(*word).0;
            if rng.u8(..4) > 0 {
                held.insert(key, number(rng, longest));
            }
            for _ in 0..rng.u8(..4) {
                held.insert(near(rng, key), number(rng, longest));
            }
        }
        for _ in 0..[0, 0, 3, 30, 600][rng.usize(..5)] {
            held.insert(std::array::from_fn(|_| rng.u8(..)), number(rng, longest));
        }
        let trie = Trie::of_storage(&held, keccak);
        let keys: Vec<Key> = words.iter().map(|word| path(*word).0).collect();
        let listing = if rng.bool() { Listing::Hashed } else { Listing::All };
        Self { root: trie.root().into(), nodes: trie.nodes(&keys, listing), words }
    }

    /// The same with a fault.
    fn mutated(&self, rng: &mut Rng) -> Self {
        let mut case = self.clone();
        if case.nodes.is_empty() {
            case.nodes.push(vec![0xc0 + rng.u8(..3); rng.usize(..4)]);
            return case;
        }
        let (one, other) = (rng.usize(..case.nodes.len()), rng.usize(..case.nodes.len()));
        match rng.u8(..10) {
            0 => drop(case.nodes.remove(one)),
            1 => case.nodes.insert(one, self.nodes[other].clone()),
            2 => case.nodes.swap(one, other),
            3 => case.words.reverse(),
            4 => case.root.0[rng.usize(..32)] ^= 1,
            _ => {
                let fresh = faulty(rng, &self.nodes[one]);
                case.replace(one, fresh, rng.u8(..4) > 0);
            }
        }
        case
    }

    /// Puts another node in the place of number `at`; where asked for, whatever names it names that instead.
    fn replace(&mut self, at: usize, fresh: Vec<u8>, named: bool) {
        let (was, is) = (keccak(&self.nodes[at]), keccak(&fresh));
        self.nodes[at] = fresh;
        if !named {
            return;
        }
        if self.root == was {
            self.root = is.into();
        }
        let parent = (0..at).find_map(|parent| {
            let place = self.nodes[parent].windows(32).position(|window| window == was)?;
            Some((parent, place))
        });
        if let Some((parent, place)) = parent {
            let mut above = self.nodes[parent].clone();
            above[place..place + 32].copy_from_slice(&is);
            self.replace(parent, above, true);
        }
    }

    /// What our walk makes of it.
    fn walked(&self) -> Result<Vec<B256>, Refusal> {
        let nodes = self.nodes.concat();
        let mut walk = Walk::new(&self.root.0, &nodes, keccak);
        let words = self.words.iter().map(|word| walk.word(&path(*word).0).map(B256::new)).collect::<Result<_, _>>()?;
        walk.end()?;
        Ok(words)
    }

    /// What a verifier makes of it.
    fn verified(&self, verifiers: &Verifiers, verifier: Verifier) -> Option<Vec<B256>> {
        let (subnets, numbers) = self.words.iter().copied().unzip();
        let nodes = Bytes::from(self.nodes.concat());
        verifiers.call(verifier, self.root, subnets, numbers, nodes).map(|words| Vec::abi_decode(&words).unwrap())
    }
}

/// A number that is not zero, of at most `longest` bytes.
fn number(rng: &mut Rng, longest: usize) -> [u8; 32] {
    let mut number = [0; 32];
    let length = rng.usize(1..=longest);
    number[32 - length..].fill_with(|| rng.u8(..));
    number[32 - length] = rng.u8(1..);
    number
}

/// A key that parts from `key` somewhere, as likely as not so late that what is below stands inside its parent.
fn near(rng: &mut Rng, mut key: Key) -> Key {
    let at = if rng.bool() { rng.usize(..64) } else { rng.usize(54..64) };
    key[at / 2] ^= rng.u8(1..16) << if at.is_multiple_of(2) { 4 } else { 0 };
    key
}

/// A node with a byte changed, added or taken away; more often than not one of those that say what comes.
fn faulty(rng: &mut Rng, node: &[u8]) -> Vec<u8> {
    let mut node = node.to_vec();
    let codes: Vec<usize> = (0..node.len()).filter(|at| [0x80, 0xa0, 0xa1].contains(&node[*at])).collect();
    let at = if !codes.is_empty() && rng.bool() { codes[rng.usize(..codes.len())] } else { rng.usize(..node.len()) };
    match rng.u8(..6) {
        0 => node.insert(at, rng.u8(..)),
        1 => drop(node.remove(at)),
        2 => node[at] = [0, 0x80, 0xa0, 0xc0, 0xc1, 0xf8][rng.usize(..6)],
        3 => node.push(rng.u8(..)),
        _ => node[at] ^= 1 << rng.u8(..8),
    }
    node
}

#[test]
fn the_opponents_take_every_valid_proof_with_the_words_of_our_walk() {
    let verifiers = Verifiers::new();
    let mut held = 0;
    for seed in 0..TRIES {
        let case = Case::any(&mut Rng::with_seed(seed));
        let words = case.walked().unwrap();

        for verifier in [Verifier::Uncached, Verifier::Assembly, Verifier::Trusting] {
            assert_eq!(
                case.verified(&verifiers, verifier).as_ref(),
                Some(&words),
                "seed {seed}, {verifier:?}: {case:?}"
            );
        }
        held += words.iter().filter(|word| !word.is_zero()).count();
    }
    assert!(held > 200, "{held}");
}

#[test]
fn the_opponent_with_the_same_checks_gives_every_faulty_proof_the_verdict_of_our_walk() {
    let verifiers = Verifiers::new();
    let (mut taken, mut refused) = (0, 0);
    for seed in 0..TRIES {
        let mut rng = Rng::with_seed(seed);
        let case = Case::any(&mut rng);
        for _ in 0..MUTANTS {
            let mutant = case.mutated(&mut rng);
            let verdict = mutant.walked().ok();
            assert_eq!(mutant.verified(&verifiers, Verifier::Assembly), verdict, "seed {seed}: {mutant:?} of {case:?}");
            if mutant.root == case.root
                && let Some(words) = mutant.verified(&verifiers, Verifier::Trusting)
            {
                assert_eq!(Some(words), verdict, "seed {seed}: {mutant:?} of {case:?}");
            }
            *(if verdict.is_some() { &mut taken } else { &mut refused }) += 1;
        }
    }
    assert!(taken > 100 && refused > 500, "{taken} taken, {refused} refused");
}
