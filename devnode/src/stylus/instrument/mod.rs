//! Instrumentation: the program's own code made to count its ink, its stack and its memory.
//!
//! Four passes, in Nitro's order, since each sees what the earlier ones added: the ink meter takes the
//! price of each basic block on entry ([`meter`]), bulk memory pays per byte ([`meter`]), every function
//! checks the stack on entry ([`depth`]), `memory.grow` pays before it grows ([`heap`]). The sequences are
//! Nitro's to the operator, because their number is part of the activation price and of a limit, and their
//! stack use part of a frame's size. Source: Nitro `prover/programs`.

pub(crate) mod depth;
mod encode;
mod heap;
mod meter;
mod operators;

pub(crate) use encode::encode;
use wasmparser::Operator;

use super::activate::{ActivationError, module::Module};

/// Number of globals that instrumentation adds.
pub(crate) const ADDED_GLOBALS: u32 = 4;
/// Export of the global that holds the ink left (i64).
pub(crate) const INK_LEFT: &str = "stylus_ink_left";
/// Export of the global that is 1 once ink has run out (i32).
pub(crate) const INK_STATUS: &str = "stylus_ink_status";
/// Export of the global that holds the stack words left, 0 after an overflow (i32).
pub(crate) const STACK_LEFT: &str = "stylus_stack_left";

/// Indices of the added globals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Globals {
    pub(crate) ink_left: u32,
    pub(crate) ink_status: u32,
    pub(crate) scratch: u32,
    pub(crate) stack_left: u32,
}

/// The instrumented functions of a program.
pub(crate) struct Instrumented<'a> {
    pub(crate) globals: Globals,
    pub(crate) bodies: Vec<Vec<Operator<'a>>>,
}

/// Instruments every function of `module`.
///
/// # Errors
/// An operator without a price, a frame too large, memory that cannot be bounded.
pub(crate) fn instrument<'a>(module: &Module<'a>) -> Result<Instrumented<'a>, ActivationError> {
    let first = module.globals;
    let globals = Globals { ink_left: first, ink_status: first + 1, scratch: first + 2, stack_left: first + 3 };
    let pay_for_growth = heap::bound(module)?;
    let mut bodies = Vec::with_capacity(module.bodies.len());
    for body in &module.bodies {
        let code = meter::charge_blocks(&body.operators, globals, &module.types)?;
        let code = meter::charge_bytes(code, globals);
        let code = depth::check_stack(code, body.locals, globals, module)?;
        bodies.push(heap::charge_growth(code, pay_for_growth, globals));
    }
    Ok(Instrumented { globals, bodies })
}
