//! `net_`, `web3_` and the constants of `eth_`.

use super::Module;
use crate::chain::block::BASE_FEE;
use crate::config::DEV_ACCOUNT;
use alloy::primitives::{Bytes, U64, keccak256};

/// The name and version of the node.
pub(super) const CLIENT_VERSION: &str = concat!("mrc53-devnode/v", env!("CARGO_PKG_VERSION"));

pub(crate) fn register(module: &mut Module) {
    module.method(&["net_version"], 0, |chain, _| Ok(chain.chain_id().to_string()));
    module.method(&["net_listening"], 0, |_, _| Ok(true));
    module.method(&["net_peerCount"], 0, |_, _| Ok(U64::ZERO));
    module.method(&["web3_clientVersion"], 0, |_, _| Ok(CLIENT_VERSION));
    module.method(&["web3_sha3"], 1, |_, args| {
        let data: Bytes = args.required()?;
        Ok(keccak256(data))
    });
    module.method(&["eth_chainId"], 0, |chain, _| Ok(U64::from(chain.chain_id())));
    module.method(&["eth_syncing"], 0, |_, _| Ok(false));
    module.method(&["eth_mining"], 0, |_, _| Ok(true));
    module.method(&["eth_accounts"], 0, |_, _| Ok([DEV_ACCOUNT]));
    module.method(&["eth_gasPrice"], 0, |_, _| Ok(U64::from(BASE_FEE)));
    module.method(&["eth_maxPriorityFeePerGas"], 0, |_, _| Ok(U64::ZERO));
    module.method(&["eth_blobBaseFee"], 0, |_, _| Ok(U64::ZERO));
}
