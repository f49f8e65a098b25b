//! `cargo mrc53 deploy` where a suite stands already: what differs stays, unless it is named; a second suite has a
//! salt and a book of its own; and what others sign is completed by the next run.

use alloy::network::{EthereumWallet, TransactionBuilder};
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::{Provider, ProviderBuilder};
use alloy::rpc::types::TransactionRequest;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::SolCall;
use mrc53_abi::DiamondHarness::openSessionCall;
use mrc53_abi::MorToken::{approveCall, mintCall};
use mrc53_abi::SessionRecorder::recordCall;
use mrc53_abi::{RewardDistributor, StakeAlignment};
use mrc53_console::failure::exit_code;
use mrc53_deploy::compare::Action;
use mrc53_deploy::goal::Wishes;
use mrc53_devnode::config::{DEV_ACCOUNT, DEV_PRIVATE_KEY};
use mrc53_node::keys::Signer;
use mrc53_stage::chain::Chain;
use mrc53_stage::travel;
use mrc53_suite::contract::Contract;
use serde_json::Value;

use crate::asking::ask;
use crate::deploy_support::{ALL, Ground, dev};
use crate::suite_support::{MOR, TODAY};

/// A suite, and a network that wants its recorder to have a grace of five days.
async fn with_another_grace() -> Ground {
    let mut ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    ground.set_network("[settings]\ngrace_days = 5");
    ground
}

fn names(contracts: &[&str]) -> Vec<String> {
    contracts.iter().map(|&contract| contract.to_owned()).collect()
}

fn replacing(contracts: &[&str]) -> Wishes {
    Wishes { replace: names(contracts), ..Wishes::default() }
}

#[tokio::test]
async fn a_contract_that_differs_is_kept_and_the_run_fails_without_sending_anything() {
    let ground = with_another_grace().await;
    let (book, sent) = (ground.book(), ground.sent().await);

    let ended = ground.tool(&[]);

    let errors = ended.failed(2);
    assert!(errors.contains("graceDays: 3 there, 5 wanted") && errors.contains("differs: kept"), "{errors}");
    assert!(errors.contains("--replace session-recorder"), "{errors}");
    assert_eq!(ground.sent().await, sent);
    assert_eq!(ground.book(), book);
}

#[tokio::test]
async fn what_is_said_to_be_kept_is_kept_and_the_rest_goes_on() {
    let ground = with_another_grace().await;
    let recorder = ground.book().address(Contract::SessionRecorder).unwrap();

    let wishes = Wishes { keep: names(&["session-recorder"]), ..Wishes::default() };
    let done = ground.deploy(&wishes).await.unwrap();

    assert_eq!(done.deployed(), [""; 0]);
    assert_eq!(ground.book().address(Contract::SessionRecorder).unwrap(), recorder);
}

#[tokio::test]
async fn what_is_named_to_be_replaced_and_is_what_this_clone_builds_stays_and_the_plan_says_so() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();

    let plan = ground.tool(&["--dry-run", "--replace", "reward-calculator"]).ok();

    let note = "it is what this clone builds: not replaced, though --replace names it";
    assert_eq!(plan.matches(note).count(), 1, "{plan}");
    assert!(plan.contains("nothing to send"), "{plan}");
    assert!(!ground.tool(&["--dry-run"]).ok().contains(note));
}

#[tokio::test]
async fn a_suite_that_has_expired_stands_and_is_not_called_done() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    ground.tool(&["--dry-run"]).ok();
    let _: Value = ground.provider().raw_request("evm_increaseTime".into(), [366 * 86_400]).await.unwrap();

    for words in [&["--dry-run"][..], &[]] {
        let said = ground.tool(words).failed(1);
        assert!(said.contains("error: cannot be called: ") && said.contains("cargo mrc53 keepalive"), "{said}");
    }
}

#[tokio::test]
async fn replacing_one_says_which_others_then_differ() {
    let ground = with_another_grace().await;

    let error = ground.deploy(&replacing(&["session-recorder"])).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().starts_with("not what this clone builds: reward-calculator;"), "{error}");
}

