//! One history on both sides: the model, and the contracts with everything around them.

use alloy_sol_types::SolEvent;
use motsu::prelude::*;
use mrc53_model::op::{Pausable, Weight};
use mrc53_model::time::day_of;
use mrc53_model::{Event, Model, Op, Refusal, Scenario};
use mrc53_testing::{clock, diamond};
use openzeppelin_stylus::token::erc20::IErc20;
use reward_calculator::RewardCalculator;
use session_recorder::RecordSkipped;

use super::answers::{expected, Answer, Refused};
use super::suite_support::{Suite, Terms, ANYONE, OWNER, POOL, SECONDS, SESSIONS};
use super::*;

/// MOR wei that every account has at the start: more than the suite takes from all of them together (2^87 − 1).
pub(super) const MOR_EACH: U256 = U256::from_limbs([0, 1 << 32, 0, 0]);

/// Operations between two comparisons of everything.
const RHYTHM: usize = 25;

/// The model and the contracts in the same state, as far as they agree.
pub(super) struct Player {
    pub(super) model: Model,
    pub(super) suite: Suite,
    /// The calculators that were scheduled after the first.
    pub(super) calculators: Vec<Contract<RewardCalculator>>,
    /// Every account that the scenario names.
    pub(super) accounts: Vec<String>,
    /// Every session that it names.
    pub(super) sessions: Vec<String>,
    /// The day on which it starts.
    pub(super) first_day: u32,
}

impl Player {
    /// Deploys the suite as `scenario` wants it, and gives everybody the MOR that they may stake.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let first_day = day_of(scenario.start);
        let suite = Suite::unfunded(&Terms {
            start: scenario.start,
            grace_days: scenario.grace_days,
            lock_seconds: scenario.lock_seconds,
            minimum: word(&scenario.min_subnet_stake),
            weight: number_of(scenario.weight),
            first_day,
        });
        let named = |names: fn(&Op) -> Vec<&str>| {
            let mut all: Vec<String> =
                scenario.events.iter().flat_map(|event| names(&event.op)).map(str::to_owned).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (accounts, sessions) = (named(Op::accounts), named(Op::sessions));
        let player =
            Self { model: Model::new(scenario), suite, calculators: Vec::new(), accounts, sessions, first_day };
        for account in player.accounts.iter().map(|name| address(name)) {
            player.suite.mor.sender(account).mint(account, MOR_EACH).motsu_unwrap();
            player.suite.mor.sender(account).approve(player.suite.alignment.address(), U256::MAX).motsu_unwrap();
        }
        player.suite.mor.sender(POOL).mint(POOL, word(&scenario.pool)).motsu_unwrap();
        player.suite.mor.sender(POOL).approve(player.suite.distributor.address(), U256::MAX).motsu_unwrap();
        for session in &player.sessions {
            // As the Diamond answers for a session that it does not know.
            player.host(session, &diamond::session(B256::ZERO, 0, 0, 0));
        }
        player
    }

    /// Plays all of `scenario`, and tells `met` how each event went.
    ///
    /// # Errors
    /// The first difference.
    pub(super) fn play(scenario: &Scenario, mut met: impl FnMut(&Op, Result<(), String>)) -> Result<(), Difference> {
        let mut player = Self::new(scenario);
        for (index, event) in scenario.events.iter().enumerate() {
            let at_event = |what| Difference { event: index, what };
            let refusal = player.step(event).map_err(at_event)?;
            met(&event.op, refusal);
            if index % RHYTHM == RHYTHM - 1 {
                player.compare_recent_days().map_err(at_event)?;
            }
        }
        let last = scenario.events.len().saturating_sub(1);
        player.compare_all_days().map_err(|what| Difference { event: last, what })
    }

    /// Plays one event on both sides; answers the name of the refusal that both agree upon, if they do.
    pub(super) fn step(&mut self, event: &Event) -> Result<Result<(), String>, String> {
        clock::set(event.at);
        let outcome = self.model.apply(event.at, &event.op);
        let refusal = outcome.as_ref().map(drop).map_err(Refusal::name);
        // The Diamond is a stand-in: what the model says of it is what it does.
        if let Op::Open { session, .. } | Op::Close { session } = &event.op {
            self.host_as_modelled(session);
            return Ok(refusal);
        }
        let (model, contracts) = (expected(&event.op, outcome), self.call(&event.op));
        same(|| format!("{:?} at {}", event.op, event.at), model, contracts)?;
        self.compare_touched(&event.op)?;
        Ok(refusal)
    }

