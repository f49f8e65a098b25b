//! `cargo mrc53 set-subnet`: who may name an account on Base, and what is said before.

use alloy::primitives::Address;
use mrc53_abi::BaseRecorder::subnetOfCall;
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_stage::scenario::names;
use mrc53_suite::place::Place;
use serde_json::Value;

use super::ground::BASE_ID;
use super::served::Served;
use crate::asking::ask;
use crate::suite_support::{Ended, run};

/// Runs `set-subnet` for `provider` with `more` words.
fn name(served: &Served, provider: Address, subnet: Address, more: &[&str]) -> Ended {
    let (provider, subnet) = (provider.to_string(), subnet.to_string());
    served.three.tool(&[&["set-subnet", "--provider", &provider, "--subnet", &subnet], more].concat())
}

async fn named(served: &Served, provider: Address) -> Address {
    ask(&served.three.provider(Place::Base), served.recorder, subnetOfCall { provider }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_names_for_itself_and_nobody_else_does() {
    let served = Served::new().await;
    let (atlas, provider) = (served.atlas, names::address("provider"));
    let key = names::account_key("provider").to_bytes().to_string();
    served.three.put_ether(Place::Base, provider, alloy::primitives::U256::from(10_u64.pow(18))).await;

    let errors = name(&served, provider, atlas, &[]).failed(2);
    assert!(errors.contains(&DEV_ACCOUNT.to_string()) && errors.contains("only it signs"), "{errors}");
    let said = name(&served, provider, atlas, &["--private-key", &key, "--json"]).json();

    assert_eq!((&said["sent"], &said["subnet_before"]), (&true.into(), &serde_json::json!(provider)));
    assert_eq!(named(&served, provider).await, atlas);
    let sent = served.three.sent().await;
    let again = name(&served, provider, atlas, &["--private-key", &key]).ok();
    assert!(again.contains("already: nothing to send"), "{again}");
    assert_eq!(served.three.sent().await, sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_contract_signs_here_or_elsewhere() {
    let served = Served::new().await;
    let safe = names::address("safe");
    let proxy = served.contract("proxy", safe);

    let errors = name(&served, proxy, served.atlas, &[]).failed(2);
    assert!(errors.contains(&format!("it or its owner(), {safe}, signs")), "{errors}");
    let line = name(&served, proxy, served.atlas, &["--unsigned-from", &safe.to_string()]).ok();

    let transaction: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&transaction["chain_id"], &transaction["from"]), (&BASE_ID.into(), &serde_json::json!(safe)));
    assert_eq!(named(&served, proxy).await, Address::ZERO);
    let planned = name(&served, proxy, served.atlas, &["--dry-run", "--unsigned-from", &safe.to_string()]).ok();
    assert!(planned.contains("would be booked under"), "{planned}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_no_subnet_is_refused_unless_it_is_meant_and_nobodys_always() {
    let served = Served::new().await;
    let stranger = Address::repeat_byte(5);

    let errors = name(&served, DEV_ACCOUNT, stranger, &[]).failed(2);
    assert!(errors.contains("no registered subnet") && errors.contains("--yes-not-registered"), "{errors}");
    let zero = name(&served, DEV_ACCOUNT, Address::ZERO, &["--yes-not-registered"]).failed(2);
    assert!(zero.contains("--subnet is the zero address"), "{zero}");
    let zero = name(&served, Address::ZERO, served.atlas, &[]).failed(2);
    assert!(zero.contains("--provider is the zero address"), "{zero}");

    name(&served, DEV_ACCOUNT, stranger, &["--yes-not-registered"]).ok();
    assert_eq!(named(&served, DEV_ACCOUNT).await, stranger);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_counts_on_its_own_chain_has_no_accounts_to_name() {
    let served = Served::new().await;
    let (url, folder) = (served.three.arbitrum.url(), tempfile::tempdir().unwrap());
    let provider = DEV_ACCOUNT.to_string();
    let here = ["--network", "local", "--rpc-url", &url, "--deployments", folder.path().to_str().unwrap()];

    let errors = run(&[&["set-subnet", "--provider", &provider, "--subnet", &provider][..], &here].concat()).failed(2);

    assert!(errors.contains("counts sessions on its own chain"), "{errors}");
}
