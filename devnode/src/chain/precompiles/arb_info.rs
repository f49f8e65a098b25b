//! `ArbInfo`: balance and code of any account.

use super::arb_wasm::code_of;
use super::call::{Answer, Call, Refusal};
use alloy::sol;
use alloy::sol_types::{SolInterface, SolValue};
use revm::context_interface::{ContextTr, JournalTr};

sol! {
    interface IArbInfo {
        function getBalance(address account) external view returns (uint256);
        function getCode(address account) external view returns (bytes);
    }
}

use IArbInfo::IArbInfoCalls as Method;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    let method = Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)?;
    call.no_value()?;
    match method {
        Method::getBalance(m) => {
            call.burn(700)?;
            match call.ctx.journal_mut().load_account(m.account) {
                Ok(account) => Ok(account.info.balance.abi_encode()),
            }
        }
        Method::getCode(m) => {
            call.burn(2_600)?;
            let (_, code) = code_of(call, m.account);
            call.burn((code.len() as u64).div_ceil(32) * 3)?;
            Ok(code.abi_encode())
        }
    }
}
