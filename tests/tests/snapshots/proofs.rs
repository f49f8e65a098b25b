//! `UsageProofs`: roots, words, and what a full transaction of the sequencer's takes.

use alloy::primitives::Address;
use alloy::sol_types::SolCall;
use mrc53_abi::UsageProofs;
use mrc53_abi::arbitrum::ARB_WASM_CACHE;
use mrc53_abi::{ArbWasmCache, UsageProofs::proveCall};
use mrc53_stage::demo::Starts;

use super::ledger::Ledger;
use crate::proofs::base::{Base, Block, Word};
use crate::proofs::stand::{covers, usage_proofs};
use crate::suite_support::{DAY, HOUR, TODAY};

const SUBNETS: u64 = 20;
/// Words of each subnet that are proven: 24 days.
const WORDS: u32 = 6;
/// Words of each that lie in Base's buckets beside them, which makes the trie as deep as years do.
const OLD_WORDS: u32 = 200;
/// The days of the words to prove.
const DAYS: std::ops::Range<u32> = TODAY..TODAY + 4 * WORDS;
/// Bytes that Arbitrum's sequencer takes in a transaction, its signature and head included.
const MOST_BYTES: usize = 95_000;
/// What a batch that fills a transaction has in calldata.
const FULL_BATCH_BYTES: usize = 94_900;

/// Buckets in which all `subnets` have hosted for years, and on each of [`DAYS`].
fn base(subnets: &[Address]) -> Base {
    let mut base = Base::default();
    for subnet in subnets {
        for number in 1..=OLD_WORDS {
            base.host(*subnet, TODAY - 4 * number, 24 * HOUR, 9);
        }
        for day in DAYS {
            base.host(*subnet, day, u64::from(day), 7);
        }
    }
    base
}

/// Words of one number, of all `subnets`.
fn words_of(subnets: &[Address], number: u32) -> Vec<Word> {
    subnets.iter().map(|subnet| (*subnet, TODAY / 4 + number)).collect()
}

/// As many words from the last ones back as fill a transaction, and the calldata's length.
fn full_batch(block: &Block, subnets: &[Address]) -> proveCall {
    let words: Vec<Word> = (0..OLD_WORDS)
        .flat_map(|back| {
            words_of(subnets, 0).into_iter().map(move |(subnet, number)| (subnet, number + WORDS - 1 - back))
        })
        .collect();
    let batch = |count: usize| block.prove(&words[..count]);
    let (mut fits, mut too_many) = (1, words.len());
    while fits + 1 < too_many {
        let middle = fits.midpoint(too_many);
        *(if batch(middle).abi_encoded_size() + 4 <= FULL_BATCH_BYTES { &mut fits } else { &mut too_many }) = middle;
    }
    batch(fits)
}

pub(crate) async fn measure(mut l: Ledger, starts: Starts) -> Ledger {
    let main = l.stand.chain.main;
    let subnets = l.stand.register_many(SUBNETS).await;
    l.wait(HOUR);
    let proofs = usage_proofs(&l.stand).await;
    if starts == Starts::Cached {
        l.send(main, ARB_WASM_CACHE, ArbWasmCache::cacheProgramCall { program: proofs }).await;
    }
    let alice = l.provide("alice").await;
    for subnet in &subnets {
        l.stake(*subnet, alice, 20_000).await;
    }
    let base = base(&subnets);
    let block = base.block(covers(DAYS.end - 1));
    l.now = covers(DAYS.end - 1) + DAY;
    l.measure("acceptRoot", main, proofs, block.accept()).await;
    l.measure("acceptRoot, known", main, proofs, block.accept()).await;
    l.measure("openRoot, coverage moves", main, proofs, block.open()).await;
    l.measure("openRoot, open", main, proofs, block.open()).await;
    let other = base.block(covers(DAYS.end - 1) + 1);
    l.send(main, proofs, other.accept()).await;
    l.measure("openRoot, coverage stays", main, proofs, other.open()).await;

    let first = block.prove(&words_of(&subnets[..1], 0));
    l.measure("prove 1 word, first of all", main, proofs, first).await;
    let second = block.prove(&words_of(&subnets[1..2], 0));
    l.measure("prove 1 word, total known", main, proofs, second).await;
    let twenty = block.prove(&words_of(&subnets, 1));
    l.measure("prove 20 words, new, of 20 subnets", main, proofs, twenty.clone()).await;
    l.measure("prove 20 words, nothing new", main, proofs, twenty).await;

    let batch = full_batch(&block, &subnets);
    let bytes = batch.abi_encoded_size() + 4;
    assert!((MOST_BYTES - 1_000..=FULL_BATCH_BYTES).contains(&bytes), "{bytes} bytes");
    l.measure("prove, a batch that fills a transaction", main, proofs, batch).await;

    let subnet = subnets[0];
    l.view("usageOf, proven", proofs, UsageProofs::usageOfCall { subnet, day: TODAY }).await;
    l.view("firstOpenDay, proven", proofs, UsageProofs::firstOpenDayCall {}).await;
    // A root that follows, and the window.
    let later = base.block(covers(DAYS.end + 2));
    l.now = covers(DAYS.end + 2) + DAY;
    l.send(main, proofs, later.accept()).await;
    l.send(main, proofs, later.open()).await;
    l.wait(7 * DAY);
    let days = UsageProofs::finalUsageCall { subnet, fromDay: DAYS.start, toDay: DAYS.end };
    l.view("finalUsage of 24 days, proven", proofs, days).await;
    l
}
