//! Instrumentation: the program's own code made to count its ink, its stack and its memory.
//!
//! Four passes, in Nitro's order, since each sees what the earlier ones added: the ink meter takes the
//! price of each basic block on entry ([`meter`]), bulk memory pays per byte ([`meter`]), every function
//! checks the stack on entry ([`depth`]), `memory.grow` pays before it grows ([`heap`]). The sequences are
//! Nitro's to the operator, because their number is part of the activation price and of a limit, and their
//! stack use part of a frame's size. Source: Nitro `prover/programs`.

pub(crate) mod depth;
mod encode;
pub(crate) mod globals;
mod heap;
mod meter;
mod operators;

use super::{module::Module, rejection::ActivationError};
use globals::{Globals, Instrumented};

pub(crate) use encode::encode;

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
