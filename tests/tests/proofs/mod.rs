//! Usage that is proven from Base, in wasm: `UsageProofs` beside a whole suite on the devnode. Base is made of tries here;
//! with chains for Base and Ethereum it is played elsewhere.

pub(crate) mod base;
mod paying;
mod refusing;
pub(crate) mod stand;
