//! Whether the programs that a verb is about to call can be called, said in one sentence for every verb.

use anyhow::{Context, Result, bail};
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_node::book::Record;
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_suite::contract::Contract;

use super::life::{self, Terms};
use super::table::state;

/// Programs asked about at the same time.
const AT_ONCE: usize = 8;

/// Checks that the newest programs of the book that `contracts` are can be called now: on most chains
/// a call of one that cannot says nothing.
///
/// # Errors
/// A failure that names those that cannot, and what helps; fails if the node does not answer.
pub async fn require(connection: &Connection, contracts: &[Contract]) -> Result<()> {
    let head = Head::latest(connection).await?;
    let terms = Terms::read(connection, head).await?;
    let records = contracts.iter().filter_map(|contract| connection.book.newest(*contract));
    let states = stream::iter(records).map(async |Record { contract, address, .. }| {
        let activation = life::activation(connection, head, terms, *address).await;
        let activation = activation.with_context(|| format!("{contract} at {address}"))?;
        anyhow::Ok((!activation.is_active()).then(|| format!("{contract} at {address}: {}", state(activation))))
    });
    let states: Vec<Option<String>> = states.buffered(AT_ONCE).try_collect().await?;
    let inactive: Vec<String> = states.into_iter().flatten().collect();
    if inactive.is_empty() {
        return Ok(());
    }
    bail!("cannot be called: {}; any account can activate it again: cargo mrc53 keepalive", inactive.join(", "))
}
