//! Reading back what was done: the code at an address, and what the contract answers for each constructor argument.

use std::time::{Duration, Instant};

use alloy::primitives::{Address, B256, keccak256};
use anyhow::{Result, bail};
use mrc53_node::node::Node;

use super::arguments::Argument;
use super::asking::{code_at, view, words};
use super::piece::Piece;

/// How long a node may lag behind the one that gave a receipt: public nodes are several behind one name.
const LAG_PATIENCE: Duration = Duration::from_secs(30);

/// Which of a contract's values are read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All: nobody can have changed any yet.
    Everything,
    /// Those that can never change.
    Fixed,
}

/// Checks that the code of `piece` is at `address` and that it answers what it was constructed with.
///
/// # Errors
/// A failure that names the value that is not as it should be.
pub async fn verify(node: &Node, piece: &Piece, address: Address, extent: Extent) -> Result<()> {
    let code = arrived(node, piece, address).await?;
    let (there, built) = (keccak256(&code), piece.code_hash());
    if there != built {
        bail!("{} at {address} has the code hash {there}, built was {built}", piece.contract);
    }
    for argument in &piece.arguments {
        if argument.is_fixed || extent == Extent::Everything {
            read_back(node, piece, address, argument).await?;
        }
    }
    Ok(())
}

/// The code at `address`, once the node knows of it.
async fn arrived(node: &Node, piece: &Piece, address: Address) -> Result<alloy::primitives::Bytes> {
    let started = Instant::now();
    loop {
        let code = code_at(node, address).await?;
        if !code.is_empty() {
            return Ok(code);
        }
        if started.elapsed() > LAG_PATIENCE {
            bail!("{} has been deployed, and {} shows no code at {address}", piece.contract, node.url);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn read_back(node: &Node, piece: &Piece, address: Address, argument: &Argument) -> Result<()> {
    let found = match view(node, address, &argument.view).await? {
        Ok(answer) if argument.is_answered_by(&answer) => return Ok(()),
        Ok(answer) => match <[u8; 32]>::try_from(answer.as_ref()) {
            Ok(word) => B256::from(word).to_string(),
            Err(_) => format!("`{answer}`"),
        },
        Err(data) => words(&data),
    };
    let (contract, name, wanted) = (&piece.contract, argument.name, argument.word);
    bail!("{contract} at {address} answers {found} for {name}, constructed was {wanted}")
}
