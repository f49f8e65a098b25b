//! How a subnet's reward is divided between its operator and its stakers.

use crate::mul_div::share_down;

/// 100 % of a subnet's fee: the `PRECISION` of the Morpheus Builders contracts.
pub const FEE_PRECISION: u128 = 10_u128.pow(25);

/// The two parts of a reward, in MOR wei. They add up to it exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// What the operator gets: the fee, and the fraction of a wei that the stakers' part is rounded down by.
    pub operator: u128,
    /// What the stakers share: `floor(reward · (1e25 − fee) / 1e25)`.
    pub stakers: u128,
}

/// Divides `reward` (MOR wei) at a fee of `fee / 1e25`.
///
/// A fee of 0 leaves all to the stakers, one of 1e25 or more all to the operator. Widths: `reward · 1e25` < 2^156.
#[must_use]
pub fn split(reward: u128, fee: u128) -> Split {
    let stakers = share_down(reward, FEE_PRECISION.saturating_sub(fee), FEE_PRECISION);
    Split { operator: reward - stakers, stakers }
}
