//! A program onto the chain in one call of the library.

use crate::support::Node;
use crate::support::bench::{Bench, probe};
use crate::support::probe::{SLOAD, word};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Bytes, U256, keccak256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::{Revert, SolError};
use mrc53_devnode::chain::addresses::{ARBOS_STATE, STYLUS_DEPLOYER};
use mrc53_devnode::chain::{ChainError, NotDeployed};
use mrc53_devnode::config::{Config, DEV_ACCOUNT};
use mrc53_devnode::node::{DeployError, Devnode};
use mrc53_devnode::stylus::code::{MAX_CODE_BYTES, compress};
use std::process::Command;

/// A program that does this, whatever it is called with.
fn program(body: &str) -> Vec<u8> {
    let head =
        r#"(import "vm_hooks" "write_result" (func $write_result (param i32 i32))) (memory (export "memory") 1 1)"#;
    let entry = r#"(func (export "user_entrypoint") (param i32) (result i32)"#;
    wat::parse_str(format!("(module {head} {entry} {body}))")).unwrap()
}

/// A program that reverts with this.
fn reverting(data: &[u8]) -> Vec<u8> {
    let bytes: Vec<String> = data.iter().map(|byte| format!("\\{byte:02x}")).collect();
    let write = format!("(call $write_result (i32.const 0) (i32.const {})) i32.const 1", data.len());
    program(&format!("{write}) (data (i32.const 0) \"{}\"", bytes.concat()))
}

fn refused(wasm: &[u8], constructor: Option<&[u8]>) -> NotDeployed {
    Bench::new().chain.deploy_program(wasm, constructor).unwrap_err()
}

#[tokio::test]
async fn a_program_without_a_constructor_can_be_called_once_it_is_deployed() {
    let node = Node::start();
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

    let error = node.deploy_program(b"no wasm".to_vec(), None).await.unwrap_err();

    assert!(matches!(&error, DeployError::NotDeployed(NotDeployed::NotActivated(_))), "{error:?}");
    assert!(error.to_string().starts_with("the program does not activate: invalid wasm: "), "{error}");
}

#[test]
fn a_rule_of_stylus_that_is_broken_is_named_with_a_constructor_and_without() {
    let wasm = wat::parse_str(r#"(module (memory (export "memory") 1 1))"#).unwrap();
    let rule = NotDeployed::NotActivated("no function is exported as user_entrypoint".to_owned());

    assert_eq!(refused(&wasm, None), rule);
    assert_eq!(refused(&wasm, Some(&[])), rule);
}

#[test]
fn a_constructor_that_reverts_says_why() {
    let refusal = Revert::from("not today").abi_encode();
    let error = refused(&reverting(&refusal), Some(&[]));

    assert_eq!(error.to_string(), "the constructor failed: not today");
    assert!(matches!(error, NotDeployed::Constructor { data, .. } if data == refusal));
}

#[test]
fn an_error_of_the_programs_own_comes_with_its_data() {
    let error = refused(&reverting(&[0xd9, 0x2e, 0x23, 0x3d]), Some(&[]));

    assert_eq!(error.to_string(), "the constructor failed: execution reverted with 0xd92e233d");
    assert!(matches!(error, NotDeployed::Constructor { data, .. } if data[..] == [0xd9, 0x2e, 0x23, 0x3d]));
}

#[test]
fn a_constructor_that_says_nothing_or_never_ends_says_how_it_failed() {
    let silent = refused(&reverting(&[]), Some(&[]));
    let endless = refused(&program("(loop (br 0)) unreachable"), Some(&[]));

    assert_eq!(silent.to_string(), "the constructor failed: execution reverted, without data");
    assert_eq!(endless.to_string(), "the constructor failed: out of gas, without data");
}

#[test]
fn a_program_is_as_long_as_a_contract_at_most() {
    // It does not compress: what brotli adds is the same for all these lengths.
    let noise: Vec<u8> = (0..800_u32).flat_map(|n| keccak256(n.to_be_bytes())).collect();
    let added = compress(&noise[..MAX_CODE_BYTES]).len() - MAX_CODE_BYTES;
    let error = |bytes: usize| refused(&noise[..bytes - added], None);

    for fits in [MAX_CODE_BYTES - 1, MAX_CODE_BYTES] {
        assert!(matches!(error(fits), NotDeployed::NotActivated(_)), "{fits}");
    }
    let too_long = NotDeployed::TooLong { bytes: MAX_CODE_BYTES + 1, most: MAX_CODE_BYTES };
    assert_eq!(error(MAX_CODE_BYTES + 1), too_long);
}

#[test]
fn a_data_fee_that_has_risen_too_high_is_named() {
    let mut bench = Bench::new();
    let demanded = |key: &str| keccak256(["data pricer ", key].concat()).into();
    let now = U256::from(bench.chain.next_timestamp());
    bench.chain.set_slot(ARBOS_STATE, demanded("last update"), now);
    bench.chain.set_slot(ARBOS_STATE, demanded("demand"), U256::from(u32::MAX));

    let error = bench.chain.deploy_program(&probe(), None).unwrap_err();

    assert!(error.to_string().contains("the data fee has risen to"), "{error}");
}

#[test]
fn a_dev_account_that_cannot_pay_is_named() {
    let mut bench = Bench::new();
    bench.chain.set_balance(DEV_ACCOUNT, U256::from(1));

    let error = bench.chain.deploy_program(&probe(), None).unwrap_err();

    assert!(
        matches!(&error, NotDeployed::Chain(ChainError::Refused(why)) if why.contains("insufficient funds")),
        "{error}"
    );
}

#[test]
fn a_deployment_that_fails_outside_of_the_program_is_no_fault_of_its_constructor() {
    let mut bench = Bench::new();
    // PUSH0, PUSH0, REVERT.
    bench.chain.set_code(STYLUS_DEPLOYER, Bytes::from_static(&[0x5f, 0x5f, 0xfd]));

    let error = bench.chain.deploy_program(&probe(), Some(&[])).unwrap_err();

    assert_eq!(error.to_string(), "the program cannot be placed: execution reverted, without data");
}

#[test]
fn the_example_deploys_a_program_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("probe.wasm");
    std::fs::write(&file, probe()).unwrap();

    let mut example = Command::new(env!("CARGO"));
    example.args(["run", "--quiet", "--locked", "--example=deploy", "--"]).arg(&file);
    let output = example.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();

    let said = String::from_utf8(output.stdout).unwrap();
    let expected = format!(" holds {} bytes of code and answers at http://127.0.0.1:", compress(&probe()).len());
    assert!(said.contains(&expected), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
