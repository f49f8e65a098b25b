//! Reading a program: validation with the feature set Nitro allows, then a flat picture of the module.
//!
//! Two rules go beyond WebAssembly's own. Sections outside the 1.0 set (`DataCount`, `Tag`) are refused, and
//! the `name` custom section must parse, as Nitro reads it; other custom sections are skipped.

use std::ops::Range;

use wasmparser::{
    Data, Element, Export, FuncType, FunctionBody, Import, MemoryType, Name, NameSectionReader, Operator, Parser,
    Payload, TableType, TypeRef, ValType, Validator, WasmFeatures,
};

use super::rejection::{ActivationError, invalid, refuse};
use crate::config::ArbosVersion;

/// A function of the program.
pub(crate) struct Body<'a> {
    /// Number of declared locals, parameters not counted.
    pub(crate) locals: usize,
    /// The bytes that declare them.
    pub(crate) local_bytes: Range<usize>,
    /// The operators, the final `end` included.
    pub(crate) operators: Vec<Operator<'a>>,
}

/// An imported function.
pub(crate) struct FunctionImport<'a> {
    pub(crate) module: &'a str,
    pub(crate) name: &'a str,
    /// Index into [`Module::types`].
    pub(crate) type_index: u32,
}

/// A validated program in parts.
#[derive(Default)]
pub(crate) struct Module<'a> {
    pub(crate) wasm: &'a [u8],
    pub(crate) types: Vec<FuncType>,
    pub(crate) imports: Vec<FunctionImport<'a>>,
    /// Type index of each function the program defines.
    pub(crate) functions: Vec<u32>,
    pub(crate) tables: Vec<TableType>,
    pub(crate) memories: Vec<MemoryType>,
    pub(crate) globals: u32,
    pub(crate) exports: Vec<Export<'a>>,
    pub(crate) has_start: bool,
    pub(crate) elements: Vec<Element<'a>>,
    pub(crate) datas: Vec<Data<'a>>,
    pub(crate) bodies: Vec<Body<'a>>,
    /// From the `name` section; empty if absent.
    pub(crate) name: &'a str,
}

impl<'a> Module<'a> {
    /// Validates `wasm` and takes it apart.
    pub(crate) fn parse(wasm: &'a [u8], arbos: ArbosVersion) -> Result<Self, ActivationError> {
        Validator::new_with_features(features(arbos)).validate_all(wasm).map_err(invalid)?;
        let mut module = Self { wasm, ..Self::default() };
        for payload in Parser::new(0).parse_all(wasm) {
            module.take(payload.map_err(invalid)?)?;
        }
        Ok(module)
    }

    /// The type of function `index`, imports counted first.
    pub(crate) fn function_type(&self, index: u32) -> Result<&FuncType, ActivationError> {
        let index = index as usize;
        let type_index = match self.imports.get(index) {
            Some(import) => Some(&import.type_index),
            None => self.functions.get(index - self.imports.len()),
        };
        type_index
            .and_then(|index| self.types.get(*index as usize))
            .ok_or_else(|| refuse(format!("no function {index}")))
    }

    /// Type `index`.
    pub(crate) fn signature(&self, index: u32) -> Result<&FuncType, ActivationError> {
        self.types.get(index as usize).ok_or_else(|| refuse(format!("no type {index}")))
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), ActivationError> {
        match payload {
            Payload::TypeSection(types) => {
                for ty in types.into_iter_err_on_gc_types() {
                    self.types.push(ty.map_err(invalid)?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports {
                    self.imports.push(function_import(import.map_err(invalid)?)?);
                }
            }
            Payload::FunctionSection(functions) => collect(functions, &mut self.functions)?,
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table.map_err(invalid)?.ty);
                }
            }
            Payload::MemorySection(memories) => collect(memories, &mut self.memories)?,
            Payload::GlobalSection(globals) => self.globals = globals.count(),
            Payload::ExportSection(exports) => collect(exports, &mut self.exports)?,
            Payload::StartSection { .. } => self.has_start = true,
            Payload::ElementSection(elements) => collect(elements, &mut self.elements)?,
            Payload::DataSection(datas) => collect(datas, &mut self.datas)?,
            Payload::CodeSectionEntry(body) => self.bodies.push(read_body(&body)?),
            Payload::CustomSection(section) if section.name() == "name" => {
                self.name = module_name(section.data())?;
            }
            Payload::Version { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::CustomSection(_)
            | Payload::End(_) => {}
            other => return Err(refuse(format!("section {other:?} is not supported"))),
        }
        Ok(())
    }
}

/// What Nitro's validator lets pass. Some of it is refused later, with a reason.
fn features(arbos: ArbosVersion) -> WasmFeatures {
    let mut features = WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::FLOATS
        | WasmFeatures::GC_TYPES;
    features.set(WasmFeatures::MULTI_VALUE, arbos.allows_multi_value());
    features
}

fn collect<'a, T: wasmparser::FromReader<'a>>(
    section: wasmparser::SectionLimited<'a, T>,
    into: &mut Vec<T>,
) -> Result<(), ActivationError> {
    for item in section {
        into.push(item.map_err(invalid)?);
    }
    Ok(())
}

fn function_import(import: Import<'_>) -> Result<FunctionImport<'_>, ActivationError> {
    let TypeRef::Func(type_index) = import.ty else {
        return Err(refuse(format!("import {} is not a function", import.name)));
    };
    Ok(FunctionImport { module: import.module, name: import.name, type_index })
}

/// `(func (param i32 i64) (result i32))`.
pub(crate) fn in_words(ty: &FuncType) -> String {
    let part = |name: &str, types: &[ValType]| match types {
        [] => String::new(),
        some => format!(" ({name} {})", some.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
    };
    format!("(func{}{})", part("param", ty.params()), part("result", ty.results()))
}

fn read_body<'a>(body: &FunctionBody<'a>) -> Result<Body<'a>, ActivationError> {
    let mut locals = 0;
    for group in body.get_locals_reader().map_err(invalid)? {
        locals += group.map_err(invalid)?.0 as usize;
    }
    let mut reader = body.get_operators_reader().map_err(invalid)?;
    let local_bytes = body.range().start..reader.original_position();
    let mut operators = Vec::new();
    while !reader.eof() {
        operators.push(reader.read().map_err(invalid)?);
    }
    Ok(Body { locals, local_bytes, operators })
}

fn module_name(section: &[u8]) -> Result<&str, ActivationError> {
    let mut module = "";
    let reader = wasmparser::BinaryReader::new(section, 0);
    for name in NameSectionReader::new(reader) {
        match name.map_err(invalid)? {
            Name::Module { name, .. } => module = name,
            Name::Function(names) => {
                for name in names {
                    name.map_err(invalid)?;
                }
            }
            _ => {}
        }
    }
    Ok(module)
}
