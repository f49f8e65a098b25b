//! What the precompiles beside `ArbWasm` say.

use crate::support::bench::Bench;
use crate::support::evm::{Opcode, Then, forward, forwarder};
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::sol;
use alloy::sol_types::{SolCall, SolError};
use mrc53_devnode::chain::ChainError;
use mrc53_devnode::chain::addresses::{ARB_GAS_INFO, ARB_INFO, ARB_OWNER_PUBLIC, ARB_SYS, ARB_WASM, ARB_WASM_CACHE};
use mrc53_devnode::config::{ArbosVersion, DEV_ACCOUNT, DEV_CHAIN_ID};

sol! {
    function arbBlockHash(uint256 number) external view returns (bytes32);
    function arbChainID() external view returns (uint256);
    function arbOSVersion() external view returns (uint256);
    function isTopLevelCall() external view returns (bool);
    function mapL1SenderContractAddressToL2Alias(address sender, address unused) external pure returns (address);
    function getBalance(address account) external view returns (uint256);
    function getCode(address account) external view returns (bytes);
    function isChainOwner(address addr) external view returns (bool);
    function getAllChainOwners() external view returns (address[]);
    function getMinimumGasPrice() external view returns (uint256);
    function getPricesInWei() external view returns (uint256, uint256, uint256, uint256, uint256, uint256);
    function stylusVersion() external view returns (uint16);
    function inkPrice() external view returns (uint32);
    function maxStackDepth() external view returns (uint32);
    function freePages() external view returns (uint16);
    function pageGas() external view returns (uint16);
    function pageRamp() external view returns (uint64);
    function pageLimit() external view returns (uint16);
    function initCostScalar() external view returns (uint64);
    function expiryDays() external view returns (uint16);
    function keepaliveDays() external view returns (uint16);
    function blockCacheSize() external view returns (uint16);
    function isCacheManager(address manager) external view returns (bool);
    function allCacheManagers() external view returns (address[]);

    error InvalidBlockNumber(uint256 requested, uint256 current);
}

/// The answer of a view.
fn ask<C: SolCall>(bench: &Bench, precompile: Address, call: &C) -> C::Return {
    let answer = bench.call(precompile, call.abi_encode()).unwrap();
    C::abi_decode_returns(&answer).unwrap()
}

#[test]
fn arb_sys_knows_the_chain_and_its_version() {
    for (arbos, version) in [(ArbosVersion::V50, 105), (ArbosVersion::V60, 115)] {
        let bench = Bench::as_arbos(arbos);
        assert_eq!(ask(&bench, ARB_SYS, &arbChainIDCall {}), U256::from(DEV_CHAIN_ID));
        assert_eq!(ask(&bench, ARB_SYS, &arbOSVersionCall {}), U256::from(version));
    }
}

#[test]
fn arb_sys_knows_the_hashes_of_the_last_256_blocks() {
    let mut bench = Bench::new();
    bench.chain.mine(300);
    let hash = |number: u64| arbBlockHashCall { number: U256::from(number) };
    for number in [300, 299, 45] {
        let expected = bench.chain.block(number).unwrap().hash;
        assert_eq!(ask(&bench, ARB_SYS, &hash(number)), expected, "{number}");
    }
    for number in [301, 44] {
        let Err(ChainError::Reverted(data)) = bench.call(ARB_SYS, hash(number).abi_encode()) else {
            panic!("{number} has a hash");
        };
        let error = InvalidBlockNumber::abi_decode(&data).unwrap();
        assert_eq!((error.requested, error.current), (U256::from(number), U256::from(301)));
    }
}

