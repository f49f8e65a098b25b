//! `cargo mrc53 settle` spends only where something is earned: what pays nothing is left, the largest stake comes first,
//! a budget is kept, and a day that fails holds back only what comes behind it.

use alloy::primitives::{Address, B256, Bytes, U256, hex};
use alloy::providers::Provider;
use mrc53_abi::RewardDistributor;
use mrc53_suite::terms::Weight;
use serde_json::{Value, json};

use crate::keeper_support::{FINAL, block, credited, host, keep, kept, stand, wei};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, Stand, TODAY, programs};

/// A stand whose subnet has stake from [`TODAY`] on and hosts nothing.
async fn idle() -> (Stand, Address) {
    let stand = Stand::new().await;
    stand.fund("keeper").await;
    let atlas = stand.subnet("atlas", "alice", 20_000).await;
    (stand, atlas)
}

/// A stand on which `atlas` and `borealis`, which has more stake, have each earned something on [`TODAY`].
async fn two() -> (Stand, Address, Address) {
    let (stand, atlas) = stand().await;
    let borealis = stand.subnet("borealis", "bob", 40_000).await;
    host(&stand, borealis, MIDNIGHT + 3 * HOUR).await;
    (stand, atlas, borealis)
}

/// Lets a second calculator count from `from_day` on, whose code is gone.
async fn break_from(stand: &Stand, from_day: u32) {
    let calculator = stand.suite.deploy_calculator(&stand.chain, programs(), Weight::Sessions).await.unwrap();
    let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: from_day };
    stand.call(stand.chain.main, stand.suite.distributor, schedule).await;
    let _: Value = stand.chain.provider.raw_request("anvil_setCode".into(), (calculator, Bytes::new())).await.unwrap();
}

/// Lets a stand-in count from `from_day` on that calls no day final: it answers everything with a list of nothing.
async fn hold_from(stand: &Stand, from_day: u32) -> Address {
    // PUSH1 32, PUSH1 0, MSTORE, PUSH1 64, PUSH1 0, RETURN.
    let calculator = stand.contract(&hex!("602060005260406000f3")).await;
    let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: from_day };
    stand.call(stand.chain.main, stand.suite.distributor, schedule).await;
    calculator
}

