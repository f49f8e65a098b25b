//! Reading transactions to send, signed or in the name of an account that the node may send for.

use super::Module;
use super::answer::Failure;
use crate::chain::block::BASE_FEE;
use crate::chain::fees::check_request;
use crate::chain::{At, Chain, Simulation, tx};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes};
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
        check_request(&request, chain.chain_id())?;
        Ok((tx::unsigned(filled(chain, request, from)?, from)?, from))
    });
}

/// Adds what a client left out of a transaction that the node is to send.
fn filled(chain: &Chain, mut request: TransactionRequest, from: Address) -> Result<TransactionRequest, Failure> {
    if request.to.is_none() {
        request.to = Some(alloy::primitives::TxKind::Create);
    }
    if request.gas.is_none() {
        request.gas = Some(chain.estimate(Simulation::new(request.clone(), At::Pending))?);
    }
    if request.nonce.is_none() {
        request.nonce = Some(chain.nonce(from));
    }
    if request.chain_id.is_none() {
        request.set_chain_id(chain.chain_id());
    }
    if request.gas_price.is_none() && request.max_fee_per_gas.is_none() {
        request.max_fee_per_gas = Some(2 * u128::from(BASE_FEE));
    }
    if request.gas_price.is_none() && request.max_priority_fee_per_gas.is_none() {
        request.max_priority_fee_per_gas = Some(0);
    }
    Ok(request)
}
