//! What the transactions of a plan cost, asked of the chain.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, U256, address};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::{AccountOverride, StateOverride, StateOverridesBuilder};
use alloy::sol;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::{Result, bail};
use mrc53_console::failure::BadInput;
use mrc53_node::answers::revert_data;
use mrc53_node::data_fee::{data_fee, with_spare};
use mrc53_node::no_value::NoValue;
use mrc53_node::node::Node;
use mrc53_node::sender::Transaction;
use mrc53_suite::place::Place;

use super::asking::{asking, words};
use super::chains::Chains;
use super::goal::Goal;
use super::piece::Piece;
use super::step::{Cost, Step};

/// Where chains of Base's kind say what data on Ethereum costs.
const GAS_PRICE_ORACLE: Address = address!("420000000000000000000000000000000000000F");
/// Bytes of a transaction besides its call data, at most.
const ENVELOPE_BYTES: usize = 128;
sol! {
    /// What a transaction of so many bytes is charged at most for its data on Ethereum, wei.
    function getL1FeeUpperBound(uint256 unsignedTxSize) external view returns (uint256);
}

/// What a sender is given for an estimate, wei: more than any deployment takes.
const PLENTY_WEI: U256 = U256::from_limbs([0, 1 << 32, 0, 0]);

/// Writes down what every step to be sent costs on its chain. No constructor calls another contract of the suite, so each
/// can be estimated before those it names are there; a token that is still to be deployed is assumed in place.
pub(super) async fn price(chains: &Chains, goal: &Goal, sender: Address, steps: &mut [Step]) -> Result<()> {
    let with_ether =
        StateOverridesBuilder::default().append(sender, AccountOverride::default().with_balance(PLENTY_WEI));
    let with_token = goal.stand_ins.iter().filter(|it| it.address == goal.token.address);
    let with_token = with_token.fold(with_ether.clone(), |overrides, it| {
        overrides.append(it.address, AccountOverride::default().with_code(it.code.clone()))
    });
    for node in chains.all() {
        let fees = asking(node, "its fees", node.fees().await)?;
        for step in steps.iter_mut().filter(|step| step.piece.place == node.place && step.is_sent()) {
            let piece = &step.piece;
            let data_fee_wei = match piece.place {
                Place::Arbitrum if piece.is_program() => activation(node, sender, piece).await?,
                Place::Base => data_on_ethereum(node, piece).await?,
                Place::Arbitrum | Place::Ethereum => U256::ZERO,
            };
            // Base takes its fee from what the sender has, Arbitrum from what is sent along.
            let value_wei = if piece.is_program() { with_spare(data_fee_wei) } else { U256::ZERO };
            // A stand-in has no code yet, and must not meet the token's that is assumed.
            let state = match piece.place {
                Place::Arbitrum if piece.is_program() => with_token.clone().build(),
                Place::Arbitrum => StateOverride::default(),
                Place::Base | Place::Ethereum => with_ether.clone().build(),
            };
            let gas = predicted(node, piece, request(sender, step.transaction(value_wei)), state).await?;
            let most_wei =
                data_fee_wei.max(value_wei) + U256::from(node.gas_limit(gas)) * U256::from(fees.max_fee_per_gas);
            step.cost = Some(Cost { gas, data_fee_wei, value_wei, most_wei });
        }
    }
    Ok(())
}

/// What Base asks for the data of the transaction of `piece` on Ethereum, at most by the prices of now; nothing on a
/// chain that has no such fee.
async fn data_on_ethereum(node: &Node, piece: &Piece) -> Result<U256> {
    let bytes = U256::from(piece.call.len() + ENVELOPE_BYTES);
    match node.reader().ask(GAS_PRICE_ORACLE, getL1FeeUpperBoundCall { unsignedTxSize: bytes }).await {
        Ok(fee) => Ok(fee),
        Err(NoValue::Node(error)) => Err(node.url.blame("its fee for data on Ethereum", &error)),
        Err(_) => Ok(U256::ZERO),
    }
}

/// What activating `piece` costs.
async fn activation(node: &Node, sender: Address, piece: &Piece) -> Result<U256> {
    data_fee(&node.provider, sender, &piece.code).await.map_err(|error| {
        let refused = error.downcast_ref().and_then(revert_data);
        let (contract, url) = (&piece.contract, &node.url);
        match refused {
            Some(data) => BadInput::new(format!("{contract} does not activate on {url}: {}", words(&data))).into(),
            None => anyhow::anyhow!("{url} does not say whether {contract} activates: {error:#}"),
        }
    })
}

/// The gas that deploying `piece` takes, once the deployer has said that it lands where it belongs.
async fn predicted(node: &Node, piece: &Piece, request: TransactionRequest, state: StateOverride) -> Result<u64> {
    let called = node.provider.call(request.clone()).overrides(state.clone()).await;
    let answer = refused_or(node, piece, called)?;
    // StylusDeployer answers one word, the CREATE2 factory 20 bytes.
    let lands = answer.len().checked_sub(20).map(|start| Address::from_slice(&answer[start..]));
    if lands != Some(piece.address) {
        bail!("{} of {} answers {answer}, not {}", piece.deployer, piece.contract, piece.address);
    }
    let estimated = node.provider.estimate_gas(request).overrides(state).await;
    refused_or(node, piece, estimated)
}

fn refused_or<T>(node: &Node, piece: &Piece, answer: Result<T, RpcError<TransportErrorKind>>) -> Result<T> {
    let refused = answer.as_ref().err().and_then(revert_data);
    if let Some(data) = refused {
        return Err(BadInput::new(format!("{} cannot be constructed: {}", piece.contract, words(&data))).into());
    }
    asking(node, &format!("what deploying {} takes", piece.contract), answer)
}

fn request(sender: Address, transaction: Transaction) -> TransactionRequest {
    TransactionRequest::default()
        .with_from(sender)
        .with_to(transaction.to)
        .with_value(transaction.value)
        .with_input(transaction.data)
}
