//! Random histories, and those that once made a difference, through the real wasm on the devnode over JSON-RPC: every
//! refusal, day and amount is what the reference model says, to the wei.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::Devnode;
use mrc53_model::random;
use mrc53_stage::demo::{self, Starts};
use mrc53_stage::scenario::{Names, Scenario};
use serde_json::Value;

use crate::suite_support::programs;

/// Events of a random history, besides its end, in which everything is settled and claimed.
const EVENTS: usize = 200;
/// Operations of every run, and of a nightly one.
const OPERATIONS: usize = 1_000;
const NIGHTLY_OPERATIONS: usize = 20_000;
/// The first seed of every run: the contracts' own tests play those below on the native target.
const FIRST_SEED: u64 = 500;

/// What the model says of a history.
fn by_the_model(history: &mrc53_model::Scenario) -> Value {
    serde_json::to_value(mrc53_model::play(history)).unwrap()
}

/// What playing a history on a devnode of its own says, without gas, which only a chain has.
fn by_the_contracts(history: &mrc53_model::Scenario) -> Value {
    let scenario = Scenario::parse(&history.to_string()).unwrap();
    let names = Names::of(&scenario);
    let config = Config { genesis_timestamp: Some(scenario.start), ..Config::ephemeral() };
    let node = Devnode::start(&config).unwrap();
    let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let report = runtime.block_on(async {
        let chain = demo::connect(&scenario, &names, &node.url(), key).await.unwrap();
        demo::play(&chain, &scenario, &names, programs(), Starts::Uncached).await.unwrap()
    });
    let mut report = serde_json::to_value(report).unwrap();
    for event in report["events"].as_array_mut().unwrap() {
        let event = event.as_object_mut().unwrap();
        event.remove("gas").unwrap();
        event.remove("cached_gas").unwrap();
    }
    report
}

/// Holds both against each other, part by part; answers the first difference, and the event that shows it if one does.
fn difference(history: &mrc53_model::Scenario) -> Option<(usize, String)> {
    let (model, contracts) = (by_the_model(history), by_the_contracts(history));
    let end = history.events.len() - 1;
    let first_of = |part| {
        let lists = [&model, &contracts].map(|report: &Value| report[part].as_array().unwrap());
        let differs = |at: &usize| lists[0].get(*at) != lists[1].get(*at);
        let at = (0..lists[0].len().max(lists[1].len())).find(differs)?;
        let [model, contracts] = lists.map(|list| list.get(at).unwrap_or(&Value::Null));
        Some((at, format!("{part}: {model} by the model, {contracts} by the contracts")))
    };
    let amounts = |part| {
        let (model, contracts) = (&model[part], &contracts[part]);
        (model != contracts).then(|| (end, format!("{part}: {model} by the model, {contracts} by the contracts")))
    };
    let days = || first_of("days").map(|(_, what)| (end, what));
    first_of("events").or_else(days).or_else(|| amounts("credited")).or_else(|| amounts("paid"))
}

/// Keeps what of a history led to a difference; answers the file.
fn keep(name: &str, mut history: mrc53_model::Scenario, event: usize) -> PathBuf {
    history.events.truncate(event + 1);
    let file = folder().join(format!("{name}.json"));
    std::fs::write(&file, history.to_string()).unwrap();
    file
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/regressions")
}

fn regressions() -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Not through the test harness, which shows what a test prints only if it fails.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("a place to say it");
}

#[test]
fn every_history_that_is_kept_comes_to_the_same_in_wasm() {
    for file in regressions() {
        let history = std::fs::read_to_string(&file).unwrap().parse().unwrap();
        assert_eq!(difference(&history), None, "{}", file.display());
    }
}

#[test]
fn random_histories_come_to_the_same_in_wasm_and_by_the_model() {
    let is_nightly = std::env::var_os("MRC53_NIGHTLY").is_some();
    let limit = if is_nightly { NIGHTLY_OPERATIONS } else { OPERATIONS };
    let (started, mut played) = (Instant::now(), 0);
    let mut verbs: BTreeMap<&str, usize> = BTreeMap::new();
    let tonight = is_nightly.then(random::first_seed_of_tonight);
    let mut tonights = tonight.into_iter().flat_map(|first| first..);
    let mut every = FIRST_SEED..;
    while played < limit {
        let seed = if played < OPERATIONS { every.next() } else { tonights.next() }.expect("seeds do not end");
        let history = random::scenario(seed, EVENTS);
        if let Some((event, what)) = difference(&history) {
            let file = keep(&format!("wasm-seed-{seed}"), history, event);
            panic!("seed {seed} differs; kept as {}, whose event {event} does: {what}", file.display());
        }
        played += history.events.len();
        for event in &history.events {
            *verbs.entry(event.op.verb()).or_default() += 1;
        }
        if is_nightly {
            say(&format!("{played} operations in {} s, seed {seed}", started.elapsed().as_secs()));
        }
    }
    random::count(played as u64, "operations on the contracts in wasm and on the model");
    say(&format!("{played} operations in wasm in {} s: {verbs:?}", started.elapsed().as_secs()));
    assert_eq!(verbs.len(), mrc53_model::Op::VERBS.len(), "the histories leave something out: {verbs:?}");
}
