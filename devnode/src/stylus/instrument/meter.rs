//! The ink meter: basic blocks pay on entry, bulk memory operators pay per byte.

use wasmparser::{BlockType, FuncType, Operator};

use super::{globals::Globals, operators};
use crate::stylus::rejection::ActivationError;

/// Price of the check itself, paid by each basic block.
const HEADER_INK: u64 = 2_450;
/// Price of each byte that `memory.copy` and `memory.fill` touch.
const BYTE_INK: i64 = 100;

/// Before each basic block: traps with status 1 unless its price is left, then takes it.
pub(super) fn charge_blocks<'a>(
    code: &[Operator<'a>],
    globals: Globals,
    types: &[FuncType],
) -> Result<Vec<Operator<'a>>, ActivationError> {
    let mut metered = Vec::with_capacity(code.len() * 3);
    let mut block_start = 0;
    let mut ink = 0_u64;
    for (index, operator) in code.iter().enumerate() {
        ink = ink.saturating_add(operators::price(operator, types)?);
        if operators::ends_block(operator) {
            let price = ink.saturating_add(HEADER_INK).cast_signed();
            let (ink_left, status) = (globals.ink_left, globals.ink_status);
            metered.extend([
                Operator::GlobalGet { global_index: ink_left },
                Operator::I64Const { value: price },
                Operator::I64LtU,
                Operator::If { blockty: BlockType::Empty },
                Operator::I32Const { value: 1 },
                Operator::GlobalSet { global_index: status },
                Operator::Unreachable,
                Operator::End,
                Operator::GlobalGet { global_index: ink_left },
                Operator::I64Const { value: price },
                Operator::I64Sub,
                Operator::GlobalSet { global_index: ink_left },
            ]);
            metered.extend_from_slice(&code[block_start..=index]);
            block_start = index + 1;
            ink = 0;
        }
    }
    Ok(metered)
}

/// Before each `memory.copy` and `memory.fill`: takes the price of its length, the operator on top of the
/// stack, and traps with status 1 if the subtraction wraps.
pub(super) fn charge_bytes(code: Vec<Operator<'_>>, globals: Globals) -> Vec<Operator<'_>> {
    let (ink, scratch) = (globals.ink_left, globals.scratch);
    let mut metered = Vec::with_capacity(code.len());
    for operator in code {
        if matches!(operator, Operator::MemoryCopy { .. } | Operator::MemoryFill { .. }) {
            metered.extend([
                Operator::GlobalSet { global_index: scratch },
                Operator::GlobalGet { global_index: ink },
                Operator::GlobalGet { global_index: ink },
                Operator::GlobalGet { global_index: scratch },
                Operator::I64ExtendI32U,
                Operator::I64Const { value: BYTE_INK },
                Operator::I64Mul,
                Operator::I64Sub,
                Operator::GlobalSet { global_index: ink },
                Operator::GlobalGet { global_index: ink },
                Operator::I64LtU,
                Operator::If { blockty: BlockType::Empty },
                Operator::I32Const { value: 1 },
                Operator::GlobalSet { global_index: globals.ink_status },
                Operator::Unreachable,
                Operator::End,
                Operator::GlobalGet { global_index: scratch },
            ]);
        }
        metered.push(operator);
    }
    metered
}
