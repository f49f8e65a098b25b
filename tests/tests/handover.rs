//! What owners change of a suite that stands, from the first deployment on: who hands over how, and a book that follows.

use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::SolCall;
use mrc53_abi::{RewardDistributor, StakeAlignment};
use mrc53_deploy::compare::Action;
use mrc53_deploy::goal::Wishes;
use mrc53_devnode::config::{DEV_ACCOUNT, DEV_PRIVATE_KEY};
use mrc53_stage::chain::Chain;
use mrc53_stage::scenario::names;
use mrc53_suite::contract::Contract;
use serde_json::{Value, json};

use crate::asking::ask;
use crate::deploy_support::Ground;
use crate::suite_support::TODAY;

const BOTH: [Contract; 2] = [Contract::StakeAlignment, Contract::RewardDistributor];

/// A suite of the dev account's, and an heir with ether.
async fn suite() -> (Ground, Address) {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let heir = names::address("alice");
    ground.put_ether(heir, U256::from(10_u64).pow(U256::from(18))).await;
    (ground, heir)
}

/// Runs an act that the dev account sends.
fn act(ground: &Ground, words: &[&str]) -> Value {
    ground.verb(&[&["safe"], words, &["--send", "--json"]].concat()).json()
}

/// Runs an act that the heir sends.
fn act_as_heir(ground: &Ground, words: &[&str]) -> Value {
    let key = names::account_key("alice").to_bytes().to_string();
    act(ground, &[words, &["--private-key", &key]].concat())
}

/// Offers and takes the ownership of `contracts` without the tool, as a Safe does.
async fn hand_over(ground: &Ground, contracts: &[Contract], heir: Address) {
    let dev = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
    let chain = Chain::connect(&ground.node.url(), dev, [names::account_key("alice")]).await.unwrap();
    for contract in contracts {
        let at = ground.book().address(*contract).unwrap();
        let offer = StakeAlignment::transferOwnershipCall { newOwner: heir }.abi_encode();
        chain.must("the offer", chain.main, at, offer).await.unwrap();
        let accept = StakeAlignment::acceptOwnershipCall {}.abi_encode();
        chain.must("taking it", heir, at, accept).await.unwrap();
    }
}

/// Deploys what the network wants otherwise, in place of `contracts`.
async fn replace(ground: &Ground, contracts: &[&str]) {
    let replace = contracts.iter().map(|&contract| contract.to_owned()).collect();
    ground.deploy(&Wishes { replace, ..Wishes::default() }).await.unwrap();
}

/// Owner and distributor's owner in the book.
fn owners(ground: &Ground) -> [Option<Address>; 2] {
    let inputs = ground.book().inputs;
    [inputs.owner, inputs.distributor_owner].map(|input| input.map(|input| input.address))
}

