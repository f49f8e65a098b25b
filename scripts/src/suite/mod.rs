//! The suite itself: its contracts and terms.

pub mod contract;
pub mod terms;
