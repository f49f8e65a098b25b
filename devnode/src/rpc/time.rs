//! Time travel and mining. All times are in seconds.

use super::Module;
use super::answer::Failure;
use super::params::{Args, number};
use crate::chain::{Chain, clock};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most blocks that one request may mine.
const MOST_BLOCKS: u64 = 100_000;

/// The most seconds between blocks that are mined by themselves: Hardhat counts milliseconds, which start here.
const MOST_INTERVAL_SECONDS: u64 = 999;

pub(crate) fn register(module: &mut Module) {
    module.method(&["evm_increaseTime", "anvil_increaseTime"], 1, |chain, args| {
        let shift = chain.increase_time(args.number()?)?;
        Ok(i64::try_from(shift).unwrap_or(i64::MAX))
    });
    module.method(&["evm_setNextBlockTimestamp", "anvil_setNextBlockTimestamp"], 1, |chain, args| {
        chain.set_next_timestamp(args.number()?)?;
        Ok(Value::Null)
    });
    module.method(&["evm_setTime", "anvil_setTime"], 1, |chain, args| {
        let moved = chain.set_time(args.number()?)?;
        Ok(i64::try_from(moved).unwrap_or(i64::MAX))
    });
    module.method(&["anvil_setBlockTimestampInterval", "hardhat_setBlockTimestampInterval"], 1, |chain, args| {
        chain.set_timestamp_interval(Some(args.number()?))?;
        Ok(Value::Null)
    });
    module.method(&["anvil_removeBlockTimestampInterval", "hardhat_removeBlockTimestampInterval"], 0, |chain, _| {
        Ok(chain.set_timestamp_interval(None)?)
    });
    register_mining(module);
}

fn register_mining(module: &mut Module) {
    module.method(&["evm_mine"], 1, |chain, args| {
        let (timestamp, count) = when_and_how_many(args)?;
        mine(chain, timestamp, count, None)?;
        Ok("0x0")
    });
    module.method(&["anvil_mine", "hardhat_mine"], 2, |chain, args| {
        let count = args.optional_number()?.unwrap_or(1);
        let interval = args.optional_number()?;
        mine(chain, None, count, interval)?;
        Ok(Value::Null)
    });
    module.method(&["evm_setIntervalMining", "anvil_setIntervalMining"], 1, |chain, args| {
        let seconds = args.number()?;
        if seconds > MOST_INTERVAL_SECONDS {
            return Err(Failure::params(format!(
                "an interval of {seconds} seconds is more than {MOST_INTERVAL_SECONDS}: it is in seconds, not milliseconds"
            )));
        }
        chain.set_block_interval(Some(seconds).filter(|seconds| *seconds > 0));
        Ok(true)
    });
    module.method(&["anvil_getIntervalMining"], 0, |chain, _| Ok(chain.block_interval()));
}

#[derive(Deserialize, Serialize)]
struct MineOptions {
    timestamp: Option<Value>,
    blocks: Option<Value>,
}

/// `evm_mine` takes nothing, a timestamp, or `{"timestamp", "blocks"}`.
fn when_and_how_many(args: &mut Args) -> Result<(Option<u64>, u64), Failure> {
    let Some(option) = args.optional::<Value>()? else {
        return Ok((None, 1));
    };
    let as_number = |name: &str, value: &Value| {
        number(value).map_err(|error| Failure::params(format!("invalid argument 0: {name}{error}")))
    };
    if !option.is_object() {
        return Ok((Some(as_number("", &option)?), 1));
    }
    let options: MineOptions = Args::of(option).object()?;
    let timestamp = options.timestamp.map(|value| as_number("`timestamp`: ", &value)).transpose()?;
    let blocks = options.blocks.map(|value| as_number("`blocks`: ", &value)).transpose()?;
    Ok((timestamp, blocks.unwrap_or(1)))
}

/// Mines all or nothing: the first block at `timestamp`, each further one `interval` seconds later.
fn mine(chain: &mut Chain, timestamp: Option<u64>, count: u64, interval: Option<u64>) -> Result<(), Failure> {
    if count > MOST_BLOCKS {
        return Err(Failure::params(format!("at most {MOST_BLOCKS} blocks at once")));
    }
    let seconds = interval.unwrap_or_default().saturating_mul(count.saturating_sub(1));
    let last = chain.newest_timestamp();
    clock::check(chain.next_timestamp().saturating_add(seconds), last)?;
    if let Some(timestamp) = timestamp {
        chain.set_next_timestamp(timestamp)?;
    }
    for mined in 0..count {
        if let Some(seconds) = interval.filter(|_| mined > 0) {
            chain.set_next_timestamp(chain.newest_timestamp().saturating_add(seconds))?;
        }
        chain.mine(1);
    }
    Ok(())
}
