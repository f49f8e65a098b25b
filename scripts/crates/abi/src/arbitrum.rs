//! What stands at the same address on every chain of Arbitrum's, and the key that its dev chains fund.

use alloy::primitives::aliases::U160;
use alloy::primitives::{Address, B256, address, b256, hex};

/// Arbitrum's precompile for Stylus programs.
pub const ARB_WASM: Address = address!("0000000000000000000000000000000000000071");
/// Arbitrum's precompile for the cache of programs.
pub const ARB_WASM_CACHE: Address = address!("0000000000000000000000000000000000000072");
/// Arbitrum's precompile that says who owns the chain.
pub const ARB_OWNER_PUBLIC: Address = address!("000000000000000000000000000000000000006b");
/// Where `StylusDeployer` stands on every Arbitrum chain.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");
/// The deterministic deployment proxy: called with a salt and initcode it deploys that by CREATE2.
pub const CREATE2_FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");
/// What Arbitrum adds to the address of a contract of Ethereum that sends there, modulo 2^160.
const ALIAS: U160 = U160::from_be_bytes(hex!("1111000000000000000000000000000000001111"));
/// Key of the account that has the ether of a dev chain of Nitro's; public knowledge.
pub const DEV_PRIVATE_KEY: B256 = b256!("b6b15c8cb491557369f3c7d2c287b053eb229daa9c22138887752191c9520659");

/// The sender that Arbitrum sees where the contract at `address` of Ethereum sends there.
#[must_use]
pub fn aliased(address: Address) -> Address {
    Address::from(U160::from_be_bytes(address.into_array()).wrapping_add(ALIAS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_the_address_and_arbitrums_constant_and_wraps_around() {
        assert_eq!(aliased(Address::ZERO), address!("1111000000000000000000000000000000001111"));
        assert_eq!(
            aliased(address!("ffffffffffffffffffffffffffffffffffffffff")),
            address!("1111000000000000000000000000000000001110")
        );
    }
}
