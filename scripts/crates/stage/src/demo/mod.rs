//! The main job: a scenario played on a chain by the real contracts, or on three of them, and what came of it.

pub mod base;
mod play;
pub mod report;
mod stage;
mod steps;
mod table;

use std::path::Path;

use alloy::signers::local::PrivateKeySigner;
use anyhow::Result;

use crate::chain::Chain;
use crate::scenario::{Names, Scenario, names};
use crate::{deploy, travel};

pub use play::{Starts, play};
pub use report::Report;
pub use table::table;

/// Connects to the node at `url` for `scenario`, which `key` pays for; nothing is sent yet.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if nothing answers there, the chain runs no Stylus programs, or it cannot
/// travel in time to the scenario's start.
pub async fn connect(scenario: &Scenario, names: &Names, url: &str, key: PrivateKeySigner) -> Result<Chain> {
    let others = names.signers().cloned().chain([names::pool_key()]);
    let chain = Chain::connect(url, key, others).await?;
    deploy::require_deployer(&chain).await?;
    travel::require_travel(&chain, scenario.start).await?;
    Ok(chain)
}

/// The scenario in `file`, or the proposal's own example.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if it is no scenario.
pub fn scenario(file: Option<&Path>) -> Result<Scenario> {
    match file {
        Some(file) => Ok(Scenario::load(file)?),
        None => {
            Scenario::parse(include_str!("../../../../../tests/scenarios/mrc53-v2.json")).map_err(anyhow::Error::msg)
        }
    }
}
