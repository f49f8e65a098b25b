//! The call by which `StylusDeployer` puts a program onto a chain.

use alloy::primitives::{B256, U256};
use alloy::sol_types::SolCall;
use anyhow::{Context, Result};
use mrc53_abi::{StylusDeployer, stylus_constructorCall};
use mrc53_devnode::stylus::code::initcode;

/// The call of `StylusDeployer` that deploys, activates and constructs the program `code` (with its prefix) with
/// ABI-encoded `arguments`.
///
/// # Errors
/// Fails for code above 65,535 bytes.
pub fn call(code: &[u8], arguments: &[u8], salt: B256) -> Result<StylusDeployer::deployCall> {
    Ok(StylusDeployer::deployCall {
        bytecode: initcode(code).context("code is larger than any chain takes")?.into(),
        initData: [stylus_constructorCall::SELECTOR.as_slice(), arguments].concat().into(),
        initValue: U256::ZERO,
        salt,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_above_sixty_four_kibibytes_is_refused() {
        assert!(call(&vec![0; 65_536], &[], B256::ZERO).is_err());
    }
}
