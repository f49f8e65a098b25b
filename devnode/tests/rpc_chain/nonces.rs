//! Nonces out of order.

use super::{SOMEONE, payment};
use crate::support::Node;
use alloy::consensus::SignableTransaction;
use alloy::eips::eip2718::Encodable2718;
use alloy::network::{EthereumWallet, NetworkTransactionBuilder, TransactionBuilder, TxSignerSync};
use alloy::primitives::{Bytes, U256};
use alloy::providers::Provider;
use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::config::DEV_PRIVATE_KEY;
use serde_json::json;
use std::time::{Duration, Instant};

fn dev() -> PrivateKeySigner {
    PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap()
}

/// A payment of the dev account, signed.
async fn signed(nonce: u64) -> Bytes {
    let request = payment(SOMEONE)
        .with_nonce(nonce)
        .with_gas_limit(21_000)
        .with_chain_id(412_346)
        .with_max_fee_per_gas(1_000_000_000)
        .with_max_priority_fee_per_gas(0);
    request.build(&EthereumWallet::from(dev())).await.unwrap().encoded_2718().into()
}

async fn handed_in(node: &Node, raw: &Bytes) -> Result<serde_json::Value, (i64, String)> {
    node.rpc("eth_sendRawTransaction", json!([raw])).await
}

#[tokio::test]
async fn transactions_handed_in_out_of_order_are_mined_in_order() {
    let node = Node::start();
    let raws = [signed(2).await, signed(0).await, signed(3).await, signed(1).await];
    let [a, b, c, d] = raws.each_ref().map(|raw| handed_in(&node, raw));
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    for (hash, block) in [a, b, c, d].into_iter().zip(["0x3", "0x1", "0x4", "0x2"]) {
        let receipt = node.rpc("eth_getTransactionReceipt", json!([hash.unwrap()])).await.unwrap();
        assert_eq!(receipt["blockNumber"], block);
    }
}

#[tokio::test]
async fn a_nonce_that_stays_too_high_is_refused_after_a_second_in_geths_words() {
    let node = Node::start();
    let start = Instant::now();
    let (code, message) = handed_in(&node, &signed(1).await).await.unwrap_err();
    assert_eq!((code, message.as_str()), (-32000, "nonce too high: next nonce 0, tx nonce 1"));
    assert!(start.elapsed() >= Duration::from_secs(1));

    handed_in(&node, &signed(0).await).await.unwrap();
    assert_eq!(node.provider.get_block_number().await.unwrap(), 1, "what was refused is not mined later");
}

#[tokio::test]
async fn one_that_waits_slows_nobody_down() {
    let node = Node::start();
    let (late, in_order) = (signed(9).await, signed(0).await);
    let in_time = async {
        let start = Instant::now();
        handed_in(&node, &in_order).await.unwrap();
        start.elapsed()
    };
    let (refused, elapsed) = tokio::join!(handed_in(&node, &late), in_time);
    assert!(refused.is_err());
    assert!(elapsed < Duration::from_millis(700), "{elapsed:?}");
}

#[tokio::test]
async fn one_that_could_never_be_mined_is_refused_at_once() {
    let node = Node::start();
    let mut foreign = alloy::consensus::TxLegacy {
        chain_id: Some(1),
        nonce: 7,
        gas_price: 1_000_000_000,
        gas_limit: 21_000,
        to: SOMEONE.into(),
        value: U256::ZERO,
        input: Bytes::new(),
    };
    let signature = dev().sign_transaction_sync(&mut foreign).unwrap();
    let raw: Bytes = alloy::consensus::TxEnvelope::from(foreign.into_signed(signature)).encoded_2718().into();
    let start = Instant::now();
    let (_, message) = handed_in(&node, &raw).await.unwrap_err();
    assert_eq!(message, "invalid chain id for signer: have 1 want 412346");
    assert!(start.elapsed() < Duration::from_millis(700));
}

#[tokio::test]
async fn an_account_that_the_node_sends_for_is_held_too() {
    let node = Node::start();
    let from = dev().address();
    let ask = |nonce: &str| json!([{"from": from, "to": SOMEONE, "gas": "0x5208", "nonce": nonce}]);
    let (second, first) =
        tokio::join!(node.rpc("eth_sendTransaction", ask("0x1")), node.rpc("eth_sendTransaction", ask("0x0")));
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
}

#[tokio::test]
async fn a_transaction_without_a_chain_id_is_taken_as_nitro_takes_it() {
    let node = Node::start();
    let mut old = alloy::consensus::TxLegacy {
        chain_id: None,
        nonce: 0,
        gas_price: 1_000_000_000,
        gas_limit: 21_000,
        to: SOMEONE.into(),
        value: U256::from(1),
        input: Bytes::new(),
    };
    let signature = dev().sign_transaction_sync(&mut old).unwrap();
    let raw: Bytes = alloy::consensus::TxEnvelope::from(old.into_signed(signature)).encoded_2718().into();
    handed_in(&node, &raw).await.unwrap();
    assert_eq!(node.provider.get_balance(SOMEONE).await.unwrap(), U256::from(1));
}
