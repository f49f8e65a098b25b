//! The four contracts together, on the real token: from sessions and stakes to payments, to the wei.
//!
//! Only the Diamond is a stand-in: it answers the sessions that a test hosts.

mod differential;
mod laws;
mod lifecycle;
mod replacing;
mod settlements;
mod staking;

use alloy_primitives::{address, Address, B256, U256};
use motsu::prelude::*;
use mrc53_testing::{clock, diamond, Mor, Scripted};
use openzeppelin_stylus::token::erc20::IErc20;
use reward_calculator::RewardCalculator;
use reward_distributor::{Error, RewardDistributor};
use session_recorder::SessionRecorder;
use stake_alignment::StakeAlignment;

/// 2025-02-21, the day of the proposal's example.
const DAY: u32 = 20_140;
const SECONDS_PER_DAY: u64 = 86_400;
const GRACE_DAYS: u32 = 3;
const LOCK_SECONDS: u64 = 7 * SECONDS_PER_DAY;
/// One MOR in wei.
const MOR: u128 = 1_000_000_000_000_000_000;
/// 100 % as a fee.
const WHOLE: u128 = 10_000_000_000_000_000_000_000_000;

/// Weights by their numbers.
const SECONDS: u8 = 0;
const SESSIONS: u8 = 1;

const OWNER: Address = address!("0000000000000000000000000000000000000111");
const POOL: Address = address!("9001000000000000000000000000000000000001");
const SUBNET: Address = address!("5000000000000000000000000000000000000001");
const OTHER_SUBNET: Address = address!("5000000000000000000000000000000000000002");
const ALICE: Address = address!("a000000000000000000000000000000000000001");
const BOB: Address = address!("b000000000000000000000000000000000000001");
const ANYONE: Address = address!("c000000000000000000000000000000000000001");

/// The suite on one token and one Diamond.
struct Suite {
    mor: Contract<Mor>,
    diamond: Contract<Scripted>,
    alignment: Contract<StakeAlignment>,
    recorder: Contract<SessionRecorder>,
    calculator: Contract<RewardCalculator>,
    distributor: Contract<RewardDistributor>,
}

/// How a suite is deployed.
struct Terms {
    /// When, unix seconds.
    start: u64,
    grace_days: u32,
    lock_seconds: u64,
    /// The minimum subnet stake, MOR wei.
    minimum: U256,
    /// The calculator's weight.
    weight: u8,
    /// The distributor's first day.
    first_day: u32,
}

impl Default for Terms {
    /// At the beginning of the day before [`DAY`]; one wei of stake is enough.
    fn default() -> Self {
        Self {
            start: midnight(DAY - 1),
            grace_days: GRACE_DAYS,
            lock_seconds: LOCK_SECONDS,
            minimum: U256::from(1),
            weight: SECONDS,
            first_day: 0,
        }
    }
}

impl Suite {
    /// Deployed as usual, with a pool that holds more than is ever owed; nobody is registered.
    fn new() -> Self {
        Self::on(&Terms::default())
    }

    /// Deployed on these terms, with a pool that holds more than is ever owed; nobody is registered.
    fn on(terms: &Terms) -> Self {
        let suite = Self::unfunded(terms);
        suite.fund(&suite.distributor, 10_000_000 * MOR);
        suite
    }

    /// Deployed on these terms, with an empty pool; nobody is registered.
    fn unfunded(terms: &Terms) -> Self {
        clock::set(terms.start);
        let suite = Self {
            mor: Contract::random(),
            diamond: Contract::random(),
            alignment: Contract::random(),
            recorder: Contract::random(),
            calculator: Contract::random(),
            distributor: Contract::random(),
        };
        let (mor, alignment) = (suite.mor.address(), suite.alignment.address());
        let (diamond, recorder) = (suite.diamond.address(), suite.recorder.address());
        suite.alignment.sender(OWNER).constructor(mor, OWNER, terms.lock_seconds, terms.minimum).motsu_unwrap();
        suite.recorder.sender(OWNER).constructor(diamond, alignment, terms.grace_days).motsu_unwrap();
        suite.calculator.sender(OWNER).constructor(recorder, alignment, terms.weight).motsu_unwrap();
        suite.construct(&suite.distributor, terms.first_day);
        suite
    }

    /// A suite in which both subnets are registered at a fee of 20 % and may be staked toward.
    fn with_subnets() -> Self {
        let suite = Self::new();
        suite.register(SUBNET, WHOLE / 5);
        suite.register(OTHER_SUBNET, WHOLE / 5);
        suite
    }

