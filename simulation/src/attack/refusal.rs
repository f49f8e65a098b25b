//! Why an attack cannot be priced.

use mrc53_console::show::{named_day, trimmed};
use mrc53_maths::{Day, U256};

/// What stands in the way, with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// At the beginning of the day the Compute pool has nothing that the marketplace pays sessions from.
    #[error("on day {} the Compute pool has no balance: its emission until then is {} MOR, {} are claimed", named_day(day.0), mor(*emitted), mor(*claimed))]
    NoBalance {
        /// The day.
        day: Day,
        /// What Compute had emitted by its beginning, MOR wei.
        emitted: u128,
        /// What providers had claimed, MOR wei.
        claimed: u128,
    },
    /// More MOR than there can be.
    #[error("on day {} sessions of {price} MOR wei a second need more stake than there can be", named_day(day.0))]
    TooDear {
        /// The day.
        day: Day,
        /// The price, MOR wei a second.
        price: u128,
    },
    /// All honest subnets stake more than was emitted.
    #[error("honest subnets cannot stake {} MOR: {} are emitted by the end of day {}", mor(*stake), mor(*all), named_day(day.0))]
    MoreThanThereIs {
        /// What they stake, MOR wei.
        stake: u128,
        /// What all five pools have emitted by the end of the day, MOR wei.
        all: u128,
        /// The last day.
        day: Day,
    },
    /// More sessions at once than a subnet of the simulator can have.
    #[error("that share takes {sessions} sessions at once: {most} can be")]
    TooManySessions {
        /// How many.
        sessions: u64,
        /// The most.
        most: u64,
    },
    /// Nobody hosts anything that counts.
    #[error("honest subnets host nothing that counts: there is no share to take")]
    NoUsage,
}

fn mor(wei: u128) -> String {
    trimmed(U256::from(wei))
}
