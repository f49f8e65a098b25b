//! The command line: verbs and flags, and what each verb does with the library.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::build::{self, Source};
use crate::failure::exit_code;
use crate::workspace::Workspace;

/// Builds, rehearses and tests the MRC-53 compute rewards suite.
#[derive(Debug, Parser)]
#[command(name = "cargo mrc53", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build the four contracts to wasm that is ready to activate, and show their sizes.
    Build(BuildArgs),
}

#[derive(Args, Debug)]
struct BuildArgs {
    /// Print a JSON list instead of a table.
    #[arg(long)]
    json: bool,
    /// Where to take the Rust toolchain from.
    #[arg(long, value_enum, default_value = "auto", env = "MRC53_TOOLCHAIN")]
    toolchain: Source,
}

/// Reads the process's arguments, runs the verb and says how it went: exit code 0 done, 1 failed, 2 bad input.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.verb.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(exit_code(&error))
        }
    }
}

impl Verb {
    fn run(self) -> Result<()> {
        match self {
            Self::Build(args) => args.run(),
        }
    }
}

impl BuildArgs {
    fn run(self) -> Result<()> {
        let artifacts = build::build(&Workspace::find()?, self.toolchain)?;
        println!("{}", if self.json { build::json(&artifacts)? } else { build::table(&artifacts) });
        Ok(())
    }
}