    /// Constructs a distributor on the suite's contracts.
    fn construct(&self, distributor: &Contract<RewardDistributor>, first_day: u32) {
        let (mor, alignment) = (self.mor.address(), self.alignment.address());
        let calculator = self.calculator.address();
        distributor.sender(OWNER).constructor(mor, alignment, calculator, POOL, OWNER, first_day).motsu_unwrap();
    }

    /// Gives the pool `amount`, for this distributor alone to take.
    fn fund(&self, distributor: &Contract<RewardDistributor>, amount: u128) {
        self.mor.sender(POOL).mint(POOL, U256::from(amount)).motsu_unwrap();
        self.mor.sender(POOL).approve(distributor.address(), U256::from(amount)).motsu_unwrap();
    }

    /// Registers a subnet that is paid itself.
    fn register(&self, subnet: Address, fee: u128) {
        self.alignment.sender(subnet).register_subnet(subnet, subnet, U256::from(fee)).motsu_unwrap();
    }

    fn stake(&self, subnet: Address, staker: Address, amount: u128) {
        let amount = U256::from(amount);
        self.mor.sender(staker).mint(staker, amount).motsu_unwrap();
        self.mor.sender(staker).approve(self.alignment.address(), amount).motsu_unwrap();
        self.alignment.sender(staker).stake(subnet, amount).motsu_unwrap();
    }

    fn withdraw(&self, subnet: Address, staker: Address, amount: u128) {
        self.alignment.sender(staker).withdraw(subnet, U256::from(amount)).motsu_unwrap();
    }

    /// Writes a session into the Diamond: open until `ends_at`.
    fn host(&self, id: u64, subnet: Address, opened_at: u64, ends_at: u64) {
        let (id, bid_id) = (session_id(id), subnet.into_word());
        let session = diamond::session(bid_id, opened_at.into(), ends_at.into(), 0);
        self.diamond.sender(ANYONE).answer(&diamond::get_session(id), &session);
        self.diamond.sender(ANYONE).answer(&diamond::get_bid(bid_id), &diamond::bid(subnet));
    }

    fn record(&self, id: u64) -> u64 {
        self.recorder.sender(ANYONE).record(session_id(id)).motsu_unwrap()
    }

    /// Hosts and records sessions that serve `seconds` of `subnet` from the beginning of `day` on, some at once.
    /// The clock stands at the end of the day afterwards.
    fn serve(&self, subnet: Address, day: u32, seconds: u64) {
        clock::set(midnight(day + 1));
        let mut left = seconds;
        let mut id = u64::from(day) << 32 | u64::from(subnet.0[19]) << 16;
        while left > 0 {
            let served = left.min(SECONDS_PER_DAY);
            self.host(id, subnet, midnight(day), midnight(day) + served);
            assert_eq!(self.record(id), served);
            (left, id) = (left - served, id + 1);
        }
    }

    fn try_settle(&self, subnet: Address, days: u32) -> Result<(u32, U256), Error> {
        self.distributor.sender(ANYONE).settle(subnet, days).motsu_res()
    }

    /// Settles and returns the MOR wei credited.
    fn settle(&self, subnet: Address, days: u32) -> u128 {
        self.try_settle(subnet, days).expect("days to settle").1.to()
    }

    /// Claims for the operator and returns what was paid.
    fn claim(&self, subnet: Address) -> u128 {
        self.distributor.sender(ANYONE).claim(subnet).motsu_unwrap().0.to()
    }

    /// Claims for a staker, all there is, and returns what was paid.
    fn claim_stake(&self, subnet: Address, staker: Address) -> u128 {
        self.distributor.sender(ANYONE).claim_stake(subnet, staker, u32::MAX).motsu_unwrap().0.to()
    }

    fn operator_owed(&self, subnet: Address) -> u128 {
        self.distributor.sender(ANYONE).operator_account(subnet).motsu_unwrap().1.to()
    }

    fn staker_owed(&self, subnet: Address, staker: Address) -> u128 {
        self.distributor.sender(ANYONE).staker_owed(subnet, staker, u32::MAX).motsu_unwrap().0.to()
    }

    fn credited(&self) -> u128 {
        self.distributor.sender(ANYONE).total_credited().to()
    }

    fn paid(&self) -> u128 {
        self.distributor.sender(ANYONE).total_paid().to()
    }

    fn tokens_of(&self, account: Address) -> u128 {
        self.mor.sender(ANYONE).balance_of(account).to()
    }
}

/// The first second of a day.
fn midnight(day: u32) -> u64 {
    u64::from(day) * SECONDS_PER_DAY
}

/// Moves the clock to the second from which on `day` is final.
fn finalise(day: u32) {
    clock::set(midnight(day + 1 + GRACE_DAYS));
}

fn session_id(id: u64) -> B256 {
    B256::from(U256::from(id))
}
