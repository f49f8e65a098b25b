//! A batch read back from the file that this tool wrote.

use std::path::Path;

use alloy::dyn_abi::JsonAbiExt;
use alloy::json_abi::Function;
use alloy::primitives::{Address, Bytes};
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde::Deserialize;
use serde_json::{Value, json};

use super::bundle::Bundle;
use super::call::Call;
use super::plan::Plan;

/// What of the file the rest follows from.
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
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    to: Address,
    data: Bytes,
    contract_method: Value,
}

/// The batch in the file at `path`, for the account that it was made for. The file is believed only if this tool writes
/// the same for the bytes in it: what they mean, who sends them and the checksum.
///
/// # Errors
/// [`BadInput`] that names the file if it cannot be read, is for another chain than `chain_id`, or is not as this tool
/// wrote it.
pub fn read(path: &Path, chain_id: u64) -> Result<Plan, BadInput> {
    let wrong = |why: &str| BadInput::new(format!("{}: {why}", path.display()));
    let changed = "this is not as `safe` or `diamond-cut` wrote it: another tool's, or changed since";
    let written: Value = serde_json::from_str(&files::read(path)?).map_err(|_| wrong("this is no JSON"))?;
    let file: File = serde_json::from_value(written.clone()).map_err(|_| wrong(changed))?;
    if file.chain_id != chain_id.to_string() {
        return Err(wrong(&format!("it is for chain {}, this is chain {chain_id}", file.chain_id)));
    }
    let calls: Option<Vec<Call>> = file.transactions.into_iter().map(call).collect();
    let calls = calls.ok_or_else(|| wrong(changed))?;
    let Meta { name, description: summary, created_from_safe_address: from } = file.meta;
    let again = Bundle::new(&name, &summary, chain_id, from, &calls).and_then(|again| Ok(serde_json::to_value(again)?));
    if again.ok() != Some(written) {
        return Err(wrong(changed));
    }
    Ok(Plan { name, summary, from, calls })
}

/// The call of `transaction`; none if its bytes are no call of the function beside them.
fn call(transaction: Transaction) -> Option<Call> {
    let Transaction { to, data, contract_method } = transaction;
    let function = json!({
        "type": "function", "name": contract_method["name"], "inputs": contract_method["inputs"],
        "outputs": [], "stateMutability": "nonpayable",
    });
    let function: Function = serde_json::from_value(function).ok()?;
    let values = function.abi_decode_input(data.strip_prefix(function.selector().as_slice())?).ok()?;
    Call::new(to, function, values).ok().filter(|call| call.data == data)
}

#[cfg(test)]
mod tests {
    use alloy::primitives::address;
    use mrc53_abi::RewardDistributor;

    use super::super::checksum;
    use super::*;

    const TO: Address = address!("34a285A1B1C166420Df5b6630132542923B5b27E");

    fn written() -> Value {
        let functions = RewardDistributor::abi::functions();
        let call = Call::of(TO, functions, "setComputePool", vec![TO.into()]).unwrap();
        serde_json::to_value(Bundle::new("pool", "why", 7, Address::ZERO, &[call]).unwrap()).unwrap()
    }

    fn read_back(text: &str) -> Result<Plan, BadInput> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("batch.json");
        std::fs::write(&path, text).unwrap();
        read(&path, 7)
    }

    /// What is said of the file after `change`, with the checksum that it should have then.
    fn refused(change: impl FnOnce(&mut Value)) -> String {
        let mut batch = written();
        change(&mut batch);
        if let Some(meta) = batch.get_mut("meta").and_then(Value::as_object_mut) {
            meta.shift_remove("checksum");
            let checksum = checksum::of(&batch).to_string();
            batch["meta"]["checksum"] = checksum.into();
        }
        read_back(&batch.to_string()).unwrap_err().to_string()
    }

    #[test]
    fn what_was_written_is_read_back() {
        let plan = read_back(&written().to_string()).unwrap();

        assert_eq!((plan.from, plan.calls.len()), (Address::ZERO, 1));
        assert_eq!(plan.calls[0].words(), format!("setComputePool({TO})"));
    }

    #[test]
    fn a_file_that_was_changed_by_hand_is_refused() {
        let mut batch = written();
        batch["transactions"][0]["to"] = Address::ZERO.to_string().into();

        assert!(read_back(&batch.to_string()).unwrap_err().to_string().contains("changed since"));
    }

    #[test]
    fn whatever_differs_from_what_is_written_is_refused_though_the_checksum_fits() {
        let lower = TO.to_string().to_lowercase();
        for (field, value) in [
            ("data", json!("0x12345678")),
            ("data", Value::Null),
            ("value", json!("1")),
            ("to", json!(lower)),
            ("to", json!("")),
            ("contractInputsValues", json!({"pool": Address::ZERO.to_string()})),
            ("contractMethod", Value::Null),
        ] {
            let said = refused(|batch| batch["transactions"][0][field] = value);
            assert!(said.contains("changed since"), "{field}: {said}");
        }
        assert!(refused(|batch| *batch = json!([])).contains("changed since"));
    }

    #[test]
    fn a_batch_of_another_chain_and_what_is_no_json_are_refused() {
        assert!(refused(|batch| batch["chainId"] = "8".into()).ends_with("it is for chain 8, this is chain 7"));
        assert!(read_back("7 8").unwrap_err().to_string().ends_with("this is no JSON"));
    }
}
