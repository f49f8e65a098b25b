//! What a deployment asks of the chain, and what is said where it refuses or does not answer.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolError;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::Result;
use mrc53_abi::StylusDeployer;
use mrc53_node::answers::revert_data;
use mrc53_node::connection::Connection;
use mrc53_node::terms;

/// What a node answered, or a failure that names the node and what it was asked for.
pub(super) fn asking<T>(
    connection: &Connection,
    what: &str,
    answer: Result<T, RpcError<TransportErrorKind>>,
) -> Result<T> {
    answer.map_err(|error| connection.url.blame(what, &error))
}

/// The code at `address`.
pub(super) async fn code_at(connection: &Connection, address: Address) -> Result<Bytes> {
    asking(connection, &format!("the code at {address}"), connection.provider.get_code_at(address).await)
}

/// What `to` answers `data`, or the data that it reverts with.
pub(super) async fn view(connection: &Connection, to: Address, data: &Bytes) -> Result<Result<Bytes, Bytes>> {
    let request = TransactionRequest::default().with_to(to).with_input(data.clone());
    match connection.provider.call(request).await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => match revert_data(&error) {
            Some(data) => Ok(Err(data)),
            None => asking(connection, &format!("a call of {to}"), Err(error)),
        },
    }
}

/// What a refusal says; a constructor's own, where the deployer passes it on.
pub(super) fn words(data: &Bytes) -> String {
    let passed_on = StylusDeployer::ContractInitializationError::abi_decode(data);
    let data = passed_on.map_or_else(|_| data.clone(), |passed_on| passed_on.data);
    terms::words(&data)
}