async fn void(stand: &Stand, from_day: u32, to_day: u32) {
    let void = RewardDistributor::voidDaysCall { fromDay: from_day, toDay: to_day };
    stand.call(stand.chain.main, stand.suite.distributor, void).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_pay_nothing_are_left_and_settled_only_when_asked_for() {
    let (stand, _) = idle().await;
    stand.travel(FINAL + 2 * DAY).await;
    let before = block(&stand).await;

    let left = keep(&stand, &["settle", "--json"]).json();
    assert_eq!(block(&stand).await, before);
    let all = keep(&stand, &["settle", "--all", "--json"]).json();

    assert_eq!((&left["subnets"][0]["left_days"], &left["sent"]), (&json!(3), &json!(false)));
    assert_eq!((&all["days"], &all["credited_wei"], &all["sent"]), (&json!(3), &json!("0"), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_pay_nothing_are_settled_with_the_first_that_does() {
    let (stand, atlas) = idle().await;
    host(&stand, atlas, MIDNIGHT + 39 * DAY).await;
    stand.travel(FINAL + 38 * DAY).await;
    let left = keep(&stand, &["settle", "--json"]).json();
    stand.travel(FINAL + 39 * DAY).await;

    let settled = keep(&stand, &["settle", "--json"]).json();

    assert_eq!((&left["days"], &left["subnets"][0]["left_days"]), (&json!(0), &json!(39)));
    assert_eq!(settled["days"], 40);
    assert!(wei(&settled["credited_wei"]) > U256::ZERO);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backlog_longer_than_a_call_is_settled_for_its_length_where_there_is_stake() {
    let (stand, atlas) = idle().await;
    let spam = stand.register_many(1).await[0];
    stand.travel(FINAL + 998 * DAY).await;
    // Programs live for a year.
    stand.tool(&["keepalive"]).ok();
    let short = keep(&stand, &["settle", "--json"]).json();
    stand.travel(FINAL + 999 * DAY).await;

    let long = keep(&stand, &["settle", "--max-days", "1000", "--json"]).json();

    assert_eq!((&short["days"], &short["subnets"][0]["left_days"]), (&json!(0), &json!(999)));
    assert_eq!((&long["subnets"][0]["subnet"], &long["subnets"][0]["days"]), (&json!(atlas), &json!(1_000)));
    assert_eq!((&long["subnets"][1]["subnet"], &long["subnets"][1]["days"]), (&json!(spam), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_subnet_with_the_largest_stake_comes_first() {
    let (stand, atlas, borealis) = two().await;
    stand.travel(FINAL).await;

    let report = keep(&stand, &["settle", "--json"]).json();

    let order: Vec<&Value> = report["subnets"].as_array().unwrap().iter().map(|line| &line["subnet"]).collect();
    assert_eq!(order, [&json!(borealis), &json!(atlas)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_ends_before_the_transaction_that_might_cost_more_than_it_may() {
    let (stand, ..) = two().await;
    stand.travel(FINAL).await;

    let nothing = keep(&stand, &["settle", "--max-ether", "0"]);
    assert!(nothing.errors.contains("stopped by --max-ether 0.000000000000000000"), "{nothing:?}");
    nothing.failed(1);
    assert_eq!(kept(&stand).await, 0);

    // What the first takes at most, and not what both do.
    let gas = keep(&stand, &["settle", "--dry-run", "--max-ether", "1"]).ok();
    assert!(gas.contains("would settle 2 days of 2 subnets"), "{gas}");
    let price = stand.chain.provider.estimate_eip1559_fees().await.unwrap().max_fee_per_gas;
    let budget = mrc53_console::show::mor(U256::from(price) * U256::from(300_000));
    let one = keep(&stand, &["settle", "--max-ether", &budget]);
    assert!(one.errors.contains("stopped by --max-ether"), "{one:?}");
    one.failed(1);
    assert_eq!(kept(&stand).await, 1);
    assert!(credited(&stand).await > U256::ZERO);

    keep(&stand, &["settle", "--max-ether", "1"]).ok();
    assert_eq!(kept(&stand).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_and_bookings_keep_to_a_budget_too() {
    let (stand, atlas) = crate::keeper_support::settled().await;
    stand.fill_pool(1_000).await;
    stand.open("late", atlas, FINAL + HOUR).await;
    stand.travel(FINAL + 2 * HOUR).await;
    let before = kept(&stand).await;

    for words in [&["claim"][..], &["record", "--all-open"]] {
        let ended = keep(&stand, &[words, &["--max-ether", "0.000000000001"]].concat());
        let said = format!("{}{}", ended.output, ended.errors);
        assert!(said.contains("stopped by --max-ether 0.000000000001"), "{said}");
        ended.failed(1);
    }
    assert_eq!(kept(&stand).await, before);
    for words in [&["claim"][..], &["record", "--all-open"]] {
        keep(&stand, &[words, &["--max-ether", "1"]].concat()).ok();
    }
    assert_eq!(kept(&stand).await, before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_day_that_fails_is_named_and_the_days_before_it_are_settled() {
    let (stand, atlas) = stand().await;
    let broken = TODAY + 11;
    break_from(&stand, broken).await;
    host(&stand, atlas, MIDNIGHT + 20 * DAY).await;
    stand.travel(FINAL + 30 * DAY).await;

    let planned = keep(&stand, &["settle", "--dry-run"]);
    let ended = keep(&stand, &["settle", "--json"]);

    let reason = format!("day {broken} (2025-03-04): CalculatorCallFailed(");
    assert!(planned.output.contains("would settle 11 days") && planned.output.contains(&reason), "{planned:?}");
    let report: Value = serde_json::from_str(&ended.output).unwrap();
    assert!(report["subnets"][0]["problem"].as_str().unwrap().starts_with(&reason), "{report}");
    assert_eq!((&report["days"], &report["subnets"][0]["next_day"]), (&json!(11), &json!(broken)));
    assert_eq!(wei(&report["credited_wei"]), credited(&stand).await);
    assert!(report["subnets"][0]["transactions"][0].as_str().unwrap().parse::<B256>().is_ok());
    ended.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_its_calculator_never_calls_final_is_named_from_when_on_the_recorder_does() {
    let (stand, _) = stand().await;
    let held = TODAY + 11;
    let calculator = hold_from(&stand, held).await;
    let final_at = FINAL + 11 * DAY;
    stand.travel(final_at - HOUR).await;

    let before = keep(&stand, &["settle"]).ok();
    assert!(before.contains("nothing more to settle: 2025-03-04 is final on 2025-03-08 00:00:00 UTC"), "{before}");
    stand.travel(final_at).await;
    let ended = keep(&stand, &["settle", "--json"]);

    let report: Value = serde_json::from_str(&ended.output).unwrap();
    let problem = report["subnets"][0]["problem"].as_str().unwrap();
    let reason = format!(
        "day {held} (2025-03-04): DayNotFinal({held}): the calculator {calculator} does not call the day final, the \
         recorder {} does",
        stand.suite.recorder
    );
    assert_eq!((problem, &report["sent"]), (reason.as_str(), &json!(false)));
    ended.failed(1);

    void(&stand, held, held + 1).await;
    let passed = keep(&stand, &["settle", "--all", "--json"]).json();
    assert_eq!(passed["subnets"][0]["problem"], Value::Null);
    assert!(passed["subnets"][0]["next_day"].as_u64().unwrap() == u64::from(held) + 1, "{passed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_before_one_that_its_calculator_never_calls_final_are_settled_and_it_is_named() {
    let (stand, _) = stand().await;
    let held = TODAY + 11;
    let calculator = hold_from(&stand, held).await;
    stand.travel(FINAL + 30 * DAY).await;

    let planned = keep(&stand, &["settle", "--dry-run"]);
    let ended = keep(&stand, &["settle", "--json"]);

    let reason = format!("day {held} (2025-03-04): DayNotFinal({held}): the calculator {calculator} does not");
    assert!(planned.output.contains("would settle 11 days") && planned.output.contains(&reason), "{planned:?}");
    planned.failed(1);
    let report: Value = serde_json::from_str(&ended.output).unwrap();
    assert!(report["subnets"][0]["problem"].as_str().unwrap().starts_with(&reason), "{report}");
    assert_eq!((&report["days"], &report["subnets"][0]["next_day"]), (&json!(11), &json!(held)));
    ended.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_day_settles_from_its_end_on_and_is_named_with_that() {
    let (stand, _) = stand().await;
    void(&stand, TODAY + 1, TODAY + 6).await;
    stand.travel(FINAL).await;

    let report = keep(&stand, &["settle", "--json"]).json();

    let line = &report["subnets"][0];
    assert_eq!((&line["next_day"], &line["next_final_at"]), (&json!(TODAY + 4), &json!(FINAL + DAY)));
    assert_eq!(line["problem"], Value::Null);
}
