//! Days of sessions that were served, as the tool tells what they would have paid.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY, run};

/// A folder with two days of sessions of two providers: one hosts three hours of four, in one session of three.
fn ground() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sessions.jsonl");
    let session = |id: &str, provider: &str, opened_at: u64, hours: u64| {
        json!({ "id": id, "provider": provider, "opened_at": opened_at, "ends_at": opened_at + hours * HOUR, "closed_at": 0 })
            .to_string()
    };
    let day = |number: u64| {
        let midnight = MIDNIGHT + number * DAY;
        let id = |letter: &str| format!("{letter}{number}");
        [
            session(&id("a"), "0xAA", midnight, 3),
            session(&id("b"), "0xbb", midnight, 1),
            session(&id("c"), "0xbb", midnight + HOUR, 0),
        ]
    };
    std::fs::write(&file, [day(0), day(1)].concat().join("\n")).unwrap();
    (folder, file)
}

fn replayed(file: &Path, words: &[&str]) -> Value {
    run(&[&["replay", file.to_str().unwrap(), "--json"], words].concat()).json()
}

fn wei(value: &Value) -> u128 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn without_a_stake_usage_and_the_stake_that_it_needs_are_said() {
    let (_folder, file) = ground();
    let said = replayed(&file, &[]);
    let days = said["days"].as_array().unwrap();
    assert_eq!((&said["from_day"], &said["to_day"], days.len()), (&json!(TODAY), &json!(TODAY + 2), 4));
    assert!(days.iter().all(|day| wei(&day["by_seconds"]["paid_wei"]) == 0));
    // Three of four hours need three quarters of all that was emitted: with that stake they are paid.
    let stake = wei(&days[0]["by_seconds"]["stake_for_all_wei"]);
    std::fs::write(file.with_file_name("stake.csv"), format!("provider,mor\n0xaa,{}\n", stake / 10_u128.pow(18) + 1))
        .unwrap();
    let stake = file.with_file_name("stake.csv");
    let paid = replayed(&file, &["--stake", stake.to_str().unwrap(), "--to", &(TODAY + 1).to_string()]);
    let day = &paid["days"][0]["by_seconds"];
    assert_eq!((&day["paid_wei"], &day["binds"]), (&day["usage_side_wei"], &json!("usage")));
}

#[test]
fn both_rules_stand_side_by_side() {
    let (_folder, file) = ground();
    let said = replayed(&file, &["--stake", "equal:10000000"]);
    let [one, other] = [&said["days"][0], &said["days"][1]];
    let side = |day: &Value, rule: &str| wei(&day[rule]["usage_side_wei"]);
    assert_eq!(side(one, "by_seconds"), side(other, "by_seconds") * 3 + side(one, "by_seconds") % 3);
    assert_eq!(side(one, "by_sessions"), side(other, "by_sessions") / 2);
}