#[tokio::test]
async fn what_is_wired_to_a_replaced_one_cannot_be_kept() {
    let ground = with_another_grace().await;
    let wishes = Wishes { keep: names(&["reward-calculator"]), ..replacing(&["session-recorder"]) };

    let error = ground.deploy(&wishes).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().contains("reward-calculator cannot be kept: recorder:"), "{error}");
}

#[tokio::test]
async fn what_is_replaced_stands_beside_the_old_and_the_distributor_stays() {
    let ground = with_another_grace().await;
    let old = ground.book();

    let done = ground.deploy(&replacing(&["session-recorder", "reward-calculator"])).await.unwrap();

    assert_eq!(done.deployed(), ["session-recorder", "reward-calculator"]);
    let book = ground.book();
    assert_ne!(book.address(Contract::SessionRecorder).unwrap(), old.address(Contract::SessionRecorder).unwrap());
    assert_eq!(book.address(Contract::RewardDistributor).unwrap(), old.address(Contract::RewardDistributor).unwrap());
    assert_eq!(book.contracts[..old.contracts.len()], old.contracts);
    assert_eq!(book.settings.unwrap().grace_days, 5);
}

#[tokio::test]
async fn replacing_once_more_finds_nothing_to_replace() {
    let ground = with_another_grace().await;
    let wishes = replacing(&["session-recorder", "reward-calculator"]);
    ground.deploy(&wishes).await.unwrap();

    let again = ground.deploy(&wishes).await.unwrap();

    assert_eq!(again.deployed(), [""; 0]);
    assert!(again.plan.steps.iter().all(|step| step.action == Action::Done));
}

#[tokio::test]
async fn a_distributor_is_replaced_only_with_a_first_day_of_its_own() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let pool = Some(Address::with_last_byte(0xa1));
    let wishes = Wishes { compute_pool: pool, ..replacing(&["reward-distributor"]) };

    let error = ground.deploy(&wishes).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().contains("--first-day"), "{error}");

    let wishes = Wishes { first_day: Some(TODAY + 7), ..wishes };
    ground.deploy(&wishes).await.unwrap();

    let provider = ground.provider();
    let distributor = ground.book().address(Contract::RewardDistributor).unwrap();
    assert_eq!(ask(&provider, distributor, RewardDistributor::firstDayCall {}).await, TODAY + 7);
    assert_eq!(Some(ask(&provider, distributor, RewardDistributor::computePoolCall {}).await), pool);
}

