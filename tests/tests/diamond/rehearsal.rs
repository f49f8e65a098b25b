//! A rehearsal on a copy of a diamond's state: what was dumped from one devnode is cut, used and taken back on another,
//! as often as somebody likes, and the first knows nothing of it.

use std::path::Path;

use alloy::primitives::{Address, B256, U256};
use alloy::providers::{Provider, ProviderBuilder};
use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_stage::chain::Chain;
use mrc53_stage::scenario::names;
use serde_json::Value;

use super::compute::{Compute, OPENING};
use super::cutting::cut_words;
use crate::suite_support::{Ended, HOUR, run};

/// A devnode that goes on from the state in `file`.
fn copy(file: &Path) -> Handle {
    Devnode::start(&Config { load_state: Some(file.to_owned()), ..Config::ephemeral() }).unwrap()
}

/// Runs the tool on `node` with the book of `compute`.
fn run_on(compute: &Compute, node: &Handle, words: &[&str]) -> Ended {
    let (url, book) = (node.url(), compute.folder.path().to_str().unwrap());
    run(&[words, &["--network", "local", "--rpc-url", &url, "--deployments", book, "--json"]].concat())
}

/// What it says as JSON.
fn tool(compute: &Compute, node: &Handle, words: &[&str]) -> Value {
    run_on(compute, node, words).json()
}

/// Closes the session on `node`, with the receipt of the node on which it was opened.
async fn close(compute: &Compute, node: &Handle, session: B256) {
    let closing = compute.closing(session, OPENING + HOUR, 160).await;
    let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
    let chain = Chain::connect(&node.url(), key, [names::account_key("alice")]).await.unwrap();
    let _: Value = chain.provider.raw_request("evm_setNextBlockTimestamp".into(), [OPENING + HOUR]).await.unwrap();
    chain.must("the closing", compute.user, compute.diamond, closing).await.unwrap();
}

async fn code_at(node: &Handle, address: Address) -> usize {
    let provider = ProviderBuilder::new().connect_http(node.url().parse().unwrap());
    provider.get_code_at(address).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_rehearsed_on_a_copy_books_a_session_that_was_open_before_and_leaves_the_original_alone() {
    let compute = Compute::new().await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    let before = compute.selectors_of_facets().await;
    let file = compute.folder.path().join("diamond-state.json");
    std::fs::write(&file, compute.node().with_blocking(|chain| chain.dump()).unwrap().unwrap()).unwrap();
    let out = compute.folder.path().join("cut.json");
    let words = cut_words(&compute);
    let cut: Vec<&str> = words.iter().map(String::as_str).chain(["--out", out.to_str().unwrap(), "--send"]).collect();
    let seconds = async |node: &Handle| {
        let page = tool(&compute, node, &["status", "--subnet", &compute.subnet.to_string()]);
        page["subnets"][0]["usage"]["part"].as_str().unwrap().parse::<U256>().unwrap()
    };

    // Each rehearsal starts from the same file: the first without the hook's recorder, the second with it.
    let without = copy(&file);
    tool(&compute, &without, &cut);
    close(&compute, &without, session).await;
    let with = copy(&file);
    tool(&compute, &with, &cut);
    tool(&compute, &with, &["safe", "set-recorder", "--send"]);
    close(&compute, &with, session).await;

    assert_eq!((seconds(&without).await, seconds(&with).await), (U256::ZERO, U256::from(HOUR)));
    let back = out.with_extension("rollback.json");
    let back = ["safe", "execute", back.to_str().unwrap()];
    let tried = tool(&compute, &with, &back);
    assert_eq!((&tried["sent"], &tried["file"]), (&Value::Bool(false), &Value::Null));
    let cut_back = tool(&compute, &with, &[&back[..], &["--send"]].concat());
    assert_eq!(cut_back["sent"], true);
    let hook = tool(&compute, &with, &["status"])["hook"].clone();
    assert_ne!(hook, tool(&compute, &without, &["status"])["hook"]);
    assert!(run_on(&compute, &with, &back).failed(2).contains("would refuse diamondCut"));

    assert!(code_at(&with, compute.hooked_facet).await > 0);
    assert_eq!(compute.selectors_of_facets().await, before);
    assert_eq!(compute.session(session).await.closedAt, U256::ZERO.to::<u128>());
}
