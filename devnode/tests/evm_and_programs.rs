//! EVM contracts and Stylus programs calling each other: sender, value, storage, logs, rollback.

use crate::support::bench::{Bench, probe};
use crate::support::evm::{Opcode, Then, forward, forwarder, init_code, recorder, sequence};
use crate::support::probe::{
    CONTEXT, CREATE, DELEGATECALL, LOG, REENTRANT, REVERT, STATICCALL, TLOAD, TRAP, TSTORE, probe_call, probe_call_as,
    sstore, word,
};
use alloy::primitives::{Address, B256, Bytes, U256};
use mrc53_devnode::config::DEV_ACCOUNT;

const PROGRAM: Address = Address::repeat_byte(0x51);
const OTHER: Address = Address::repeat_byte(0x52);
const FORWARDER: Address = Address::repeat_byte(0xe1);
const RECORDER: Address = Address::repeat_byte(0xe2);

/// Bytes of the probe's report before the return data of its callee: status, ink twice, length.
const REPORT: usize = 21;

fn bench() -> Bench {
    let mut bench = Bench::new();
    let wasm = probe();
    bench.add_program(PROGRAM, &wasm);
    bench.place_program(OTHER, &wasm);
    bench.chain.set_code(RECORDER, recorder());
    bench
}

fn with_forwarder(opcode: Opcode, then: Then) -> Bench {
    let mut bench = bench();
    bench.chain.set_code(FORWARDER, forwarder(opcode, then));
    bench
}

fn address_at(bytes: &[u8], at: usize) -> Address {
    Address::from_slice(&bytes[at..at + 20])
}

#[test]
fn a_contract_calling_a_program_is_its_sender_and_its_value_arrives() {
    let mut bench = with_forwarder(Opcode::Call, Then::Return);

    let outcome = bench.transact(FORWARDER, forward(PROGRAM, 3, &[CONTEXT]), 10);

    let context = &outcome.output[32..];
    assert_eq!(outcome.output[..32], word(1));
    assert_eq!(context[..32], word(3));
    assert_eq!(address_at(context, 0x20), FORWARDER);
    assert_eq!(address_at(context, 0x34), PROGRAM);
    assert_eq!(address_at(context, 0x48), DEV_ACCOUNT);
    assert_eq!(bench.balance(PROGRAM), U256::from(3));
}

#[test]
fn a_contract_delegating_to_a_program_keeps_sender_value_and_its_own_storage() {
    let mut bench = with_forwarder(Opcode::DelegateCall, Then::Return);

    let context = bench.transact(FORWARDER, forward(PROGRAM, 0, &[CONTEXT]), 7).output;
    bench.transact(FORWARDER, forward(PROGRAM, 0, &sstore(4, 9)), 0);

    assert_eq!(context[32..64], word(7));
    assert_eq!(address_at(&context, 32 + 0x20), DEV_ACCOUNT);
    assert_eq!(address_at(&context, 32 + 0x34), FORWARDER);
    assert_eq!(bench.slot(FORWARDER, 4), U256::from(9));
    assert_eq!(bench.slot(PROGRAM, 4), U256::ZERO);
}

#[test]
fn a_program_delegating_to_a_contract_keeps_sender_value_and_its_own_storage() {
    let mut bench = bench();

    let data = probe_call_as(DELEGATECALL, RECORDER, &word(8));
    let outcome = bench.transact(PROGRAM, data, 6);

    let answer = &outcome.output[REPORT..];
    assert_eq!(outcome.output[0], 0);
    assert_eq!(answer[..32], DEV_ACCOUNT.into_word()[..]);
    assert_eq!(answer[32..64], word(6));
    assert_eq!(bench.slot(PROGRAM, 0), U256::from(8));
    assert_eq!(bench.slot(RECORDER, 0), U256::ZERO);
    assert_eq!(outcome.logs[0].address, PROGRAM);
}

#[test]
fn a_program_calling_a_contract_is_its_sender_and_its_value_arrives() {
    let mut bench = bench();

    let outcome = bench.transact(PROGRAM, probe_call(RECORDER, 2, &word(8)), 5);

    let answer = &outcome.output[REPORT..];
    assert_eq!(answer[..32], PROGRAM.into_word()[..]);
    assert_eq!(answer[32..64], word(2));
    assert_eq!(bench.balance(RECORDER), U256::from(2));
    assert_eq!(bench.balance(PROGRAM), U256::from(3));
    assert_eq!(outcome.logs[0].address, RECORDER);
}

