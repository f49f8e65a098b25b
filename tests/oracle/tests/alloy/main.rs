//! The contracts' reader of proofs (`mrc53-trie`) held to alloy-trie, and the tries of the tests to alloy's.
//!
//! Valid proofs: the same verdict and value. Mutated ones: nothing is taken that alloy refuses, or with another value.

mod mutate;
mod repair;
mod seeds;

use std::io::Write;

use fastrand::Rng;
use mrc53_model::random::count;
use mrc53_oracle::generate::{self, Generated, Words};
use mrc53_oracle::{read, verdict};
use mrc53_tries::{Key, Listing, Trie};

/// Tries of a run whose valid proofs are compared.
const TRIES: u64 = 400;

#[test]
fn a_trie_of_the_tests_has_the_root_that_alloy_computes_and_the_nodes_that_alloy_retains() {
    for seed in 0..TRIES {
        let Generated { words, trie, keys } = generate::any(&mut Rng::with_seed(seed));
        let (root, nodes) = verdict::built(&words, &keys);

        assert_eq!(trie.root(), root, "seed {seed}");
        for key in keys {
            assert_eq!(trie.nodes(&[key], Listing::All), nodes[&key], "seed {seed}");
        }
    }
}

#[test]
fn every_valid_proof_has_the_verdict_and_the_value_that_alloy_gives_it() {
    let (mut present, mut absent, mut embedded) = (0, 0, 0);
    for seed in 0..TRIES {
        let Generated { words, trie, keys } = generate::any(&mut Rng::with_seed(seed));
        let root = trie.root();
        for key in &keys {
            let word = words.get(key).copied().unwrap_or_default();
            let hashed = trie.nodes(&[*key], Listing::Hashed);
            let all = trie.nodes(&[*key], Listing::All);
            assert!(verdict::verifies(root, key, &word, &hashed), "seed {seed}");
            assert!(!verdict::verifies(root, key, &generate::another(word), &hashed), "seed {seed}");
            for nodes in [&hashed, &all] {
                assert_eq!(read(&root, &[*key], &nodes.concat()), Ok(vec![word]), "seed {seed}");
            }
            *(if word == [0; 32] { &mut absent } else { &mut present }) += 1;
            embedded += usize::from(all.len() > hashed.len() && !hashed.is_empty());
        }
        let words: Vec<_> = keys.iter().map(|key| words.get(key).copied().unwrap_or_default()).collect();
        for listing in [Listing::Hashed, Listing::All] {
            assert_eq!(read(&root, &keys, &trie.proof(&keys, listing)), Ok(words.clone()), "seed {seed}, {listing:?}");
        }
    }
    assert!(present > 1_000 && absent > 1_000 && embedded > 300, "{present} present, {absent}, {embedded} embedded");
}

/// What became of mutated proofs.
#[derive(Debug, Default)]
struct Verdicts {
    taken: usize,
    taken_of_another_root: usize,
    refused: usize,
}

#[test]
fn no_mutated_proof_is_taken_that_alloy_refuses_or_takes_with_another_value() {
    let mut verdicts = Verdicts::default();
    for seed in seeds::all() {
        let mut rng = Rng::with_seed(seed);
        let Generated { words, trie, keys } = generate::any(&mut rng);
        for _ in 0..seeds::MUTANTS_OF_A_TRIE {
            judge(&mut rng, &trie, &words, &keys, seed, &mut verdicts);
        }
    }
    let Verdicts { taken, taken_of_another_root, refused } = verdicts;
    count((taken + refused) as u64, "mutated proofs, also judged by alloy-trie");
    // Not through the test harness, which shows what a test prints only if it fails.
    writeln!(std::io::stderr(), "{verdicts:?}").expect("a place to say it");
    assert!(taken_of_another_root * 50 > taken + refused, "the mutations have gone blind");
    assert!(taken * 2 < refused, "the mutations have gone tame");
}

/// Mutates one proof of `trie` and holds both verdicts to each other.
fn judge(rng: &mut Rng, trie: &Trie, words: &Words, keys: &[Key], seed: u64, verdicts: &mut Verdicts) {
    let asked = generate::some(rng, keys);
    let listing = if rng.bool() { Listing::Hashed } else { Listing::All };
    let original = mutate::Proof { root: trie.root(), nodes: trie.nodes(&asked, listing), keys: asked };
    let mutant = mutate::mutated(rng, &original);
    let proof = mutant.nodes.concat();
    match read(&mutant.root, &mutant.keys, &proof) {
        Ok(read) => {
            verdicts.taken += 1;
            verdicts.taken_of_another_root += usize::from(mutant.root != original.root);
            for (key, word) in mutant.keys.iter().zip(read) {
                let nodes = verdict::path(mutant.root, key, &proof);
                assert!(verdict::verifies(mutant.root, key, &word, &nodes), "seed {seed}: {mutant:?} of {original:?}");
                if mutant.root == original.root {
                    assert_eq!(words.get(key).copied().unwrap_or_default(), word, "seed {seed}: {mutant:?}");
                }
            }
        }
        Err(_) => verdicts.refused += 1,
    }
}
