//! Nodes that lack something, are of another chain, or lie: one line each, in our own words, and nothing is sent.

use alloy::primitives::U64;
use alloy::providers::Provider;
use serde_json::{Value, json};

use super::three::{COVERS_FOUR_DAYS, Three, provider};
use crate::proxy_support::{Fate, asked, before};
use crate::suite_support::TODAY;

/// Three chains with a root that has arrived and a word that it proves.
async fn arrived() -> Three {
    let three = Three::new().await;
    three.host(three.atlas, TODAY).await;
    three.relayed(COVERS_FOUR_DAYS).await;
    three
}

/// The one line that `prove` ends with through a node of Base that `decide`s so.
async fn refused(three: &Three, code: i32, decide: impl Fn(&Value) -> Fate + Send + Sync + 'static) -> String {
    let sent = provider(&three.base).get_block_number().await.unwrap();
    let node = before(&three.base.url(), decide);
    let said = three.keeper(&["prove", "--base-rpc-url", &node]).failed(code);
    assert_eq!(provider(&three.base).get_block_number().await.unwrap(), sent);
    assert_eq!(three.four_days().await, [0; 4]);
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error: ")).collect();
    let [error] = errors[..] else { panic!("{said}") };
    error.to_owned()
}

/// What the node answers to a request for a proof, changed by `change`.
fn changed(url: String, change: impl Fn(&mut Value) + Send + Sync + 'static) -> impl Fn(&Value) -> Fate + Send + Sync {
    move |request| {
        if request["method"] != "eth_getProof" {
            return Fate::PassOn;
        }
        let mut answer = asked(&url, request);
        change(&mut answer);
        Fate::Answer(answer)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_without_proofs_says_nothing_that_helps_and_the_line_does() {
    let three = arrived().await;

    let said = refused(&three, 2, |request| match request["method"].as_str() {
        Some("eth_getProof") => Fate::Refuse("the method eth_getProof does not exist/is not available"),
        _ => Fate::PassOn,
    })
    .await;

    assert!(said.contains("answers eth_getProof for no block") && said.contains("--base-rpc-url"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_another_chain_is_refused_by_both_numbers() {
    let three = arrived().await;
    let ethereum = three.ethereum.url();

    for (option, node, name) in
        [("--base-rpc-url", &*ethereum, "Base"), ("--ethereum-rpc-url", &*three.base.url(), "Ethereum")]
    {
        for verb in ["relay", "prove"] {
            let said = three.keeper(&[verb, option, node]).failed(2);
            assert!(said.contains("wrong chain") && said.contains(&format!("the {name} of three")), "{said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_lies_about_a_word_its_proof_its_account_or_its_header_is_refused() {
    let three = arrived().await;
    let url = three.base.url();

    let value = changed(url.clone(), |answer| {
        for slot in answer["storageProof"].as_array_mut().unwrap() {
            slot["value"] = json!("0x7");
        }
    });
    assert!(refused(&three, 2, value).await.contains("it shows 0x"));

    let node = changed(url.clone(), |answer| {
        if let Some(slot) = answer["storageProof"].as_array_mut().unwrap().first_mut() {
            let node = slot["proof"][0].as_str().unwrap().to_owned();
            let last = if node.ends_with('0') { "1" } else { "0" };
            slot["proof"][0] = json!(format!("{}{last}", &node[..node.len() - 1]));
        }
    });
    assert!(refused(&three, 2, node).await.contains("does not hold, node 0 is another than the one above names"));

    let missing = changed(url.clone(), |answer| answer["storageProof"] = json!([]));
    assert!(refused(&three, 2, missing).await.contains("it is not in the answer"));

    let account = changed(url.clone(), |answer| {
        let nodes = answer["accountProof"].as_array_mut().unwrap();
        nodes.truncate(nodes.len().saturating_sub(1));
    });
    assert!(refused(&three, 2, account).await.contains("account in block"));

    let header = {
        let url = url.clone();
        move |request: &Value| {
            if request["method"] != "eth_getBlockByNumber" || request["params"][0] == "latest" {
                return Fate::PassOn;
            }
            let mut answer = asked(&url, request);
            answer["gasUsed"] = json!(U64::from(12_345));
            Fate::Answer(answer)
        }
    };
    assert!(refused(&three, 2, header).await.contains("has fields that this release does not know"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_on_a_chain_of_its_own_has_another_root() {
    let three = arrived().await;
    let url = three.base.url();

    let said = refused(&three, 1, move |request| {
        // Another block's header and state, consistent in themselves.
        let mut other = request.clone();
        match request["method"].as_str() {
            Some("eth_getBlockByNumber") if request["params"][0] != "latest" => {
                other["params"][0] = json!("0x1");
                Fate::Answer(asked(&url, &other))
            }
            _ => Fate::PassOn,
        }
    })
    .await;

    assert!(said.contains("is answered with another one"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_network_without_base_both_verbs_say_which_networks_have_it() {
    let three = Three::new().await;
    for verb in ["relay", "prove"] {
        let said = three.stand.tool(&[verb, "--dry-run"]).failed(2);
        assert!(said.contains("network local counts sessions on its own chain"), "{said}");
    }
}
