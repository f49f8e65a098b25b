//! What a deployment asks of the chain, and what is said where it refuses or does not answer.

use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use alloy::sol_types::SolError;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::Result;
use mrc53_abi::StylusDeployer;
use mrc53_node::no_value::NoValue;
use mrc53_node::node::Node;
use mrc53_node::terms;

/// What a node answered, or a failure that names the node and what it was asked for.
pub(super) fn asking<T>(node: &Node, what: &str, answer: Result<T, RpcError<TransportErrorKind>>) -> Result<T> {
    answer.map_err(|error| node.url.blame(what, &error))
}

/// The code at `address`.
pub(super) async fn code_at(node: &Node, address: Address) -> Result<Bytes> {
    asking(node, &format!("the code at {address}"), node.provider.get_code_at(address).await)
}

/// What `to` answers `data`, or the data that it reverts with.
pub(super) async fn view(node: &Node, to: Address, data: &Bytes) -> Result<Result<Bytes, Bytes>> {
    match node.reader().bytes(to, data.clone()).await {
        Ok(answer) => Ok(Ok(answer)),
        Err(NoValue::Refused(data)) => Ok(Err(data)),
        Err(NoValue::Node(error)) => Err(node.url.blame(&format!("a call of {to}"), &error)),
        Err(no) => Err(no.into()),
    }
}

/// What a refusal says; a constructor's own, where the deployer passes it on.
pub(super) fn words(data: &Bytes) -> String {
    let passed_on = StylusDeployer::ContractInitializationError::abi_decode(data);
    let data = passed_on.map_or_else(|_| data.clone(), |passed_on| passed_on.data);
    terms::words(&data)
}
