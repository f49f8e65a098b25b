//! `cargo mrc53 keepalive`: every program of the suite stays active for as long as it is run from time to time.

use alloy::primitives::{B256, U256, keccak256};
use alloy::providers::Provider;
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_abi::{ArbWasm, StakeAlignment};
use mrc53_node::reader::Reader;
use serde_json::Value;

use crate::asking::ask;
use crate::suite_support::{DAY, MIDNIGHT, Stand, run};

/// How long the chain keeps a program active, and the age from which it prolongs that.
const EXPIRY_DAYS: u64 = 365;
const KEEPALIVE_DAYS: u64 = 31;

async fn seconds_left(stand: &Stand) -> u64 {
    ask(&stand.chain.provider, ARB_WASM, ArbWasm::programTimeLeftCall { program: stand.suite.alignment }).await
}

async fn sent_by_main(stand: &Stand) -> u64 {
    stand.chain.provider.get_transaction_count(stand.chain.main).await.unwrap()
}

fn steps(entries: &Value) -> Vec<&str> {
    entries.as_array().unwrap().iter().map(|entry| entry["step"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_far_from_their_end_are_left_alone_and_their_date_is_said() {
    let stand = Stand::new().await;
    let before = sent_by_main(&stand).await;

    let kept = stand.tool(&["keepalive", "--json"]).json();

    assert_eq!(steps(&kept), ["not_due"; 4]);
    assert_eq!(kept[0]["due_at"], MIDNIGHT + (EXPIRY_DAYS - 90) * DAY);
    assert_eq!(kept[0]["before"]["expires_at"], MIDNIGHT + EXPIRY_DAYS * DAY);
    assert_eq!(sent_by_main(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minute_before_its_thirty_first_day_a_program_is_refused_with_the_date() {
    let stand = Stand::new().await;
    // The clock goes on from there: a second may have passed before the first question.
    stand.travel(MIDNIGHT + KEEPALIVE_DAYS * DAY - 60).await;

    let said = stand.tool(&["keepalive", "--due", "365"]).ok();

    assert_eq!(said.matches("too early, allowed from 2025-03-24 00:00:00 UTC on").count(), 4, "{said}");
    assert_eq!(said.matches("active until 2026-02-21 00:00:00 UTC").count(), 4, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_its_thirty_first_day_on_a_program_is_prolonged_by_a_whole_life() {
    let stand = Stand::new().await;
    let now = MIDNIGHT + KEEPALIVE_DAYS * DAY;
    stand.travel(now).await;

    let kept = stand.tool(&["keepalive", "--due", "365", "--json"]).json();

    assert_eq!(steps(&kept), ["keepalive"; 4]);
    for entry in kept.as_array().unwrap() {
        assert_eq!(entry["after"]["activated_at"], now);
        assert_eq!(entry["after"]["expires_at"], now + EXPIRY_DAYS * DAY);
    }
    assert!(seconds_left(&stand).await > (EXPIRY_DAYS - 1) * DAY);
    assert_eq!(steps(&stand.tool(&["keepalive", "--due", "365", "--json"]).json()), ["too_early"; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_data_fee_is_what_the_chain_takes_and_the_rest_comes_back() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + KEEPALIVE_DAYS * DAY).await;
    let provider = &stand.chain.provider;
    let before = provider.get_balance(stand.chain.main).await.unwrap();

    let kept = stand.tool(&["keepalive", "--due", "365", "--json"]).json();

    let mut spent = U256::ZERO;
    for entry in kept.as_array().unwrap() {
        let hash: B256 = entry["transaction"].as_str().unwrap().parse().unwrap();
        let receipt = provider.get_transaction_receipt(hash).await.unwrap().unwrap();
        spent += U256::from(receipt.gas_used) * U256::from(receipt.effective_gas_price);
        spent += entry["fee_wei"].as_str().unwrap().parse::<U256>().unwrap();
    }
    assert_eq!(before - provider.get_balance(stand.chain.main).await.unwrap(), spent);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_suite_is_activated_again_and_withdraws_again() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 10_000).await;
    stand.travel(MIDNIGHT + 366 * DAY).await;
    assert!(
        Reader::now(&stand.chain.provider)
            .ask(stand.suite.alignment, StakeAlignment::subnetStakeCall { subnet: atlas })
            .await
            .is_err()
    );

    let kept = stand.tool(&["keepalive", "--json"]).json();

    assert_eq!(steps(&kept), ["activate"; 4]);
    assert_eq!(kept[0]["before"]["state"], "expired");
    assert_eq!(kept[0]["before"]["expired_at"], MIDNIGHT + EXPIRY_DAYS * DAY);
    assert_eq!(kept[0]["after"]["state"], "active");
    let alice = mrc53_stage::scenario::names::address("alice");
    let withdraw = StakeAlignment::withdrawCall { subnet: atlas, amount: U256::from(1) };
    stand.call(alice, stand.suite.alignment, withdraw).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_of_an_older_stylus_version_is_activated_again_alone() {
    let stand = Stand::new().await;
    let code = stand.chain.provider.get_code_at(stand.suite.calculator).await.unwrap();
    stand.outdate(keccak256(code)).await;

    let kept = stand.tool(&["keepalive", "--json"]).json();

    let mut expected = ["not_due"; 4];
    expected[2] = "activate";
    assert_eq!(steps(&kept), expected);
    assert_eq!(kept[2]["before"], serde_json::json!({"state": "needs_upgrade", "version": 1, "stylus_version": 2}));
    assert_eq!(kept[2]["after"]["state"], "active");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_the_fee_and_sends_nothing() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + KEEPALIVE_DAYS * DAY).await;
    let before = sent_by_main(&stand).await;

    let said = stand.tool(&["keepalive", "--due", "365", "--dry-run"]).ok();

    assert_eq!(said.matches("would be prolonged for 0.0000").count(), 4, "{said}");
    assert_eq!(sent_by_main(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_key_gets_its_transactions_written_down() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + KEEPALIVE_DAYS * DAY).await;
    let safe = stand.chain.main.to_string();

    let written = stand.tool(&["keepalive", "--due", "365", "--unsigned-from", &safe]).ok();

    let transactions: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(transactions.len(), 4);
    assert!(transactions.iter().all(|transaction| transaction["to"] == ARB_WASM.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_without_ether_is_told_how_much_is_missing_and_nothing_is_lost() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + KEEPALIVE_DAYS * DAY).await;
    let key = B256::with_last_byte(1).to_string();

    let ended = stand.tool(&["keepalive", "--due", "365", "--private-key", &key]);

    let said = ended.failed(1);
    assert!(said.contains("has 0.000000000000000000 ether and needs 0.0"), "{said}");
    assert!(said.contains("4 of 4"), "{said}");
    assert_eq!(steps(&stand.tool(&["keepalive", "--due", "365", "--json"]).json()), ["keepalive"; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_anything_is_deployed_the_next_command_is_said() {
    let stand = Stand::new().await;
    let (url, empty) = (stand.url(), tempfile::tempdir().unwrap());
    let empty = empty.path().to_str().unwrap();

    let said = run(&["keepalive", "--rpc-url", &url, "--deployments", empty]).failed(2);

    assert!(said.contains("cargo mrc53 deploy --network local"), "{said}");
}
