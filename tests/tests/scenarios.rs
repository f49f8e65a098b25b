//! The checked-in scenarios, played by the real wasm on the devnode over JSON-RPC: every day, amount and refusal is
//! what `NAME.expected.json` says, to the wei.

use std::path::{Path, PathBuf};

use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::Devnode;
use mrc53_stage::demo::{self, Report, Starts};
use mrc53_stage::scenario::Names;
use serde_json::Value;

use crate::suite_support::programs;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// Plays scenario `name` on a devnode of its own; returns its report without gas, which only a chain has.
fn play(name: &str) -> Value {
    let mut report = serde_json::to_value(report(name, Starts::Uncached)).unwrap();
    for event in report["events"].as_array_mut().unwrap() {
        let event = event.as_object_mut().unwrap();
        let gas = event.remove("gas").unwrap();
        assert!(gas.as_str().unwrap().parse::<u64>().unwrap() > 21_000, "{event:?}");
        assert_eq!(event.remove("cached_gas"), Some(Value::Null));
    }
    report
}

fn report(name: &str, starts: Starts) -> Report {
    let scenario = demo::scenario(Some(&file(&format!("{name}.json")))).unwrap();
    let names = Names::of(&scenario);
    let config = Config { genesis_timestamp: Some(scenario.start), ..Config::ephemeral() };
    let node = Devnode::start(&config).unwrap();
    let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let chain = demo::connect(&scenario, &names, &node.url(), key).await.unwrap();
        demo::play(&chain, &scenario, &names, programs(), starts).await.unwrap()
    })
}

/// What playing scenario `name` must say.
fn expected(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file(&format!("{name}.expected.json"))).unwrap()).unwrap()
}

#[test]
fn the_proposals_own_example_pays_to_the_wei() {
    let report = play("mrc53-v2");

    assert_eq!(report, expected("mrc53-v2"));
    let atlas = report["days"].as_array().unwrap().iter().find(|day| day["seconds"] == "10000").unwrap();
    assert_eq!(atlas["payable"], "305601083255596990795");
}

#[test]
fn version_one_pays_by_session_count() {
    assert_eq!(play("mrc53-v1"), expected("mrc53-v1"));
}

#[test]
fn stake_above_the_emission_so_far_is_shared_by_total_stake() {
    assert_eq!(play("stake-above-emission"), expected("stake-above-emission"));
}

#[test]
fn a_week_of_crossings_late_records_and_stake_changes_is_exact() {
    assert_eq!(play("week"), expected("week"));
}

#[test]
fn a_stake_of_the_last_open_second_dilutes_no_day_before_it() {
    let report = play("late-stake");

    assert_eq!(report, expected("late-stake"));
    let days = report["days"].as_array().unwrap();
    let all_of_the_usage = |day: &&Value| day["subnet"] == "honest" && day["usage_reward"] == day["emission"];
    assert_eq!(days.iter().filter(all_of_the_usage).count(), 4);
}

#[test]
fn an_unfunded_pool_keeps_its_debts_and_pays_them_later() {
    assert_eq!(play("unfunded-pool"), expected("unfunded-pool"));
}

#[test]
fn contracts_in_the_cache_cost_less_and_pay_the_same() {
    let uncached = report("mrc53-v2", Starts::Uncached);
    let both = uncached.with_cached(&report("mrc53-v2", Starts::Cached)).unwrap();

    let of_contracts =
        both.events.iter().filter(|event| event.verb != "open" && event.verb != "close" && event.verb != "fund");
    for event in of_contracts {
        assert!(event.cached_gas.unwrap() + 8_000 < event.gas, "{event:?}");
    }
}
