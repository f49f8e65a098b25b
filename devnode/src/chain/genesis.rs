//! The accounts of block 0.

use super::addresses::{ARBOS_STATE, CREATE2_FACTORY, MULTICALL3, PRECOMPILES, STYLUS_DEPLOYER};
use super::state::{State, Undo};
use crate::config::DEV_ACCOUNT;
use alloy::primitives::{Bytes, KECCAK256_EMPTY, U256, hex, keccak256};
use revm::bytecode::Bytecode;
use revm::state::AccountInfo;

const CREATE2_FACTORY_CODE: [u8; 69] = hex!(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
);

const STYLUS_DEPLOYER_CODE: &str = include_str!("../../artifacts/stylus_deployer.hex");

const MULTICALL3_CODE: &str = include_str!("../../artifacts/multicall3.hex");

/// What the dev account starts with: a million ether.
const DEV_BALANCE_ETHER: u64 = 1_000_000;

/// The state before block 1.
#[must_use]
pub(super) fn state() -> State {
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
    for precompile in PRECOMPILES {
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
