//! One Solidity interface: functions as the contract exports them, events and errors as its sources declare them.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use syn_solidity::{ItemFunction, Parameters, Type, VariableDeclaration};

use super::export::Exported;
use super::natspec::{camel_case, comment, first_sentence};
use super::source::{Documented, documentation};

/// From the Diamond's compiler on.
const PRAGMA: &str = ">=0.8.24 <0.9.0";

/// What multiple return values are called; the export leaves them unnamed, and no name is part of a selector.
const RETURNS: &[(&str, &[&str])] = &[
    ("record", &["bookedSeconds"]),
    ("recordMany", &["bookedSeconds"]),
    ("session", &["subnet", "bookedUntil"]),
    ("subnet", &["receiver", "fee", "registrationDay"]),
    ("stakeOf", &["amount", "unlockAt"]),
    ("scheduledMinSubnetStake", &["amount", "fromDay"]),
    ("settle", &["settledDays", "credited"]),
    ("claim", &["paid", "owed"]),
    ("claimStake", &["paid", "owed"]),
    ("operatorAccount", &["nextDay", "owed"]),
    ("stakerOwed", &["owed", "complete"]),
    ("prove", &["daysAdded"]),
    ("root", &["isAccepted", "isOpen", "timestamp", "storageRoot"]),
    ("coverageEntry", &["firstDayNotCovered", "openedAt"]),
    ("buckets", &["account", "codeHash"]),
];

/// The file of the contract `name`.
///
/// # Errors
/// Fails if the export and the sources contradict each other: an error or struct of other types or only in one of the
/// two, a function without documentation, return values of another number than they have names.
pub(super) fn render(name: &str, exported: &Exported, documented: &Documented) -> Result<String> {
    let constants = &documented.constants;
    let about = first_sentence(&documented.contract, constants);
    let about = about.split_once(": ").map_or(about.as_str(), |(_, about)| about);
    let [mut structs, mut events, mut errors, mut functions] = [const { Vec::new() }; 4];
    for declared in &exported.structs {
        let named = documented.structs.get(&declared.name.as_string());
        let named = named.with_context(|| format!("no source declares struct {}", declared.name))?;
        ensure!(types(&declared.fields) == types(&named.fields), "struct {} is exported otherwise", declared.name);
        let mut text = comment(&documentation(&named.attrs), "    ", constants);
        writeln!(text, "    struct {} {{", named.name)?;
        for field in &named.fields {
            // NatSpec knows no members: a plain comment.
            text += &comment(&documentation(&field.attrs), "        ", constants).replace("///", "//");
            writeln!(text, "        {field};")?;
        }
        text += "    }\n";
        structs.push(text);
    }
    for event in &documented.events {
        let parameters = event.parameters.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let words = comment(&documentation(&event.attrs), "    ", constants);
        events.push(format!("{words}    event {}({parameters});\n", event.name));
    }
    for error in &exported.errors {
        let named = documented.errors.get(&error.name.as_string());
        let named = named.with_context(|| format!("no source declares error {}", error.name))?;
        // Equal names and types are equal selectors.
        ensure!(types(&error.parameters) == types(&named.parameters), "error {} is exported otherwise", error.name);
        let words = comment(&documentation(&named.attrs), "    ", constants);
        errors.push(format!("{words}    error {}({});\n", named.name, declarations(&named.parameters, "")));
    }
    ensure!(
        documented.errors.len()
            == exported.errors.iter().map(|error| error.name.as_string()).collect::<BTreeSet<_>>().len(),
        "a source declares an error that is not exported"
    );
    for function in &exported.functions {
        functions.push(function_text(function, documented)?);
    }
    let body = [structs, events, errors, functions].concat().join("\n");
    Ok(format!(
        "// SPDX-License-Identifier: MIT OR Apache-2.0\n\
         // Written by `cargo mrc53 interfaces` from the contract; do not edit.\n\
         pragma solidity {PRAGMA};\n\n\
         /// @title `{name}`\n{}interface I{name} {{\n{body}}}\n",
        comment(&format!("@notice {}", capitalized(about)), "", constants),
    ))
}

fn function_text(function: &ItemFunction, documented: &Documented) -> Result<String> {
    let name = function.name.as_ref().context("a function without a name")?.as_string();
    let words = documented.functions.iter().find(|(rust_name, _)| camel_case(rust_name) == name);
    let (_, words) = words.with_context(|| format!("no source documents function {name}"))?;
    let mut text = comment(words, "    ", &documented.constants);
    let parameters = declarations(&function.parameters, "calldata");
    write!(text, "    function {name}({parameters}) {}", function.attributes)?;
    if let Some(returns) = &function.returns {
        let mut values: Vec<VariableDeclaration> = returns.returns.iter().cloned().collect();
        if let Some((_, names)) = RETURNS.iter().find(|(function, _)| *function == name) {
            ensure!(names.len() == values.len(), "{name} returns {} values, not {}", values.len(), names.len());
            for (value, name) in values.iter_mut().zip(*names) {
                value.name = Some(syn_solidity::SolIdent::new(name));
            }
        } else if values.len() > 1 {
            bail!("{name} returns {} values without names", values.len());
        }
        let values: Vec<_> = values.iter().map(|value| declaration(value, "memory")).collect();
        write!(text, " returns ({})", values.join(", "))?;
    }
    text += ";\n";
    Ok(text)
}

fn declarations<P>(parameters: &Parameters<P>, location: &str) -> String {
    parameters.iter().map(|parameter| declaration(parameter, location)).collect::<Vec<_>>().join(", ")
}

/// One parameter: its type, where it lies if it needs a place, and its name in camel case.
fn declaration(parameter: &VariableDeclaration, location: &str) -> String {
    let mut text = parameter.ty.to_string();
    if matches!(parameter.ty, Type::Array(_) | Type::Custom(_) | Type::String(_) | Type::Bytes(_))
        && !location.is_empty()
    {
        text = format!("{text} {location}");
    }
    match &parameter.name {
        Some(name) => format!("{text} {}", camel_case(&name.as_string())),
        None => text,
    }
}

fn types<P>(parameters: &Parameters<P>) -> Vec<String> {
    parameters.types().map(ToString::to_string).collect()
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
