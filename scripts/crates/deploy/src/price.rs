//! What the transactions of a plan cost, asked of the chain.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::{AccountOverride, StateOverride, StateOverridesBuilder};
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::{Result, bail};
use mrc53_console::failure::BadInput;
use mrc53_node::answers::revert_data;
use mrc53_node::connection::Connection;
use mrc53_node::data_fee::{data_fee, with_spare};
use mrc53_node::fees;
use mrc53_node::sender::{Transaction, gas_limit};

use super::asking::{asking, words};
use super::compare::Action;
use super::goal::Goal;
use super::piece::Piece;
use super::step::{Cost, Step};

/// What a sender is given for an estimate, wei: more than any deployment takes.
const PLENTY_WEI: U256 = U256::from_limbs([0, 1 << 32, 0, 0]);

/// Writes down what every step to be sent costs. No constructor calls another contract of the suite, so each can be
/// estimated before those it names are there; a token that is still to be deployed is assumed in place.
pub(super) async fn price(connection: &Connection, goal: &Goal, sender: Address, steps: &mut [Step]) -> Result<()> {
    let provider = &connection.provider;
    let fees = asking(connection, "its fees", fees::next(provider).await)?;
    let mut overrides =
        StateOverridesBuilder::default().append(sender, AccountOverride::default().with_balance(PLENTY_WEI));
    for stand_in in goal.stand_ins.iter().filter(|it| it.address == goal.token.address) {
        overrides = overrides.append(stand_in.address, AccountOverride::default().with_code(stand_in.code.clone()));
    }
    let overrides = overrides.build();
    for step in steps.iter_mut().filter(|step| step.action == Action::Deploy) {
        let data_fee_wei =
            if step.piece.is_program() { activation(connection, sender, &step.piece).await? } else { U256::ZERO };
        let value_wei = with_spare(data_fee_wei);
        let request = request(sender, step.transaction(value_wei));
        // A stand-in has no code yet, and must not meet the token's that is assumed.
        let state = if step.piece.is_program() { overrides.clone() } else { StateOverride::default() };
        let gas = predicted(connection, &step.piece, request, state).await?;
        let most_wei = value_wei + U256::from(gas_limit(gas)) * U256::from(fees.max_fee_per_gas);
        step.cost = Some(Cost { gas, data_fee_wei, value_wei, most_wei });
    }
    Ok(())
}

/// What activating `piece` costs.
async fn activation(connection: &Connection, sender: Address, piece: &Piece) -> Result<U256> {
    data_fee(&connection.provider, sender, &piece.code).await.map_err(|error| {
        let refused = error.downcast_ref().and_then(revert_data);
        let (contract, url) = (&piece.contract, &connection.url);
        match refused {
            Some(data) => BadInput::new(format!("{contract} does not activate on {url}: {}", words(&data))).into(),
            None => anyhow::anyhow!("{url} does not say whether {contract} activates: {error:#}"),
        }
    })
}

/// The gas that deploying `piece` takes, once the deployer has said that it lands where it belongs.
async fn predicted(
    connection: &Connection,
    piece: &Piece,
    request: TransactionRequest,
    state: StateOverride,
) -> Result<u64> {
    let called = connection.provider.call(request.clone()).overrides(state.clone()).await;
    let answer = refused_or(connection, piece, called)?;
    // StylusDeployer answers one word, the CREATE2 factory 20 bytes.
    let lands = answer.len().checked_sub(20).map(|start| Address::from_slice(&answer[start..]));
    if lands != Some(piece.address) {
        bail!("{} of {} answers {answer}, not {}", piece.deployer, piece.contract, piece.address);
    }
    let estimated = connection.provider.estimate_gas(request).overrides(state).await;
    refused_or(connection, piece, estimated)
}

fn refused_or<T>(connection: &Connection, piece: &Piece, answer: Result<T, RpcError<TransportErrorKind>>) -> Result<T> {
    let refused = answer.as_ref().err().and_then(revert_data);
    if let Some(data) = refused {
        return Err(BadInput::new(format!("{} cannot be constructed: {}", piece.contract, words(&data))).into());
    }
    asking(connection, &format!("what deploying {} takes", piece.contract), answer)
}

fn request(sender: Address, transaction: Transaction) -> TransactionRequest {
    TransactionRequest::default()
        .with_from(sender)
        .with_to(transaction.to)
        .with_value(transaction.value)
        .with_input(transaction.data)
}
