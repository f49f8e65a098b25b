//! `cargo mrc53 safe` on a devnode: what each act's file does when its owner executes it, and what is refused.

use std::path::Path;

use alloy::primitives::{Address, Bytes, U256};
use alloy::providers::Provider;
use alloy::sol_types::SolCall;
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_abi::arbitrum::STYLUS_DEPLOYER;
use mrc53_abi::{MorToken, RewardCalculator, RewardDistributor, StakeAlignment};
use mrc53_acts::safe::checksum;
use mrc53_stage::scenario::names;
use mrc53_stage::suite::Suite;
use mrc53_suite::terms::Weight;
use serde_json::Value;

use crate::asking::ask;
use crate::suite_support::{DAY, Ended, MIDNIGHT, MOR, Stand, TODAY, programs};

/// Runs the act in `words` and returns its exit and the file that it was told to write.
fn act(stand: &Stand, words: &[&str]) -> (Ended, std::path::PathBuf) {
    let file = stand.folder.path().join("bundle.json");
    let _ = std::fs::remove_file(&file);
    let ended = stand.tool(&[&["safe"], words, &["--out", file.to_str().unwrap(), "--json"]].concat());
    (ended, file)
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// Executes every transaction of the bundle in `file` from the account it is made for.
async fn execute(stand: &Stand, file: &Path) {
    let bundle = read(file);
    let from: Address = bundle["meta"]["createdFromSafeAddress"].as_str().unwrap().parse().unwrap();
    for transaction in bundle["transactions"].as_array().unwrap() {
        let to: Address = transaction["to"].as_str().unwrap().parse().unwrap();
        let data: Bytes = transaction["data"].as_str().unwrap().parse().unwrap();
        stand.chain.must("a transaction of the bundle", from, to, data).await.unwrap();
    }
}

/// Runs the act in `words`, which must be accepted, and executes what it wrote. Returns what it said.
async fn carry_out(stand: &Stand, words: &[&str]) -> Value {
    let (ended, file) = act(stand, words);
    let said = ended.json();
    execute(stand, &file).await;
    said
}

/// Runs the act in `words`, which must be refused as bad input without a file, and returns why.
fn refused(stand: &Stand, words: &[&str]) -> String {
    let (ended, file) = act(stand, words);
    assert!(!file.exists());
    ended.failed(2)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_lasts_until_it_is_lifted() {
    let stand = Stand::new().await;
    let state = async || {
        [
            ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::stakingPausedCall {}).await,
            ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::settlingPausedCall {}).await,
            ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::claimingPausedCall {}).await,
        ]
    };
    for (what, paused) in
        [("staking", [true, false, false]), ("settling", [false, true, false]), ("claiming", [false, false, true])]
    {
        carry_out(&stand, &["pause", what]).await;
        assert_eq!(state().await, paused, "{what}");
        assert!(refused(&stand, &["pause", what]).contains("paused already"));

        carry_out(&stand, &["unpause", what]).await;
        assert_eq!(state().await, [false; 3], "{what}");
        assert!(refused(&stand, &["unpause", what]).contains("not paused"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calculator_counts_after_seven_full_days_and_not_a_day_earlier() {
    let stand = Stand::new().await;
    let next = stand.suite.deploy_calculator(&stand.chain, programs(), Weight::Sessions).await.unwrap();
    let [calculator, early, on_time] = [next.to_string(), (TODAY + 7).to_string(), (TODAY + 8).to_string()];

    let why = refused(&stand, &["schedule-calculator", "--calculator", &calculator, "--from-day", &early]);
    assert!(why.contains(&format!("{} (2025-03-01)", TODAY + 8)), "{why}");

    let words = ["schedule-calculator", "--calculator", &calculator, "--from-day", &on_time];
    let said = carry_out(&stand, &words).await;
    let summary = said["summary"].as_str().unwrap();
    assert!(summary.contains(&format!("by the end of day {TODAY} (2025-02-21)")), "{summary}");

    assert_eq!(
        ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::calculatorOfCall { day: TODAY + 7 })
            .await,
        stand.suite.calculator
    );
    assert_eq!(
        ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::calculatorOfCall { day: TODAY + 8 })
            .await,
        next
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn scheduling_drops_what_was_scheduled_from_that_day_on_and_names_each() {
    let stand = Stand::new().await;
    let first = stand.suite.calculator;
    let [second, third] = [
        stand.suite.deploy_calculator(&stand.chain, programs(), Weight::Sessions).await.unwrap(),
        stand.suite.deploy_calculator(&stand.chain, programs(), Weight::Seconds).await.unwrap(),
    ];
    for (calculator, from_day) in [(second, TODAY + 10), (first, TODAY + 20)] {
        let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: from_day };
        stand.call(stand.chain.main, stand.suite.distributor, schedule).await;
    }
    let day = (TODAY + 9).to_string();
    let dropped = format!(
        "What was scheduled from that day on is dropped: {second} from day {} (2025-03-03) on, {first} from day {} \
         (2025-03-13) on.",
        TODAY + 10,
        TODAY + 20
    );

    let other = third.to_string();
    let said = act(&stand, &["schedule-calculator", "--calculator", &other, "--from-day", &day]).0.json();
    assert!(said["summary"].as_str().unwrap().contains(&dropped), "{said}");

    let same = first.to_string();
    let words = ["schedule-calculator", "--calculator", &same, "--from-day", &day];
    let said = carry_out(&stand, &words).await;
    assert!(said["summary"].as_str().unwrap().contains(&dropped), "{said}");
    for day in [TODAY + 9, TODAY + 10, TODAY + 19, TODAY + 20] {
        assert_eq!(
            ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::calculatorOfCall { day }).await,
            first,
            "{day}"
        );
    }
    // Now it counts for every day, whatever is dropped.
    assert!(refused(&stand, &words).contains("nothing to do"));
    let earlier = (TODAY + 8).to_string();
    let words = ["schedule-calculator", "--calculator", &same, "--from-day", &earlier];
    assert!(refused(&stand, &words).contains("nothing to do"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_calculator_of_these_stakes_is_refused() {
    let stand = Stand::new().await;
    let day = (TODAY + 30).to_string();
    let with = |calculator: Address| {
        let calculator = calculator.to_string();
        refused(&stand, &["schedule-calculator", "--calculator", &calculator, "--from-day", &day])
    };

    assert!(with(names::address("alice")).contains("does not answer alignment()"));
    // The recorder has an alignment() and no weight().
    assert!(with(stand.suite.recorder).contains("does not answer weight()"));

    let foreign = Suite { alignment: stand.token, ..stand.suite.clone() };
    let why = with(foreign.deploy_calculator(&stand.chain, programs(), Weight::Seconds).await.unwrap());
    assert!(why.contains(&stand.token.to_string()) && why.contains(&stand.suite.alignment.to_string()), "{why}");

    let foreign = Suite { recorder: stand.token, ..stand.suite.clone() };
    let why = with(foreign.deploy_calculator(&stand.chain, programs(), Weight::Seconds).await.unwrap());
    assert!(why.contains(&stand.token.to_string()) && why.contains(&stand.suite.recorder.to_string()), "{why}");
}

/// A calculator that reads `alignment` and `recorder`, has the weight 0, and reverts on everything else.
fn mute_calculator(alignment: Address, recorder: Address) -> Bytes {
    let selectors = [
        (RewardCalculator::alignmentCall::SELECTOR, 38),
        (RewardCalculator::recorderCall::SELECTOR, 66),
        (RewardCalculator::weightCall::SELECTOR, 94),
    ];
    // The selector; to each answer if it is that one; else a revert.
    let mut code = vec![0x5f, 0x35, 0x60, 0xe0, 0x1c];
    for (selector, answer) in selectors {
        code.extend([&[0x80, 0x63], &selector[..], &[0x14, 0x60, answer, 0x57]].concat());
    }
    code.extend([0x5f, 0x5f, 0xfd]);
    for address in [alignment, recorder] {
        code.extend([&[0x5b, 0x73], address.as_slice(), &[0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]].concat());
    }
    code.extend([0x5b, 0x60, 0x20, 0x5f, 0xf3]);
    code.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calculator_that_does_not_answer_what_settling_asks_is_refused() {
    let stand = Stand::new().await;
    let mute = Address::with_last_byte(0xa1);
    let code = mute_calculator(stand.suite.alignment, stand.suite.recorder);
    let _: Value = stand.chain.provider.raw_request("anvil_setCode".into(), (mute, code)).await.unwrap();

    let (mute, day) = (mute.to_string(), (TODAY + 30).to_string());
    let why = refused(&stand, &["schedule-calculator", "--calculator", &mute, "--from-day", &day]);

    assert!(why.contains(&format!("{mute} does not answer rewards()")), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_approve_nobody_is_no_pool() {
    let stand = Stand::new().await;
    let suite = &stand.suite;
    let twin = "the reward-calculator of another suite";
    for (pool, name) in [
        (suite.alignment, "the suite's own stake-alignment"),
        (suite.recorder, "the suite's own session-recorder"),
        (suite.calculator, "the suite's own reward-calculator"),
        (suite.distributor, "the suite's own reward-distributor"),
        (stand.token, "the token"),
        (stand.diamond, "the Diamond"),
        (Address::ZERO, "the zero address"),
        (STYLUS_DEPLOYER, "the StylusDeployer"),
        (ARB_WASM, "a precompile"),
        (stand.suite.deploy_calculator(&stand.chain, programs(), Weight::Seconds).await.unwrap(), twin),
    ] {
        let why = refused(&stand, &["set-pool", "--pool", &pool.to_string()]);

        assert!(why.contains(&format!("{pool} is {name}, which can approve nobody")), "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minimum_of_nothing_says_that_any_stake_counts() {
    let stand = Stand::new().await;

    let said = act(&stand, &["min-stake", "--mor", "0"]).0.json();

    assert!(said["summary"].as_str().unwrap().contains("a day counts for any subnet with stake"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_written_is_named_and_never_will_be() {
    let stand = Stand::new().await;
    let taken = stand.folder.path().join("taken");
    std::fs::write(&taken, "").unwrap();
    let out = taken.join("bundle.json");

    let said = stand.tool(&["safe", "pause", "claiming", "--out", out.to_str().unwrap()]).failed(2);

    assert!(said.contains(out.to_str().unwrap()), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn voided_days_are_those_of_the_half_open_range() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + DAY).await;
    let (from, to) = (TODAY.to_string(), mrc53_console::show::date(TODAY + 3));

    let said = carry_out(&stand, &["void-days", "--from", &from, "--to", &to]).await;
    let summary = said["summary"].as_str().unwrap();
    assert!(summary.contains("The 3 days from 20140 (2025-02-21) to 20142 (2025-02-23) settle at zero"), "{said}");
    assert!(summary.contains("1 day of it is past"), "{said}");

    for day in TODAY - 3..TODAY + 5 {
        let is_voided =
            ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::isVoidedCall { day }).await;
        assert_eq!(is_voided, (TODAY..TODAY + 3).contains(&day), "{day}");
    }
    assert!(refused(&stand, &["void-days", "--from", &from, "--to", &to]).contains("nothing to do"));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_never_paid_are_not_voided_and_the_reason_is_said() {
    let stand = Stand::new().await;

    for (from, to, why) in [
        ("20141", "20141", "no day from 20141 (2025-02-22) up to, and without, 20141 (2025-02-22)"),
        ("2025-02-22", "2025-02-21", "no day from 20141 (2025-02-22) up to, and without, 20140 (2025-02-21)"),
        ("20139", "20141", "day 20139 (2025-02-20) comes before the distributor's first, 20140 (2025-02-21)"),
        ("2025-02-21", "2040-01-30", "day 25595 (2040-01-29) comes after the emission, which ends on day 25594"),
        ("20140", "65536", "day 65536 is beyond day 65535 (2149-06-06)"),
        ("20140", "2025-02-30", "no date of the calendar"),
    ] {
        let said = refused(&stand, &["void-days", "--from", from, "--to", to]);
        assert!(said.contains(why), "{from} {to}: {said}");
    }
    // The last day that is paid can be voided.
    act(&stand, &["void-days", "--from", "2040-01-28", "--to", "2040-01-29"]).0.json();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_pool_pays_once_its_bundle_is_executed() {
    let stand = Stand::new().await;
    let pool = stand.fund("alice").await;
    let address = pool.to_string();
    let words = ["set-pool", "--pool", &address];

    let said = act(&stand, &words).0.json();
    assert!(said["summary"].as_str().unwrap().contains("It can pay nothing yet"), "{said}");

    stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: pool, value: U256::from(5 * MOR) }).await;
    stand.call(pool, stand.token, MorToken::approveCall { spender: stand.suite.distributor, value: U256::MAX }).await;
    let said = carry_out(&stand, &words).await;
    let summary = said["summary"].as_str().unwrap();
    assert!(summary.contains("holds 5 MOR") && summary.contains("any amount"), "{summary}");
    assert_eq!(ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::computePoolCall {}).await, pool);

    assert!(refused(&stand, &words).contains("pays already"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minimum_below_one_mor_is_taken_and_said_to_be_that() {
    let stand = Stand::new().await;
    let summary = |mor| act(&stand, &["min-stake", "--mor", mor]).0.json()["summary"].to_string();

    for mor in ["0.000000000000000001", "0.999999999999999999"] {
        assert!(summary(mor).contains("That is less than one MOR."), "{mor}");
    }
    assert!(!summary("1").contains("less than one MOR"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minimum_stake_is_in_force_on_the_day_that_was_said() {
    let stand = Stand::new().await;
    for (mor, from_day) in [("10000.5", TODAY + 8), ("9000", TODAY + 8)] {
        let said = carry_out(&stand, &["min-stake", "--mor", mor]).await;

        let scheduled =
            ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::scheduledMinSubnetStakeCall {}).await;
        assert_eq!(scheduled.fromDay, from_day);
        assert!(said["summary"].as_str().unwrap().contains(&format!("from day {from_day} (")), "{said}");
        assert!(refused(&stand, &["min-stake", "--mor", mor]).contains("announced already"));
    }
    let all_mor = "1000000000000000000";
    let too_much = refused(&stand, &["min-stake", "--mor", all_mor]);
    assert!(too_much.contains(&format!("a minimum stake of {all_mor} MOR is more than the ")), "{too_much}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ownership_goes_to_the_one_it_was_offered_to() {
    let stand = Stand::new().await;
    let heir = stand.fund("alice").await;
    assert!(refused(&stand, &["accept-ownership"]).contains("no ownership is offered"));

    let offer = StakeAlignment::transferOwnershipCall { newOwner: heir };
    stand.call(stand.chain.main, stand.suite.alignment, offer.clone()).await;
    stand.call(stand.chain.main, stand.suite.distributor, offer).await;
    let said = carry_out(&stand, &["accept-ownership"]).await;

    assert_eq!(said["from"].as_str().unwrap().parse::<Address>().unwrap(), heir);
    assert_eq!(ask(&stand.chain.provider, stand.suite.alignment, StakeAlignment::ownerCall {}).await, heir);
    assert_eq!(ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::ownerCall {}).await, heir);
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_that_are_offered_to_different_accounts_are_taken_one_by_one() {
    let stand = Stand::new().await;
    let (alice, bob) = (stand.fund("alice").await, stand.fund("bob").await);
    let offer = |heir| StakeAlignment::transferOwnershipCall { newOwner: heir };
    stand.call(stand.chain.main, stand.suite.alignment, offer(alice)).await;
    stand.call(stand.chain.main, stand.suite.distributor, offer(bob)).await;

    assert!(refused(&stand, &["accept-ownership"]).contains("--contract"));
    carry_out(&stand, &["accept-ownership", "--contract", "reward-distributor"]).await;

    assert_eq!(ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::ownerCall {}).await, bob);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_of_this_chain_for_the_owner_and_carries_the_builders_checksum() {
    let stand = Stand::new().await;
    let (ended, file) = act(&stand, &["pause", "claiming"]);
    let said = ended.json();
    let mut bundle = read(&file);

    assert_eq!(bundle["chainId"], stand.chain.provider.get_chain_id().await.unwrap().to_string());
    assert_eq!(bundle["meta"]["createdFromSafeAddress"], stand.chain.main.to_string());
    assert_eq!(bundle["meta"]["description"], said["summary"]);
    let checksum = bundle["meta"].as_object_mut().unwrap().remove("checksum").unwrap();
    assert_eq!(checksum, checksum::of(&bundle).to_string());
    assert_eq!(checksum, said["checksum"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_send_the_owners_key_does_it_at_once_and_no_other_can() {
    let stand = Stand::new().await;
    let stranger = names::account_key("bob").to_bytes().to_string();
    let why = stand.tool(&["safe", "pause", "claiming", "--send", "--private-key", &stranger]).failed(2);
    assert!(why.contains(&stand.chain.main.to_string()), "{why}");

    let said = stand.tool(&["safe", "pause", "claiming", "--send", "--json"]).json();
    assert!(said["transactions"][0]["transaction"].is_string() && said["sent"] == true, "{said}");
    assert!(ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::claimingPausedCall {}).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_writes_and_sends_nothing() {
    let stand = Stand::new().await;
    stand.travel(crate::suite_support::MIDNIGHT + DAY).await;
    let (ended, file) = act(&stand, &["pause", "claiming", "--dry-run"]);
    ended.ok();
    assert!(!file.exists());

    stand.tool(&["safe", "pause", "claiming", "--send", "--dry-run"]).ok();
    assert!(!ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::claimingPausedCall {}).await);
}
