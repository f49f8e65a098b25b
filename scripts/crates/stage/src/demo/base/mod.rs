//! The same scenario where sessions are on Base: three chains, usage counted on Base, its root relayed from Ethereum,
//! proven on Arbitrum, and settled there as soon as it is final. Everything else happens when and where it did.

mod agenda;
mod arrival;
mod artifacts;
mod bindings;
mod chains;
mod clock;
mod company;
mod ethereum;
mod finality;
mod market;
mod pipeline;
mod play;
mod report;
mod table;

pub use chains::{Chains, connect};
pub use play::play;
pub use report::{BaseReport, Step};
pub use table::table;
