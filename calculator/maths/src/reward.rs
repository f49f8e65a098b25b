//! The daily block reward of a subnet: MRC-53's formula.
//!
//! ```text
//! reward(s, d) = min( E(d) · w(s,d) / W(d) ,  E(d) · σ(s,d) / max(C(d) · 86400, Σ(d)) )
//! ```
//!
//! The left side is the subnet's share of the work (MRC-53 step 1), the right side the cap by its stake (step 2: stake
//! as a share of everything emitted so far, or of everything staked once that is more). Both are a quantity integrated
//! over the day, and each is one multiplication and one floored division.

use crate::{mul_div::share_down, stake::stake_denominator};

/// What the reward of one subnet on one UTC day depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RewardInputs {
    /// `E(d)`: emission inside the day, MOR wei, < 2^72.
    pub emission: u128,
    /// `C(d)`: emission from launch to the end of the day, MOR wei, < 2^84.
    pub emitted: u128,
    /// `w(s,d)`: the subnet's session-seconds of the day, or its sessions (see [`crate::Weight`]).
    pub subnet_weight: u64,
    /// `W(d)`: the same of all eligible subnets.
    pub total_weight: u64,
    /// `σ(s,d)`: stake toward the subnet, integrated over the day, MOR wei · s, < 2^104.
    pub subnet_stake_seconds: u128,
    /// `Σ(d)`: all stake, integrated over the day, MOR wei · s, < 2^104.
    pub total_stake_seconds: u128,
}

/// Which side of the formula is the smaller one.
///
/// The discriminants are the `binds` of the contracts' ABI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Binds {
    /// Neither: both sides are equal.
    #[default]
    None = 0,
    /// The usage side is smaller: more sessions would earn more, more stake would not.
    Usage = 1,
    /// The stake side is smaller: more stake would earn more, more sessions would not.
    Stake = 2,
}

/// The reward of one subnet on one UTC day and where it comes from. All amounts in MOR wei, all rounded down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RewardBreakdown {
    /// `E(d)`, what all subnets share.
    pub emission: u128,
    /// The usage side: `floor(E · w / W)`; 0 on a day without sessions.
    pub usage_reward: u128,
    /// The stake side: `floor(E · σ / max(C · 86400, Σ))`; 0 without stake.
    pub stake_reward: u128,
    /// The smaller of the two sides, which the subnet is owed.
    pub payable: u128,
    /// Which side is the smaller one.
    pub binds: Binds,
}

/// The reward of a subnet on a day.
///
/// Neither side exceeds the emission, whatever the inputs; with `Σ w = W` and `Σ σ = Σ` the payable amounts of all
/// subnets add up to at most the emission (invariant 6), and splitting a subnet never raises its sum (invariant 7).
/// What is not paid is never redistributed.
///
/// Widths: `E · w` < 2^136 and `E · σ` < 2^176, both far inside the 256 bits in which they are taken.
#[must_use]
pub fn reward(inputs: &RewardInputs) -> RewardBreakdown {
    let usage_reward = share_down(inputs.emission, inputs.subnet_weight.into(), inputs.total_weight.into());
    let stake_reward = share_down(
        inputs.emission,
        inputs.subnet_stake_seconds,
        stake_denominator(inputs.emitted, inputs.total_stake_seconds),
    );
    let (payable, binds) = match usage_reward.cmp(&stake_reward) {
        core::cmp::Ordering::Less => (usage_reward, Binds::Usage),
        core::cmp::Ordering::Equal => (usage_reward, Binds::None),
        core::cmp::Ordering::Greater => (stake_reward, Binds::Stake),
    };
    RewardBreakdown { emission: inputs.emission, usage_reward, stake_reward, payable, binds }
}
