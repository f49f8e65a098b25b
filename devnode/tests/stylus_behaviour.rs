//! How programs end, what they may not do, and that none can hurt the node.

use crate::memory_host::{
    Transaction,
    programs::{PLENTY, PROGRAM, SENDER, calling, chain_with, program, program_with, run_body},
};
use alloy::primitives::{U256, b256};

/// Writes the word at 32 to the slot whose key is at 0.
const WRITE_SLOT_ZERO: &str = "(i32.store8 (i32.const 63) (i32.const 7))
    (call $storage_cache (i32.const 0) (i32.const 32))";

#[test]
fn an_endless_loop_ends_out_of_gas() {
    let receipt = run_body("(loop $again (br $again)) i32.const 0");
    assert!(!receipt.is_success);
    assert_eq!(receipt.execution_gas, PLENTY);
}

#[test]
fn an_endless_recursion_overflows_the_stack_and_burns_all_gas() {
    let receipt = run_body("(call $entry (local.get $length))");
    assert!(!receipt.is_success);
    assert_eq!(receipt.execution_gas, PLENTY);
}

#[test]
fn a_recursion_with_the_largest_frames_overflows_without_harm() {
    let locals = "(local i64)".repeat(348);
    let pushes = "(local.get $x)".repeat(4_000);
    let drops = "drop ".repeat(4_000);
    let deep = format!("(func $deep (param $x i64) {locals} {pushes} (call $deep (local.get $x)) {drops})");
    let wasm = program_with(&deep, "(call $deep (i64.const 1)) i32.const 0");
    let receipt = chain_with(&wasm).transact(&calling(&[]));
    assert!(!receipt.is_success);
    assert_eq!(receipt.execution_gas, PLENTY);
}

#[test]
fn programs_nest_until_their_128_pages_are_used_up_each_with_a_deep_stack() {
    let dig = "(func $dig (param $left i32)
        (if (local.get $left)
            (then (call $dig (i32.sub (local.get $left) (i32.const 1))))
            (else (drop (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)
                (i64.const -1) (i32.const 128))))))";
    let body = "(call $contract_address (i32.const 0)) (call $dig (i32.const 1600)) i32.const 0";
    let mut chain = chain_with(&program_with(dig, body));
    let receipt = chain.transact(&Transaction { gas_limit: 1 << 50, ..calling(&[]) });
    assert!(receipt.is_success);
    assert_eq!(chain.deepest, 128);
}

#[test]
fn a_trap_reverts_with_no_output_and_keeps_the_gas() {
    let receipt = run_body("(call $write_result (i32.const 0) (i32.const 4)) unreachable");
    assert!(!receipt.is_success);
    assert!(receipt.output.is_empty());
    assert!(receipt.execution_gas < 20_000);
}

#[test]
fn a_pointer_out_of_bounds_reverts_with_no_output_and_keeps_the_gas() {
    let receipt = run_body("(call $msg_sender (i32.const 65517)) i32.const 0");
    assert!(!receipt.is_success);
    assert!(receipt.execution_gas < 20_000);
    assert!(run_body("(call $msg_sender (i32.const 65516)) i32.const 0").is_success);
}

#[test]
fn any_status_but_zero_reverts_with_the_output_written() {
    let receipt = run_body("(call $write_result (i32.const 0) (i32.const 4)) i32.const 7");
    assert!(!receipt.is_success);
    assert_eq!(receipt.output.len(), 4);
}

#[test]
fn exit_early_ends_with_its_status_and_the_output_so_far() {
    let exit = |status: u32| {
        run_body(&format!(
            "(call $write_result (i32.const 0) (i32.const 4)) (call $exit_early (i32.const {status}))
             unreachable"
        ))
    };
    assert!(exit(0).is_success);
    assert!(!exit(1).is_success);
    assert_eq!(exit(0).output.len(), 4);
    assert_eq!(exit(1).output.len(), 4);
}

