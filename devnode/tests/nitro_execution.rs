//! Whole transactions against Nitro's own results: status, output, logs, gas and refunds.
//!
//! `tests/vectors/nitro/execution` was recorded on ArbOS 50, programs not cached.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, U256, address};
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::chain::precompiles::ARB_WASM;
use mrc53_devnode::chain::tx::unsigned;
use mrc53_devnode::chain::{At, Chain, Simulation};
use mrc53_devnode::config::{ArbosVersion, Config, DEV_ACCOUNT};
use mrc53_devnode::stylus::code::compress;
use serde::Deserialize;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/nitro/execution/");

/// How far the gas of execution may be from Nitro's, in thousandths.
const GAS_TOLERANCE_PER_MILLE: u64 = 10;

const GAS_PRICE: u64 = 100_000_000;

const ETHER: u64 = 1_000_000_000_000_000_000;

#[derive(Debug, Default, Deserialize)]
struct Expected {
    ok: Option<bool>,
    output: Option<String>,
    logs: Option<usize>,
    execution_gas: Option<u64>,
    refund: Option<u64>,
    transaction_gas: Option<u64>,
}

#[derive(Debug, Default)]
struct Seen {
    ok: bool,
    output: String,
    logs: usize,
    execution_gas: u64,
    refund: u64,
    transaction_gas: u64,
}

impl Expected {
    fn check(&self, label: &str, seen: &Seen) {
        assert_eq!(self.ok.unwrap_or(seen.ok), seen.ok, "{label}: status");
        assert_eq!(self.refund.unwrap_or(seen.refund), seen.refund, "{label}: refund");
        assert_eq!(self.logs.unwrap_or(seen.logs), seen.logs, "{label}: logs");
        if let Some(output) = &self.output {
            assert_eq!(*output, seen.output, "{label}: output");
        }
        let close = |name: &str, expected: Option<u64>, got: u64| {
            let Some(expected) = expected else { return };
            println!("{label}: {name} {got}, Nitro {expected}");
            let off = expected.abs_diff(got) * 1_000;
            assert!(off <= expected * GAS_TOLERANCE_PER_MILLE, "{label}: {name} {got} for {expected}");
        };
        close("execution gas", self.execution_gas, seen.execution_gas);
        close("transaction gas", self.transaction_gas, seen.transaction_gas);
    }
}

struct Bench {
    chain: Chain,
    sender: Address,
}

impl Bench {
    fn new(sender: Address, wasm: &[u8], deployed_at: &[Address]) -> Self {
        let config = Config {
            arbos_version: ArbosVersion::V50,
            ..Config::ephemeral()
        };
        let mut chain = Chain::new(&config).unwrap();
        chain.impersonate(sender);
        chain.set_balance(sender, U256::from(ETHER) * U256::from(1_000));
        for program in deployed_at {
            chain.set_code(*program, compress(wasm).into());
        }
        let mut bench = Self { chain, sender };
        bench.activate(deployed_at[0]);
        bench
    }

    fn activate(&mut self, program: Address) {
        let mut data = alloy::primitives::hex!("58c780c2").to_vec();
        data.extend_from_slice(program.into_word().as_slice());
        let request = TransactionRequest::default()
            .with_to(ARB_WASM)
            .with_value(U256::from(ETHER))
            .with_input(data);
        let sender = std::mem::replace(&mut self.sender, DEV_ACCOUNT);
        let seen = self.send(request, 30_000_000);
        self.sender = sender;
        assert!(seen.ok, "activation");
    }

    fn send(&mut self, request: TransactionRequest, gas_limit: u64) -> Seen {
        let request = request
            .with_gas_limit(gas_limit)
            .with_nonce(self.chain.nonce(self.sender))
            .with_chain_id(self.chain.chain_id())
            .with_gas_price(GAS_PRICE.into());
        let envelope = unsigned(request, self.sender).unwrap();
        // Gas was free where the reference was recorded, also while the transaction ran.
        let deposit = U256::from(gas_limit) * U256::from(GAS_PRICE);
        let balance = self.chain.state().info(self.sender).unwrap().balance;
        self.chain.set_balance(self.sender, balance + deposit);
        self.chain.send(envelope, self.sender).unwrap();
        let outcome = self.chain.head().tx.as_ref().unwrap().outcome.clone();
        let fee = U256::from(outcome.gas_used) * U256::from(GAS_PRICE);
        let left = self.chain.state().info(self.sender).unwrap().balance;
        self.chain.set_balance(self.sender, left + fee - deposit);
        Seen {
            ok: outcome.success,
            output: alloy::hex::encode(&outcome.output),
            logs: outcome.logs.len(),
            execution_gas: outcome.execution_gas,
            refund: outcome.refund,
            transaction_gas: outcome.gas_used,
        }
    }

