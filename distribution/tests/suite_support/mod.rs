//! The four contracts together, on the real token, with a Diamond that answers the sessions which a test hosts.
#![allow(dead_code, reason = "each test binary uses its own part")]

use alloy_primitives::{address, Address, B256, U256};
use motsu::prelude::*;
use mrc53_testing::{clock, diamond, Mor, Scripted};
use openzeppelin_stylus::token::erc20::IErc20;
use reward_calculator::RewardCalculator;
use reward_distributor::{Error, RewardDistributor};
use session_recorder::SessionRecorder;
use stake_alignment::StakeAlignment;

/// 2025-02-21, the day of the proposal's example.
pub(crate) const DAY: u32 = 20_140;
pub(crate) const SECONDS_PER_DAY: u64 = 86_400;
pub(crate) const GRACE_DAYS: u32 = 3;
pub(crate) const LOCK_SECONDS: u64 = 7 * SECONDS_PER_DAY;
/// One MOR in wei.
pub(crate) const MOR: u128 = 1_000_000_000_000_000_000;
/// 100 % as a fee.
pub(crate) const WHOLE: u128 = 10_000_000_000_000_000_000_000_000;

/// Weights by their numbers.
pub(crate) const SECONDS: u8 = 0;
pub(crate) const SESSIONS: u8 = 1;

pub(crate) const OWNER: Address = address!("0000000000000000000000000000000000000111");
pub(crate) const POOL: Address = address!("9001000000000000000000000000000000000001");
pub(crate) const SUBNET: Address = address!("5000000000000000000000000000000000000001");
pub(crate) const OTHER_SUBNET: Address = address!("5000000000000000000000000000000000000002");
pub(crate) const ALICE: Address = address!("a000000000000000000000000000000000000001");
pub(crate) const BOB: Address = address!("b000000000000000000000000000000000000001");
pub(crate) const ANYONE: Address = address!("c000000000000000000000000000000000000001");

/// The suite on one token and one Diamond.
pub(crate) struct Suite {
    pub(crate) mor: Contract<Mor>,
    pub(crate) diamond: Contract<Scripted>,
    pub(crate) alignment: Contract<StakeAlignment>,
    pub(crate) recorder: Contract<SessionRecorder>,
    pub(crate) calculator: Contract<RewardCalculator>,
    pub(crate) distributor: Contract<RewardDistributor>,
}

/// How a suite is deployed.
pub(crate) struct Terms {
    /// When, unix seconds.
    pub(crate) start: u64,
    pub(crate) grace_days: u32,
    pub(crate) lock_seconds: u64,
    /// The minimum subnet stake, MOR wei.
    pub(crate) minimum: U256,
    /// The calculator's weight.
    pub(crate) weight: u8,
    /// The distributor's first day.
    pub(crate) first_day: u32,
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
    pub(crate) fn new() -> Self {
        Self::on(&Terms::default())
    }

    /// Deployed on these terms, with a pool that holds more than is ever owed; nobody is registered.
    pub(crate) fn on(terms: &Terms) -> Self {
        let suite = Self::unfunded(terms);
        suite.fund(&suite.distributor, 10_000_000 * MOR);
        suite
    }