async fn owners_on_chain(ground: &Ground) -> [Address; 2] {
    let (provider, book) = (ground.provider(), ground.book());
    let [alignment, distributor] = BOTH.map(|contract| book.address(contract).unwrap());
    [
        ask(&provider, alignment, StakeAlignment::ownerCall {}).await,
        ask(&provider, distributor, RewardDistributor::ownerCall {}).await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn another_owner_of_a_suite_that_stands_is_told_how_it_is_handed_over() {
    let (mut ground, heir) = suite().await;
    let (sent, book) = (ground.sent().await, ground.book());
    let flag = ["--owner", &heir.to_string(), "--dry-run"].map(str::to_owned);
    let flag: Vec<&str> = flag.iter().map(String::as_str).collect();

    let by_flag = ground.tool(&flag).failed(2);
    ground.set_network(&format!("[inputs]\nowner = \"{heir}\""));
    let by_file = ground.tool(&[]).failed(2);

    for (words, source) in [(by_flag, "--owner"), (by_file, "network profile here")] {
        let said =
            format!("the owner of stake-alignment and reward-distributor is {DEV_ACCOUNT}, {source} says {heir}");
        assert!(words.contains(&said), "{words}");
        assert!(words.contains(&format!("cargo mrc53 safe transfer-ownership --to {heir};")), "{words}");
        assert!(!words.contains("--replace"), "{words}");
    }
    assert_eq!((ground.sent().await, ground.book()), (sent, book));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_pool_and_another_minimum_of_a_suite_that_stands_name_the_act_that_sets_them() {
    let (mut ground, heir) = suite().await;

    let pool = ground.tool(&["--compute-pool", &heir.to_string()]).failed(2);
    ground.set_network("[settings]\nmin_subnet_stake_wei = \"12000000000000000000000\"");
    let minimum = ground.tool(&[]).failed(2);
    let mor = "12000";
    act(&ground, &["min-stake", "--mor", mor]);
    let announced = ground.deploy(&Wishes::default()).await.unwrap();

    assert!(pool.contains(&format!("cargo mrc53 safe set-pool --pool {heir}")), "{pool}");
    assert!(minimum.contains(&format!("cargo mrc53 safe min-stake --mor {mor}")), "{minimum}");
    assert!([pool, minimum].iter().all(|words| !words.contains("--replace")));
    assert!(announced.plan.steps.iter().all(|step| step.action == Action::Done));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ownership_is_offered_taken_and_written_down_by_the_acts_alone() {
    let (ground, heir) = suite().await;

    let offered = act(&ground, &["transfer-ownership", "--to", &heir.to_string()]);
    let page = ground.verb(&["status", "--json"]).json();
    let taken = act_as_heir(&ground, &["accept-ownership"]);

    assert_eq!(offered["book_changes"], json!([]));
    assert!(page["notices"].to_string().contains(&format!("offered to {heir}")), "{page}");
    assert_eq!(taken["book_changes"], json!([{"input": "owner", "from": DEV_ACCOUNT, "to": heir}]));
    assert_eq!(owners_on_chain(&ground).await, [heir; 2]);
    assert_eq!(owners(&ground), [Some(heir), None]);
    assert!(!ground.problems().contains("WRONG"), "{}", ground.problems());
    let again = ground.deploy(&Wishes::default()).await.unwrap();
    assert!(again.plan.steps.iter().all(|step| step.action == Action::Done));
    assert_eq!(owners(&ground), [Some(heir), None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_that_safes_have_executed_is_written_down_by_deploy_and_shown_as_a_diff() {
    let (ground, heir) = suite().await;
    hand_over(&ground, &BOTH, heir).await;

    let before = ground.problems();
    let dry = ground.tool(&["--dry-run"]).ok();
    let unwritten = owners(&ground);
    let told = ground.tool(&[]).errors;
    let after = ground.problems();
    let again = ground.tool(&["--json"]).json();

    let behind = format!("owner() is {heir}, the book says {DEV_ACCOUNT}: if that is meant, cargo mrc53 deploy writes");
    assert_eq!(before.matches(&behind).count(), 2, "{before}");
    for (shown, how) in [(dry, "would follow"), (told, "follows")] {
        assert!(shown.contains(&format!("the book {how} the chain:\n--- ")), "{shown}");
        let [old, new] =
            [DEV_ACCOUNT, heir].map(|owner| format!("\"address\": \"{}\"", owner.to_string().to_lowercase()));
        let has = |sign: &str, text: &str| shown.lines().any(|line| line.starts_with(sign) && line.contains(text));
        assert!(has("-", &old) && has("+", &new), "{shown}");
    }
    assert_eq!((unwritten, owners(&ground)), ([Some(DEV_ACCOUNT), None], [Some(heir), None]));
    assert!(!after.contains("WRONG"), "{after}");
    assert_eq!(again["book"]["changes"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_contracts_with_two_owners_the_book_has_both() {
    let (ground, heir) = suite().await;

    let to = heir.to_string();
    act(&ground, &["transfer-ownership", "--to", &to, "--contract", "reward-distributor"]);
    act_as_heir(&ground, &["accept-ownership"]);

    assert_eq!(owners(&ground), [Some(DEV_ACCOUNT), Some(heir)]);
    assert!(!ground.problems().contains("WRONG"), "{}", ground.problems());
    assert!(ground.deploy(&Wishes::default()).await.unwrap().plan.steps.iter().all(|it| it.action == Action::Done));
    let asked = ground.tool(&["--owner", &DEV_ACCOUNT.to_string()]).failed(2);
    let only = format!("transfer-ownership --to {DEV_ACCOUNT} --contract reward-distributor");
    assert!(asked.contains(&only), "{asked}");

    act(&ground, &["transfer-ownership", "--to", &to]);
    act_as_heir(&ground, &["accept-ownership"]);
    assert_eq!(owners(&ground), [Some(heir), None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_pool_is_written_down_by_the_act_that_sets_it() {
    let (ground, pool) = suite().await;

    let said = act(&ground, &["set-pool", "--pool", &pool.to_string()]);

    assert_eq!(said["book_changes"], json!([{"input": "compute_pool", "from": DEV_ACCOUNT, "to": pool}]));
    assert_eq!(ground.book().inputs.compute_pool.unwrap().address, pool);
    assert!(!ground.problems().contains("WRONG"), "{}", ground.problems());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calculator_that_waits_to_count_otherwise_is_announced_and_nothing_rings() {
    for (setting, contracts, weight) in [
        ("weight = \"sessions\"", &["reward-calculator"][..], "sessions"),
        ("grace_days = 5", &["session-recorder", "reward-calculator"], "seconds"),
    ] {
        let (mut ground, _) = suite().await;
        ground.set_network(&format!("[settings]\n{setting}"));
        replace(&ground, contracts).await;
        let next = ground.book().address(Contract::RewardCalculator).unwrap();
        let notices = || ground.verb(&["status", "--json"]).json()["notices"].clone();

        let unscheduled = (notices(), ground.problems());
        let from_day = (TODAY + 8).to_string();
        act(&ground, &["schedule-calculator", "--calculator", &next.to_string(), "--from-day", &from_day]);
        let scheduled = (notices(), ground.problems());
        let eight_days_on = u64::from(TODAY + 8) * 86_400;
        let _: Value = ground.provider().raw_request("evm_mine".into(), [eight_days_on]).await.unwrap();
        let in_force = (notices(), ground.problems());

        let waits = format!("the calculator {next} counts for no day yet: cargo mrc53 safe schedule-calculator");
        assert_eq!(unscheduled.0, json!([waits]));
        assert_eq!(scheduled.0, json!([format!("from 2025-03-01 on the calculator {next} counts, by {weight}")]));
        assert_eq!(in_force.0, json!([]));
        for problems in [unscheduled.1, scheduled.1, in_force.1] {
            assert!(!problems.contains("WRONG"), "{setting}: {problems}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_that_is_lost_after_a_handover_is_written_again_with_the_owner_of_now() {
    let (ground, heir) = suite().await;
    hand_over(&ground, &BOTH, heir).await;
    let book = ground.book();
    std::fs::remove_file(ground.folder.path().join("412346.json")).unwrap();

    ground.tool(&["--owner", &DEV_ACCOUNT.to_string(), "--first-day", &TODAY.to_string()]).ok();

    assert_eq!(owners(&ground), [Some(heir), None]);
    let addresses = |book: &mrc53_node::book::Book| book.contracts.iter().map(|it| it.address).collect::<Vec<_>>();
    assert_eq!(addresses(&ground.book()), addresses(&book));
    assert!(!ground.problems().contains("WRONG"), "{}", ground.problems());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_called_off_until_it_is_taken() {
    let (ground, heir) = suite().await;
    let to = heir.to_string();
    let refused = |words: &[&str]| ground.verb(&[&["safe"], words].concat()).failed(2);
    assert!(refused(&["transfer-ownership", "--call-off"]).contains("nothing to call off"));

    act(&ground, &["transfer-ownership", "--to", &to]);
    assert!(refused(&["transfer-ownership", "--to", &to]).contains(&format!("offered to {heir} already")));
    act(&ground, &["transfer-ownership", "--call-off"]);

    assert!(refused(&["accept-ownership"]).contains("safe transfer-ownership"));
    assert_eq!(owners_on_chain(&ground).await, [DEV_ACCOUNT; 2]);
    let own = refused(&["transfer-ownership", "--to", &DEV_ACCOUNT.to_string()]);
    assert!(own.contains("owns StakeAlignment already"), "{own}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_offered_an_ownership_who_cannot_take_it() {
    let (ground, _) = suite().await;
    let book = ground.book();
    let inputs = [book.inputs.token.unwrap().address, book.inputs.diamond.unwrap().address, Address::ZERO];
    let contracts = book.contracts.iter().map(|record| record.address);

    for heir in contracts.chain(inputs) {
        let why = ground.verb(&["safe", "transfer-ownership", "--to", &heir.to_string()]).failed(2);
        assert!(why.contains("accept nothing") || why.contains("takes no ownership"), "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_written_for_a_safe_or_unsigned_like_every_act_and_never_ignored() {
    let (ground, heir) = suite().await;
    let (to, dev) = (heir.to_string(), DEV_ACCOUNT.to_string());
    let file = ground.folder.path().join("offer.json");
    let words = ["safe", "transfer-ownership", "--to", &to];

    let ignored = ground.verb(&[&words[..], &["--unsigned-from", &dev]].concat()).failed(2);
    let unsigned = ground.verb(&[&words[..], &["--unsigned-from", &dev, "--send"]].concat()).ok();
    ground.verb(&[&words[..], &["--out", file.to_str().unwrap()]].concat()).ok();

    assert!(ignored.contains("--unsigned-from") && ignored.contains("--send"), "{ignored}");
    let bundle: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let lines: Vec<Value> = unsigned.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for (line, transaction) in lines.iter().zip(bundle["transactions"].as_array().unwrap()) {
        assert_eq!(line["data"], transaction["data"]);
    }
    assert_eq!(owners_on_chain(&ground).await, [DEV_ACCOUNT; 2]);
}
