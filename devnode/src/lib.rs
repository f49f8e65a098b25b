#![doc = include_str!("../README.md")]

pub mod chain;
pub mod config;
pub mod node;
mod rpc;
mod state_file;
pub mod stylus;
