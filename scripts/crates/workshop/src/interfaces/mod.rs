//! The contracts as Solidity sees them: `contracts/solidity/interfaces/I<Contract>.sol`, written from the contracts.
//!
//! | module | what lives there |
//! |---|---|
//! | [`sources`] | where a contract's Rust is |
//! | [`export`] | the ABI as the contract's own binary prints it: the truth of functions |
//! | [`source`] | the contract's Rust: events and errors with their names, and all documentation |
//! | [`natspec`] | Rust documentation as `NatSpec` |
//! | [`render`] | one Solidity file |

mod export;
mod natspec;
mod render;
mod source;
mod sources;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_suite::contract::Contract;
use similar::TextDiff;

/// Where the interfaces are kept, inside the clone.
const FOLDER: &str = "contracts/solidity/interfaces";

/// One interface as the contracts give it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its file.
    pub path: PathBuf,
    /// The file's text.
    pub text: String,
}

impl Interface {
    /// How the file differs from the contract, as a unified diff; `None` if it does not.
    ///
    /// # Errors
    /// Fails if the file is there and cannot be read.
    pub fn drift(&self) -> Result<Option<String>> {
        let kept = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| self.path.display().to_string()),
        };
        if kept == self.text {
            return Ok(None);
        }
        let file = self.path.display().to_string();
        let diff = TextDiff::from_lines(&kept, &self.text);
        Ok(Some(diff.unified_diff().header(&file, "the contract").to_string()))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Fails if it cannot be written.
    pub fn write(&self) -> Result<()> {
        let folder = self.path.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        fs::write(&self.path, &self.text).with_context(|| self.path.display().to_string())
    }
}

/// The interfaces, from the contracts of the clone. Compiles what prints their ABI.
///
/// # Errors
/// Fails if a contract does not compile, or if what it prints and what its sources declare are not the same.
pub fn generate(workspace: &Workspace) -> Result<Vec<Interface>> {
    let progress = Progress::start("the contracts' interfaces");
    let interface = |contract: Contract| -> Result<Interface> {
        let name = contract.solidity();
        progress.detail(name);
        let exported = export::run(workspace, contract.package())?;
        let documented = source::read(workspace, &sources::sources(contract))?;
        let text = render::render(name, &exported, &documented)?;
        Ok(Interface { path: workspace.path(FOLDER).join(format!("I{name}.sol")), text })
    };
    let all = Contract::ALL.into_iter().map(|contract| interface(contract).with_context(|| contract.solidity()));
    let all = all.collect::<Result<Vec<_>>>()?;
    progress.done(format!("{} interfaces", all.len()));
    Ok(all)
}
