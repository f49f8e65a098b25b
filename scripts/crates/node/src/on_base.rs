//! The two other chains of a network whose sessions are counted on Base: where they are, and what stands there already.

use alloy::primitives::Address;
use mrc53_console::addresses;
use serde::Deserialize;

use crate::url::RpcUrl;

/// Both of them: usage is counted on Base, and what Ethereum knows of Base proves it.
#[derive(Clone, Debug)]
pub struct OnBase {
    /// Where sessions are.
    pub base: Base,
    /// Which knows Base's roots.
    pub ethereum: Ethereum,
}

/// Base, as `[base]` of a network file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// What its node must answer to `eth_chainId`.
    pub chain_id: u64,
    /// Its node, unless `--base-rpc-url` names another.
    pub rpc_url: RpcUrl,
    /// The session source there: the Compute Diamond.
    #[serde(deserialize_with = "addresses::deserialize")]
    pub diamond: Address,
}

/// Ethereum, as `[ethereum]` of a network file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ethereum {
    /// What its node must answer to `eth_chainId`.
    pub chain_id: u64,
    /// Its node, unless `--ethereum-rpc-url` names another.
    pub rpc_url: RpcUrl,
    /// Base's portal there (`OptimismPortal2`).
    #[serde(deserialize_with = "addresses::deserialize")]
    pub portal: Address,
    /// Arbitrum's inbox there.
    #[serde(deserialize_with = "addresses::deserialize")]
    pub inbox: Address,
}
