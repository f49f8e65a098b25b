//! Keeping programs in the chain's cache, from which they start for a fraction of the gas. A place is bought from the
//! chain's cache manager by a bid; on a chain without one, its owner caches.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::Provider;
use alloy::sol_types::SolCall;
use anyhow::{Context, Result, bail};
use mrc53_abi::ArbOwnerPublic::isChainOwnerCall;
use mrc53_abi::ArbWasmCache::{allCacheManagersCall, cacheProgramCall, isCacheManagerCall};
use mrc53_abi::CacheManager::{getMinBidCall, isPausedCall, placeBidCall};
use mrc53_abi::arbitrum::{ARB_OWNER_PUBLIC, ARB_WASM_CACHE};
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_node::no_value::NoValue;
use mrc53_node::sender::{Sender, Sent, Transaction};
use serde::Serialize;

use super::keepalive::{Place, by_code};
use super::life::{self, Terms};

/// The programs and the cache as they are.
#[derive(Debug, Serialize)]
pub struct Cache {
    /// The contract that sells places; none where the chain's owner gives them.
    pub manager: Option<Address>,
    /// Every program of the book.
    pub programs: Vec<Entry>,
}

/// A program, and its place in the cache.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The contracts with this code.
    pub contracts: Vec<Place>,
    /// keccak256 of the code.
    pub code_hash: B256,
    /// Whether it is active: only then it can be cached.
    pub active: bool,
    /// Whether it was found in the cache.
    pub cached: bool,
    /// The least bid that the cache manager takes for it now, wei, as a decimal string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_bid_wei: Option<String>,
    /// Whether a transaction was sent for it.
    pub sent: bool,
    /// The transaction that put it into the cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<B256>,
    /// Its gas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gas: Option<u64>,
    /// Why it is not cached, where that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Reads the cache.
///
/// # Errors
/// [`BadInput`] if nothing is deployed or code is missing; a failure if the node does not answer.
pub async fn read(connection: &Connection) -> Result<Cache> {
    let head = Head::latest(connection).await?;
    let terms = Terms::read(connection, head).await?;
    let manager = manager(connection, head).await?;
    let mut programs = Vec::new();
    for (life, contracts) in by_code(life::read_all(connection, head, terms).await?, &connection.book.network)? {
        let active = life.activation.is_active();
        let least_bid_wei = match manager {
            Some(manager) if active && !life.cached => {
                let bid = connection.reader().at(head).ask(manager, getMinBidCall { program: life.address }).await;
                Some(bid.with_context(|| format!("the least bid for {}", life.contract))?.to_string())
            }
            _ => None,
        };
        let (code_hash, cached) = (life.code_hash, life.cached);
        let (transaction, gas, error) = Default::default();
        programs.push(Entry {
            contracts,
            code_hash,
            active,
            cached,
            least_bid_wei,
            sent: false,
            transaction,
            gas,
            error,
        });
    }
    Ok(Cache { manager, programs })
}

/// The newest of the chain's cache managers that is a contract.
async fn manager(connection: &Connection, head: Head) -> Result<Option<Address>> {
    let managers = connection.reader().at(head).ask(ARB_WASM_CACHE, allCacheManagersCall {}).await;
    for manager in managers.context("ArbWasmCache.allCacheManagers")?.into_iter().rev() {
        if !connection.provider.get_code_at(manager).block_id(head.id()).await?.is_empty() {
            return Ok(Some(manager));
        }
    }
    Ok(None)
}

impl Cache {
    /// Whether a program is not cached and could be.
    #[must_use]
    pub fn is_missing_any(&self) -> bool {
        self.programs.iter().any(Entry::is_missing)
    }

    /// Caches what is not: with a bid of `bid_wei` for each program where the chain has a cache manager, as the chain's
    /// owner or as a cache manager elsewhere.
    ///
    /// # Errors
    /// Before anything is sent [`BadInput`] if there is a manager and no bid, the manager asks for a higher one, or there
    /// is no manager and the sender is neither owner nor manager; a failure if the manager is paused, or if the first
    /// transaction fails. If a later one does, its entry says so, and the next run goes on there.
    pub async fn fill(&mut self, sender: &Sender<'_>, bid_wei: Option<U256>) -> Result<()> {
        match self.manager {
            Some(manager) => self.check_bid(sender.connection(), manager, bid_wei).await?,
            None => check_right(sender).await?,
        }
        let manager = self.manager;
        let mut has_sent = false;
        for entry in self.programs.iter_mut().filter(|entry| entry.is_missing()) {
            let Some(Place { contract, address: program }) = entry.contracts.first().cloned() else { continue };
            let (to, value, data) = match manager {
                Some(manager) => (manager, bid_wei.unwrap_or_default(), placeBidCall { program }.abi_encode()),
                None => (ARB_WASM_CACHE, U256::ZERO, cacheProgramCall { program }.abi_encode()),
            };
            let transaction = Transaction { what: format!("caching {contract}"), to, value, data: Bytes::from(data) };
            match sender.send(&transaction).await {
                Ok(Sent::Mined(receipt)) => {
                    has_sent = true;
                    entry.sent = true;
                    entry.transaction = Some(receipt.transaction_hash);
                    entry.gas = Some(receipt.gas_used);
                }
                Ok(_) => {}
                Err(error) if !has_sent => return Err(error),
                Err(error) => {
                    entry.error = Some(format!("{error:#}"));
                    break;
                }
            }
        }
        Ok(())
    }

    async fn check_bid(&self, connection: &Connection, manager: Address, bid_wei: Option<U256>) -> Result<()> {
        let asked = self.programs.iter().filter_map(|entry| entry.least_bid_wei.as_ref()?.parse::<U256>().ok()).max();
        let asked = asked.unwrap_or_default();
        match bid_wei {
            None => return Err(BadInput::new(format!("places in the cache are sold: --bid {asked} or more")).into()),
            Some(bid) if bid < asked => {
                return Err(BadInput::new(format!(
                    "a bid of {bid} wei is too low: the cache manager asks {asked} wei"
                ))
                .into());
            }
            Some(_) => {}
        }
        match connection.reader().ask(manager, isPausedCall {}).await {
            Ok(true) => bail!("the cache manager {manager} takes no bids now: it is paused"),
            // One that does not say refuses the bid itself if it has to.
            Ok(false) | Err(NoValue::Refused(_)) => Ok(()),
            Err(no) => Err(no).context("isPaused"),
        }
    }
}

impl Entry {
    fn is_missing(&self) -> bool {
        self.active && !self.cached
    }
}

/// Checks that the sender may cache by itself.
async fn check_right(sender: &Sender<'_>) -> Result<()> {
    let (reader, account) = (sender.connection().reader(), sender.address());
    let is_manager = reader.ask(ARB_WASM_CACHE, isCacheManagerCall { manager: account }).await;
    let is_owner = reader.ask(ARB_OWNER_PUBLIC, isChainOwnerCall { account }).await;
    if is_manager.context("ArbWasmCache.isCacheManager")? || is_owner.context("ArbOwnerPublic.isChainOwner")? {
        return Ok(());
    }
    Err(BadInput::new(format!(
        "this chain has no cache manager to buy a place from, and {account} is neither its owner nor a cache manager"
    ))
    .into())
}
