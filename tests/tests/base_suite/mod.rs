//! A suite whose sessions are on Base, put onto three devnodes by the tool: one each for Arbitrum, Base and Ethereum.

mod deploy;
mod deploy_input;
mod deploy_interrupted;
mod ground;
