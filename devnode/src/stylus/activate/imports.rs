//! The functions a program may import: `vm_hooks`, each with its exact signature.

use wasmparser::{FuncType, ValType};

use crate::stylus::{
    module::{Module, in_words},
    rejection::{ActivationError, refuse},
};

/// The module name of every import.
pub(crate) const HOOKS_MODULE: &str = "vm_hooks";

/// Name and signature of each hook: one letter per parameter, then after `>` one per result; `w` for a
/// 32-bit word, `l` for a 64-bit one.
const HOOKS: [(&str, &str); 42] = [
    ("read_args", "w"),
    ("write_result", "ww"),
    ("exit_early", "w"),
    ("storage_load_bytes32", "ww"),
    ("storage_cache_bytes32", "ww"),
    ("storage_flush_cache", "w"),
    ("transient_load_bytes32", "ww"),
    ("transient_store_bytes32", "ww"),
    ("call_contract", "wwwwlw>w"),
    ("delegate_call_contract", "wwwlw>w"),
    ("static_call_contract", "wwwlw>w"),
    ("create1", "wwwww"),
    ("create2", "wwwwww"),
    ("read_return_data", "www>w"),
    ("return_data_size", ">w"),
    ("emit_log", "www"),
    ("account_balance", "ww"),
    ("account_code", "wwww>w"),
    ("account_code_size", "w>w"),
    ("account_codehash", "ww"),
    ("evm_gas_left", ">l"),
    ("evm_ink_left", ">l"),
    ("block_basefee", "w"),
    ("chainid", ">l"),
    ("block_coinbase", "w"),
    ("block_gas_limit", ">l"),
    ("block_number", ">l"),
    ("block_timestamp", ">l"),
    ("contract_address", "w"),
    ("math_div", "ww"),
    ("math_mod", "ww"),
    ("math_pow", "ww"),
    ("math_add_mod", "www"),
    ("math_mul_mod", "www"),
    ("msg_reentrant", ">w"),
    ("msg_sender", "w"),
    ("msg_value", "w"),
    ("native_keccak256", "www"),
    ("tx_gas_price", "w"),
    ("tx_ink_price", ">w"),
    ("tx_origin", "w"),
    ("pay_for_memory_grow", "w"),
];

/// Refuses an import that is no hook or has another signature.
pub(super) fn check(module: &Module<'_>) -> Result<(), ActivationError> {
    for import in &module.imports {
        let name = import.name;
        let hook = HOOKS.iter().find(|(hook, _)| *hook == name);
        let Some((_, signature)) = hook.filter(|_| import.module == HOOKS_MODULE) else {
            return Err(refuse(format!("no import {name} in {}", import.module)));
        };
        let ty = module.signature(import.type_index)?;
        if letters(ty) != *signature {
            return Err(refuse(format!("import {name} has signature {}", in_words(ty))));
        }
    }
    Ok(())
}

fn letters(ty: &FuncType) -> String {
    let letter = |ty: &ValType| match ty {
        ValType::I32 => 'w',
        ValType::I64 => 'l',
        _ => '?',
    };
    let mut letters: String = ty.params().iter().map(letter).collect();
    if !ty.results().is_empty() {
        letters.push('>');
        letters.extend(ty.results().iter().map(letter));
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hook_is_listed_twice() {
        let mut names: Vec<_> = HOOKS.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), HOOKS.len());
    }
}
