//! An Arbitrum-like chain in one process: EVM contracts run on revm, Stylus programs on wasmtime.

pub mod stylus;
