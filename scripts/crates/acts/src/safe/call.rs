//! One call by its ABI: the bytes that are signed, and the same in words.

use std::collections::BTreeMap;

use alloy::dyn_abi::{DynSolValue, JsonAbiExt};
use alloy::hex;
use alloy::json_abi::Function;
use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::StateOverride;
use anyhow::{Context, Result};
use mrc53_console::failure::BadInput;
use mrc53_node::answers::revert_data;
use mrc53_node::connection::Connection;
use mrc53_node::terms;
use serde_json::Value;

/// A call of one function.
#[derive(Clone, Debug)]
pub struct Call {
    /// Whom it calls.
    pub to: Address,
    /// What it calls.
    pub function: Function,
    /// With what, in the order of the function's inputs.
    pub values: Vec<DynSolValue>,
    /// The same as call data.
    pub data: Bytes,
}

impl Call {
    /// A call of `function` of the contract at `to`.
    ///
    /// # Errors
    /// Fails if `values` are not of the types of the function's inputs.
    pub fn new(to: Address, function: Function, values: Vec<DynSolValue>) -> Result<Self> {
        let data = function.abi_encode_input(&values).with_context(|| function.signature())?.into();
        Ok(Self { to, function, values, data })
    }

    /// As [`Self::new`], of the function called `name` in the ABI `functions`.
    ///
    /// # Errors
    /// As [`Self::new`], or if there is no such function.
    pub fn of(
        to: Address,
        mut functions: BTreeMap<String, Vec<Function>>,
        name: &str,
        values: Vec<DynSolValue>,
    ) -> Result<Self> {
        let function = functions.remove(name).and_then(|mut named| named.pop());
        Self::new(to, function.with_context(|| format!("no function {name}"))?, values)
    }

    /// `setComputePool(0x…)`, as people write a call.
    #[must_use]
    pub fn words(&self) -> String {
        let values: Vec<String> = self.values.iter().map(text).collect();
        format!("{}({})", self.function.name, values.join(", "))
    }

    /// Tries the call from `from` on the chain's latest state, changed by `overrides`; nothing is sent.
    ///
    /// # Errors
    /// [`BadInput`] with the contract's reason if it would be refused; a failure if the node does not answer.
    pub async fn simulate(&self, connection: &Connection, from: Address, overrides: StateOverride) -> Result<()> {
        let request = TransactionRequest::default().from(from).to(self.to).input(self.data.clone().into());
        let Err(error) = connection.provider.call(request).overrides(overrides).await else { return Ok(()) };
        let name = &self.function.name;
        let Some(data) = revert_data(&error) else {
            return Err(connection.url.blame(&format!("whether {name} is accepted"), &error));
        };
        let words = terms::words(&data);
        Err(BadInput::new(format!("{} would refuse {name} from {from}: {words}", self.to)).into())
    }
}

/// `value` as the Transaction Builder's form takes it: arrays and tuples as JSON, everything else bare.
#[must_use]
pub fn text(value: &DynSolValue) -> String {
    match json(value) {
        Value::String(text) => text,
        list => list.to_string(),
    }
}

fn json(value: &DynSolValue) -> Value {
    match value {
        DynSolValue::Array(values) | DynSolValue::FixedArray(values) | DynSolValue::Tuple(values) => {
            values.iter().map(json).collect()
        }
        DynSolValue::Bool(truth) => truth.to_string().into(),
        DynSolValue::Uint(number, _) => number.to_string().into(),
        DynSolValue::Int(number, _) => number.to_string().into(),
        DynSolValue::FixedBytes(word, size) => hex::encode_prefixed(&word[..*size]).into(),
        DynSolValue::Bytes(bytes) => hex::encode_prefixed(bytes).into(),
        DynSolValue::Address(address) => address.to_string().into(),
        DynSolValue::Function(function) => function.to_string().into(),
        DynSolValue::String(text) => text.clone().into(),
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::{B256, U256};
    use mrc53_abi::RewardDistributor;

    use super::*;

    fn set_pool(values: Vec<DynSolValue>) -> Result<Call> {
        Call::of(Address::ZERO, RewardDistributor::abi::functions(), "setComputePool", values)
    }

    #[test]
    fn a_call_is_its_selector_and_its_encoded_values() {
        let pool = Address::with_last_byte(7);
        let call = set_pool(vec![pool.into()]).unwrap();

        assert_eq!(call.data[..4], call.function.selector()[..]);
        assert_eq!(call.data[4..], pool.into_word()[..]);
        assert_eq!(call.words(), "setComputePool(0x0000000000000000000000000000000000000007)");
    }

    #[test]
    fn values_of_other_types_than_the_inputs_are_refused() {
        assert!(set_pool(vec![true.into()]).is_err());
    }

    #[test]
    fn lists_and_tuples_are_json_and_everything_in_them_a_string() {
        let selector = DynSolValue::FixedBytes(B256::right_padding_from(&[1, 2, 3, 4]), 4);
        let cut = DynSolValue::Tuple(vec![
            Address::with_last_byte(7).into(),
            DynSolValue::Uint(U256::from(2), 8),
            DynSolValue::Array(vec![selector]),
        ]);

        let words = text(&DynSolValue::Array(vec![cut]));

        assert_eq!(words, r#"[["0x0000000000000000000000000000000000000007","2",["0x01020304"]]]"#);
    }
}
