//! The invariants, by their numbers in `docs/properties.md`, asked of the contracts and held against the ghost.
//!
//! After each call most are asked in full, and those over all pairs or all days of one pair and day, another one each
//! time. At the end of a history everything is asked of everybody and every day, and then every subnet must be able to
//! go on.

mod liveness;
mod rewards;
mod stakes;
mod tokens;
mod usage;

use crate::{
    names::{STAKERS, SUBNETS},
    world::{today, World},
};

impl World {
    /// What holds after call number `number`.
    pub(crate) fn check(&mut self, number: usize) {
        // Spreads the numbers over what there is, without a pattern that the calls could share.
        let pick = number.wrapping_mul(2_654_435_761) >> 7;
        let (subnet, staker) = (SUBNETS[pick % 3], STAKERS[pick / 3 % 4]);
        let yesterday = today() - 1;
        let past = yesterday - (pick / 12 % 30) as u32;
        self.check_balances();
        self.check_stakes();
        for day in [today(), yesterday, past] {
            self.check_stake_seconds(subnet, day);
            self.check_usage(day);
        }
        self.check_totals();
        self.check_operator(subnet);
        self.check_staker(subnet, staker);
    }

    /// What holds at the end of a history.
    pub(crate) fn check_all(&mut self) {
        let days: Vec<_> = self.ghost.seen.stakes.keys().map(|(_, day)| *day).collect();
        let used = self.ghost.sessions.days();
        for subnet in SUBNETS {
            for day in &days {
                self.check_stake_seconds(subnet, *day);
            }
            self.check_operator(subnet);
            for staker in STAKERS {
                self.check_staker(subnet, staker);
            }
        }
        for day in used {
            self.check_usage(day);
        }
        self.check_sessions();
        self.check_days();
        self.check_dust();
    }
}
