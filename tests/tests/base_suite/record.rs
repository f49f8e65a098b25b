//! `cargo mrc53 record` of sessions on Base, run as a keeper runs it.

use alloy::primitives::U256;
use alloy::providers::Provider;
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_stage::scenario::names;
use mrc53_suite::place::Place;
use serde_json::Value;

use super::ground::BASE_ID;
use super::served::Served;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_a_provider_without_code_is_booked_on_base_under_itself_and_once() {
    let served = Served::new().await;
    let (three, atlas) = (&served.three, served.atlas);
    three.travel(MIDNIGHT + HOUR).await;
    let session = served.open("s", atlas, MIDNIGHT + 3 * HOUR);
    three.travel(MIDNIGHT + 5 * HOUR).await;
    let before = three.sent().await;

    let report = three.tool(&["record", "--all-open", "--json"]).json();

    assert_eq!((&report["recorded_seconds"], &report["left_undone"]), (&(2 * HOUR).into(), &0.into()), "{report}");
    assert_eq!(served.hosted(atlas, TODAY).await, (2 * HOUR, 1));
    assert_eq!(served.account_of(session).await, atlas);
    let sent = three.sent().await;
    assert_eq!([0, 1, 2].map(|at| sent[at] - before[at]), [0, 1, 0]);

    let again = three.tool(&["record", "--all-open"]).ok();

    assert!(again.contains("1 session with nothing new") && again.ends_with("nothing to record\n"), "{again}");
    assert_eq!(three.sent().await, sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_with_code_is_named_with_what_helps_and_its_sessions_are_booked_once_its_owner_has_named_an_account()
{
    let served = Served::new().await;
    let (three, atlas) = (&served.three, served.atlas);
    let proxy = served.contract("proxy", DEV_ACCOUNT);
    three.travel(MIDNIGHT + HOUR).await;
    let session = served.open("s", proxy, MIDNIGHT + 2 * HOUR);
    three.travel(MIDNIGHT + 5 * HOUR).await;
    let act = format!("cargo mrc53 set-subnet --provider {proxy} --subnet ACCOUNT");

    let text = three.tool(&["record", "--all-open"]).ok();
    assert!(text.contains(&act) && text.contains("nothing to record"), "{text}");
    let report = three.tool(&["record", "--all-open", "--json"]).json();
    assert_eq!(report["providers_not_named"], serde_json::json!([proxy]));
    let refused = three.tool(&["record", "--session", &session.to_string()]);
    assert!(refused.output.contains(&act), "{}", refused.output);
    assert!(refused.failed(1).contains("1 left unrecorded"));

    let (provider, subnet) = (proxy.to_string(), atlas.to_string());
    three.tool(&["set-subnet", "--provider", &provider, "--subnet", &subnet]).ok();
    let report = three.tool(&["record", "--subnet", &subnet, "--json"]).json();

    assert_eq!(report["recorded_seconds"], HOUR);
    assert_eq!((served.account_of(session).await, served.hosted(atlas, TODAY).await), (atlas, (HOUR, 1)));
    assert!(report.get("providers_not_named").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_stays_with_the_account_of_its_first_booking_and_is_found_by_it() {
    let served = Served::new().await;
    let (three, atlas) = (&served.three, served.atlas);
    let borealis = served.subnet("borealis", 20_000);
    three.travel(MIDNIGHT + HOUR).await;
    let early = served.open("early", atlas, MIDNIGHT + 9 * HOUR);
    three.travel(MIDNIGHT + 2 * HOUR).await;
    three.tool(&["record", "--all-open"]).ok();
    let key = names::account_key("atlas").to_bytes().to_string();
    three.put_ether(Place::Base, atlas, U256::from(10_u64.pow(18))).await;
    let (provider, subnet) = (atlas.to_string(), borealis.to_string());
    let said = three.tool(&["set-subnet", "--provider", &provider, "--subnet", &subnet, "--private-key", &key]);
    assert!(said.errors.contains(&format!("record first what belongs to {atlas}")), "{}", said.errors);
    said.ok();
    let late = served.open("late", atlas, MIDNIGHT + 4 * HOUR);
    three.travel(MIDNIGHT + 10 * HOUR).await;

    let of_atlas = three.tool(&["record", "--subnet", &provider, "--json"]).json();
    let of_borealis = three.tool(&["record", "--subnet", &subnet, "--json"]).json();

    let ids = |report: &Value| {
        let lines = report["sessions"].as_array().unwrap();
        lines.iter().map(|line| line["session"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((ids(&of_atlas), ids(&of_borealis)), (vec![early.to_string()], vec![late.to_string()]));
    assert_eq!([served.account_of(early).await, served.account_of(late).await], [atlas, borealis]);
    assert_eq!(served.hosted(atlas, TODAY).await, (8 * HOUR, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_count_on_arbitrum_is_not_worth_a_transaction_on_base() {
    let served = Served::new().await;
    let three = &served.three;
    let poor = served.subnet("poor", 9_999);
    three.travel(MIDNIGHT + HOUR).await;
    served.open("s", poor, MIDNIGHT + 2 * HOUR);
    three.travel(MIDNIGHT + 5 * HOUR).await;
    let before = three.sent().await;

    let all = three.tool(&["record", "--all-open"]).ok();
    let named = three.tool(&["record", "--subnet", &poor.to_string()]);

    assert!(all.contains("1 subnet not eligible on any open day"), "{all}");
    assert!(named.output.contains("1 MOR are missing") || named.output.contains("1 is missing"), "{}", named.output);
    named.failed(1);
    assert_eq!(three.sent().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_too_late_is_dropped_on_base_and_said_once() {
    let served = Served::new().await;
    let (three, atlas) = (&served.three, served.atlas);
    three.travel(MIDNIGHT + DAY + HOUR).await;
    let session = served.open("s", atlas, MIDNIGHT + DAY + 2 * HOUR);
    three.travel(MIDNIGHT + 6 * DAY).await;

    let first = three.tool(&["record", "--all-open"]);
    assert!(first.output.contains(&format!("too late: {HOUR} s lost")), "{}", first.output);
    assert!(first.failed(1).contains("told once"));
    let again = three.tool(&["record", "--all-open"]).ok();

    assert!(again.ends_with("nothing to record\n"), "{again}");
    assert_eq!((served.account_of(session).await, served.hosted(atlas, TODAY + 1).await), (atlas, (0, 0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_base_does_not_take_in_one_transaction_goes_in_two() {
    let served = Served::new().await;
    let (three, atlas) = (&served.three, served.atlas);
    three.travel(MIDNIGHT + HOUR).await;
    for number in 0..400 {
        served.open(&number.to_string(), atlas, MIDNIGHT + 2 * HOUR);
    }
    three.travel(MIDNIGHT + 5 * HOUR).await;

    let planned = three.tool(&["record", "--all-open", "--batch", "400", "--dry-run", "--json"]).json();
    let report = three.tool(&["record", "--all-open", "--batch", "400", "--json"]).json();

    assert_eq!((&planned["would_record_sessions"], &report["recorded_sessions"]), (&400.into(), &400.into()));
    let transactions = report["transactions"].as_array().unwrap();
    assert_eq!(transactions.len(), 2, "{transactions:?}");
    let base = three.provider(Place::Base);
    for hash in transactions {
        let hash = hash.as_str().unwrap().parse().unwrap();
        let sent = base.get_transaction_by_hash(hash).await.unwrap().unwrap();
        assert!(alloy::consensus::Transaction::gas_limit(&sent) <= 1 << 24);
    }
    assert_eq!(served.hosted(atlas, TODAY).await.1, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_and_what_somebody_else_signs_change_nothing_and_name_base() {
    let served = Served::new().await;
    let (three, atlas) = (&served.three, served.atlas);
    three.travel(MIDNIGHT + HOUR).await;
    served.open("s", atlas, MIDNIGHT + 2 * HOUR);
    three.travel(MIDNIGHT + 5 * HOUR).await;
    let before = three.sent().await;

    let planned = three.tool(&["record", "--all-open", "--dry-run"]).ok();
    let unsigned = three.tool(&["record", "--all-open", "--unsigned-from", &DEV_ACCOUNT.to_string()]).ok();

    assert!(planned.contains("would record 1 session, 3600 s"), "{planned}");
    let transaction: Value = serde_json::from_str(&unsigned).unwrap();
    assert_eq!((&transaction["chain_id"], &transaction["to"]), (&BASE_ID.into(), &serde_json::json!(served.recorder)));
    assert_eq!(three.sent().await, before);
}
