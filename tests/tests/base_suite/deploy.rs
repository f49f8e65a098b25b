//! `cargo mrc53 deploy` of a suite whose sessions are on Base: each contract on its chain, and all of them wired.

use alloy::primitives::{Address, B256, U256, keccak256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use mrc53_abi::arbitrum::aliased;
use mrc53_abi::{BaseRecorder, RewardCalculator, RootRelay, UsageBuckets, UsageProofs};
use mrc53_deploy::goal::Wishes;
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};
use serde_json::Value;

use super::ground::{ALL, BASE_ID, ETHEREUM_ID, SENT, Three, on};
use crate::asking::ask;
use crate::deploy_support::dev;
use crate::suite_support::run;

#[tokio::test(flavor = "multi_thread")]
async fn each_contract_stands_on_its_chain_and_knows_the_others() {
    let three = Three::new();

    let report = three.tool(&["deploy", "--json"]).json();

    let contracts = report["contracts"].as_array().unwrap();
    let names: Vec<_> = contracts.iter().map(|it| it["contract"].as_str().unwrap()).collect();
    assert_eq!(names, ALL);
    let book = three.book();
    let abroad = |contract| book.address_abroad(contract).unwrap();
    let at = |contract| book.address(contract).unwrap();
    let (base, ethereum, here) =
        (three.provider(Place::Base), three.provider(Place::Ethereum), three.provider(Place::Arbitrum));
    let (recorder, buckets, relay) =
        (abroad(Abroad::SessionRecorder), abroad(Abroad::UsageBuckets), abroad(Abroad::RootRelay));
    assert_eq!(ask(&base, recorder, BaseRecorder::sourceCall {}).await, three.diamond);
    assert_eq!(ask(&base, recorder, BaseRecorder::graceDaysCall {}).await, 3);
    assert_eq!(ask(&base, recorder, BaseRecorder::bucketsCall {}).await, buckets);
    assert_eq!(ask(&base, buckets, UsageBuckets::recorderCall {}).await, recorder);
    assert_eq!(ask(&ethereum, relay, RootRelay::portalCall {}).await, three.portal);
    assert_eq!(ask(&ethereum, relay, RootRelay::inboxCall {}).await, three.inbox);
    let proofs = at(Contract::UsageProofs);
    assert_eq!(ask(&here, proofs, UsageProofs::relayCall {}).await, aliased(relay));
    let proven = ask(&here, proofs, UsageProofs::bucketsCall {}).await;
    let code = base.get_code_at(buckets).await.unwrap();
    assert_eq!((proven.account, proven.codeHash), (buckets, keccak256(code)));
    assert_eq!(ask(&here, proofs, UsageProofs::graceDaysCall {}).await, 3);
    assert_eq!(ask(&here, proofs, UsageProofs::windowDaysCall {}).await, 7);
    assert_eq!(ask(&here, proofs, UsageProofs::alignmentCall {}).await, at(Contract::StakeAlignment));
    let calculator = at(Contract::RewardCalculator);
    assert_eq!(ask(&here, calculator, RewardCalculator::recorderCall {}).await, proofs);
    assert!(book.newest(Contract::SessionRecorder).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_book_names_the_other_chains_where_what_was_read_is_verified() {
    let three = Three::new();
    three.set_network("[settings]\ngrace_days = 5\nwindow_days = 30");

    three.deploy().await.unwrap();

    let book = three.book();
    let chain_of = |name| book.newest_named(name).unwrap().chain_id;
    assert_eq!(["base-session-recorder", "usage-buckets"].map(chain_of), [Some(BASE_ID); 2]);
    assert_eq!([chain_of("root-relay"), chain_of("usage-proofs")], [Some(ETHEREUM_ID), None]);
    let (base, ethereum) = (book.inputs.base.clone().unwrap(), book.inputs.ethereum.clone().unwrap());
    assert_eq!([base.chain_id, ethereum.chain_id], [BASE_ID, ETHEREUM_ID]);
    assert_eq!(
        [base.diamond.address, ethereum.portal.address, ethereum.inbox.address],
        [three.diamond, three.portal, three.inbox]
    );
    assert!([base.diamond, ethereum.portal, ethereum.inbox].iter().all(|input| input.verified));
    assert!(book.inputs.diamond.is_none());
    let settings = book.settings.unwrap();
    assert_eq!((settings.grace_days, settings.window_days), (5, Some(30)));
    let recorder = book.newest_named("base-session-recorder").unwrap();
    let buckets = book.newest_named("usage-buckets").unwrap();
    // One transaction for both.
    assert!(recorder.transaction.is_some() && recorder.transaction == buckets.transaction);
    assert!(recorder.toolchain.as_ref().unwrap().starts_with("solc 0.8."), "{recorder:?}");
    let proofs = three.book().address(Contract::UsageProofs).unwrap();
    let here = three.provider(Place::Arbitrum);
    assert_eq!(ask(&here, proofs, UsageProofs::windowDaysCall {}).await, 30);
    assert_eq!(ask(&here, proofs, UsageProofs::graceDaysCall {}).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_finds_everything_done_and_sends_nothing_on_any_chain() {
    let three = Three::new();
    three.deploy().await.unwrap();
    let (book, sent) = (three.book(), three.sent().await);

    let output = three.tool(&["deploy"]).ok();

    assert_eq!(output.lines().filter(|line| line.contains("was there")).count(), ALL.len(), "{output}");
    assert_eq!((three.sent().await, three.book()), (sent, book));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_prices_each_chain_and_changes_nothing() {
    let three = Three::new();
    let sent = three.sent().await;

    let said = three.tool(&["deploy", "--dry-run"]).ok();

    assert!(ALL.iter().all(|contract| said.contains(contract)), "{said}");
    let total = said.lines().find(|line| line.starts_with("in all")).unwrap();
    assert!(total.contains(" on Base") && total.contains(" on Ethereum"), "{total}");
    assert!(said.contains("created by the contract before it"), "{said}");
    let plan = three.tool(&["deploy", "--dry-run", "--json"]).json();
    for chain in plan["chains"].as_array().unwrap() {
        assert!(chain["need_wei"].as_str().unwrap().parse::<u64>().unwrap() > 0, "{chain}");
    }
    assert_eq!(three.sent().await, sent);
    assert_eq!(std::fs::read_dir(three.folder.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_is_to_sign_says_on_which_chain_and_a_run_after_it_completes_the_book() {
    let three = Three::new();
    let who = DEV_ACCOUNT.to_string();

    let lines = three.tool(&["deploy", "--unsigned-from", &who]).ok();

    let transactions: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids = SENT.map(|(_, place)| match place {
        Place::Arbitrum => 412_346,
        Place::Base => BASE_ID,
        Place::Ethereum => ETHEREUM_ID,
    });
    assert_eq!(transactions.iter().map(|it| it["chain_id"].as_u64().unwrap()).collect::<Vec<_>>(), ids);
    assert_eq!(three.book().contracts, []);
    for (transaction, (_, place)) in transactions.iter().zip(SENT) {
        let to: Address = transaction["to"].as_str().unwrap().parse().unwrap();
        let data: Vec<u8> = alloy::hex::decode(transaction["data"].as_str().unwrap()).unwrap();
        let value: U256 = transaction["value"].as_str().unwrap().parse().unwrap();
        let gas = transaction["gas_limit"].as_u64().unwrap();
        let request = TransactionRequest::default().to(to).input(data.into()).value(value).gas_limit(gas);
        let sent = on(three.node(place), move |chain| chain.transact(request, DEV_ACCOUNT).unwrap());
        assert!(sent.success, "{transaction}");
    }

    let after = three.tool(&["deploy", "--unsigned-from", &who]);

    assert!(after.errors.contains("nothing to sign"), "{}", after.errors);
    assert_eq!(after.ok(), "");
    assert_eq!(three.book().contracts.iter().map(|it| it.contract.as_str()).collect::<Vec<_>>(), ALL);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_do_not_depend_on_who_sends_nor_on_what_was_sent_before() {
    let [one, other] = [Three::new(), Three::new()];
    for place in [Place::Base, Place::Ethereum] {
        on(other.node(place), |chain| {
            let request = TransactionRequest::default().to(Address::repeat_byte(7)).gas_limit(21_000);
            assert!(chain.transact(request, DEV_ACCOUNT).unwrap().success);
        });
    }
    // The same inputs: the harness, portal and inbox stand at the same addresses on both.
    assert_eq!((one.diamond, one.portal, one.inbox), (other.diamond, other.portal, other.inbox));

    let [one, other] = [one.deploy().await.unwrap(), other.deploy().await.unwrap()];

    assert_eq!(one.addresses(), other.addresses());
    assert_eq!(one.deployed(), ALL);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_grace_replaces_recorder_and_buckets_and_what_is_constructed_with_them() {
    let three = Three::new();
    three.deploy().await.unwrap();
    let book = three.book();
    three.set_network("[settings]\ngrace_days = 4");
    let error = three.deploy().await.unwrap_err();
    // The calculator asks the proofs that are there, until these are replaced.
    let differing = ["base-session-recorder", "usage-buckets", "usage-proofs", "reward-calculator"];
    for contract in &differing[..3] {
        assert!(error.to_string().contains(&format!("--replace {contract}")), "{error}");
    }
    // One without the other: nothing would create the new buckets.
    let replace = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let keep = replace(&["base-session-recorder", "usage-proofs"]);
    let torn = Wishes { replace: replace(&["usage-buckets"]), keep, ..Wishes::default() };
    let error = three.deploy_as(&dev(), None, &torn).await.unwrap_err();
    assert!(error.to_string().contains("creates usage-buckets"), "{error}");

    let wishes = Wishes { replace: replace(&differing), ..Wishes::default() };
    let done = three.deploy_as(&dev(), None, &wishes).await.unwrap();

    assert_eq!(done.deployed(), differing);
    let now = three.book();
    assert_ne!(now.address_abroad(Abroad::UsageBuckets).unwrap(), book.address_abroad(Abroad::UsageBuckets).unwrap());
    let here = three.provider(Place::Arbitrum);
    let proven = ask(&here, now.address(Contract::UsageProofs).unwrap(), UsageProofs::bucketsCall {}).await;
    assert_eq!(proven.account, now.address_abroad(Abroad::UsageBuckets).unwrap());
    assert_ne!(proven.codeHash, B256::ZERO);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suite_that_counted_on_arbitrum_goes_on_with_the_sessions_of_base_and_keeps_its_stake_and_debts() {
    let three = Three::new();
    let (url, folder) = (three.arbitrum.url(), three.folder.path().to_str().unwrap());
    run(&["deploy", "--network", "local", "--rpc-url", &url, "--deployments", folder]).ok();
    let before = three.book();
    let kept = [Contract::StakeAlignment, Contract::RewardDistributor].map(|it| before.address(it).unwrap());

    let error = three.deploy().await.unwrap_err();
    assert!(error.to_string().contains("--replace reward-calculator"), "{error}");
    let wishes = Wishes { replace: vec!["reward-calculator".into()], ..Wishes::default() };
    let done = three.deploy_as(&dev(), None, &wishes).await.unwrap();

    assert_eq!(
        done.deployed(),
        ["base-session-recorder", "usage-buckets", "root-relay", "usage-proofs", "reward-calculator"]
    );
    let book = three.book();
    assert_eq!([Contract::StakeAlignment, Contract::RewardDistributor].map(|it| book.address(it).unwrap()), kept);
    assert_eq!(book.inputs.diamond, before.inputs.diamond);
    assert!(book.inputs.base.is_some());
    let calculator = book.address(Contract::RewardCalculator).unwrap().to_string();
    let act = ["safe", "schedule-calculator", "--calculator", &calculator, "--from-day", "2025-03-10", "--send"];
    three.tool(&act).ok();
}
