//! The arithmetic of MRC-53, and nothing else: no storage, no calls, no allocation, no SDK.
//!
//! The contracts run it as wasm, the tools and tests run it natively; there is one implementation of every number.
//! Every function is total: it accepts any value of its argument types and cannot panic. Where a result is exact
//! only inside stated bounds, the bounds are those of the table, and what happens outside them is stated too.
//!
//! | quantity | unit | bound | why |
//! |---|---|---|---|
//! | `E(d)`, any reward | MOR wei | < 2^72 | 3456e18 < 2^72 |
//! | `C(d)` | MOR wei | < 2^84 | 10,080,000e18 < 2^84 |
//! | stake | MOR wei | < 2^87 | what `StakeAlignment` accepts in total |
//! | `w`, `W` | seconds, or sessions | < 2^64 | the buckets' types |
//! | `σ`, `Σ` | MOR wei · s | < 2^104 | 2^87 · 86400 |
//! | `C(d)·86400` | MOR wei · s | < 2^101 | 2^84 · 2^17 |
//! | fee | 1e-25 | ≤ 1e25 < 2^84 | [`FEE_PRECISION`] |
//!
//! Amounts are `u128`. A product of two of them is below 2^256 by its type, so it is taken in 256 bits, exactly,
//! and divided once: nothing is rounded before the one division that a rule asks for.
//!
//! ```
//! use mrc53_maths::{compute, reward, Binds, Day, RewardInputs};
//!
//! // MRC-53's own example: 10,000 of 100,000 session-seconds and 120,000 MOR on 2025-02-21.
//! let day = Day(20_140);
//! let breakdown = reward(&RewardInputs {
//!     emission: compute::emission_of(day),
//!     emitted: compute::emitted_by_end_of(day),
//!     subnet_weight: 10_000,
//!     total_weight: 100_000,
//!     subnet_stake_seconds: 120_000 * 10_u128.pow(18) * 86_400,
//!     total_stake_seconds: 1_200_000 * 10_u128.pow(18) * 86_400,
//! });
//! assert_eq!(breakdown.payable, 305_601_083_255_596_990_795);
//! assert_eq!(breakdown.binds, Binds::Stake);
//! ```
#![no_std]
#![forbid(unsafe_code)]

mod accumulator;
pub mod compute;
mod day;
mod emission;
mod mul_div;
mod reward;
mod split;
mod stake;
mod weight;

pub use accumulator::{increment, Accrual};
pub use compute::COMPUTE;
pub use day::{Day, SECONDS_PER_DAY};
pub use emission::EmissionSchedule;
pub use mul_div::{mul_div_down, share_down, U256};
pub use reward::{reward, Binds, RewardBreakdown, RewardInputs};
pub use split::{split, Split, FEE_PRECISION};
pub use stake::{apr, credit_bound, required_stake, APR_PRECISION};
pub use weight::Weight;
