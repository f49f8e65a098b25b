//! Stylus: wasm programs on the chain. Activation, metering, execution, the 42 host functions.
//!
//! Everything here follows Nitro (`ArbOS` 60 by default, Stylus version 2): what activates, what it costs,
//! and what a program sees. The chain stands behind [`host::Host`].

pub mod activate;
mod cache;
pub mod code;
mod env;
mod hooks;
pub mod host;
pub mod hostios;
mod instrument;
mod lend;
mod module;
pub mod pages;
pub mod prices;
pub mod program;
mod rejection;
pub mod run;
mod sstore;

pub(crate) use instrument::depth::MAX_STACK_WORDS;
