//! `ArbSys`: the chain about itself. Messages to the parent chain are refused, as there is none.

use super::call::{Answer, Call, Refusal};
use alloy::primitives::{Address, B256, U256};
use alloy::sol;
use alloy::sol_types::{SolInterface, SolValue};
use revm::context_interface::{Cfg, ContextTr, JournalTr};

sol! {
    interface IArbSys {
        function arbBlockNumber() external view returns (uint256);
        function arbBlockHash(uint256 arbBlockNum) external view returns (bytes32);
        function arbChainID() external view returns (uint256);
        function arbOSVersion() external view returns (uint256);
        function getStorageGasAvailable() external view returns (uint256);
        function isTopLevelCall() external view returns (bool);
        function mapL1SenderContractAddressToL2Alias(address sender, address unused) external pure returns (address);
        function wasMyCallersAddressAliased() external view returns (bool);
        function myCallersAddressWithoutAliasing() external view returns (address);

        error InvalidBlockNumber(uint256 requested, uint256 current);
    }
}

use IArbSys::IArbSysCalls as Method;

/// What a contract's address on the parent chain is shifted by.
const ALIAS_OFFSET: U256 = alloy::primitives::uint!(0x1111000000000000000000000000000000001111_U256);

/// Nitro's versions are counted from here.
const NITRO_VERSION_OFFSET: u64 = 55;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    let method = Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)?;
    call.no_value()?;
    Ok(match method {
        Method::arbBlockNumber(_) => U256::from(call.ctx.chain.l2_number).abi_encode(),
        Method::arbBlockHash(m) => block_hash(call, m.arbBlockNum)?.abi_encode(),
        Method::arbChainID(_) => U256::from(call.ctx.cfg().chain_id()).abi_encode(),
        Method::arbOSVersion(_) => {
            let version = call.ctx.chain.arbos.number();
            U256::from(NITRO_VERSION_OFFSET + version).abi_encode()
        }
        Method::getStorageGasAvailable(_) => U256::ZERO.abi_encode(),
        Method::isTopLevelCall(_) => (call.ctx.journal().depth() <= 2).abi_encode(),
        Method::mapL1SenderContractAddressToL2Alias(m) => {
            let shifted = U256::from_be_slice(m.sender.as_slice()).wrapping_add(ALIAS_OFFSET);
            Address::from_slice(&shifted.to_be_bytes::<32>()[12..]).abi_encode()
        }
        Method::wasMyCallersAddressAliased(_) => false.abi_encode(),
        Method::myCallersAddressWithoutAliasing(_) => {
            let acting = &call.ctx.chain.acting;
            let caller = acting.iter().rev().nth(1).map_or(Address::ZERO, |(a, _)| *a);
            caller.abi_encode()
        }
    })
}

/// Of how many blocks before its own a transaction learns the hash.
const RECENT_BLOCKS: u64 = 256;

fn block_hash(call: &mut Call<'_, '_>, number: U256) -> Result<B256, Refusal> {
    let current = call.ctx.chain.l2_number;
    let requested: u64 = number.saturating_to();
    let is_recent = (1..=RECENT_BLOCKS).contains(&current.saturating_sub(requested));
    let hashes = call.ctx.journal().db().hashes;
    is_recent.then(|| hashes.hash_of(requested)).flatten().ok_or_else(|| {
        super::call::typed(&IArbSys::InvalidBlockNumber { requested: number, current: U256::from(current) })
    })
}
