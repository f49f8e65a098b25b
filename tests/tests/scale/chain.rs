//! The devnode as a library: calls without a server, a signature or a client between.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, U256, keccak256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use mrc53_abi::ArbWasm;
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_devnode::chain::Chain;
use mrc53_devnode::chain::block::BASE_FEE;

/// The slots of `MorToken`.
const SUPPLY: u64 = 0;
const BALANCES: u64 = 1;
const ALLOWANCES: u64 = 2;

/// Gas that is enough for anything here.
const PLENTY: u64 = 30_000_000;

/// A chain, and the time of its next block.
pub(crate) struct Direct<'a> {
    pub(crate) chain: &'a mut Chain,
    /// Unix seconds.
    pub(crate) now: u64,
}

impl Direct<'_> {
    /// Sends a call that must succeed and returns the gas of the transaction.
    pub(crate) fn send(&mut self, from: Address, to: Address, call: &impl SolCall) -> u64 {
        self.transact(from, to, U256::ZERO, call.abi_encode())
    }

    fn transact(&mut self, from: Address, to: Address, value: U256, input: Vec<u8>) -> u64 {
        self.chain.set_next_timestamp(self.now).unwrap();
        let request = TransactionRequest::default()
            .with_to(to)
            .with_value(value)
            .with_input(input)
            .with_gas_price(BASE_FEE.into())
            .with_gas_limit(PLENTY);
        let outcome = self.chain.transact(request, from).unwrap();
        assert!(outcome.success, "{to} refused {from} at {}: {:?}", self.now, outcome.output);
        outcome.gas_used
    }

    /// Prolongs the life of a program, which expires a year after its activation.
    pub(crate) fn keep_alive(&mut self, from: Address, program: Address) {
        let codehash = keccak256(self.chain.code(program));
        let keep = ArbWasm::codehashKeepaliveCall { codehash }.abi_encode();
        self.transact(from, ARB_WASM, ether(), keep);
    }

    /// Gives `account` an ether and `wei` of MOR that `spender` may take, by writing them into the state.
    pub(crate) fn endow(&mut self, account: Address, token: Address, wei: U256, spender: Address) {
        self.chain.set_balance(account, ether());
        self.chain.set_slot(token, entry(account, U256::from(BALANCES)), wei);
        let allowances = entry(account, U256::from(ALLOWANCES));
        self.chain.set_slot(token, entry(spender, allowances), U256::MAX);
        let supply = self.chain.slot(token, U256::from(SUPPLY)) + wei;
        self.chain.set_slot(token, U256::from(SUPPLY), supply);
    }
}

fn ether() -> U256 {
    U256::from(10_u64.pow(18))
}

/// The slot of `key` in the mapping at `root`.
fn entry(key: Address, root: U256) -> U256 {
    keccak256([key.into_word().0, root.to_be_bytes()].concat()).into()
}

/// The word numbered `number` of those called `name`, without a zero byte: a byte of calldata that is zero is cheaper
/// than others, which would blur the figures.
pub(crate) fn word(name: &str, number: usize) -> B256 {
    keccak256(format!("{name} {number}")).0.map(|byte| byte.max(1)).into()
}

/// The address numbered `number` of those called `name`, likewise.
pub(crate) fn address(name: &str, number: usize) -> Address {
    Address::from_word(word(name, number))
}
