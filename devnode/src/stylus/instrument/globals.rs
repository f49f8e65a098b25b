//! The globals that instrumentation adds, and the functions that it made to use them.

use wasmparser::Operator;

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
