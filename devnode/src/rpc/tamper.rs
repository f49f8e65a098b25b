//! Writing into the state, and sending without a key, under the names that anvil, Hardhat and Ganache have for it.

use super::Module;
use alloy::primitives::{Address, B256, Bytes};
use serde_json::Value;

pub(crate) fn register(module: &mut Module) {
    module.method(&["anvil_setBalance", "hardhat_setBalance", "evm_setAccountBalance"], 2, |chain, args| {
        let address: Address = args.required()?;
        chain.set_balance(address, args.word()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_setNonce", "hardhat_setNonce", "evm_setAccountNonce"], 2, |chain, args| {
        let address: Address = args.required()?;
        chain.set_nonce(address, args.number()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_setCode", "hardhat_setCode", "evm_setAccountCode"], 2, |chain, args| {
        let address: Address = args.required()?;
        chain.set_code(address, args.required::<Bytes>()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_setStorageAt", "hardhat_setStorageAt", "evm_setAccountStorageAt"], 3, |chain, args| {
        let address: Address = args.required()?;
        let key = args.word()?;
        let value: B256 = args.required()?;
        chain.set_slot(address, key, value.into());
        Ok(true)
    });
    register_impersonation(module);
}

fn register_impersonation(module: &mut Module) {
    module.method(&["anvil_impersonateAccount", "hardhat_impersonateAccount"], 1, |chain, args| {
        chain.impersonate(args.required()?);
        Ok(true)
    });
    module.method(&["anvil_stopImpersonatingAccount", "hardhat_stopImpersonatingAccount"], 1, |chain, args| {
        Ok(chain.stop_impersonating(args.required()?))
    });
    module.method(&["anvil_autoImpersonateAccount"], 1, |chain, args| {
        chain.auto_impersonate(args.required()?);
        Ok(Value::Null)
    });
}