#[tokio::test]
async fn a_first_day_on_which_nothing_can_be_earned_is_refused_with_why() {
    let ground = Ground::new();
    for (day, why) in [
        (0, "comes before the emission, which begins on day 19761 (2024-02-08)"),
        (19_760, "comes before the emission"),
        (TODAY - 1, "comes before day 20140 (2025-02-21), that of StakeAlignment"),
        (25_595, "comes after the emission, which ends on day 25594 (2040-01-28)"),
    ] {
        let error = ground.deploy(&Wishes { first_day: Some(day), ..Wishes::default() }).await.unwrap_err();

        assert_eq!(exit_code(&error), 2);
        assert!(error.to_string().contains(&format!("the first day {day} (")), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    ground.deploy(&Wishes { first_day: Some(TODAY), ..Wishes::default() }).await.unwrap();
}

/// A suite on which the dev account has registered itself as a subnet.
async fn with_a_subnet() -> (Ground, Chain) {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
    let chain = Chain::connect(&ground.node.url(), key, []).await.unwrap();
    let subnet = chain.main;
    let register = StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee: U256::ZERO };
    call(&ground, &chain, Contract::StakeAlignment, register).await;
    (ground, chain)
}

/// The dev account calls the book's `contract`.
async fn call(ground: &Ground, chain: &Chain, contract: Contract, call: impl SolCall) {
    let to = ground.book().address(contract).unwrap();
    chain.must("a step of the test", chain.main, to, call.abi_encode()).await.unwrap();
}

/// Settles at the beginning of TODAY + 5: three days of grace after the second day, TODAY and TODAY + 1 are final.
async fn settle_two(ground: &Ground, chain: &Chain) {
    travel::set_next(chain, (u64::from(TODAY) + 5) * 86_400).await.unwrap();
    let settle = RewardDistributor::settleCall { subnet: chain.main, maxDays: 30 };
    call(ground, chain, Contract::RewardDistributor, settle).await;
}

/// Why a successor that begins on `day` is refused.
async fn refused_from(ground: &Ground, day: u32) -> String {
    let wishes = Wishes { first_day: Some(day), ..replacing(&["reward-distributor"]) };
    let error = ground.deploy(&wishes).await.unwrap_err();
    assert_eq!(exit_code(&error), 2);
    error.to_string()
}

async fn require_successor_from(ground: &Ground, day: u32) {
    let wishes = Wishes { first_day: Some(day), ..replacing(&["reward-distributor"]) };
    assert_eq!(ground.deploy(&wishes).await.unwrap().deployed(), ["reward-distributor"]);
}

#[tokio::test]
async fn a_successor_never_begins_on_a_day_that_the_old_distributor_has_settled() {
    let (ground, chain) = with_a_subnet().await;
    settle_two(&ground, &chain).await;

    let words = refused_from(&ground, TODAY + 1).await;

    let named =
        format!("has settled day {} (2025-02-22) for the subnet {}, and it is not voided", TODAY + 1, chain.main);
    assert!(words.contains(&named), "{words}");
    let earliest = mrc53_console::show::named_day(TODAY + 2);
    assert!(words.contains(&format!("the first day can be {earliest} at the earliest")), "{words}");
    require_successor_from(&ground, TODAY + 2).await;
}

#[tokio::test]
async fn a_successor_may_begin_on_a_day_that_the_old_distributor_has_settled_as_a_voided_one() {
    let (ground, chain) = with_a_subnet().await;
    let void = RewardDistributor::voidDaysCall { fromDay: TODAY + 2, toDay: 65_535 };
    call(&ground, &chain, Contract::RewardDistributor, void).await;
    settle_two(&ground, &chain).await;

    let words = refused_from(&ground, TODAY + 1).await;

    assert!(words.contains(&format!("has settled day {} (2025-02-22)", TODAY + 1)), "{words}");
    let earliest = mrc53_console::show::named_day(TODAY + 2);
    assert!(words.contains(&format!("the first day can be {earliest} at the earliest")), "{words}");
    require_successor_from(&ground, TODAY + 2).await;
}

#[tokio::test]
async fn a_successor_never_begins_on_a_day_that_was_paid_before_it_was_voided() {
    let (ground, chain) = with_a_subnet().await;
    let (book, account) = (ground.book(), chain.main);
    let alignment = book.address(Contract::StakeAlignment).unwrap();
    let [token, diamond] = [book.inputs.token, book.inputs.diamond].map(|input| input.unwrap().address);
    let amount = U256::from(20_000 * MOR);
    let midnight = u64::from(TODAY + 1) * 86_400;
    let session = B256::repeat_byte(7);
    let open = openSessionCall { sessionId: session, provider: account, endsAt: u128::from(midnight + 7_200) };
    for (to, data) in [
        (token, mintCall { to: account, value: amount }.abi_encode()),
        (token, approveCall { spender: alignment, value: amount }.abi_encode()),
        (alignment, StakeAlignment::stakeCall { subnet: account, amount }.abi_encode()),
    ] {
        chain.must("a step of the test", account, to, data).await.unwrap();
    }
    travel::set_next(&chain, midnight).await.unwrap();
    chain.must("a step of the test", account, diamond, open.abi_encode()).await.unwrap();
    travel::set_next(&chain, midnight + 7_200).await.unwrap();
    call(&ground, &chain, Contract::SessionRecorder, recordCall { sessionId: session }).await;
    settle_two(&ground, &chain).await;
    let void = RewardDistributor::voidDaysCall { fromDay: TODAY + 1, toDay: 65_535 };
    call(&ground, &chain, Contract::RewardDistributor, void).await;

    let words = refused_from(&ground, TODAY + 1).await;

    let day = TODAY + 1;
    let named = format!("has settled day {day} (2025-02-22) for the subnet {account}, and voided it only afterwards");
    assert!(words.contains(&named), "{words}");
    require_successor_from(&ground, TODAY + 2).await;
}

#[tokio::test]
async fn a_contract_that_is_none_of_the_suites_cannot_be_replaced() {
    let ground = Ground::new();

    let error = ground.deploy(&replacing(&["recorder"])).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().contains("`recorder`") && error.to_string().contains("session-recorder"), "{error}");
}

