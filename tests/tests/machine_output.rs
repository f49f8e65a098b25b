//! What machines read: keys in one style, and nothing called done that is only planned.

use alloy::primitives::U256;
use mrc53_stage::scenario::names;
use serde_json::{Value, json};

use crate::keeper_support::{FINAL, block, keep, settled, stand, wei};
use crate::suite_support::{DAY, Ended, HOUR, MIDNIGHT, Stand, require_snake_case, run};

/// The two ways to send nothing.
fn ways() -> [Vec<String>; 2] {
    [vec!["--dry-run".into()], vec!["--unsigned-from".into(), names::address("a safe").to_string()]]
}

/// The report of a run that sends nothing: beneath the transactions where they are written down.
fn report(ended: &Ended) -> Value {
    assert_eq!(ended.code, 0, "{ended:?}");
    let is_unsigned = ended.output.starts_with("{\"what\"");
    for line in ended.output.lines().filter(|_| is_unsigned) {
        let transaction: Value = serde_json::from_str(line).unwrap();
        require_snake_case(&transaction);
        assert!(transaction["to"].is_string() && transaction["chain_id"] == 412_346, "{transaction}");
    }
    let errors = format!("\n{}", ended.errors);
    let start = || errors.find("\n{").or_else(|| errors.find("\n[")).unwrap();
    let text = if is_unsigned { &errors[start()..] } else { &ended.output };
    let said = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
    require_snake_case(&said);
    said
}

/// Runs `words` in both ways on a chain that stays as it is, and returns both reports.
async fn planned(stand: &Stand, words: &[&str]) -> Vec<Value> {
    let before = block(stand).await;
    let mut reports = Vec::new();
    for way in ways() {
        let way: Vec<&str> = way.iter().map(String::as_str).collect();
        reports.push(report(&keep(stand, &[words, &["--json"], &way].concat())));
    }
    assert_eq!(block(stand).await, before);
    reports
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_recorded_settled_or_paid_that_is_only_planned() {
    let (stand, atlas) = stand().await;
    stand.fill_pool(1_000).await;
    stand.at(MIDNIGHT + 5 * HOUR).await;
    stand.open("late", atlas, MIDNIGHT + 6 * HOUR).await;
    stand.travel(MIDNIGHT + 7 * HOUR).await;
    for said in planned(&stand, &["record", "--all-open"]).await {
        let done = [&said["sent"], &said["recorded_seconds"], &said["recorded_sessions"], &said["gas"]];
        assert_eq!(done, [&json!(false), &json!(0), &json!(0), &json!(0)]);
        assert_eq!(said["would_record_seconds"], HOUR);
    }

    stand.travel(FINAL).await;
    for said in planned(&stand, &["settle"]).await {
        assert_eq!([&said["sent"], &said["days"], &said["credited_wei"]], [&json!(false), &json!(0), &json!("0")]);
        assert_eq!(said["would_settle_days"], 1);
        assert!(wei(&said["would_credit_wei"]) > U256::ZERO);
        let line = &said["subnets"][0];
        assert_eq!((&line["to_day"], &line["next_day"]), (&line["from_day"], &line["from_day"]));
    }

    keep(&stand, &["settle"]).ok();
    for said in planned(&stand, &["claim"]).await {
        assert_eq!([&said["sent"], &said["paid_wei"]], [&json!(false), &json!("0")]);
        assert!(wei(&said["would_pay_wei"]) > U256::ZERO);
        assert_eq!(said["owed_wei"], said["would_pay_wei"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_standard_output_does_not_take_is_on_standard_error() {
    let stand = Stand::new().await;
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let folder = stand.folder.path().to_str().unwrap().to_owned();
    let mut command = std::process::Command::new(crate::suite_support::tool());
    command.args(["status", "--json", "--network", "local", "--rpc-url", &stand.url(), "--deployments", &folder]);

    let ended = command.stdout(full).output().unwrap();

    let errors = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{errors}");
    assert!(errors.contains("\"problems\"") && errors.contains("error: standard output cannot be written"), "{errors}");
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_and_owners_are_told_that_nothing_was_sent() {
    let stand = Stand::new().await;
    stand.travel(MIDNIGHT + 300 * DAY).await;
    let main = stand.chain.main.to_string();
    for way in [&["--dry-run"][..], &["--unsigned-from", &main]] {
        let run = |words: &[&str]| report(&stand.tool(&[words, &["--json"], way].concat()));
        for entry in run(&["keepalive"]).as_array().unwrap() {
            assert_eq!((&entry["sent"], &entry["step"]), (&json!(false), &json!("keepalive")));
        }
        let cache = run(&["cache"]);
        assert!(cache["programs"].as_array().unwrap().iter().all(|entry| entry["sent"] == false), "{cache}");
        let safe = run(&["safe", "pause", "claiming", "--send"]);
        assert_eq!((&safe["sent"], &safe["transactions"][0]["sent"]), (&json!(false), &json!(false)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_verb_speaks_json_in_snake_case() {
    let (stand, atlas) = settled().await;
    stand.fill_pool(1_000).await;
    stand.travel(FINAL + 9 * DAY).await;
    let out = stand.folder.path().join("bundle.json");
    let safe = ["safe", "pause", "staking", "--out", out.to_str().unwrap(), "--json"];
    for words in [
        &["status", "--json"][..],
        &["record", "--subnet", &atlas.to_string(), "--json"],
        &["settle", "--all", "--json"],
        &["claim", "--json"],
        &["keepalive", "--json"],
        &["cache", "--json"],
        &safe,
    ] {
        // Held to the style as it is read.
        stand.tool(words).json();
    }
    run(&["build", "--json"]).json();
    run(&["demo", "--json"]).json();
    run(&["demo", "--base", "--json"]).json();
}
