//! `cargo mrc53 deploy` onto three chains with input that cannot work: named, before anything is sent or written.

use alloy::primitives::{Address, Bytes, U256, address};
use alloy::providers::Provider;
use alloy::signers::local::PrivateKeySigner;
use mrc53_abi::arbitrum::CREATE2_FACTORY;
use mrc53_console::failure::exit_code;
use mrc53_deploy::goal::Wishes;
use mrc53_node::keys::Signer;
use mrc53_suite::place::Place;
use serde_json::Value;

use super::ground::{BASE_ID, ETHEREUM_ID, Three};
use crate::deploy_support::dev;
use crate::suite_support::{Ended, run};

/// Where no node is.
const NOWHERE: &str = "http://127.0.0.1:1";
const SOMEWHERE: Address = address!("00000000000000000000000000000000000000A1");

/// The one line that a run says that must end with `code`, having sent and written nothing.
async fn refused(three: &Three, code: i32, words: &[&str]) -> String {
    let sent = three.sent().await;
    let said = said(three.tool(words), code);
    assert_eq!(three.sent().await, sent);
    assert_eq!(std::fs::read_dir(three.folder.path()).unwrap().count(), 0);
    said
}

fn said(ended: Ended, code: i32) -> String {
    let errors = ended.failed(code);
    let line = errors.lines().find(|line| line.starts_with("error: ")).unwrap_or_else(|| panic!("{errors}"));
    line.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_another_chain_is_named_with_both_ids_and_the_option_that_helps() {
    let three = Three::new();
    let (base, ethereum) = (three.base.url(), three.ethereum.url());
    for (option, url, ids, place) in [
        ("--base-rpc-url", &ethereum, [ETHEREUM_ID, BASE_ID], "Base"),
        ("--ethereum-rpc-url", &base, [BASE_ID, ETHEREUM_ID], "Ethereum"),
    ] {
        let line = refused(&three, 2, &["deploy", option, url]).await;
        let url = url.trim_end_matches('/');
        assert!(line.contains("wrong chain") && line.contains(&format!("{url} ({place})")), "{line}");
        assert!(ids.iter().all(|id| line.contains(&id.to_string())) && line.contains(option), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_not_there_is_named_with_the_option_that_helps() {
    let three = Three::new();
    for (option, place) in [("--base-rpc-url", "Base"), ("--ethereum-rpc-url", "Ethereum")] {
        let line = refused(&three, 1, &["deploy", option, NOWHERE]).await;
        assert!(line.contains(&format!("{NOWHERE} ({place})")) && line.contains(option), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_come_from_the_environment_too_and_what_is_no_address_is_not_repeated() {
    let three = Three::new();
    let line = said(three.tool_with(&[("MRC53_BASE_RPC_URL", "k3y")], &["deploy"]), 2);
    assert!(line.contains("--base-rpc-url or MRC53_BASE_RPC_URL") && !line.contains("k3y"), "{line}");
    let line = said(three.tool_with(&[("MRC53_ETHEREUM_RPC_URL", NOWHERE)], &["deploy"]), 1);
    assert!(line.contains(NOWHERE), "{line}");
}

#[test]
fn a_node_of_base_for_a_network_without_it_is_refused() {
    for option in ["--base-rpc-url", "--ethereum-rpc-url"] {
        let line = said(run(&["deploy", "--network", "local", option, NOWHERE]), 2);
        assert!(line.contains(option) && line.contains("its sessions are not on Base"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_on_its_chain_is_refused_by_what_it_should_be() {
    let three = Three::new();
    let somewhere = SOMEWHERE.to_string();
    for (address, words) in [
        (three.diamond, format!("Diamond {SOMEWHERE} has no code on the Base of three")),
        (three.portal, format!("portal {SOMEWHERE} has no code on ")),
        (three.inbox, format!("inbox {SOMEWHERE} has no code on ")),
    ] {
        // What stands twice in the file is one of a chain's own.
        three.write_network(&three.text("").replace(&format!("\"{address}\""), &format!("\"{somewhere}\"")));
        let line = refused(&three, 2, &["deploy"]).await;
        assert!(line.contains(&words), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_something_else_is_refused_by_what_it_does_not_answer() {
    let three = Three::new();
    let change = |from: Address, to: Address| {
        three.write_network(&three.text("").replace(&format!("\"{from}\""), &format!("\"{to}\"")));
    };
    change(three.portal, three.inbox);
    let line = refused(&three, 2, &["deploy"]).await;
    assert!(line.contains(&format!("portal {}", three.inbox)) && line.contains("anchorStateRegistry()"), "{line}");
    change(three.inbox, three.portal);
    let line = refused(&three, 2, &["deploy"]).await;
    assert!(line.contains(&format!("inbox {}", three.portal)), "{line}");
    assert!(line.contains("calculateRetryableSubmissionFee"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_without_the_factory_is_refused_with_how_it_gets_one() {
    for place in [Place::Base, Place::Ethereum] {
        let three = Three::new();
        let provider = three.provider(place);
        let _: Value = provider.raw_request("anvil_setCode".into(), (CREATE2_FACTORY, Bytes::new())).await.unwrap();
        let line = refused(&three, 2, &["deploy"]).await;
        assert!(line.contains(&format!("the {place} of three has no CREATE2 factory")), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_ether_on_any_chain_is_said_with_the_chain_before_anything_is_sent() {
    let three = Three::new();
    let key = PrivateKeySigner::random();
    let signer = Signer::Key(key.clone());
    let plenty = U256::from(10_u64.pow(18));
    for (place, funded) in [
        (Place::Arbitrum, &[][..]),
        (Place::Base, &[Place::Arbitrum]),
        (Place::Ethereum, &[Place::Arbitrum, Place::Base]),
    ] {
        for there in funded {
            three.put_ether(*there, key.address(), plenty).await;
        }
        let error = three.deploy_as(&signer, None, &Wishes::default()).await.unwrap_err();
        assert_eq!(exit_code(&error), 1, "{error:#}");
        assert!(error.to_string().contains(&format!("for deploying all of it on {place}")), "{error}");
        assert!(std::fs::read_dir(three.folder.path()).unwrap().next().is_none());
    }
    three.put_ether(Place::Ethereum, key.address(), plenty).await;
    three.deploy_as(&signer, None, &Wishes::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_of_other_chains_or_another_diamond_is_refused_with_both() {
    let three = Three::new();
    three.deploy().await.unwrap();
    let book = std::fs::read_to_string(three.folder.path().join("412346.json")).unwrap();
    for (from, to, words) in [
        (format!("\"chainId\": {BASE_ID}"), "\"chainId\": 8453".to_owned(), "Base: the book in "),
        (format!("\"chainId\": {ETHEREUM_ID}"), "\"chainId\": 1".to_owned(), "Ethereum: the book in "),
        (three.diamond.to_string().to_lowercase(), SOMEWHERE.to_string().to_lowercase(), "diamond: the book in "),
        (three.portal.to_string().to_lowercase(), SOMEWHERE.to_string().to_lowercase(), "portal: the book in "),
        (three.inbox.to_string().to_lowercase(), SOMEWHERE.to_string().to_lowercase(), "inbox: the book in "),
    ] {
        // Only what stands under `inputs`.
        let (inputs, rest) = book.split_once("\"settings\"").unwrap();
        assert!(inputs.contains(&from), "{from}: {inputs}");
        let changed = format!("{}\"settings\"{rest}", inputs.replace(&from, &to));
        std::fs::write(three.folder.path().join("412346.json"), changed).unwrap();
        let error = three.deploy_as(&dev(), None, &Wishes::default()).await.unwrap_err();
        assert_eq!(exit_code(&error), 2, "{error:#}");
        assert!(error.to_string().starts_with(words) && error.to_string().contains("correct one"), "{error}");
    }
}
