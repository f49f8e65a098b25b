//! How many proofs are mutated: the same ones on every run, and by night new ones besides.

use std::io::Write;

use mrc53_model::random::first_seed_of_tonight;

/// Mutants of each trie.
pub(super) const MUTANTS_OF_A_TRIE: u64 = 50;
/// Mutants of every run.
const MUTANTS: u64 = 20_000;
/// Mutants of a nightly run.
const NIGHTLY_MUTANTS: u64 = 1_000_000;

/// Seeds from 0 on; with `MRC53_NIGHTLY` set, then those of the day, or those from `MRC53_SEED` on, which is said on
/// standard error.
pub(super) fn all() -> impl Iterator<Item = u64> {
    let is_nightly = std::env::var_os("MRC53_NIGHTLY").is_some();
    let tonight = is_nightly.then(|| {
        let first = first_seed_of_tonight();
        let line = format!("tonight's seeds: from {first} on (MRC53_SEED={first} repeats them)");
        // Not through the test harness, which shows what a test prints only if it fails.
        writeln!(std::io::stderr(), "{line}").expect("a place to say it");
        first..first + NIGHTLY_MUTANTS / MUTANTS_OF_A_TRIE
    });
    (0..MUTANTS / MUTANTS_OF_A_TRIE).chain(tonight.into_iter().flatten())
}
