//! The main job: a scenario played on a chain by the real contracts, and what came of it.

pub mod play;
pub mod report;
mod stage;
mod steps;
mod table;

use std::path::Path;

use alloy::signers::local::PrivateKeySigner;
use anyhow::Result;

use crate::build::Artifact;
use crate::chain::client::Chain;
use crate::chain::{deploy, time};
use crate::scenario::{Names, Scenario, names};

pub use report::Report;
pub use table::table;

/// Plays `scenario` with the contracts `programs` on the node at `url`, paid for by `key`.
///
/// # Errors
/// [`crate::failure::BadInput`], before anything is sent, if the node is none, runs no Stylus programs or cannot
/// travel in time; a failure if something else than a scenario's event is refused.
pub async fn run(scenario: &Scenario, programs: &[Artifact], url: &str, key: PrivateKeySigner) -> Result<Report> {
    let names = Names::of(scenario);
    let others = names.signers().cloned().chain([names::pool_key()]);
    let chain = Chain::connect(url, key, others).await?;
    deploy::require_deployer(&chain).await?;
    time::require_travel(&chain, scenario.start).await?;
    play::play(&chain, scenario, &names, programs).await
}

/// The scenario in `file`, or the proposal's own example.
///
/// # Errors
/// [`crate::failure::BadInput`] if it is no scenario.
pub fn scenario(file: Option<&Path>) -> Result<Scenario> {
    match file {
        Some(file) => Ok(Scenario::load(file)?),
        None => Scenario::parse(include_str!("../../../tests/scenarios/mrc53-v2.json")).map_err(anyhow::Error::msg),
    }
}
