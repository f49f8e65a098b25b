//! The Transaction Builder's checksum of a batch: keccak256 of the file with its name left out, written in the
//! builder's own way. Importing a file whose checksum differs, the builder warns that it was changed.

use alloy::primitives::{B256, keccak256};
use serde_json::Value;

/// The checksum of `batch`, whose `meta` has none yet.
///
/// The name in `meta` does not count: the builder lets people rename a batch.
#[must_use]
pub fn of(batch: &Value) -> B256 {
    let mut nameless = batch.clone();
    if let Some(meta) = nameless.get_mut("meta").and_then(Value::as_object_mut) {
        meta.insert("name".into(), Value::Null);
    }
    keccak256(serialized(&nameless))
}

/// Keys sorted and put before the values, each value followed by a comma: `{["a","b"]1,2,}`.
fn serialized(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(serialized).collect::<Vec<_>>().join(",")),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            let keys: Value = fields.iter().map(|(key, _)| key.as_str()).collect();
            let values: Vec<String> = fields.iter().map(|(_, value)| serialized(value) + ",").collect();
            format!("{{{keys}{}}}", values.concat())
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::b256;
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_and_precede_their_values() {
        assert_eq!(serialized(&json!({"b": null, "a": [1, "x"]})), r#"{["a","b"][1,"x"],null,}"#);
    }

    /// The example in the builder's own tests, whose `meta` holds an empty checksum when it is summed.
    #[test]
    fn the_builders_own_example_has_its_published_checksum() {
        let batch = json!({
            "version": "1.0", "chainId": "4", "createdAt": 1_646_321_521_061_u64,
            "meta": {
                "name": "test batch file", "txBuilderVersion": "1.4.0", "checksum": "",
                "createdFromSafeAddress": "0xDF8a1Ce35c9a6ACE153B4e0767942f1E2291a1Aa",
                "createdFromOwnerAddress": "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6",
            },
            "transactions": [
                {
                    "to": "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6", "value": "0",
                    "contractMethod": {
                        "inputs": [{"internalType": "address", "name": "paramAddress", "type": "address"}],
                        "name": "testAddress", "payable": false,
                    },
                    "contractInputsValues": {"paramAddress": "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6"},
                },
                {
                    "to": "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6", "value": "0",
                    "contractMethod": {
                        "inputs": [{"internalType": "bool", "name": "paramBool", "type": "bool"}],
                        "name": "testBool", "payable": false,
                    },
                    "contractInputsValues": {"paramAddress": "", "paramBool": "false"},
                },
                {
                    "to": "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6", "value": "2000000000000000000",
                    "data": "0x42f4579000000000000000000000000049d4450977e2c95362c13d3a31a09311e0ea26a6",
                },
            ],
        });

        assert_eq!(of(&batch), b256!("4ecbfd364aa6759983915644e73f8bd411e85a2dc306f252a387c2728c4db64c"));
    }

    #[test]
    fn a_batch_may_be_renamed_and_nothing_else_of_it_changed() {
        let batch = |name, to| json!({"meta": {"name": name}, "transactions": [{"to": to}]});

        assert_eq!(of(&batch("a", "x")), of(&batch("b", "x")));
        assert_ne!(of(&batch("a", "x")), of(&batch("a", "y")));
    }
}
