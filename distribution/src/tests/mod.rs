//! Unit tests against stand-ins for the contracts that are asked, one file per rule, and the world they share.

use alloc::vec::Vec;

use alloy_primitives::{address, Address, U256};
use alloy_sol_types::SolEvent;
use motsu::prelude::*;
use mrc53_testing::{clock, Mor};
use openzeppelin_stylus::token::erc20::IErc20;
use stylus_sdk::prelude::*;

use crate::*;

mod calculators;
mod claiming;
mod claiming_stake;
mod clamping;
mod constructing;
mod encoding;
mod hostile_token;
mod laws;
mod owning;
mod passing;
mod settling;
mod slots;
mod stand_ins;
mod voiding;

use stand_ins::{rewards_of, stakes, AlignmentStandIn, CalculatorStandIn, Change};

/// 2025-02-21, the day of the proposal's example. 120,000 MOR can earn 305.60 MOR on it.
const DAY: u32 = 20_140;
const SECONDS_PER_DAY: u64 = 86_400;
/// One MOR in wei.
const MOR: u128 = 1_000_000_000_000_000_000;
/// 100 % as a fee.
const WHOLE: u128 = 10_000_000_000_000_000_000_000_000;

const OWNER: Address = address!("0000000000000000000000000000000000000111");
const POOL: Address = address!("9001000000000000000000000000000000000001");
const SUBNET: Address = address!("5000000000000000000000000000000000000001");
const RECEIVER: Address = address!("4000000000000000000000000000000000000001");
const ALICE: Address = address!("a000000000000000000000000000000000000001");
const BOB: Address = address!("b000000000000000000000000000000000000001");
const ANYONE: Address = address!("c000000000000000000000000000000000000001");

/// A distributor with a funded pool, on the midnight ten days after [`DAY`] with all of these ten days final.
/// [`SUBNET`] is registered since [`DAY`] at a fee of 20 %; the calculator pays it 100 MOR a day.
struct World {
    distributor: Contract<RewardDistributor>,
    calculator: Contract<CalculatorStandIn>,
    alignment: Contract<AlignmentStandIn>,
    mor: Contract<Mor>,
}

impl World {
    fn new() -> Self {
        Self::beginning_on(0)
    }

    /// A world whose distributor settles from `first_day` on.
    fn beginning_on(first_day: u32) -> Self {
        clock::set(midnight(DAY + 10));
        let world = Self {
            distributor: Contract::random(),
            calculator: Contract::random(),
            alignment: Contract::random(),
            mor: Contract::random(),
        };
        stakes(|books| {
            *books = stand_ins::Stakes::default();
            books.registered = Some((SUBNET, RECEIVER, DAY));
            books.fee = U256::from(WHOLE / 5);
        });
        rewards_of(world.calculator.address(), |books| (books.usual, books.first_open_day) = (100 * MOR, DAY + 10));
        let (calculator, mor) = (world.calculator.address(), world.mor.address());
        let constructed = world.distributor.sender(ANYONE).constructor(
            mor,
            world.alignment.address(),
            calculator,
            POOL,
            OWNER,
            first_day,
        );
        constructed.motsu_unwrap();
        world.fund(1_000_000 * MOR);
        world
    }

    /// A world in which Alice has staked 120,000 MOR for all of [`DAY`] and ever since.
    fn with_stake() -> Self {
        let world = Self::new();
        staked_all_day(ALICE, DAY, 120_000 * MOR);
        world
    }

    /// A world with stake whose next `days` days are settled.
    fn settled(days: u32) -> Self {
        let world = Self::with_stake();
        world.settle(days);
        world
    }

    /// Mints `amount` to the pool and lets the pool approve as much more.
    fn fund(&self, amount: u128) {
        self.mor.sender(POOL).mint(POOL, U256::from(amount)).motsu_unwrap();
        self.approve(self.allowance() + amount);
    }

    fn approve(&self, amount: u128) {
        self.mor.sender(POOL).approve(self.distributor.address(), U256::from(amount)).motsu_unwrap();
    }

    fn allowance(&self) -> u128 {
        self.mor.sender(ANYONE).allowance(POOL, self.distributor.address()).to()
    }

    fn tokens_of(&self, account: Address) -> u128 {
        self.mor.sender(ANYONE).balance_of(account).to()
    }

