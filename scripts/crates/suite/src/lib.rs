//! The suite by name: which contracts there are, and what they are constructed with. Knows no other crate of the tool;
//! every crate may know it.

pub mod contract;
pub mod place;
pub mod terms;