#[tokio::test]
async fn what_an_owner_has_changed_since_is_no_difference() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let provider = ProviderBuilder::new().wallet(wallet()).connect_http(ground.node.url().parse().unwrap());
    let call = RewardDistributor::setComputePoolCall { pool: Address::with_last_byte(0xa1) }.abi_encode();
    let distributor = ground.book().address(Contract::RewardDistributor).unwrap();
    let request = TransactionRequest::default().to(distributor).input(call.into());
    let moved = provider.send_transaction(request).await.unwrap();
    assert!(moved.get_receipt().await.unwrap().status());

    let again = ground.deploy(&Wishes::default()).await.unwrap();

    assert!(again.plan.steps.iter().all(|step| step.action == Action::Done));
}

#[tokio::test]
async fn another_salt_in_the_same_book_is_refused_and_in_its_own_makes_a_second_suite() {
    let mut ground = Ground::new();
    let first = ground.deploy(&Wishes::default()).await.unwrap();
    let wishes = Wishes { salt: Some("second".into()), ..Wishes::default() };

    let error = ground.deploy(&wishes).await.unwrap_err();

    assert_eq!(exit_code(&error), 2);
    assert!(error.to_string().contains("mrc53") && error.to_string().contains("second"), "{error}");

    ground.folder = tempfile::tempdir().unwrap();
    let second = ground.deploy(&wishes).await.unwrap();

    assert_eq!(second.deployed(), ALL);
    assert!(second.addresses().iter().all(|address| !first.addresses().contains(address)));
}

#[tokio::test]
async fn transactions_written_down_unsigned_make_the_suite_once_others_have_signed_them() {
    let ground = Ground::new();
    let planned = ground.plan(&Wishes::default()).await.unwrap().plan;
    let words = ["--unsigned-from", &DEV_ACCOUNT.to_string()];

    let output = ground.tool(&words).ok();

    let lines: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), ALL.len());
    assert_eq!(ground.sent().await, 0);
    assert_eq!(ground.book().contracts, []);

    let provider = ProviderBuilder::new().wallet(wallet()).connect_http(ground.node.url().parse().unwrap());
    for line in &lines {
        let text = |field: &str| line[field].as_str().unwrap();
        assert_eq!(line["chain_id"], 412_346);
        let request = TransactionRequest::default()
            .with_to(text("to").parse().unwrap())
            .with_value(text("value").parse::<U256>().unwrap())
            .with_input(text("data").parse::<Bytes>().unwrap())
            .with_gas_limit(line["gas_limit"].as_u64().unwrap());
        let receipt = provider.send_transaction(request).await.unwrap().get_receipt().await.unwrap();
        assert!(receipt.status(), "{line}");
    }

    let output = ground.tool(&words).ok();

    assert_eq!(output, "");
    let addresses: Vec<_> = ground.book().contracts.iter().map(|record| record.address).collect();
    assert_eq!(addresses, planned.steps.iter().map(|step| step.address).collect::<Vec<_>>());
}

fn wallet() -> EthereumWallet {
    let Signer::Key(key) = dev() else { unreachable!() };
    EthereumWallet::from(key)
}
