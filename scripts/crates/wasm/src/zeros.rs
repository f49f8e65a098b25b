//! Data segments without their zeros: memory is zero before a program starts.
//!
//! Every byte of a segment costs 0.75 gas on every call, also the zeros with which the compiler pads the names of
//! argument types to 256 bytes each. Cutting them out takes around 1,000 gas off a call of such a contract.

use std::ops::Range;

use wasm_encoder::{ConstExpr, DataSection};
use wasmparser::{Data, DataKind, Operator};

/// Zeros that are worth a segment of their own, whose header takes about 6 bytes.
///
/// A wasm file may have 128 segments; with this many zeros between any two, only more than 8 KiB could exceed that.
const WORTH_CUTTING: usize = 64;

/// Adds `datum` to `section` without its runs of zeros. Segments that overlap would change their meaning; a linker
/// makes none. Returns false, and adds nothing, if the segment is not placed in memory 0 at a constant.
pub(super) fn add_without_zeros(section: &mut DataSection, datum: &Data<'_>) -> bool {
    let Some(offset) = constant_offset(datum) else { return false };
    for part in parts(datum.data) {
        // No wasm file is long enough for the default.
        let at = offset.wrapping_add(i32::try_from(part.start).unwrap_or_default());
        section.active(0, &ConstExpr::i32_const(at), datum.data[part].iter().copied());
    }
    true
}

/// Where the segment begins, if that is memory 0 at a constant.
fn constant_offset(datum: &Data<'_>) -> Option<i32> {
    let DataKind::Active { memory_index: 0, offset_expr } = &datum.kind else { return None };
    let mut operators = offset_expr.get_operators_reader();
    match (operators.read().ok()?, operators.read().ok()?) {
        (Operator::I32Const { value }, Operator::End) => Some(value),
        _ => None,
    }
}

/// What of `data` has to be written: everything but long runs of zeros and the zeros at both ends.
fn parts(data: &[u8]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, _) in data.iter().enumerate().filter(|(_, byte)| **byte != 0) {
        match parts.last_mut() {
            Some(part) if at < part.end + WORTH_CUTTING => part.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begin and end of each part.
    fn kept(data: &[u8]) -> Vec<(usize, usize)> {
        parts(data).into_iter().map(|part| (part.start, part.end)).collect()
    }

    #[test]
    fn data_without_long_runs_of_zeros_stays_whole() {
        assert_eq!(kept(b"abc"), [(0, 3)]);
        assert_eq!(kept(&[&[1][..], &[0; WORTH_CUTTING - 1], &[2]].concat()), [(0, WORTH_CUTTING + 1)]);
    }

    #[test]
    fn a_long_run_of_zeros_is_cut_out() {
        let data = [&[1][..], &[0; WORTH_CUTTING], &[2, 3]].concat();

        assert_eq!(kept(&data), [(0, 1), (WORTH_CUTTING + 1, WORTH_CUTTING + 3)]);
    }

    #[test]
    fn zeros_at_the_ends_are_dropped() {
        assert_eq!(kept(&[0, 0, 7, 0, 8, 0]), [(2, 5)]);
        assert!(kept(&[0; 1_000]).is_empty());
        assert!(kept(&[]).is_empty());
    }
}
