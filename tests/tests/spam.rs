//! Anybody may register any number of subnets: they cost a keeper no transaction, and few requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use alloy::primitives::U256;
use mrc53_stage::scenario::names;
use serde_json::json;

use crate::keeper_support::{FINAL, balance, credited, keep_at, kept, stand};
use crate::proxy_support::Fate;
use crate::suite_support::{DAY, HOUR, MIDNIGHT};

/// Registrations beside the one subnet that earns something.
const SPAM: u64 = 300;
/// Requests that a run may take: below a third of a request for each subnet.
const REQUESTS: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_empty_registrations_cost_a_keeper_no_transaction_and_few_requests() {
    let (stand, atlas) = stand().await;
    stand.fill_pool(1_000).await;
    assert_eq!(stand.register_many(SPAM).await.len() as u64, SPAM);
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    let url = crate::proxy_support::before(&stand.url(), move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Fate::PassOn
    });
    let run = |words: &[&str]| {
        requests.store(0, Ordering::SeqCst);
        let report = keep_at(&stand, &url, &[words, &["--json"]].concat()).json();
        let requests = requests.load(Ordering::SeqCst);
        assert!(requests < REQUESTS, "{words:?} took {requests} requests");
        report
    };

    stand.at(MIDNIGHT + 5 * HOUR).await;
    stand.open("new", atlas, MIDNIGHT + 6 * HOUR).await;
    stand.travel(MIDNIGHT + 7 * HOUR).await;
    let recorded = run(&["record", "--all-open"]);
    assert_eq!((&recorded["recorded_seconds"], &recorded["left_undone"]), (&json!(HOUR), &json!(0)));
    assert_eq!(recorded["subnets_not_eligible"].as_array().unwrap().len() as u64, SPAM);
    assert_eq!(kept(&stand).await, 1);

    stand.travel(FINAL + 9 * DAY).await;
    let settled = run(&["settle"]);
    assert_eq!(settled["subnets"].as_array().unwrap().len() as u64, 1 + SPAM);
    assert_eq!(settled["credited_wei"], credited(&stand).await.to_string());
    assert_eq!(kept(&stand).await, 2);

    let claimed = run(&["claim"]);
    assert_eq!(claimed["claims"].as_array().unwrap().len() as u64, 1 + SPAM);
    let paid = balance(&stand, names::address("atlas' receiver")).await;
    assert!(paid > U256::ZERO);
    assert_eq!(claimed["paid_wei"], paid.to_string());
    assert_eq!(kept(&stand).await, 3);

    let text = keep_at(&stand, &url, &["settle"]).ok();
    assert!(text.contains(&format!("nothing to settle for {SPAM} subnets without stake")), "{text}");
    assert_eq!(kept(&stand).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_takes_no_batches_is_asked_one_by_one() {
    let (stand, _) = stand().await;
    stand.register_many(60).await;
    stand.travel(FINAL).await;
    let url = crate::proxy_support::before(&stand.url(), |request| {
        if request.is_array() { Fate::Refuse("batches are not supported") } else { Fate::PassOn }
    });

    let report = keep_at(&stand, &url, &["settle", "--json"]).json();

    assert_eq!(report["subnets"].as_array().unwrap().len(), 61);
    assert_eq!(report["credited_wei"], credited(&stand).await.to_string());
    assert_eq!(kept(&stand).await, 1);
}
