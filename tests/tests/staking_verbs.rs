//! `cargo mrc53 register`, `stake`, `withdraw`, `set-fee` and `set-receiver`, as operators and stakers run them.

use std::sync::atomic::{AtomicBool, Ordering};

use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use mrc53_abi::{Erc20, MorToken, StakeAlignment};
use mrc53_node::reader::Reader;
use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::asking::ask;
use crate::proxy_support::{Fate, before};
use crate::suite_support::{DAY, Ended, MIDNIGHT, MOR, Stand, run};

/// The lock of the stand.
const LOCK: u64 = 7 * DAY;

/// A stand with ether for an operator, `atlas`, and a staker, `alice`, who has `mor` MOR.
async fn stand(mor: u128) -> (Stand, Address, Address) {
    let stand = Stand::new().await;
    let (atlas, alice) = (stand.fund("atlas").await, stand.fund("alice").await);
    let mint = MorToken::mintCall { to: alice, value: U256::from(mor * MOR) };
    stand.call(stand.chain.main, stand.token, mint).await;
    (stand, atlas, alice)
}

/// Runs `words` about the subnet `atlas` with the key of the account called `name`.
fn as_account(stand: &Stand, name: &str, words: &[&str]) -> Ended {
    let (key, subnet) = (names::account_key(name).to_bytes().to_string(), names::address("atlas").to_string());
    stand.tool(&[words, &["--subnet", &subnet, "--private-key", &key]].concat())
}

/// Registers `atlas` with a fee of 20 %, its receiver a purse.
fn register(stand: &Stand) -> Ended {
    let purse = names::address("purse").to_string();
    as_account(stand, "atlas", &["register", "--receiver", &purse, "--fee", "20%", "--json"])
}

/// What `staker` lets `StakeAlignment` take.
async fn allowance(stand: &Stand, staker: Address) -> U256 {
    ask(&stand.chain.provider, stand.token, Erc20::allowanceCall { owner: staker, spender: stand.suite.alignment })
        .await
}

async fn block(stand: &Stand) -> u64 {
    stand.chain.provider.get_block_number().await.unwrap()
}

/// Receiver and fee of `subnet`, as the contract says.
async fn registration(stand: &Stand, subnet: Address) -> (Address, U256) {
    let it = ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::subnetCall { subnet }).await;
    (it.receiver, it.fee)
}

