//! The suite on a chain: speaking to a node, its clock, deployment, and what contracts answer.

pub mod abi;
pub mod client;
pub mod deploy;
pub mod diamond;
pub mod logs;
pub mod many;
pub mod refusal;
pub mod schedule;
pub mod subnets;
pub mod suite;
pub mod terms;
pub mod time;
pub mod words;
