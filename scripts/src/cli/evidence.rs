//! `cargo mrc53 evidence`: what the tests are worth, measured or checked.

use anyhow::Result;
use clap::Args;
use mrc53_console::workspace::Workspace;
use mrc53_workshop::evidence::{self, Options, document};

use super::sending::say;

// Flags of a command line are independent of one another but for what clap is told.
#[allow(clippy::struct_excessive_bools)]
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  cargo mrc53 evidence                                      all of it; the first time this takes hours
  cargo mrc53 evidence --mutants --package mrc53-ledger     one crate, after a change of its code or new tests
  cargo mrc53 evidence --check                              whether the page is what this code deserves; seconds

Exit codes: 0 done, 1 tests fail, a reason is missing, or --check found something, 2 never without another input.")]
pub(super) struct EvidenceArgs {
    /// Measure mutants only; what the page says of coverage stays.
    #[arg(long, conflicts_with = "coverage")]
    mutants: bool,
    /// Measure coverage only; what the page says of mutants stays.
    #[arg(long)]
    coverage: bool,
    /// Measure the mutants of this crate only.
    #[arg(long, value_name = "PACKAGE", requires = "mutants")]
    package: Option<String>,
    /// Try those mutants again that were caught before.
    #[arg(long)]
    fresh: bool,
    /// Measure nothing; fail if code was measured that is no longer this code, or the page says something else.
    #[arg(long, conflicts_with_all = ["mutants", "coverage", "package", "fresh"])]
    check: bool,
    /// Print what was measured as JSON instead of where it is written.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &EvidenceArgs) -> Result<()> {
    let workspace = Workspace::find()?;
    let measured = if args.check {
        evidence::check(&workspace)?
    } else {
        let options = Options {
            mutants: !args.coverage,
            coverage: !args.mutants,
            package: args.package.as_deref(),
            fresh: args.fresh,
        };
        evidence::measure(&workspace, options)?
    };
    if args.json {
        say(&serde_json::to_string_pretty(&measured)?)?;
    } else {
        say(&format!("{:9} {}", if args.check { "unchanged" } else { "written" }, document::FILE))?;
    }
    Ok(())
}