    fn call_static(&self, request: TransactionRequest) -> Seen {
        let simulation = Simulation {
            request: request.with_from(self.sender),
            at: At::Pending,
            overrides: None,
        };
        let run = self.chain.run_call(simulation, true).unwrap();
        Seen {
            ok: run.result.is_success(),
            output: run.result.output().map(alloy::hex::encode).unwrap_or_default(),
            logs: run.result.logs().len(),
            execution_gas: run.execution_gas(),
            refund: run.result.gas().inner_refunded(),
            transaction_gas: run.result.gas().tx_gas_used(),
        }
    }
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(format!("{VECTORS}{name}")).unwrap()
}

/// Intrinsic gas of a call with this data.
fn intrinsic(data: &Bytes) -> u64 {
    21_000 + data.iter().map(|byte| if *byte == 0 { 4 } else { 16 }).sum::<u64>()
}

#[derive(Deserialize)]
struct CounterFile {
    txs: Vec<CounterTx>,
}

#[derive(Deserialize)]
struct CounterTx {
    label: String,
    data: Bytes,
    r#static: bool,
    gas_limit: Option<u64>,
    #[serde(flatten)]
    expected: Expected,
}

#[test]
fn a_program_written_in_rust_runs_as_on_nitro() {
    let program = address!("0000000000000000000000000000000000001001");
    let sender = address!("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    let mut bench = Bench::new(sender, &read("counter.wasm"), &[program]);
    let file: CounterFile = serde_json::from_slice(&read("counter.json")).unwrap();
    for tx in file.txs {
        let request = TransactionRequest::default()
            .with_to(program)
            .with_input(tx.data.clone());
        let seen = if tx.r#static {
            bench.call_static(request)
        } else {
            let gas = tx.gas_limit.map_or(30_000_000, |gas| gas + intrinsic(&tx.data));
            bench.send(request, gas)
        };
        tx.expected.check(&tx.label, &seen);
    }
}

#[derive(Deserialize)]
struct ProbeFile {
    deployed_at: Vec<String>,
    sender: Address,
    txs: Vec<ProbeTx>,
}

#[derive(Deserialize)]
struct ProbeTx {
    label: String,
    to: String,
    data: Bytes,
    value: U256,
    #[serde(default)]
    expected: Expected,
}

/// The reference program was assembled without names.
fn without_custom_sections(wasm: &[u8]) -> Vec<u8> {
    let mut module = wasm_encoder::Module::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        let payload = payload.unwrap();
        if let Some((id, range)) = payload.as_section().filter(|(id, _)| *id != 0) {
            let data = &wasm[range];
            module.section(&wasm_encoder::RawSection { id, data });
        }
    }
    module.finish()
}

fn short_address(text: &str) -> Address {
    let number: U256 = text.parse().unwrap();
    Address::from_word(number.into())
}

#[test]
fn calls_creations_storage_and_logs_of_programs_are_as_on_nitro() {
    let wat = String::from_utf8(read("probe.wat")).unwrap();
    let wasm = without_custom_sections(&wat::parse_str(&wat).unwrap());
    let file: ProbeFile = serde_json::from_slice(&read("probe.json")).unwrap();
    let deployed_at: Vec<_> = file.deployed_at.iter().map(|text| short_address(text)).collect();
    let mut bench = Bench::new(file.sender, &wasm, &deployed_at);
    for tx in file.txs {
        let request = TransactionRequest::default()
            .with_to(short_address(&tx.to))
            .with_value(tx.value)
            .with_input(tx.data.clone());
        let seen = bench.send(request, 30_000_000);
        tx.expected.check(&tx.label, &seen);
    }
}
