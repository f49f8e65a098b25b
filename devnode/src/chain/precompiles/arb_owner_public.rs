//! `ArbOwnerPublic`: who owns the chain. The funded dev account does.

use super::call::{Answer, Call, Refusal};
use crate::chain::addresses::NETWORK_FEE_ACCOUNT;
use crate::config::DEV_ACCOUNT;
use alloy::primitives::Address;
use alloy::sol;
use alloy::sol_types::{SolInterface, SolValue};

sol! {
    interface IArbOwnerPublic {
        function isChainOwner(address addr) external view returns (bool);
        function getAllChainOwners() external view returns (address[]);
        function getNetworkFeeAccount() external view returns (address);
        function getInfraFeeAccount() external view returns (address);
        function getBrotliCompressionLevel() external view returns (uint64);
        function getScheduledUpgrade() external view returns (uint64 arbosVersion, uint64 scheduledForTimestamp);
        function isCalldataPriceIncreaseEnabled() external view returns (bool);
    }
}

use IArbOwnerPublic::IArbOwnerPublicCalls as Method;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    let method = Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)?;
    call.no_value()?;
    call.burn_reads(1)?;
    Ok(match method {
        Method::isChainOwner(m) => (m.addr == DEV_ACCOUNT).abi_encode(),
        Method::getAllChainOwners(_) => vec![DEV_ACCOUNT].abi_encode(),
        Method::getNetworkFeeAccount(_) => NETWORK_FEE_ACCOUNT.abi_encode(),
        Method::getInfraFeeAccount(_) => Address::ZERO.abi_encode(),
        Method::getBrotliCompressionLevel(_) => 1_u64.abi_encode(),
        Method::getScheduledUpgrade(_) => (0_u64, 0_u64).abi_encode(),
        Method::isCalldataPriceIncreaseEnabled(_) => false.abi_encode(),
    })
}
