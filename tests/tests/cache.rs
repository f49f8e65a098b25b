//! `cargo mrc53 cache`: which programs are in the chain's cache, and who may put them there.

use alloy::primitives::{Address, B256, U256, keccak256};
use alloy::providers::Provider;
use alloy::sol;
use alloy::sol_types::SolValue;
use mrc53_abi::ArbWasmCache;
use mrc53_abi::arbitrum::ARB_WASM_CACHE;
use mrc53_devnode::chain::addresses::ARB_OWNER;
use mrc53_stage::deploy;

use crate::asking::ask;
use crate::suite_support::{DAY, MIDNIGHT, Stand};

sol! {
    function addWasmCacheManager(address manager) external;
}
sol!(CacheManagerHarness, "solidity/artifacts/CacheManagerHarness.json");

/// The least bid of [`manager`], wei.
const LEAST_BID: u64 = 1_000_000;

/// Puts a cache manager onto the chain.
async fn manager(stand: &Stand) -> Address {
    let initcode = [CacheManagerHarness::BYTECODE.to_vec(), LEAST_BID.abi_encode()].concat();
    let deployed = deploy::evm(&stand.chain, "CacheManagerHarness", initcode.into()).await.unwrap();
    let manager = deployed.address;
    stand.call(stand.chain.main, ARB_OWNER, addWasmCacheManagerCall { manager }).await;
    manager
}

async fn cached(stand: &Stand) -> Vec<bool> {
    let suite = &stand.suite;
    let mut cached = Vec::new();
    for program in [suite.recorder, suite.alignment, suite.calculator, suite.distributor] {
        let code = stand.chain.provider.get_code_at(program).await.unwrap();
        cached.push(
            ask(
                &stand.chain.provider,
                ARB_WASM_CACHE,
                ArbWasmCache::codehashIsCachedCall { codehash: keccak256(code) },
            )
            .await,
        );
    }
    cached
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_manager_the_owner_of_the_chain_caches() {
    let stand = Stand::new().await;

    let done = stand.tool(&["cache", "--json"]).json();

    assert!(done["manager"].is_null());
    assert_eq!(cached(&stand).await, [true; 4]);
    for program in done["programs"].as_array().unwrap() {
        assert!(program["transaction"].as_str().unwrap().parse::<B256>().is_ok(), "{program}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cached_already_is_left_alone() {
    let stand = Stand::new().await;
    stand.tool(&["cache"]).ok();
    let sent = stand.chain.provider.get_transaction_count(stand.chain.main).await.unwrap();

    let said = stand.tool(&["cache"]).ok();

    assert_eq!(said.matches("| yes ").count(), 4, "{said}");
    assert_eq!(stand.chain.provider.get_transaction_count(stand.chain.main).await.unwrap(), sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_caches_nothing() {
    let stand = Stand::new().await;

    let said = stand.tool(&["cache", "--dry-run"]).ok();

    assert_eq!(said.matches("would be cached").count(), 4, "{said}");
    assert_eq!(cached(&stand).await, [false; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_manager_and_without_the_right_nothing_is_sent() {
    let stand = Stand::new().await;
    let key = B256::with_last_byte(1).to_string();

    let said = stand.tool(&["cache", "--private-key", &key]).failed(2);

    assert!(said.contains("no cache manager") && said.contains("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"), "{said}");
    assert_eq!(cached(&stand).await, [false; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_program_is_sent_to_keepalive_first() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + 366 * DAY).await;

    let ended = stand.tool(&["cache"]);

    assert_eq!(ended.output.matches("not active").count(), 4, "{}", ended.output);
    assert!(ended.failed(1).contains("cargo mrc53 keepalive"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_bid_the_managers_least_is_shown_and_nothing_is_sent() {
    let stand = Stand::new().await;
    let manager = manager(&stand).await;

    let said = stand.tool(&["cache"]).ok();

    assert_eq!(said.matches(" 1000000 |").count(), 4, "{said}");
    assert!(said.contains(&format!("cache manager {manager}: --bid WEI")), "{said}");
    assert_eq!(cached(&stand).await, [false; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bid_one_wei_below_the_least_is_refused_before_anything_is_sent() {
    let stand = Stand::new().await;
    let manager = manager(&stand).await;

    let said = stand.tool(&["cache", "--bid", "999999"]).failed(2);

    assert!(said.contains("999999 wei is too low") && said.contains("1000000 wei"), "{said}");
    assert_eq!(stand.chain.provider.get_balance(manager).await.unwrap(), U256::ZERO);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_least_bid_buys_a_place_for_each_program() {
    let stand = Stand::new().await;
    let manager = manager(&stand).await;

    let done = stand.tool(&["cache", "--bid", "1000000", "--json"]).json();

    assert_eq!(done["programs"][0]["least_bid_wei"], "1000000");
    assert_eq!(cached(&stand).await, [true; 4]);
    assert_eq!(stand.chain.provider.get_balance(manager).await.unwrap(), U256::from(4 * LEAST_BID));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_manager_takes_no_bids() {
    let stand = Stand::new().await;
    let manager = manager(&stand).await;
    stand.call(stand.chain.main, manager, CacheManagerHarness::pausedCall {}).await;

    let said = stand.tool(&["cache", "--bid", "1000000"]).failed(1);

    assert!(said.contains(&manager.to_string()) && said.contains("paused"), "{said}");
}
