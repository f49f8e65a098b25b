//! A compiled facet from a file: the functions it has, those that are to be cut in, and its code.

use std::collections::BTreeSet;
use std::path::Path;

use alloy::json_abi::JsonAbi;
use alloy::primitives::{Address, B256, Bytes, Selector, keccak256};
use mrc53_abi::arbitrum::CREATE2_FACTORY;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde_json::Value;

/// What a file has to be.
const WANTED: &str = "an artifact of Hardhat or Foundry (JSON with `abi` and `bytecode`) or a bare ABI is needed";

/// What a compiler's artifact says about a facet. Artifacts of Hardhat, Foundry and this project are understood, and a
/// bare ABI.
#[derive(Clone, Debug)]
pub struct Facet {
    /// Everything it answers.
    pub abi: JsonAbi,
    initcode: Option<String>,
    runtime: Option<String>,
}

impl Facet {
    /// Reads the artifact at `path`.
    ///
    /// # Errors
    /// [`BadInput`] if the file is missing, malformed, or has no function in its ABI.
    pub fn load(path: &Path) -> Result<Self, BadInput> {
        let wrong = |why: String| BadInput::new(format!("{}: {why}", path.display()));
        let text = files::read(path)?;
        let none = || wrong(format!("no compiled contract: {WANTED}"));
        let file: Value = serde_json::from_str(&text).map_err(|_| none())?;
        let abi = file.get("abi").unwrap_or(&file).clone();
        let abi: JsonAbi = serde_json::from_value(abi).map_err(|_| none())?;
        if abi.functions().next().is_none() {
            return Err(wrong("its ABI has no function".into()));
        }
        Ok(Self { abi, initcode: code(&file, "bytecode"), runtime: code(&file, "deployedBytecode") })
    }

    /// The functions to cut in: all of the facet, or those that `interfaces` list, without those of `skipped`.
    ///
    /// # Errors
    /// [`BadInput`] if an interface lists a function that the facet does not have, `skipped` one that would not be cut
    /// in, or nothing is left.
    pub fn selectors(&self, interfaces: &[Self], skipped: &BTreeSet<Selector>) -> Result<BTreeSet<Selector>, BadInput> {
        let has = functions(&self.abi);
        let mut wanted = if interfaces.is_empty() { has.clone() } else { BTreeSet::new() };
        for function in interfaces.iter().flat_map(|interface| interface.abi.functions()) {
            if !has.contains(&function.selector()) {
                let signature = function.signature();
                return Err(BadInput::new(format!("--interface lists {signature}, which the facet does not have")));
            }
            wanted.insert(function.selector());
        }
        for selector in skipped {
            if !wanted.remove(selector) {
                return Err(BadInput::new(format!("--skip names {selector}, which would not be cut in")));
            }
        }
        if wanted.is_empty() {
            return Err(BadInput::new("no function of the facet is left to cut in"));
        }
        Ok(wanted)
    }

    /// What deploys it.
    ///
    /// # Errors
    /// [`BadInput`] if the artifact has no bytecode, its libraries are not linked, or its constructor takes arguments.
    pub fn initcode(&self) -> Result<Bytes, BadInput> {
        if self.abi.constructor().is_some_and(|constructor| !constructor.inputs.is_empty()) {
            return Err(BadInput::new(
                "the facet's constructor takes arguments: deploy it yourself and name it with --facet-address",
            ));
        }
        let code = self.initcode.as_deref().filter(|code| *code != "0x");
        let code =
            code.ok_or_else(|| BadInput::new("the artifact has no bytecode: name the facet with --facet-address"))?;
        code.parse().map_err(|_| {
            BadInput::new(
                "the artifact's bytecode has libraries that are not linked: deploy it yourself and name it with \
                 --facet-address",
            )
        })
    }

    /// How long its code is once deployed, in bytes; the same whichever libraries and immutables are filled in.
    #[must_use]
    pub fn code_size(&self) -> Option<usize> {
        let digits = self.runtime.as_deref()?.strip_prefix("0x")?;
        (!digits.is_empty()).then_some(digits.len() / 2)
    }
}

/// Where [`CREATE2_FACTORY`] puts `initcode` with a salt of zero.
#[must_use]
pub fn factory_address(initcode: &Bytes) -> Address {
    CREATE2_FACTORY.create2(B256::ZERO, keccak256(initcode))
}

