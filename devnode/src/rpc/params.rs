//! Reading the positional parameters of a request.

use super::answer::Failure;
use crate::chain::At;
use crate::chain::Chain;
use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::primitives::U256;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A connection that can be told of what happens: a websocket.
pub(crate) type Session = u64;

/// The parameters, read from the front.
pub(crate) struct Args {
    values: std::vec::IntoIter<Value>,
    taken: usize,
    session: Option<Session>,
}

impl Args {
    /// Takes a JSON array of at most `most` values, or nothing.
    pub(crate) fn new(text: &str, most: usize, session: Option<Session>) -> Result<Self, Failure> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Failure::params(format!("invalid params: {error}")))?;
        let values = match value {
            Value::Array(values) => values,
            Value::Null => Vec::new(),
            _ => return Err(Failure::params("invalid params: expected an array")),
        };
        if values.len() > most {
            return Err(Failure::params(format!("too many arguments, want at most {most}")));
        }
        Ok(Self { values: values.into_iter(), taken: 0, session })
    }

    /// One value.
    pub(crate) fn of(value: Value) -> Self {
        Self { values: vec![value].into_iter(), taken: 0, session: None }
    }

    /// The connection, if it can be told of what happens.
    pub(crate) const fn session(&self) -> Option<Session> {
        self.session
    }

    /// Refuses a further parameter: some methods take it in some cases only.
    pub(crate) fn none(&mut self) -> Result<(), Failure> {
        match self.optional::<Value>()? {
            None => Ok(()),
            Some(_) => Err(Failure::params(format!("too many arguments, want at most {}", self.taken - 1))),
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

    /// The next parameter, which must be there: an object of which every field means something.
    pub(crate) fn object<T: DeserializeOwned + Serialize>(&mut self) -> Result<T, Failure> {
        let index = self.taken;
        self.optional_object()?.ok_or_else(|| Failure::params(format!("missing value for required argument {index}")))
    }

    /// As [`Args::object`], if it is there.
    pub(crate) fn optional_object<T: DeserializeOwned + Serialize>(&mut self) -> Result<Option<T>, Failure> {
        let index = self.taken;
        let Some(value) = self.optional::<Value>()? else {
            return Ok(None);
        };
        let invalid = |error: String| Failure::params(format!("invalid argument {index}: {error}"));
        let read: T = serde_json::from_value(value.clone()).map_err(|error| invalid(error.to_string()))?;
        if let Some(field) = unread_field(&value, &read) {
            return Err(invalid(format!("unknown field `{field}`")));
        }
        if let Some(field) = empty_number(&value, &read) {
            return Err(invalid(format!("`{field}` is an empty number")));
        }
        Ok(Some(read))
    }

    /// The next parameter as a number of 256 bits.
    pub(crate) fn word(&mut self) -> Result<U256, Failure> {
        let index = self.taken;
        let value: Value = self.required()?;
        word(&value)
            .ok_or_else(|| Failure::params(format!("invalid argument {index}: {value} is not a number of 256 bits")))
    }

    /// The next parameter as a number of 64 bits: hexadecimal, decimal, or a plain JSON number.
    pub(crate) fn number(&mut self) -> Result<u64, Failure> {
        let index = self.taken;
        self.optional_number()?.ok_or_else(|| Failure::params(format!("missing value for required argument {index}")))
    }

    /// As [`Args::number`], if it is there.
    pub(crate) fn optional_number(&mut self) -> Result<Option<u64>, Failure> {
        let index = self.taken;
        let value = self.optional::<Value>()?;
        value
            .map(|value| number(&value).map_err(|error| Failure::params(format!("invalid argument {index}: {error}"))))
            .transpose()
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

/// The first field of `value` that did not make it into `read`. Null is the same as absent.
fn unread_field<T: DeserializeOwned + Serialize>(value: &Value, read: &T) -> Option<String> {
    let fields = value.as_object()?;
    let written = serde_json::to_value(read).ok()?;
    let given = fields.iter().filter(|(_, value)| !value.is_null());
    let kept = written.as_object()?.values().filter(|value| !value.is_null());
    if given.clone().count() <= kept.count() {
        return None;
    }
    // A field may be known by a second name: what means nothing is what makes no difference.
    let makes_no_difference = |name: &String| {
        let mut without = fields.clone();
        without.remove(name);
        let read: Option<T> = serde_json::from_value(Value::Object(without)).ok();
        read.and_then(|read| serde_json::to_value(read).ok()).is_some_and(|without| without == written)
    };
    given.map(|(name, _)| name).find(|name| makes_no_difference(name)).cloned()
}

/// The first field of `value` that is an empty text and was taken for zero.
fn empty_number<T: Serialize>(value: &Value, read: &T) -> Option<String> {
    let written = serde_json::to_value(read).ok()?;
    let is_empty = |(name, value): &(&String, &Value)| {
        matches!(value.as_str(), Some("" | "0x")) && written.get(name).is_some_and(|zero| zero == "0x0")
    };
    value.as_object()?.iter().find(is_empty).map(|(name, _)| name.clone())
}

/// A number of 64 bits.
pub(crate) fn number(value: &Value) -> Result<u64, String> {
    let number = word(value).and_then(|number| number.try_into().ok());
    number.ok_or_else(|| format!("{value} is not a number of 64 bits"))
}

/// A number of 256 bits: hexadecimal or decimal text, or a plain JSON number. There is none in an empty text.
fn word(value: &Value) -> Option<U256> {
    let (digits, radix) = match value {
        Value::Number(number) => return number.as_u64().map(U256::from),
        Value::String(text) => text.strip_prefix("0x").map_or((text.as_str(), 10), |digits| (digits, 16)),
        _ => return None,
    };
    let are_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    are_digits.then(|| U256::from_str_radix(digits, radix.into()).ok()).flatten()
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
