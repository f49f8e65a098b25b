//! `cargo mrc53 interfaces`: the contracts' Solidity interfaces, written or compared.

use anyhow::{Result, bail};
use clap::Args;
use mrc53_console::workspace::Workspace;
use mrc53_workshop::interfaces;

use super::sending::say;

#[derive(Args, Debug)]
#[command(after_help = "Example: cargo mrc53 interfaces --check")]
pub(super) struct InterfacesArgs {
    /// Write nothing; fail with the differences if a file is not what its contract gives.
    #[arg(long)]
    check: bool,
    /// Print a JSON list of the files instead of lines.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &InterfacesArgs) -> Result<()> {
    let workspace = Workspace::find()?;
    let mut drifted = false;
    let mut files = Vec::new();
    for interface in interfaces::generate(&workspace)? {
        let drift = interface.drift()?;
        let inside = interface.path.strip_prefix(workspace.root()).unwrap_or(&interface.path).display().to_string();
        let state = match (&drift, args.check) {
            (None, _) => "unchanged",
            (Some(diff), true) => {
                eprint!("{diff}");
                drifted = true;
                "differs"
            }
            (Some(_), false) => {
                interface.write()?;
                "written"
            }
        };
        files.push(serde_json::json!({ "file": inside, "state": state }));
        if !args.json {
            say(&format!("{state:9} {inside}"))?;
        }
    }
    if args.json {
        say(&serde_json::to_string_pretty(&files)?)?;
    }
    if drifted {
        bail!("the interfaces are not what the contracts give: run `cargo mrc53 interfaces` and commit the result");
    }
    Ok(())
}
