//! What must hold of Base's and Ethereum's chains, of Base's portal and of Arbitrum's inbox before anything is sent.

use alloy::primitives::{Address, U256};
use alloy::sol;
use alloy::sol_types::SolCall;
use anyhow::Result;
use mrc53_abi::arbitrum::CREATE2_FACTORY;
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::node::Node;
use mrc53_suite::place::Place;

use super::asking::code_at;
use super::chains::Chains;
use super::others::Others;

sol! {
    /// Base's portal on Ethereum, as far as it is asked here.
    interface Portal {
        function anchorStateRegistry() external view returns (address);
        function systemConfig() external view returns (address);
    }

    interface SystemConfig {
        function l2ChainId() external view returns (uint256);
    }

    /// Arbitrum's inbox on Ethereum, as far as it is asked here.
    interface Inbox {
        function calculateRetryableSubmissionFee(uint256 dataLength, uint256 baseFee) external view returns (uint256);
        function bridge() external view returns (address);
    }

    interface Bridge {
        function rollup() external view returns (address);
    }

    interface Rollup {
        function chainId() external view returns (uint256);
    }
}

/// Checks that both chains have the CREATE2 factory, that the portal names a registry and the inbox its fee, and, where
/// they say of which chain they are, that they are of Base's and Arbitrum's here.
///
/// # Errors
/// [`BadInput`] that names what is wrong and where; a failure if a node does not answer.
pub(super) async fn require(connection: &Connection, chains: &Chains, others: &Others) -> Result<()> {
    for place in [Place::Base, Place::Ethereum] {
        if code_at(chains.at(place)?, CREATE2_FACTORY).await?.is_empty() {
            return Err(BadInput::new(format!(
                "the {place} of {} has no CREATE2 factory at {CREATE2_FACTORY}: anybody can put it there by its keyless \
                 transaction (github.com/Arachnid/deterministic-deployment-proxy)",
                connection.network.name
            ))
            .into());
        }
    }
    let node = chains.at(Place::Ethereum)?;
    let (portal, inbox) = (others.portal.address, others.inbox.address);
    let registry = answer(node, "portal", portal, Portal::anchorStateRegistryCall {}).await?;
    if code_at(node, registry).await?.is_empty() {
        return Err(
            BadInput::new(format!("the portal {portal} names the registry {registry}, which has no code")).into()
        );
    }
    let fee = Inbox::calculateRetryableSubmissionFeeCall { dataLength: U256::ZERO, baseFee: U256::ONE };
    answer(node, "inbox", inbox, fee).await?;
    let of_portal = chain_of(node, portal, Portal::systemConfigCall {}, SystemConfig::l2ChainIdCall {}).await?;
    require_same("portal", portal, of_portal, Place::Base, others.base_chain_id)?;
    let bridge = asked(node, inbox, Inbox::bridgeCall {}).await?.unwrap_or_default();
    let of_inbox = chain_of(node, bridge, Bridge::rollupCall {}, Rollup::chainIdCall {}).await?;
    require_same("inbox", inbox, of_inbox, Place::Arbitrum, connection.network.chain_id)?;
    Ok(())
}

/// What `what` at `address` answers, without which it is none.
async fn answer<C: SolCall>(node: &Node, what: &str, address: Address, call: C) -> Result<C::Return> {
    if code_at(node, address).await?.is_empty() {
        return Err(BadInput::new(format!("the {what} {address} has no code on {}", node.url)).into());
    }
    asked(node, address, call).await?.ok_or_else(|| {
        BadInput::new(format!("the {what} {address} on {} does not answer {}", node.url, C::SIGNATURE)).into()
    })
}

/// What `address` answers; nothing if it does not.
async fn asked<C: SolCall>(node: &Node, address: Address, call: C) -> Result<Option<C::Return>> {
    match node.reader().ask(address, call).await {
        Ok(answer) => Ok(Some(answer)),
        Err(NoValue::Node(error)) => Err(node.url.blame(&format!("{} of {address}", C::SIGNATURE), &error)),
        Err(_) => Ok(None),
    }
}

/// The chain that what `at` answers to `next` says it is of; none if it says nothing.
async fn chain_of<N, C>(node: &Node, at: Address, next: N, chain: C) -> Result<Option<U256>>
where
    N: SolCall<Return = Address>,
    C: SolCall<Return = U256>,
{
    match asked(node, at, next).await? {
        Some(next) => asked(node, next, chain).await,
        None => Ok(None),
    }
}

fn require_same(what: &str, at: Address, found: Option<U256>, place: Place, wanted: u64) -> Result<(), BadInput> {
    match found.filter(|found| *found != U256::from(wanted)) {
        Some(found) => Err(BadInput::new(format!(
            "the {what} {at} is of chain {found}, and {place} is chain {wanted} here: name the one that belongs to it"
        ))),
        None => Ok(()),
    }
}
