//! The nodes of the chains that a suite stands on.

use anyhow::{Context, Result};
use mrc53_node::connection::Connection;
use mrc53_node::node::Node;
use mrc53_suite::place::Place;

/// A node of each: of Arbitrum, and of Base and Ethereum where sessions are counted on Base.
#[derive(Clone, Debug)]
pub struct Chains(Vec<Node>);

impl Chains {
    /// Those of the network of `connection`, each checked for its chain.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if a node is on another chain; a failure that names a node that does not
    /// answer.
    pub async fn connect(connection: &Connection) -> Result<Self> {
        let mut nodes = vec![connection.node()];
        if connection.network.on_base.is_some() {
            for place in [Place::Base, Place::Ethereum] {
                nodes.push(connection.node_to_deploy(place).await?);
            }
        }
        Ok(Self(nodes))
    }

    /// The node of `place`.
    ///
    /// # Errors
    /// Fails if the network has no such chain.
    pub fn at(&self, place: Place) -> Result<&Node> {
        self.0.iter().find(|node| node.place == place).with_context(|| format!("the network has no {place}"))
    }

    /// The node of chain `chain_id`; none if the network has no such chain.
    #[must_use]
    pub fn of_chain(&self, chain_id: u64) -> Option<&Node> {
        self.0.iter().find(|node| node.chain_id == chain_id)
    }

    /// All of them, Arbitrum's first.
    pub fn all(&self) -> impl Iterator<Item = &Node> {
        self.0.iter()
    }
}
