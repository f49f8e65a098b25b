//! What must be true, kept beside the contracts in plain maps: who staked what, what was served and booked, what was
//! credited and paid, whose MOR is where. It is fed by the calls that succeed and never asks the contracts.

mod rewards;
mod seen;
mod sessions;
mod stakes;
mod tokens;

pub(crate) use rewards::{Rewards, FRACTION};
pub(crate) use seen::{keeps, Seen};
pub(crate) use sessions::{Booked, Booking, Sessions};
pub(crate) use stakes::{Registration, Stakes};
pub(crate) use tokens::{Tokens, UNLIMITED};

use crate::calls::Setup;

/// All of it.
#[derive(Clone, Debug)]
pub(crate) struct Ghost {
    pub(crate) tokens: Tokens,
    pub(crate) stakes: Stakes,
    pub(crate) sessions: Sessions,
    pub(crate) rewards: Rewards,
    pub(crate) seen: Seen,
}

impl Ghost {
    pub(crate) fn new(setup: Setup) -> Self {
        Self {
            tokens: Tokens::default(),
            stakes: Stakes::new(setup),
            sessions: Sessions::new(setup.grace_days),
            rewards: Rewards::default(),
            seen: Seen::default(),
        }
    }
}
