//! `evm_`, `anvil_` and `hardhat_`: what only a development chain can do.

use super::Module;
use super::answer::Failure;
use super::params::Args;
use crate::chain::Chain;
use alloy::primitives::{Address, B256, Bytes, U64, U256};
use serde_json::{Value, json};

/// The most blocks that one request may mine.
const MOST_BLOCKS: u64 = 100_000;

pub(crate) fn register(module: &mut Module) {
    module.method(&["evm_snapshot", "anvil_snapshot"], |chain, _| Ok(U64::from(chain.snapshot())));
    module.method(&["evm_revert", "anvil_revert"], |chain, args| {
        let id = args.number()?;
        Ok(chain.revert_to(id))
    });
    register_time(module);
    register_state(module);
    register_impersonation(module);
}

fn register_time(module: &mut Module) {
    module.method(&["evm_increaseTime", "anvil_increaseTime"], |chain, args| {
        let shift = chain.increase_time(args.number()?)?;
        Ok(i64::try_from(shift).unwrap_or(i64::MAX))
    });
    module.method(
        &["evm_setNextBlockTimestamp", "anvil_setNextBlockTimestamp", "evm_setTime", "anvil_setTime"],
        |chain, args| {
            chain.set_next_timestamp(args.number()?)?;
            Ok(Value::Null)
        },
    );
    module.method(&["evm_mine"], |chain, args| {
        mine_at(chain, args)?;
        Ok("0x0")
    });
    module.method(&["anvil_mine", "hardhat_mine"], |chain, args| {
        let count = args.optional_number()?.unwrap_or(1);
        let interval = args.optional_number()?;
        mine(chain, count, interval)?;
        Ok(Value::Null)
    });
}

/// `evm_mine` takes nothing, a timestamp, or `{"timestamp", "blocks"}`.
fn mine_at(chain: &mut Chain, args: &mut Args) -> Result<(), Failure> {
    let (timestamp, count) = match args.optional::<Value>()? {
        None => (None, 1),
        Some(Value::Object(mut options)) => {
            let field = |value: Option<Value>| {
                let list = json!([value.unwrap_or(Value::Null)]).to_string();
                Args::new(&list).and_then(|mut args| args.optional_number())
            };
            (field(options.remove("timestamp"))?, field(options.remove("blocks"))?.unwrap_or(1))
        }
        Some(value) => {
            let mut args = Args::new(&json!([value]).to_string())?;
            (args.optional_number()?, 1)
        }
    };
    if let Some(timestamp) = timestamp {
        chain.set_next_timestamp(timestamp)?;
    }
    mine(chain, count, None)
}

fn mine(chain: &mut Chain, count: u64, interval: Option<u64>) -> Result<(), Failure> {
    if count > MOST_BLOCKS {
        return Err(Failure::params(format!("at most {MOST_BLOCKS} blocks at once")));
    }
    for mined in 0..count {
        if let Some(seconds) = interval.filter(|_| mined > 0) {
            let last = chain.head().header.timestamp;
            chain.set_next_timestamp(last.saturating_add(seconds))?;
        }
        chain.mine(1);
    }
    Ok(())
}

fn register_state(module: &mut Module) {
    module.method(&["anvil_setBalance", "hardhat_setBalance"], |chain, args| {
        let address: Address = args.required()?;
        chain.set_balance(address, args.required::<U256>()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_setNonce", "hardhat_setNonce"], |chain, args| {
        let address: Address = args.required()?;
        chain.set_nonce(address, args.number()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_setCode", "hardhat_setCode"], |chain, args| {
        let address: Address = args.required()?;
        chain.set_code(address, args.required::<Bytes>()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_setStorageAt", "hardhat_setStorageAt"], |chain, args| {
        let address: Address = args.required()?;
        let key: U256 = args.required()?;
        let value: B256 = args.required()?;
        chain.set_slot(address, key, value.into());
        Ok(true)
    });
}

fn register_impersonation(module: &mut Module) {
    module.method(&["anvil_impersonateAccount", "hardhat_impersonateAccount"], |chain, args| {
        chain.impersonate(args.required()?);
        Ok(Value::Null)
    });
    module.method(&["anvil_stopImpersonatingAccount", "hardhat_stopImpersonatingAccount"], |chain, args| {
        let address: Address = args.required()?;
        if !chain.stop_impersonating(address) {
            return Err(Failure::refused(format!("{address} is not impersonated")));
        }
        Ok(Value::Null)
    });
    module.method(&["anvil_autoImpersonateAccount"], |chain, args| {
        chain.auto_impersonate(args.required()?);
        Ok(Value::Null)
    });
}
