//! The bound on memory: what a program may start with, and that growing is paid for.

use wasmparser::{ExternalKind, Operator, ValType};

use super::globals::Globals;
use crate::stylus::{
    module::{Module, in_words},
    pages::PAGE_LIMIT,
    rejection::{ActivationError, refuse},
};

const MEMORY: &str = "memory";
const PAY: &str = "pay_for_memory_grow";

/// Refuses a program without exactly one memory, exported as `memory`, of at most [`PAGE_LIMIT`] pages.
/// If it can grow, returns the index of the imported function that pays, which must be there.
pub(super) fn bound(module: &Module<'_>) -> Result<Option<u32>, ActivationError> {
    let [memory] = module.memories.as_slice() else {
        return Err(refuse("exactly one memory is allowed"));
    };
    let is_exported = module.exports.iter().any(|export| export.name == MEMORY && export.kind == ExternalKind::Memory);
    if !is_exported {
        return Err(refuse("no memory is exported as memory"));
    }
    if memory.initial > u64::from(PAGE_LIMIT) {
        return Err(refuse(format!("memory of {} pages exceeds {PAGE_LIMIT}", memory.initial)));
    }
    if memory.maximum == Some(memory.initial) {
        return Ok(None);
    }
    let position = module
        .imports
        .iter()
        .position(|import| import.module == "vm_hooks" && import.name == PAY)
        .ok_or_else(|| refuse(format!("memory can grow but {PAY} is not imported")))?;
    let ty = module.signature(module.imports[position].type_index)?;
    if ty.params() != [ValType::I32] || !ty.results().is_empty() {
        return Err(refuse(format!("wrong type for {PAY}: {}", in_words(ty))));
    }
    u32::try_from(position).map(Some).map_err(|_| refuse("too many imports"))
}

/// Before each `memory.grow`: calls the function that pays with the number of pages.
pub(super) fn charge_growth(code: Vec<Operator<'_>>, pay: Option<u32>, globals: Globals) -> Vec<Operator<'_>> {
    let Some(function_index) = pay else {
        return code;
    };
    let global_index = globals.scratch;
    let mut charged = Vec::with_capacity(code.len());
    for operator in code {
        if matches!(operator, Operator::MemoryGrow { .. }) {
            charged.extend([
                Operator::GlobalSet { global_index },
                Operator::GlobalGet { global_index },
                Operator::GlobalGet { global_index },
                Operator::Call { function_index },
            ]);
        }
        charged.push(operator);
    }
    charged
}
