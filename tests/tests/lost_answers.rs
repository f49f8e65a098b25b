//! A transaction whose answer got lost is looked up by its hash: it is neither forgotten in the report nor sent twice.

use std::sync::atomic::{AtomicBool, Ordering};

use alloy::primitives::{Address, B256, U256};
use alloy::providers::Provider;
use mrc53_stage::scenario::names;
use serde_json::Value;

use crate::keeper_support::{FINAL, balance, credited, keep_at, kept, settled, stand, wei};
use crate::proxy_support::{Fate, before, first};
use crate::suite_support::{DAY, Ended, HOUR, MIDNIGHT, Stand, run};

const SEND: &str = "eth_sendRawTransaction";
const RECEIPT: &str = "eth_getTransactionReceipt";

/// A name, the request concerned, how often it goes wrong, and how.
type Trouble = (&'static str, &'static str, usize, fn() -> Fate);

/// What can come between a transaction that arrives and the one who sent it.
const TROUBLES: [Trouble; 6] = [
    ("the line breaks", SEND, 1, || Fate::LoseAnswer),
    ("the line breaks as often as it is tried again", SEND, 6, || Fate::LoseAnswer),
    ("another try is told that the nonce is used", SEND, 1, || Fate::Misreport("nonce too low")),
    ("another try is told that it is known", SEND, 1, || Fate::Misreport("already known")),
    ("the receipt comes late", RECEIPT, 3, || Fate::KnowNothing),
    ("the receipt is asked for in vain", RECEIPT, 7, || Fate::HangUp),
];

/// Checks that `line` names one transaction, which the chain has, and its gas.
async fn named(stand: &Stand, line: &Value, trouble: &str) {
    let transactions = line["transactions"].as_array().unwrap();
    assert_eq!(transactions.len(), 1, "{trouble}: {line}");
    let hash: B256 = transactions[0].as_str().unwrap().parse().unwrap();
    let receipt = stand.chain.provider.get_transaction_receipt(hash).await.unwrap().unwrap();
    assert_eq!(line["gas"], receipt.gas_used, "{trouble}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settling_names_what_it_credited_whatever_became_of_the_answer() {
    for (trouble, method, times, fate) in TROUBLES {
        let (stand, _) = stand().await;
        stand.travel(FINAL).await;
        let url = before(&stand.url(), first(method, times, fate));

        let report = keep_at(&stand, &url, &["settle", "--json"]).json();

        named(&stand, &report["subnets"][0], trouble).await;
        assert!(wei(&report["credited_wei"]) > U256::ZERO, "{trouble}: {report}");
        assert_eq!(wei(&report["credited_wei"]), credited(&stand).await, "{trouble}");
        assert_eq!((kept(&stand).await, &report["sent"]), (1, &Value::Bool(true)), "{trouble}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn claiming_names_what_it_paid_and_recording_what_it_booked() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    stand.open("late", atlas, FINAL + HOUR).await;
    stand.travel(FINAL + 2 * HOUR).await;

    let url = before(&stand.url(), first(SEND, 1, || Fate::LoseAnswer));
    let claimed = keep_at(&stand, &url, &["claim", "--json"]).json();
    let url = before(&stand.url(), first(SEND, 1, || Fate::LoseAnswer));
    let recorded = keep_at(&stand, &url, &["record", "--all-open", "--json"]).json();

    let paid = balance(&stand, names::address("atlas' receiver")).await;
    assert_eq!(wei(&claimed["paid_wei"]), paid);
    assert!(paid > U256::ZERO);
    named(&stand, &claimed["claims"][0], "claim").await;
    assert!(recorded["recorded_seconds"].as_u64().unwrap() > 0, "{recorded}");
    named(&stand, &recorded, "record").await;
    assert_eq!(kept(&stand).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_node_refuses_and_does_not_know_is_signed_again() {
    let (stand, _) = stand().await;
    stand.travel(FINAL).await;
    let url = before(&stand.url(), first(SEND, 1, || Fate::Refuse("nonce too low")));

    let report = keep_at(&stand, &url, &["settle", "--json"]).json();

    named(&stand, &report["subnets"][0], "refused").await;
    assert_eq!(wei(&report["credited_wei"]), credited(&stand).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_nobody_tells_of_is_named_and_the_run_fails() {
    let (stand, _) = stand().await;
    stand.travel(FINAL).await;
    let is_gone = AtomicBool::new(false);
    let url = before(&stand.url(), move |request| {
        if is_gone.fetch_or(request["method"] == SEND, Ordering::SeqCst) {
            return Fate::HangUp;
        }
        if request["method"] == SEND { Fate::LoseAnswer } else { Fate::PassOn }
    });

    let ended = keep_at(&stand, &url, &["settle", "--json"]);

    let block = stand.chain.provider.get_block_by_number(alloy::eips::BlockNumberOrTag::Latest).await.unwrap().unwrap();
    let hash = block.transactions.hashes().next().unwrap();
    let report: Value = serde_json::from_str(&ended.output).unwrap();
    let problem = report["subnets"][0]["problem"].as_str().unwrap();
    assert!(problem.contains(&format!("signed and sent as {hash}")), "{problem}");
    ended.failed(1);
}

/// Runs the tool with the dev account's key through the node at `url`.
fn tool_at(stand: &Stand, url: &str, words: &[&str]) -> Ended {
    let folder = stand.folder.path().to_str().unwrap();
    run(&[words, &["--network", "local", "--rpc-url", url, "--deployments", folder]].concat())
}

async fn main_sent(stand: &Stand) -> u64 {
    let main: Address = stand.chain.main;
    stand.chain.provider.get_transaction_count(main).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_owners_and_programs_need_is_looked_up_too() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + 300 * DAY).await;
    for (words, place) in [
        (&["safe", "pause", "claiming", "--send"][..], "/transactions/0"),
        (&["cache"], "/programs/0"),
        (&["keepalive"], "/0"),
    ] {
        let url = before(&stand.url(), first(SEND, 1, || Fate::LoseAnswer));
        let earlier = main_sent(&stand).await;

        let report = tool_at(&stand, &url, &[words, &["--json"]].concat()).json();

        let entry = report.pointer(place).unwrap();
        let hash: B256 = entry["transaction"].as_str().unwrap().parse().unwrap();
        let receipt = stand.chain.provider.get_transaction_receipt(hash).await.unwrap().unwrap();
        assert_eq!((&entry["gas"], &entry["sent"]), (&receipt.gas_used.into(), &true.into()), "{words:?}");
        assert_eq!(main_sent(&stand).await - earlier, if words[0] == "safe" { 1 } else { 4 }, "{words:?}");
    }
}
