//! reward = min(E·w/W, E·σ/max(C·86400, Σ)), each side floored once.

use num_bigint::BigUint;
use num_traits::Zero;
use serde::Serialize;

use crate::time::{DAY_SECONDS, Day};
use crate::{emission, op::Weight, sessions::Usage};

/// Which side keeps a reward down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Binds {
    /// The usage side is lower.
    Usage,
    /// The stake side is lower.
    Stake,
    /// Both sides are equal.
    None,
}

/// A day's reward of a subnet and where it comes from, in MOR wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reward {
    /// E(d).
    pub emission: BigUint,
    /// C(d).
    pub emitted: BigUint,
    /// The subnet's share of the emission by usage.
    pub usage_reward: BigUint,
    /// The subnet's share of the emission by stake.
    pub stake_reward: BigUint,
    /// The lower of both.
    pub payable: BigUint,
    /// Which one that is.
    pub binds: Binds,
}

/// The reward of a subnet that has this usage and, of `total` stake-seconds, `own` on that day.
#[must_use]
pub fn reward(day: Day, weight: Weight, usage: &Usage, own: &BigUint, total: &BigUint) -> Reward {
    let emission = emission::emission(day);
    let emitted = emission::emitted(day);
    let (used, all_used) = match weight {
        Weight::Seconds => (usage.subnet_seconds, usage.total_seconds),
        Weight::Sessions => (usage.subnet_sessions, usage.total_sessions),
    };
    let usage_reward = share(&emission, &used.into(), &all_used.into());
    let stake_reward = share(&emission, own, total.max(&(&emitted * DAY_SECONDS)));
    let binds = match usage_reward.cmp(&stake_reward) {
        std::cmp::Ordering::Less => Binds::Usage,
        std::cmp::Ordering::Equal => Binds::None,
        std::cmp::Ordering::Greater => Binds::Stake,
    };
    let payable = usage_reward.clone().min(stake_reward.clone());
    Reward { emission, emitted, usage_reward, stake_reward, payable, binds }
}

/// floor(whole · part / all), 0 when there is nothing to share among.
fn share(whole: &BigUint, part: &BigUint, all: &BigUint) -> BigUint {
    if all.is_zero() { BigUint::zero() } else { whole * part / all }
}
