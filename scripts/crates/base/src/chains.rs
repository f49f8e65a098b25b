//! The three chains of a suite whose sessions are on Base, each with a node that was checked, and what stands there.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_abi::UsageProofs::bucketsCall;
use mrc53_abi::arbitrum::aliased;
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::node::Node;
use mrc53_node::reading::Reading;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Abroad;

use crate::fetch::Buckets;
use crate::pipeline::standing::Standing;

/// All of it.
#[derive(Debug)]
pub struct Chains<'a> {
    /// Arbitrum, and the book.
    pub connection: &'a Connection,
    /// Base.
    pub base: Reading,
    /// Ethereum.
    pub ethereum: Node,
    /// The same, to be read.
    pub ethereum_reading: Reading,
    /// Base's portal on Ethereum.
    pub portal: Address,
    /// The relay of roots there.
    pub relay: Address,
    /// `UsageProofs` on Arbitrum.
    pub proofs: Address,
}

impl<'a> Chains<'a> {
    /// Connects to Base and Ethereum beside `connection`.
    ///
    /// # Errors
    /// [`BadInput`] if the network's sessions are not on Base, a contract has not been deployed, or a node is on another
    /// chain; a failure that names a node that does not answer.
    pub async fn connect(connection: &'a Connection) -> Result<Self> {
        let portal = connection.on_base()?.ethereum.portal;
        let proofs = connection.book.address(Contract::UsageProofs)?;
        let relay = connection.book.address_abroad(Abroad::RootRelay)?;
        let base = reading(&connection.base().await?);
        let ethereum = connection.ethereum().await?;
        let ethereum_reading = reading(&ethereum);
        Ok(Self { connection, base, ethereum, ethereum_reading, portal, relay, proofs })
    }

    /// The buckets on Base that `UsageProofs` believes.
    ///
    /// # Errors
    /// [`BadInput`] if it does not say; fails if the node does not answer.
    pub async fn buckets(&self) -> Result<Buckets> {
        let found = self.connection.reader().view(self.proofs, bucketsCall {}).await?;
        Ok(Buckets { address: found.account, code_hash: found.codeHash })
    }

    /// Where `UsageProofs` stands now.
    ///
    /// # Errors
    /// [`BadInput`] if it takes roots from another relay than the book's; fails if the node does not answer.
    pub async fn standing(&self) -> Result<Standing> {
        let from = self.connection.book.since(Contract::UsageProofs.package());
        let standing = Standing::read(self.connection.reader(), self.proofs, from).await?;
        let arrives_as = aliased(self.relay);
        if standing.relay == arrives_as {
            return Ok(standing);
        }
        Err(BadInput::new(format!(
            "usage-proofs at {} takes roots from {}, and root-relay of the book, {}, arrives there as {arrives_as}: the \
             book names two that do not belong together",
            self.proofs, standing.relay, self.relay
        ))
        .into())
    }
}

/// A node, to be read.
#[must_use]
pub fn reading(node: &Node) -> Reading {
    Reading { url: node.url.clone(), provider: node.provider.clone(), chain_id: node.chain_id }
}