/// The call data with which [`CREATE2_FACTORY`] puts it there.
#[must_use]
pub fn factory_data(initcode: &Bytes) -> Bytes {
    [B256::ZERO.as_slice(), initcode].concat().into()
}

fn functions(abi: &JsonAbi) -> BTreeSet<Selector> {
    abi.functions().map(alloy::json_abi::Function::selector).collect()
}

/// Bytecode as Hardhat writes it, a string, or as Foundry does, inside an object.
fn code(file: &Value, key: &str) -> Option<String> {
    let code = file.get(key)?;
    code.as_str().or_else(|| code.get("object")?.as_str()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::diamond::signatures::parse;

    fn load(file: &Value) -> Result<Facet, BadInput> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Facet.json");
        std::fs::write(&path, file.to_string()).unwrap();
        Facet::load(&path)
    }

    fn function(name: &str) -> Value {
        json!({"type": "function", "name": name, "inputs": [], "outputs": [], "stateMutability": "view"})
    }

    fn selectors(names: &[&str]) -> BTreeSet<Selector> {
        names.iter().map(|name| parse(&format!("{name}()")).unwrap()).collect()
    }

    #[test]
    fn artifacts_of_hardhat_and_foundry_and_a_bare_abi_are_understood() {
        let abi = json!([function("a")]);
        let hardhat = load(&json!({"abi": abi, "bytecode": "0x6001", "deployedBytecode": "0x00"})).unwrap();
        let foundry = json!({"abi": abi, "bytecode": {"object": "0x6001"}, "deployedBytecode": {"object": "0x00"}});
        let foundry = load(&foundry).unwrap();

        assert_eq!(hardhat.initcode().unwrap(), foundry.initcode().unwrap());
        assert_eq!((hardhat.code_size(), foundry.code_size()), (Some(1), Some(1)));
        assert_eq!(load(&abi).unwrap().selectors(&[], &BTreeSet::new()).unwrap(), selectors(&["a"]));
    }

    #[test]
    fn a_file_without_functions_is_refused() {
        for file in [json!({}), json!([]), json!({"abi": []}), json!("text")] {
            assert!(load(&file).is_err(), "{file}");
        }
    }

    #[test]
    fn an_interface_narrows_the_facet_to_its_functions() {
        let facet = load(&json!([function("a"), function("b"), function("SLOT")])).unwrap();
        let interface = load(&json!([function("a"), function("b")])).unwrap();
        let foreign = load(&json!([function("c")])).unwrap();

        let all = facet.selectors(std::slice::from_ref(&interface), &BTreeSet::new());
        assert_eq!(all.unwrap(), selectors(&["a", "b"]));
        let left = facet.selectors(&[interface], &selectors(&["b"]));
        assert_eq!(left.unwrap(), selectors(&["a"]));
        assert!(facet.selectors(&[foreign], &BTreeSet::new()).unwrap_err().to_string().contains("c()"));
    }

    #[test]
    fn what_would_not_be_cut_in_cannot_be_skipped() {
        let facet = load(&json!([function("a")])).unwrap();

        assert!(facet.selectors(&[], &selectors(&["z"])).is_err());
        assert!(facet.selectors(&[], &selectors(&["a"])).unwrap_err().to_string().contains("no function"));
    }

    #[test]
    fn code_that_cannot_be_deployed_as_it_is_is_refused() {
        let unlinked = json!({"abi": [function("a")], "bytecode": "0x60__$abcdef$__00"});
        assert!(load(&unlinked).unwrap().initcode().unwrap_err().to_string().contains("not linked"));

        let interface = json!({"abi": [function("a")], "bytecode": "0x"});
        assert!(load(&interface).unwrap().initcode().unwrap_err().to_string().contains("no bytecode"));

        let inputs = json!([{"name": "token", "type": "address"}]);
        let constructor = json!({"type": "constructor", "inputs": inputs, "stateMutability": "nonpayable"});
        let with_arguments = json!({"abi": [function("a"), constructor], "bytecode": "0x6001"});
        assert!(load(&with_arguments).unwrap().initcode().unwrap_err().to_string().contains("arguments"));
    }
}
