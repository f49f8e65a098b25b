//! Reading transactions to send, signed or in the name of an account that the node may send for.

use super::Module;
use super::answer::Failure;
use crate::chain::tx;
use alloy::primitives::Bytes;
use alloy::rpc::types::TransactionRequest;

pub(crate) fn register(module: &mut Module) {
    module.sending(&["eth_sendRawTransaction"], 1, |_, args| {
        let raw: Bytes = args.required()?;
        Ok(tx::decode(&raw)?)
    });
    module.sending(&["eth_sendTransaction", "eth_sendUnsignedTransaction"], 1, |chain, args| {
        let request: TransactionRequest = args.object()?;
        let from = request.from.ok_or_else(|| Failure::params("`from` is missing"))?;
        if !chain.may_send_for(from) {
            return Err(Failure::refused(format!(
                "unknown account {from}: impersonate it first with anvil_impersonateAccount"
            )));
        }
        Ok((chain.unsigned(request, from)?, from))
    });
}
