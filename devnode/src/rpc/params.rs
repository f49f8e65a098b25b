//! Reading the positional parameters of a request.

use super::answer::Failure;
use crate::chain::At;
use crate::chain::Chain;
use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::primitives::U256;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The parameters, read from the front.
pub(crate) struct Args {
    values: std::vec::IntoIter<Value>,
    taken: usize,
}

impl Args {
    /// Takes a JSON array, or nothing.
    pub(crate) fn new(text: &str) -> Result<Self, Failure> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Failure::params(format!("invalid params: {error}")))?;
        match value {
            Value::Array(values) => Ok(Self { values: values.into_iter(), taken: 0 }),
            Value::Null => Ok(Self { values: Vec::new().into_iter(), taken: 0 }),
            _ => Err(Failure::params("invalid params: expected an array")),
        }
    }

    /// The next parameter; null and absent are the same.
    pub(crate) fn optional<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Failure> {
        let index = self.taken;
        self.taken += 1;
        match self.values.next() {
            None | Some(Value::Null) => Ok(None),
            Some(value) => serde_json::from_value(value)
                .map(Some)
                .map_err(|error| Failure::params(format!("invalid argument {index}: {error}"))),
        }
    }

    /// The next parameter, which must be there.
    pub(crate) fn required<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let index = self.taken;
        self.optional()?.ok_or_else(|| Failure::params(format!("missing value for required argument {index}")))
    }

    /// The next parameter as a number: hexadecimal, decimal, or a plain JSON number.
    pub(crate) fn number(&mut self) -> Result<u64, Failure> {
        let index = self.taken;
        self.optional_number()?.ok_or_else(|| Failure::params(format!("missing value for required argument {index}")))
    }

    /// As [`Args::number`], if it is there.
    pub(crate) fn optional_number(&mut self) -> Result<Option<u64>, Failure> {
        let index = self.taken;
        let Some(value) = self.optional::<Value>()? else {
            return Ok(None);
        };
        let number = match &value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse::<U256>().ok().and_then(|n| n.try_into().ok()),
            _ => None,
        };
        number
            .map(Some)
            .ok_or_else(|| Failure::params(format!("invalid argument {index}: {value} is not a number of 64 bits")))
    }

    /// A block as a client names it; absent is the newest.
    pub(crate) fn block(&mut self, chain: &Chain) -> Result<At, Failure> {
        let block: Option<BlockId> = self.optional()?;
        resolve(chain, block.unwrap_or_default())
    }

    /// As [`Args::block`], but absent is the block to come.
    pub(crate) fn block_or_pending(&mut self, chain: &Chain) -> Result<At, Failure> {
        let block: Option<BlockId> = self.optional()?;
        resolve(chain, block.unwrap_or(BlockId::Number(BlockNumberOrTag::Pending)))
    }
}

/// Finds the block that a client means.
pub(crate) fn resolve(chain: &Chain, block: BlockId) -> Result<At, Failure> {
    match block {
        BlockId::Hash(hash) => {
            chain.number_of(hash.block_hash).map(At::Block).ok_or_else(|| Failure::refused("header for hash not found"))
        }
        BlockId::Number(BlockNumberOrTag::Pending) => Ok(At::Pending),
        BlockId::Number(tag) => {
            let number = tagged(chain, tag);
            if number > chain.number() {
                return Err(Failure::refused("header not found"));
            }
            Ok(At::Block(number))
        }
    }
}

/// The number of a tag. There is no reorganisation here: the newest block is safe and final.
pub(crate) fn tagged(chain: &Chain, tag: BlockNumberOrTag) -> u64 {
    match tag {
        BlockNumberOrTag::Number(number) => number,
        BlockNumberOrTag::Earliest => chain.first(),
        BlockNumberOrTag::Latest | BlockNumberOrTag::Finalized | BlockNumberOrTag::Safe | BlockNumberOrTag::Pending => {
            chain.number()
        }
    }
}
