//! Many transactions: how fast, and that memory grows by their blocks alone.

mod support;

use alloy::primitives::{Address, U256};
use alloy::sol;
use alloy::sol_types::SolCall;
use mrc53_devnode::config::Config;
use std::time::Instant;
use support::bench::{Bench, vector};

sol! {
    function setNumber(uint256 value) external;
}

const PROGRAM: Address = Address::repeat_byte(0x51);

/// The least that a machine of two cores must do, also when it is busy.
const LEAST_PER_SECOND: u32 = 1_000;

const TRANSACTIONS: u32 = 50_000;

/// What a block with a transaction may take: header, transaction, receipt, and their places in the indexes.
const MOST_BYTES_EACH: usize = 3_000;

fn set_numbers(bench: &mut Bench, count: u32) {
    for value in 0..count {
        let data = setNumberCall { value: U256::from(value) }.abi_encode();
        assert!(bench.transact(PROGRAM, data, 0).success);
    }
}

/// Resident memory of this process in bytes.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: usize = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4_096
}

#[cfg(target_os = "linux")]
#[test]
fn memory_grows_by_blocks_alone_once_the_history_is_full_and_calls_are_fast() {
    let config = Config { history_blocks: 1_000, ..Config::ephemeral() };
    let mut bench = Bench::with(&config);
    bench.add_program(PROGRAM, &vector("counter.wasm"));
    set_numbers(&mut bench, 2_000);
    let (before, start) = (resident(), Instant::now());

    set_numbers(&mut bench, TRANSACTIONS);

    let seconds = start.elapsed().as_secs_f64();
    let growth = resident().saturating_sub(before);
    let rate = f64::from(TRANSACTIONS) / seconds;
    let each = growth / TRANSACTIONS as usize;
    println!("{rate:.0} transactions per second, {each} bytes each");
    assert!(each < MOST_BYTES_EACH, "{each} bytes for each transaction");
    assert!(rate > f64::from(LEAST_PER_SECOND), "{rate:.0} transactions per second");
}
