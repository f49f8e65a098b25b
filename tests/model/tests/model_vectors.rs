//! The model against numbers that are not its own: the emission as the Solidity library computed it in an EVM, and
//! splits and settlements worked out separately.

use std::path::Path;

use mrc53_model::op::Weight;
use mrc53_model::reward::{Binds, reward};
use mrc53_model::sessions::{Sessions, Usage};
use mrc53_model::{emission, time::DAY_SECONDS};
use num_bigint::BigUint;
use serde_json::Value;

fn vectors(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors").join(file);
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn settlement(list: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(&vectors("settlement.json")).unwrap();
    let list = all[list].as_array().unwrap().clone();
    assert!(!list.is_empty());
    list
}

fn wei(value: &Value) -> BigUint {
    value.as_str().unwrap().parse().unwrap()
}

fn unix(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn the_emission_of_every_day_equals_the_solidity_librarys() {
    let file = vectors("emission_days.csv");
    let rows: Vec<(u32, BigUint)> = file
        .lines()
        .skip(1)
        .map(|row| row.split_once(',').unwrap())
        .map(|(day, wei)| (day.parse().unwrap(), wei.parse().unwrap()))
        .collect();
    assert!(rows.len() > 5_800);

    let mut sum = BigUint::ZERO;
    for (day, wei) in rows {
        assert_eq!(emission::emission(day), wei, "day {day}");
        sum += wei;
        if day % 97 == 0 {
            assert_eq!(emission::emitted(day), sum, "emitted to the end of day {day}");
        }
    }
    assert_eq!(emission::emitted(u32::MAX), sum, "all that is ever emitted");
}

#[test]
fn nothing_is_emitted_before_launch_and_after_the_end() {
    let (launch, end) = (19_761, 25_594);
    assert_eq!(emission::emission(launch - 1), BigUint::ZERO);
    assert_eq!(emission::emitted(launch - 1), BigUint::ZERO);
    assert_ne!(emission::emission(end - 1), BigUint::ZERO);
    assert_eq!(emission::emission(end + 1), BigUint::ZERO);
}

#[test]
fn every_split_of_a_session_falls_on_its_days() {
    for split in settlement("splits") {
        let name = split["name"].as_str().unwrap();
        let (opened_at, ends_at, closed_at) =
            (unix(&split["openedAt"]), unix(&split["endsAt"]), unix(&split["closedAt"]));
        let mut sessions = Sessions::new(90);
        sessions.open("it", "atlas", opened_at, ends_at).unwrap();
        if closed_at > 0 {
            sessions.close("it", closed_at).unwrap();
        }

        let booked = sessions.record("it", closed_at.max(ends_at), |_, _| true).unwrap();

        assert_eq!(booked, unix(&split["total"]), "{name}");
        for (day, seconds) in split["days"].as_object().unwrap() {
            let usage = sessions.usage("atlas", day.parse().unwrap());
            assert_eq!(usage.subnet_seconds, unix(seconds), "{name}, day {day}");
        }
    }
}

#[test]
fn every_settlement_pays_each_subnet_to_the_wei() {
    for case in settlement("settlements") {
        let name = case["name"].as_str().unwrap();
        let day = u32::try_from(unix(&case["day"])).unwrap();
        let total = wei(&case["total_stake"]) * DAY_SECONDS;
        let mut undistributed = wei(&case["emission"]);
        for subnet in case["subnets"].as_array().unwrap() {
            let usage = Usage {
                subnet_seconds: unix(&subnet["seconds"]),
                total_seconds: unix(&case["total_seconds"]),
                ..Usage::default()
            };

            let paid = reward(day, Weight::Seconds, &usage, &(wei(&subnet["stake"]) * DAY_SECONDS), &total);

            assert_eq!(paid.emission, wei(&case["emission"]), "{name}");
            assert_eq!(paid.emitted, wei(&case["cumulative_at_day_end"]), "{name}");
            assert_eq!(paid.usage_reward, wei(&subnet["usage_reward"]), "{name}");
            assert_eq!(paid.stake_reward, wei(&subnet["stake_reward"]), "{name}");
            assert_eq!(paid.payable, wei(&subnet["payout"]), "{name}");
            let lower = match paid.binds {
                Binds::Usage => paid.usage_reward < paid.stake_reward,
                Binds::Stake => paid.stake_reward < paid.usage_reward,
                Binds::None => paid.stake_reward == paid.usage_reward,
            };
            assert!(lower, "{name}: {:?} does not bind", paid.binds);
            undistributed -= paid.payable;
        }
        assert_eq!(undistributed, wei(&case["undistributed"]), "{name}");
    }
}
