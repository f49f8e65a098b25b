//! Towns of more and more subnets, all registered and staked for: what a proof costs besides the trie's depth.

use alloy::primitives::Address;

use super::arbitrum::{Arbitrum, WORD};
use super::figures::{Figures, Gas, Row};
use super::storage::{Proof, Storage, Word, account, busy};
use super::verifiers::{Verifier, Verifiers};

/// Subnets of each town.
pub(crate) const SIZES: [usize; 4] = [1, 100, 1_000, 10_000];

/// What a call of this data costs before anything runs: the transaction, and each byte.
fn sent(input: &[u8]) -> Gas {
    21_000 + input.iter().map(|byte| if *byte == 0 { 4 } else { 16 }).sum::<Gas>()
}

/// The label of a town's row.
pub(crate) fn label(size: usize) -> String {
    format!("proving 1 word among {size:5} subnets")
}

/// Adds what proving one word costs in each town, apart: what is sent, the walk, and the rest.
pub(crate) fn measure(figures: &mut Figures) {
    let mut arbitrum = Arbitrum::new(&[]);
    let mut verifiers = Verifiers::new();
    let mut subnets: Vec<Address> = Vec::new();
    for size in SIZES {
        let new: Vec<Address> = (subnets.len()..size).map(|number| account("subnet", number)).collect();
        arbitrum.stake(&new);
        subnets.extend(new);
        let words = subnets.iter().map(|subnet| (*subnet, WORD));
        let storage = Storage::new(words.map(|word: Word| (word, busy(word))));
        let (storage_root, [one]) = storage.proofs([&[(subnets[0], WORD)]]);
        let row = arbitrum.aside(|arbitrum| {
            let (root, ..) = arbitrum.open(storage_root);
            apart(arbitrum.prove(root, &one), &Arbitrum::input(root, &one), &one, || {
                verifiers.ask(Verifier::Uncached, storage_root, &one);
                verifiers.ask(Verifier::Cached, storage_root, &one).execution_gas
            })
        });
        figures.insert(label(size), row);
    }
}

fn apart(gas: Gas, input: &[u8], proof: &Proof, walk: impl FnOnce() -> Gas) -> Row {
    let (sent, walk) = (sent(input), walk());
    Row::of(proof).with("sent", sent).with("walk", walk).with("rest", gas - sent - walk)
}
