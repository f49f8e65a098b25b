//! What a revert says, in words: the error's name with its values, addresses and sessions by their names.

use std::collections::HashMap;

use alloy::dyn_abi::{DynSolValue, ErrorExt};
use alloy::hex;
use alloy::json_abi::Error;
use alloy::primitives::{Address, B256, Selector};
use anyhow::{Context, Result};

use super::bindings::{OTHER_ERRORS, suite_errors};
use super::doubles::artifacts;

/// What accounts and sessions are called.
pub trait Named {
    /// The name of the account `address`, if it has one.
    fn account(&self, address: Address) -> Option<&str>;

    /// The name of the session `id`, if it has one.
    fn session(&self, id: B256) -> Option<&str>;
}

/// Nothing has a name.
struct Nameless;

impl Named for Nameless {
    fn account(&self, _address: Address) -> Option<&str> {
        None
    }

    fn session(&self, _id: B256) -> Option<&str> {
        None
    }
}

/// Knows all errors of the suite, of the harness contracts and of what deploys them.
#[derive(Debug)]
pub struct Refusals {
    by_selector: HashMap<Selector, Error>,
}

impl Refusals {
    /// All of them.
    ///
    /// # Errors
    /// Fails if a signature or an artifact of this build is malformed.
    pub fn all() -> Result<Self> {
        let mut errors = suite_errors();
        for signature in OTHER_ERRORS {
            errors.push(Error::parse(signature).context(*signature)?);
        }
        for artifact in artifacts()? {
            errors.extend(artifact.abi.errors().cloned());
        }
        Ok(Self { by_selector: errors.into_iter().map(|error| (error.selector(), error)).collect() })
    }

    /// The words for revert data `data`: `StakeLocked(1740182400)`, or what is known of an unknown one.
    #[must_use]
    pub fn words(&self, data: &[u8]) -> String {
        self.words_with(data, &Nameless)
    }

    /// The same, with accounts and sessions by their names.
    #[must_use]
    pub fn words_with(&self, data: &[u8], names: &impl Named) -> String {
        if data.is_empty() {
            return "reverted without a reason".into();
        }
        let known = data.first_chunk().and_then(|selector| self.by_selector.get(&Selector::from(*selector)));
        let Some(error) = known else { return format!("unknown error {}", hex::encode_prefixed(data)) };
        match error.decode_error(data) {
            Ok(decoded) => {
                let values: Vec<String> = decoded.body.iter().map(|value| word(value, names)).collect();
                format!("{}({})", error.name, values.join(", "))
            }
            Err(_) => format!("malformed {} {}", error.name, hex::encode_prefixed(data)),
        }
    }
}

fn word(value: &DynSolValue, names: &impl Named) -> String {
    match value {
        DynSolValue::Address(address) => names.account(*address).map_or_else(|| address.to_string(), str::to_owned),
        DynSolValue::FixedBytes(bytes, 32) => names.session(*bytes).map_or_else(|| bytes.to_string(), str::to_owned),
        DynSolValue::FixedBytes(bytes, size) => hex::encode_prefixed(&bytes[..*size]),
        DynSolValue::Uint(number, _) => number.to_string(),
        DynSolValue::Int(number, _) => number.to_string(),
        DynSolValue::Bool(truth) => truth.to_string(),
        DynSolValue::String(text) => text.clone(),
        DynSolValue::Bytes(bytes) => hex::encode_prefixed(bytes),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::U256;
    use alloy::sol;
    use alloy::sol_types::SolError;

    use super::*;

    sol! {
        error StakeLocked(uint64 unlockAt);
        error SubnetNotEligible(address subnet);
        error SessionNotOpened(bytes32 sessionId);
        error NobodyKnows(uint256 value);
    }

    const ATLAS: Address = Address::with_last_byte(7);
    const SESSION: B256 = B256::with_last_byte(8);

    /// One account and one session have names.
    struct Two;

    impl Named for Two {
        fn account(&self, address: Address) -> Option<&str> {
            (address == ATLAS).then_some("atlas")
        }

        fn session(&self, id: B256) -> Option<&str> {
            (id == SESSION).then_some("s")
        }
    }

    fn words(data: &[u8]) -> String {
        Refusals::all().unwrap().words_with(data, &Two)
    }

    #[test]
    fn numbers_are_decimal() {
        assert_eq!(words(&StakeLocked { unlockAt: 1_740_182_400 }.abi_encode()), "StakeLocked(1740182400)");
    }

    #[test]
    fn accounts_go_by_their_names() {
        let error = SubnetNotEligible { subnet: ATLAS };

        assert_eq!(words(&error.abi_encode()), "SubnetNotEligible(atlas)");
    }

    #[test]
    fn sessions_go_by_their_names_also_in_errors_of_the_harness() {
        assert_eq!(words(&SessionNotOpened { sessionId: SESSION }.abi_encode()), "SessionNotOpened(s)");
        assert!(words(&SessionNotOpened { sessionId: B256::ZERO }.abi_encode()).starts_with("SessionNotOpened(0x00"));
    }

    #[test]
    fn an_unknown_error_is_shown_as_data() {
        assert!(words(&NobodyKnows { value: U256::from(1) }.abi_encode()).starts_with("unknown error 0x"));
    }

    #[test]
    fn an_empty_revert_says_so() {
        assert_eq!(words(&[]), "reverted without a reason");
    }

    #[test]
    fn a_cut_off_error_is_named() {
        assert!(words(&StakeLocked { unlockAt: 1 }.abi_encode()[..10]).starts_with("malformed StakeLocked 0x"));
    }
}
