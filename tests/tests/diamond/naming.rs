//! What the Diamond's owner signs once the facet with the hook stands: whom sessions are booked at, whose payments
//! count, and both taken back; and what `status` says of it.

use std::path::PathBuf;

use alloy::primitives::Address;
use mrc53_abi::SessionRecorder;
use mrc53_node::book::{Book, Record};
use mrc53_node::profile::Network;
use mrc53_suite::contract::Contract;
use serde_json::{Value, json};

use super::artifacts::SessionFacetWithHook;
use super::compute::{Compute, OPENING, event};
use super::cutting::execute;
use crate::suite_support::{DAY, HOUR, MIDNIGHT};

/// Runs the act in `words`, which must be accepted, and returns what it said and the file that it wrote.
fn act(compute: &Compute, words: &[&str]) -> (Value, PathBuf) {
    let file = compute.folder.path().join("act.json");
    let said = compute.tool(&[&["safe"], words, &["--out", file.to_str().unwrap(), "--json"]].concat()).json();
    (said, file)
}

/// The same, executed by the Diamond's owner.
async fn carry_out(compute: &Compute, words: &[&str]) -> Value {
    let (said, file) = act(compute, words);
    execute(compute, &file).await;
    said
}

fn refused(compute: &Compute, words: &[&str]) -> String {
    compute.tool(&[&["safe"], words].concat()).failed(2)
}

/// What `status` says of both parts of the upgrade.
fn states(compute: &Compute) -> [Value; 2] {
    let page = compute.tool(&["status", "--json"]).json();
    ["recorder", "distributors"].map(|part| page["hook"][part]["state"].clone())
}

fn problems(compute: &Compute) -> String {
    compute.tool(&["status", "--json"]).json()["problems"].to_string()
}

