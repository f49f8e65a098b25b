//! A chain without a server, and calls on it. Base is an EVM: the devnode runs it to the gas unit, but for the data fee.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256, keccak256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::{SolCall, SolValue};
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::chain::{At, Chain, Simulation};
use mrc53_devnode::config::{Config, DEV_ACCOUNT};

use super::artifacts::SessionRecorder;
use crate::suite_support::MIDNIGHT;

/// The most gas that Base takes in one transaction.
pub(crate) const MOST_GAS: u64 = 1 << 24;

/// A chain on which anybody sends without a signature, from [`MIDNIGHT`] on.
pub(crate) fn chain() -> Chain {
    let mut chain = Chain::new(&Config { genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() }).unwrap();
    chain.auto_impersonate(true);
    chain
}

/// Sends `input` from `from` to `to` in a block of time `now`, with `gas`.
pub(crate) fn send_with_gas(
    chain: &mut Chain,
    now: u64,
    (from, to): (Address, Address),
    input: Vec<u8>,
    gas: u64,
) -> Outcome {
    chain.set_next_timestamp(now).unwrap();
    if chain.balance(from).is_zero() {
        chain.set_balance(from, U256::from(10_u64.pow(18)));
    }
    let request = TransactionRequest::default().with_to(to).with_input(input).with_gas_limit(gas);
    chain.transact(request, from).unwrap()
}

/// Sends a call from the dev account in a block of time `now`, with all the gas that a transaction can have.
pub(crate) fn send(chain: &mut Chain, now: u64, to: Address, call: &impl SolCall) -> Outcome {
    send_with_gas(chain, now, (DEV_ACCOUNT, to), call.abi_encode(), MOST_GAS)
}

/// What a view answers in a block of time `now`.
pub(crate) fn view<C: SolCall>(chain: &mut Chain, now: u64, to: Address, call: &C) -> C::Return {
    chain.set_next_timestamp(now).unwrap();
    let request = TransactionRequest::default().with_to(to).with_input(call.abi_encode());
    C::abi_decode_returns(&chain.call(Simulation::new(request, At::Pending)).unwrap()).unwrap()
}

/// Creates a contract in a block of the same time as the last; what its constructor refuses comes back.
pub(crate) fn create(chain: &mut Chain, bytecode: &Bytes, arguments: Vec<u8>) -> Result<Address, Bytes> {
    let code = [bytecode.to_vec(), arguments].concat();
    chain.set_next_timestamp(chain.head().header.timestamp).unwrap();
    let request = TransactionRequest::default().with_deploy_code(code).with_gas_limit(MOST_GAS);
    let outcome = chain.transact(request, DEV_ACCOUNT).unwrap();
    outcome.created.ok_or(outcome.output)
}

/// Creates a recorder of `source`; what its constructor refuses comes back.
pub(crate) fn create_recorder(chain: &mut Chain, source: Address, grace_days: u32) -> Result<Address, Bytes> {
    create(chain, &SessionRecorder::BYTECODE, (source, grace_days).abi_encode_params())
}

/// The slot of `key` in the mapping at `slot`, as Solidity lays it out.
pub(crate) fn slot_in(slot: B256, key: B256) -> B256 {
    keccak256([key, slot].concat())
}
