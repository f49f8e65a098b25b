//! `cargo mrc53 record`, run as a keeper runs it, against the whole suite on a devnode.

use alloy::primitives::{Address, B256, U256};
use alloy::providers::Provider;
use alloy::sol;
use mrc53_abi::{MorToken, SessionRecorder, StakeAlignment};
use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::asking::ask;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, Stand, TODAY};

sol!(DiamondHarness, "solidity/artifacts/DiamondHarness.json");

/// A stand with the subnet `atlas`, eligible.
async fn stand() -> (Stand, Address) {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 20_000).await;
    (stand, atlas)
}

/// What the tool's JSON says of one session.
fn line_of(report: &Value, session: B256) -> &Value {
    let lines = report["sessions"].as_array().unwrap();
    lines.iter().find(|line| line["session"] == session.to_string()).unwrap()
}

/// Exit code and JSON of a run over all open sessions.
fn reported(stand: &Stand, words: &[&str]) -> (i32, Value) {
    let ended = stand.tool(&[&["record", "--all-open", "--json"], words].concat());
    (ended.code, serde_json::from_str(&ended.output).unwrap())
}

async fn block(stand: &Stand) -> u64 {
    stand.chain.provider.get_block_number().await.unwrap()
}

/// Seconds booked for `subnet` on `day`.
async fn booked(stand: &Stand, subnet: Address, day: u32) -> u64 {
    ask(&stand.chain.provider, stand.suite.recorder, SessionRecorder::usageOfCall { subnet, day }).await.subnetSeconds
}