#[test]
fn arb_sys_tells_a_transactions_own_call_from_one_made_by_a_contract() {
    let mut bench = Bench::new();
    let contract = Address::repeat_byte(1);
    bench.chain.set_code(contract, forwarder(Opcode::Call, Then::Return));
    let inner = forward(ARB_SYS, 0, &isTopLevelCallCall {}.abi_encode());
    let deeper = forward(contract, 0, &inner);

    assert!(ask(&bench, ARB_SYS, &isTopLevelCallCall {}));
    assert_eq!(bench.call(contract, inner).unwrap()[32..64], B256::with_last_byte(1)[..]);
    assert_eq!(bench.call(contract, deeper).unwrap()[64..96], B256::ZERO[..]);
}

#[test]
fn arb_sys_maps_addresses_of_the_parent_chain() {
    let call = mapL1SenderContractAddressToL2AliasCall { sender: Address::with_last_byte(1), unused: Address::ZERO };
    let alias: Address = "0x1111000000000000000000000000000000001112".parse().unwrap();
    assert_eq!(ask(&Bench::new(), ARB_SYS, &call), alias);
}

#[test]
fn arb_info_reads_balance_and_code() {
    let mut bench = Bench::new();
    let account = Address::repeat_byte(7);
    bench.chain.set_balance(account, U256::from(9));
    bench.chain.set_code(account, Bytes::from_static(&[1, 2, 3]));
    assert_eq!(ask(&bench, ARB_INFO, &getBalanceCall { account }), U256::from(9));
    assert_eq!(ask(&bench, ARB_INFO, &getCodeCall { account }), Bytes::from_static(&[1, 2, 3]));
}

#[test]
fn the_dev_account_owns_the_chain() {
    let bench = Bench::new();
    assert!(ask(&bench, ARB_OWNER_PUBLIC, &isChainOwnerCall { addr: DEV_ACCOUNT }));
    assert!(!ask(&bench, ARB_OWNER_PUBLIC, &isChainOwnerCall { addr: Address::ZERO }));
    assert_eq!(ask(&bench, ARB_OWNER_PUBLIC, &getAllChainOwnersCall {}), vec![DEV_ACCOUNT]);
}

#[test]
fn arb_gas_info_knows_the_base_fee_and_no_l1_fee() {
    let bench = Bench::new();
    assert_eq!(ask(&bench, ARB_GAS_INFO, &getMinimumGasPriceCall {}), U256::from(100_000_000));
    let prices = ask(&bench, ARB_GAS_INFO, &getPricesInWeiCall {});
    assert_eq!((prices._0, prices._5), (U256::ZERO, U256::from(100_000_000)));
}

#[test]
fn arb_wasm_knows_its_parameters() {
    let bench = Bench::new();
    assert_eq!(ask(&bench, ARB_WASM, &stylusVersionCall {}), 2);
    assert_eq!(ask(&bench, ARB_WASM, &inkPriceCall {}), 10_000);
    assert_eq!(ask(&bench, ARB_WASM, &maxStackDepthCall {}), 22_000);
    assert_eq!(ask(&bench, ARB_WASM, &freePagesCall {}), 2);
    assert_eq!(ask(&bench, ARB_WASM, &pageGasCall {}), 1_000);
    assert_eq!(ask(&bench, ARB_WASM, &pageRampCall {}), 620_674_314);
    assert_eq!(ask(&bench, ARB_WASM, &pageLimitCall {}), 128);
    assert_eq!(ask(&bench, ARB_WASM, &initCostScalarCall {}), 100);
    assert_eq!(ask(&bench, ARB_WASM, &expiryDaysCall {}), 365);
    assert_eq!(ask(&bench, ARB_WASM, &keepaliveDaysCall {}), 31);
    assert_eq!(ask(&bench, ARB_WASM, &blockCacheSizeCall {}), 32);
}

#[test]
fn there_are_no_cache_managers() {
    let bench = Bench::new();
    assert!(ask(&bench, ARB_WASM_CACHE, &allCacheManagersCall {}).is_empty());
    assert!(!ask(&bench, ARB_WASM_CACHE, &isCacheManagerCall { manager: DEV_ACCOUNT }));
}
