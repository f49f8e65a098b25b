//! `ArbWasm`, `ArbWasmCache` and the StylusDeployer: a program's life from deployment to expiry.

use crate::support::bench::{Bench, ETHER, GAS_PRICE, calldata, probe, vector};
use crate::support::evm::init_code;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256, hex, keccak256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol;
use alloy::sol_types::{SolCall, SolError, SolEvent};
use mrc53_devnode::chain::ChainError;
use mrc53_devnode::chain::addresses::{ARB_OWNER, ARB_WASM, ARB_WASM_CACHE, NETWORK_FEE_ACCOUNT, STYLUS_DEPLOYER};
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::config::{ArbosVersion, Config, DEV_ACCOUNT};
use mrc53_devnode::stylus::code::compress;

sol! {
    function activateProgram(address program) external payable returns (uint16 version, uint256 dataFee);
    function codehashKeepalive(bytes32 codehash) external payable;
    function codehashVersion(bytes32 codehash) external view returns (uint16 version);
    function programTimeLeft(address program) external view returns (uint64 left);
    function programInitGas(address program) external view returns (uint64 gas, uint64 cached);
    function programMemoryFootprint(address program) external view returns (uint16 pages);
    function minInitGas() external view returns (uint64 gas, uint64 cached);
    function cacheProgram(address addr) external;
    function evictCodehash(bytes32 codehash) external;
    function codehashIsCached(bytes32 codehash) external view returns (bool cached);
    function isCacheManager(address manager) external view returns (bool);
    function allCacheManagers() external view returns (address[] managers);
    function addWasmCacheManager(address manager) external;
    function removeWasmCacheManager(address manager) external;
    function deploy(bytes bytecode, bytes initData, uint256 initValue, bytes32 salt) external payable returns (address);
    function number() external view returns (uint256 value);
    function setNumber(uint256 value) external;

    event ProgramActivated(bytes32 indexed codehash, bytes32 moduleHash, address program, uint256 dataFee, uint16 version);
    event ContractDeployed(address deployedContract);

    error ProgramNotWasm();
    error ProgramNotActivated();
    error ProgramExpired(uint64 ageInSeconds);
    error ProgramUpToDate();
    error ProgramKeepaliveTooSoon(uint64 ageInSeconds);
    error ProgramInsufficientValue(uint256 have, uint256 want);
}

const PROGRAM: Address = Address::repeat_byte(0x51);
const DAY: u64 = 86_400;
/// A full hour, as ArbOS counts activations in hours.
const START: u64 = 1_740_096_000;

fn bench() -> Bench {
    Bench::with(&Config { genesis_timestamp: Some(START), ..Config::ephemeral() })
}

fn with_counter() -> Bench {
    let mut bench = bench();
    bench.chain.set_next_timestamp(START).unwrap();
    bench.add_program(PROGRAM, &vector("counter.wasm"));
    bench
}

fn code_hash(bench: &Bench) -> B256 {
    keccak256(bench.chain.code(PROGRAM))
}

fn at(bench: &mut Bench, seconds_after_start: u64) {
    bench.chain.set_next_timestamp(START + seconds_after_start).unwrap();
}

fn keepalive(bench: &mut Bench, value: u64) -> Outcome {
    let data = codehashKeepaliveCall { codehash: code_hash(bench) };
    bench.transact(ARB_WASM, data.abi_encode(), value)
}

fn reverts_with<E: SolError>(result: Result<Bytes, ChainError>) -> E {
    match result {
        Err(ChainError::Reverted(data)) => E::abi_decode(&data).unwrap(),
        other => panic!("expected a revert, got {other:?}"),
    }
}

