//! The four contracts together, on the real token: from sessions and stakes to payments, to the wei.
//!
//! Only the Diamond is a stand-in: it answers the sessions that a test hosts.

mod laws;
mod lifecycle;
mod replacing;
mod settlements;
mod staking;

#[path = "../suite_support/mod.rs"]
mod suite_support;

use alloy_primitives::{Address, U256};
use motsu::prelude::*;
use mrc53_testing::clock;
use reward_calculator::RewardCalculator;
use reward_distributor::RewardDistributor;

use suite_support::*;