    /// Deployed on these terms, with an empty pool; nobody is registered.
    pub(crate) fn unfunded(terms: &Terms) -> Self {
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
    pub(crate) fn with_subnets() -> Self {
        let suite = Self::new();
        suite.register(SUBNET, WHOLE / 5);
        suite.register(OTHER_SUBNET, WHOLE / 5);
        suite
    }

    /// Constructs a distributor on the suite's contracts.
    pub(crate) fn construct(&self, distributor: &Contract<RewardDistributor>, first_day: u32) {
        let (mor, alignment) = (self.mor.address(), self.alignment.address());
        let calculator = self.calculator.address();
        distributor.sender(OWNER).constructor(mor, alignment, calculator, POOL, OWNER, first_day).motsu_unwrap();
    }

    /// Gives the pool `amount`, for this distributor alone to take.
    pub(crate) fn fund(&self, distributor: &Contract<RewardDistributor>, amount: u128) {
        self.mor.sender(POOL).mint(POOL, U256::from(amount)).motsu_unwrap();
        self.mor.sender(POOL).approve(distributor.address(), U256::from(amount)).motsu_unwrap();
    }

    /// Registers a subnet that is paid itself.
    pub(crate) fn register(&self, subnet: Address, fee: u128) {
        self.alignment.sender(subnet).register_subnet(subnet, subnet, U256::from(fee)).motsu_unwrap();
    }

    pub(crate) fn stake(&self, subnet: Address, staker: Address, amount: u128) {
        let amount = U256::from(amount);
        self.mor.sender(staker).mint(staker, amount).motsu_unwrap();
        self.mor.sender(staker).approve(self.alignment.address(), amount).motsu_unwrap();
        self.alignment.sender(staker).stake(subnet, amount).motsu_unwrap();
    }

    pub(crate) fn withdraw(&self, subnet: Address, staker: Address, amount: u128) {
        self.alignment.sender(staker).withdraw(subnet, U256::from(amount)).motsu_unwrap();
    }

    /// Writes a session into the Diamond: open until `ends_at`.
    pub(crate) fn host(&self, id: u64, subnet: Address, opened_at: u64, ends_at: u64) {
        let (id, bid_id) = (session_id(id), subnet.into_word());
        let session = diamond::session(bid_id, opened_at.into(), ends_at.into(), 0);
        self.diamond.sender(ANYONE).answer(&diamond::get_session(id), &session);
        self.diamond.sender(ANYONE).answer(&diamond::get_bid(bid_id), &diamond::bid(subnet));
    }

    pub(crate) fn record(&self, id: u64) -> u64 {
        self.recorder.sender(ANYONE).record(session_id(id)).motsu_unwrap()
    }

    /// Hosts and records sessions that serve `seconds` of `subnet` from the beginning of `day` on, some at once.
    /// The clock stands at the end of the day afterwards.
    pub(crate) fn serve(&self, subnet: Address, day: u32, seconds: u64) {
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

    pub(crate) fn try_settle(&self, subnet: Address, days: u32) -> Result<(u32, U256), Error> {
        self.distributor.sender(ANYONE).settle(subnet, days).motsu_res()
    }

    /// Settles and returns the MOR wei credited.
    pub(crate) fn settle(&self, subnet: Address, days: u32) -> u128 {
        self.try_settle(subnet, days).expect("days to settle").1.to()
    }

    /// Claims for the operator and returns what was paid.
    pub(crate) fn claim(&self, subnet: Address) -> u128 {
        self.distributor.sender(ANYONE).claim(subnet).motsu_unwrap().0.to()
    }

    /// Claims for a staker, all there is, and returns what was paid.
    pub(crate) fn claim_stake(&self, subnet: Address, staker: Address) -> u128 {
        self.distributor.sender(ANYONE).claim_stake(subnet, staker, u32::MAX).motsu_unwrap().0.to()
    }

    pub(crate) fn operator_owed(&self, subnet: Address) -> u128 {
        self.distributor.sender(ANYONE).operator_account(subnet).motsu_unwrap().1.to()
    }

    pub(crate) fn staker_owed(&self, subnet: Address, staker: Address) -> u128 {
        self.distributor.sender(ANYONE).staker_owed(subnet, staker, u32::MAX).motsu_unwrap().0.to()
    }

    pub(crate) fn credited(&self) -> u128 {
        self.distributor.sender(ANYONE).total_credited().to()
    }

    pub(crate) fn paid(&self) -> u128 {
        self.distributor.sender(ANYONE).total_paid().to()
    }

    pub(crate) fn tokens_of(&self, account: Address) -> u128 {
        self.mor.sender(ANYONE).balance_of(account).to()
    }
}

/// The first second of a day.
pub(crate) fn midnight(day: u32) -> u64 {
    u64::from(day) * SECONDS_PER_DAY
}

/// Moves the clock to the second from which on `day` is final.
pub(crate) fn finalise(day: u32) {
    clock::set(midnight(day + 1 + GRACE_DAYS));
}

pub(crate) fn session_id(id: u64) -> B256 {
    B256::from(U256::from(id))
}
