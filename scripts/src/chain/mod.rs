//! The suite on a chain: speaking to a node, its clock, deployment, and what contracts answer.

pub mod client;
pub mod deploy;
pub mod suite;
pub mod travel;
