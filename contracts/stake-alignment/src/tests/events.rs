//! The events, with the times of their blocks, rebuild the whole storage without a call: random histories are played,
//! rebuilt by somebody who has only read the events, and compared word by word.

use alloy_primitives::{keccak256, LogData, B256};
use alloy_sol_types::SolEvent;
use mrc53_ledger::{
    checkpoint::Checkpoint,
    level::Level,
    minimum::{DatedMinimum, Minimum},
    registration::Registration,
    settings::Settings,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

use super::{slots::entry, *};
use crate::{
    FeeSet, MinSubnetStakeScheduled, OwnershipTransferStarted, OwnershipTransferred, ReceiverSet, Staked,
    StakingPausedSet, SubnetRegistered, Withdrawn,
};

const SUBNETS: [Address; 2] = [SUBNET, OTHER_SUBNET];
const STAKERS: [Address; 2] = [ALICE, BOB];

/// What is heard of one level: every change with its second, and the mark.
#[derive(Debug, Default)]
struct Heard {
    changes: Vec<(u64, i128)>,
    mark: u32,
}

impl Heard {
    /// The balance at the end of `day`, and the integral of the balance over it.
    fn checkpoint(&self, day: u32) -> Checkpoint {
        let (start, end) = (start_of(day), start_of(day + 1));
        let before_end = self.changes.iter().filter(|(at, _)| *at < end);
        let (balance, stake_seconds) = before_end.fold((0, 0), |(balance, seconds), (at, change)| {
            (balance + change, seconds + change * i128::from(end - at.max(&start)))
        });
        let unsigned = |sum: i128| u128::try_from(sum).expect("never negative");
        Checkpoint { balance: unsigned(balance), stake_seconds: unsigned(stake_seconds), day: day as u16 }
    }

    /// One for each day with a change, oldest first.
    fn checkpoints(&self) -> Vec<Checkpoint> {
        let mut days: Vec<_> = self.changes.iter().map(|(at, _)| (at / SECONDS_PER_DAY) as u32).collect();
        days.dedup();
        days.into_iter().map(|day| self.checkpoint(day)).collect()
    }
}

/// What somebody knows who has only read the events.
#[derive(Debug, Default)]
struct Rebuilt {
    registrations: BTreeMap<Address, Registration>,
    levels: BTreeMap<B256, Heard>,
    /// Every minimum with the day of its announcement, or none for the first, and its own first day.
    minima: Vec<(u128, Option<u32>, u32)>,
    owners: [Address; 2],
    paused: bool,
}

impl Rebuilt {
    fn of(world: &World, times: &[u64]) -> Self {
        let mut rebuilt = Self::default();
        for (time, log) in times.iter().zip(world.alignment.all_events()) {
            rebuilt.hear(*time, &log);
        }
        rebuilt
    }

    fn hear(&mut self, at: u64, log: &LogData) {
        if let Ok(event) = SubnetRegistered::decode_log_data(log, true) {
            let registration = Registration { receiver: event.receiver.into_array(), fee: event.fee.to() };
            self.registrations.insert(event.subnet, registration);
            self.levels.entry(event.subnet.into_word()).or_default().mark = event.day;
        } else if let Ok(event) = ReceiverSet::decode_log_data(log, true) {
            self.registrations.entry(event.subnet).or_default().receiver = event.receiver.into_array();
        } else if let Ok(event) = FeeSet::decode_log_data(log, true) {
            self.registrations.entry(event.subnet).or_default().fee = event.fee.to();
        } else if let Ok(event) = Staked::decode_log_data(log, true) {
            self.change(at, event.subnet, event.staker, event.amount.to());
            let mark = u32::try_from(event.unlockAt - LOCK).expect("seconds of this century");
            self.levels.entry(staker_level(event.subnet, event.staker)).or_default().mark = mark;
        } else if let Ok(event) = Withdrawn::decode_log_data(log, true) {
            self.change(at, event.subnet, event.staker, -event.amount.to::<i128>());
        } else if let Ok(event) = MinSubnetStakeScheduled::decode_log_data(log, true) {
            let announced = (!self.minima.is_empty()).then_some((at / SECONDS_PER_DAY) as u32);
            self.minima.push((event.amount.to(), announced, event.fromDay));
        } else if let Ok(event) = StakingPausedSet::decode_log_data(log, true) {
            self.paused = event.paused;
        } else if let Ok(event) = OwnershipTransferStarted::decode_log_data(log, true) {
            self.owners[1] = event.newOwner;
        } else {
            let event = OwnershipTransferred::decode_log_data(log, true).expect("an event of the contract");
            self.owners = [event.newOwner, Address::ZERO];
        }
    }

    fn change(&mut self, at: u64, subnet: Address, staker: Address, change: i128) {
        for level in [staker_level(subnet, staker), subnet.into_word(), B256::repeat_byte(0xff)] {
            self.levels.entry(level).or_default().changes.push((at, change));
        }
    }

    /// The minimum's word and its history: those whose day came before the next was announced, and the last.
    fn minima(&self) -> (Minimum, Vec<DatedMinimum>) {
        let replaced = self.minima.iter().skip(1).map(|(_, announced, _)| *announced).chain([None]);
        let kept = self.minima.iter().zip(replaced).filter(|((_, _, from), by)| by.is_none_or(|by| *from <= by));
        let dated =
            |(amount, _, from): &(u128, Option<u32>, u32)| DatedMinimum { amount: *amount, from_day: *from as u16 };
        let mut held: Vec<_> = kept.map(|(minimum, _)| dated(minimum)).collect();
        let next = if self.minima.len() > 1 { held.pop() } else { None }.unwrap_or_default();
        let present = held.pop().expect("the constructor's");
        let minimum = Minimum {
            amount: present.amount,
            since_day: present.from_day,
            next_amount: next.amount,
            next_day: next.from_day,
            history_len: held.len() as u16,
        };
        (minimum, held)
    }

    /// Every word of storage that is not zero, by its slot.
    fn storage(&self, token: Address) -> BTreeMap<U256, [u8; 32]> {
        let number = |number: usize| U256::from(number);
        let numbered = |at: usize| B256::from(U256::from(at));
        let mut words = BTreeMap::new();
        let settings = Settings { token: token.into_array(), lock_seconds: LOCK as u32, staking_paused: self.paused };
        words.insert(number(0), settings.to_bytes());
        let (minimum, past) = self.minima();
        words.insert(number(1), minimum.to_bytes());
        words.extend(past.iter().enumerate().map(|(at, past)| (entry(numbered(at), number(5)), past.to_bytes())));
        for (subnet, registration) in &self.registrations {
            words.insert(entry(subnet.into_word(), number(2)), registration.to_bytes());
        }
        for (name, heard) in &self.levels {
            let mut past = heard.checkpoints();
            let checkpoint = past.pop().unwrap_or_default();
            let level = Level { checkpoint, history_len: past.len() as u16, mark: heard.mark };
            words.insert(entry(*name, number(3)), level.to_bytes());
            let history = entry(*name, number(4));
            words.extend(past.iter().enumerate().map(|(at, past)| (entry(numbered(at), history), past.to_bytes())));
        }
        words.extend([6, 7].into_iter().zip(self.owners).map(|(slot, owner)| (number(slot), owner.into_word().0)));
        words.retain(|_, word| *word != [0; 32]);
        words
    }
}

fn staker_level(subnet: Address, staker: Address) -> B256 {
    keccak256([subnet.into_word().0, staker.into_word().0].concat())
}

/// Something that an event tells of.
#[derive(Clone, Copy, Debug)]
enum Step {
    Stake(usize, usize, u128),
    Withdraw(usize, usize, u128),
    Receiver(usize),
    LowerFee(usize),
    Pause(bool),
    Minimum(u128),
    HandOver,
}

fn step() -> impl Strategy<Value = Step> {
    let (subnet, staker) = (0..SUBNETS.len(), 0..STAKERS.len());
    prop_oneof![
        5 => (subnet.clone(), staker.clone(), 1..MOR).prop_map(|(subnet, staker, wei)| Step::Stake(subnet, staker, wei)),
        4 => (subnet.clone(), staker, 1..MOR).prop_map(|(subnet, staker, wei)| Step::Withdraw(subnet, staker, wei)),
        1 => subnet.clone().prop_map(Step::Receiver),
        1 => subnet.prop_map(Step::LowerFee),
        1 => any::<bool>().prop_map(Step::Pause),
        3 => (0..3 * MOR).prop_map(Step::Minimum),
        1 => Just(Step::HandOver),
    ]
}

/// Carries out a step as far as the rules allow it.
fn act(world: &World, now: u64, step: Step) {
    let owner = world.alignment.sender(BOB).owner();
    let heir = if owner == OWNER { RECEIVER } else { OWNER };
    match step {
        Step::Stake(..) if world.alignment.sender(BOB).staking_paused() => {}
        Step::Stake(subnet, staker, wei) => world.stake(SUBNETS[subnet], STAKERS[staker], wei),
        Step::Withdraw(subnet, staker, wei) => {
            let (subnet, staker) = (SUBNETS[subnet], STAKERS[staker]);
            let wei = wei.min(world.balance(subnet, staker));
            if wei > 0 && world.unlock_at(subnet, staker) <= now {
                world.withdraw(subnet, staker, wei);
            }
        }
        Step::Receiver(subnet) => {
            let subnet = SUBNETS[subnet];
            world.alignment.sender(subnet).set_receiver(subnet, ALICE).motsu_unwrap();
        }
        Step::LowerFee(subnet) => {
            let subnet = SUBNETS[subnet];
            let fee = world.alignment.sender(BOB).subnet(subnet).expect("registered").1;
            world.alignment.sender(subnet).set_fee(subnet, fee / U256::from(2)).motsu_unwrap();
        }
        Step::Pause(true) => world.alignment.sender(owner).pause_staking().motsu_unwrap(),
        Step::Pause(false) => world.alignment.sender(owner).unpause_staking().motsu_unwrap(),
        Step::Minimum(wei) => world.alignment.sender(owner).set_min_subnet_stake(U256::from(wei)).motsu_unwrap(),
        Step::HandOver if world.alignment.sender(BOB).pending_owner().is_zero() => {
            world.alignment.sender(owner).transfer_ownership(heir).motsu_unwrap();
        }
        Step::HandOver => world.alignment.sender(heir).accept_ownership().motsu_unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn events_and_the_times_of_their_blocks_rebuild_the_storage(
        steps in prop::collection::vec((prop_oneof![0..40_000_u64, 40_000..800_000_u64], step()), 1..60),
    ) {
        let world = World::new();
        for subnet in SUBNETS {
            world.register(subnet);
        }
        let (mut now, mut times) = (NOON, vec![NOON; world.alignment.all_events().len()]);
        for (pause, step) in steps {
            now += pause;
            clock::set(now);
            act(&world, now, step);
            times.resize(world.alignment.all_events().len(), now);
        }

        let rebuilt = Rebuilt::of(&world, &times).storage(world.mor.address());

        for (slot, word) in &rebuilt {
            let stored = world.alignment.sender(BOB).vm().storage_load_bytes32(*slot).0;
            prop_assert_eq!(stored, *word, "slot {}", slot);
        }
    }
}
