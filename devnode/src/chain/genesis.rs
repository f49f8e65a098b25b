//! The accounts of block 0.

use super::precompiles;
use super::state::{State, Undo};
use crate::config::DEV_ACCOUNT;
use alloy::primitives::{Address, Bytes, KECCAK256_EMPTY, U256, address, hex, keccak256};
use revm::bytecode::Bytecode;
use revm::state::AccountInfo;

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

const CREATE2_FACTORY_CODE: [u8; 69] = hex!(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
);

const STYLUS_DEPLOYER_CODE: &str = include_str!("../../artifacts/stylus_deployer.hex");

const MULTICALL3_CODE: &str = include_str!("../../artifacts/multicall3.hex");

/// What the dev account starts with: a million ether.
const DEV_BALANCE_ETHER: u64 = 1_000_000;

/// The state before block 1.
#[must_use]
pub fn state() -> State {
    let mut state = State::default();
    let mut undo: Vec<Undo> = Vec::new();
    let mut put = |address, balance, nonce, code: Bytes| {
        let code = (!code.is_empty()).then(|| Bytecode::new_legacy(code));
        let info = AccountInfo {
            balance,
            nonce,
            code_hash: code.as_ref().map_or(KECCAK256_EMPTY, |c| keccak256(c.original_byte_slice())),
            code: None,
            ..AccountInfo::default()
        };
        state.set_info(address, info, code, &mut undo);
    };
    let ether = U256::from(10).pow(U256::from(18));
    put(DEV_ACCOUNT, U256::from(DEV_BALANCE_ETHER) * ether, 0, Bytes::new());
    put(ARBOS_STATE, U256::ZERO, 1, Bytes::new());
    put(CREATE2_FACTORY, U256::ZERO, 1, Bytes::from_static(&CREATE2_FACTORY_CODE));
    put(STYLUS_DEPLOYER, U256::ZERO, 1, artifact(STYLUS_DEPLOYER_CODE));
    put(MULTICALL3, U256::ZERO, 1, artifact(MULTICALL3_CODE));
    for precompile in precompiles::ADDRESSES {
        put(precompile, U256::ZERO, 0, Bytes::from_static(&[0xFE]));
    }
    state
}

fn artifact(code: &str) -> Bytes {
    // The files are part of this crate; a test proves that they are hex.
    hex::decode(code.trim()).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::{CREATE2_FACTORY, MULTICALL3, STYLUS_DEPLOYER, state};
    use alloy::primitives::b256;

    #[test]
    fn the_factory_and_the_deployer_have_their_code() {
        let state = state();
        let length = |address| state.code(state.info(address).unwrap().code_hash).len();
        assert_eq!(length(CREATE2_FACTORY), 69);
        assert_eq!(length(STYLUS_DEPLOYER), 2_228);
    }

    #[test]
    fn multicall3_has_the_code_that_stands_on_public_chains() {
        let hash = state().info(MULTICALL3).unwrap().code_hash;
        assert_eq!(hash, b256!("d5c15df687b16f2ff992fc8d767b4216323184a2bbc6ee2f9c398c318e770891"));
    }
}
