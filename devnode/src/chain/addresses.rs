//! The addresses at which something stands from the first block on.

use alloy::primitives::{Address, U256, address};

/// Where transaction fees and activation fees go.
pub const NETWORK_FEE_ACCOUNT: Address = address!("a4B000000000000000000000006E6574776f726B");

/// The fee recipient that contracts see: Nitro's sequencer.
pub const SEQUENCER: Address = address!("a4b000000000000000000073657175656e636572");

/// Where ArbOS keeps its own state.
pub const ARBOS_STATE: Address = address!("A4B05FffffFffFFFFfFFfffFfffFFfffFfFfFFFf");

/// The deterministic deployment proxy.
pub const CREATE2_FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");

/// Offchain Labs' StylusDeployer, through which Stylus constructors run.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");

/// Multicall3, through which clients read many contracts in one call.
pub const MULTICALL3: Address = address!("cA11bde05977b3631167028862bE2a173976CA11");

/// `NodeInterface`: what Nitro answers to calls, though no contract stands there.
pub const NODE_INTERFACE: Address = address!("00000000000000000000000000000000000000C8");

/// `ArbSys`.
pub const ARB_SYS: Address = address!("0000000000000000000000000000000000000064");
/// `ArbInfo`.
pub const ARB_INFO: Address = address!("0000000000000000000000000000000000000065");
/// `ArbOwnerPublic`.
pub const ARB_OWNER_PUBLIC: Address = address!("000000000000000000000000000000000000006b");
/// `ArbGasInfo`.
pub const ARB_GAS_INFO: Address = address!("000000000000000000000000000000000000006c");
/// `ArbOwner`.
pub const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");
/// `ArbWasm`.
pub const ARB_WASM: Address = address!("0000000000000000000000000000000000000071");
/// `ArbWasmCache`.
pub const ARB_WASM_CACHE: Address = address!("0000000000000000000000000000000000000072");

/// All of Arbitrum's precompiles that are served.
pub const PRECOMPILES: [Address; 7] =
    [ARB_SYS, ARB_INFO, ARB_OWNER_PUBLIC, ARB_GAS_INFO, ARB_OWNER, ARB_WASM, ARB_WASM_CACHE];

/// True for what belongs to the chain itself: precompiles, ArbOS' state, fee accounts.
#[must_use]
pub fn is_system_account(address: Address) -> bool {
    let is_ethereum_precompile = U256::from_be_slice(address.as_slice()) <= U256::from(0x100);
    let system = [ARBOS_STATE, SEQUENCER, NETWORK_FEE_ACCOUNT];
    is_ethereum_precompile || system.contains(&address) || PRECOMPILES.contains(&address)
}