#[test]
fn growing_memory_is_paid_by_the_page() {
    let grow = |pages: u32| run_body(&format!("(drop (memory.grow (i32.const {pages}))) i32.const 0"));
    let to_two_pages = grow(1).execution_gas;
    let to_three_pages = grow(2).execution_gas;
    assert_eq!(to_three_pages - to_two_pages, 1_000);
    let beyond_the_limit = grow(128);
    assert!(!beyond_the_limit.is_success);
    assert_eq!(beyond_the_limit.execution_gas, PLENTY);
}

#[test]
fn output_costs_at_least_what_the_evm_asks_for_its_memory() {
    let receipt = run_body("(call $write_result (i32.const 0) (i32.const 65536)) i32.const 0");
    assert!(receipt.execution_gas >= 2_048 * 3 + 2_048 * 2_048 / 512);
}

#[test]
fn a_write_that_is_not_flushed_never_reaches_the_chain() {
    let mut chain = chain_with(&program(&format!("{WRITE_SLOT_ZERO} i32.const 0")));
    assert!(chain.transact(&calling(&[])).is_success);
    assert!(chain.state.storage.is_empty());
}

#[test]
fn a_write_that_is_flushed_reaches_the_chain() {
    let body = format!("{WRITE_SLOT_ZERO} (call $storage_flush (i32.const 1)) i32.const 0");
    let mut chain = chain_with(&program(&body));
    assert!(chain.transact(&calling(&[])).is_success);
    assert_eq!(chain.state.storage.values().next(), Some(&U256::from(7).into()));
}

#[test]
fn a_flush_that_cannot_be_paid_burns_all_gas_and_writes_nothing() {
    let body = format!("{WRITE_SLOT_ZERO} (call $storage_flush (i32.const 0)) i32.const 0");
    let mut chain = chain_with(&program(&body));
    let receipt = chain.transact(&Transaction { gas_limit: 25_000, ..calling(&[]) });
    assert!(!receipt.is_success);
    assert_eq!(receipt.execution_gas, 25_000);
    assert!(chain.state.storage.is_empty());
}

#[test]
fn a_second_read_of_a_slot_comes_from_the_cache() {
    let read = "(call $storage_load (i32.const 0) (i32.const 32))";
    let once = run_body(&format!("{read} i32.const 0")).execution_gas;
    let twice = run_body(&format!("{read} {read} i32.const 0")).execution_gas;
    assert!(once > 2_100);
    assert!(twice - once < 15);
}

#[test]
fn a_static_call_may_not_write_log_or_create() {
    let flush = format!("{WRITE_SLOT_ZERO} (call $storage_flush (i32.const 0))");
    for action in [
        flush.as_str(),
        "(call $transient_store (i32.const 0) (i32.const 32))",
        "(call $emit_log (i32.const 0) (i32.const 32) (i32.const 1))",
        "(call $create1 (i32.const 0) (i32.const 4) (i32.const 64) (i32.const 96) (i32.const 128))",
        "(call $create2 (i32.const 0) (i32.const 4) (i32.const 64) (i32.const 64) (i32.const 96)
            (i32.const 128))",
    ] {
        let mut chain = chain_with(&program(&format!("{action} i32.const 0")));
        let receipt = chain.transact(&Transaction { is_static: true, ..calling(&[]) });
        assert!(!receipt.is_success, "{action}");
        assert!(receipt.execution_gas < PLENTY, "{action} keeps its gas");
        assert!(chain.transact(&calling(&[])).is_success, "{action} outside");
    }
}

#[test]
fn a_flush_of_nothing_is_allowed_in_a_static_call() {
    let mut chain = chain_with(&program("(call $storage_flush (i32.const 0)) i32.const 0"));
    assert!(chain.transact(&Transaction { is_static: true, ..calling(&[]) }).is_success);
}

#[test]
fn a_call_with_value_in_a_static_call_fails_and_the_program_goes_on() {
    let body = "(i32.store8 (i32.const 95) (i32.const 1))
        (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64) (i64.const -1)
            (i32.const 128))";
    let status_is_two = format!("(i32.ne (i32.const 2) {body})");
    let mut chain = chain_with(&program(&status_is_two));
    let call = Transaction { is_static: true, value: U256::from(9), ..calling(&[]) };
    assert!(chain.transact(&call).is_success);
}

