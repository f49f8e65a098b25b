//! Scenarios on the simulator's ledger, against what the contracts gave and what the reference model gives.

use std::path::{Path, PathBuf};

use mrc53_model::{Scenario, random};
use mrc53_simulation::scenario::play;
use serde_json::Value;

const HISTORIES: u64 = 1_000;
const EVENTS: usize = 60;

/// Every scenario of a folder of the tests, by its path.
fn scenarios(folder: &str) -> Vec<(PathBuf, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios").join(folder);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_scenario = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        path.extension().is_some_and(|it| it == "json") && !name.contains(".expected.") && !name.contains(".schema.")
    };
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).unwrap().parse().unwrap());
    paths.filter(is_scenario).map(read).collect()
}

#[test]
fn every_scenario_ends_as_it_did_on_the_contracts() {
    let scenarios = scenarios("");
    assert!(scenarios.len() >= 7);
    for (path, scenario) in scenarios {
        let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        assert_eq!(serde_json::to_value(play(&scenario)).unwrap(), expected, "{}", path.display());
    }
}

#[test]
fn every_history_that_was_kept_ends_as_on_the_reference_model() {
    for (path, scenario) in scenarios("regressions") {
        assert_eq!(play(&scenario), mrc53_model::play(&scenario), "{}", path.display());
    }
}

#[test]
fn a_thousand_random_histories_end_as_on_the_reference_model() {
    let first = random::first_seed_of_tonight();
    for seed in first..first + HISTORIES {
        let scenario = random::scenario(seed, EVENTS);
        let (played, expected) = (play(&scenario), mrc53_model::play(&scenario));
        assert_eq!(played, expected, "seed {seed}");
    }
}
