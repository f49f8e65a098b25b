//! Proofs that are kept until their root is valid.

use alloy::primitives::B256;
use serde_json::{Value, json};

use super::three::{COVERS_FOUR_DAYS, COVERS_TODAY, Proposed, Three};
use crate::proxy_support::{Fate, before};
use crate::suite_support::{DAY, TODAY};

/// A node of Base that has no state of blocks up to `after`.
pub(super) fn pruned(three: &Three, after: u64) -> String {
    before(&three.base.url(), move |request| {
        let block =
            request["params"][2].as_str().map(|hex| u64::from_str_radix(hex.trim_start_matches("0x"), 16).unwrap());
        match block {
            Some(block) if request["method"] == "eth_getProof" && block <= after => Fate::Refuse("missing trie node"),
            _ => Fate::PassOn,
        }
    })
}

fn files(three: &Three) -> Vec<String> {
    let names = std::fs::read_dir(three.kept()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("-0x")).collect()
}

/// Three chains on which the first proposal of a day has been made.
pub(super) async fn proposed() -> (Three, Proposed) {
    let three = Three::new().await;
    for day in TODAY..TODAY + 4 {
        three.host(three.atlas, day).await;
    }
    three.travel(COVERS_FOUR_DAYS - 600).await;
    three.propose(COVERS_FOUR_DAYS - 600).await;
    three.travel(COVERS_FOUR_DAYS + 60).await;
    let first = three.propose(COVERS_FOUR_DAYS + 60).await;
    (three, first)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_proposal_of_a_day_is_kept_and_proven_by_when_no_node_has_its_state_any_more() {
    let (three, first) = proposed().await;

    let kept = three.keeper(&["prove", "--only-keep", "--json"]).json();
    let line =
        &kept["kept"].as_array().unwrap().iter().find(|line| line["block"] == json!(first.block)).unwrap().clone();
    assert_eq!((&line["root"], &line["problem"]), (&json!(first.root), &Value::Null));
    assert!(line["words"].as_u64().unwrap() >= 1);
    three.travel(COVERS_FOUR_DAYS + 600).await;
    let node = pruned(&three, first.block);
    three.keeper(&["relay"]).ok();
    three.arrive().await;
    three.stand.travel(COVERS_FOUR_DAYS + 900).await;

    three.keeper(&["prove", "--base-rpc-url", &node]).ok();

    assert_eq!(three.four_days().await, [3_600; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_kept_proofs_a_node_without_the_state_is_named_and_nothing_is_sent() {
    let (three, first) = proposed().await;
    three.travel(COVERS_FOUR_DAYS + 600).await;
    three.keeper(&["relay"]).ok();
    three.arrive().await;
    let node = pruned(&three, first.block);

    let said = three.keeper(&["prove", "--base-rpc-url", &node]).failed(1);

    let error = said.lines().find(|line| line.starts_with("error: ")).unwrap();
    assert!(error.contains(&format!("has the state of block {} no longer", first.block)), "{said}");
    assert!(error.contains("--base-rpc-url") && three.four_days().await == [0; 4], "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keeping_again_fetches_nothing_that_is_there_and_a_file_that_was_changed_is_refused_by_its_name() {
    let (three, first) = proposed().await;
    three.keeper(&["prove", "--only-keep"]).ok();
    let before = files(&three);
    assert!(before.iter().any(|name| name.starts_with(&format!("{}-", first.block))), "{before:?}");
    // Who has no proofs at all is asked for none.
    let node = pruned(&three, u64::MAX);
    three.keeper(&["prove", "--only-keep", "--base-rpc-url", &node]).ok();
    assert_eq!(files(&three), before);

    let path = three.kept().join(before.iter().find(|name| name.contains(&first.root.to_string())).unwrap());
    let text = std::fs::read_to_string(&path).unwrap().replacen("\"value\":\"0x00", "\"value\":\"0x01", 1);
    std::fs::write(&path, text).unwrap();
    let said = three.keeper(&["prove", "--only-keep"]).failed(2);

    assert!(said.contains(&first.root.to_string()) && said.contains("was changed since: remove it"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_goes_once_its_days_are_final() {
    let (three, first) = proposed().await;
    three.keeper(&["prove", "--only-keep"]).ok();
    three.keeper(&["relay"]).ok();
    three.arrive().await;
    three.stand.travel(COVERS_FOUR_DAYS + 600).await;
    three.keeper(&["prove"]).ok();
    assert!(!files(&three).is_empty());
    // Another root, late enough that the first's days become final by it.
    three.relayed(COVERS_FOUR_DAYS + 2 * DAY).await;
    three.keeper(&["prove"]).ok();

    three.travel(COVERS_FOUR_DAYS + 9 * DAY).await;
    three.keeper(&["prove"]).ok();

    let of_first = |name: &String| name.contains(&first.root.to_string());
    assert!(!files(&three).iter().any(of_first), "{:?}", files(&three));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_whose_proof_was_not_kept_is_named_and_what_was_kept_is_proven() {
    let three = Three::new().await;
    let borealis = three.stand.subnet("borealis", "bob", 20_000).await;
    for subnet in [three.atlas, borealis] {
        three.host(subnet, TODAY + 1).await;
    }
    three.travel(COVERS_FOUR_DAYS - 600).await;
    three.propose(COVERS_FOUR_DAYS - 600).await;
    three.travel(COVERS_FOUR_DAYS + 60).await;
    let first = three.propose(COVERS_FOUR_DAYS + 60).await;
    three.keeper(&["prove", "--only-keep", "--subnet", &three.atlas.to_string()]).ok();
    three.travel(COVERS_FOUR_DAYS + 600).await;
    let node = pruned(&three, first.block);
    three.keeper(&["relay"]).ok();
    three.arrive().await;
    three.stand.travel(COVERS_FOUR_DAYS + 900).await;

    let said = three.keeper(&["prove", "--base-rpc-url", &node]).failed(1);

    assert!(said.contains(&format!("1 thing left undone: 2025-02-22 of {borealis}: its proof was not kept")), "{said}");
    assert_eq!((three.proven(three.atlas, TODAY + 1).await, three.proven(borealis, TODAY + 1).await), (3_600, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_that_adds_nothing_leaves_nothing_undone_though_its_state_is_gone() {
    let three = Three::new().await;
    three.host(three.atlas, TODAY).await;
    three.travel(COVERS_TODAY).await;
    let older = three.propose(COVERS_TODAY).await;
    three.relayed(COVERS_FOUR_DAYS).await;
    three.keeper(&["prove", "--now"]).ok();
    three.keeper(&["relay", "--game", &older.game.to_string(), "--anyway"]).ok();
    three.arrive().await;

    let said = three.keeper(&["prove", "--json", "--base-rpc-url", &pruned(&three, older.block)]).json();

    assert_eq!(said["opened"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_that_nobody_has_sent_of_late_holds_up_no_other() {
    let three = Three::new().await;
    three.host(three.atlas, TODAY).await;
    let unknown = B256::repeat_byte(0x77);
    three.accept(unknown).await;
    let said = three.keeper(&["prove"]).failed(1);
    assert!(said.contains(&format!("last 6 weeks on Ethereum has sent {unknown}")), "{said}");
    three.relayed(COVERS_FOUR_DAYS).await;

    for _ in 0..2 {
        three.keeper(&["prove", "--now"]).ok();
    }

    assert_eq!(three.four_days().await, [3_600, 0, 0, 0]);
}