/// A contract that answers every call with `address`.
async fn answering(compute: &Compute, address: Address) -> Address {
    // PUSH20 address, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
    let code = [&[0x73], address.as_slice(), &[0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]].concat();
    compute.contract(&code).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_facet_nothing_can_be_named_and_status_says_that_it_is_missing() {
    let compute = Compute::new().await;

    for act in ["set-recorder", "set-distributors"] {
        let why = refused(&compute, &[act]);
        assert!(why.contains("cargo mrc53 diamond-cut"), "{why}");
    }
    assert_eq!(states(&compute), [json!("missing"), json!("missing")]);
    assert!(!problems(&compute).contains("Diamond's"), "{}", problems(&compute));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recorder_books_sessions_while_it_is_named_and_not_once_it_is_taken_back() {
    let compute = Compute::new().await;
    compute.cut_hook_in().await;
    let owner = compute.chain.main;
    assert_eq!(states(&compute)[0], json!("off"));

    let said = carry_out(&compute, &["set-recorder"]).await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    let booked = compute.close_at(OPENING + HOUR, session).await;
    let set = states(&compute);
    let again = refused(&compute, &["set-recorder"]);
    let back = carry_out(&compute, &["set-recorder", "--off"]).await;
    let session = compute.open_at(OPENING + 2 * HOUR, 2 * HOUR).await;
    let not_booked = compute.close_at(OPENING + 3 * HOUR, session).await;

    assert_eq!(said["from"], json!(owner));
    assert!(said["summary"].as_str().unwrap().contains("safe set-recorder --off"), "{said}");
    assert!(event::<SessionRecorder::SessionBooked>(&booked).is_some());
    assert_eq!(set[0], json!("set"));
    assert!(again.contains("nothing to do"), "{again}");
    let undo = format!("safe set-recorder --recorder {}", compute.suite.recorder);
    assert!(back["summary"].as_str().unwrap().contains(&undo), "{back}");
    assert!(event::<SessionRecorder::SessionBooked>(&not_booked).is_none());
    assert_eq!(states(&compute)[0], json!("off"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hook_is_taken_back_whatever_has_expired() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    carry_out(&compute, &["set-distributors"]).await;
    compute.travel(MIDNIGHT + 366 * DAY).await;
    compute.tool(&["safe", "set-recorder"]).failed(1);

    carry_out(&compute, &["set-recorder", "--off"]).await;
    carry_out(&compute, &["set-distributors", "--off"]).await;

    assert_eq!(states(&compute), [json!("off"), json!("off")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_of_another_diamond_or_none_at_all_is_refused() {
    let compute = Compute::new().await;
    compute.cut_hook_in().await;
    let foreign = answering(&compute, compute.token).await.to_string();
    let (token, diamond) = (compute.token, compute.diamond);

    let of_another = refused(&compute, &["set-recorder", "--recorder", &foreign]);
    let no_recorder = refused(&compute, &["set-recorder", "--recorder", &compute.suite.alignment.to_string()]);

    assert!(of_another.contains(&format!("reads sessions of {token}, not of the Diamond {diamond}")), "{of_another}");
    assert!(no_recorder.contains("does not answer source()"), "{no_recorder}");
    assert_eq!(states(&compute)[0], json!("off"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_and_distributors_that_are_not_the_suites_are_called_wrong() {
    let compute = Compute::new().await;
    compute.cut_hook_in().await;
    let other = answering(&compute, compute.diamond).await;
    let said = carry_out(&compute, &["set-recorder", "--recorder", &other.to_string()]).await;
    assert!(said["summary"].as_str().unwrap().contains("`status` will call it wrong"), "{said}");
    let named = SessionFacetWithHook::setRewardDistributorsCall { distributors: vec![other] };
    compute.call(compute.chain.main, compute.diamond, named).await;

    let words = problems(&compute);

    let (recorder, distributor) = (compute.suite.recorder, compute.suite.distributor);
    assert_eq!(states(&compute), [json!("wrong"), json!("wrong")]);
    assert!(words.contains(&format!("session recorder is {other}, the suite's is {recorder}")), "{words}");
    assert!(words.contains(&format!("reward distributors is {other}, the suite's is {distributor}")), "{words}");
    compute.tool(&["status", "--check"]).failed(1);
    carry_out(&compute, &["set-recorder"]).await;
    carry_out(&compute, &["set-distributors"]).await;
    assert_eq!(states(&compute), [json!("set"), json!("set")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_distributor_that_has_a_successor_which_has_paid_nothing_yet_is_announced_and_not_wrong() {
    let compute = Compute::new().await;
    compute.cut_hook_in().await;
    carry_out(&compute, &["set-distributors"]).await;
    for (paid, state) in [(Address::ZERO, "set"), (Address::with_last_byte(1), "wrong")] {
        let successor = answering(&compute, paid).await;
        let network = Network::find("local").unwrap();
        let mut book = Book::load(compute.folder.path(), &network).unwrap();
        let old = book.newest(Contract::RewardDistributor).unwrap().clone();
        book.contracts.push(Record { address: successor, ..old });
        book.save(compute.folder.path()).unwrap();

        let page = compute.tool(&["status", "--json"]).json();

        let follows = format!("to be followed by {successor}: cargo mrc53 safe set-distributors");
        assert_eq!(page["hook"]["distributors"]["state"], state);
        assert_eq!(page["notices"].to_string().contains(&follows), state == "set", "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn distributors_count_while_they_are_named_and_only_what_pays_mor_can_be() {
    let compute = Compute::new().await;
    compute.cut_hook_in().await;
    let ours = compute.suite.distributor.to_string();
    let with = |words: &[&str]| refused(&compute, &[&["set-distributors"], words].concat());

    let twice = with(&["--distributor", &ours, "--distributor", &ours]);
    let other_token = answering(&compute, compute.diamond).await.to_string();
    let other_token = with(&["--distributor", &other_token]);
    let none_yet = with(&["--off"]);
    let said = carry_out(&compute, &["set-distributors"]).await;
    let set = compute.ask(SessionFacetWithHook::getRewardDistributorsCall {}).await;
    let again = with(&[]);
    let back = compute.tool(&["safe", "set-distributors", "--off", "--send", "--json"]).json();

    assert!(twice.contains("RewardDistributorListedTwice"), "{twice}");
    assert!(other_token.contains("not MOR at"), "{other_token}");
    assert!(none_yet.contains("nothing to do") && again.contains("nothing to do"), "{none_yet} {again}");
    assert_eq!((&said["sent"], &back["sent"]), (&json!(false), &json!(true)));
    assert!(said["summary"].as_str().unwrap().contains("0 MOR so far"), "{said}");
    assert_eq!(set, [compute.suite.distributor]);
    assert!(back["summary"].as_str().unwrap().contains(&format!("--distributor {ours}")), "{back}");
    assert_eq!(compute.ask(SessionFacetWithHook::getRewardDistributorsCall {}).await, [Address::ZERO; 0]);
}
