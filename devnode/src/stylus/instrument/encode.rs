//! Writing the instrumented program as wasm again.
//!
//! Sections pass unchanged but for three: globals gain the four of the meters, exports shrink to the
//! entrypoint, the memory and the globals the host reads, code is replaced. Custom sections go.

use wasm_encoder::{
    CodeSection, ConstExpr, Encode, ExportKind, ExportSection, GlobalSection, GlobalType, RawSection, ValType,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

use super::globals::{INK_LEFT, INK_STATUS, Instrumented, STACK_LEFT};
use crate::stylus::{
    module::Module,
    rejection::{ActivationError, invalid, refuse},
};

const KEPT_EXPORTS: [&str; 2] = ["user_entrypoint", "memory"];

/// The instrumented module as bytes.
///
/// # Errors
/// Never for a module that was validated; the encoder's own errors otherwise.
pub(crate) fn encode(module: &Module<'_>, instrumented: &Instrumented<'_>) -> Result<Vec<u8>, ActivationError> {
    let mut out = wasm_encoder::Module::new();
    let mut globals = GlobalSection::new();
    for payload in Parser::new(0).parse_all(module.wasm) {
        match payload.map_err(invalid)? {
            Payload::GlobalSection(section) => {
                RoundtripReencoder.parse_global_section(&mut globals, section).map_err(failed)?;
            }
            Payload::ExportSection(_) => {
                add_globals(&mut globals);
                out.section(&globals);
                out.section(&exports(module, instrumented));
            }
            Payload::CodeSectionStart { .. } => {
                out.section(&code(module, instrumented)?);
            }
            Payload::CodeSectionEntry(_) | Payload::CustomSection(_) => {}
            other => {
                if let Some((id, range)) = other.as_section() {
                    out.section(&RawSection { id, data: &module.wasm[range] });
                }
            }
        }
    }
    Ok(out.finish())
}

fn add_globals(globals: &mut GlobalSection) {
    let variable = |val_type| GlobalType { val_type, mutable: true, shared: false };
    globals
        .global(variable(ValType::I64), &ConstExpr::i64_const(0))
        .global(variable(ValType::I32), &ConstExpr::i32_const(0))
        .global(variable(ValType::I32), &ConstExpr::i32_const(0))
        .global(variable(ValType::I32), &ConstExpr::i32_const(0));
}

fn exports(module: &Module<'_>, instrumented: &Instrumented<'_>) -> ExportSection {
    let mut exports = ExportSection::new();
    for export in &module.exports {
        let kind = match export.kind {
            wasmparser::ExternalKind::Func => ExportKind::Func,
            wasmparser::ExternalKind::Memory => ExportKind::Memory,
            _ => continue,
        };
        if KEPT_EXPORTS.contains(&export.name) {
            exports.export(export.name, kind, export.index);
        }
    }
    let globals = instrumented.globals;
    exports
        .export(INK_LEFT, ExportKind::Global, globals.ink_left)
        .export(INK_STATUS, ExportKind::Global, globals.ink_status)
        .export(STACK_LEFT, ExportKind::Global, globals.stack_left);
    exports
}

fn code(module: &Module<'_>, instrumented: &Instrumented<'_>) -> Result<CodeSection, ActivationError> {
    let mut code = CodeSection::new();
    for (body, operators) in module.bodies.iter().zip(&instrumented.bodies) {
        let mut bytes = module.wasm[body.local_bytes.clone()].to_vec();
        for operator in operators {
            RoundtripReencoder.instruction(operator.clone()).map_err(failed)?.encode(&mut bytes);
        }
        code.raw(&bytes);
    }
    Ok(code)
}

fn failed(error: impl std::fmt::Display) -> ActivationError {
    refuse(format!("the program cannot be instrumented: {error}"))
}