#[test]
fn activation_takes_the_data_fee_gives_the_rest_back_and_tells() {
    let mut bench = bench();
    bench.place_program(PROGRAM, &vector("counter.wasm"));
    let before = bench.balance(DEV_ACCOUNT);

    let outcome = bench.activate(PROGRAM);

    assert!(outcome.success);
    let event = ProgramActivated::decode_log_data(&outcome.logs[0].data).unwrap();
    assert_eq!(outcome.logs[0].address, ARB_WASM);
    assert_eq!((event.program, event.version), (PROGRAM, 2));
    assert_eq!(event.codehash, code_hash(&bench));
    let fee = U256::from(outcome.gas_used) * U256::from(GAS_PRICE);
    assert_eq!(before - bench.balance(DEV_ACCOUNT), fee + event.dataFee);
    assert_eq!(bench.balance(NETWORK_FEE_ACCOUNT), fee + event.dataFee);
    assert_eq!(bench.balance(ARB_WASM), U256::ZERO);
}

#[test]
fn a_program_that_is_not_activated_is_refused_by_name() {
    let mut bench = bench();
    bench.place_program(PROGRAM, &vector("counter.wasm"));
    let codehash = code_hash(&bench);

    let asked = bench.call(ARB_WASM, codehashVersionCall { codehash }.abi_encode());
    let called = bench.call(PROGRAM, numberCall {}.abi_encode());

    reverts_with::<ProgramNotActivated>(asked);
    reverts_with::<ProgramNotActivated>(called);
}

#[test]
fn a_call_of_a_program_that_is_not_activated_burns_its_gas() {
    let mut bench = bench();
    bench.place_program(PROGRAM, &vector("counter.wasm"));
    let request = TransactionRequest::default().with_to(PROGRAM).with_gas_limit(100_000);

    let outcome = bench.send(request);

    assert!(!outcome.success);
    assert_eq!(outcome.gas_used, 100_000);
}

#[test]
fn a_program_is_activated_once() {
    let bench = with_counter();
    let again = bench.call(ARB_WASM, activateProgramCall { program: PROGRAM }.abi_encode());
    reverts_with::<ProgramUpToDate>(again);
}

#[test]
fn what_is_no_program_is_refused_by_name() {
    let mut bench = bench();
    bench.chain.set_code(PROGRAM, Bytes::from_static(&[0x00]));
    let tried = bench.call(ARB_WASM, activateProgramCall { program: PROGRAM }.abi_encode());
    reverts_with::<ProgramNotWasm>(tried);
}

#[test]
fn too_little_value_is_refused_with_what_is_wanted() {
    let mut bench = bench();
    bench.place_program(PROGRAM, &vector("counter.wasm"));
    let tried = bench.call(ARB_WASM, activateProgramCall { program: PROGRAM }.abi_encode());
    let error = reverts_with::<ProgramInsufficientValue>(tried);
    assert_eq!(error.have, U256::ZERO);
    assert!(error.want > U256::ZERO);
}

#[test]
fn a_program_that_breaks_a_rule_burns_all_gas_and_says_which() {
    let mut bench = bench();
    let wasm =
        wat::parse_str("(module (func (export \"user_entrypoint\") (param i32) (result i32) i32.const 0))").unwrap();
    bench.place_program(PROGRAM, &wasm);
    let data = calldata(hex!("58c780c2"), PROGRAM);
    let request = TransactionRequest::default().with_to(ARB_WASM).with_input(data);

    let outcome = bench.send(request.with_gas_limit(5_000_000));

    assert!(!outcome.success);
    assert_eq!(outcome.gas_used, 5_000_000);
    let reason = outcome.failure.unwrap();
    assert!(reason.starts_with("program activation failed: "), "{reason}");
}

#[test]
fn the_views_answer_for_an_active_program() {
    let bench = with_counter();
    let left = bench.call(ARB_WASM, programTimeLeftCall { program: PROGRAM }.abi_encode()).unwrap();
    let pages = bench.call(ARB_WASM, programMemoryFootprintCall { program: PROGRAM }.abi_encode()).unwrap();
    let start = bench.call(ARB_WASM, programInitGasCall { program: PROGRAM }.abi_encode()).unwrap();
    let least = bench.call(ARB_WASM, minInitGasCall {}.abi_encode()).unwrap();

    assert!(programTimeLeftCall::abi_decode_returns(&left).unwrap() > 364 * DAY);
    assert_eq!(programMemoryFootprintCall::abi_decode_returns(&pages).unwrap(), 1);
    let start = programInitGasCall::abi_decode_returns(&start).unwrap();
    assert!(start.gas > start.cached);
    let least = minInitGasCall::abi_decode_returns(&least).unwrap();
    assert_eq!((least.gas, least.cached), (8_832, 352));
}

