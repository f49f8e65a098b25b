//! A local chain forgets everything when it is started anew; its book does not.

use anyhow::Result;
use mrc53_node::book::Book;
use mrc53_node::connection::Connection;

use super::asking::code_at;
use super::chains::Chains;

/// Starts the book of a local chain anew if nothing of what it names is there any more, and says whether it has.
/// Nothing is written yet. Elsewhere nothing is ever forgotten.
///
/// # Errors
/// A failure if the node does not answer.
pub async fn forget(connection: &mut Connection, chains: &Chains) -> Result<bool> {
    if !connection.network.is_local() || connection.book.contracts.is_empty() {
        return Ok(false);
    }
    for record in &connection.book.contracts {
        // What stands on a chain that the network does not have cannot be asked for, and is not forgotten.
        let node = chains.of_chain(record.chain_id.unwrap_or(connection.network.chain_id));
        let is_gone = match node {
            Some(node) => code_at(node, record.address).await?.is_empty(),
            None => false,
        };
        if !is_gone {
            return Ok(false);
        }
    }
    connection.book = Book::new(&connection.network);
    Ok(true)
}
