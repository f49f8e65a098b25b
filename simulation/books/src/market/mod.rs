//! A market of subnets, day after day: what each hosts and stakes by its policies, and what the rule pays it.
//!
//! Exact in MOR wei, by the contracts' words for stake and their arithmetic for rewards. Sessions are recorded on the day
//! that they serve, or so many days later as the market says; what is later than the grace is lost. Nothing is kept of a
//! day that is over but sums, so a run of sixteen years needs no more memory than one of a week.
//!
//! | module | what lives there |
//! |---|---|
//! | [`agent`] | what subnets do: hosting, staking, fees |
//! | [`demand`] | what is asked for, day by day |
//! | [`subnet`] | one subnet: its stake, its day, its sums |
//! | [`run`] | the days |

pub mod agent;
pub mod demand;
pub mod run;
pub mod subnet;

use mrc53_maths::{Day, Weight};

use agent::Agent;
use demand::Demand;

/// What is simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    /// The first UTC day.
    pub from: Day,
    /// The UTC day after the last.
    pub to: Day,
    /// What the rule counts.
    pub weight: Weight,
    /// Stake that makes a day count if it is held all day long, MOR wei.
    pub min_subnet_stake: u128,
    /// How long a deposit locks, in seconds.
    pub lock_seconds: u64,
    /// Days for which a day stays open to records.
    pub grace_days: u32,
    /// How many days after a day its sessions are recorded.
    pub recorded_after_days: u32,
    /// What part of the Compute pool's emission is divided, of 10,000.
    pub emission_parts: u32,
    /// What is asked for.
    pub demand: Demand,
    /// Who takes part.
    pub agents: Vec<Agent>,
}

/// All of the emission, in the parts of [`Market::emission_parts`].
pub const ALL_PARTS: u32 = 10_000;

/// The most sessions that an agent or a day can have: all seconds of all days stay far below 2^64.
pub const MOST_SESSIONS: u64 = 1 << 32;