#[test]
fn a_keepalive_is_taken_from_day_31_and_prolongs_the_life() {
    let mut bench = with_counter();
    at(&mut bench, 31 * DAY - 3_601);
    let early = keepalive(&mut bench, ETHER);
    at(&mut bench, 31 * DAY);
    let in_time = keepalive(&mut bench, ETHER);

    ProgramKeepaliveTooSoon::abi_decode(&early.output).unwrap();
    assert!(in_time.success);
    at(&mut bench, (31 + 365) * DAY);
    assert!(bench.call(PROGRAM, numberCall {}.abi_encode()).is_ok());
}

#[test]
fn a_keepalive_without_value_is_refused() {
    let mut bench = with_counter();
    at(&mut bench, 40 * DAY);
    let outcome = keepalive(&mut bench, 0);
    ProgramInsufficientValue::abi_decode(&outcome.output).unwrap();
}

#[test]
fn a_program_expires_after_365_days_and_can_be_activated_again() {
    let mut bench = with_counter();
    at(&mut bench, 365 * DAY);
    assert!(bench.call(PROGRAM, numberCall {}.abi_encode()).is_ok());
    at(&mut bench, 365 * DAY + 3_600);

    let expired = reverts_with::<ProgramExpired>(bench.call(PROGRAM, numberCall {}.abi_encode()));
    let too_late = keepalive(&mut bench, ETHER);
    let again = bench.activate(PROGRAM);

    assert!(expired.ageInSeconds > 365 * DAY);
    ProgramExpired::abi_decode(&too_late.output).unwrap();
    assert!(again.success);
    assert!(bench.call(PROGRAM, numberCall {}.abi_encode()).is_ok());
}

#[test]
fn a_cached_program_starts_cheaper_until_it_is_evicted() {
    let mut bench = with_counter();
    let gas = |bench: &mut Bench| bench.transact(PROGRAM, numberCall {}.abi_encode(), 0).gas_used;
    let codehash = code_hash(&bench);
    let uncached = gas(&mut bench);

    bench.transact(ARB_WASM_CACHE, cacheProgramCall { addr: PROGRAM }.abi_encode(), 0);
    let is_cached = bench.call(ARB_WASM_CACHE, codehashIsCachedCall { codehash }.abi_encode()).unwrap();
    let cached = gas(&mut bench);
    bench.transact(ARB_WASM_CACHE, evictCodehashCall { codehash }.abi_encode(), 0);

    assert!(codehashIsCachedCall::abi_decode_returns(&is_cached).unwrap());
    assert!(uncached > cached + 8_832);
    assert_eq!(gas(&mut bench), uncached);
}

#[test]
fn only_the_chain_owner_caches_programs() {
    let mut bench = with_counter();
    let stranger = Address::repeat_byte(0x77);
    bench.chain.set_balance(stranger, U256::from(ETHER));
    let data = cacheProgramCall { addr: PROGRAM }.abi_encode();
    let request = TransactionRequest::default().with_to(ARB_WASM_CACHE).with_input(data);

    let outcome = bench.send_as(stranger, request.with_gas_limit(1_000_000));

    assert!(!outcome.success);
    assert_eq!(outcome.gas_used, 1_000_000);
}

