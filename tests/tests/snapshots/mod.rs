//! Gas of every function, size of every wasm and layout of every contract, held to `snapshots/`.
//!
//! A change above 1 % fails until the snapshot is written anew: `MRC53_UPDATE_SNAPSHOTS=1`, in the same commit.

mod base;
mod fields;
mod layout;
mod ledger;
mod owners;
mod payments;
mod proofs;
mod records;
mod stakes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use alloy::primitives::B256;
use mrc53_abi::ArbWasm;
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_stage::demo::Starts;
use mrc53_wasm::Artifact;
use serde::{Deserialize, Serialize};

use crate::asking::ask;
use crate::suite_support::programs;
use ledger::{Gas, Ledger};

/// The gas of one call, with the contracts out of the chain's cache of programs and in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Both {
    uncached: Gas,
    cached: Gas,
}

/// Size and hash of one wasm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Wasm {
    code_bytes: usize,
    file_bytes: usize,
    keccak256: B256,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("snapshots")
}

fn updating() -> bool {
    std::env::var_os("MRC53_UPDATE_SNAPSHOTS").is_some()
}

/// What `snapshots/FILE` says; where it is to be written, `measured`.
pub(crate) fn snapshot<T: Serialize + for<'de> Deserialize<'de>>(
    file: &str,
    measured: &BTreeMap<String, T>,
) -> BTreeMap<String, T> {
    let path = folder().join(file);
    if updating() {
        std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(measured).unwrap())).unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Whether `now` is more than 1 % away from `then`.
pub(crate) fn moved(then: u64, now: u64) -> bool {
    then.abs_diff(now) * 100 > then
}

async fn measured(starts: Starts) -> BTreeMap<String, Gas> {
    let mut all = BTreeMap::new();
    for ledger in [
        stakes::measure(Ledger::new(starts).await).await,
        owners::measure(Ledger::new(starts).await).await,
        records::measure(Ledger::new(starts).await).await,
        payments::measure(Ledger::new(starts).await).await,
        payments::changes(Ledger::new(starts).await).await,
        proofs::measure(Ledger::new(starts).await, starts).await,
    ] {
        for (call, gas) in ledger.rows {
            assert!(all.insert(call.clone(), gas).is_none(), "{call} is measured twice");
        }
    }
    all
}

#[tokio::test]
async fn no_call_moves_by_more_than_one_percent_of_gas() {
    let (uncached, cached) = (measured(Starts::Uncached).await, measured(Starts::Cached).await);
    let now: BTreeMap<String, Both> =
        uncached.into_iter().map(|(call, uncached)| (call.clone(), Both { uncached, cached: cached[&call] })).collect();
    let then = snapshot("gas.json", &now);

    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    let moved: Vec<String> = now
        .iter()
        .filter(|(call, now)| moved(then[*call].uncached, now.uncached) || moved(then[*call].cached, now.cached))
        .map(|(call, now)| format!("{call}: {:?} became {now:?}", then[call]))
        .collect();
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

/// What calls may use at most with the contracts cached.
const BOUNDS: [(&str, Gas); 18] = [
    ("stake, first of all", 115_000),
    ("stake, again on the same day", 80_000),
    ("withdraw, again on the same day", 75_000),
    ("record, closed, first of a session", 130_000),
    ("record, closed, new seconds", 90_000),
    ("recordMany of 50, closed, first of each", 50 * 65_000),
    ("recordMany of 50, running, first of each", 50 * 65_000),
    ("recordMany of 50, running, new seconds", 50 * 35_000),
    ("record, closed, nothing new", 45_000),
    ("recordMany of  1, closed, nothing new", 45_000),
    ("settle 1 day", 100_000),
    ("settle 30 days", 300_000),
    ("prove 1 word, first of all", 120_000),
    ("prove 20 words, new, of 20 subnets", 20 * 48_000),
    ("claim", 75_000),
    ("claim, after a year", 75_000),
    ("claimStake, no change", 90_000),
    ("claimStake, no change, after a year", 90_000),
];

/// What calls may use at most beyond others, with the contracts cached: a call, the one it is compared with, how many
/// of the unit lie between them, and the bound of one.
const SLOPES: [(&str, &str, Gas, Gas); 4] = [
    ("stake, next day, one new word of history", "stake, again on the same day", 1, 23_000),
    ("stake, next day, three new words of history", "stake, again on the same day", 3, 23_000),
    ("settle 365 days", "settle 30 days", 335, 8_000),
    ("claimStake, first payment, 10 changes", "claimStake, first payment", 10, 5_000),
];

#[test]
fn every_bound_holds() {
    let text = std::fs::read_to_string(folder().join("gas.json")).unwrap();
    let gas: BTreeMap<String, Both> = serde_json::from_str(&text).unwrap();
    for (call, bound) in BOUNDS {
        assert!(gas[call].cached <= bound, "{call}: {} is above {bound}", gas[call].cached);
    }
    for (call, base, units, bound) in SLOPES {
        let each = (gas[call].cached - gas[base].cached) / units;
        assert!(each <= bound, "{call}: {each} each is above {bound}");
    }
}

#[tokio::test]
async fn entering_a_contract_costs_at_most_2_000_gas_once_it_is_cached() {
    let stand = crate::suite_support::Stand::new().await;
    for program in stand.suite.addresses() {
        let entry = ask(&stand.chain.provider, ARB_WASM, ArbWasm::programInitGasCall { program }).await.gasWhenCached;
        assert!(entry <= 2_000, "{program}: {entry}");
    }
}

/// What the toolchain at hand makes of the contracts.
fn built() -> BTreeMap<String, Wasm> {
    let wasm = |program: &Artifact| {
        let Artifact { code_bytes, wasm_bytes: file_bytes, keccak256, .. } = *program;
        (program.contract.clone(), Wasm { code_bytes, file_bytes, keccak256 })
    };
    programs().iter().map(wasm).collect()
}

#[test]
fn no_wasm_grows_by_more_than_one_percent() {
    let now = built();
    let then = snapshot("wasm.json", &now);

    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    for (contract, now) in &now {
        let then = &then[contract];
        assert!(now.code_bytes * 100 <= then.code_bytes * 101, "{contract}: {then:?} became {now:?}");
    }
}

#[test]
fn every_contract_starts_with_one_page_of_memory() {
    for Artifact { contract, pages, .. } in programs() {
        assert_eq!(*pages, 1, "{contract}");
    }
}

#[test]
fn the_toolchain_that_the_suite_names_makes_the_bytes_of_the_snapshot() {
    let now = built();
    let is_named = |program: &Artifact| program.toolchain.starts_with("rustup's ");
    if !programs().iter().all(is_named) {
        eprintln!("SKIPPED: {} is not what rust-toolchain.toml names", programs()[0].toolchain);
        return;
    }

    assert_eq!(now, snapshot("wasm.json", &now));
}
