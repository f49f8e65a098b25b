//! The compiler's wasm, rewritten into what Arbitrum activates and nothing more.
//!
//! - Custom sections (names, producers, features) say nothing to the chain and cost bytes: dropped.
//! - `DataCount` is refused by Nitro and only serves instructions that Nitro refuses too: dropped.
//! - Exports other than `memory` and `user_entrypoint` are the linker's: dropped.
//! - Runs of zeros in data segments cost gas on every call and say nothing: dropped ([`super::zeros`]).
//! - Every number is encoded in its shortest form; the linker pads relocated ones to five bytes.

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{DataSection, ExportSection, Module, RawSection};
use wasmparser::{Data, ExportSectionReader, Parser, Payload};

use super::zeros::add_without_zeros;

/// What the chain calls and reads.
const EXPORTS: [&str; 2] = ["memory", "user_entrypoint"];

/// Rewrites `wasm` without changing what it does.
///
/// # Errors
/// Fails if `wasm` is not a well-formed module.
pub(super) fn shrink(wasm: &[u8]) -> Result<Vec<u8>> {
    let kept = without_data_count_and_custom(wasm)?;
    let mut module = Module::new();
    Shrinker.parse_core_module(&mut module, Parser::new(0), &kept).map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(module.finish())
}

/// The module with its custom and `DataCount` sections cut out.
fn without_data_count_and_custom(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::CustomSection(_) | Payload::DataCountSection { .. } = payload {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = wasm.get(range).context("a section ends behind the file")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// Copies a module, shortest encodings, without the exports nobody asks for and the zeros nobody needs.
struct Shrinker;

impl Reencode for Shrinker {
    type Error = std::convert::Infallible;

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for export in section {
            let export = export?;
            if EXPORTS.contains(&export.name) {
                self.parse_export(exports, export);
            }
        }
        Ok(())
    }

    fn parse_data(&mut self, section: &mut DataSection, datum: Data<'_>) -> Result<(), Error<Self::Error>> {
        if add_without_zeros(section, &datum) { Ok(()) } else { utils::parse_data(self, section, datum) }
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, MemorySection, MemoryType};
    use wasmparser::{DataKind, Operator};

    use super::*;

    /// `(module (memory (export "memory") 1) (func (export "user_entrypoint") (param i32) (result i32) local.get 0)
    /// (func (export "mark_used")) (data (i32.const 0) "x"))` with a name section, `DataCount` and padded numbers.
    fn linked() -> Vec<u8> {
        let section = |id: u8, body: &[u8]| [&[id, u8::try_from(body.len()).unwrap() | 0x80, 0x80, 0], body].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0]),
            section(3, &[2, 0x80, 0x80, 0x80, 0x80, 0, 1]),
            section(5, &[1, 0, 1]),
            section(7, b"\x03\x06memory\x02\x00\x0fuser_entrypoint\x00\x00\x09mark_used\x00\x01"),
            section(12, &[1]),
            section(10, &[2, 4, 0, 0x20, 0, 0x0b, 2, 0, 0x0b]),
            section(11, &[1, 0, 0x41, 0, 0x0b, 1, b'x']),
            section(0, b"\x04name\x00\x00"),
        ]
        .concat()
    }

    fn sections(wasm: &[u8]) -> Vec<u8> {
        Parser::new(0).parse_all(wasm).filter_map(|p| p.unwrap().as_section().map(|(id, _)| id)).collect()
    }

    #[test]
    fn custom_and_data_count_sections_go_and_the_others_stay() {
        let small = shrink(&linked()).unwrap();

        assert_eq!(sections(&small), [1, 3, 5, 7, 10, 11]);
    }

    #[test]
    fn numbers_take_their_shortest_form() {
        let small = shrink(&linked()).unwrap();

        assert!(small.windows(5).any(|w| w == [3, 3, 2, 0, 1]));
    }

    #[test]
    fn only_what_the_chain_asks_for_is_exported() {
        let small = shrink(&linked()).unwrap();

        let names: Vec<String> = Parser::new(0)
            .parse_all(&small)
            .filter_map(|p| match p.unwrap() {
                Payload::ExportSection(exports) => Some(exports.into_iter().map(|e| e.unwrap().name.to_owned())),
                _ => None,
            })
            .flatten()
            .collect();
        assert_eq!(names, EXPORTS);
    }

    #[test]
    fn what_is_left_of_the_data_lies_where_it_lay() {
        let data = [&b"ab"[..], &[0; 200], b"c\0"].concat();
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut datas = DataSection::new();
        datas.active(0, &ConstExpr::i32_const(16), data);
        let mut linked = Module::new();
        linked.section(&memories).section(&datas);

        let small = shrink(&linked.finish()).unwrap();

        let segments: Vec<(i64, Vec<u8>)> = Parser::new(0)
            .parse_all(&small)
            .filter_map(|p| match p.unwrap() {
                Payload::DataSection(datas) => Some(datas.into_iter().map(|datum| datum.unwrap())),
                _ => None,
            })
            .flatten()
            .map(|datum| (offset(&datum), datum.data.to_vec()))
            .collect();
        assert_eq!(segments, [(16, b"ab".to_vec()), (218, b"c".to_vec())]);
    }

    fn offset(datum: &Data<'_>) -> i64 {
        let DataKind::Active { offset_expr, .. } = &datum.kind else { panic!("an active segment") };
        match offset_expr.get_operators_reader().read().unwrap() {
            Operator::I32Const { value } => i64::from(value),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn shrinking_twice_changes_nothing_more() {
        let once = shrink(&linked()).unwrap();

        assert_eq!(shrink(&once).unwrap(), once);
    }

    #[test]
    fn a_truncated_file_is_an_error() {
        let wasm = linked();

        assert!(shrink(&wasm[..wasm.len() - 4]).is_err());
    }
}
