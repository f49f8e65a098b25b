//! `cargo mrc53 settle` and `cargo mrc53 claim`, run as a keeper runs them, against the whole suite on a devnode.

use alloy::primitives::{Address, U256};
use mrc53_abi::{MorToken, RewardDistributor, StakeAlignment};
use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::keeper_support::{FINAL, balance, block, host, keep, owed, settled, stake, stand, wei};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, Stand, TODAY};

#[tokio::test(flavor = "multi_thread")]
async fn forty_final_days_are_settled_in_two_transactions() {
    let (stand, atlas) = stand().await;
    stand.travel(FINAL + 39 * DAY).await;

    let report = keep(&stand, &["settle", "--json"]).json();

    let line = &report["subnets"][0];
    assert_eq!((&line["from_day"], &line["to_day"], &report["days"]), (&json!(TODAY), &json!(TODAY + 40), &json!(40)));
    assert_eq!(line["transactions"].as_array().unwrap().len(), 2);
    let (operator, _) = owed(&stand, atlas).await;
    assert!(operator > U256::ZERO);
    assert_eq!(wei(&line["credited_wei"]) - wei(&line["stakers_wei"]), operator);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_final_it_says_when_and_sends_nothing() {
    let (stand, _) = stand().await;
    stand.travel(FINAL - HOUR).await;
    let before = block(&stand).await;

    let output = keep(&stand, &["settle"]).ok();

    assert!(output.contains("2025-02-21 is final on 2025-02-25 00:00:00 UTC"), "{output}");
    assert!(output.ends_with("nothing to settle\n"), "{output}");
    assert_eq!(block(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn settling_again_sends_nothing() {
    let (stand, atlas) = settled().await;
    let before = block(&stand).await;

    let output = keep(&stand, &["settle", "--subnet", &atlas.to_string()]).ok();

    assert!(output.ends_with("nothing to settle\n"), "{output}");
    assert_eq!(block(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_of_settling_says_what_it_would_credit_and_changes_nothing() {
    let (stand, _) = stand().await;
    stand.travel(FINAL + 39 * DAY).await;
    let before = block(&stand).await;

    let planned = keep(&stand, &["settle", "--dry-run", "--json"]).json();
    assert_eq!(block(&stand).await, before);
    let done = keep(&stand, &["settle", "--json"]).json();

    assert_eq!((&planned["would_settle_days"], &planned["would_credit_wei"]), (&json!(40), &done["credited_wei"]));
    assert_eq!((&planned["days"], &planned["credited_wei"]), (&json!(0), &json!("0")));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_settling_is_paused_final_days_wait_and_the_exit_code_says_so() {
    let (stand, _) = stand().await;
    let pause = RewardDistributor::setSettlingPausedCall { paused: true };
    stand.call(stand.chain.main, stand.suite.distributor, pause).await;

    stand.travel(FINAL - HOUR).await;
    keep(&stand, &["settle"]).ok();
    stand.travel(FINAL + DAY).await;
    let paused = keep(&stand, &["settle"]);

    assert!(paused.output.contains("settling is paused; final days that wait: 2"), "{paused:?}");
    paused.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_key_is_handed_every_settlement_to_sign() {
    let (stand, _) = stand().await;
    stand.travel(FINAL + 39 * DAY).await;
    let account = names::address("a safe").to_string();

    let output = keep(&stand, &["settle", "--unsigned-from", &account]).ok();

    assert_eq!(output.lines().count(), 2);
    for line in output.lines() {
        let transaction: Value = serde_json::from_str(line).unwrap();
        assert_eq!(transaction["to"], stand.suite.distributor.to_string().to_lowercase());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_is_not_registered_is_bad_input() {
    let (stand, _) = stand().await;
    let stranger = names::address("stranger").to_string();

    for verb in ["settle", "claim"] {
        let errors = keep(&stand, &[verb, "--subnet", &stranger]).failed(2);
        assert!(errors.contains(&format!("{stranger} is not a registered subnet")), "{errors}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operators_receiver_is_paid_all_that_is_owed() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    let (operator, _) = owed(&stand, atlas).await;

    keep(&stand, &["claim"]).ok();

    assert!(operator > U256::ZERO);
    assert_eq!(balance(&stand, names::address("atlas' receiver")).await, operator);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staker_is_paid_all_that_is_owed() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    let (_, staker) = owed(&stand, atlas).await;

    keep(&stand, &["claim", "--subnet", &atlas.to_string(), "--staker", &names::address("alice").to_string()]).ok();

    assert!(staker > U256::ZERO);
    assert_eq!(balance(&stand, names::address("alice")).await, staker);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staker_with_more_changes_than_one_transaction_walks_is_paid_to_the_last() {
    let (stand, atlas) = stand().await;
    for day in 1..=3 {
        stand.at(MIDNIGHT + day * DAY).await;
        stake(&stand, atlas, 1).await;
    }
    host(&stand, atlas, MIDNIGHT + 3 * DAY + HOUR).await;
    stand.fill_pool(1_000).await;
    stand.travel(FINAL + 5 * DAY).await;
    keep(&stand, &["settle"]).ok();
    let alice = names::address("alice");

    let report = keep(&stand, &["claim", "--staker", &alice.to_string(), "--max-changes", "2", "--json"]).json();

    assert_eq!(report["claims"][0]["transactions"].as_array().unwrap().len(), 2);
    assert_eq!(wei(&report["paid_wei"]), balance(&stand, alice).await);
    assert_eq!(owed(&stand, atlas).await.1, U256::ZERO);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_owed_it_says_so_and_sends_nothing() {
    let (stand, _) = stand().await;
    stand.fill_pool(1_000).await;
    let before = block(&stand).await;

    let alice = names::address("alice").to_string();
    for words in [&["claim"][..], &["claim", "--staker", &alice]] {
        let output = keep(&stand, words).ok();
        assert!(output.contains("nothing owed by 1 subnet"), "{output}");
    }
    assert_eq!(block(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_pool_pays_what_it_has_and_the_rest_stays_owed_until_it_is_filled() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1).await;
    let (operator, _) = owed(&stand, atlas).await;
    let rest = operator - U256::from(MOR);

    let short = keep(&stand, &["claim"]);
    let words = mrc53_console::show::mor(rest);
    assert!(short.output.contains(&format!("it needs {words} MOR more")), "{short:?}");
    assert!(short.failed(1).contains(&format!("{words} MOR stays owed")));
    stand.fill_pool(1_000).await;
    keep(&stand, &["claim"]).ok();

    assert_eq!(balance(&stand, names::address("atlas' receiver")).await, operator);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_allowance_is_told_apart_from_a_short_balance() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    let approve = MorToken::approveCall { spender: stand.suite.distributor, value: U256::from(MOR) };
    stand.call(names::pool_key().address(), stand.token, approve).await;
    let rest = owed(&stand, atlas).await.0 - U256::from(MOR);

    let short = keep(&stand, &["claim"]);

    let needs = format!("it needs an allowance higher by {} MOR", mrc53_console::show::mor(rest));
    assert!(short.output.contains(&needs), "{short:?}");
    short.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_pool_is_not_asked_to_pay() {
    let (stand, _) = settled().await;
    let before = block(&stand).await;

    keep(&stand, &["claim"]).failed(1);

    assert_eq!(block(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_claiming_is_paused_debts_stay_and_the_exit_code_says_so() {
    let (stand, _) = settled().await;
    stand.fill_pool(1_000).await;
    let pause = RewardDistributor::setClaimingPausedCall { paused: true };
    stand.call(stand.chain.main, stand.suite.distributor, pause).await;

    let paused = keep(&stand, &["claim"]);

    assert!(paused.output.contains("claiming is paused"), "{paused:?}");
    paused.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_of_claiming_says_what_would_be_paid_and_changes_nothing() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    let before = block(&stand).await;

    let report = keep(&stand, &["claim", "--dry-run", "--json"]).json();

    assert_eq!(wei(&report["would_pay_wei"]), owed(&stand, atlas).await.0);
    assert_eq!((&report["paid_wei"], &report["sent"]), (&json!("0"), &json!(false)));
    assert_eq!(block(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_of_settling_and_claiming_has_amounts_in_wei_as_decimal_strings() {
    let (stand, atlas) = stand().await;
    stand.fill_pool(1_000).await;
    stand.travel(FINAL).await;

    let settled = keep(&stand, &["settle", "--json"]).json();
    let (operator, _) = owed(&stand, atlas).await;
    let claimed = keep(&stand, &["claim", "--json"]).json();

    let line = &settled["subnets"][0];
    let credited = line["credited_wei"].clone();
    let settled_line = json!({"subnet": atlas, "from_day": TODAY, "to_day": TODAY + 1, "days": 1,
        "next_day": TODAY + 1, "credited_wei": credited, "stakers_wei": line["stakers_wei"],
        "transactions": line["transactions"], "gas": line["gas"], "would_settle_days": 0, "would_credit_wei": "0",
        "would_send": 0, "left_days": 0, "next_final_at": FINAL + DAY, "problem": null});
    assert!(line["gas"].as_u64().unwrap() > 21_000);
    assert_eq!(
        settled,
        json!({"dry_run": false, "sent": true, "subnets": [settled_line], "days": 1, "credited_wei": credited,
            "would_settle_days": 0, "would_credit_wei": "0"})
    );
    let paid = operator.to_string();
    let pool_wei = (U256::from(1_000 * MOR) - operator).to_string();
    let pool = json!({"address": names::pool_key().address(), "balance_wei": pool_wei, "allowance_wei": pool_wei,
        "missing_balance_wei": "0", "missing_allowance_wei": "0"});
    let line = &claimed["claims"][0];
    let claim = json!({"subnet": atlas, "to": names::address("atlas' receiver"), "paid_wei": paid, "owed_wei": "0",
        "would_pay_wei": "0", "transactions": line["transactions"], "gas": line["gas"], "problem": null});
    assert!(line["gas"].as_u64().unwrap() > 21_000);
    assert_eq!(
        claimed,
        json!({"dry_run": false, "sent": true, "claims": [claim], "paid_wei": paid, "owed_wei": "0",
            "would_pay_wei": "0", "pool": pool})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_never_staked_is_told_apart_from_one_with_nothing_due() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    let (alice, stranger) = (names::address("alice").to_string(), Address::repeat_byte(0x77).to_string());
    keep(&stand, &["claim", "--staker", &alice]).ok();

    let paid = keep(&stand, &["claim", "--staker", &alice]).ok();
    assert_eq!(paid, "nothing owed by 1 subnet\n");
    let subnet = atlas.to_string();
    for (words, toward) in [
        (vec!["claim", "--staker", &stranger], subnet.as_str()),
        (vec!["claim", "--staker", &stranger, "--dry-run"], &subnet),
        (vec!["claim", "--staker", &stranger, "--subnet", &subnet], &subnet),
    ] {
        let said = keep(&stand, &words).failed(2);
        let why = format!("error: {stranger} has never staked toward {toward}: is it the right address?\n");
        assert!(said.ends_with(&why), "{words:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staker_who_has_left_was_one_and_is_owed_nothing() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    let alice = names::address("alice");
    stand.at(MIDNIGHT + 8 * DAY).await;
    let withdraw = StakeAlignment::withdrawCall { subnet: atlas, amount: U256::from(20_000 * MOR) };
    stand.call(alice, stand.suite.alignment, withdraw).await;
    keep(&stand, &["claim", "--staker", &alice.to_string()]).ok();

    assert_eq!(keep(&stand, &["claim", "--staker", &alice.to_string()]).ok(), "nothing owed by 1 subnet\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_no_subnet_registered_there_is_nothing_to_claim_and_that_is_said() {
    let stand = Stand::new().await;

    assert_eq!(stand.tool(&["claim"]).ok(), "nothing to claim: no subnet is registered\n");
    assert!(stand.tool(&["settle"]).ok().ends_with("nothing to settle\n"));
    assert!(stand.tool(&["record", "--all-open"]).ok().ends_with("nothing to record\n"));
}
