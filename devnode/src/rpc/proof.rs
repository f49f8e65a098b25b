//! `eth_getProof`.

use super::answer::Failure;
use super::module::Module;
use alloy::primitives::{B256, U256, hex};
use alloy::serde::JsonStorageKey;

/// The most slots that one request may ask for, as in geth.
const MOST_SLOTS: usize = 1_024;

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_getProof"], 3, |chain, args| {
        let address = args.required()?;
        let keys: Vec<String> = args.required()?;
        if keys.len() > MOST_SLOTS {
            return Err(Failure::params(format!("too many slots: {}, at most {MOST_SLOTS}", keys.len())));
        }
        let keys = keys.iter().enumerate().map(|(place, key)| slot(place, key)).collect::<Result<_, _>>()?;
        let at = args.block(chain)?;
        Ok(chain.prove(address, keys, at)?)
    });
}

/// A slot as geth reads it: up to 32 bytes in hexadecimal, also an odd number of digits. One of 32 bytes is given back
/// as it is, a shorter one as a number.
fn slot(place: usize, key: &str) -> Result<JsonStorageKey, Failure> {
    let invalid = |why: &str| Failure::params(format!("invalid argument 1, slot {place}: {why}"));
    let digits = key.strip_prefix("0x").or_else(|| key.strip_prefix("0X")).unwrap_or(key);
    if !digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(invalid("it is not hexadecimal"));
    }
    let even = if digits.len() % 2 == 1 { format!("0{digits}") } else { digits.to_owned() };
    let bytes = hex::decode(even).map_err(|error| invalid(&error.to_string()))?;
    match bytes.len() {
        0..32 => Ok(JsonStorageKey::Number(U256::from_be_slice(&bytes))),
        32 => Ok(JsonStorageKey::Hash(B256::from_slice(&bytes))),
        _ => Err(invalid("it has more than 32 bytes")),
    }
}