fn fee(percent: u128) -> U256 {
    U256::from(percent * 10_u128.pow(23))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_registers_and_is_staked_toward_is_eligible() {
    let (stand, atlas, alice) = stand(120_000).await;

    let said = register(&stand).json();
    assert_eq!(registration(&stand, atlas).await, (names::address("purse"), fee(20)));
    assert_eq!((&said["sent"], &said["state"]["eligible"]), (&json!(true), &json!(false)));
    assert_eq!(said["state"]["registration"]["fee_in_words"], "20 %");
    assert_eq!(said["state"]["missing_stake_wei"], (10_000 * MOR).to_string());

    let ended = as_account(&stand, "alice", &["stake", "--mor", "120000", "--json"]);
    // Said before it was sent.
    assert!(ended.errors.contains("locked until about 2025-02-28 00:00:"), "{}", ended.errors);
    let said = ended.json();
    assert!(ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::isEligibleCall { subnet: atlas }).await);
    assert_eq!(
        ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::stakeOfCall { subnet: atlas, staker: alice })
            .await
            .amount,
        120_000 * MOR
    );
    assert_eq!([&said["state"]["eligible"], &said["state"]["locked"]], [&json!(true), &json!(true)]);
    assert_eq!(
        (&said["state"]["missing_stake_wei"], &said["state"]["account_stake_wei"]),
        (&json!("0"), &json!((120_000 * MOR).to_string()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_what_is_staked_is_approved_and_only_where_less_is_allowed() {
    let (stand, ..) = stand(0).await;
    register(&stand).json();

    let wei = |mor: u128| U256::from(mor * MOR);
    for (name, mor, allowed, transactions, left) in [
        ("alice", "12000.5", wei(0), 2, wei(0)),
        ("bob", "5000", wei(5_000) - U256::ONE, 2, wei(0)),
        ("borealis", "5000", wei(5_000), 1, wei(0)),
        ("atlas", "5000", wei(8_000), 1, wei(3_000)),
    ] {
        let staker = stand.fund(name).await;
        stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: staker, value: wei(20_000) }).await;
        if !allowed.is_zero() {
            let approve = MorToken::approveCall { spender: stand.suite.alignment, value: allowed };
            stand.call(staker, stand.token, approve).await;
        }
        let said = as_account(&stand, name, &["stake", "--mor", mor, "--json"]).json();
        assert_eq!(said["transactions"].as_array().unwrap().len(), transactions, "{name}: {said}");
        if transactions == 2 {
            let what = said["transactions"][0]["what"].as_str().unwrap();
            assert!(what.starts_with(&format!("allowance of exactly {mor} MOR")), "{name}: {what}");
        }
        // Exactly that was allowed: nothing is left of it.
        assert_eq!(allowance(&stand, staker).await, left, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_without_its_percent_sign_is_refused() {
    let (stand, atlas, _) = stand(0).await;
    let purse = names::address("purse").to_string();
    for fee in ["20", "0.2", "2000000000000000000000000", "120%", "-5%"] {
        let fee = format!("--fee={fee}");
        let said = as_account(&stand, "atlas", &["register", "--receiver", &purse, &fee]).failed(2);
        assert!(
            said.contains("percent sign") || said.contains("at most 100%") || said.contains("has a sign"),
            "{said}"
        );
    }
    assert!(
        Reader::now(&stand.chain.provider)
            .ask(stand.suite.alignment, StakeAlignment::subnetCall { subnet: atlas })
            .await
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_of_units_is_asked_back_and_taken_where_it_is_meant() {
    let (stand, atlas, _) = stand(2).await;
    let purse = names::address("purse").to_string();
    let tiny = ["register", "--receiver", &purse, "--fee", "0.0001%"];
    assert!(as_account(&stand, "atlas", &tiny).failed(2).contains("--yes-tiny-fee"));
    as_account(&stand, "atlas", &[&tiny[..], &["--yes-tiny-fee"]].concat()).ok();
    assert_eq!(registration(&stand, atlas).await.1, U256::from(10_u128.pow(19)));

    let before = block(&stand).await;
    let wei = ["stake", "--mor", "0.00000000000012"];
    assert!(as_account(&stand, "alice", &wei).failed(2).contains("--yes-below-one-mor"));
    assert_eq!(block(&stand).await, before);
    as_account(&stand, "alice", &[&wei[..], &["--yes-below-one-mor"]].concat()).ok();
    as_account(&stand, "alice", &["stake", "--mor", "1"]).ok();

    stand.travel(MIDNIGHT + LOCK + DAY).await;
    let wei = ["withdraw", "--mor", "0.5"];
    assert!(as_account(&stand, "alice", &wei).failed(2).contains("--yes-below-one-mor"));
    as_account(&stand, "alice", &[&wei[..], &["--yes-below-one-mor"]].concat()).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_falls_and_a_rise_is_refused_before_anything_is_sent() {
    let (stand, atlas, _) = stand(0).await;
    register(&stand).json();

    let ended = as_account(&stand, "atlas", &["set-fee", "--fee", "15%"]);
    assert!(ended.errors.contains("a fee only falls: from 20 % to 15 % is for good"), "{}", ended.errors);
    assert!(ended.ok().contains("fee           15 %"));
    assert_eq!(registration(&stand, atlas).await.1, fee(15));

    let before = block(&stand).await;
    for rise in ["15%", "15.5%", "100%"] {
        let said = as_account(&stand, "atlas", &["set-fee", "--fee", rise]).failed(2);
        assert!(said.contains("the fee is 15 % and only falls"), "{said}");
    }
    assert_eq!((block(&stand).await, registration(&stand, atlas).await.1), (before, fee(15)));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_its_operator_acts_for_a_subnet() {
    let (stand, atlas, alice) = stand(0).await;
    register(&stand).json();
    let purse = names::address("another purse");

    let words = ["set-receiver", "--receiver", &purse.to_string()];
    let said = as_account(&stand, "alice", &words).failed(2);
    assert!(said.contains(&format!("only {atlas} itself may, and this is {alice}")), "{said}");

    as_account(&stand, "atlas", &words).ok();
    assert_eq!(registration(&stand, atlas).await, (purse, fee(20)));
    let again = register(&stand).failed(2);
    assert!(again.contains("is registered already with a fee of 20 %"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_subnet_contract_acts_for_it() {
    let (stand, atlas, alice) = stand(0).await;
    // Answers every call with atlas: PUSH20, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
    let code = [&[0x73][..], atlas.as_slice(), &[0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]].concat();
    let contract = stand.contract(&code).await;
    let run = |name: &str| {
        let (key, subnet) = (names::account_key(name).to_bytes().to_string(), contract.to_string());
        let words = ["register", "--receiver", &alice.to_string(), "--fee", "0%"];
        stand.tool(&[&words[..], &["--subnet", &subnet, "--private-key", &key]].concat())
    };

    let said = run("alice").failed(2);
    assert!(said.contains(&format!("only the owner of {contract}, {atlas}, may")), "{said}");
    run("atlas").ok();
    assert_eq!(registration(&stand, contract).await, (alice, U256::ZERO));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_keeps_for_ever_what_it_is_paid_is_refused() {
    let (stand, ..) = stand(0).await;
    for receiver in [stand.token, stand.diamond, stand.suite.distributor, stand.suite.alignment, Address::ZERO] {
        let receiver = receiver.to_string();
        let said = as_account(&stand, "atlas", &["register", "--receiver", &receiver, "--fee", "20%"]).failed(2);
        assert!(said.contains("name another receiver"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_waits_for_the_end_of_the_lock_to_the_second() {
    let (stand, atlas, alice) = stand(12_000).await;
    register(&stand).json();
    stand.at(MIDNIGHT + 100).await;
    let said = as_account(&stand, "alice", &["stake", "--mor", "12000", "--json"]).json();
    let free = said["state"]["unlock_at"].as_u64().unwrap();

    // The clock goes on while the tool starts; the edge to the second is the contract's.
    stand.travel(free - 60).await;
    let said = as_account(&stand, "alice", &["withdraw", "--all"]).failed(1);
    assert!(said.contains(&format!("locked until {}", mrc53_console::show::moment(free))), "{said}");
    assert!(!said.contains(&free.to_string()), "{said}");
    stand.travel(free).await;
    let ended = as_account(&stand, "alice", &["withdraw", "--mor", "2000.5"]);
    assert!(ended.errors.contains("keeps 9999.5 MOR, 0.5 MOR too few"), "{}", ended.errors);
    let said = ended.ok();
    assert!(said.contains("stake         9999.5 MOR of at least 10000: not eligible: 0.5 MOR are missing"), "{said}");
    as_account(&stand, "alice", &["withdraw", "--all"]).ok();

    assert_eq!(
        ask(&stand.chain.provider, stand.token, Erc20::balanceOfCall { account: alice }).await,
        U256::from(12_000 * MOR)
    );
    let nothing = as_account(&stand, "alice", &["withdraw", "--all"]).failed(2);
    assert!(nothing.contains(&format!("{alice} has nothing staked toward {atlas}")), "{nothing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_or_the_subnet_lacks_is_said_in_mor() {
    let (stand, atlas, alice) = stand(100).await;
    for mor in ["10", "200"] {
        let said = as_account(&stand, "alice", &["stake", "--mor", mor]).failed(2);
        assert!(said.contains(&format!("{atlas} is no registered subnet")), "{said}");
    }
    register(&stand).json();

    let said = as_account(&stand, "alice", &["stake", "--mor", "100.5"]).failed(1);
    assert!(said.contains(&format!("{alice} has 100 MOR and stakes 100.5: 0.5 more are needed")), "{said}");
    let said = as_account(&stand, "alice", &["withdraw", "--mor", "3"]).failed(2);
    assert!(said.contains("has 0 MOR staked") && said.contains("3 MOR less"), "{said}");
    assert_eq!(allowance(&stand, alice).await, U256::ZERO);

    stand.call(stand.chain.main, stand.suite.alignment, StakeAlignment::pauseStakingCall {}).await;
    let said = as_account(&stand, "alice", &["stake", "--mor", "10"]).failed(1);
    assert!(said.contains("new stakes are paused"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_sends_nothing_and_needs_no_key_of_the_operator() {
    let (stand, atlas, alice) = stand(120_000).await;
    register(&stand).json();
    let before = block(&stand).await;

    let (atlas, staker) = (atlas.to_string(), alice.to_string());
    for words in [
        ["set-fee", "--fee", "10%", "--unsigned-from", &atlas],
        ["set-receiver", "--receiver", &staker, "--unsigned-from", &atlas],
        ["stake", "--mor", "120000", "--unsigned-from", &staker],
    ] {
        let said = stand.tool(&[&words[..], &["--subnet", &atlas, "--dry-run", "--json"]].concat()).json();
        assert_eq!(said["sent"], false, "{said}");
        assert!(said["transactions"][0]["would_use_gas"].as_u64().unwrap() > 21_000, "{said}");
        assert!(!said["notes"].as_array().unwrap().is_empty(), "{said}");
    }
    let refused = stand.tool(&["set-fee", "--fee", "30%", "--unsigned-from", &atlas, "--subnet", &atlas, "--dry-run"]);
    assert!(refused.failed(2).contains("only falls"));
    assert_eq!((block(&stand).await, allowance(&stand, alice).await), (before, U256::ZERO));
}

#[tokio::test(flavor = "multi_thread")]
async fn unsigned_transactions_are_one_a_line_with_their_gas_and_do_what_they_say() {
    let (stand, atlas, alice) = stand(120_000).await;
    register(&stand).json();

    let (subnet, from) = (atlas.to_string(), alice.to_string());
    let words = ["stake", "--mor", "120000", "--subnet", &subnet, "--unsigned-from", &from];
    let ended = stand.tool(&words);
    assert!(ended.errors.contains("locked until"), "{}", ended.errors);
    let lines: Vec<Value> = ended.ok().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    // What the second takes can be told only after the first.
    assert!(lines[0]["gas_limit"].as_u64().unwrap() > 21_000 && lines[1]["gas_limit"].is_null(), "{lines:?}");
    for line in &lines {
        assert_eq!(line["from"].as_str().unwrap().parse::<Address>().unwrap(), alice);
        let to = line["to"].as_str().unwrap().parse().unwrap();
        let data: alloy::primitives::Bytes = line["data"].as_str().unwrap().parse().unwrap();
        stand.chain.must("a line", alice, to, data).await.unwrap();
    }
    assert_eq!(
        ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::stakeOfCall { subnet: atlas, staker: alice })
            .await
            .amount,
        120_000 * MOR
    );
    assert_eq!(allowance(&stand, alice).await, U256::ZERO);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_said_though_the_node_has_gone_away_since() {
    let (stand, atlas, _) = stand(0).await;
    register(&stand).json();
    let is_sent = AtomicBool::new(false);
    let url = before(&stand.url(), move |request| {
        is_sent.fetch_or(request["method"] == "eth_sendRawTransaction", Ordering::SeqCst);
        if is_sent.load(Ordering::SeqCst) && request["method"] == "eth_call" { Fate::HangUp } else { Fate::PassOn }
    });

    let (key, folder) = (names::account_key("atlas").to_bytes().to_string(), stand.folder.path().to_str().unwrap());
    let place = ["--rpc-url", &url, "--deployments", folder, "--private-key", &key, "--subnet", &atlas.to_string()];
    let ended = run(&[&["set-fee", "--fee", "5%", "--json"][..], &place].concat());

    let said: Value = serde_json::from_str(&ended.output).unwrap();
    assert_eq!((&said["sent"], &said["state"]), (&json!(true), &Value::Null));
    assert!(said["transactions"][0]["transaction"].is_string(), "{said}");
    assert!(ended.failed(1).contains("how everything stands now cannot be read"));
    assert_eq!(registration(&stand, atlas).await.1, fee(5));
}
