//! A batch of calls as the Safe's Transaction Builder imports it: a JSON file that a multisig's owners look at, sign
//! and execute in one transaction.

use std::path::{Path, PathBuf};

use alloy::json_abi::{Param, StateMutability};
use alloy::primitives::{Address, B256, Bytes};
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;
use serde::Serialize;
use serde_json::{Map, Value};

use super::call::{Call, text};
use super::checksum;

/// The version of the file format, the only one there is.
const FORMAT_VERSION: &str = "1.0";
/// The release of the builder whose files these are like.
const BUILDER_VERSION: &str = "1.18.0";

/// A batch of calls by one account.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    version: &'static str,
    chain_id: String,
    created_at: u64,
    meta: Meta,
    transactions: Vec<Transaction>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    name: String,
    description: String,
    tx_builder_version: &'static str,
    created_from_safe_address: String,
    created_from_owner_address: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<B256>,
}

/// One call: the bytes that are executed, and beside them what they mean.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    to: String,
    value: &'static str,
    data: Bytes,
    contract_method: Method,
    contract_inputs_values: Map<String, Value>,
}

#[derive(Clone, Debug, Serialize)]
struct Method {
    inputs: Vec<Input>,
    name: String,
    payable: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    internal_type: String,
    name: String,
    #[serde(rename = "type")]
    ty: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<Input>,
}

impl Bundle {
    /// `calls` of the account `from` on the chain `chain_id`. When it was made is left at 0: the builder's checksum goes
    /// over that too, and whoever plans the same is to get the same.
    ///
    /// # Errors
    /// Fails if it cannot be written as JSON.
    pub fn new(name: &str, description: &str, chain_id: u64, from: Address, calls: &[Call]) -> Result<Self> {
        let meta = Meta {
            name: name.to_owned(),
            description: description.to_owned(),
            tx_builder_version: BUILDER_VERSION,
            created_from_safe_address: from.to_string(),
            created_from_owner_address: "",
            checksum: None,
        };
        let mut bundle = Self {
            version: FORMAT_VERSION,
            chain_id: chain_id.to_string(),
            created_at: 0,
            meta,
            transactions: calls.iter().map(Transaction::new).collect(),
        };
        bundle.meta.checksum = Some(checksum::of(&serde_json::to_value(&bundle)?));
        Ok(bundle)
    }

    /// The builder's checksum.
    #[must_use]
    pub fn checksum(&self) -> B256 {
        self.meta.checksum.unwrap_or_default()
    }

    /// The file's text.
    ///
    /// # Errors
    /// Fails if it cannot be written as JSON.
    pub fn text(&self) -> Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    /// Writes the file, with the folders it needs.
    ///
    /// # Errors
    /// [`BadInput`] that names the file if it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), BadInput> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let made = folder.map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(path, self.text().map_err(std::io::Error::other)?))
            .map_err(|error| BadInput::new(format!("{}: {error}", path.display())))
    }
}

impl Transaction {
    fn new(call: &Call) -> Self {
        let inputs = &call.function.inputs;
        Self {
            to: call.to.to_string(),
            value: "0",
            data: call.data.clone(),
            contract_method: Method {
                inputs: inputs.iter().map(Input::new).collect(),
                name: call.function.name.clone(),
                payable: call.function.state_mutability == StateMutability::Payable,
            },
            contract_inputs_values: inputs
                .iter()
                .zip(&call.values)
                .map(|(input, value)| (input.name.clone(), text(value).into()))
                .collect(),
        }
    }
}

impl Input {
    fn new(param: &Param) -> Self {
        Self {
            internal_type: param.internal_type.as_ref().map_or_else(|| param.ty.clone(), ToString::to_string),
            name: param.name.clone(),
            ty: param.ty.clone(),
            components: param.components.iter().map(Self::new).collect(),
        }
    }
}

/// Where the bundle called `name` goes unless somebody names a file: `mrc53/safe` of the clone's `target`.
///
/// # Errors
/// Fails outside a clone.
pub fn default_path(name: &str) -> Result<PathBuf> {
    Ok(Workspace::find()?.output()?.join("safe").join(format!("{name}.json")))
}

#[cfg(test)]
mod tests {
    use alloy::primitives::address;
    use mrc53_abi::RewardDistributor;

    use super::*;

    const TO: Address = address!("34a285A1B1C166420Df5b6630132542923B5b27E");

    fn bundle(name: &str) -> Value {
        let functions = RewardDistributor::abi::functions();
        let call = Call::of(TO, functions, "setComputePool", vec![TO.into()]).unwrap();
        serde_json::to_value(Bundle::new(name, "why", 421_614, TO, &[call]).unwrap()).unwrap()
    }

    #[test]
    fn numbers_are_strings_because_the_builder_refuses_others() {
        let bundle = bundle("pool");

        assert_eq!((&bundle["chainId"], &bundle["transactions"][0]["value"]), (&"421614".into(), &"0".into()));
        assert_eq!(bundle["transactions"][0]["contractInputsValues"]["pool"], TO.to_string());
    }

    #[test]
    fn the_bytes_are_there_beside_what_they_mean() {
        let transaction = &bundle("pool")["transactions"][0];

        assert!(transaction["data"].as_str().unwrap().starts_with("0x"));
        assert_eq!(transaction["contractMethod"]["name"], "setComputePool");
        assert_eq!(transaction["contractMethod"]["inputs"][0]["type"], "address");
    }

    #[test]
    fn the_checksum_is_that_of_the_file_without_it() {
        let mut bundle = bundle("pool");
        let checksum = bundle["meta"].as_object_mut().unwrap().shift_remove("checksum").unwrap();

        assert_eq!(checksum, checksum::of(&bundle).to_string());
    }
}