/// Opens the session called `name` at `at`.
async fn open_at(stand: &Stand, name: &str, subnet: Address, at: u64, ends_at: u64) -> B256 {
    stand.at(at).await;
    stand.open(name, subnet, ends_at).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_session_is_booked_until_its_closing() {
    let (stand, atlas) = stand().await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 9 * HOUR).await;
    stand.at(MIDNIGHT + 2 * HOUR).await;
    stand.call(stand.chain.main, stand.diamond, DiamondHarness::closeSessionCall { sessionId: session }).await;
    stand.travel(MIDNIGHT + 10 * HOUR).await;

    let report = stand.tool(&["record", "--session", &session.to_string(), "--json"]).json();

    assert_eq!(line_of(&report, session)["booked_seconds"], HOUR);
    assert_eq!(booked(&stand, atlas, TODAY).await, HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_never_closed_is_booked_until_its_agreed_end() {
    let (stand, atlas) = stand().await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 4 * HOUR).await;
    stand.travel(MIDNIGHT + 10 * HOUR).await;

    let report = stand.tool(&["record", "--subnet", &atlas.to_string(), "--json"]).json();

    assert_eq!(line_of(&report, session)["booked_seconds"], 3 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_session_is_booked_until_now_and_the_rest_by_a_later_run() {
    let (stand, atlas) = stand().await;
    open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 4 * HOUR).await;
    stand.travel(MIDNIGHT + 2 * HOUR).await;

    let first = stand.tool(&["record", "--all-open", "--json"]).json()["recorded_seconds"].as_u64().unwrap();
    stand.travel(MIDNIGHT + 9 * HOUR).await;
    let second = stand.tool(&["record", "--all-open", "--json"]).json()["recorded_seconds"].as_u64().unwrap();

    assert!((HOUR..2 * HOUR).contains(&first), "{first}");
    assert_eq!(first + second, 3 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_finds_nothing_new_and_sends_nothing() {
    let (stand, atlas) = stand().await;
    open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;
    stand.tool(&["record", "--all-open"]).ok();
    let before = block(&stand).await;

    let again = stand.tool(&["record", "--all-open"]).ok();

    assert!(again.contains("1 session with nothing new") && again.ends_with("nothing to record\n"), "{again}");
    assert_eq!(block(&stand).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_what_would_be_booked_and_changes_nothing() {
    let (stand, atlas) = stand().await;
    open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;
    let before = block(&stand).await;

    let output = stand.tool(&["record", "--all-open", "--dry-run"]).ok();

    assert!(output.contains("would record 1 session, 3600 s"), "{output}");
    assert_eq!((block(&stand).await, booked(&stand, atlas, TODAY).await), (before, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_subnet_that_is_not_eligible_fails_and_is_recorded_once_it_is() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 9_999).await;
    open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;
    let words = ["record", "--subnet", &atlas.to_string()];

    let first = stand.tool(&words);
    assert!(first.output.contains("its subnet has 9999 of 10000 MOR staked, 1 MOR are missing"), "{first:?}");
    first.failed(1);
    let (alice, amount) = (names::address("alice"), U256::from(10 * MOR));
    stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: alice, value: amount }).await;
    stand.call(alice, stand.suite.alignment, StakeAlignment::stakeCall { subnet: atlas, amount }).await;
    let second = stand.tool(&words).ok();

    assert!(second.contains("recorded 1 session, 3600 s"), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_session_of_a_subnet_that_is_not_eligible_fails_with_the_reason() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 9_999).await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let ended = stand.tool(&["record", "--session", &session.to_string()]);

    assert!(ended.output.contains("not eligible on any open day of it: its subnet has 9999 of 10000 MOR"), "{ended:?}");
    assert!(ended.failed(1).contains("1 left unrecorded"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_session_of_an_address_that_is_no_subnet_fails_and_says_so() {
    let (stand, _) = stand().await;
    let session = open_at(&stand, "s", names::address("stranger"), MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let ended = stand.tool(&["record", "--session", &session.to_string()]);

    assert!(ended.output.contains("its subnet is not registered"), "{ended:?}");
    ended.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_holds_the_minimum_now_and_did_not_before_is_told_so() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 9_999).await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    // Of the next day, and too late on it to count for all of it.
    stand.at(MIDNIGHT + DAY + 12 * HOUR).await;
    let (alice, amount) = (names::address("alice"), U256::from(MOR));
    stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: alice, value: amount }).await;
    stand.call(alice, stand.suite.alignment, StakeAlignment::stakeCall { subnet: atlas, amount }).await;

    let ended = stand.tool(&["record", "--session", &session.to_string()]);

    assert!(ended.output.contains("10000 of 10000 MOR staked now, and had less on each of its open days"), "{ended:?}");
    ended.failed(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_nobody_named_and_that_is_not_eligible_is_passed_over() {
    let (stand, atlas) = stand().await;
    let borealis = stand.subnet("borealis", "bob", 1).await;
    open_at(&stand, "a", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    open_at(&stand, "b", borealis, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let report = stand.tool(&["record", "--all-open", "--json"]).json();

    assert_eq!(report["subnets_not_eligible"], json!([borealis]));
    assert_eq!((&report["recorded_sessions"], &report["left_undone"]), (&json!(1), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_sessions_of_more_than_a_page_are_recorded() {
    let (stand, atlas) = stand().await;
    for name in ["a", "b", "c", "d", "e"] {
        open_at(&stand, name, atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    }
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let report = stand.tool(&["record", "--all-open", "--page", "2", "--json"]).json();

    assert_eq!(report["recorded_seconds"], 5 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_stops_after_a_page_of_sessions_that_can_gain_nothing_any_more() {
    let (stand, atlas) = stand().await;
    for name in ["a", "b", "c", "d"] {
        open_at(&stand, name, atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    }
    stand.travel(MIDNIGHT + 3 * HOUR).await;
    // Not the account that goes on below, which counts its own transactions.
    let alice = names::account_key("alice").to_bytes().to_string();
    stand.tool(&["record", "--all-open", "--private-key", &alice]).ok();
    let later = MIDNIGHT + 20 * DAY;
    let newest = open_at(&stand, "e", atlas, later, later + HOUR).await;
    stand.travel(later + 2 * HOUR).await;

    let report = stand.tool(&["record", "--all-open", "--page", "2", "--json"]).json();
    let wider = stand.tool(&["record", "--all-open", "--page", "2", "--max-session-days", "30", "--json"]).json();

    assert_eq!(line_of(&report, newest)["booked_seconds"], HOUR);
    assert_eq!(report["sessions"].as_array().unwrap().len(), 4);
    assert_eq!(wider["sessions"].as_array().unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_sessions_than_a_batch_holds_take_several_transactions() {
    let (stand, atlas) = stand().await;
    for number in 0..53 {
        open_at(&stand, &format!("s{number}"), atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    }
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let report = stand.tool(&["record", "--all-open", "--json"]).json();

    assert_eq!(report["transactions"].as_array().unwrap().len(), 2);
    assert_eq!(booked(&stand, atlas, TODAY).await, 53 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_with_a_receipt_too_large_for_a_batch_is_recorded_alone() {
    let (stand, atlas) = stand().await;
    let light = open_at(&stand, "light", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    open_at(&stand, "light too", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    let mut session =
        ask(&stand.chain.provider, stand.diamond, DiamondHarness::getSessionCall { sessionId: light }).await;
    session.closeoutReceipt = vec![7; 24_000].into();
    session.closedAt = session.endsAt;
    let heavy = names::session_id("heavy");
    stand.call(stand.chain.main, stand.diamond, DiamondHarness::putSessionCall { sessionId: heavy, session }).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let report = stand.tool(&["record", "--all-open", "--json"]).json();

    assert_eq!(line_of(&report, heavy)["booked_seconds"], HOUR);
    let (heavy, light) = (line_of(&report, heavy), line_of(&report, light));
    assert_ne!(heavy["transaction"], light["transaction"]);
    assert_eq!((&report["recorded_sessions"], &report["left_undone"]), (&json!(3), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loss_is_reported_once_with_exit_code_one_and_never_again() {
    let (stand, atlas) = stand().await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    // The clock goes on while the tool starts; the edge to the second is `due`'s.
    stand.travel(MIDNIGHT + 4 * DAY - 60).await;
    assert_eq!(reported(&stand, &["--dry-run"]).1["lost_seconds"], 0);
    stand.travel(MIDNIGHT + 4 * DAY).await;
    let before = block(&stand).await;
    for _ in 0..2 {
        let (code, report) = reported(&stand, &["--dry-run"]);
        assert_eq!((code, &report["lost_seconds"]), (1, &json!(HOUR)));
    }
    assert_eq!(block(&stand).await, before);

    let first = stand.tool(&["record", "--all-open"]);

    assert!(first.output.contains("too late: 3600 s lost"), "{first:?}");
    assert!(first.output.contains("; newly lost: 3600 s of 1 session\n"), "{first:?}");
    assert!(first.failed(1).contains("3600 s of 1 session are lost"));
    let (code, again) = reported(&stand, &[]);
    assert_eq!((code, &again["lost_seconds"], &again["sent"]), (0, &json!(0), &json!(false)));
    let by_name = stand.tool(&["record", "--session", &session.to_string()]).ok();
    assert!(by_name.contains("1 session with nothing new"), "{by_name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_loss_is_told_without_the_earlier_one() {
    let (stand, atlas) = stand().await;
    open_at(&stand, "first", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    let second = open_at(&stand, "second", atlas, MIDNIGHT + DAY, MIDNIGHT + DAY + 5 * HOUR).await;
    stand.travel(MIDNIGHT + 4 * DAY).await;
    // The second is still open: it is booked in part by nobody, and lost a day later.
    stand.tool(&["record", "--session", &names::session_id("first").to_string()]).failed(1);
    stand.travel(MIDNIGHT + 5 * DAY).await;

    let (code, report) = reported(&stand, &[]);

    assert_eq!((code, &report["lost_seconds"], &report["lost_sessions"]), (1, &json!(5 * HOUR), &json!(1)));
    assert_eq!(line_of(&report, second)["outcome"], "too_late");
    assert_eq!(reported(&stand, &[]).0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn losses_are_looked_for_behind_a_page_of_sessions_that_are_past() {
    let (stand, atlas) = stand().await;
    for name in ["a", "b", "c", "d"] {
        open_at(&stand, name, atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    }
    stand.travel(MIDNIGHT + 30 * DAY).await;

    let (code, report) = reported(&stand, &["--page", "2"]);

    assert_eq!((code, &report["lost_seconds"]), (1, &json!(4 * HOUR)));
    assert_eq!(report["transactions"].as_array().unwrap().len(), 1);
    let (code, report) = reported(&stand, &["--page", "2"]);
    assert_eq!((code, report["sessions"].as_array().unwrap().len()), (0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_on_final_days_that_did_not_count_is_no_loss() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 9_999).await;
    open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.at(MIDNIGHT + DAY).await;
    let (alice, amount) = (names::address("alice"), U256::from(MOR));
    stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: alice, value: amount }).await;
    stand.call(alice, stand.suite.alignment, StakeAlignment::stakeCall { subnet: atlas, amount }).await;
    stand.travel(MIDNIGHT + 4 * DAY).await;

    let said = stand.tool(&["record", "--all-open"]).ok();

    assert!(said.contains("1 session on final days on which nothing was to be earned"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_passed_over_are_named() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 9_999).await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + 23 * HOUR, MIDNIGHT + 50 * HOUR).await;
    stand.at(MIDNIGHT + 2 * DAY).await;
    let (alice, amount) = (names::address("alice"), U256::from(MOR));
    stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: alice, value: amount }).await;
    stand.call(alice, stand.suite.alignment, StakeAlignment::stakeCall { subnet: atlas, amount }).await;
    stand.travel(MIDNIGHT + 3 * DAY).await;
    let passed = json!([{"from_day": TODAY, "to_day": TODAY + 2}]);

    let planned = reported(&stand, &["--dry-run"]).1;
    let text = stand.tool(&["record", "--all-open", "--dry-run"]).ok();
    let (code, report) = reported(&stand, &[]);

    assert_eq!(line_of(&planned, session)["passed_over"], passed);
    assert!(text.contains("would book 7200 s; passed over 2025-02-21 to 2025-02-22: its subnet was not"), "{text}");
    assert_eq!((code, &line_of(&report, session)["booked_seconds"]), (0, &json!(2 * HOUR)));
    assert_eq!(line_of(&report, session)["passed_over"], passed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loss_of_a_subnet_that_has_left_is_reported_and_rings_for_nothing_else() {
    let (stand, atlas) = stand().await;
    open_at(&stand, "s", atlas, MIDNIGHT + 7 * DAY, MIDNIGHT + 7 * DAY + HOUR).await;
    stand.at(MIDNIGHT + 8 * DAY).await;
    let withdraw = StakeAlignment::withdrawCall { subnet: atlas, amount: U256::from(20_000 * MOR) };
    stand.call(names::address("alice"), stand.suite.alignment, withdraw).await;
    open_at(&stand, "t", atlas, MIDNIGHT + 8 * DAY + HOUR, MIDNIGHT + 8 * DAY + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 11 * DAY).await;

    let (code, report) = reported(&stand, &[]);

    assert_eq!((code, &report["lost_seconds"], &report["left_undone"]), (1, &json!(HOUR), &json!(0)), "{report}");
    assert_eq!(reported(&stand, &[]).0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_part_that_is_not_too_late_is_booked_and_the_rest_reported_as_lost() {
    let (stand, atlas) = stand().await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + 23 * HOUR, MIDNIGHT + 26 * HOUR).await;
    stand.travel(MIDNIGHT + 4 * DAY).await;

    let (code, report) = reported(&stand, &[]);

    let line = line_of(&report, session);
    assert_eq!((&line["booked_seconds"], &line["lost_seconds"]), (&json!(2 * HOUR), &json!(HOUR)));
    assert_eq!((code, reported(&stand, &[]).0), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_session_with_fewer_new_seconds_than_asked_for_is_left() {
    let (stand, atlas) = stand().await;
    // On the fourth day since the first, so that nothing new lies on the first open day.
    let opened_at = MIDNIGHT + 4 * DAY;
    open_at(&stand, "s", atlas, opened_at, opened_at + DAY).await;
    stand.travel(opened_at + HOUR).await;

    let left = stand.tool(&["record", "--all-open", "--min-seconds", "7200", "--json"]).json();
    let taken = stand.tool(&["record", "--all-open", "--min-seconds", "3600", "--json"]).json();

    assert_eq!(left["sessions"][0]["outcome"], "left");
    assert_eq!(taken["sessions"][0]["outcome"], "booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_of_a_run_names_every_session_its_outcome_and_the_sums() {
    let (stand, atlas) = stand().await;
    let session = open_at(&stand, "s", atlas, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR).await;
    stand.travel(MIDNIGHT + 3 * HOUR).await;

    let report = stand.tool(&["record", "--all-open", "--json"]).json();

    let transaction = report["transactions"][0].clone();
    let line = json!({"session": session, "subnet": atlas, "outcome": "booked", "booked_seconds": 3600,
        "lost_seconds": 0, "passed_over": [], "transaction": transaction});
    let whole = json!({"dry_run": false, "sent": true, "sessions": [line], "subnets_not_eligible": [], "standings": [],
        "transactions": [transaction], "gas": report["gas"], "recorded_sessions": 1, "recorded_seconds": 3600,
        "would_record_sessions": 0, "would_record_seconds": 0, "would_use_gas": 0, "lost_seconds": 0,
        "lost_sessions": 0, "left_undone": 0});
    assert!(report["gas"].as_u64().unwrap() > 21_000 && transaction.is_string());
    assert_eq!(report, whole);
}