#[test]
fn a_program_under_a_static_call_of_a_contract_can_neither_store_nor_log() {
    for data in [sstore(1, 1), vec![LOG, 1], [&[TSTORE], &word(1)[..], &word(1)[..]].concat()] {
        let mut bench = with_forwarder(Opcode::StaticCall, Then::Return);

        let outcome = bench.transact(FORWARDER, forward(PROGRAM, 0, &data), 0);

        assert_eq!(outcome.output, word(0)[..], "status 0, no data");
        assert!(outcome.logs.is_empty());
        assert_eq!(bench.slot(PROGRAM, 1), U256::ZERO);
    }
}

#[test]
fn a_program_under_a_static_call_of_a_contract_cannot_send() {
    let mut bench = with_forwarder(Opcode::StaticCall, Then::Return);
    bench.chain.set_balance(PROGRAM, U256::from(1));

    let send = probe_call(RECORDER, 1, &[]);
    let outcome = bench.transact(FORWARDER, forward(PROGRAM, 0, &send), 0);

    assert_eq!(outcome.output[..32], word(1));
    assert_ne!(outcome.output[32], 0, "the sending call failed");
    assert_eq!(bench.balance(RECORDER), U256::ZERO);
    assert_eq!(bench.balance(PROGRAM), U256::from(1));
}

#[test]
fn a_contract_under_a_static_call_of_a_program_cannot_store() {
    let mut bench = bench();

    let outcome = bench.transact(PROGRAM, probe_call_as(STATICCALL, RECORDER, &word(1)), 0);

    assert!(outcome.success);
    assert_ne!(outcome.output[0], 0, "the call failed");
    assert_eq!(bench.slot(RECORDER, 0), U256::ZERO);
}

#[test]
fn a_static_call_reaches_through_a_program_into_a_contract() {
    let mut bench = with_forwarder(Opcode::StaticCall, Then::Return);

    let inner = probe_call(RECORDER, 0, &word(1));
    let outcome = bench.transact(FORWARDER, forward(PROGRAM, 0, &inner), 0);

    assert_eq!(outcome.output[..32], word(1));
    assert_ne!(outcome.output[32], 0, "the inner call failed");
    assert_eq!(bench.slot(RECORDER, 0), U256::ZERO);
}

#[test]
fn the_revert_data_of_a_program_reaches_the_contract_that_called_it() {
    let mut bench = with_forwarder(Opcode::Call, Then::Return);

    let outcome = bench.transact(FORWARDER, forward(PROGRAM, 0, &[REVERT, 0xca, 0xfe]), 0);

    assert_eq!(outcome.output[..32], word(0));
    assert_eq!(outcome.output[32..], [0xca, 0xfe]);
}

#[test]
fn a_trap_reverts_without_data_and_keeps_the_gas() {
    let mut bench = with_forwarder(Opcode::Call, Then::Return);

    let outcome = bench.transact(FORWARDER, forward(PROGRAM, 0, &[TRAP]), 0);

    assert_eq!(outcome.output, word(0)[..]);
    assert!(outcome.gas_used < 100_000, "{} gas", outcome.gas_used);
}

#[test]
fn a_contract_that_reverts_takes_back_what_a_program_below_it_did() {
    for data in [sstore(1, 1), vec![LOG, 7], probe_call(RECORDER, 1, &word(5)).to_vec()] {
        let mut bench = with_forwarder(Opcode::Call, Then::Revert);

        let outcome = bench.transact(FORWARDER, forward(PROGRAM, 4, &data), 4);

        assert!(!outcome.success);
        assert!(outcome.logs.is_empty());
        assert_eq!(bench.slot(PROGRAM, 1), U256::ZERO);
        assert_eq!(bench.slot(RECORDER, 0), U256::ZERO);
        assert_eq!(bench.balance(PROGRAM), U256::ZERO);
        assert_eq!(bench.balance(RECORDER), U256::ZERO);
    }
}

#[test]
fn a_contract_that_reverts_inside_a_program_leaves_the_program_going() {
    let mut bench = with_forwarder(Opcode::Call, Then::Revert);

    let inner = forward(RECORDER, 0, &word(5));
    let outcome = bench.transact(PROGRAM, probe_call(FORWARDER, 0, &inner), 0);

    assert!(outcome.success);
    assert_ne!(outcome.output[0], 0);
    assert_eq!(bench.slot(RECORDER, 0), U256::ZERO);
    assert!(outcome.logs.is_empty());
}

