//! `net_`, `web3_` and the constants of `eth_`.

use super::Module;
use crate::chain::block::BASE_FEE;
use crate::config::DEV_ACCOUNT;
use alloy::primitives::{Bytes, U64, keccak256};

pub(crate) fn register(module: &mut Module) {
    module.method(&["net_version"], |chain, _| Ok(chain.chain_id().to_string()));
    module.method(&["net_listening"], |_, _| Ok(true));
    module.method(&["net_peerCount"], |_, _| Ok(U64::ZERO));
    module.method(&["web3_clientVersion"], |_, _| Ok(concat!("mrc53-devnode/v", env!("CARGO_PKG_VERSION"))));
    module.method(&["web3_sha3"], |_, args| {
        let data: Bytes = args.required()?;
        Ok(keccak256(data))
    });
    module.method(&["eth_chainId"], |chain, _| Ok(U64::from(chain.chain_id())));
    module.method(&["eth_syncing"], |_, _| Ok(false));
    module.method(&["eth_mining"], |_, _| Ok(false));
    module.method(&["eth_accounts"], |_, _| Ok([DEV_ACCOUNT]));
    module.method(&["eth_gasPrice"], |_, _| Ok(U64::from(BASE_FEE)));
    module.method(&["eth_maxPriorityFeePerGas"], |_, _| Ok(U64::ZERO));
    module.method(&["eth_blobBaseFee"], |_, _| Ok(U64::ZERO));
}
