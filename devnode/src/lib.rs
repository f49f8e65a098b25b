//! An Arbitrum-like chain in one process: EVM contracts run on revm, Stylus programs on wasmtime.

pub mod chain;
pub mod config;
pub mod node;
mod rpc;
pub mod stylus;
