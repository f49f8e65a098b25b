//! A chain without a server: programs and contracts put in place, transactions sent by hand.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, U256, hex};
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::chain::addresses::ARB_WASM;
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::chain::{At, Chain, ChainError, Simulation};
use mrc53_devnode::config::{ArbosVersion, Config, DEV_ACCOUNT};
use mrc53_devnode::stylus::code::compress;

/// Wei of an ether.
pub(crate) const ETHER: u64 = 1_000_000_000_000_000_000;

/// Gas that is enough for anything here.
pub(crate) const PLENTY: u64 = 30_000_000;

pub(crate) const GAS_PRICE: u64 = 100_000_000;

/// A chain and its funded sender.
pub(crate) struct Bench {
    pub(crate) chain: Chain,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(&Config::ephemeral())
    }

    pub(crate) fn as_arbos(arbos_version: ArbosVersion) -> Self {
        Self::with(&Config { arbos_version, ..Config::ephemeral() })
    }

    pub(crate) fn with(config: &Config) -> Self {
        Self { chain: Chain::new(config).unwrap() }
    }

    /// Puts a program on the chain, not activated.
    pub(crate) fn place_program(&mut self, at: Address, wasm: &[u8]) {
        self.chain.set_code(at, compress(wasm).into());
    }

    /// Puts a program on the chain and activates it.
    pub(crate) fn add_program(&mut self, at: Address, wasm: &[u8]) {
        self.place_program(at, wasm);
        assert!(self.activate(at).success, "activation");
    }

    pub(crate) fn activate(&mut self, program: Address) -> Outcome {
        let request = TransactionRequest::default()
            .with_to(ARB_WASM)
            .with_value(U256::from(ETHER))
            .with_input(calldata(hex!("58c780c2"), program));
        self.send(request)
    }

    /// Sends a transaction of the dev account.
    pub(crate) fn send(&mut self, request: TransactionRequest) -> Outcome {
        let gas = request.gas.unwrap_or(PLENTY);
        self.send_as(DEV_ACCOUNT, request.with_gas_limit(gas))
    }

    pub(crate) fn send_as(&mut self, sender: Address, request: TransactionRequest) -> Outcome {
        self.chain.transact(request.with_gas_price(GAS_PRICE.into()), sender).unwrap()
    }

    pub(crate) fn transact(&mut self, to: Address, data: impl Into<Bytes>, value: u64) -> Outcome {
        self.send(TransactionRequest::default().with_to(to).with_value(U256::from(value)).with_input(data.into()))
    }

    pub(crate) fn call(&self, to: Address, data: impl Into<Bytes>) -> Result<Bytes, ChainError> {
        let request = TransactionRequest::default().with_from(DEV_ACCOUNT).with_to(to).with_input(data.into());
        self.chain.call(Simulation::new(request, At::Pending))
    }

    pub(crate) fn slot(&self, address: Address, key: u64) -> U256 {
        self.chain.slot(address, U256::from(key))
    }

    pub(crate) fn balance(&self, address: Address) -> U256 {
        self.chain.balance(address)
    }
}

/// A selector and one address.
pub(crate) fn calldata(selector: [u8; 4], address: Address) -> Bytes {
    [selector.as_slice(), address.into_word().as_slice()].concat().into()
}

/// The reference programs were assembled without names.
pub(crate) fn without_custom_sections(wasm: &[u8]) -> Vec<u8> {
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

/// A file of the execution vectors.
pub(crate) fn vector(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/nitro/execution/");
    std::fs::read(format!("{folder}{name}")).unwrap()
}

/// The program whose first calldata byte chooses what it does.
pub(crate) fn probe() -> Vec<u8> {
    let wat = String::from_utf8(vector("probe.wat")).unwrap();
    without_custom_sections(&wat::parse_str(&wat).unwrap())
}