#[test]
fn people_see_providers_days_and_what_stays_in_the_pool() {
    let (_folder, file) = ground();
    let file = file.to_str().unwrap();
    let text = run(&["replay", file, "--stake", "proportional:1000000", "--days"]).ok();
    for part in [
        "2 days, from 20140",
        "1,000,000 MOR in proportion",
        "| 0xaa     |",
        "the largest has 75.00 %",
        "| 2025-02-22 |",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let csv = run(&["replay", file, "--stake", "proportional:1000000", "--csv"]).ok();
    assert_eq!(csv.lines().count(), 5);
    assert!(csv.contains("2025-02-21,20140,\"0xaa\",10800,1,stake,\""), "{csv}");
}

#[test]
fn the_demand_of_real_days_pays_a_market_what_it_paid_them() {
    let (folder, file) = ground();
    let demand = run(&["replay", file.to_str().unwrap(), "--demand", "--to", "2025-02-24"]).ok();
    assert_eq!(demand.trim_end(), "day,sessions,seconds\n2025-02-21,3,14400\n2025-02-22,3,14400\n2025-02-23,0,0");
    std::fs::write(folder.path().join("demand.csv"), demand).unwrap();
    // One hosts three hours of four.
    let market = "market = { from = 2025-02-21, to = 2025-02-24 }\ndemand.counted = \"demand.csv\"\n\
                  stake = { total_mor = \"1000000\", by = \"equal\" }\n\
                  [agents]\n0xaa = { kind = \"honest\", share = 3 }\n0xbb = { kind = \"honest\", share = 1 }\n";
    let simulation = folder.path().join("it.toml");
    std::fs::write(&simulation, market).unwrap();

    let simulated = run(&["simulate", simulation.to_str().unwrap(), "--json"]).json();
    let replayed = replayed(&file, &["--stake", "equal:1000000"]);

    for number in 0..2 {
        let (subnets, provider) = (&simulated["runs"][0]["subnets"][number], &replayed["providers"][number]);
        assert_eq!(subnets["name"], provider["provider"]);
        assert_eq!(subnets["paid_wei"], provider["paid_by_seconds_wei"]);
    }
}

#[test]
fn what_cannot_be_replayed_is_said_in_a_line() {
    let (folder, file) = ground();
    let file = file.to_str().unwrap();
    let other = |text: &str| {
        let path = folder.path().join("other");
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let empty = "CREATE TABLE sessions (id, provider, opened_at, ends_at, closed_at);";
    let cases: Vec<(Vec<String>, &str)> = [
        (vec!["/nowhere"], "/nowhere: there is no such file"),
        (vec![file, "--from", "2025-02-23", "--to", "2025-02-23"], "no day lies between"),
        (vec![file, "--from", "2024-02-07"], "comes before the emission"),
        (vec![file, "--to", "2040-02-01"], "comes after the emission"),
        (vec![file, "--stake", "equal:-1"], "--stake: `-1` has a sign"),
        (vec![file, "--stake", "equal:1000000000"], "more than there can be"),
        (vec![file, "--stake", "equal:"], "there is no MOR behind `equal:`"),
        (vec![file, "--from", "2025-02-23"], "the last is of 20141"),
        (vec![file, "--to", "2025-02-21"], "the first is of 20140"),
        (vec![file, "--stake", "much"], "much: there is no such file"),
    ]
    .into_iter()
    .map(|(words, said)| (words.into_iter().map(str::to_owned).collect(), said))
    .chain([(vec![other(empty)], "there is no session in it")])
    .collect();
    for (words, wanted) in cases {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let said = run(&[&["replay"], &words[..]].concat()).failed(2);
        assert!(said.contains(wanted), "{words:?}: {said}");
    }
    for (text, wanted) in [
        ("{}", "line 1: missing field `id`"),
        ("CREATE TABLE sessions (id);", "no column `provider`"),
        ("x", "it is neither a snapshot"),
    ] {
        let said = run(&["replay", &other(text)]).failed(2);
        assert!(said.contains(wanted), "{text}: {said}");
    }
    for (text, wanted) in [
        ("0xaa,\n", "line 1: MOR of 0xaa: it is empty"),
        ("0xaa,nan\n", "line 1: MOR of 0xaa: `nan` is no decimal number"),
        ("provider,MOR\n", "there is no stake in it"),
        ("", "there is no stake in it"),
        (",5\n", "line 1: there is no provider before the comma"),
    ] {
        let said = run(&["replay", file, "--stake", &other(text)]).failed(2);
        assert!(said.contains(wanted), "{text}: {said}");
    }
    std::fs::write(folder.path().join("stake.csv"), "0xcc,1\n").unwrap();
    let stranger = folder.path().join("stake.csv");
    let said = run(&["replay", file, "--stake", stranger.to_str().unwrap()]).failed(2);
    assert!(said.contains("0xcc has served none of the sessions"), "{said}");
}

#[test]
fn days_of_a_file_are_those_on_which_its_sessions_were() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.jsonl");
    let file = path.to_str().unwrap();
    let of = |times: [u64; 2]| {
        let line = json!({ "id": "a", "provider": "0xaa", "opened_at": times[0], "ends_at": times[1], "closed_at": 0 });
        std::fs::write(&path, line.to_string()).unwrap();
    };
    for (times, from, to) in [
        ([MIDNIGHT, MIDNIGHT], TODAY, TODAY + 1),
        ([MIDNIGHT - 1, MIDNIGHT], TODAY - 1, TODAY),
        ([MIDNIGHT - 1, MIDNIGHT + 1], TODAY - 1, TODAY + 1),
    ] {
        of(times);
        let said = replayed(&path, &[]);
        assert_eq!((&said["from_day"], &said["to_day"]), (&json!(from), &json!(to)), "{times:?}");
    }
    for (times, wanted) in
        [([10, 20], "comes before the emission"), ([u64::from(u32::MAX) - 9; 2], "comes after the emission")]
    {
        of(times);
        let said = run(&["replay", file]).failed(2);
        assert!(said.contains(wanted) && said.contains("it.jsonl: its sessions are of days"), "{said}");
    }
}
