//! The RPC as clients use it, through a real alloy provider over HTTP.

use crate::support::{Node, counter_init_code};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, U256, address, bytes};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::config::DEV_ACCOUNT;

#[tokio::test]
async fn a_provider_deploys_calls_and_reads_a_contract() {
    let node = Node::start();
    let deployed = node.deploy(counter_init_code()).await;
    let counter = deployed.contract_address.unwrap();

    let receipt = node.send(TransactionRequest::default().with_to(counter)).await;

    assert!(receipt.status());
    assert_eq!(receipt.inner.logs().len(), 1);
    let slot = node.provider.get_storage_at(counter, U256::ZERO).await.unwrap();
    assert_eq!(slot, U256::from(1));
    let answer = node.provider.call(TransactionRequest::default().with_to(counter)).await.unwrap();
    assert_eq!(U256::from_be_slice(&answer), U256::from(2));
}

#[tokio::test]
async fn every_transaction_is_a_block_and_can_be_read_back() {
    let node = Node::start();
    let to = Address::repeat_byte(0x11);
    let request = TransactionRequest::default().with_to(to).with_value(U256::from(5));

    let receipt = node.send(request).await;

    assert_eq!(node.provider.get_block_number().await.unwrap(), 1);
    assert_eq!(node.provider.get_balance(to).await.unwrap(), U256::from(5));
    let block = node.provider.get_block(1.into()).full().await.unwrap().unwrap();
    assert_eq!(block.header.hash, receipt.block_hash.unwrap());
    let tx = block.transactions.as_transactions().unwrap()[0].clone();
    assert_eq!(*tx.inner.tx_hash(), receipt.transaction_hash);
    assert_eq!(tx.inner.signer(), DEV_ACCOUNT);
    assert_eq!(receipt.gas_used, 21_000);
}

#[tokio::test]
async fn a_revert_has_code_3_and_its_data() {
    let node = Node::start();
    // PUSH4 deadbeef, PUSH1 0, MSTORE, PUSH1 4, PUSH1 28, REVERT
    let reverting = address!("00000000000000000000000000000000000000aa");
    node.set_code(reverting, bytes!("63deadbeef6000526004601cfd")).await;

    let error = node.provider.call(TransactionRequest::default().with_to(reverting)).await.unwrap_err();

    let payload = error.as_error_resp().unwrap();
    assert_eq!(payload.code, 3);
    assert_eq!(payload.as_revert_data().unwrap(), bytes!("deadbeef"));
}

#[tokio::test]
async fn code_of_an_account_without_any_is_empty() {
    let node = Node::start();
    let code = node.provider.get_code_at(Address::repeat_byte(9)).await.unwrap();
    assert_eq!(code, Bytes::new());
}
