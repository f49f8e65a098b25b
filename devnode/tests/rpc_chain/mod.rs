//! What the chain keeps, estimates, holds and traces, as clients see it.

mod anvil;
mod estimates;
mod nonces;
mod past;
mod proofs;
mod reload;
mod traces;
mod well_known;

use crate::support::Node;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::rpc::types::TransactionRequest;
use serde_json::{Value, json};

/// 2025-02-21 00:00 UTC.
const START: u64 = 1_740_096_000;
const SOMEONE: Address = Address::repeat_byte(0x66);

fn payment(to: Address) -> TransactionRequest {
    TransactionRequest::default().with_to(to).with_value(U256::from(1))
}

fn word(n: u8) -> Value {
    json!(B256::with_last_byte(n))
}

/// Calls and answers the bytes.
async fn answer(node: &Node, to: Address, data: impl Into<Bytes>) -> Bytes {
    let call = json!([{"to": to, "data": data.into()}, "latest"]);
    serde_json::from_value(node.rpc("eth_call", call).await.unwrap()).unwrap()
}

/// The refusal of a call that must be refused.
async fn refusal(node: &Node, method: &'static str, params: Value) -> (i64, String) {
    node.rpc(method, params).await.unwrap_err()
}
