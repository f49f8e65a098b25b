//! The suite rehearsed: chains whose clocks are set by hand, the contracts deployed there, and scenarios played on them.
//! Knows `mrc53-base`, `mrc53-wasm`, `mrc53-node`, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; only the command line
//! and the end-to-end tests know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`chain`] | a node, and the keys that are sent with |
//! | [`travel`] | its clock, set by hand |
//! | [`deploy`] | a contract onto it |
//! | [`suite`] | the four contracts together |
//! | [`scenario`] | what happens in a demo: format, names |
//! | [`demo`] | a scenario played, on one chain or on three, and its report |

pub mod chain;
pub mod demo;
pub mod deploy;
pub mod scenario;
pub mod suite;
pub mod travel;
