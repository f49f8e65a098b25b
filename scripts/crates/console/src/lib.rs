//! What every room of the tool stands on: what people type, what they see, why something failed, and the clone that they
//! stand in. Knows the maths and no other crate of the tool; every crate may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`addresses`] | addresses as people write them, read strictly |
//! | [`amounts`] | amounts and numbers as people write them, read strictly |
//! | [`days`] | UTC days as people write them, by date or number |
//! | [`files`] | files that people name, read or refused |
//! | [`show`] | how tables, days, shares and amounts are shown |
//! | [`progress`] | what the user sees while waiting |
//! | [`failure`] | bad input against failure, and the exit codes |
//! | [`workspace`] | where the clone is |
//! | [`copy`] | the clone in another folder |
//! | [`cargo_tool`] | tools that cargo installs |

pub mod addresses;
pub mod amounts;
pub mod cargo_tool;
pub mod copy;
pub mod days;
pub mod failure;
pub mod files;
pub mod progress;
pub mod show;
pub mod workspace;
