//! What differs between a scenario on one chain and the same on three, in words.

use std::collections::{BTreeMap, BTreeSet};

use mrc53_stage::demo::Report;
use serde_json::Value;

/// Something that is another thing on three chains, or is on one of both only.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) one: String,
    pub(super) three: String,
}

/// Every field of every settled day, every amount and every event's outcome by its name.
fn told(report: &Report) -> BTreeMap<String, String> {
    let report = serde_json::to_value(report).unwrap();
    let mut told = BTreeMap::new();
    for day in report["days"].as_array().unwrap() {
        let name = format!("day {} of {}", text(&day["day"]), text(&day["subnet"]));
        for (field, value) in day.as_object().unwrap() {
            told.insert(format!("{name}: {field}"), text(value).to_owned());
        }
    }
    for what in ["credited", "paid"] {
        for (role, amounts) in report[what].as_object().unwrap() {
            for (account, wei) in amounts.as_object().unwrap() {
                told.insert(format!("{what} to {role}: {account}"), text(wei).to_owned());
            }
        }
    }
    for event in report["events"].as_array().unwrap() {
        let outcome = event["error"].as_str().unwrap_or("done");
        told.insert(format!("event {}", text(&event["index"])), outcome.to_owned());
    }
    told
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// All of them, gas apart, which is another on another chain.
pub(super) fn differences(one: &Report, three: &Report) -> Vec<Difference> {
    let (one, three) = (told(one), told(three));
    let names: BTreeSet<&String> = one.keys().chain(three.keys()).collect();
    let of = |told: &BTreeMap<String, String>, name: &str| told.get(name).map_or("nothing", |it| it).to_owned();
    let both =
        names.into_iter().map(|name| Difference { what: name.clone(), one: of(&one, name), three: of(&three, name) });
    both.filter(|difference| difference.one != difference.three).collect()
}
