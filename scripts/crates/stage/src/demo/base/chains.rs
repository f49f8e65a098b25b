//! Three chains with one clock.

use alloy::signers::local::PrivateKeySigner;
use anyhow::Result;

use crate::chain::Chain;
use crate::scenario::{Names, Scenario, names};
use crate::{deploy, travel};

/// The chains that a session's usage passes. Which node stands for which is told by its place alone.
#[derive(Clone, Debug)]
pub struct Chains {
    /// Where sessions are.
    pub base: Chain,
    /// What knows Base's state, and can send to Arbitrum.
    pub ethereum: Chain,
    /// Where the suite is.
    pub arbitrum: Chain,
}

/// Connects to the nodes at `urls`, of Base, of Ethereum and of Arbitrum, for `scenario`, which `key` pays for on all of
/// them; nothing is sent yet.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if a node does not answer, that of Arbitrum runs no Stylus programs, or one
/// cannot travel in time to the scenario's start.
pub async fn connect(scenario: &Scenario, names: &Names, urls: [&str; 3], key: &PrivateKeySigner) -> Result<Chains> {
    let [base, ethereum, arbitrum] = urls;
    let others = names.signers().cloned().chain([names::pool_key()]);
    let base = Chain::connect_evm(base, key.clone(), [])?;
    let ethereum = Chain::connect_evm(ethereum, key.clone(), [])?;
    let arbitrum = Chain::connect(arbitrum, key.clone(), others).await?;
    deploy::require_deployer(&arbitrum).await?;
    for chain in [&base, &ethereum, &arbitrum] {
        travel::require_travel(chain, scenario.start).await?;
    }
    Ok(Chains { base, ethereum, arbitrum })
}
