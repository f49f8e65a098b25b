//! The chain, its programs and its RPC, as they are used: one program, so that the engines are linked once. What
//! measures its own memory, `endurance`, is another.

mod arb_views;
mod arb_wasm;
mod deploying;
mod evm_and_programs;
mod hostios;
mod memory_host;
mod nitro_execution;
mod rpc_basics;
mod rpc_calls;
mod rpc_chain;
mod rpc_dev;
mod rpc_wire;
mod stylus_activation;
mod stylus_behaviour;
mod stylus_execution;
mod stylus_fuzz;
mod stylus_prices;
mod stylus_rules;
mod support;
