#![doc = include_str!("../README.md")]

pub mod chain;
pub mod config;
mod handle;
pub mod node;
mod rpc;
mod state_file;
pub mod stylus;
