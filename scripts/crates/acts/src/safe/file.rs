//! A batch read back from its file. What is executed is its bytes, so they are what is believed: the words beside them
//! have to say the same.

use std::path::Path;

use alloy::dyn_abi::JsonAbiExt;
use alloy::json_abi::Function;
use alloy::primitives::{Address, Bytes};
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::checksum;
use super::plan::Plan;

/// What of the file matters here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    chain_id: String,
    meta: Meta,
    transactions: Vec<Transaction>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    name: String,
    description: String,
    created_from_safe_address: Address,
    checksum: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    to: Address,
    value: String,
    data: Bytes,
    contract_method: Value,
}

/// The batch in the file at `path`, for the account that it was made for.
///
/// # Errors
/// [`BadInput`] that names the file if it is none of the tool's, for another chain than `chain_id`, changed since it was
/// written, empty, with value, or if the bytes of a call are not what is said beside them.
pub fn read(path: &Path, chain_id: u64) -> Result<Plan, BadInput> {
    let wrong = |why: String| BadInput::new(format!("{}: {why}", path.display()));
    let mut batch: Value =
        serde_json::from_str(&files::read(path)?).map_err(|error| wrong(format!("no JSON: {error}")))?;
    let file: File = serde_json::from_value(batch.clone()).map_err(|error| wrong(format!("no batch: {error}")))?;
    if file.chain_id != chain_id.to_string() {
        return Err(wrong(format!("it is for chain {}, this is chain {chain_id}", file.chain_id)));
    }
    batch["meta"].as_object_mut().and_then(|meta| meta.remove("checksum"));
    if file.meta.checksum != checksum::of(&batch).to_string() {
        return Err(wrong("it was changed since it was written: its checksum is another".into()));
    }
    let calls: Option<Vec<Call>> = file.transactions.into_iter().map(call).collect();
    match calls {
        Some(calls) if !calls.is_empty() => Ok(Plan {
            name: file.meta.name,
            summary: file.meta.description,
            from: file.meta.created_from_safe_address,
            calls,
        }),
        Some(_) => Err(wrong("there is no call in it".into())),
        None => Err(wrong("a call in it is not what is said beside its bytes".into())),
    }
}

/// The call of `transaction`; none if its bytes are no call of the function beside them, or it sends value.
fn call(transaction: Transaction) -> Option<Call> {
    let Transaction { to, value, data, contract_method } = transaction;
    let function = json!({
        "type": "function", "name": contract_method["name"], "inputs": contract_method["inputs"],
        "outputs": [], "stateMutability": "nonpayable",
    });
    let function: Function = serde_json::from_value(function).ok()?;
    let values = function.abi_decode_input(data.strip_prefix(function.selector().as_slice())?).ok()?;
    let call = Call::new(to, function, values).ok()?;
    (call.data == data && value == "0").then_some(call)
}

#[cfg(test)]
mod tests {
    use alloy::primitives::address;
    use alloy::sol_types::SolCall;
    use mrc53_abi::RewardDistributor;

    use super::super::bundle::Bundle;
    use super::*;

    const TO: Address = address!("34a285A1B1C166420Df5b6630132542923B5b27E");

    fn written() -> Value {
        let functions = RewardDistributor::abi::functions();
        let call = Call::of(TO, functions, "setComputePool", vec![TO.into()]).unwrap();
        serde_json::to_value(Bundle::new("pool", "why", 7, Address::ZERO, &[call]).unwrap()).unwrap()
    }

    fn read_back(batch: &Value) -> Result<Plan, BadInput> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("batch.json");
        std::fs::write(&path, batch.to_string()).unwrap();
        read(&path, 7)
    }

    /// `batch` with the checksum that it should have.
    fn sealed(mut batch: Value) -> Value {
        batch["meta"].as_object_mut().unwrap().remove("checksum");
        let checksum = checksum::of(&batch).to_string();
        batch["meta"]["checksum"] = checksum.into();
        batch
    }

    #[test]
    fn what_was_written_is_read_back() {
        let plan = read_back(&written()).unwrap();

        assert_eq!((plan.from, plan.calls.len()), (Address::ZERO, 1));
        assert_eq!(plan.calls[0].words(), format!("setComputePool({TO})"));
    }

    #[test]
    fn a_file_that_was_changed_by_hand_is_refused() {
        let mut batch = written();
        batch["transactions"][0]["to"] = Address::ZERO.to_string().into();

        assert!(read_back(&batch).unwrap_err().to_string().contains("changed since it was written"));
    }

    #[test]
    fn bytes_that_are_not_what_is_said_beside_them_are_refused_though_the_checksum_fits() {
        let other = RewardDistributor::setComputePoolCall::SELECTOR;
        for (field, value) in
            [("data", json!("0x12345678")), ("data", json!(alloy::hex::encode_prefixed(other))), ("value", json!("1"))]
        {
            let mut batch = written();
            batch["transactions"][0][field] = value;

            assert!(read_back(&sealed(batch)).unwrap_err().to_string().contains("not what is said"), "{field}");
        }
    }

    #[test]
    fn a_batch_of_another_chain_an_empty_one_and_what_is_none_are_refused() {
        let with = |change: fn(&mut Value)| {
            let mut batch = written();
            change(&mut batch);
            read_back(&sealed(batch)).unwrap_err().to_string()
        };
        assert!(with(|batch| batch["chainId"] = "8".into()).contains("for chain 8, this is chain 7"));
        assert!(with(|batch| batch["transactions"] = json!([])).contains("no call in it"));
        assert!(read_back(&json!({})).unwrap_err().to_string().contains("no batch"));
    }
}
