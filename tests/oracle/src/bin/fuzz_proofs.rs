//! Coverage-guided fuzzing of the contracts' reader of proofs: `LibFuzzer` looks for inputs that run what none before has
//! run, and each is held to alloy-trie.
//!
//! Its arguments are `LibFuzzer`'s, the first of them the folder of inputs, which begins with valid proofs. It is compiled as
//! `fuzzing.toml` says; `cargo mrc53 test --nightly --only fuzzer` runs it. An input that fails is left as a file, and given
//! to it as its only argument it fails again.
#![no_main]

use std::fs;
use std::path::Path;

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use mrc53_oracle::generate;
use mrc53_oracle::input::{Input, change};
use mrc53_oracle::verdict::{hold, hold_account};

/// Valid proofs to begin with.
const SEEDS: u64 = 300;

/// Writes valid proofs into the folder among the arguments, if it is none that an input is repeated from.
fn begin() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).expect("a folder for inputs");
    let folder = Path::new(&named);
    if folder.is_file() {
        return;
    }
    fs::create_dir_all(folder).expect("a folder for inputs");
    for seed in 0..SEEDS {
        let bytes = Input::write(&generate::any(&mut Rng::with_seed(seed)));
        fs::write(folder.join(format!("seed-{seed}")), bytes).expect("a file of its own");
    }
}

fuzz_target!(init: begin(), |bytes: &[u8]| {
    if let Some(Input { root, keys, proof }) = Input::read(bytes) {
        hold(root, &keys, &proof);
        hold_account(&proof);
    }
});

// Most bytes of a proof are hashes, which are put right in any case: half of the changes are made elsewhere.
fuzz_mutator!(|bytes: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut rng = Rng::with_seed(seed.into());
    if rng.bool() {
        return fuzzer_mutate(bytes, size, most);
    }
    change(&mut rng, &mut bytes[..size]);
    size
});
