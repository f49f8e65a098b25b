//! `cargo mrc53 record` where something stands in the way: wrong input, a bad line, nodes with limits, another keeper.

use std::collections::BTreeMap;

use alloy::primitives::Address;
use alloy::providers::Provider;
use mrc53_abi::SessionRecorder;
use mrc53_stage::scenario::names;
use serde_json::Value;

use crate::asking::ask;
use crate::suite_support::{Ended, HOUR, MIDNIGHT, Stand, TODAY, run};

/// A stand with one eligible subnet and `sessions` sessions of an hour, ended and not recorded.
async fn stand(sessions: usize) -> (Stand, Address) {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 20_000).await;
    for number in 0..sessions {
        stand.at(MIDNIGHT + HOUR).await;
        stand.open(&format!("s{number}"), atlas, MIDNIGHT + 2 * HOUR).await;
    }
    stand.travel(MIDNIGHT + 3 * HOUR).await;
    (stand, atlas)
}

/// Runs the tool against the node at `url` with the stand's book.
fn tool_at(stand: &Stand, url: &str, words: &[&str]) -> Ended {
    let folder = stand.folder.path().to_str().unwrap();
    run(&[words, &["--network", "local", "--rpc-url", url, "--deployments", folder]].concat())
}

async fn booked(stand: &Stand, subnet: Address) -> u64 {
    ask(&stand.chain.provider, stand.suite.recorder, SessionRecorder::usageOfCall { subnet, day: TODAY })
        .await
        .subnetSeconds
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_the_diamond_does_not_know_is_bad_input_and_nothing_is_sent() {
    let (stand, _) = stand(1).await;
    let unknown = names::session_id("unknown").to_string();
    let before = stand.chain.provider.get_block_number().await.unwrap();

    let known = names::session_id("s0").to_string();
    let errors = stand.tool(&["record", "--session", &known, "--session", &unknown]).failed(2);

    assert!(errors.contains(&unknown), "{errors}");
    assert_eq!(stand.chain.provider.get_block_number().await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_is_not_registered_is_bad_input() {
    let (stand, _) = stand(0).await;
    let stranger = names::address("stranger").to_string();

    let errors = stand.tool(&["record", "--subnet", &stranger]).failed(2);

    assert!(errors.contains(&format!("{stranger} is not a registered subnet")), "{errors}");
}

#[test]
fn naming_nothing_is_bad_input() {
    assert!(run(&["record"]).failed(2).contains("--all-open"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_twice_on_any_request_is_waited_for() {
    for method in ["eth_chainId", "eth_call", "eth_getLogs", "eth_sendRawTransaction", "eth_getTransactionReceipt"] {
        let (stand, atlas) = stand(1).await;
        let url = crate::proxy_support::before(&stand.url(), crate::proxy_support::hang_up_on(method, 2));

        let output = tool_at(&stand, &url, &["record", "--all-open"]).ok();

        assert!(output.contains("recorded 1 session, 3600 s"), "{method}: {output}");
        assert_eq!(booked(&stand, atlas).await, HOUR, "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_stays_broken_fails_and_the_next_run_goes_on() {
    let (stand, atlas) = stand(2).await;
    let url = crate::proxy_support::before(
        &stand.url(),
        crate::proxy_support::hang_up_on("eth_sendRawTransaction", usize::MAX),
    );

    let broken = tool_at(&stand, &url, &["record", "--all-open", "--batch", "1"]);
    assert!(broken.output.contains("2 left unrecorded"), "{broken:?}");
    broken.failed(1);
    stand.tool(&["record", "--all-open"]).ok();

    assert_eq!(booked(&stand, atlas).await, 2 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn subnets_are_found_through_a_node_that_answers_few_blocks_at_a_time() {
    let (stand, atlas) = stand(1).await;
    let url = crate::proxy_support::before(&stand.url(), crate::proxy_support::limit_blocks(3));

    tool_at(&stand, &url, &["record", "--all-open"]).ok();

    assert_eq!(booked(&stand, atlas).await, HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_the_chain_does_not_take_is_halved_until_it_does() {
    let (stand, atlas) = stand(4).await;
    // The call data of three sessions: selector, offset, length, three ids. Two fit, four do not.
    let url = crate::proxy_support::before(&stand.url(), crate::proxy_support::limit_data(4 + 5 * 32));

    let report = tool_at(&stand, &url, &["record", "--all-open", "--json"]).json();

    assert_eq!(report["transactions"].as_array().unwrap().len(), 2);
    assert_eq!(booked(&stand, atlas).await, 4 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_keepers_with_one_account_at_once_book_every_second_once() {
    let (stand, atlas) = stand(6).await;

    let reports: Vec<Value> = std::thread::scope(|scope| {
        let keeper = || scope.spawn(|| stand.tool(&["record", "--all-open", "--batch", "1", "--json"]).json());
        [keeper(), keeper()].map(|keeper| keeper.join().unwrap()).into()
    });

    assert_eq!(booked(&stand, atlas).await, 6 * HOUR);
    // Two that sign the same bytes at once have one transaction in common: both report it.
    let booked = reports.iter().flat_map(|report| report["sessions"].as_array().unwrap());
    let booked: BTreeMap<String, u64> = booked
        .filter_map(|line| Some((line["transaction"].as_str()?.to_owned(), line["booked_seconds"].as_u64()?)))
        .collect();
    assert_eq!(booked.into_values().collect::<Vec<_>>(), [HOUR; 6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_ether_may_have_some_later_and_is_told_how_much_is_missing() {
    let (stand, _) = stand(1).await;
    let poor = "0x0000000000000000000000000000000000000000000000000000000000000007";

    let errors = stand.tool(&["record", "--all-open", "--private-key", poor]).failed(1);

    assert!(errors.contains("has 0.000000000000000000 ether"), "{errors}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_key_is_handed_its_transactions_to_sign() {
    let (stand, atlas) = stand(2).await;
    let account = names::address("a safe").to_string();

    let ended = stand.tool(&["record", "--all-open", "--unsigned-from", &account]);
    assert!(ended.errors.contains("would record 2 sessions"), "{ended:?}");
    let transaction = ended.json();

    assert_eq!(transaction["from"], account.to_lowercase());
    assert_eq!(transaction["to"], stand.suite.recorder.to_string().to_lowercase());
    assert_eq!(booked(&stand, atlas).await, 0);
}
