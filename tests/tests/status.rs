//! `cargo mrc53 status`: every number on the page is the contracts' own, and what is wrong is said.

use alloy::primitives::{Address, B256, U256, hex};
use mrc53_abi::SessionRecorder::{self, recordCall};
use mrc53_abi::{Erc20, MorToken, RewardCalculator, RewardDistributor, StakeAlignment};
use mrc53_stage::scenario::names;
use mrc53_suite::terms::Weight;
use serde_json::{Value, json};

use crate::asking::ask;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, Stand, TODAY, programs, run};

/// Two subnets at 12:00 UTC: atlas with 120,000 MOR and 9 hours of sessions, borealis with 60,000 MOR and 3 hours; a
/// pool of 10,000 MOR.
async fn two_subnets() -> (Stand, Address, Address) {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 120_000).await;
    let borealis = stand.subnet("borealis", "bob", 60_000).await;
    stand.fill_pool(10_000).await;
    stand.at(MIDNIGHT + 3 * HOUR).await;
    let long = stand.open("long", atlas, MIDNIGHT + 12 * HOUR).await;
    stand.at(MIDNIGHT + 6 * HOUR).await;
    let short = stand.open("short", borealis, MIDNIGHT + 9 * HOUR).await;
    stand.at(MIDNIGHT + 12 * HOUR).await;
    for session in [long, short] {
        stand.call(stand.chain.main, stand.suite.recorder, recordCall { sessionId: session }).await;
    }
    (stand, atlas, borealis)
}

fn status(stand: &Stand) -> Value {
    stand.tool(&["status", "--json"]).json()
}

/// Changes the book as `change` does.
fn edit_book(stand: &Stand, change: impl FnOnce(&mut Value)) {
    let path = stand.folder.path().join("412346.json");
    let mut book = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut book);
    std::fs::write(path, book.to_string()).unwrap();
}

