//! What subnet operators and stakers sign: a subnet registered, its receiver and fee set, MOR staked and withdrawn.
//!
//! | module | what lives there |
//! |---|---|
//! | [`fee`] | a fee as people write it, with its percent sign |
//! | [`act`] | what there is to be done, and what has to be known before it is |
//! | [`state`] | how a subnet and an account stand |
//! | [`operator`] | who may act for a subnet |
//! | [`plan`] | an act on the chain as it is: tried there, or refused in words |
//! | [`refusal`] | what `StakeAlignment` refuses, in sentences |
//! | [`carry_out`] | the transactions of a plan |
//! | [`report`] | what was sent and how everything stands then, for people and as JSON |
//!
//! A fee can never rise again and a stake is locked, so nothing is sent that looks like a mistake of units, and what
//! cannot be undone is said before it is sent.

pub mod act;
pub mod carry_out;
pub mod fee;
pub mod operator;
pub mod plan;
pub mod refusal;
pub mod report;
pub mod state;
