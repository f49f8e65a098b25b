//! Credits, debts and payments.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_maths::{compute, Day};

use crate::{
    names::{Who, STAKERS, SUBNETS},
    world::{today, World},
};

impl World {
    /// Invariants 26 and 27 of both distributors.
    pub(super) fn check_totals(&self) {
        let rewards = &self.ghost.rewards;
        let emission = compute::emission_of_days(Day(0), Day(today()));
        for (distributor, (credited, paid), name) in
            [(&self.distributor, (rewards.credited, rewards.paid), "first"), (&self.wary, rewards.wary, "second")]
        {
            let call = distributor.sender(Who::Stranger.address());
            let found = &*call;
            assert_eq!(found.total_credited(), U256::from(credited), "credited by the {name} distributor");
            assert_eq!(found.total_paid(), U256::from(paid), "paid by the {name} distributor");
            assert!(credited <= emission, "invariant 26: {credited} credited of {emission}");
            assert!(paid <= credited, "invariant 27: {paid} paid of {credited}");
        }
    }

    /// Invariants 9 and 25: the operator is owed its part of each settled day, once; to the wei.
    pub(super) fn check_operator(&self, subnet: Who) {
        let found = self.distributor.sender(Who::Stranger.address()).operator_account(subnet.address()).motsu_res();
        let rewards = &self.ghost.rewards;
        let known = self.ghost.stakes.registrations.get(&subnet);
        let expected = known.map(|known| {
            let next = rewards.next.get(&subnet).copied().unwrap_or(0).max(known.day);
            (next, U256::from(rewards.operator(subnet)))
        });
        assert_eq!(found.ok(), expected, "first unsettled day and debt of {subnet:?}");
    }

    /// Invariants 10 and 12: paid and owed are the staker's part of the settled days but for a wei a claim, and nobody
    /// else's call changes them.
    pub(super) fn check_staker(&mut self, subnet: Who, staker: Who) {
        let view = self.distributor.sender(Who::Stranger.address());
        let (owed, complete) =
            view.staker_owed(subnet.address(), staker.address(), u32::MAX).motsu_res().expect("an honest alignment");
        assert!(complete, "all changes fit");
        let earned = self.ghost.rewards.staker(subnet, staker);
        let due = earned.paid + owed.to::<u128>();
        let (least, most) = earned.due();
        let of = format!("{staker:?} toward {subnet:?}");
        assert!((least..=most).contains(&due), "invariant 10: {of} is due {due}, not in [{least}, {most}]");

        let next = self.ghost.rewards.next.get(&subnet).copied().unwrap_or(0);
        if let Some((before, claims, settled)) =
            self.ghost.seen.due.insert((subnet, staker), (due, earned.claims, next))
        {
            if settled == next {
                let claims = u128::from(earned.claims - claims);
                let kept = due <= before && before - due <= claims;
                assert!(kept, "invariant 12: {of} was due {before} and after {claims} own claims {due}");
            }
        }
    }

    /// Invariant 6 for all subnets together, and 26 for each.
    pub(super) fn check_days(&self) {
        for ((subnet, day), credit) in &self.ghost.rewards.credits {
            assert!(*credit <= compute::emission_of(Day(*day)), "invariant 26: {subnet:?} on day {day}");
        }
        for (day, credits) in &self.ghost.rewards.days {
            if self.ghost.rewards.calculator_of(*day) != Who::LyingCalculator {
                assert!(*credits <= compute::emission_of(Day(*day)), "invariant 6: {credits} on day {day}");
            }
        }
    }

    /// Invariant 10: what is neither paid nor owed is dust, at most a wei for each claim and staker, and one for all
    /// the days that were rounded.
    pub(super) fn check_dust(&self) {
        let rewards = &self.ghost.rewards;
        let mut accounted = rewards.paid;
        for subnet in SUBNETS {
            accounted += rewards.operator(subnet);
            for staker in STAKERS {
                let view = self.distributor.sender(Who::Stranger.address());
                let owed = view.staker_owed(subnet.address(), staker.address(), u32::MAX).motsu_unwrap().0;
                accounted += owed.to::<u128>();
            }
        }
        let claims: u32 = rewards.stakers.values().map(|earned| earned.claims + 1).sum();
        assert!(accounted <= rewards.credited, "invariant 10: {accounted} of {}", rewards.credited);
        let dust = rewards.credited - accounted;
        assert!(dust <= u128::from(claims) + 1, "invariant 10: {dust} wei of dust after {claims} claims");
    }
}
