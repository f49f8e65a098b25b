//! The devnode as a library: a contract of the suite from its wasm file to its first answer in one call.

use alloy::primitives::Address;
use alloy::providers::{Provider, ProviderBuilder};
use alloy::sol_types::{SolError, SolValue};
use mrc53_abi::SessionRecorder;
use mrc53_devnode::chain::NotDeployed;
use mrc53_devnode::config::Config;
use mrc53_devnode::node::{DeployError, Devnode, Handle};
use mrc53_suite::contract::Contract;

use crate::asking::ask;
use crate::suite_support::programs;

const SOURCE: Address = Address::repeat_byte(0xa1);
const ALIGNMENT: Address = Address::repeat_byte(0xb2);

fn node() -> Handle {
    Devnode::start(&Config::ephemeral()).unwrap()
}

fn session_recorder() -> Vec<u8> {
    let artifact = programs().iter().find(|program| program.contract == Contract::SessionRecorder.package()).unwrap();
    std::fs::read(&artifact.path).unwrap()
}

#[tokio::test]
async fn a_contract_is_deployed_activated_and_constructed_in_one_call() {
    let node = node();

    let arguments = (SOURCE, ALIGNMENT, 3_u32).abi_encode_params();
    let address = node.deploy_program(session_recorder(), Some(arguments)).await.unwrap();

    let provider = ProviderBuilder::new().connect_http(node.url().parse().unwrap()).erased();
    assert_eq!(ask(&provider, address, SessionRecorder::sourceCall {}).await, SOURCE);
    assert_eq!(ask(&provider, address, SessionRecorder::graceDaysCall {}).await, 3);
}

#[tokio::test]
async fn a_constructor_that_refuses_is_an_error_that_its_abi_explains() {
    let node = node();
    let arguments = (Address::ZERO, ALIGNMENT, 3_u32).abi_encode_params();

    let error = node.deploy_program(session_recorder(), Some(arguments)).await.unwrap_err();

    let DeployError::NotDeployed(NotDeployed::Constructor { data, .. }) = error else { panic!("{error}") };
    assert_eq!(data, SessionRecorder::ZeroAddress {}.abi_encode());
}
