//! Histories that broke a rule once, kept as files to be played for ever.

use std::{fs, path::PathBuf};

use crate::calls::History;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/invariants/regressions")
}

/// Writes a history down under `name`, a call a line, and returns where.
pub(crate) fn keep(name: &str, history: &History) -> PathBuf {
    let path = folder().join(name).with_extension("json");
    let line = |value: serde_json::Result<String>| value.expect("a history is plain data");
    let calls: Vec<_> = history.calls.iter().map(|call| line(serde_json::to_string(call))).collect();
    let setup = line(serde_json::to_string(&history.setup));
    let text = format!("{{\"setup\":{setup},\n\"calls\":[\n{}\n]}}\n", calls.join(",\n"));
    fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    path
}

/// All histories that are kept, by the names of their files.
pub(crate) fn kept() -> Vec<(String, History)> {
    let mut found: Vec<_> = fs::read_dir(folder())
        .expect("the folder of kept histories")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable file");
            let history = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), history)
        })
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}
