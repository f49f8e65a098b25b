//! The ABI that a contract's own binary prints: functions with the names of their parameters, errors without names,
//! structs.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use mrc53_console::workspace::Workspace;
use syn_solidity::{File, Item, ItemError, ItemFunction, ItemStruct};

/// What a contract exports, in its order.
#[derive(Default)]
pub(super) struct Exported {
    pub(super) functions: Vec<ItemFunction>,
    pub(super) errors: Vec<ItemError>,
    pub(super) structs: Vec<ItemStruct>,
}

/// Compiles and runs the binary of `package` that prints its ABI.
///
/// # Errors
/// Fails with the compiler's words, or if what is printed is no Solidity interface.
pub(super) fn run(workspace: &Workspace, package: &str) -> Result<Exported> {
    let output = Command::new("cargo")
        .current_dir(workspace.root())
        .args(["run", "--locked", "--quiet", "--features=export-abi", "--package", package, "--bin", package])
        .stdin(Stdio::null())
        .output()
        .context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("its ABI cannot be printed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    parse(&String::from_utf8(output.stdout).context("its ABI is no text")?)
}

/// The interface in `text`, whatever stands before it.
fn parse(text: &str) -> Result<Exported> {
    let start = text.find("interface ").context("its ABI holds no interface")?;
    let file: File = syn::parse_str(&text[start..]).context("its ABI is no Solidity")?;
    let mut exported = Exported::default();
    let [Item::Contract(interface)] = &file.items[..] else { bail!("its ABI is not one interface") };
    for item in &interface.body {
        match item {
            Item::Function(function) => exported.functions.push(function.clone()),
            Item::Error(error) => exported.errors.push(error.clone()),
            Item::Struct(declared) => exported.structs.push(declared.clone()),
            other => bail!("its ABI holds what no interface of ours does: {other:?}"),
        }
    }
    Ok(exported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sdk_prints_is_read_past_its_header_in_its_order() {
        let printed = "/** words */\n// SPDX-License-Identifier: X\npragma solidity ^0.8.23;\ninterface IA  {\n\
            function b(bytes32[] memory session_ids) external returns (uint64);\n\
            function a() external view returns (S);\nerror E(bytes32, uint64);\nstruct S {uint64 x; uint64 y;}\n}";

        let exported = parse(printed).unwrap();

        let names: Vec<_> = exported.functions.iter().map(|f| f.name.as_ref().unwrap().as_string()).collect();
        assert_eq!(names, ["b", "a"]);
        assert_eq!((exported.errors.len(), exported.structs.len()), (1, 1));
    }

    #[test]
    fn anything_but_one_interface_is_refused() {
        assert!(parse("interface IA {} interface IB {}").is_err());
        assert!(parse("contract A {}").is_err());
    }
}
