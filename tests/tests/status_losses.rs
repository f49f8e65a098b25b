//! `cargo mrc53 status --check` as the alarm that recording has: before session-seconds are lost, once they are, and after
//! a run of `record` has dropped them.

use alloy::primitives::{Address, keccak256};
use alloy::providers::Provider;
use alloy::sol_types::SolValue;
use mrc53_abi::RewardDistributor::{settleCall, voidDaysCall};
use mrc53_stage::scenario::names;
use mrc53_stage::{deploy, suite};
use mrc53_suite::contract::Contract;
use serde_json::{Value, json};

use crate::suite_support::{DAY, Ended, HOUR, MIDNIGHT, Stand, programs};

/// From when on no second of the first day can be booked any more.
const FINAL: u64 = MIDNIGHT + 4 * DAY;

/// A stand on which all is well but for an hour that `atlas` has hosted on the first day, from 01:00 on.
async fn unrecorded() -> (Stand, Address) {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 20_000).await;
    stand.fill_pool(10_000).await;
    stand.at(MIDNIGHT + HOUR).await;
    stand.open("s", atlas, MIDNIGHT + 2 * HOUR).await;
    (stand, atlas)
}

/// Records what can be, as an account that sends nothing else.
fn record(stand: &Stand) -> Ended {
    let key = names::account_key("alice").to_bytes().to_string();
    stand.tool(&["record", "--all-open", "--private-key", &key])
}

/// Exit code and page of a check.
fn check(stand: &Stand, words: &[&str]) -> (i32, Value) {
    let ended = stand.tool(&[&["status", "--check", "--json"], words].concat());
    (ended.code, serde_json::from_str(&ended.output).unwrap())
}

