//! The packed words of the suite's ledgers, free of any SDK.
//!
//! Every word is 32 bytes, big-endian, most significant field first; each type's documentation shows its layout.
//! A contract loads a word, turns it into its type, works on plain integers with checked arithmetic and stores the
//! word back: one slot in, one slot out.
#![no_std]

#[cfg(test)]
extern crate std;

pub mod account;
mod bytes;
pub mod checkpoint;
pub mod growth;
pub mod history;
pub mod level;
pub mod minimum;
pub mod registration;
pub mod schedule;
pub mod session;
pub mod settings;
pub mod terms;
pub mod totals;
pub mod usage;
pub mod voided;
