//! The rules of Stylus that valid WebAssembly can still break: names, entrypoint, limits, segments.

use std::collections::{HashMap, HashSet};

use wasmparser::{ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, Operator, RefType, ValType};

use crate::stylus::{
    instrument::globals::{ADDED_GLOBALS, Instrumented},
    module::{Module, in_words},
    rejection::{ActivationError, invalid, refuse},
};

const PAGE_BYTES: u64 = 65_536;
/// Names Nitro keeps for itself start so.
const RESERVED: &str = "stylus";
/// The function a call runs.
pub(crate) const ENTRYPOINT: &str = "user_entrypoint";

/// Refuses a start function, one import under two types, an import exported under its own name, and
/// reserved names. Of an export's name only what follows the last `__` counts.
pub(super) fn check_names(module: &Module<'_>) -> Result<(), ActivationError> {
    if module.has_start {
        return Err(refuse("start functions are not allowed"));
    }
    let mut types = HashMap::new();
    for import in &module.imports {
        let prior = types.insert((import.module, import.name), import.type_index);
        if prior.is_some_and(|prior| prior != import.type_index) {
            return Err(refuse(format!("import {} has two types", import.name)));
        }
    }
    let exports: HashSet<&str> = module.exports.iter().filter_map(|export| export.name.rsplit("__").next()).collect();
    for import in &module.imports {
        if exports.contains(import.name) {
            return Err(refuse(format!("{} is both imported and exported", import.name)));
        }
    }
    let imports = module.imports.iter().map(|import| import.name);
    if let Some(name) = exports.iter().copied().chain(imports).find(|name| name.starts_with(RESERVED)) {
        return Err(refuse(format!("{name} is a reserved name")));
    }
    Ok(())
}

/// Refuses a program without `user_entrypoint (i32) -> i32`.
pub(super) fn check_entrypoint(module: &Module<'_>) -> Result<(), ActivationError> {
    let export = module.exports.iter().find(|export| export.name == ENTRYPOINT);
    let Some(export) = export.filter(|export| export.kind == ExternalKind::Func) else {
        return Err(refuse(format!("no function is exported as {ENTRYPOINT}")));
    };
    let ty = module.function_type(export.index)?;
    if ty.params() != [ValType::I32] || ty.results() != [ValType::I32] {
        return Err(refuse(format!("wrong type for {ENTRYPOINT}: {}", in_words(ty))));
    }
    Ok(())
}

/// Refuses a program that is too large in any way.
pub(super) fn check_limits(
    module: &Module<'_>,
    instrumented: &Instrumented<'_>,
    page_limit: u16,
) -> Result<(), ActivationError> {
    let pages = module.memories.first().map_or(0, |memory| memory.initial);
    let table_entries = module.tables.iter().map(|table| table.initial).fold(0, u64::saturating_add);
    let element_bytes: usize = module.elements.iter().map(|element| element.range.len()).sum();
    let locals = module.bodies.iter().map(|body| body.locals).max().unwrap_or(0);
    let operators = instrumented.bodies.iter().map(Vec::len).max().unwrap_or(0);
    let globals = module.globals + ADDED_GLOBALS;
    for (what, count, limit) in [
        ("pages", pages, u64::from(page_limit)),
        ("memories", module.memories.len() as u64, 1),
        ("data segments", module.datas.len() as u64, 128),
        ("element segments", module.elements.len() as u64, 128),
        ("functions", module.bodies.len() as u64, 4_096),
        ("globals", u64::from(globals), 32_768),
        ("locals in a function", locals as u64, 348),
        ("opcodes in a function", operators as u64, 65_536),
        ("imports", module.imports.len() as u64, 513),
        ("table entries", table_entries, 4_096),
        ("bytes of element segments", element_bytes as u64, 4_096),
        ("bytes in the module's name", module.name.len() as u64, 512),
    ] {
        if count > limit {
            return Err(refuse(format!("too many {what}: {count} > {limit}")));
        }
    }
    Ok(())
}

/// Refuses segments that do not fit their memory or table, or whose place is not a constant.
pub(super) fn check_segments(module: &Module<'_>) -> Result<(), ActivationError> {
    let memory_bytes = module.memories.first().map_or(0, |memory| memory.initial) * PAGE_BYTES;
    for data in &module.datas {
        if let DataKind::Active { offset_expr, .. } = &data.kind {
            fits(offset(offset_expr)?, data.data.len() as u64, memory_bytes, "data")?;
        }
    }
    if module.tables.iter().any(|table| table.element_type != RefType::FUNCREF) {
        return Err(refuse("tables hold functions only"));
    }
    for element in &module.elements {
        let ElementKind::Active { table_index, offset_expr } = &element.kind else {
            continue;
        };
        let ElementItems::Functions(functions) = &element.items else {
            return Err(refuse("element segments hold plain functions only"));
        };
        let table = module.tables.get(table_index.unwrap_or(0) as usize);
        let entries = table.ok_or_else(|| refuse("element segment without table"))?.initial;
        fits(offset(offset_expr)?, u64::from(functions.count()), entries, "element")?;
    }
    Ok(())
}

fn offset(expression: &ConstExpr<'_>) -> Result<u64, ActivationError> {
    let mut reader = expression.get_operators_reader();
    match (reader.read().map_err(invalid)?, reader.read().map_err(invalid)?, reader.eof()) {
        // Negative offsets become huge ones, as in Nitro.
        (Operator::I32Const { value }, Operator::End, true) => Ok(i64::from(value).cast_unsigned()),
        _ => Err(refuse("a segment's offset is not a constant")),
    }
}

fn fits(offset: u64, length: u64, room: u64, what: &str) -> Result<(), ActivationError> {
    match offset.checked_add(length) {
        Some(end) if end <= room => Ok(()),
        _ => Err(refuse(format!("{what} segment out of bounds"))),
    }
}
