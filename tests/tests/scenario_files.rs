//! The scenario files: each fits the schema and leads, on the model, to the report beside it.

use std::path::{Path, PathBuf};

use mrc53_model::{Scenario, play, random};
use serde_json::Value;

/// What the suite ships.
const NAMES: [&str; 7] =
    ["late-stake", "mrc53-v1", "mrc53-v2", "owner", "stake-above-emission", "unfunded-pool", "week"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn json(file: &str) -> Value {
    serde_json::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn scenario(name: &str) -> Scenario {
    read(&format!("{name}.json")).parse().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the schema has against a document; nothing if it fits.
fn faults(document: &Value) -> Option<String> {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("scenario", json("scenario.schema.json")).expect("the schema is JSON");
    let schema = compiler.compile("scenario", &mut schemas).expect("the schema is one");
    schemas.validate(document, schema).err().map(|error| error.to_string())
}

#[test]
fn every_scenario_file_is_listed_here_and_has_its_expected_report() {
    let files = std::fs::read_dir(folder()).expect("the folder is there");
    let mut found: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();

    let mut listed: Vec<String> = vec!["README.md".into(), "regressions".into(), "scenario.schema.json".into()];
    listed.extend(NAMES.iter().flat_map(|name| [format!("{name}.json"), format!("{name}.expected.json")]));
    listed.sort();
    assert_eq!(found, listed);
}

#[test]
fn every_scenario_file_fits_the_schema() {
    for name in NAMES {
        assert_eq!(faults(&json(&format!("{name}.json"))), None, "{name}");
    }
}

/// The histories that once made a difference, by file name.
fn regressions() -> Vec<String> {
    let files = std::fs::read_dir(folder().join("regressions")).expect("the folder is there");
    let names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.is_empty());
    names.into_iter().map(|name| format!("regressions/{name}")).collect()
}

#[test]
fn every_kept_history_fits_the_schema_and_is_written_as_the_finder_of_differences_writes_it() {
    for file in regressions() {
        assert_eq!(faults(&json(&file)), None, "{file}");
        assert_eq!(read(&file).parse::<Scenario>().unwrap().to_string(), read(&file), "{file}");
    }
}

#[test]
fn every_random_scenario_fits_the_schema() {
    for seed in 0..20 {
        let written = random::scenario(seed, 200).to_string();
        assert_eq!(faults(&serde_json::from_str(&written).unwrap()), None, "seed {seed}");
    }
}

#[test]
fn the_model_reproduces_every_expected_report() {
    for name in NAMES {
        let report = serde_json::to_value(play(&scenario(name))).unwrap();
        assert_eq!(report, json(&format!("{name}.expected.json")), "{name}");
    }
}

#[test]
fn a_scenario_survives_being_written_and_read_again() {
    for name in NAMES {
        let written = serde_json::to_string(&scenario(name)).unwrap();
        assert_eq!(written.parse::<Scenario>().unwrap(), scenario(name), "{name}");
    }
}

#[test]
fn the_proposals_example_pays_305_601083255596990795_mor_bound_by_stake() {
    let report = play(&scenario("mrc53-v2"));
    let day = report.days.iter().find(|settled| settled.subnet == "atlas" && settled.day == 20_140).unwrap();
    assert_eq!((day.seconds, day.total_seconds), (10_000, 100_000));
    assert_eq!(day.payable.to_string(), "305601083255596990795");
}

#[test]
fn ten_of_a_hundred_sessions_earn_a_tenth_of_the_emission_by_version_1() {
    let report = play(&scenario("mrc53-v1"));
    let day = report.days.iter().find(|settled| settled.subnet == "sprinter" && settled.day == 20_102).unwrap();
    assert_eq!(day.sessions, 10);
    assert_eq!(day.payable, &day.emission / 10u8);
}

mod refused {
    use super::*;

    /// The shortest scenario with one event, some text of it replaced.
    fn altered(from: &str, to: &str) -> String {
        let text = r#"{"start": 1740009600, "grace_days": 3, "lock_seconds": 86400, "min_subnet_stake": "0",
            "weight": "seconds", "pool": "0", "events": [
            {"at": 1740009600, "claim": {"subnet": "atlas"}},
            {"at": 1740009601, "stake": {"subnet": "atlas", "staker": "bob", "amount": "1"}}]}"#;
        assert!(text.parse::<Scenario>().is_ok() && text.contains(from));
        text.replace(from, to)
    }

    /// What the parser says; the schema must not accept it either, where a schema can know.
    fn fault(text: &str) -> String {
        text.parse::<Scenario>().expect_err("no scenario").to_string()
    }

    fn schema_refuses(text: &str) -> bool {
        faults(&serde_json::from_str(text).expect("JSON")).is_some()
    }

    #[test]
    fn an_unknown_verb_is_named_with_its_event() {
        let text = altered("\"stake\"", "\"bet\"");
        assert!(fault(&text).starts_with("event 1: unknown variant `bet`"), "{}", fault(&text));
        assert!(schema_refuses(&text));
    }

    #[test]
    fn an_unknown_field_is_named() {
        let text = altered("\"staker\"", "\"taker\"");
        assert!(fault(&text).starts_with("event 1: unknown field `taker`"), "{}", fault(&text));
        assert!(schema_refuses(&text));
        let text = altered("\"pool\"", "\"poll\"");
        assert!(fault(&text).starts_with("scenario: unknown field `poll`"), "{}", fault(&text));
        assert!(schema_refuses(&text));
    }

    #[test]
    fn a_wrong_type_is_named() {
        for (from, to) in [
            ("\"1\"", "1"),
            ("\"1\"", "\"01\""),
            ("\"1\"", "\"-1\""),
            ("\"1\"", "\"\""),
            ("1740009601", "\"1740009601\""),
        ] {
            let text = altered(from, to);
            assert!(fault(&text).starts_with("event 1: "), "{}", fault(&text));
            assert!(schema_refuses(&text), "{text}");
        }
    }

    #[test]
    fn time_running_backwards_is_refused_with_its_event() {
        let text = altered("1740009601", "1740009599");
        assert_eq!(fault(&text), "event 1: time runs backwards: `at` is 1740009599 after 1740009600");
        let text = altered("\"start\": 1740009600", "\"start\": 1740009601");
        assert_eq!(fault(&text), "event 0: time runs backwards: `at` is 1740009600 after 1740009601");
    }

    #[test]
    fn an_event_has_exactly_one_verb() {
        for text in [
            altered(", \"claim\": {\"subnet\": \"atlas\"}", ""),
            altered("\"claim\": {", "\"fund\": {\"amount\": \"1\"}, \"claim\": {"),
        ] {
            assert!(fault(&text).starts_with("event 0: needs exactly one verb"), "{}", fault(&text));
            assert!(schema_refuses(&text));
        }
    }

    #[test]
    fn a_name_is_short_and_plain() {
        for name in ["", "a/b", "a b", &"x".repeat(65)] {
            let text = altered("\"bob\"", &format!("{name:?}"));
            assert!(fault(&text).contains("is no name"), "{}", fault(&text));
            assert!(schema_refuses(&text));
        }
    }

    #[test]
    fn an_amount_stays_below_2_to_the_256() {
        let limit = num_bigint::BigUint::from(1u8) << 256u32;
        assert!(altered("\"1\"", &format!("\"{}\"", &limit - 1u8)).parse::<Scenario>().is_ok());
        assert!(fault(&altered("\"1\"", &format!("\"{limit}\""))).contains("below 2^256"));
    }

    #[test]
    fn a_grace_is_at_most_90_days_and_a_lock_a_day_to_a_year() {
        for (field, range, beyond) in [
            ("\"grace_days\": 3", 0..=90, 91),
            ("\"lock_seconds\": 86400", 86_400..=31_536_000, 86_399),
            ("\"lock_seconds\": 86400", 86_400..=31_536_000, 31_536_001),
        ] {
            let name = field.split(':').next().unwrap();
            let with = |value: u64| altered(field, &format!("{name}: {value}"));
            assert!([range.start(), range.end()].into_iter().all(|edge| with(*edge).parse::<Scenario>().is_ok()));
            let text = with(beyond);
            assert!(fault(&text).ends_with(&format!("is {beyond}, not within {range:?}")), "{}", fault(&text));
            assert!(schema_refuses(&text));
        }
    }

    #[test]
    fn a_minimum_stake_can_be_reached() {
        let most = (1u128 << 87) - 1;
        let with =
            |minimum: u128| altered("\"min_subnet_stake\": \"0\"", &format!("\"min_subnet_stake\": \"{minimum}\""));
        assert!(with(most).parse::<Scenario>().is_ok());
        assert!(fault(&with(most + 1)).contains("more than 2^87 - 1"));
    }
}
