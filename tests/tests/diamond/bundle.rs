//! The upgrade as its owner makes it: with the files that `cargo mrc53 diamond-cut` writes.

use std::path::Path;

use alloy::primitives::{Address, Bytes};
use mrc53::chain::abi::SessionRecorder;
use mrc53::workspace::Workspace;
use serde_json::Value;

use crate::compute::{Compute, OPENING, event};
use crate::suite_support::HOUR;

/// Executes the bundle in `file` from the account it is made for.
async fn execute(compute: &Compute, file: &Path) {
    let bundle: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let from: Address = bundle["meta"]["createdFromSafeAddress"].as_str().unwrap().parse().unwrap();
    for transaction in bundle["transactions"].as_array().unwrap() {
        let to: Address = transaction["to"].as_str().unwrap().parse().unwrap();
        let data: Bytes = transaction["data"].as_str().unwrap().parse().unwrap();
        compute.chain.must("a transaction of the bundle", from, to, data).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_cuts_the_hook_in_and_its_rollback_cuts_it_out() {
    let compute = Compute::new().await;
    let artifact = Workspace::find().unwrap().path("tests/solidity/artifacts/SessionFacetWithHook.json");
    let file = compute.folder.path().join("hook.json");
    let (hooked, plain) = (compute.hooked_facet.to_string(), compute.plain_facet.to_string());
    let words = ["diamond-cut", "--facet", artifact.to_str().unwrap(), "--facet-address", &hooked];
    let about = ["--replace-facet", &plain, "--skip", "owner()", "--skip", "DIAMOND_OWNABLE_STORAGE_SLOT()"];
    compute.tool(&[&words[..], &about, &["--out", file.to_str().unwrap()]].concat()).ok();

    execute(&compute, &file).await;
    compute.set_recorder(compute.suite.recorder).await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    let closed = compute.close_at(OPENING + HOUR, session).await;
    assert!(event::<SessionRecorder::SessionBooked>(&closed).is_some());

    execute(&compute, &file.with_extension("rollback.json")).await;
    let session = compute.open_at(OPENING + 3 * HOUR, 2 * HOUR).await;
    let closed = compute.close_at(OPENING + 4 * HOUR, session).await;
    assert!(closed.status() && event::<SessionRecorder::SessionBooked>(&closed).is_none());
}
