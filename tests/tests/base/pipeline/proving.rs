//! `prove`.

use alloy::sol_types::SolCall;
use mrc53_abi::UsageProofs::proveCall;
use serde_json::{Value, json};

use super::three::{COVERS_FOUR_DAYS, COVERS_TODAY, Three};
use crate::proxy_support::{Fate, before};
use crate::suite_support::{DAY, TODAY};

#[tokio::test(flavor = "multi_thread")]
async fn a_word_is_proven_once_its_four_days_are_covered_and_again_there_is_nothing_to_do() {
    let three = Three::new().await;
    for day in TODAY..TODAY + 4 {
        three.host(three.atlas, day).await;
    }
    let root = three.relayed(COVERS_FOUR_DAYS).await.root;

    let planned = three.keeper(&["prove", "--dry-run", "--json"]).json();
    assert_eq!((&planned["sent"], &planned["opened"][0]["root"]), (&json!(false), &json!(root)));
    let done = three.keeper(&["prove", "--json"]).json();

    assert_eq!((&done["opened"][0]["root"], &done["root"]), (&json!(root), &json!(root)));
    assert_eq!(done["words"][0]["days"], json!([TODAY, TODAY + 1, TODAY + 2, TODAY + 3]));
    assert_eq!((&done["passed_over"], &done["transactions"].as_array().unwrap().len()), (&json!([]), &1));
    assert_eq!(three.four_days().await, [3_600; 4]);
    let again = three.keeper(&["prove"]).ok();
    assert!(again.ends_with("nothing to prove\n"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_can_gain_days_waits_until_a_day_before_its_first_may_be_final_unless_it_is_asked_for_now() {
    let three = Three::new().await;
    three.host(three.atlas, TODAY).await;
    three.relayed(COVERS_TODAY).await;

    let waits = three.keeper(&["prove", "--json"]).json();
    let line = &waits["words"][0];
    assert_eq!((&line["when"], &line["days"], &line["transaction"]), (&json!("later"), &json!([TODAY]), &json!(null)));
    let at_the_latest = line["at_the_latest"].as_u64().unwrap();
    // Opened a few minutes after the block, final seven days later at the earliest.
    assert!((COVERS_TODAY + 6 * DAY..COVERS_TODAY + 6 * DAY + 600).contains(&at_the_latest), "{at_the_latest}");
    three.stand.travel(at_the_latest - 60).await;
    three.keeper(&["prove"]).ok();
    assert_eq!(three.four_days().await, [0; 4]);

    three.stand.travel(at_the_latest).await;
    three.keeper(&["prove"]).ok();

    assert_eq!(three.four_days().await, [3_600, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_now_is_proven_and_the_days_behind_it_later() {
    let three = Three::new().await;
    for day in TODAY..TODAY + 4 {
        three.host(three.atlas, day).await;
    }
    three.relayed(COVERS_TODAY).await;
    three.keeper(&["prove", "--now"]).ok();
    assert_eq!(three.four_days().await, [3_600, 0, 0, 0]);

    three.relayed(COVERS_FOUR_DAYS).await;
    let done = three.keeper(&["prove", "--json"]).json();

    assert_eq!(done["words"][0]["days"], json!([TODAY + 1, TODAY + 2, TODAY + 3]));
    assert_eq!(three.four_days().await, [3_600; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_on_which_a_subnet_was_not_eligible_are_passed_over_with_that_reason_and_others_are_proven() {
    let three = Three::new().await;
    // Registered with too little.
    let borealis = three.stand.subnet("borealis", "bob", 9_000).await;
    for subnet in [three.atlas, borealis] {
        three.host(subnet, TODAY).await;
    }
    three.relayed(COVERS_FOUR_DAYS).await;

    let report = three.keeper(&["prove", "--json"]).json();

    assert_eq!(report["passed_over"], json!([{ "subnet": borealis, "day": TODAY, "reason": "not_eligible" }]));
    assert_eq!((three.proven(three.atlas, TODAY).await, three.proven(borealis, TODAY).await), (3_600, 0));
    let said = three.keeper(&["prove", "--subnet", &borealis.to_string()]).ok();
    assert!(said.contains("is passed over: the subnet had less than the minimum staked on it"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_is_handed_the_opening_to_sign() {
    let three = Three::new().await;
    three.host(three.atlas, TODAY).await;
    three.relayed(COVERS_FOUR_DAYS).await;
    let account = mrc53_stage::scenario::names::address("a safe").to_string();

    let output = three.keeper(&["prove", "--unsigned-from", &account]).ok();

    assert_eq!(output.lines().count(), 1);
    let transaction: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(transaction["to"], json!(three.proofs));
    assert!(transaction["gas_limit"].as_u64().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_takes_more_gas_than_the_chain_gives_is_halved_until_it_fits() {
    let three = Three::new().await;
    for day in TODAY..TODAY + 8 {
        three.host(three.atlas, day).await;
    }
    three.relayed(COVERS_FOUR_DAYS + 4 * DAY).await;
    let node = before(&three.stand.url(), too_much_for_two_words);
    let halved = three.keeper(&["prove", "--json", "--rpc-url", &node]).json();

    assert_eq!(halved["transactions"].as_array().unwrap().len(), 2);
    assert_eq!(three.four_days().await, [3_600; 4]);
}

/// A node that gives `prove` with more than one word too little gas.
fn too_much_for_two_words(request: &Value) -> Fate {
    let data = request["params"][0]["input"].as_str().unwrap_or_default();
    let bytes = alloy::primitives::hex::decode(data).unwrap_or_default();
    let words = proveCall::abi_decode(&bytes).map_or(0, |call| call.words.len());
    let is_too_much = request["method"] == "eth_estimateGas" && words > 1;
    if is_too_much { Fate::Refuse("execution reverted: out of gas") } else { Fate::PassOn }
}
