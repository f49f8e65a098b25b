//! A suite whose sessions are on Base, put onto three devnodes by the tool: one each for Arbitrum, Base and Ethereum; and
//! what is recorded there.

mod deploy;
mod deploy_input;
mod deploy_interrupted;
mod ground;
mod naming;
mod record;
mod record_trouble;
mod served;
