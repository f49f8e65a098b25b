//! `cargo mrc53 record` of sessions on Base where something stands in its way.

use alloy::primitives::{B256, Bytes};
use alloy::providers::Provider;
use serde_json::Value;

use mrc53_suite::place::Place;

use super::ground::{BASE_ID, ETHEREUM_ID, Three};
use super::served::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_another_chain_or_none_is_named_by_every_verb_that_asks_base() {
    let served = Served::new().await;
    let three = &served.three;
    let (provider, ethereum) = (served.atlas.to_string(), three.ethereum.url());
    let naming = ["set-subnet", "--provider", &provider, "--subnet", &provider];
    for words in [&["record", "--all-open"][..], &naming] {
        let wrong = three.tool(&[words, &["--base-rpc-url", &ethereum]].concat()).failed(2);
        assert!(wrong.contains("wrong chain") && wrong.contains("(Base)"), "{wrong}");
        assert!([BASE_ID, ETHEREUM_ID].iter().all(|id| wrong.contains(&id.to_string())), "{wrong}");
        let none = three.tool(&[words, &["--base-rpc-url", "http://127.0.0.1:1"]].concat()).failed(1);
        assert!(none.contains("http://127.0.0.1:1 (Base)") && none.contains("--base-rpc-url"), "{none}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_is_gone_or_was_never_there_is_said_before_anything_is_read() {
    let nothing = Three::new();
    let errors = nothing.tool(&["record", "--all-open"]).failed(2);
    assert!(errors.contains("has not been deployed"), "{errors}");

    let served = Served::new().await;
    let base = served.three.provider(Place::Base);
    let _: Value = base.raw_request("anvil_setCode".into(), (served.recorder, Bytes::new())).await.unwrap();
    let errors = served.three.tool(&["record", "--all-open"]).failed(2);
    assert!(errors.contains(&format!("base-session-recorder has no code at {}", served.recorder)), "{errors}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_another_chain_is_unknown() {
    let served = Served::new().await;
    let id = B256::repeat_byte(7).to_string();

    let errors = served.three.tool(&["record", "--session", &id]).failed(2);

    assert!(errors.contains(&id) && errors.contains("is it of another chain?"), "{errors}");
}
