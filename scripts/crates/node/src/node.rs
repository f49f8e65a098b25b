//! A node of one of a suite's chains, checked to be of that chain.

use alloy::eips::eip1559::Eip1559Estimation;
use alloy::primitives::Address;
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::transports::TransportResult;
use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_console::failure::BadInput;
use mrc53_suite::place::Place;

use crate::book::{Book, Record};
use crate::fees;
use crate::line::Line;
use crate::reader::Reader;
use crate::url::RpcUrl;

/// Addresses whose code is asked for at the same time.
const CODES_AT_ONCE: usize = 8;

/// Spare on estimated gas, in percent: state may change before the transaction.
const GAS_SPARE_PERCENT: u64 = 20;

/// The gas limit of a transaction that is estimated to take `gas`.
#[must_use]
pub const fn gas_limit(gas: u64) -> u64 {
    // Exact, and no answer of a node can overflow it.
    gas.saturating_add(gas / 100 * GAS_SPARE_PERCENT + gas % 100 * GAS_SPARE_PERCENT / 100)
}

/// A node, and which chain it is on.
#[derive(Clone, Debug)]
pub struct Node {
    /// Which of the suite's chains it is.
    pub place: Place,
    /// Its id.
    pub chain_id: u64,
    /// Where the node is.
    pub url: RpcUrl,
    /// The node.
    pub provider: DynProvider,
}

impl Node {
    /// Connects to the node at `url`, which must be on chain `chain_id`: `place` of the network called `network`.
    ///
    /// # Errors
    /// [`BadInput`] that names the node and the chain if it is on another one; a failure that names the node if it does
    /// not answer.
    pub async fn connect(place: Place, chain_id: u64, url: RpcUrl, network: &str) -> Result<Self> {
        let provider = ProviderBuilder::new().connect_client(Line::new(&url)?.client()).erased();
        let found = provider.get_chain_id().await.map_err(|error| url.blame("its chain id", &error))?;
        if found != chain_id {
            let option = place.node_option();
            return Err(BadInput::new(format!(
                "wrong chain: {url} is on chain {found}, the {place} of {network} is chain {chain_id}: name another node \
                 with {option}"
            ))
            .into());
        }
        Ok(Self { place, chain_id, url, provider })
    }

    /// Asks contracts there, as they are now.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::now(&self.provider)
    }

    /// What the next transaction there may cost per gas, wei.
    ///
    /// # Errors
    /// If the node does not say.
    pub async fn fees(&self) -> TransportResult<Eip1559Estimation> {
        match self.place {
            Place::Arbitrum => fees::next(&self.provider).await,
            Place::Base | Place::Ethereum => fees::next_with_tip(&self.provider).await,
        }
    }

    /// The gas limit of a transaction there that is estimated to take `gas`: with spare, as far as the chain lets it have
    /// that much.
    #[must_use]
    pub fn gas_limit(&self, gas: u64) -> u64 {
        // What takes more than the chain allows is left for the chain to refuse.
        self.place.most_gas().map_or(gas_limit(gas), |most| gas_limit(gas).min(most.max(gas)))
    }

    /// Checks that there is code at every address that `book` has on this chain: on another chain, or one that began
    /// anew, reading would find nothing and say that there is nothing to do.
    ///
    /// # Errors
    /// [`BadInput`] that names a contract without code; a failure that names the node if it does not answer.
    pub async fn require_code(&self, book: &Book) -> Result<()> {
        let is_here = |record: &&Record| record.chain_id.unwrap_or(book.chain_id) == self.chain_id;
        let codes = stream::iter(book.contracts.iter().filter(is_here)).map(async |record| {
            let Record { contract, address, .. } = record;
            let code = self.provider.get_code_at(*address).await;
            let code = code.map_err(|error| self.url.blame(&format!("the code of {contract}"), &error))?;
            if code.is_empty() { Err(no_code(contract, *address).into()) } else { anyhow::Ok(()) }
        });
        codes.buffered(CODES_AT_ONCE).try_collect().await
    }
}

/// That a contract of the book is not on the chain.
#[must_use]
pub fn no_code(contract: &str, address: Address) -> BadInput {
    BadInput::new(format!(
        "{contract} has no code at {address}: is this the chain of the book? If it began anew, its book has to be moved \
         away; `cargo mrc53 deploy` then begins another"
    ))
}
