//! Unit tests, one file per rule of the contract, and the world they share.

use alloy_primitives::{address, Address, U256};
use motsu::prelude::*;
use mrc53_testing::{clock, Mor};
use openzeppelin_stylus::token::erc20::IErc20;
use stylus_sdk::prelude::*;

use crate::{Error, StakeAlignment};

mod constructing;
mod days;
mod eligibility;
mod eligible_days;
mod encoding;
mod events;
mod hostile_token;
mod laws;
mod owning;
mod registering;
mod slots;
mod staking;
mod withdrawing;

/// 2025-02-21 00:00:00 UTC, and its day number.
const MIDNIGHT: u64 = 1_740_096_000;
const DAY: u32 = 20_140;
const SECONDS_PER_DAY: u64 = 86_400;
const NOON: u64 = MIDNIGHT + SECONDS_PER_DAY / 2;

const LOCK: u64 = 7 * SECONDS_PER_DAY;
const MINIMUM: u128 = 10_000 * MOR;
/// One MOR in wei.
const MOR: u128 = 1_000_000_000_000_000_000;
/// 100 % as a fee.
const WHOLE: u128 = 10_000_000_000_000_000_000_000_000;

const OWNER: Address = address!("0000000000000000000000000000000000000111");
const SUBNET: Address = address!("5000000000000000000000000000000000000001");
const OTHER_SUBNET: Address = address!("5000000000000000000000000000000000000002");
const RECEIVER: Address = address!("4000000000000000000000000000000000000001");
const ALICE: Address = address!("a000000000000000000000000000000000000001");
const BOB: Address = address!("b000000000000000000000000000000000000001");

/// A contract on a plain token, at noon of [`DAY`].
struct World {
    alignment: Contract<StakeAlignment>,
    mor: Contract<Mor>,
}

impl World {
    fn new() -> Self {
        clock::set(NOON);
        let world = Self { alignment: Contract::random(), mor: Contract::random() };
        construct(&world.alignment, world.mor.address());
        world
    }

    /// A world in which [`SUBNET`] is registered with a fee of 20 %.
    fn with_subnet() -> Self {
        let world = Self::new();
        world.register(SUBNET);
        world
    }

    fn register(&self, subnet: Address) {
        let fee = U256::from(WHOLE / 5);
        self.alignment.sender(subnet).register_subnet(subnet, RECEIVER, fee).motsu_unwrap();
    }

    /// Gives `staker` the amount and the contract an allowance for it.
    fn fund(&self, staker: Address, amount: u128) {
        let value = U256::from(amount);
        self.mor.sender(staker).mint(staker, value).motsu_unwrap();
        let allowance = self.mor.sender(staker).allowance(staker, self.alignment.address()) + value;
        self.mor.sender(staker).approve(self.alignment.address(), allowance).motsu_unwrap();
    }

    fn stake(&self, subnet: Address, staker: Address, amount: u128) {
        self.fund(staker, amount);
        self.alignment.sender(staker).stake(subnet, U256::from(amount)).motsu_unwrap();
    }

    fn withdraw(&self, subnet: Address, staker: Address, amount: u128) {
        self.try_withdraw(subnet, staker, amount).expect("a withdrawal within the rules");
    }

    fn try_withdraw(&self, subnet: Address, staker: Address, amount: u128) -> Result<(), Error> {
        self.alignment.sender(staker).withdraw(subnet, U256::from(amount)).motsu_res()
    }

    fn balance(&self, subnet: Address, staker: Address) -> u128 {
        self.alignment.sender(BOB).stake_of(subnet, staker).0
    }

    fn unlock_at(&self, subnet: Address, staker: Address) -> u64 {
        self.alignment.sender(BOB).stake_of(subnet, staker).1
    }

    fn subnet_stake(&self, subnet: Address) -> u128 {
        self.alignment.sender(BOB).subnet_stake(subnet)
    }

    fn total_stake(&self) -> u128 {
        self.alignment.sender(BOB).total_stake()
    }

    /// Stake-seconds of a subnet and of all stake on one day.
    fn stake_seconds(&self, subnet: Address, day: u32) -> (u128, u128) {
        let days = self.alignment.sender(BOB).stake_seconds(subnet, day, day + 1).expect("a range of one day");
        (days[0].subnetStakeSeconds, days[0].totalStakeSeconds)
    }

    fn is_eligible(&self, subnet: Address) -> bool {
        self.alignment.sender(BOB).is_eligible(subnet)
    }

    fn tokens_of(&self, account: Address) -> u128 {
        self.mor.sender(account).balance_of(account).to()
    }

    /// Everything that a refused call must leave as it was.
    fn books(&self) -> (u128, u128, u128, u64, u128) {
        let held = self.tokens_of(self.alignment.address());
        let (balance, unlock_at) = self.alignment.sender(BOB).stake_of(SUBNET, ALICE);
        (balance, self.subnet_stake(SUBNET), self.total_stake(), unlock_at, held)
    }
}

/// Constructs with the suite's defaults: lock of 7 days, minimum of 10,000 MOR.
fn construct(alignment: &Contract<StakeAlignment>, token: Address) {
    alignment.sender(OWNER).constructor(token, OWNER, LOCK, U256::from(MINIMUM)).motsu_unwrap();
}

/// First second of a day.
fn start_of(day: u32) -> u64 {
    u64::from(day) * SECONDS_PER_DAY
}
