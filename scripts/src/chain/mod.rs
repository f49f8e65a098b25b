//! The suite on a chain: speaking to a node, its clock, deployment, and what contracts answer.

pub mod answers;
pub mod client;
pub mod data_fee;
pub mod deploy;
pub mod diamond;
pub mod logs;
pub mod many;
pub mod schedule;
pub mod subnets;
pub mod suite;
pub mod time;
pub mod travel;
pub mod words;
