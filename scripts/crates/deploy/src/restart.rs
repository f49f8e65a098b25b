//! A local chain forgets everything when it is started anew; its book does not.

use anyhow::Result;
use mrc53_node::book::Book;
use mrc53_node::connection::Connection;

use super::asking::code_at;

/// Starts the book of a local chain anew if nothing of what it names is there any more, and says whether it has.
/// Nothing is written yet. Elsewhere nothing is ever forgotten.
///
/// # Errors
/// A failure if the node does not answer.
pub async fn forget(connection: &mut Connection) -> Result<bool> {
    if !connection.network.is_local() || connection.book.contracts.is_empty() {
        return Ok(false);
    }
    for record in &connection.book.contracts {
        if !code_at(connection, record.address).await?.is_empty() {
            return Ok(false);
        }
    }
    connection.book = Book::new(&connection.network);
    Ok(true)
}
