//! How the tool meets a chain on which time passes and no block is made, and a node that knows no block to come.

use serde_json::Value;

use crate::proxy_support::Fate;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, Stand, run};

/// Lets `seconds` pass on the stand's chain, and no block be mined.
async fn idle(stand: &Stand, seconds: u64) {
    let provider = &stand.chain.provider;
    let _: serde_json::Value =
        alloy::providers::Provider::raw_request(provider, "evm_increaseTime".into(), [seconds]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_passed_since_the_last_block_is_recorded_and_settled() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 20_000).await;
    stand.at(MIDNIGHT + HOUR).await;
    stand.open("s", atlas, MIDNIGHT + 6 * HOUR).await;

    idle(&stand, 2 * HOUR).await;
    let report = stand.tool(&["record", "--all-open", "--json"]).json();
    let booked = report["recorded_seconds"].as_u64().unwrap();
    assert!((2 * HOUR..2 * HOUR + 600).contains(&booked), "{report}");

    // The day is over and its grace of three days too.
    idle(&stand, 4 * DAY).await;
    let report = stand.tool(&["settle", "--json"]).json();
    assert_eq!(report["days"], 1, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_knows_no_pending_block_is_asked_at_its_latest() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 20_000).await;
    stand.at(MIDNIGHT + HOUR).await;
    stand.open("s", atlas, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;
    let at_pending = |one: &Value| one["method"] == "eth_call" && one["params"][1] == "pending";
    let url = crate::proxy_support::before(&stand.url(), move |request| {
        let is_refused = at_pending(request) || request.as_array().is_some_and(|all| all.iter().any(at_pending));
        if is_refused { Fate::Refuse("pending block is not supported") } else { Fate::PassOn }
    });
    let folder = stand.folder.path().to_str().unwrap().to_owned();
    let tool =
        |words: &[&str]| run(&[words, &["--network", "local", "--rpc-url", &url, "--deployments", &folder]].concat());

    let recorded = tool(&["record", "--all-open", "--json"]).json();
    assert_eq!(recorded["recorded_seconds"], HOUR, "{recorded}");
    stand.travel(MIDNIGHT + 4 * DAY).await;
    assert_eq!(tool(&["settle", "--json"]).json()["days"], 1);
    tool(&["claim"]).ok();
    // It reads all that stands: the stand's contracts come from elsewhere.
    assert!(tool(&["deploy", "--dry-run"]).failed(2).contains("not what this clone builds"));
}

#[tokio::test(flavor = "multi_thread")]
async fn status_and_keepalive_stand_on_the_day_that_it_is() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + 23 * HOUR).await;

    idle(&stand, 3 * HOUR).await;

    let page = stand.tool(&["status", "--json"]).json();
    assert_eq!(page["day"].as_u64().unwrap(), MIDNIGHT / DAY + 1, "{page}");
    idle(&stand, 400 * DAY).await;
    let page = stand.tool(&["status"]).ok();
    assert!(page.contains("EXPIRED"), "{page}");
}
