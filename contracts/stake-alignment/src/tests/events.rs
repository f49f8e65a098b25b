//! The events, with the times of their blocks, rebuild the whole state without a call.

use alloy_primitives::LogData;
use alloy_sol_types::SolEvent;
use std::collections::BTreeMap;

use super::*;
use crate::{
    FeeSet, MinSubnetStakeScheduled, OwnershipTransferStarted, OwnershipTransferred, ReceiverSet, Staked,
    StakingPausedSet, SubnetRegistered, Withdrawn,
};

/// What somebody knows who has only read the events.
#[derive(Debug, Default, PartialEq)]
struct Rebuilt {
    subnets: BTreeMap<Address, (Address, U256, u32)>,
    stakes: BTreeMap<(Address, Address), (u128, u64)>,
    /// Stake-seconds of all stake by day, from the second of each change.
    added: BTreeMap<u64, i128>,
    minimum: Vec<(U256, u32)>,
    owners: (Address, Address),
    paused: bool,
}

impl Rebuilt {
    fn hear(&mut self, at: u64, log: &LogData) {
        if let Ok(event) = SubnetRegistered::decode_log_data(log, true) {
            self.subnets.insert(event.subnet, (event.receiver, event.fee, event.day));
        } else if let Ok(event) = ReceiverSet::decode_log_data(log, true) {
            self.subnets.entry(event.subnet).or_default().0 = event.receiver;
        } else if let Ok(event) = FeeSet::decode_log_data(log, true) {
            self.subnets.entry(event.subnet).or_default().1 = event.fee;
        } else if let Ok(event) = Staked::decode_log_data(log, true) {
            let stake = self.stakes.entry((event.subnet, event.staker)).or_default();
            *stake = (stake.0 + event.amount.to::<u128>(), event.unlockAt);
            *self.added.entry(at).or_default() += event.amount.to::<i128>();
        } else if let Ok(event) = Withdrawn::decode_log_data(log, true) {
            self.stakes.entry((event.subnet, event.staker)).or_default().0 -= event.amount.to::<u128>();
            *self.added.entry(at).or_default() -= event.amount.to::<i128>();
        } else if let Ok(event) = MinSubnetStakeScheduled::decode_log_data(log, true) {
            self.minimum.retain(|(_, from_day)| *from_day < event.fromDay);
            self.minimum.push((event.amount, event.fromDay));
        } else if let Ok(event) = StakingPausedSet::decode_log_data(log, true) {
            self.paused = event.paused;
        } else if let Ok(event) = OwnershipTransferStarted::decode_log_data(log, true) {
            self.owners.1 = event.newOwner;
        } else {
            let event = OwnershipTransferred::decode_log_data(log, true).expect("an event of the contract");
            self.owners = (event.newOwner, Address::ZERO);
        }
    }

    fn total_on(&self, day: u32) -> u128 {
        let seconds = |at: u64| i128::from(start_of(day + 1).saturating_sub(at.max(start_of(day))));
        self.added.iter().map(|(at, change)| change * seconds(*at)).sum::<i128>().try_into().expect("never negative")
    }
}

#[test]
fn events_and_the_times_of_their_blocks_rebuild_the_state() {
    let world = World::new();
    let mut times = vec![NOON; world.alignment.all_events().len()];
    let mut at = |time: u64, act: &dyn Fn(&World)| {
        clock::set(time);
        act(&world);
        times.resize(world.alignment.all_events().len(), time);
    };
    at(NOON, &|w| w.register(SUBNET));
    at(NOON + 10, &|w| w.register(OTHER_SUBNET));
    at(NOON + 20, &|w| w.stake(SUBNET, ALICE, 5 * MOR));
    at(NOON + 30, &|w| w.stake(OTHER_SUBNET, BOB, 3 * MOR));
    at(NOON + LOCK + 40, &|w| w.withdraw(SUBNET, ALICE, 2 * MOR));
    at(NOON + LOCK + 50, &|w| w.alignment.sender(SUBNET).set_fee(SUBNET, U256::from(1)).motsu_unwrap());
    at(NOON + LOCK + 60, &|w| w.alignment.sender(SUBNET).set_receiver(SUBNET, BOB).motsu_unwrap());
    at(NOON + LOCK + 70, &|w| w.alignment.sender(OWNER).pause_staking().motsu_unwrap());
    at(NOON + LOCK + 80, &|w| w.alignment.sender(OWNER).set_min_subnet_stake(U256::from(MOR)).motsu_unwrap());
    at(NOON + LOCK + 90, &|w| w.alignment.sender(OWNER).transfer_ownership(ALICE).motsu_unwrap());
    at(NOON + LOCK + 99, &|w| w.alignment.sender(ALICE).accept_ownership().motsu_unwrap());

    let mut rebuilt = Rebuilt::default();
    for (time, log) in times.iter().zip(world.alignment.all_events()) {
        rebuilt.hear(*time, &log);
    }

    let view = world.alignment.sender(BOB);
    for (subnet, terms) in &rebuilt.subnets {
        assert_eq!(view.subnet(*subnet), Ok(*terms));
    }
    for ((subnet, staker), stake) in &rebuilt.stakes {
        assert_eq!(view.stake_of(*subnet, *staker), *stake);
    }
    assert_eq!(rebuilt.stakes.values().map(|(balance, _)| balance).sum::<u128>(), view.total_stake());
    for day in DAY - 1..DAY + 10 {
        assert_eq!(rebuilt.total_on(day), world.stake_seconds(SUBNET, day).1, "day {day}");
    }
    assert_eq!(rebuilt.minimum, [(U256::from(MINIMUM), DAY), (U256::from(MOR), DAY + 8)]);
    assert_eq!(rebuilt.owners, (view.owner(), view.pending_owner()));
    assert_eq!(rebuilt.paused, view.staking_paused());
}
