//! The machine: contracts on revm, programs on wasmi, and each calling the other.
//!
//! The three files below know each other, and nothing else knows them: a frame of the EVM runs a program, the program
//! asks its host for a call, and the call is a frame again. That recursion stays in this folder.

mod evm;
mod frame;
mod stylus_host;

pub(super) use evm::NitroEvm;
