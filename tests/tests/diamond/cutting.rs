//! The cut as the owner gets it: the batches that `cargo mrc53 diamond-cut` writes, executed as they are.

use std::path::Path;

use alloy::primitives::{Address, Bytes, keccak256};
use alloy::providers::Provider;
use mrc53_abi::SessionRecorder;
use mrc53_console::workspace::Workspace;
use serde_json::Value;

use super::compute::{Compute, OPENING, event, hook_selectors};
use crate::suite_support::{HOUR, TODAY};

/// Executes a Transaction Builder file as the Safe would: each call from the account it is made for, in order.
pub(crate) async fn execute(compute: &Compute, file: &Path) {
    let bundle: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let from: Address = bundle["meta"]["createdFromSafeAddress"].as_str().unwrap().parse().unwrap();
    for call in bundle["transactions"].as_array().unwrap() {
        let to: Address = call["to"].as_str().unwrap().parse().unwrap();
        let data: Bytes = call["data"].as_str().unwrap().parse().unwrap();
        assert!(compute.send(from, to, data, 30_000_000).await.status());
    }
}

/// The tool's words that cut the hook in. Functions that the facet inherits and the diamond has itself are left out.
pub(crate) fn cut_words(compute: &Compute) -> Vec<String> {
    let artifact = Workspace::find().unwrap().path("tests/solidity/artifacts/SessionFacetWithHook.json");
    let (hooked, plain) = (compute.hooked_facet.to_string(), compute.plain_facet.to_string());
    let artifact = artifact.to_str().unwrap();
    ["diamond-cut", "--facet", artifact, "--facet-address", &hooked, "--replace-facet", &plain]
        .into_iter()
        .chain(["--skip", "DIAMOND_OWNABLE_STORAGE_SLOT()", "--skip", "owner()"])
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cut_that_the_tool_writes_brings_the_hook_in_and_its_inverse_takes_it_out() {
    let compute = Compute::new().await;
    let before = compute.selectors_of_facets().await;
    let (file, inverse) = (compute.folder.path().join("cut.json"), compute.folder.path().join("cut.rollback.json"));
    let words = cut_words(&compute);
    let words: Vec<&str> = words.iter().map(String::as_str).chain(["--out", file.to_str().unwrap()]).collect();
    compute.tool(&words).ok();

    execute(&compute, &file).await;
    compute.set_recorder(compute.suite.recorder).await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    let booked = compute.close_at(OPENING + HOUR, session).await;
    execute(&compute, &inverse).await;
    let session = compute.open_at(OPENING + 2 * HOUR, 2 * HOUR).await;
    let not_booked = compute.close_at(OPENING + 3 * HOUR, session).await;

    assert!(event::<SessionRecorder::SessionBooked>(&booked).is_some());
    assert_eq!(not_booked.logs().len(), 1);
    assert_eq!(compute.selectors_of_facets().await, before);
    assert_eq!(compute.booked(TODAY).await, HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_names_the_functions_gained_and_the_slot_that_holds_the_recorder() {
    let document = std::fs::read_to_string(Workspace::find().unwrap().path("docs/diamond-upgrade.md")).unwrap();
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;

    let slot = keccak256("diamond.standard.compute.rewards.hook.storage");
    let held = compute.chain.provider.get_storage_at(compute.diamond, slot.into()).await.unwrap();

    assert_eq!(held.to_be_bytes(), compute.suite.recorder.into_word().0);
    let of_books = keccak256("diamond.standard.block.rewards.paid.storage");
    let named: Vec<String> = [slot, of_books].iter().map(ToString::to_string).collect();
    let gained: Vec<String> = hook_selectors().iter().map(ToString::to_string).collect();
    for word in named.iter().chain(&gained) {
        assert!(document.contains(&format!("`{word}`")), "{word}");
    }
    assert_eq!(document.matches("| `0x").count(), gained.len());
}
