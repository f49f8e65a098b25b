//! A program onto the chain in one call of the library.

mod support;

use alloy::network::TransactionBuilder;
use alloy::primitives::Bytes;
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::config::Config;
use mrc53_devnode::node::Devnode;
use support::bench::probe;
use support::probe::{SLOAD, word};

#[tokio::test]
async fn a_program_without_a_constructor_can_be_called_once_it_is_deployed() {
    let node = support::Node::start();
    let program = node.handle.deploy_program(probe(), None).await.unwrap();

    let read = [[SLOAD].as_slice(), &word(1)].concat();
    let call = TransactionRequest::default().with_to(program).with_input(Bytes::from(read));
    assert_eq!(node.provider.call(call).await.unwrap(), Bytes::from(vec![0; 32]));
}

#[tokio::test]
async fn the_same_program_can_be_deployed_twice() {
    let node = Devnode::start(&Config::ephemeral()).unwrap();
    let first = node.deploy_program(probe(), None).await.unwrap();
    // It is active already: its code is the same.
    let second = node.deploy_program(probe(), None).await.unwrap();

    assert_ne!(first, second);
}

#[tokio::test]
async fn what_is_no_program_is_refused_and_says_why() {
    let node = Devnode::start(&Config::ephemeral()).unwrap();

    let error = node.deploy_program(b"no wasm".to_vec(), None).await.unwrap_err().to_string();

    assert!(error.contains("reverted"), "{error}");
}
