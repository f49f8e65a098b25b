//! A planned cut written down: the two files for a Safe, the table, the JSON.

use std::path::{Path, PathBuf};

use alloy::primitives::{Address, Selector};
use anyhow::Result;
use mrc53_console::show::{self, count, new_table};
use mrc53_node::connection::Connection;
use serde_json::{Value, json};

use super::cut::Cut;
use super::plan::{Done, Planned};
use crate::safe::bundle::{self, Bundle};
use crate::safe::call::Call;

/// The files of a cut and of its inverse, with what is in them.
pub struct Files {
    /// The cut.
    pub cut: (PathBuf, Bundle),
    /// What takes it back.
    pub rollback: (PathBuf, Bundle),
}

/// Writes the cut to `out` (`mrc53/safe` in `target` unless given), and its inverse beside it.
///
/// # Errors
/// Fails if a file cannot be written.
pub fn write(connection: &Connection, planned: &Planned, out: Option<PathBuf>) -> Result<Files> {
    let cut = &planned.cut;
    let name = format!("diamond-cut-{}", cut.facet.to_string().to_lowercase());
    let path = out.map_or_else(|| bundle::default_path(&name), Ok)?;
    let beside = beside(&path);
    let made = |name: &str, what: &str, call: &Call| {
        let id = connection.network.chain_id;
        Bundle::new(name, what, id, planned.owner, std::slice::from_ref(call))
    };
    let forward = made(&format!("MRC-53: {name}"), &summary(planned), &planned.forward)?;
    let back = format!("Takes back the cut that brings in the facet {}, and nothing else.", cut.facet);
    let rollback = made(&format!("MRC-53: rollback of {name}"), &back, &planned.inverse)?;
    forward.write(&path)?;
    rollback.write(&beside)?;
    Ok(Files { cut: (path, forward), rollback: (beside, rollback) })
}

/// `cut.json` becomes `cut.rollback.json`.
fn beside(path: &Path) -> PathBuf {
    path.with_extension("rollback.json")
}

/// The cut in a sentence.
fn summary(planned: &Planned) -> String {
    let Cut { facet, gained, moved, lost } = &planned.cut;
    format!(
        "Brings the facet {facet} into the diamond {}: {} gained, {} moved there, {} lost; all others stay where \
         they are.",
        planned.diamond,
        count(gained.len(), "function"),
        moved.len(),
        lost.len()
    )
}

/// Of a diamond that is as it is wished: the same keys as [`json`], with nothing in them.
#[must_use]
pub fn json_done(done: &Done) -> Value {
    let none = Vec::<Value>::new();
    json!({
        "diamond": done.diamond, "owner": done.owner, "facet": done.facet,
        "sent": false, "facet_deployment": Value::Null, "cut_transaction": Value::Null,
        "gained": none, "moved": none, "lost": none,
        "data": Value::Null, "rollback_data": Value::Null, "cut": Value::Null, "rollback": Value::Null,
    })
}

/// The same for people.
#[must_use]
pub fn show_done(done: &Done) -> String {
    let Done { diamond, facet, functions, .. } = done;
    format!(
        "All {functions} functions stand at the facet {facet} of the diamond {diamond} already: nothing to do, nothing \
         was written or sent."
    )
}

/// What was sent or only tried: the facet's deployment and the cut, each none where it was not asked for.
#[derive(Clone, Debug, Default)]
pub struct Transactions {
    /// The facet's deployment.
    pub facet: Option<Value>,
    /// The cut.
    pub cut: Option<Value>,
}

/// The cut as JSON: what is gained, moved and lost, both calls, what was sent and written (`files`).
#[must_use]
pub fn json(planned: &Planned, sent: &Transactions, files: Option<&Files>) -> Value {
    let Planned { cut, names, .. } = planned;
    let function = |selector: &Selector| json!({ "selector": selector, "signature": names.of(*selector) });
    let placed = |(selector, facet): (&Selector, &Address)| json!({ "selector": selector, "signature": names.of(*selector), "from": facet });
    let is_sent = [&sent.facet, &sent.cut].into_iter().flatten().any(|sent| sent["sent"] == true);
    let file = |file: &(PathBuf, Bundle)| json!({ "file": file.0, "checksum": file.1.checksum() });
    json!({
        "diamond": planned.diamond, "owner": planned.owner, "facet": cut.facet,
        "sent": is_sent,
        "facet_deployment": sent.facet, "cut_transaction": sent.cut,
        "gained": cut.gained.iter().map(function).collect::<Vec<_>>(),
        "moved": cut.moved.iter().map(placed).collect::<Vec<_>>(),
        "lost": cut.lost.iter().map(placed).collect::<Vec<_>>(),
        "data": planned.forward.data, "rollback_data": planned.inverse.data,
        "cut": files.map(|files| file(&files.cut)), "rollback": files.map(|files| file(&files.rollback)),
    })
}

/// The same for people.
#[must_use]
pub fn show(planned: &Planned, sent: &Transactions, files: Option<&Files>) -> String {
    let Planned { cut, names, .. } = planned;
    let mut table = new_table(5, &["change", "selector", "function", "from", "to"]);
    let facet = cut.facet.to_string();
    let mut row = |change: &str, selector: Selector, from: Option<&Address>, to: &str| {
        let name = names.of(selector).unwrap_or("unknown").to_owned();
        let from = from.map_or_else(|| "-".to_owned(), ToString::to_string);
        table.add_row([change.to_owned(), selector.to_string(), name, from, to.to_owned()]);
    };
    for selector in &cut.gained {
        row("gained", *selector, None, &facet);
    }
    for (selector, from) in &cut.moved {
        row("moved", *selector, Some(from), &facet);
    }
    for (selector, from) in &cut.lost {
        row("LOST", *selector, Some(from), "-");
    }
    let owner = planned.owner;
    let mut lines = vec![table.to_string(), String::new(), summary(planned), String::new()];
    lines.push(format!("owner     {owner} (the cut is accepted from it on the chain's latest state)"));
    lines.extend(sent.facet.as_ref().map(|sent| match sent["transaction"].as_str() {
        Some(hash) => format!("facet     {facet}: deployed by {hash}, {} gas", sent["gas"]),
        None if sent["would_use_gas"].is_null() => {
            format!("facet     {facet}: written to standard output, to be sent before the cut")
        }
        None => format!("facet     {facet}: to be deployed with {} gas", sent["would_use_gas"]),
    }));
    match files {
        None => lines.push("nothing was written".into()),
        Some(files) => {
            lines.extend([("cut", &files.cut), ("rollback", &files.rollback)].map(|(what, (path, bundle))| {
                format!("{what:<9} {} (checksum {})", show::path(path), bundle.checksum())
            }));
        }
    }
    lines.extend(sent.cut.as_ref().map(|sent| match sent["transaction"].as_str() {
        Some(hash) => format!("executed  by {hash}, {} gas", sent["gas"]),
        None if sent["would_use_gas"].is_null() => "executed  not: to be sent once the facet stands".into(),
        None => format!("executed  not: it would take {} gas", sent["would_use_gas"]),
    }));
    lines.join("\n")
}
