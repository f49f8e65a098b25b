//! What the tool says to machines, held to the schemas in `docs/json`: every output of every test that asks for JSON.

use std::path::Path;

use serde_json::Value;

/// Verbs whose JSON is made of a scenario or of files, and held to that by tests of their own.
const OTHERS: [&str; 3] = ["demo", "interfaces", "evidence"];

/// Fails if `output`, of a run of the tool with `words` that asked for JSON, does not fit the schema of its verb.
pub(crate) fn hold(words: &[&str], output: &str) {
    // The answers of `simulate` are of another kind than its runs, and a demo on three chains than one on one.
    let verb = match words[0] {
        _ if words.contains(&"--answers") => "answers",
        "demo" if words.contains(&"--base") => "demo-base",
        verb => verb,
    };
    let Ok(said) = serde_json::from_str::<Value>(output) else { return };
    if OTHERS.contains(&verb) {
        return;
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(format!("docs/json/{verb}.schema.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource(verb, serde_json::from_str(&text).unwrap()).unwrap();
    let schema = compiler.compile(verb, &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&said, schema) {
        panic!("{words:?} does not fit {}: {error}\n{said:#}", file.display());
    }
}
