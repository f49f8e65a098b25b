//! The suite, the actors and the ghost: deployed, and moved by one call after another.

use alloy_primitives::{B256, U256};
use motsu::prelude::*;
use mrc53_testing::{clock, HostileToken};
use reward_calculator::RewardCalculator;
use reward_distributor::RewardDistributor;
use session_recorder::SessionRecorder;
use stake_alignment::StakeAlignment;

use crate::{
    actors::{
        alignment::{self, LyingAlignment},
        calculator::{self, LyingCalculator},
        source::{self, Source},
        thief::{self, Thief},
        vault::{self, Vault},
    },
    calls::{Amount, Setup},
    ghost::{Ghost, UNLIMITED},
    handlers::Planned,
    names::{Who, STAKERS},
    tally::Tally,
};

pub(crate) const SECONDS_PER_DAY: u64 = 86_400;
/// One MOR in wei.
pub(crate) const MOR: u128 = 1_000_000_000_000_000_000;
/// All that can be staked, in wei.
pub(crate) const MOST_STAKE: u128 = (1 << 87) - 1;

/// Everything there is in a history.
pub(crate) struct World {
    pub(crate) token: Contract<HostileToken>,
    pub(crate) alignment: Contract<StakeAlignment>,
    pub(crate) recorder: Contract<SessionRecorder>,
    pub(crate) by_seconds: Contract<RewardCalculator>,
    pub(crate) by_sessions: Contract<RewardCalculator>,
    pub(crate) distributor: Contract<RewardDistributor>,
    /// A distributor whose alignment lies.
    pub(crate) wary: Contract<RewardDistributor>,
    pub(crate) ghost: Ghost,
    /// What the thief does when it is called next.
    pub(crate) ambush: Vec<Planned>,
    pub(crate) tally: Tally,
    _source: Contract<Source>,
    _lying_calculator: Contract<LyingCalculator>,
    _lying_alignment: Contract<LyingAlignment>,
    _thief: Contract<Thief>,
    _vault: Contract<Vault>,
}

impl World {
    /// Deploys everything; nobody is registered, the stakers own MOR, the pools are funded.
    pub(crate) fn new(setup: Setup) -> Self {
        clock::set(midnight(setup.day));
        reset_actors();
        let mut world = Self {
            token: Contract::new_at(Who::Token.address()),
            alignment: Contract::new_at(Who::Alignment.address()),
            recorder: Contract::new_at(Who::Recorder.address()),
            by_seconds: Contract::new_at(Who::BySeconds.address()),
            by_sessions: Contract::new_at(Who::BySessions.address()),
            distributor: Contract::new_at(Who::Distributor.address()),
            wary: Contract::new_at(Who::Wary.address()),
            ghost: Ghost::new(setup),
            ambush: Vec::new(),
            tally: Tally::default(),
            _source: Contract::new_at(Who::Source.address()),
            _lying_calculator: Contract::new_at(Who::LyingCalculator.address()),
            _lying_alignment: Contract::new_at(Who::LyingAlignment.address()),
            _thief: Contract::new_at(Who::Thief.address()),
            _vault: Contract::new_at(Who::Vault.address()),
        };
        world.construct(setup);
        for staker in STAKERS {
            let amount = if staker == Who::Carol { 2 * MOST_STAKE } else { 20_000_000 * MOR };
            world.give(staker, amount);
            world.allow(staker, Who::Alignment, UNLIMITED);
        }
        for (pool, spender) in [(Who::Pool, Who::Distributor), (Who::WaryPool, Who::Wary)] {
            world.give(pool, 50_000 * MOR);
            world.allow(pool, spender, 50_000 * MOR);
        }
        world
    }

    fn construct(&self, setup: Setup) {
        let [token, alignment, recorder, source] =
            [Who::Token, Who::Alignment, Who::Recorder, Who::Source].map(Who::address);
        let owner = Who::Owner.address();
        let lock_seconds = u64::from(setup.lock_days) * SECONDS_PER_DAY;
        let minimum = U256::from(u128::from(setup.minimum) * MOR);
        self.alignment.sender(owner).constructor(token, owner, lock_seconds, minimum).motsu_unwrap();
        self.recorder.sender(owner).constructor(source, alignment, setup.grace_days).motsu_unwrap();
        self.by_seconds.sender(owner).constructor(recorder, alignment, 0).motsu_unwrap();
        self.by_sessions.sender(owner).constructor(recorder, alignment, 1).motsu_unwrap();
        let calculator = Who::BySeconds.address();
        for (distributor, alignment, pool) in
            [(&self.distributor, Who::Alignment, Who::Pool), (&self.wary, Who::LyingAlignment, Who::WaryPool)]
        {
            let (alignment, pool) = (alignment.address(), pool.address());
            distributor.sender(owner).constructor(token, alignment, calculator, pool, owner, 0).motsu_unwrap();
        }
    }

    /// Creates MOR.
    pub(crate) fn give(&mut self, holder: Who, amount: u128) {
        self.token.sender(holder.address()).mint(holder.address(), U256::from(amount)).motsu_unwrap();
        self.ghost.tokens.mint(holder, amount);
    }

    /// Sets an allowance.
    pub(crate) fn allow(&mut self, owner: Who, spender: Who, amount: u128) {
        let wei = if amount == UNLIMITED { U256::MAX } else { U256::from(amount) };
        self.token.sender(owner.address()).approve(spender.address(), wei).motsu_unwrap();
        self.ghost.tokens.approve(owner, spender, amount);
    }

    /// The wei of an amount of which `all` is all that there is.
    pub(crate) fn wei(&self, amount: Amount, all: u128) -> U256 {
        let room = MOST_STAKE.saturating_sub(self.ghost.stakes.total());
        match amount {
            Amount::Wei(wei) => U256::from(wei),
            Amount::Mor(mor) => U256::from(u128::from(mor) * MOR),
            Amount::Half => U256::from(all / 2),
            Amount::All => U256::from(all),
            Amount::AllAndOne => U256::from(all) + U256::from(1),
            Amount::Room => U256::from(room),
            Amount::RoomAndOne => U256::from(room) + U256::from(1),
            Amount::Max => U256::MAX,
        }
    }
}

fn reset_actors() {
    source::reset();
    thief::reset();
    calculator::behave(calculator::Manner::default());
    alignment::behave(alignment::Manner::default());
    vault::behave(vault::Manner::default());
}

/// The first second of a day.
pub(crate) fn midnight(day: u32) -> u64 {
    u64::from(day) * SECONDS_PER_DAY
}

/// The running UTC day.
pub(crate) fn today() -> u32 {
    (clock::now() / SECONDS_PER_DAY) as u32
}

/// The session that a history calls by this number.
pub(crate) fn session_id(number: u8) -> B256 {
    B256::with_last_byte(number)
}
