//! Stylus: wasm programs on the chain. Activation, metering, execution, the 42 host functions.
//!
//! Everything here follows Nitro (ArbOS 60 by default, Stylus version 2): what activates, what it costs,
//! and what a program sees. The chain stands behind [`host::Host`].

pub mod host;
