//! The Solidity contracts of a suite whose sessions are on Base (`contracts/solidity`), as they stand on Base and Ethereum:
//! by CREATE2 through the factory that has one address on every chain, so that an address follows from code, arguments
//! and salt, never from who sends or when.

use std::collections::BTreeMap;

use alloy::primitives::{Address, B256, Bytes, keccak256};
use alloy::sol_types::SolValue;
use anyhow::{Context, Result};
use serde::Deserialize;

use super::arbitrum::CREATE2_FACTORY;

/// A contract, before it is put on its chain or after.
#[derive(Clone, Debug)]
pub struct Created {
    /// Where it belongs.
    pub address: Address,
    /// Its initcode with its arguments.
    pub initcode: Bytes,
    /// The code at its address.
    pub code: Bytes,
    /// What the factory is called with to deploy it; empty if another contract creates it.
    pub call: Bytes,
    /// What compiled it.
    pub compiler: String,
}

/// A compiled contract.
#[derive(Debug, Deserialize)]
struct Artifact {
    bytecode: Bytes,
    #[serde(rename = "deployedBytecode")]
    deployed_bytecode: Bytes,
    /// Where the code has each immutable, in bytes.
    immutables: BTreeMap<String, Vec<usize>>,
    compiler: String,
}

/// The recorder of sessions in `source` that can be booked for `grace_days` after their day, and the buckets that it
/// creates.
///
/// # Errors
/// Fails if an artifact of this build is malformed.
pub fn recorder(salt: B256, source: Address, grace_days: u32) -> Result<[Created; 2]> {
    let artifact = Artifact::read(include_str!("../../../../contracts/solidity/artifacts/SessionRecorder.json"));
    let artifact = artifact.context("SessionRecorder.json")?;
    let initcode = artifact.constructed_with((source, grace_days).abi_encode_params());
    let address = CREATE2_FACTORY.create2(salt, keccak256(&initcode));
    // A contract's own first one.
    let buckets = address.create(1);
    let grace = B256::left_padding_from(&grace_days.to_be_bytes());
    let values = [("source", source.into_word()), ("graceDays", grace), ("buckets", buckets.into_word())];
    let recorder = artifact.created(salt, initcode, &values).context("SessionRecorder.json")?;

    let artifact = Artifact::read(include_str!("../../../../contracts/solidity/artifacts/UsageBuckets.json"));
    let artifact = artifact.context("UsageBuckets.json")?;
    let code = artifact.code(&[("recorder", address.into_word())]).context("UsageBuckets.json")?;
    let Artifact { bytecode: initcode, compiler, .. } = artifact;
    Ok([recorder, Created { address: buckets, initcode, code, call: Bytes::new(), compiler }])
}

/// The relay that asks `portal` and sends through `inbox`.
///
/// # Errors
/// Fails if an artifact of this build is malformed.
pub fn relay(salt: B256, portal: Address, inbox: Address) -> Result<Created> {
    let artifact = Artifact::read(include_str!("../../../../contracts/solidity/artifacts/RootRelay.json"));
    let artifact = artifact.context("RootRelay.json")?;
    let initcode = artifact.constructed_with((portal, inbox).abi_encode_params());
    let values = [("portal", portal.into_word()), ("inbox", inbox.into_word())];
    artifact.created(salt, initcode, &values).context("RootRelay.json")
}

impl Artifact {
    fn read(text: &str) -> Result<Self> {
        Ok(serde_json::from_str(text)?)
    }

    fn constructed_with(&self, arguments: Vec<u8>) -> Bytes {
        [self.bytecode.to_vec(), arguments].concat().into()
    }

    fn created(&self, salt: B256, initcode: Bytes, values: &[(&str, B256)]) -> Result<Created> {
        let address = CREATE2_FACTORY.create2(salt, keccak256(&initcode));
        let call = [salt.as_slice(), &initcode].concat().into();
        Ok(Created { address, initcode, code: self.code(values)?, call, compiler: self.compiler.clone() })
    }

    /// The code with `values` for its immutables, each of which has one.
    fn code(&self, values: &[(&str, B256)]) -> Result<Bytes> {
        let mut code = self.deployed_bytecode.to_vec();
        for (name, places) in &self.immutables {
            let (_, value) = values.iter().find(|(of, _)| of == name).context("an immutable without a value")?;
            for place in places {
                let word = code.get_mut(*place..*place + 32).context("an immutable behind the code")?;
                word.copy_from_slice(value.as_slice());
            }
        }
        Ok(code.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buckets_that_a_recorder_creates_are_those_of_their_artifact_with_the_recorder_in_their_code() {
        let [recorder, buckets] = recorder(B256::repeat_byte(1), Address::repeat_byte(2), 3).unwrap();

        assert!(recorder.initcode.windows(buckets.initcode.len()).any(|window| window == buckets.initcode.as_ref()));
        assert!(buckets.call.is_empty() && !recorder.call.is_empty());
        for (code, value) in [(&buckets.code, recorder.address), (&recorder.code, buckets.address)] {
            assert!(code.windows(20).any(|window| window == value.as_slice()));
        }
    }

    #[test]
    fn an_address_follows_from_salt_and_arguments() {
        let (one, other) = (Address::repeat_byte(1), Address::repeat_byte(2));
        let at = |salt, portal, inbox| relay(B256::repeat_byte(salt), portal, inbox).unwrap().address;
        assert_eq!(at(1, one, other), at(1, one, other));
        assert!(at(1, one, other) != at(1, other, one) && at(1, one, other) != at(2, one, other));
    }
}
