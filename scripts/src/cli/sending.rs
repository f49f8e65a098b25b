//! What every verb that sends transactions is told alike: who signs, whether to send at all, and how to answer.

use alloy::primitives::Address;
use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::network::connection::{Connection, NetworkArgs};
use crate::network::keys::{KeyArgs, Signer};
use crate::network::profile::Network;

#[derive(Args, Debug)]
pub(super) struct SendingArgs {
    #[command(flatten)]
    pub(super) keys: KeyArgs,
    /// Send nothing: say what would be sent. Needs no key.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Print JSON instead of text.
    #[arg(long)]
    json: bool,
}

impl SendingArgs {
    /// Who sends, and a connection that signs for it.
    pub(super) async fn connect(&self, network: &NetworkArgs) -> Result<(Signer, Connection)> {
        let profile = Network::find(&network.network)?;
        let signer = if self.dry_run { self.keys.signer_or_nobody(&profile)? } else { self.keys.signer(&profile)? };
        let connection = network.connect(Some(&signer)).await?;
        Ok((signer, connection))
    }

    /// The same where `sends`; else nobody, and a connection that only reads.
    pub(super) async fn connect_if(&self, sends: bool, network: &NetworkArgs) -> Result<(Option<Signer>, Connection)> {
        if !sends {
            return Ok((None, network.connect(None).await?));
        }
        let (signer, connection) = self.connect(network).await?;
        Ok((Some(signer), connection))
    }

    /// Prints the result on standard output; on standard error where that is taken by unsigned transactions.
    pub(super) fn print(&self, text: &str, json: &Value) -> Result<()> {
        let result = if self.json { serde_json::to_string_pretty(json)? } else { text.to_owned() };
        if self.keys.unsigned_from.is_some() && !self.dry_run {
            eprintln!("{result}");
        } else {
            println!("{result}");
        }
        Ok(())
    }
}

/// Does `step` for each of `subnets`, told its number from 1 on, until one fails: what was done, and that failure. It is
/// an error only where nothing was done before it, so that nothing done goes unreported.
pub(super) async fn each<Line>(
    subnets: &[Address],
    mut step: impl AsyncFnMut(usize, Address) -> Result<Line>,
) -> Result<(Vec<Line>, Option<String>)> {
    let mut lines = Vec::new();
    for (number, subnet) in (1..).zip(subnets) {
        match step(number, *subnet).await {
            Ok(line) => lines.push(line),
            Err(error) if lines.is_empty() => return Err(error),
            Err(error) => return Ok((lines, Some(format!("ended early at {subnet}: {error:#}")))),
        }
    }
    Ok((lines, None))
}
