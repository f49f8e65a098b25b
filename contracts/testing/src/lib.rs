//! What the contracts' unit tests share. Never part of a contract.

pub mod clock;