fn problems(page: &Value) -> String {
    let lines = page["problems"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_money_on_the_page_is_what_the_contracts_say() {
    let (stand, ..) = two_subnets().await;
    let provider = &stand.chain.provider;
    let pool = names::pool_key().address();

    let page = status(&stand);

    let money = &page["money"];
    let emission = ask(provider, stand.suite.calculator, RewardCalculator::emissionCall { day: TODAY }).await;
    assert_eq!(money["emission_today_wei"], emission.to_string());
    assert_eq!(
        money["emitted_wei"],
        ask(provider, stand.suite.calculator, RewardCalculator::emittedCall { day: TODAY }).await.to_string()
    );
    let balance = ask(provider, stand.token, Erc20::balanceOfCall { account: pool }).await;
    assert_eq!(money["pool_balance_wei"], balance.to_string());
    assert_eq!(money["pool_allowance_wei"], (10_000 * MOR).to_string());
    assert_eq!(money["runway_days"], u64::try_from(10_000 * MOR / emission).unwrap());
    assert_eq!(money["credited_wei"], "0");
    assert_eq!((&page["day"], &page["chain_id"]), (&json!(TODAY), &json!(412_346)));
    assert_eq!(problems(&page), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_is_shown_with_its_shares_of_the_running_day() {
    let (stand, atlas, borealis) = two_subnets().await;

    let page = status(&stand);

    assert_eq!(page["subnets"].as_array().unwrap().len(), 2);
    for (row, subnet, mor, hours) in [(0, atlas, 120_000, 9), (1, borealis, 60_000, 3)] {
        let shown = &page["subnets"][row];
        let preview =
            ask(&stand.chain.provider, stand.suite.calculator, RewardCalculator::previewCall { subnet }).await;
        assert_eq!(shown["subnet"], json!(subnet));
        assert_eq!(shown["eligible"], true);
        assert_eq!(shown["stake_wei"], (mor * MOR).to_string());
        assert_eq!(shown["usage"], json!({"part": (hours * HOUR).to_string(), "whole": (12 * HOUR).to_string()}));
        assert_eq!(shown["projected"]["reward_wei"], preview.payableWei.to_string());
        assert_eq!(shown["projected"]["usage_reward_wei"], preview.usageReward.to_string());
        assert_eq!(shown["projected"]["stake_reward_wei"], preview.stakeReward.to_string());
        assert_eq!(shown["projected"]["binds"], "stake");
        assert_eq!((&shown["next_day"], &shown["days_to_settle"]), (&json!(TODAY), &json!(0)));
        assert_eq!(shown["operator_owed_wei"], "0");
    }
    let parts = |row: usize, field: &str| page["subnets"][row]["stake_seconds"][field].as_str().unwrap().to_owned();
    let sum: u128 = [0, 1].map(|row| parts(row, "part").parse::<u128>().unwrap()).iter().sum();
    assert_eq!(parts(0, "whole"), sum.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_settled_and_not_yet_paid_is_owed() {
    let (stand, atlas, _) = two_subnets().await;
    stand.travel(MIDNIGHT + 4 * DAY).await;
    assert_eq!(status(&stand)["subnets"][0]["days_to_settle"], 1);
    let settle = RewardDistributor::settleCall { subnet: atlas, maxDays: 1 };
    stand.call(stand.chain.main, stand.suite.distributor, settle).await;
    let credited = ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::totalCreditedCall {}).await;
    assert!(credited > U256::ZERO);

    let page = status(&stand);

    let money = &page["money"];
    assert_eq!(
        [&money["credited_wei"], &money["paid_wei"], &money["owed_wei"]],
        [&json!(credited.to_string()), &json!("0"), &json!(credited.to_string())]
    );
    assert_eq!(page["subnets"][0]["next_day"], TODAY + 1);
    assert_eq!(page["subnets"][0]["days_to_settle"], 0);
    assert_eq!(page["subnets"][1]["days_to_settle"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_lacks_more_of_what_is_owed_than_rounding_leaves_is_a_problem() {
    let (stand, atlas, _) = two_subnets().await;
    stand.travel(MIDNIGHT + 4 * DAY).await;
    let settle = RewardDistributor::settleCall { subnet: atlas, maxDays: 1 };
    stand.call(stand.chain.main, stand.suite.distributor, settle).await;
    let owed = ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::totalCreditedCall {}).await;
    let rings = async |value: U256| {
        let approve = MorToken::approveCall { spender: stand.suite.distributor, value };
        stand.call(names::pool_key().address(), stand.token, approve).await;
        problems(&status(&stand)).contains("MOR that are owed")
    };
    let dust = U256::from(1_000_000_000);

    assert_eq!(
        [rings(owed).await, rings(owed - dust + U256::ONE).await, rings(owed - dust).await],
        [false, false, true]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_three_final_days_that_pay_and_are_not_settled_are_a_problem() {
    let (stand, atlas, _) = two_subnets().await;
    stand.travel(MIDNIGHT + 7 * DAY - HOUR).await;
    let three = status(&stand);
    assert_eq!((&three["subnets"][0]["days_to_settle"], &three["backlog"]), (&json!(3), &json!([])));
    stand.travel(MIDNIGHT + 7 * DAY).await;

    let four = stand.tool(&["status", "--check", "--json"]);

    let page: Value = serde_json::from_str(&four.output).unwrap();
    let credit = page["backlog"][0]["would_credit_wei"].as_str().unwrap().parse().unwrap();
    let words = format!(
        "{atlas} has 4 days final and not settled, from 2025-02-21 on: settle would credit {} MOR",
        mrc53_console::show::mor(credit)
    );
    assert!(problems(&page).contains(&words), "{}", problems(&page));
    four.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_a_problem_after_three_days_whatever_came_before_it_and_whoever_has_left() {
    let (stand, atlas, _) = two_subnets().await;
    stand.travel(MIDNIGHT + 4 * DAY).await;
    for subnet in [names::address("atlas"), names::address("borealis")] {
        let settle = RewardDistributor::settleCall { subnet, maxDays: 1 };
        stand.call(stand.chain.main, stand.suite.distributor, settle).await;
    }
    // Ten days that pay nothing, then one that does; then its staker leaves.
    stand.at(MIDNIGHT + 10 * DAY).await;
    let session = stand.open("later", atlas, MIDNIGHT + 10 * DAY + HOUR).await;
    stand.at(MIDNIGHT + 10 * DAY + HOUR).await;
    stand.call(stand.chain.main, stand.suite.recorder, recordCall { sessionId: session }).await;
    stand.at(MIDNIGHT + 11 * DAY).await;
    let withdraw = StakeAlignment::withdrawCall { subnet: atlas, amount: U256::from(120_000 * MOR) };
    stand.call(names::address("alice"), stand.suite.alignment, withdraw).await;
    let words = format!("{atlas} has 13 days final and not settled, from 2025-02-22 on: settle would credit");

    stand.travel(MIDNIGHT + 17 * DAY - HOUR).await;
    let before = status(&stand);
    stand.travel(MIDNIGHT + 17 * DAY).await;
    let after = status(&stand);

    assert!(!problems(&before).contains("not settled"), "{}", problems(&before));
    assert!(problems(&after).contains(&words), "{}", problems(&after));
}

#[tokio::test(flavor = "multi_thread")]
async fn final_days_that_cannot_be_settled_say_what_settling_answers() {
    let (stand, atlas, _) = two_subnets().await;
    let pause = RewardDistributor::setSettlingPausedCall { paused: true };
    stand.call(stand.chain.main, stand.suite.distributor, pause).await;
    stand.travel(MIDNIGHT + 7 * DAY).await;

    let page = status(&stand);

    let words =
        format!("{atlas} has 4 days final and not settled, from 2025-02-21 on: settle answers settling is paused");
    assert!(problems(&page).contains(&words), "{}", problems(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn final_days_that_their_calculator_never_calls_so_are_a_problem_that_names_it() {
    let (stand, atlas, _) = two_subnets().await;
    let held = TODAY + 8;
    // A stand-in that answers everything with a list of nothing.
    let calculator = stand.contract(&hex!("602060005260406000f3")).await;
    let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: held };
    stand.call(stand.chain.main, stand.suite.distributor, schedule).await;
    stand.travel(MIDNIGHT + 12 * DAY).await;
    let settle = RewardDistributor::settleCall { subnet: atlas, maxDays: 30 };
    stand.call(stand.chain.main, stand.suite.distributor, settle).await;
    let waiting = |days| format!("{atlas} has {days} days final and not settled");

    stand.travel(MIDNIGHT + 15 * DAY - HOUR).await;
    let three = problems(&status(&stand));
    assert!(!three.contains(&waiting(3)), "{three}");
    stand.travel(MIDNIGHT + 15 * DAY).await;
    let four = problems(&status(&stand));

    let recorder = stand.suite.recorder;
    let words = format!(
        "{}, from 2025-03-01 on: settle answers DayNotFinal({held}): the calculator {calculator} does not call the day \
         final, the recorder {recorder} does",
        waiting(4)
    );
    assert!(four.contains(&words), "{four}");
    stand.tool(&["status", "--check"]).failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn final_days_that_pay_nothing_are_no_problem_because_keepers_leave_them() {
    let stand = Stand::new().await;
    stand.subnet("atlas", "alice", 120_000).await;
    stand.fill_pool(10_000).await;
    stand.travel(MIDNIGHT + 9 * DAY).await;

    let page = status(&stand);

    assert_eq!((&page["backlog"][0]["days"], problems(&page)), (&json!(6), String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_subnets_are_shown_alone() {
    let (stand, _, borealis) = two_subnets().await;

    let page = stand.tool(&["status", "--json", "--subnet", &borealis.to_string()]).json();

    assert_eq!(page["subnets"].as_array().unwrap().len(), 1);
    assert_eq!(page["subnets"][0]["subnet"], json!(borealis));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_subnet_that_is_not_registered_is_refused_by_its_address() {
    let stand = Stand::new().await;
    let nobody = Address::repeat_byte(0x77).to_string();

    let said = stand.tool(&["status", "--subnet", &nobody]).failed(2);

    assert!(said.contains(&nobody) && said.contains("not a registered subnet"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_suite_has_no_subnets_and_a_pool_that_lasts_no_day() {
    let stand = Stand::new().await;

    let page = status(&stand);
    let said = stand.tool(&["status"]).ok();

    assert_eq!(page["subnets"], json!([]));
    assert_eq!(page["money"]["runway_days"], 0);
    assert_eq!(problems(&page), "the Compute pool can pay 0 MOR: less than a day's emission");
    let missing = |contract| json!({"state": "missing", "named": [], "expected": contract});
    let (recorder, distributor) = (stand.suite.recorder, stand.suite.distributor);
    assert_eq!(page["hook"], json!({"recorder": missing(recorder), "distributors": missing(distributor)}));
    assert!(said.contains("not cut into the Diamond"), "{said}");
    assert!(said.contains("none is registered yet"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_points_where_the_book_says() {
    let stand = Stand::new().await;

    let page = status(&stand);

    for pointer in page["wiring"].as_array().unwrap() {
        assert_eq!(pointer["right"], true, "{pointer}");
        assert_eq!(pointer["value"], pointer["expected"]);
    }
    assert_eq!(page["inputs"][0]["found"], "symbol \"MOR\", decimals 18");
    assert_eq!(page["inputs"][1]["found"], "getSession answers, getBid answers");
    assert!(page["programs"].as_array().unwrap().iter().all(|program| program["code_as_recorded"] == true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pointer_that_the_book_does_not_know_is_called_wrong() {
    let stand = Stand::new().await;
    let other = Address::repeat_byte(0x55);
    edit_book(&stand, |book| book["inputs"]["diamond"]["address"] = json!(other));

    let page = status(&stand);

    let source = stand.diamond;
    let wrong = format!("WRONG: session-recorder.source() is {source}, the book says {other}");
    assert!(problems(&page).contains(&wrong), "{}", problems(&page));
    let found = format!("WRONG: diamond at {other} is not what it has to be");
    assert!(problems(&page).contains(&found), "{}", problems(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calculator_to_come_that_the_book_does_not_know_is_called_wrong() {
    let stand = Stand::new().await;
    let calculator = stand.suite.deploy_calculator(&stand.chain, programs(), Weight::Sessions).await.unwrap();
    let from_day = TODAY + 8;
    let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: from_day };
    stand.call(stand.chain.main, stand.suite.distributor, schedule).await;

    let page = status(&stand);

    let wrong = format!("WRONG: from 2025-03-01 on {calculator} is the calculator, which the book does not know");
    assert!(problems(&page).contains(&wrong), "{}", problems(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_none_is_called_wrong() {
    let stand = Stand::new().await;
    edit_book(&stand, |book| book["inputs"]["token"]["address"] = json!(stand.diamond));

    let page = status(&stand);

    assert_eq!((&page["inputs"][0]["input"], &page["inputs"][0]["right"]), (&json!("token"), &json!(false)));
    assert_eq!(page["wiring"][3]["right"], false, "{}", page["wiring"][3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn code_that_was_not_deployed_by_the_book_is_called_wrong() {
    let stand = Stand::new().await;
    edit_book(&stand, |book| book["contracts"][0]["codeHash"] = json!(B256::repeat_byte(9)));

    let page = status(&stand);

    assert_eq!(page["programs"][0]["code_as_recorded"], false);
    let alignment = stand.suite.alignment;
    let wrong = format!("WRONG: stake-alignment at {alignment}: the code is not what the book says was deployed");
    assert!(problems(&page).contains(&wrong), "{}", problems(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn pauses_offers_and_announcements_are_shown() {
    let stand = Stand::new().await;
    let (main, alignment, distributor) = (stand.chain.main, stand.suite.alignment, stand.suite.distributor);
    let (safe, calculator) = (Address::repeat_byte(0x5a), stand.suite.calculator);
    stand.call(main, alignment, StakeAlignment::pauseStakingCall {}).await;
    stand.call(main, distributor, RewardDistributor::setSettlingPausedCall { paused: true }).await;
    stand.call(main, distributor, RewardDistributor::transferOwnershipCall { newOwner: safe }).await;
    let raise = StakeAlignment::setMinSubnetStakeCall { amount: U256::from(20_000 * MOR) };
    stand.call(main, alignment, raise).await;
    let from_day = TODAY + 9;
    let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: from_day };
    stand.call(main, distributor, schedule).await;
    stand.call(main, distributor, RewardDistributor::voidDaysCall { fromDay: 7, toDay: 9 }).await;
    let (from, to) = (TODAY + 2, TODAY + 4);
    stand.call(main, distributor, RewardDistributor::voidDaysCall { fromDay: from, toDay: to }).await;

    let page = status(&stand);

    assert_eq!(page["pauses"], json!({"staking": true, "settling": true, "claiming": false}));
    assert!(problems(&page).contains("staking is paused\nsettling is paused"), "{}", problems(&page));
    assert_eq!(
        (&page["owners"][0]["pending_owner"], &page["owners"][1]["pending_owner"]),
        (&json!(null), &json!(safe))
    );
    assert_eq!(page["minimum_stake"]["now_wei"], (10_000 * MOR).to_string());
    let scheduled = json!({"amount_wei": (20_000 * MOR).to_string(), "from_day": TODAY + 8});
    assert_eq!(page["minimum_stake"]["scheduled"], scheduled);
    let term = |from_day| json!({"calculator": calculator, "from_day": from_day, "weight": null, "recorded": true});
    let terms = json!([term(0), term(from_day)]);
    assert_eq!(page["calculators"], terms);
    assert_eq!(page["voided"], json!([{"from_day": from, "to_day": to}]));
    let notices = [
        format!("from 2025-03-02 on the calculator {calculator} counts"),
        "from 2025-03-01 on the minimum stake of a subnet is 20000.000000000000000000 MOR".to_owned(),
        format!(
            "the ownership of reward-distributor is offered to {safe}, who takes it with cargo mrc53 safe \
             accept-ownership"
        ),
    ];
    assert_eq!(page["notices"], json!(notices));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_suite_still_has_a_page_that_says_what_could_not_be_read_and_why() {
    let (stand, ..) = two_subnets().await;
    stand.travel(MIDNIGHT + 366 * DAY).await;

    let page = status(&stand);
    let said = stand.tool(&["status"]).ok();

    let error = page["money"]["credited_wei"]["error"].as_str().unwrap();
    let age: u64 = error.strip_prefix("ProgramExpired(").unwrap().strip_suffix(')').unwrap().parse().unwrap();
    // The devnode's clock runs on.
    assert!((366 * DAY..366 * DAY + HOUR).contains(&age), "{error}");
    assert_eq!(page["programs"][0]["state"], "expired");
    let recorder = format!("session-recorder at {}: EXPIRED on 2026-02-21", stand.suite.recorder);
    assert!(problems(&page).contains(&recorder), "{}", problems(&page));
    assert!(problems(&page).contains("cargo mrc53 keepalive"), "{}", problems(&page));
    assert!(said.contains("stake-alignment did not answer"), "{said}");
    assert_eq!(page["subnets"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn check_ends_with_one_while_there_is_a_problem_and_with_zero_when_there_is_none() {
    let (stand, ..) = two_subnets().await;
    stand.tool(&["status", "--check"]).ok();
    let pause = RewardDistributor::setClaimingPausedCall { paused: true };
    stand.call(stand.chain.main, stand.suite.distributor, pause).await;

    let said = stand.tool(&["status", "--check"]).failed(1);

    assert!(said.contains("claiming is paused"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn before_anything_is_deployed_the_next_command_is_said() {
    let stand = Stand::new().await;
    let empty = tempfile::tempdir().unwrap();
    let folder = empty.path().to_str().unwrap();

    let said = run(&["status", "--rpc-url", &stand.url(), "--deployments", folder]).failed(2);

    assert!(said.contains("cargo mrc53 deploy --network local"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_for_people_says_the_same() {
    let (stand, atlas, _) = two_subnets().await;
    let usage =
        ask(&stand.chain.provider, stand.suite.recorder, SessionRecorder::usageOfCall { subnet: atlas, day: TODAY })
            .await;
    assert_eq!((usage.subnetSeconds, usage.totalSeconds), (9 * HOUR, 12 * HOUR));

    let said = stand.tool(&["status"]).ok();

    assert!(said.contains("state    all well"), "{said}");
    let row = said.lines().find(|line| line.contains(&atlas.to_string())).unwrap();
    assert!(row.contains("| 120000.00 |") && row.contains("| 75.00 % |"), "{row}");
}
