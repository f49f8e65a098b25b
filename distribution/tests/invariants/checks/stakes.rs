//! Stake and stake-seconds.

use crate::{
    ghost::keeps,
    names::{Who, STAKERS, SUBNETS},
    world::{today, World},
};
use alloy_primitives::U256;

impl World {
    /// Invariant 2 at this instant, and 20 and 21: every stake, lock and fee is what its own stakers and operator made
    /// it.
    pub(super) fn check_stakes(&self) {
        let call = self.alignment.sender(Who::Stranger.address());
        let (alignment, stakes) = (&*call, &self.ghost.stakes);
        let mut total = 0;
        for subnet in SUBNETS {
            let mut of_subnet = 0;
            for staker in STAKERS {
                let found = alignment.stake_of(subnet.address(), staker.address());
                let expected = (stakes.of(subnet, staker), stakes.unlock_at(subnet, staker));
                assert_eq!(found, expected, "stake and lock of {staker:?} toward {subnet:?}");
                of_subnet += found.0;
            }
            assert_eq!(alignment.subnet_stake(subnet.address()), of_subnet, "invariant 2: {subnet:?}");
            total += of_subnet;

            let registered = alignment.subnet(subnet.address()).ok();
            let known = stakes.registrations.get(&subnet);
            let known = known.map(|known| (known.receiver.address(), U256::from(known.fee), known.day));
            assert_eq!(registered, known, "receiver, fee and day of {subnet:?}");
            let eligible = stakes.is_eligible(subnet, today());
            assert_eq!(alignment.is_eligible(subnet.address()), eligible, "whether {subnet:?} is eligible");
            for day in today() - 2..=today() {
                self.check_eligible_day(subnet, day);
            }
        }
        assert_eq!(alignment.total_stake(), total, "invariant 2: all stake");
        assert_eq!(alignment.staking_paused(), stakes.paused);
        assert_eq!(alignment.owner(), stakes.owner.address());
    }

    /// Whether a day, which is today or before, counts: as it ever did, once it is over.
    pub(super) fn check_eligible_day(&self, subnet: Who, day: u32) {
        let call = self.alignment.sender(Who::Stranger.address());
        let bits = call.eligible_days(subnet.address(), day, day + 1).expect("one day");
        let expected = self.ghost.stakes.is_eligible_on(subnet, day);
        assert_eq!(bits, U256::from(u8::from(expected)), "whether day {day} counts for {subnet:?}");
    }

    /// Invariants 2 and 18 for the stake-seconds of a day, which is today or before; of a day before, also 19.
    pub(super) fn check_stake_seconds(&mut self, subnet: Who, day: u32) {
        let call = self.alignment.sender(Who::Stranger.address());
        let alignment = &*call;
        self.check_eligible_day(subnet, day);
        let mut total = 0;
        for of in SUBNETS {
            let days = alignment.stake_seconds(of.address(), day, day + 1).expect("one day");
            let found = days.into_iter().next().expect("one day");
            total += found.subnetStakeSeconds;
            if of != subnet {
                continue;
            }
            let mut sum = 0;
            for staker in STAKERS {
                let own = alignment.staker_stake_seconds(of.address(), staker.address(), day);
                sum += own;
                let integral = self.ghost.stakes.stake_seconds(of, staker, day);
                assert_eq!(own, integral, "invariant 18: {staker:?} toward {of:?} on day {day}");
                if day < today() {
                    let seen = &mut self.ghost.seen.stakers;
                    keeps(seen, (of, staker, day), own, "invariant 19: a staker's past day");
                }
            }
            assert_eq!(found.subnetStakeSeconds, sum, "invariant 2: stake-seconds of {of:?} on day {day}");
            if day < today() {
                keeps(&mut self.ghost.seen.stakes, (of, day), found, "invariant 19: a past day");
            }
        }
        let all = alignment.stake_seconds(subnet.address(), day, day + 1).expect("one day");
        assert_eq!(all[0].totalStakeSeconds, total, "invariant 2: all stake-seconds of day {day}");
    }
}
