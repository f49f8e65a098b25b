//! Histories that once made a difference: scenario files that everybody plays from then on.

use std::fs;
use std::path::{Path, PathBuf};

use mrc53_model::Scenario;

/// Where they are kept.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios/regressions")
}

/// Keeps a history as `NAME.json`; answers the file.
pub(super) fn keep(name: &str, scenario: &Scenario) -> PathBuf {
    let file = folder().join(format!("{name}.json"));
    fs::write(&file, scenario.to_string()).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    file
}

/// All that are kept, by file name.
pub(super) fn all() -> Vec<(String, Scenario)> {
    let files = fs::read_dir(folder()).expect("the folder is in the repository");
    let mut kept: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    kept.sort();
    assert!(!kept.is_empty(), "no history is kept");
    kept.into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("readable");
            let scenario = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            (file.display().to_string(), scenario)
        })
        .collect()
}