#[test]
fn a_cache_manager_caches_programs_until_the_owner_removes_it() {
    let mut bench = with_counter();
    let (first, manager) = (Address::repeat_byte(0x76), Address::repeat_byte(0x77));
    bench.chain.set_balance(manager, U256::from(ETHER));
    let managers = |bench: &Bench| {
        let answer = bench.call(ARB_WASM_CACHE, allCacheManagersCall {}.abi_encode()).unwrap();
        allCacheManagersCall::abi_decode_returns(&answer).unwrap()
    };
    let cache = |bench: &mut Bench| {
        let data = cacheProgramCall { addr: PROGRAM }.abi_encode();
        let request = TransactionRequest::default().with_to(ARB_WASM_CACHE).with_input(data);
        bench.send_as(manager, request.with_gas_limit(1_000_000)).success
    };

    for manager in [first, manager] {
        assert!(bench.transact(ARB_OWNER, addWasmCacheManagerCall { manager }.abi_encode(), 0).success);
    }
    assert_eq!(managers(&bench), [first, manager]);
    assert!(cache(&mut bench));
    for manager in [first, manager] {
        assert!(bench.transact(ARB_OWNER, removeWasmCacheManagerCall { manager }.abi_encode(), 0).success);
    }
    assert_eq!(managers(&bench), Vec::<Address>::new());
    assert!(!cache(&mut bench));
}

#[test]
fn only_the_chain_owner_names_cache_managers() {
    let mut bench = bench();
    let stranger = Address::repeat_byte(0x77);
    bench.chain.set_balance(stranger, U256::from(ETHER));
    let data = addWasmCacheManagerCall { manager: stranger }.abi_encode();
    let request = TransactionRequest::default().with_to(ARB_OWNER).with_input(data);

    assert!(!bench.send_as(stranger, request.with_gas_limit(1_000_000)).success);

    let answer = bench.call(ARB_WASM_CACHE, isCacheManagerCall { manager: stranger }.abi_encode()).unwrap();
    assert!(!isCacheManagerCall::abi_decode_returns(&answer).unwrap());
}

#[test]
fn an_unknown_selector_reverts_and_burns_the_gas() {
    let mut bench = bench();
    let request = TransactionRequest::default().with_to(ARB_WASM).with_input(vec![1, 2, 3, 4]);

    let outcome = bench.send(request.with_gas_limit(100_000));

    assert!(!outcome.success);
    assert_eq!(outcome.gas_used, 100_000);
    assert!(outcome.output.is_empty());
}

#[test]
fn the_deployer_deploys_activates_and_constructs_in_one_transaction() {
    let mut bench = bench();
    let code = compress(&vector("counter.wasm"));
    let construct = setNumberCall { value: U256::from(42) }.abi_encode();
    let data =
        deployCall { bytecode: init_code(&code), initData: construct.into(), initValue: U256::ZERO, salt: B256::ZERO };

    let outcome = bench.transact(STYLUS_DEPLOYER, data.abi_encode(), ETHER);

    assert!(outcome.success, "{:?}", outcome.failure);
    let last = outcome.logs.last().unwrap();
    let event = ContractDeployed::decode_log_data(&last.data).unwrap();
    let answer = bench.call(event.deployedContract, numberCall {}.abi_encode()).unwrap();
    assert_eq!(numberCall::abi_decode_returns(&answer).unwrap(), U256::from(42));
}

#[test]
fn from_arbos_60_on_a_program_that_a_block_has_run_is_cached_in_it() {
    use crate::support::evm::{Opcode, Then, forward, forwarder};
    let calls = |arbos| {
        let mut bench = Bench::as_arbos(arbos);
        bench.add_program(PROGRAM, &probe());
        bench.chain.set_code(Address::repeat_byte(1), forwarder(Opcode::Call, Then::Return));
        let inner = forward(PROGRAM, 0, &[0]);
        let mut call = vec![1];
        call.extend_from_slice(Address::repeat_byte(1).as_slice());
        call.extend_from_slice(&[0; 32]);
        call.extend_from_slice(&u64::MAX.to_le_bytes());
        call.extend_from_slice(&inner);
        bench.transact(PROGRAM, call, 0).gas_used
    };
    let saved = calls(ArbosVersion::V50) - calls(ArbosVersion::V60);
    assert!(saved >= 8_832, "{saved}");
}
