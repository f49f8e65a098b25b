//! `mrc53-model FILE`: plays a scenario on the reference model and prints its report as JSON.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use mrc53_model::{Scenario, play};

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("mrc53-model: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file] = arguments.as_slice() else { bail!("usage: mrc53-model FILE") };
    let text = std::fs::read_to_string(file).with_context(|| file.clone())?;
    let scenario: Scenario = text.parse().with_context(|| file.clone())?;
    Ok(serde_json::to_string_pretty(&play(&scenario))?)
}
