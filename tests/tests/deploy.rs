//! `cargo mrc53 deploy` on the devnode: from nothing, from anywhere in between, and with nothing left to do.

use alloy::primitives::keccak256;
use alloy::providers::Provider;
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_console::workspace::Workspace;
use mrc53_deploy::goal::Wishes;
use mrc53_suite::contract::Contract;

use crate::asking::ask;
use crate::deploy_support::{ALL, Ground};
use crate::suite_support::TODAY;

#[tokio::test]
async fn a_chain_without_anything_gets_stand_ins_and_the_four_contracts_wired_to_each_other() {
    let ground = Ground::new();

    let report = ground.tool(&["--json"]).json();

    let deployed: Vec<_> =
        report["contracts"].as_array().unwrap().iter().map(|it| it["contract"].as_str().unwrap()).collect();
    assert_eq!(deployed, ALL);
    let (book, provider) = (ground.book(), ground.provider());
    let at = |contract| book.address(contract).unwrap();
    let stand_in = |name| book.newest_named(name).unwrap().address;
    let recorder = at(Contract::SessionRecorder);
    assert_eq!(ask(&provider, recorder, SessionRecorder::sourceCall {}).await, stand_in("DiamondHarness"));
    assert_eq!(ask(&provider, recorder, SessionRecorder::alignmentCall {}).await, at(Contract::StakeAlignment));
    let alignment = at(Contract::StakeAlignment);
    assert_eq!(ask(&provider, alignment, StakeAlignment::tokenCall {}).await, stand_in("MorToken"));
    assert_eq!(ask(&provider, alignment, StakeAlignment::lockSecondsCall {}).await, 604_800);
    let calculator = at(Contract::RewardCalculator);
    assert_eq!(ask(&provider, calculator, RewardCalculator::recorderCall {}).await, at(Contract::SessionRecorder));
    let distributor = at(Contract::RewardDistributor);
    assert_eq!(
        ask(&provider, distributor, RewardDistributor::calculatorOfCall { day: TODAY }).await,
        at(Contract::RewardCalculator)
    );
    assert_eq!(ask(&provider, distributor, RewardDistributor::firstDayCall {}).await, TODAY);
}

#[tokio::test]
async fn the_book_says_of_every_contract_what_it_was_made_from() {
    let ground = Ground::new();

    ground.deploy(&Wishes::default()).await.unwrap();

    let book = ground.book();
    let root = Workspace::find().unwrap().root().to_owned();
    let interface = std::fs::read(root.join("contracts/solidity/interfaces/IRewardDistributor.sol")).unwrap();
    let record = book.newest(Contract::RewardDistributor).unwrap();
    let code = ground.provider().get_code_at(record.address).await.unwrap();
    let wasm = crate::suite_support::programs()
        .iter()
        .find(|it| it.contract == Contract::RewardDistributor.package())
        .unwrap()
        .wasm()
        .unwrap();
    assert_eq!(record.code_hash, keccak256(code));
    assert_eq!(record.wasm_hash, Some(keccak256(wasm)));
    assert_eq!(record.abi_hash, Some(keccak256(interface)));
    let names: Vec<_> = record.constructor.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["token", "alignment", "calculator", "computePool", "owner", "firstDay"]);
    assert_eq!(record.constructor[5].value, TODAY.to_string());
    assert!(record.transaction.is_some() && record.toolchain.is_some());
    assert_eq!(record.commit, Workspace::find().unwrap().commit());
    assert!(book.inputs.token.unwrap().verified && book.inputs.diamond.unwrap().verified);
}

#[tokio::test]
async fn a_second_run_finds_everything_done_and_sends_nothing() {
    let ground = Ground::new();
    ground.deploy(&Wishes::default()).await.unwrap();
    let (book, sent) = (ground.book(), ground.sent().await);

    let output = ground.tool(&[]).ok();

    assert!(output.lines().filter(|line| line.contains("was there")).count() == ALL.len(), "{output}");
    assert_eq!(ground.sent().await, sent);
    assert_eq!(ground.book(), book);
}

#[tokio::test]
async fn a_dry_run_shows_the_plan_and_changes_nothing() {
    let ground = Ground::new();

    let plan = ground.tool(&["--dry-run"]).ok();

    assert!(ALL.iter().all(|contract| plan.contains(contract)), "{plan}");
    assert!(plan.contains("initcode hash") && plan.contains("data fee"), "{plan}");
    assert_eq!(ground.sent().await, 0);
    assert_eq!(std::fs::read_dir(ground.folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_plan_names_the_addresses_at_which_the_contracts_then_stand() {
    let ground = Ground::new();
    let planned = ground.plan(&Wishes::default()).await.unwrap().plan;

    let done = ground.deploy(&Wishes::default()).await.unwrap();

    let planned: Vec<_> = planned.steps.iter().map(|step| step.piece.address).collect();
    assert_eq!(done.addresses(), planned);
}
