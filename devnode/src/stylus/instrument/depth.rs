//! The stack bound: every function takes its frame's words on entry and gives them back on return.
//!
//! A frame is the most values ever on its operand stack, its locals, and 4. The count is Nitro's and so
//! are its quirks (a call pushes its results before it pops its arguments), for frames decide where a deep
//! recursion overflows.

use wasmparser::{BlockType, FuncType, Operator};

use super::globals::Globals;
use crate::stylus::{
    module::Module,
    rejection::{ActivationError, refuse},
};

/// Words a running program may have in frames: 262,144 at first, lowered by ArbOS 50.
pub(crate) const MAX_STACK_WORDS: i32 = 22_000;
/// Words of the largest frame.
const MAX_FRAME_WORDS: u32 = 10_240;
/// Most values on one function's operand stack.
const MAX_VALUES: u32 = 4_096;

/// Adds the check on entry and the return of the words before each `return`, of which one more is put at
/// the end.
pub(super) fn check_stack<'a>(
    mut code: Vec<Operator<'a>>,
    locals: usize,
    globals: Globals,
    module: &Module<'_>,
) -> Result<Vec<Operator<'a>>, ActivationError> {
    let words = frame_words(&code, locals, module)?;
    let frame = words.cast_signed();
    let global_index = globals.stack_left;
    let mut checked = Vec::with_capacity(code.len() + 20);
    checked.extend([
        Operator::GlobalGet { global_index },
        Operator::I32Const { value: frame },
        Operator::I32LeU,
        Operator::If { blockty: BlockType::Empty },
        Operator::I32Const { value: 0 },
        Operator::GlobalSet { global_index },
        Operator::Unreachable,
        Operator::End,
        Operator::GlobalGet { global_index },
        Operator::I32Const { value: frame },
        Operator::I32Sub,
        Operator::GlobalSet { global_index },
    ]);
    let end = code.pop();
    for operator in code.into_iter().chain([Operator::Return]) {
        if matches!(operator, Operator::Return) {
            checked.extend([
                Operator::GlobalGet { global_index },
                Operator::I32Const { value: frame },
                Operator::I32Add,
                Operator::GlobalSet { global_index },
            ]);
        }
        checked.push(operator);
    }
    checked.extend(end);
    Ok(checked)
}

fn frame_words(code: &[Operator<'_>], locals: usize, module: &Module<'_>) -> Result<u32, ActivationError> {
    let mut stack = Stack::default();
    let mut scopes = vec![0];
    for operator in code {
        match operator {
            Operator::Block { blockty } | Operator::Loop { blockty } => {
                stack.open(*blockty, module)?;
                scopes.push(stack.now);
            }
            Operator::If { blockty } => {
                stack.pop(1);
                stack.open(*blockty, module)?;
                scopes.push(stack.now);
            }
            Operator::Else => stack.now = scopes.last().copied().unwrap_or(0),
            Operator::End => stack.now = scopes.pop().unwrap_or(0),
            Operator::Call { function_index } => stack.call(module.function_type(*function_index)?),
            Operator::CallIndirect { type_index, .. } => {
                stack.call(module.signature(*type_index)?);
                stack.pop(1);
            }
            other => {
                let (pops, pushes) = effect(other);
                stack.pop(pops);
                stack.push(pushes);
            }
        }
    }
    if stack.most > MAX_VALUES {
        return Err(refuse(format!("{} values on the stack at once", stack.most)));
    }
    let words = u64::from(stack.most) + locals as u64 + 4;
    match u32::try_from(words) {
        Ok(words) if words <= MAX_FRAME_WORDS => Ok(words),
        _ => Err(refuse(format!("frame too large: {words} > {MAX_FRAME_WORDS} words"))),
    }
}

/// Heights of an operand stack.
#[derive(Default)]
struct Stack {
    now: u32,
    most: u32,
}

impl Stack {
    fn push(&mut self, values: usize) {
        self.now = self.now.saturating_add(u32::try_from(values).unwrap_or(u32::MAX));
        self.most = self.most.max(self.now);
    }

    fn pop(&mut self, values: usize) {
        self.now = self.now.saturating_sub(u32::try_from(values).unwrap_or(u32::MAX));
    }

    fn call(&mut self, ty: &FuncType) {
        self.push(ty.results().len());
        self.pop(ty.params().len());
    }

    /// Room for a block's results, as if they were there from the start.
    fn open(&mut self, ty: BlockType, module: &Module<'_>) -> Result<(), ActivationError> {
        match ty {
            BlockType::Empty => {}
            BlockType::Type(_) => self.push(1),
            BlockType::FuncType(index) => self.call(module.signature(index)?),
        }
        Ok(())
    }
}

/// How many values a straight-line operator counts as popping and then pushing. Only the net change
/// counts, except that an operator never counts as pushing what it replaces.
#[expect(clippy::match_same_arms, reason = "the table reads by kind of operator")]
fn effect(operator: &Operator<'_>) -> (usize, usize) {
    use Operator as O;
    match operator {
        O::LocalGet { .. } | O::GlobalGet { .. } | O::MemorySize { .. } => (0, 1),
        O::I32Const { .. } | O::I64Const { .. } | O::F32Const { .. } | O::F64Const { .. } => (0, 1),
        O::Drop | O::BrIf { .. } | O::BrTable { .. } => (1, 0),
        O::LocalSet { .. } | O::GlobalSet { .. } => (1, 0),
        O::I32Eq | O::I32Ne | O::I32LtS | O::I32LtU | O::I32GtS | O::I32GtU => (1, 0),
        O::I32LeS | O::I32LeU | O::I32GeS | O::I32GeU => (1, 0),
        O::I64Eq | O::I64Ne | O::I64LtS | O::I64LtU | O::I64GtS | O::I64GtU => (1, 0),
        O::I64LeS | O::I64LeU | O::I64GeS | O::I64GeU => (1, 0),
        O::I32Add | O::I32Sub | O::I32Mul | O::I32DivS | O::I32DivU => (1, 0),
        O::I32RemS | O::I32RemU | O::I32And | O::I32Or | O::I32Xor => (1, 0),
        O::I32Shl | O::I32ShrS | O::I32ShrU | O::I32Rotl | O::I32Rotr => (1, 0),
        O::I64Add | O::I64Sub | O::I64Mul | O::I64DivS | O::I64DivU => (1, 0),
        O::I64RemS | O::I64RemU | O::I64And | O::I64Or | O::I64Xor => (1, 0),
        O::I64Shl | O::I64ShrS | O::I64ShrU | O::I64Rotl | O::I64Rotr => (1, 0),
        O::Select => (2, 0),
        O::I32Store { .. } | O::I32Store8 { .. } | O::I32Store16 { .. } => (2, 0),
        O::I64Store { .. } | O::I64Store8 { .. } | O::I64Store16 { .. } => (2, 0),
        O::I64Store32 { .. } | O::F32Store { .. } | O::F64Store { .. } => (2, 0),
        O::MemoryCopy { .. } | O::MemoryFill { .. } => (3, 0),
        _ => (0, 0),
    }
}
