//! What every verb that sends transactions is told alike: who signs, whether to send at all, and how to answer.

use std::io::Write as _;

use alloy::primitives::U256;
use anyhow::Result;
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::failure::BadInput;
use mrc53_console::show::count;
use mrc53_node::connection::Connection;
use mrc53_node::keys::Signer;
use mrc53_node::node::Node;
use mrc53_node::profile::Network;
use mrc53_node::sender::{Sender, Unsigned};
use mrc53_node::words;
use serde_json::Value;

use super::network::{KeyArgs, NetworkArgs};

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
            if self.keys.unsigned_from.is_some() {
                return Err(BadInput::new(
                    "--unsigned-from writes down what would be sent, and without --send nothing would be: add --send, \
                     or leave it out",
                )
                .into());
            }
            return Ok((None, network.connect(None).await?));
        }
        let (signer, connection) = self.connect(network).await?;
        Ok((Some(signer), connection))
    }

    /// A sender on `connection` for `signer` that keeps to `budget`.
    pub(super) fn sender<'a>(&self, connection: &'a Connection, signer: Signer, budget: &BudgetArgs) -> Sender<'a> {
        self.sender_on(connection.node(), connection, signer, budget)
    }

    /// The same on the chain of `node`, one of those of `connection`.
    pub(super) fn sender_on<'a>(
        &self,
        node: Node,
        connection: &'a Connection,
        signer: Signer,
        budget: &BudgetArgs,
    ) -> Sender<'a> {
        budget.bound(Sender::on(node, connection, signer, self.dry_run))
    }

    /// Prints the transactions that somebody else is to sign on standard output, one a line, and the result beneath
    /// them on standard error; the result on standard output where nobody else signs.
    pub(super) fn print(&self, text: &str, json: &Value, unsigned: &[Unsigned]) -> Result<()> {
        let result = if self.json { serde_json::to_string_pretty(json)? } else { text.to_owned() };
        if self.keys.unsigned_from.is_none() || self.dry_run {
            return say(&result);
        }
        print_unsigned(unsigned)?;
        eprintln!("{result}");
        Ok(())
    }
}

/// Writes `result` to standard output; where that is not possible, a full disk or a closed pipe, to standard error, so
/// that nobody repeats what has been done for want of its report.
///
/// # Errors
/// A failure that says so.
pub(super) fn say(result: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{result}").and_then(|()| output.flush()).map_err(|error| {
        eprintln!("{result}");
        anyhow::anyhow!("standard output cannot be written ({error}): the result is above, on standard error")
    })
}

/// What one run of a keeper may spend.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct BudgetArgs {
    /// Spend at most so much ether on fees in this run: a transaction that might bring them above is not sent, and the
    /// run ends with exit code 1.
    #[arg(long, value_name = "ETHER", value_parser = amounts::ether, conflicts_with = "unsigned_from")]
    max_ether: Option<U256>,
}

impl BudgetArgs {
    /// `sender`, kept to it.
    pub(super) fn bound<'a>(&self, sender: Sender<'a>) -> Sender<'a> {
        sender.within(self.max_ether)
    }
}

/// One line of JSON for each of `transactions`, in the order in which they are to be signed.
pub(super) fn print_unsigned(transactions: &[Unsigned]) -> Result<()> {
    for transaction in transactions {
        say(&serde_json::to_string(transaction)?)?;
    }
    Ok(())
}

/// Does `step` for each of `items`, told its number from 1 on, until one fails or `sender` has spent what it may: what
/// was done, and why it ended early. It is an error only where nothing was done before it, so that nothing done goes
/// unreported.
pub(super) async fn each<Item, Line>(
    sender: &Sender<'_>,
    items: &[Item],
    mut step: impl AsyncFnMut(usize, &Item) -> Result<Line>,
) -> Result<(Vec<Line>, Option<String>)> {
    let mut lines = Vec::new();
    for (number, item) in (1..).zip(items) {
        match step(number, item).await {
            Ok(line) => lines.push(line),
            Err(error) if lines.is_empty() => return Err(error),
            Err(error) => return Ok((lines, Some(format!("ended early: {}", words::of(&error))))),
        }
        if let Some(over) = sender.over_budget() {
            let rest = items.len() - lines.len();
            let rest = if rest == 0 { String::new() } else { format!("; {} not tried", count(rest, "subnet")) };
            return Ok((lines, Some(format!("{over}{rest}"))));
        }
    }
    Ok((lines, None))
}

/// That a cut is executed here, if `send`: elsewhere it is looked at and signed by more than one.
pub(super) fn require_local(send: bool, connection: &Connection) -> Result<(), BadInput> {
    if send && !connection.network.is_local() {
        return Err(BadInput::new(format!(
            "--send executes a cut on local chains only: on {} the diamond's owner signs its file",
            connection.network.name
        )));
    }
    Ok(())
}
