//! What calls cost does not depend on how many subnets, stakers and past days there are: a town grows on the devnode, on
//! the real wasm, and each call is compared with its like from the first to the last.
//!
//! Gas is the cost; the devnode's is deterministic. Every register, stake, withdraw, record, settle and claim is a
//! transaction of its own. Two things are written into the state instead: the ether and MOR of each account with its
//! allowance, and nothing else. The session source is the harness; its sessions never end. A small town grows in every
//! run, the full one where `MRC53_NIGHTLY` is set.

mod chain;
mod costs;
mod plan;
mod town;
mod year;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mrc53_abi::ArbWasmCache;
use mrc53_abi::arbitrum::ARB_WASM_CACHE;
use mrc53_model::random;

use crate::suite_support::{MIDNIGHT, Stand};
use chain::Direct;
use costs::Line;
use plan::Plan;
use town::Town;

/// How far a cost may move from the first tenth of the calls to the last, per cent.
const TOLERANCE_PERCENT: f64 = 1.0;
/// Kinds with fewer calls say nothing of a slope.
const ENOUGH_CALLS: usize = 20;

/// The costs of every kind of call in a town of this plan.
async fn costs_of(plan: Plan) -> BTreeMap<String, Line> {
    let stand = Stand::new().await;
    for program in stand.suite.addresses() {
        stand.call(stand.chain.main, ARB_WASM_CACHE, ArbWasmCache::cacheProgramCall { program }).await;
    }
    stand.fill_pool(2_000_000).await;
    let (suite, token, diamond, keeper) = (stand.suite.clone(), stand.token, stand.diamond, stand.chain.main);
    let life = stand.node().with(move |chain| {
        chain.auto_impersonate(true);
        let mut town = Town::new(Direct { chain, now: MIDNIGHT }, suite, token, diamond, keeper);
        year::live(&mut town, &plan);
        assert_eq!(town.stakers, plan.stakers);
        town.costs.lines(ENOUGH_CALLS)
    });
    let lines = life.await.unwrap();
    for (kind, Line { from, to, calls, first_tenth, last_tenth, least, most, rise, .. }) in &lines {
        eprintln!(
            "{kind}: {from} to {to}, {calls} calls, {first_tenth} to {last_tenth} gas, {least} to {most}, rise {rise}"
        );
    }
    lines
}

/// Fails with every kind of call whose cost is not flat.
fn must_be_flat(lines: &BTreeMap<String, Line>) {
    let steep: Vec<String> = lines
        .iter()
        .filter(|(_, line)| line.slope_percent() > TOLERANCE_PERCENT)
        .map(|(kind, line)| format!("{kind}: {:.2} %, {line:?}", line.slope_percent()))
        .collect();
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

fn snapshot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("snapshots/scale.json")
}

#[tokio::test]
async fn costs_are_flat_in_a_town_of_100_subnets_and_5_000_stakers_over_30_days() {
    must_be_flat(&costs_of(Plan::SMALL).await);
}

#[tokio::test]
async fn costs_are_flat_in_a_town_of_10_000_subnets_and_a_million_stakers_over_a_year() {
    if std::env::var_os("MRC53_NIGHTLY").is_none() {
        eprintln!("skipped: a town of a million stakers grows in the nightly run (MRC53_NIGHTLY=1)");
        return;
    }
    let now = costs_of(Plan::FULL).await;
    if std::env::var_os("MRC53_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(snapshot(), format!("{}\n", serde_json::to_string_pretty(&now).unwrap())).unwrap();
    }
    must_be_flat(&now);
    random::count(now.values().map(|line| line.calls as u64).sum(), "transactions in a town of a million stakers");
    let then: BTreeMap<String, Line> = serde_json::from_str(&std::fs::read_to_string(snapshot()).unwrap()).unwrap();
    for (kind, line) in &now {
        let then = then.get(kind).unwrap_or_else(|| panic!("{kind} is not in the snapshot"));
        let moved = then.last_tenth.abs_diff(line.last_tenth);
        assert!(moved * 100 <= then.last_tenth, "{kind}: {then:?} became {line:?}");
    }
}

#[test]
fn the_snapshot_of_the_full_town_is_flat() {
    let text = std::fs::read_to_string(snapshot()).unwrap();
    let lines: BTreeMap<String, Line> = serde_json::from_str(&text).unwrap();
    assert!(lines.len() > 10);
    must_be_flat(&lines);
}
