//! Ethereum: a stand-in of what it knows about Base, the relay, and Arbitrum's own bridge and inbox.

use alloy::primitives::{Address, B256, Bytes, TxKind, U256, hex};
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::{SolCall, SolValue};
use anyhow::{Result, ensure};
use mrc53_abi::abroad;
use mrc53_base::games::game::KNOWN_GAME_TYPE;
use mrc53_base::relay::Ticket as Way;
use mrc53_node::reading::Reading;
use mrc53_node::sender::Transaction;

use super::super::play::events;
use super::super::stage::put;
use super::arrival::Ticket;
use super::artifacts::Artifacts;
use super::bindings::{Bridge, Game, GameFactory, Inbox};
use crate::chain::Chain;
use crate::travel;

/// A game that ended for those who made the claim.
const DEFENDER_WINS: u8 = 2;
/// The most bytes of a message that Arbitrum's inbox on Ethereum takes.
const MAX_DATA_BYTES: u64 = 117_964;
/// What is prepaid on Arbitrum: more than four times what taking a root costs there, its program not cached.
const TICKET_GAS: u64 = 300_000;
/// Wei for a unit of it: twice the base fee at rest.
const TICKET_FEE_PER_GAS: u128 = 200_000_000;

/// What stands on Ethereum.
pub(super) struct Ethereum<'a> {
    chain: &'a Chain,
    /// The same, as it is read.
    reading: Reading,
    factory: Address,
    bridge: Address,
    inbox: Address,
    pub relay: Address,
}

impl<'a> Ethereum<'a> {
    /// Deploys all of it in blocks of timestamp `at`.
    pub(super) async fn set(
        chain: &'a Chain,
        artifacts: Artifacts<'_>,
        at: u64,
        deployments: &mut Vec<(String, u64)>,
    ) -> Result<Self> {
        let factory = put(chain, at, "GameFactoryStandIn", artifacts.of("GameFactoryStandIn", [])?, deployments);
        let factory = factory.await?;
        let arguments = (factory, KNOWN_GAME_TYPE, U256::ZERO).abi_encode_params();
        let code = artifacts.of("RegistryStandIn", arguments)?;
        let registry = put(chain, at, "RegistryStandIn", code, deployments).await?;
        let code = artifacts.of("PortalStandIn", registry.abi_encode())?;
        let portal = put(chain, at, "PortalStandIn", code, deployments).await?;

        let bridge = proxy(chain, at, "NitroBridge", artifacts.of("NitroBridge", [])?, deployments).await?;
        let code = artifacts.of("NitroInbox", U256::from(MAX_DATA_BYTES).abi_encode())?;
        let inbox = proxy(chain, at, "NitroInbox", code, deployments).await?;
        let relay = abroad::relay(B256::ZERO, portal, inbox)?;
        let relay = put(chain, at, "root-relay", relay.initcode, deployments).await?;

        let ethereum = Self { chain, reading: chain.reading().await?, factory, bridge, inbox, relay };
        ethereum.must(at, factory, &GameFactory::setRegistryCall { registry }).await?;
        // On Ethereum the rollup may let an inbox in; here the account that pays for everything is in its place.
        ethereum.must(at, bridge, &Bridge::initializeCall { rollup: chain.main }).await?;
        ethereum.must(at, inbox, &Inbox::initializeCall { bridge, sequencerInbox: Address::ZERO }).await?;
        ethereum.must(at, bridge, &Bridge::setDelayedInboxCall { inbox, enabled: true }).await?;
        Ok(ethereum)
    }

    /// Proposes `root` of Base's block `block`; answers the game and the gas.
    pub(super) async fn propose(&self, at: u64, root: B256, block: u64) -> Result<(Address, u64)> {
        let extra_data = U256::from(block).abi_encode().into();
        let create = GameFactory::createCall { gameType: KNOWN_GAME_TYPE, rootClaim: root, extraData: extra_data };
        let receipt = self.must(at, self.factory, &create).await?;
        let created: Vec<_> = events::<GameFactory::DisputeGameCreated>(&receipt, self.factory).collect();
        ensure!(created.len() == 1, "the factory created {} games", created.len());
        Ok((created[0].disputeProxy, receipt.gas_used))
    }

    /// Ends `game` for its claim, as `resolve()` does once that was proven; answers the gas.
    pub(super) async fn resolve(&self, at: u64, game: Address) -> Result<u64> {
        Ok(self.must(at, game, &Game::endCall { status: DEFENDER_WINS }).await?.gas_used)
    }

    /// Sends the root of `game` to `target`; answers the ticket and the gas.
    pub(super) async fn relay(&self, at: u64, game: Address, target: Address) -> Result<(Ticket, u64)> {
        let refund = self.chain.main;
        let way = Way { game, target, refund, gas_limit: TICKET_GAS, max_fee_per_gas: TICKET_FEE_PER_GAS };
        let cost = way.cost(&self.reading, self.relay).await?;
        let Transaction { to, value, data, .. } = way.transaction(self.relay, cost.value());
        travel::set_next(self.chain, at).await?;
        let receipt = self.chain.send(self.chain.main, TxKind::Call(to), data, value).await?;
        ensure!(receipt.status(), "relaying the root of {game}: transaction {} failed", receipt.transaction_hash);
        Ok((Ticket::of(&receipt, self.bridge, self.inbox)?, receipt.gas_used))
    }

    async fn must(&self, at: u64, to: Address, call: &impl SolCall) -> Result<TransactionReceipt> {
        travel::set_next(self.chain, at).await?;
        self.chain.must("setting Ethereum up", self.chain.main, to, call.abi_encode()).await
    }
}

/// Deploys `code` and a proxy (EIP-1167) before it: Arbitrum's contracts take no direct calls.
async fn proxy(
    chain: &Chain,
    at: u64,
    what: &str,
    code: Bytes,
    deployments: &mut Vec<(String, u64)>,
) -> Result<Address> {
    let logic = put(chain, at, what, code, deployments).await?;
    let parts = [
        &hex!("3d602d80600a3d3981f3363d3d373d3d3d363d73")[..],
        logic.as_slice(),
        &hex!("5af43d82803e903d91602b57fd5bf3"),
    ];
    put(chain, at, &format!("a proxy of {what}"), parts.concat().into(), deployments).await
}