#[test]
fn a_program_called_back_through_a_contract_knows_that_it_is_reentered() {
    let mut bench = with_forwarder(Opcode::Call, Then::Return);

    let back = forward(PROGRAM, 0, &[REENTRANT]);
    let outcome = bench.transact(PROGRAM, probe_call(FORWARDER, 0, &back), 0);
    let direct = bench.transact(FORWARDER, back, 0);

    assert_eq!(outcome.output[REPORT..][..33], [&word(1)[..], &[1]].concat());
    assert_eq!(direct.output[..33], [&word(1)[..], &[0]].concat());
}

#[test]
fn a_program_creates_a_contract() {
    let mut bench = bench();
    let data = [&[CREATE], &word(2)[..], &init_code(&recorder())].concat();

    let outcome = bench.transact(PROGRAM, data, 2);

    let created = address_at(&outcome.output, outcome.output.len() - 20);
    assert_eq!(created, PROGRAM.create(0));
    assert_eq!(bench.balance(created), U256::from(2));
    assert_eq!(bench.chain.code(created), recorder());
}

#[test]
fn a_creation_that_fails_leaves_its_caller_alive_with_address_zero() {
    let mut bench = bench();
    // Init code that reverts with one byte.
    let data = [&[CREATE], &word(0)[..], &[0x60, 1, 0x5f, 0xfd]].concat();

    let outcome = bench.transact(PROGRAM, data, 0);

    assert!(outcome.success);
    assert_eq!(address_at(&outcome.output, outcome.output.len() - 20), Address::ZERO);
}

#[test]
fn code_that_begins_with_ef_is_refused_unless_it_is_a_program() {
    let mut bench = bench();
    let create = |code: &[u8]| [&[CREATE], &word(0)[..], &init_code(code)].concat();

    let refused = bench.transact(PROGRAM, create(&[0xef, 0x01, 0x00]), 0);
    let deployed = bench.transact(PROGRAM, create(&[0xef, 0xf0, 0x00, 0x00]), 0);

    let last = |output: &Bytes| address_at(output, output.len() - 20);
    assert_eq!(last(&refused.output), Address::ZERO);
    assert_ne!(last(&deployed.output), Address::ZERO);
}

#[test]
fn two_hundred_programs_on_top_of_each_other_do_not_exhaust_the_stack_of_the_node() {
    let mut bench = bench();
    // Each program calls itself with the rest of its calldata.
    let mut data = Bytes::from(vec![REENTRANT]);
    for _ in 0..200 {
        data = probe_call(PROGRAM, 0, &data);
    }

    let outcome = bench.transact(PROGRAM, data, 0);

    assert!(outcome.success);
}

#[test]
fn slots_written_by_a_program_are_those_that_a_contract_reads() {
    let mut bench = bench();
    bench.transact(PROGRAM, sstore(3, 77), 0);
    let key = B256::from(U256::from(3));

    let answer = bench.call(PROGRAM, [&[4], key.as_slice()].concat()).unwrap();

    assert_eq!(answer[..], word(77));
    assert_eq!(bench.slot(PROGRAM, 3), U256::from(77));
}

#[test]
fn transient_storage_lasts_for_the_transaction_and_a_revert_takes_it_back() {
    let mut bench = with_forwarder(Opcode::Call, Then::Revert);
    let tstore = [&[TSTORE], &word(1)[..], &word(5)[..]].concat();
    let tload = [&[TLOAD], &word(1)[..]].concat();
    let kept = Address::repeat_byte(0xe3);
    let reverted = Address::repeat_byte(0xe4);
    let store_and_revert = forward(PROGRAM, 0, &tstore);
    bench.chain.set_code(kept, sequence(&[(PROGRAM, tstore.into()), (PROGRAM, tload.clone().into())]));
    bench.chain.set_code(reverted, sequence(&[(FORWARDER, store_and_revert), (PROGRAM, tload.clone().into())]));

    assert_eq!(bench.transact(kept, [], 0).output, word(5)[..]);
    assert_eq!(bench.transact(reverted, [], 0).output, word(0)[..]);
    assert_eq!(bench.transact(PROGRAM, tload, 0).output, word(0)[..]);
}

#[test]
fn a_refund_earned_in_a_call_that_is_taken_back_is_lost() {
    let mut bench = with_forwarder(Opcode::Call, Then::Revert);
    bench.transact(PROGRAM, sstore(1, 1), 0);

    let lost = bench.transact(PROGRAM, probe_call(FORWARDER, 0, &forward(PROGRAM, 0, &sstore(1, 0))), 0);
    let kept = bench.transact(PROGRAM, sstore(1, 0), 0);

    assert_eq!(lost.refund, 0);
    assert_eq!(kept.refund, 4_800);
}