    /// Sends `op` to the contract that it is for.
    fn call(&mut self, op: &Op) -> Result<Answer, Refused> {
        let (alignment, recorder) = (&self.suite.alignment, &self.suite.recorder);
        let distributor = &self.suite.distributor;
        match op {
            Op::Register { subnet, fee } => {
                let subnet = address(subnet);
                alignment.sender(subnet).register_subnet(subnet, subnet, word(fee)).motsu_res()?;
            }
            Op::SetReceiver { subnet, receiver } => {
                let subnet = address(subnet);
                alignment.sender(subnet).set_receiver(subnet, address(receiver)).motsu_res()?;
            }
            Op::SetFee { subnet, fee } => {
                let subnet = address(subnet);
                alignment.sender(subnet).set_fee(subnet, word(fee)).motsu_res()?;
            }
            Op::Stake { subnet, staker, amount } => {
                alignment.sender(address(staker)).stake(address(subnet), word(amount)).motsu_res()?;
            }
            Op::Withdraw { subnet, staker, amount } => {
                alignment.sender(address(staker)).withdraw(address(subnet), word(amount)).motsu_res()?;
            }
            Op::Record { session } => {
                return Ok(Answer::Booked(recorder.sender(ANYONE).record(session_id(session)).motsu_res()?));
            }
            Op::RecordMany { sessions } => return self.record_many(sessions),
            Op::Settle { subnet, max_days } => {
                let (days, wei) = distributor.sender(ANYONE).settle(address(subnet), *max_days).motsu_res()?;
                return Ok(Answer::Settled(days, wei));
            }
            Op::Claim { subnet } => {
                let (paid, owed) = distributor.sender(ANYONE).claim(address(subnet)).motsu_res()?;
                return Ok(Answer::Paid(paid, owed));
            }
            Op::ClaimStake { subnet, staker, max_changes } => {
                let (subnet, staker) = (address(subnet), address(staker));
                let (paid, owed) = distributor.sender(ANYONE).claim_stake(subnet, staker, *max_changes).motsu_res()?;
                return Ok(Answer::Paid(paid, owed));
            }
            Op::Fund { amount } => self.suite.mor.sender(POOL).mint(POOL, word(amount)).motsu_unwrap(),
            Op::Allow { amount } => {
                self.suite.mor.sender(POOL).approve(distributor.address(), word(amount)).motsu_unwrap();
            }
            Op::Pause { what } => self.pause(*what, true)?,
            Op::Unpause { what } => self.pause(*what, false)?,
            Op::SetMinSubnetStake { amount } => {
                alignment.sender(OWNER).set_min_subnet_stake(word(amount)).motsu_res()?;
            }
            Op::ScheduleCalculator { weight, from_day } => self.schedule(*weight, *from_day)?,
            Op::Void { from_day, to_day } => distributor.sender(OWNER).void_days(*from_day, *to_day).motsu_res()?,
            Op::Open { .. } | Op::Close { .. } => unreachable!("the Diamond is no contract here"),
        }
        Ok(Answer::Nothing)
    }

    fn record_many(&self, sessions: &[String]) -> Result<Answer, Refused> {
        let recorder = &self.suite.recorder;
        let events_before = recorder.all_events().len();
        let ids = sessions.iter().map(|name| session_id(name)).collect();
        let seconds = recorder.sender(ANYONE).record_many(ids).motsu_res()?;
        let events = recorder.all_events();
        let skipped = events[events_before..].iter().filter_map(|log| RecordSkipped::decode_log_data(log, true).ok());
        Ok(Answer::BookedMany(seconds, skipped.map(|event| (event.sessionId, event.reason.0)).collect()))
    }

    fn pause(&self, what: Pausable, paused: bool) -> Result<(), Refused> {
        let (alignment, distributor) = (&self.suite.alignment, &self.suite.distributor);
        match (what, paused) {
            (Pausable::Stake, true) => alignment.sender(OWNER).pause_staking().motsu_res()?,
            (Pausable::Stake, false) => alignment.sender(OWNER).unpause_staking().motsu_res()?,
            (Pausable::Settle, _) => distributor.sender(OWNER).set_settling_paused(paused).motsu_res()?,
            (Pausable::Claim, _) => distributor.sender(OWNER).set_claiming_paused(paused).motsu_res()?,
        }
        Ok(())
    }

    fn schedule(&mut self, weight: Weight, from_day: u32) -> Result<(), Refused> {
        let calculator = Contract::<RewardCalculator>::random();
        let (recorder, alignment) = (self.suite.recorder.address(), self.suite.alignment.address());
        calculator.sender(OWNER).constructor(recorder, alignment, number_of(weight)).motsu_unwrap();
        let scheduled = calculator.address();
        self.calculators.push(calculator);
        Ok(self.suite.distributor.sender(OWNER).schedule_calculator(scheduled, from_day).motsu_res()?)
    }

    /// Lets the Diamond answer for a session what the model knows of it.
    fn host_as_modelled(&self, name: &str) {
        let Some(session) = self.model.sessions().session(name) else { return };
        let bid_id = address(&session.subnet).into_word();
        let closed_at = session.closed_at.unwrap_or_default();
        let words = diamond::session(bid_id, session.opened_at.into(), session.ends_at.into(), closed_at.into());
        self.host(name, &words);
        let bid = diamond::bid(address(&session.subnet));
        self.suite.diamond.sender(ANYONE).answer(&diamond::get_bid(bid_id), &bid);
    }

    fn host(&self, name: &str, session: &[u8]) {
        self.suite.diamond.sender(ANYONE).answer(&diamond::get_session(session_id(name)), session);
    }
}

/// The number of a weight.
pub(super) fn number_of(weight: Weight) -> u8 {
    match weight {
        Weight::Seconds => SECONDS,
        Weight::Sessions => SESSIONS,
    }
}
