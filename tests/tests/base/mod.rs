//! What counts sessions on Base (`contracts/solidity/SessionRecorder.sol`, `UsageBuckets.sol`), on the devnode's EVM: rule
//! by rule, and beside the Stylus recorder, whose rule it is. And what sends Base's roots on from Ethereum
//! (`RootRelay.sol`), with Arbitrum's real bridge and inbox. And the tool on all three chains.

pub(crate) mod artifacts;
mod batch;
mod booking;
mod buckets;
mod counting;
mod diamond_answers;
mod differential;
pub(crate) mod evm;
mod finality;
mod naming;
mod pipeline;
pub(crate) mod relay;
mod source;
mod views;
pub(crate) mod world;