#[test]
fn a_call_of_more_value_than_there_is_fails_with_status_two_and_no_output() {
    let body = "(i32.store8 (i32.const 64) (i32.const 1))
        (local.set $i (call $call_contract (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)
            (i64.const -1) (i32.const 128)))
        (i32.or (i32.ne (local.get $i) (i32.const 2)) (call $return_data_size))";
    assert!(run_body(body).is_success);
}

#[test]
fn a_failed_call_leaves_no_state_behind() {
    let body = format!(
        "(if (local.get $length) (then
            {WRITE_SLOT_ZERO} (call $storage_flush (i32.const 0))
            (call $emit_log (i32.const 0) (i32.const 0) (i32.const 0))
            unreachable))
        (call $contract_address (i32.const 0))
        (i32.eqz (call $call_contract (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)
            (i64.const -1) (i32.const 128)))"
    );
    let mut chain = chain_with(&program(&body));
    let receipt = chain.transact(&calling(&[]));
    assert!(receipt.is_success);
    assert!(chain.state.storage.is_empty());
    assert_eq!(receipt.logs, 0);
}

#[test]
fn a_call_keeps_back_one_64th_of_the_gas() {
    let body = "(if (local.get $length) (then (loop $again (br $again))))
        (call $contract_address (i32.const 0))
        (drop (call $call_contract (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 64)
            (i64.const -1) (i32.const 128)))
        i32.const 0";
    let receipt = chain_with(&program(body)).transact(&calling(&[]));
    assert!(receipt.is_success);
    let kept = PLENTY - receipt.execution_gas;
    assert!((PLENTY / 64 - 300..=PLENTY / 64).contains(&kept), "{kept}");
}

#[test]
fn a_log_has_at_most_four_topics_and_their_bytes() {
    let log = |length: u32, topics: u32| {
        run_body(&format!("(call $emit_log (i32.const 0) (i32.const {length}) (i32.const {topics})) i32.const 0"))
    };
    assert!(log(128, 4).is_success);
    assert!(!log(160, 5).is_success);
    assert!(!log(127, 4).is_success);
}

#[test]
fn a_program_sees_its_value_and_its_own_balance() {
    let body = "(call $msg_value (i32.const 0))
        (call $contract_address (i32.const 64)) (call $account_balance (i32.const 64) (i32.const 32))
        (call $write_result (i32.const 0) (i32.const 64)) i32.const 0";
    let mut chain = chain_with(&program(body));
    let receipt = chain.transact(&Transaction { value: U256::from(5), ..calling(&[]) });
    assert_eq!(U256::from_be_slice(&receipt.output[..32]), U256::from(5));
    assert_eq!(U256::from_be_slice(&receipt.output[32..]), U256::from(5));
    assert_eq!(chain.state.balances[&SENDER], U256::from(995));
    assert_eq!(chain.state.balances[&PROGRAM], U256::from(5));
}

#[test]
fn code_is_read_through_a_window_that_ends_with_the_code() {
    let body = "(call $contract_address (i32.const 0))
        (local.set $i (call $account_code (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 64)))
        (if (i32.ne (local.get $i) (i32.const 2)) (then (return (i32.const 1))))
        (local.set $i (call $account_code_size (i32.const 0)))
        (if (call $account_code (i32.const 0) (local.get $i) (i32.const 9) (i32.const 96))
            (then (return (i32.const 2))))
        (call $write_result (i32.const 64) (i32.const 2)) i32.const 0";
    let receipt = run_body(body);
    assert!(receipt.is_success);
    assert_eq!(receipt.output[..], [0xf0, 0x00]);
}

#[test]
fn keccak_hashes_the_programs_memory() {
    let body = "(call $keccak (i32.const 0) (i32.const 0) (i32.const 32))
        (call $write_result (i32.const 32) (i32.const 32)) i32.const 0";
    let empty = b256!("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assert_eq!(run_body(body).output[..], empty[..]);
}

#[test]
fn a_failure_of_the_database_aborts_the_transaction() {
    let mut chain = chain_with(&program("(call $storage_load (i32.const 0) (i32.const 32)) i32.const 0"));
    chain.is_broken = true;
    assert!(chain.try_transact(&calling(&[])).is_err());
}
