//! Verification alone: the same words, read by everybody.

use alloy::primitives::B256;
use alloy::sol_types::SolValue;

use super::figures::{Figures, Row};
use super::storage::{Storage, Word, account, busy};
use super::verifiers::{Verifier, Verifiers};

/// Words in the storage.
const STORAGE: usize = 10_000;
/// The number of the words that are read: any will do.
const NUMBER: u32 = 5_000;

/// Adds what reading one word and twenty costs.
pub(crate) fn measure(figures: &mut Figures) {
    let words: Vec<Word> = (0..20).map(|number| (account("subnet", number), NUMBER)).collect();
    let storage = Storage::with_others(words.iter().map(|word| (*word, busy(*word))), STORAGE);
    let (root, [one, twenty]) = storage.proofs([&words[..1], &words[..]]);
    for (label, proof) in [("verifying 1 word", one), ("verifying 20 words", twenty)] {
        let held: Vec<B256> = proof.words.iter().map(|(_, held)| held.to_bytes().into()).collect();
        let mut verifiers = Verifiers::new();
        let mut row = Row::of(&proof);
        for verifier in Verifier::ALL {
            let outcome = verifiers.ask(verifier, root, &proof);
            assert!(outcome.success, "{label}, {verifier:?}: {:?}", outcome.failure);
            assert_eq!(outcome.output, held.abi_encode(), "{label}, {verifier:?}");
            row.gas.insert(verifier.label().to_owned(), outcome.execution_gas);
        }
        assert!(figures.insert(label.to_owned(), row).is_none());
    }
}
