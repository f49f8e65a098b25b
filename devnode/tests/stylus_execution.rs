//! Execution against Nitro's own answers: the transactions of `tests/vectors/nitro/execution`, on the
//! in-memory stand-in for the chain.

use std::{fs, path::PathBuf, sync::Arc};

use crate::memory_host::{MemoryHost, Receipt, Transaction};
use alloy::primitives::{Address, Bytes, U256, address};
use mrc53_devnode::stylus::program::Programs;
use serde::{Deserialize, de::DeserializeOwned};

const SENDER: Address = address!("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
const A: Address = address!("0000000000000000000000000000000000001001");
const B: Address = address!("0000000000000000000000000000000000001002");
const PLENTY: u64 = 30_000_000;

#[derive(Deserialize)]
struct Vectors<T> {
    txs: Vec<T>,
}

#[derive(Deserialize)]
struct CounterTransaction {
    label: String,
    data: Bytes,
    #[serde(rename = "static")]
    is_static: bool,
    gas_limit: Option<u64>,
    #[serde(flatten)]
    expected: Expected,
}

#[derive(Deserialize)]
struct ProbeTransaction {
    label: String,
    data: Bytes,
    value: U256,
    expected: Option<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    ok: bool,
    #[serde(default)]
    logs: usize,
    output: Option<String>,
    execution_gas: u64,
    refund: u64,
    transaction_gas: u64,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/nitro/execution")
}

fn vectors<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let text = fs::read(folder().join(name)).expect("the vectors are there");
    let vectors: Vectors<T> = serde_json::from_slice(&text).expect("the vectors are JSON");
    vectors.txs
}

fn host_with(program: &str, at: &[Address]) -> MemoryHost {
    let programs = Arc::new(Programs::new().expect("the machine is supported"));
    let wasm = without_names(&wat::parse_file(folder().join(program)).expect("the program parses"));
    let mut host = MemoryHost::new(&programs);
    host.state.balances.insert(SENDER, U256::from(1_000) * U256::from(10).pow(U256::from(18)));
    for address in at {
        host.deploy(*address, &wasm);
    }
    host
}

/// The program as Nitro ran it: without the names of the text form.
fn without_names(wasm: &[u8]) -> Vec<u8> {
    let mut stripped = wasm_encoder::Module::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        match payload.expect("the program is valid").as_section() {
            Some((id, range)) if id != 0 => {
                stripped.section(&wasm_encoder::RawSection { id, data: &wasm[range] });
            }
            _ => {}
        }
    }
    stripped.finish()
}

fn to(to: Address, data: Bytes, value: U256) -> Transaction {
    Transaction { sender: SENDER, to, value, data, gas_limit: PLENTY, is_static: false }
}

fn assert_as_in_nitro(label: &str, receipt: &Receipt, expected: &Expected) {
    println!(
        "| {label} | {} | {} | {} | {} |",
        receipt.execution_gas, expected.execution_gas, receipt.transaction_gas, expected.transaction_gas
    );
    assert_eq!(receipt.is_success, expected.ok, "{label}: success");
    assert_eq!(receipt.logs, expected.logs, "{label}: logs");
    assert_eq!(receipt.execution_gas, expected.execution_gas, "{label}: execution gas");
    assert_eq!(receipt.refund, expected.refund, "{label}: refund");
    assert_eq!(receipt.transaction_gas, expected.transaction_gas, "{label}: transaction gas");
    if let Some(output) = &expected.output {
        assert_eq!(&alloy::hex::encode(&receipt.output), output, "{label}: output");
    }
}

#[test]
fn the_counter_behaves_and_costs_as_in_nitro() {
    let mut host = host_with("counter.wasm", &[A]);
    for transaction in vectors::<CounterTransaction>("counter.json") {
        let receipt = host.transact(&Transaction {
            gas_limit: transaction.gas_limit.unwrap_or(PLENTY),
            is_static: transaction.is_static,
            ..to(A, transaction.data, U256::ZERO)
        });
        assert_as_in_nitro(&transaction.label, &receipt, &transaction.expected);
    }
}

#[test]
fn every_operation_of_the_probe_behaves_and_costs_as_in_nitro() {
    let mut host = host_with("probe.wat", &[A, B]);
    for transaction in vectors::<ProbeTransaction>("probe.json") {
        let receipt = host.transact(&to(A, transaction.data, transaction.value));
        if let Some(expected) = &transaction.expected {
            assert_as_in_nitro(&transaction.label, &receipt, expected);
        }
    }
}