fn problems(page: &Value) -> String {
    page["problems"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn seconds_that_are_lost_within_a_day_ring_and_the_command_that_books_them_ends_it() {
    let (stand, atlas) = unrecorded().await;
    stand.travel(FINAL - 24 * HOUR - HOUR).await;
    let (code, early) = check(&stand, &[]);
    assert_eq!((code, &early["losses"]["ending"]), (0, &json!([])), "{}", problems(&early));
    stand.travel(FINAL - 24 * HOUR).await;

    let (code, page) = check(&stand, &[]);

    let command = format!("cargo mrc53 record --subnet {atlas}");
    let words = format!("{atlas}: 3600 s of 1 session not booked, and lost from 2025-02-25 00:00:00 UTC on: {command}");
    assert_eq!((code, problems(&page)), (1, words));
    let said = stand.tool(&["status", "--check"]).failed(1);
    assert!(said.contains(&format!("1 problem: {atlas}: 3600 s")), "{said}");
    stand.tool(&command.split_whitespace().skip(2).collect::<Vec<_>>()).ok();
    assert_eq!(check(&stand, &[]).0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_ahead_is_looked_can_be_chosen() {
    let (stand, _) = unrecorded().await;
    stand.travel(FINAL - 30 * HOUR).await;

    assert_eq!(check(&stand, &["--within", "30"]).0, 1);
    assert_eq!(check(&stand, &["--within", "29"]).0, 0);
    assert_eq!(check(&stand, &[]).0, 0);
    assert!(stand.tool(&["status", "--within", "30"]).failed(2).contains("--check"));
}

#[tokio::test(flavor = "multi_thread")]
async fn seconds_that_are_lost_ring_until_they_are_reported_and_for_a_day_after_it() {
    let (stand, atlas) = unrecorded().await;
    stand.travel(FINAL + HOUR).await;
    let (code, page) = check(&stand, &[]);
    let lost = json!([{"subnet": atlas, "seconds": HOUR, "sessions": 1}]);
    assert_eq!((code, &page["losses"]["lost"], &page["losses"]["dropped"]), (1, &lost, &json!([])));
    assert!(problems(&page).starts_with(&format!("{atlas}: 3600 s of 1 session LOST: not booked")), "{page}");
    stand.at(FINAL + 2 * HOUR).await;
    record(&stand).failed(1);
    // The day has paid nothing; what is settled is none of this test's.
    stand.call(stand.chain.main, stand.suite.distributor, settleCall { subnet: atlas, maxDays: 1 }).await;

    stand.travel(FINAL + 25 * HOUR).await;
    let (code, page) = check(&stand, &[]);
    assert_eq!((code, &page["losses"]["lost"], &page["losses"]["dropped"]), (1, &json!([]), &lost));
    assert!(problems(&page).contains("3600 s of 1 session LOST: dropped within the last 24 hours"), "{page}");
    stand.travel(FINAL + 27 * HOUR).await;

    assert_eq!(check(&stand, &[]).0, 0);
    assert_eq!(check(&stand, &["--within", "26"]).0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_session_that_is_recorded_once_a_day_does_not_ring() {
    let (stand, atlas) = unrecorded().await;
    record(&stand).ok();
    stand.at(MIDNIGHT + 3 * HOUR).await;
    stand.open("long", atlas, MIDNIGHT + 5 * DAY).await;
    for day in 1..5 {
        stand.travel(MIDNIGHT + day * DAY + HOUR).await;
        let (code, page) = check(&stand, &[]);
        assert_eq!(code, 0, "day {day}: {}", problems(&page));
        record(&stand).ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_is_not_eligible_has_nothing_to_lose() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 9_999).await;
    stand.fill_pool(10_000).await;
    stand.at(MIDNIGHT + HOUR).await;
    stand.open("s", atlas, MIDNIGHT + 2 * HOUR).await;

    for at in [FINAL - HOUR, FINAL + HOUR] {
        stand.travel(at).await;
        let (code, page) = check(&stand, &[]);
        assert_eq!((code, problems(&page)), (0, String::new()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_day_that_is_voided_nobody_has_anything_to_lose() {
    let (stand, _) = unrecorded().await;
    stand.travel(FINAL - HOUR).await;
    let (code, page) = check(&stand, &[]);
    assert_eq!((code, page["losses"]["ending"][0]["seconds"].clone()), (1, HOUR.into()));
    let first = u32::try_from(MIDNIGHT / DAY).unwrap();
    stand.call(stand.chain.main, stand.suite.distributor, voidDaysCall { fromDay: first, toDay: first + 1 }).await;

    for at in [FINAL - HOUR + 60, FINAL + HOUR] {
        stand.travel(at).await;
        let page = check(&stand, &[]).1;
        assert_eq!([&page["losses"]["ending"], &page["losses"]["lost"]], [&json!([]), &json!([])]);
    }
    let said = record(&stand).ok();
    assert!(said.contains("1 session on final days on which nothing was to be earned"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_recorder_that_no_calculator_reads_has_not_booked_is_no_loss() {
    let (stand, _) = unrecorded().await;
    let code = suite::code(programs(), Contract::SessionRecorder).unwrap();
    let arguments = (stand.diamond, stand.suite.alignment, 4_u32).abi_encode_params();
    let successor = deploy::stylus(&stand.chain, "session-recorder", &code, arguments).await.unwrap().address;
    stand.travel(FINAL + DAY + HOUR).await;
    assert_eq!(check(&stand, &[]).1["losses"]["lost"][0]["seconds"], HOUR);

    let path = stand.folder.path().join("412346.json");
    let mut book: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let mut newest = book["contracts"][1].clone();
    newest["address"] = json!(successor);
    book["contracts"].as_array_mut().unwrap().push(newest);
    std::fs::write(path, book.to_string()).unwrap();

    assert_eq!(check(&stand, &[]).1["losses"]["lost"], json!([]));
    let said = record(&stand).ok();
    assert!(said.contains("nothing was to be earned"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_distributor_that_cannot_be_called_neither_stops_recording_nor_silences_the_alarm() {
    let (stand, _) = unrecorded().await;
    let code = stand.chain.provider.get_code_at(stand.suite.distributor).await.unwrap();
    stand.outdate(keccak256(code)).await;
    stand.travel(FINAL - HOUR).await;
    assert_eq!(check(&stand, &[]).1["losses"]["ending"][0]["seconds"], HOUR);

    let said = record(&stand).ok();

    assert!(said.contains("1 session"), "{said}");
    assert_eq!(check(&stand, &[]).1["losses"]["ending"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_read_for_a_check_only() {
    let (stand, _) = unrecorded().await;
    stand.travel(FINAL - HOUR).await;

    let page = stand.tool(&["status", "--json"]).json();

    assert_eq!((&page["losses"], problems(&page)), (&Value::Null, String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_recorder_leaves_a_gap_and_the_page() {
    let (stand, _) = unrecorded().await;
    stand.travel(MIDNIGHT + 366 * DAY).await;

    let (code, page) = check(&stand, &[]);

    assert_eq!(code, 1);
    assert!(problems(&page).contains("whether sessions are recorded could not be read: "), "{}", problems(&page));
    assert!(problems(&page).contains("cargo mrc53 keepalive"), "{}", problems(&page));
}
