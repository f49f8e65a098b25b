//! Whole transactions against Nitro's own results: status, output, logs, gas and refunds.
//!
//! `tests/vectors/nitro/execution` was recorded on ArbOS 50, programs not cached.

use crate::support::bench::{Bench, ETHER, GAS_PRICE, PLENTY, probe, vector};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, U256, address};
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::chain::{At, Simulation};
use mrc53_devnode::config::ArbosVersion;
use serde::Deserialize;

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
        let gas = |name: &str, expected: Option<u64>, got: u64| {
            assert_eq!(expected.unwrap_or(got), got, "{label}: {name} gas");
        };
        gas("execution", self.execution_gas, seen.execution_gas);
        gas("transaction", self.transaction_gas, seen.transaction_gas);
    }
}

/// A chain as the reference was: ArbOS 50, free gas.
struct Reference {
    bench: Bench,
    sender: Address,
}

impl Reference {
    fn new(sender: Address, wasm: &[u8], deployed_at: &[Address]) -> Self {
        let mut bench = Bench::as_arbos(ArbosVersion::V50);
        bench.chain.set_balance(sender, U256::from(ETHER) * U256::from(1_000));
        for program in deployed_at {
            bench.place_program(*program, wasm);
        }
        assert!(bench.activate(deployed_at[0]).success, "activation");
        Self { bench, sender }
    }

    fn send(&mut self, request: TransactionRequest, gas_limit: u64) -> Seen {
        // Gas was free where the reference was recorded, also while the transaction ran.
        let deposit = U256::from(gas_limit) * U256::from(GAS_PRICE);
        let balance = self.bench.balance(self.sender);
        self.bench.chain.set_balance(self.sender, balance + deposit);
        let outcome = self.bench.send_as(self.sender, request.with_gas_limit(gas_limit));
        let fee = U256::from(outcome.gas_used) * U256::from(GAS_PRICE);
        let left = self.bench.balance(self.sender);
        self.bench.chain.set_balance(self.sender, left + fee - deposit);
        Seen::from(outcome)
    }

    fn call_static(&self, request: TransactionRequest) -> Seen {
        let simulation = Simulation::new(request.with_from(self.sender), At::Pending);
        Seen::from(self.bench.chain.outcome_of_call(simulation, true).unwrap())
    }
}

impl From<Outcome> for Seen {
    fn from(outcome: Outcome) -> Self {
        Self {
            ok: outcome.success,
            output: alloy::hex::encode(&outcome.output),
            logs: outcome.logs.len(),
            execution_gas: outcome.execution_gas,
            refund: outcome.refund,
            transaction_gas: outcome.gas_used,
        }
    }
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
    let mut reference = Reference::new(sender, &vector("counter.wasm"), &[program]);
    let file: CounterFile = serde_json::from_slice(&vector("counter.json")).unwrap();
    for tx in file.txs {
        let request = TransactionRequest::default().with_to(program).with_input(tx.data.clone());
        let seen = if tx.r#static {
            reference.call_static(request)
        } else {
            let gas = tx.gas_limit.map_or(PLENTY, |gas| gas + intrinsic(&tx.data));
            reference.send(request, gas)
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

fn short_address(text: &str) -> Address {
    let number: U256 = text.parse().unwrap();
    Address::from_word(number.into())
}

#[test]
fn calls_creations_storage_and_logs_of_programs_are_as_on_nitro() {
    let file: ProbeFile = serde_json::from_slice(&vector("probe.json")).unwrap();
    let deployed_at: Vec<_> = file.deployed_at.iter().map(|text| short_address(text)).collect();
    let mut reference = Reference::new(file.sender, &probe(), &deployed_at);
    for tx in file.txs {
        let request = TransactionRequest::default()
            .with_to(short_address(&tx.to))
            .with_value(tx.value)
            .with_input(tx.data.clone());
        let seen = reference.send(request, PLENTY);
        tx.expected.check(&tx.label, &seen);
    }
}