    /// Lets the pool hold exactly `amount`, as approved as before.
    fn drain_pool_to(&self, amount: u128) {
        let surplus = U256::from(self.tokens_of(POOL) - amount);
        self.mor.sender(POOL).transfer(ANYONE, surplus).motsu_unwrap();
    }

    /// The days of this calculator's answers that are final are those before `day`; so is the clock.
    fn advance_to(&self, day: u32) {
        clock::set(midnight(day));
        rewards_of(self.calculator.address(), |books| books.first_open_day = day);
    }

    fn try_settle(&self, days: u32) -> Result<(u32, U256), Error> {
        self.distributor.sender(ANYONE).settle(SUBNET, days).motsu_res()
    }

    /// Settles and returns the days and MOR wei.
    fn settle(&self, days: u32) -> (u32, u128) {
        let (settled, credited) = self.try_settle(days).expect("days to settle");
        (settled, credited.to())
    }

    fn try_claim(&self) -> Result<(U256, U256), Error> {
        self.distributor.sender(ANYONE).claim(SUBNET).motsu_res()
    }

    /// Claims for the operator and returns what was paid and what remains owed.
    fn claim(&self) -> (u128, u128) {
        let (paid, owed) = self.try_claim().expect("a claim");
        (paid.to(), owed.to())
    }

    fn try_claim_stake(&self, staker: Address, max_changes: u32) -> Result<(U256, U256), Error> {
        self.distributor.sender(ANYONE).claim_stake(SUBNET, staker, max_changes).motsu_res()
    }

    /// Claims for a staker and returns what was paid and what remains owed.
    fn claim_stake(&self, staker: Address, max_changes: u32) -> (u128, u128) {
        let (paid, owed) = self.try_claim_stake(staker, max_changes).expect("a claim");
        (paid.to(), owed.to())
    }

    /// The first unsettled day and what the operator is owed.
    fn operator(&self) -> (u32, u128) {
        let (next_day, owed) = self.distributor.sender(ANYONE).operator_account(SUBNET).expect("a registered subnet");
        (next_day, owed.to())
    }

    fn operator_owed(&self) -> u128 {
        self.operator().1
    }

    fn next_day(&self) -> u32 {
        self.operator().0
    }

    fn staker_owed(&self, staker: Address) -> u128 {
        let (owed, complete) =
            self.distributor.sender(ANYONE).staker_owed(SUBNET, staker, u32::MAX).expect("an honest alignment");
        assert!(complete);
        owed.to()
    }

    fn credited(&self) -> u128 {
        self.distributor.sender(ANYONE).total_credited().to()
    }

    fn paid(&self) -> u128 {
        self.distributor.sender(ANYONE).total_paid().to()
    }

    /// Everything that a refused call must leave as it was.
    fn books(&self) -> (u128, u128, u128, (u32, u128), u128) {
        let accumulator = self.distributor.sender(ANYONE).accumulator(SUBNET);
        (accumulator, self.credited(), self.paid(), self.operator(), self.tokens_of(POOL))
    }

    /// Asserts that `call` is refused with `error` and changes nothing.
    #[track_caller]
    fn assert_refused<T: core::fmt::Debug>(
        &self,
        call: impl FnOnce(&Self) -> Result<T, Error>,
        error: impl Into<Error>,
    ) {
        let before = self.books();
        assert_eq!(call(self).expect_err("a refusal"), error.into());
        assert_eq!(self.books(), before);
    }

    /// The number of events of this kind so far.
    fn count<E: SolEvent>(&self) -> usize {
        let events = self.distributor.all_events();
        events.iter().filter(|event| event.topics().first() == Some(&E::SIGNATURE_HASH)).count()
    }
}

/// The first second of a day.
fn midnight(day: u32) -> u64 {
    u64::from(day) * SECONDS_PER_DAY
}

/// From the beginning of `day` on `staker` has `balance` wei staked.
fn staked_all_day(staker: Address, day: u32, balance: u128) {
    changed(staker, day, balance, balance * u128::from(SECONDS_PER_DAY));
}

/// `staker` has `balance` wei after `day`, and had `stake_seconds` on it.
fn changed(staker: Address, day: u32, balance: u128, stake_seconds: u128) {
    stakes(|books| books.changes.entry(staker).or_default().push(Change { day, balance, stake_seconds }));
}
