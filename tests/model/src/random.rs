//! Random scenarios from a seed: mostly what people would do, with mistakes, edges of days and bad timing mixed in.
//!
//! The generator plays along on a model, so that it knows balances, locks and open days, and can aim beside them.

mod mix;
mod tonight;

use fastrand::Rng;
use num_bigint::BigUint;
use num_traits::{One, Zero};

use crate::op::{Op, Pausable, Weight};
use crate::scenario::{Event, Scenario};
use crate::stakes::{Level, full_fee, max_total_stake};
use crate::time::{DAY_SECONDS, Day, day_of};
use crate::world::Model;

use self::mix::Mix;
pub use self::tonight::{count, first_seed_of_tonight};

/// Subnets that appear; the last one never registers.
const SUBNETS: [&str; 4] = ["north", "south", "west", "nowhere"];
/// Stakers that appear; a subnet may stake as well.
const STAKERS: [&str; 4] = ["alice", "bob", "carol", "north"];
/// Who may be paid for a subnet.
const RECEIVERS: [&str; 4] = ["north", "south", "alice", "treasury"];
/// First days to start on: before launch, at it, in the schedule's course, at its end, after it.
const FIRST_DAYS: [Day; 9] = [19_755, 19_761, 19_800, 20_139, 20_777, 22_014, 24_000, 25_588, 26_000];

/// A scenario of about `events` events; the same seed gives the same one. At its end everything final is settled and
/// claimed.
#[must_use]
pub fn scenario(seed: u64, events: usize) -> Scenario {
    let mut rng = Rng::with_seed(seed);
    let scenario = Scenario {
        start: u64::from(pick(&mut rng, &FIRST_DAYS)) * DAY_SECONDS + rng.u64(0..DAY_SECONDS),
        grace_days: rng.u32(0..4),
        lock_seconds: pick(&mut rng, &[DAY_SECONDS, DAY_SECONDS + 3_600, 2 * DAY_SECONDS, 7 * DAY_SECONDS]),
        min_subnet_stake: mor(pick(&mut rng, &[0, 1, 10_000])),
        weight: pick(&mut rng, &[Weight::Seconds, Weight::Sessions]),
        pool: mor(pick(&mut rng, &[0, 100, 1_000_000])),
        events: Vec::new(),
    };
    let mix = Mix::any(&mut rng);
    let mut author = Author { rng, model: Model::new(&scenario), scenario, sessions: Vec::new(), mix };
    author.open_the_stage();
    while author.scenario.events.len() < events {
        author.advance();
        let op = author.op();
        author.add(op);
    }
    author.close_the_books();
    author.scenario
}

/// Writes a scenario while playing it.
struct Author {
    rng: Rng,
    model: Model,
    scenario: Scenario,
    sessions: Vec<String>,
    mix: Mix,
}

impl Author {
    /// Adds an event now, whether it will be refused or not.
    fn add(&mut self, op: Op) {
        let at = self.model.now();
        self.model.apply(at, &op).ok();
        self.scenario.events.push(Event { at, op });
    }

    /// Registers and stakes something, so that most of what follows is not refused.
    fn open_the_stage(&mut self) {
        for subnet in &SUBNETS[..3] {
            let fee = self.fee();
            self.add(Op::Register { subnet: (*subnet).to_owned(), fee });
            let staker = self.staker();
            let amount = mor(self.rng.u64(10_000..4_000_000));
            self.add(Op::Stake { subnet: (*subnet).to_owned(), staker, amount });
        }
    }

    /// Lets time pass until all that happened is final, then settles and claims everything.
    fn close_the_books(&mut self) {
        let days = u64::from(self.scenario.grace_days) + 2;
        let later = self.model.now() + days * DAY_SECONDS;
        self.model.wait_until(later);
        for what in [Pausable::Settle, Pausable::Claim] {
            self.add(Op::Unpause { what });
        }
        self.add(Op::Fund { amount: mor(10_000_000) });
        self.add(Op::Allow { amount: without_limit() });
        for subnet in self.model.stakes().subnets().to_vec() {
            self.add(Op::Settle { subnet: subnet.name.clone(), max_days: 10_000 });
            self.add(Op::Claim { subnet: subnet.name });
        }
        for (subnet, staker) in self.model.stakes().pairs() {
            self.add(Op::ClaimStake { subnet, staker, max_changes: u32::MAX });
        }
    }

    /// Moves the clock: often not at all, sometimes to a midnight or a second beside it.
    fn advance(&mut self) {
        let now = self.model.now();
        let midnight = (now / DAY_SECONDS + 1) * DAY_SECONDS;
        let at = match self.rng.u8(0..29) {
            _ if self.rng.u8(0..self.mix.events_per_day) == 0 => now + self.rng.u64(1..3) * DAY_SECONDS,
            0..=14 => now,
            15..=17 => now + self.rng.u64(1..60),
            18..=22 => now + self.rng.u64(60..3_600),
            23..=26 => now + self.rng.u64(3_600..30_000),
            _ => midnight - 1 + self.rng.u64(0..3),
        };
        self.model.wait_until(at);
    }

    /// The next operation.
    fn op(&mut self) -> Op {
        match self.mix.verb(&mut self.rng) {
            "register" => Op::Register { subnet: self.subnet(), fee: self.fee() },
            "set_receiver" => Op::SetReceiver { subnet: self.subnet(), receiver: self.receiver() },
            "set_fee" => Op::SetFee { subnet: self.subnet(), fee: self.fee() },
            "stake" => Op::Stake { subnet: self.subnet(), staker: self.staker(), amount: self.stake() },
            "withdraw" => self.withdraw(),
            "open" => self.open(),
            "close" => Op::Close { session: self.session() },
            "record" => Op::Record { session: self.session() },
            "record_many" => Op::RecordMany { sessions: (0..self.rng.u8(0..6)).map(|_| self.session()).collect() },
            "settle" => Op::Settle { subnet: self.subnet(), max_days: pick(&mut self.rng, &[0, 1, 1, 2, 5, 30]) },
            "claim" => Op::Claim { subnet: self.subnet() },
            "claim_stake" => {
                let max_changes = pick(&mut self.rng, &[u32::MAX, u32::MAX, u32::MAX, 0, 1, 1, 2, 3]);
                Op::ClaimStake { subnet: self.subnet(), staker: self.staker(), max_changes }
            }
            "fund" => Op::Fund { amount: self.amount() },
            "allow" => Op::Allow { amount: self.allowance() },
            "pause" => Op::Pause { what: self.pausable() },
            "unpause" => Op::Unpause { what: self.pausable() },
            "set_min_subnet_stake" => Op::SetMinSubnetStake { amount: self.minimum() },
            "schedule_calculator" => self.schedule(),
            _ => self.void(),
        }
    }

    /// A part, all or too much of a balance; seldom of somebody who has none.
    fn withdraw(&mut self) -> Op {
        let mut pairs = self.model.stakes().pairs();
        pairs.retain(|(subnet, staker)| !self.model.stakes().balance(Level::Staker(subnet, staker)).is_zero());
        let anybody = pairs.is_empty() || self.rng.u8(0..10) == 0;
        let (subnet, staker) =
            if anybody { (self.subnet(), self.staker()) } else { pairs.swap_remove(self.rng.usize(0..pairs.len())) };
        let balance = self.model.stakes().balance(Level::Staker(&subnet, &staker));
        let amount = match self.rng.u8(0..8) {
            0 => &balance + 1u8,
            1..=3 => balance,
            _ => balance * self.rng.u64(0..1_000) / 1_000u64,
        };
        Op::Withdraw { subnet, staker, amount }
    }

    /// A session of seconds to eight days; now and then under a name that was used, or one that ends before it begins.
    fn open(&mut self) -> Op {
        let now = self.model.now();
        let is_new = self.sessions.is_empty() || self.rng.u8(0..20) > 0;
        let session = if is_new { format!("session-{}", self.sessions.len()) } else { self.session() };
        if is_new {
            self.sessions.push(session.clone());
        }
        let length = match self.rng.u8(0..6) {
            0 if self.rng.u8(0..12) == 0 => return Op::Open { session, subnet: self.subnet(), ends_at: now - 1 },
            0 => self.rng.u64(0..3),
            1..=2 => self.rng.u64(300..7_200),
            3..=4 => self.rng.u64(7_200..90_000),
            _ => self.rng.u64(90_000..8 * DAY_SECONDS),
        };
        Op::Open { session, subnet: self.subnet(), ends_at: now + length }
    }

    /// A calculator from after the notice on, seldom earlier.
    fn schedule(&mut self) -> Op {
        let weight = pick(&mut self.rng, &[Weight::Seconds, Weight::Sessions]);
        Op::ScheduleCalculator { weight, from_day: self.today() + self.rng.u32(7..14) }
    }

    /// Some days around today, seldom none.
    fn void(&mut self) -> Op {
        let from_day = (self.today() + self.rng.u32(0..8)).saturating_sub(4);
        Op::Void { from_day, to_day: from_day + self.rng.u32(0..3) }
    }

    fn today(&self) -> Day {
        day_of(self.model.now())
    }

    /// A registered subnet, seldom one that never registers.
    fn subnet(&mut self) -> String {
        let last = if self.rng.u8(0..25) == 0 { SUBNETS.len() } else { SUBNETS.len() - 1 };
        SUBNETS[self.rng.usize(0..last)].to_owned()
    }

    fn staker(&mut self) -> String {
        pick(&mut self.rng, &STAKERS).to_owned()
    }

    /// A recent session as a rule, seldom an unknown one.
    fn session(&mut self) -> String {
        let count = self.sessions.len();
        if count == 0 || self.rng.u8(0..30) == 0 {
            return "session-unknown".to_owned();
        }
        let oldest = if self.rng.bool() { 0 } else { count.saturating_sub(4) };
        self.sessions[self.rng.usize(oldest..count)].clone()
    }

    fn receiver(&mut self) -> String {
        pick(&mut self.rng, &RECEIVERS).to_owned()
    }

    fn pausable(&mut self) -> Pausable {
        pick(&mut self.rng, &[Pausable::Stake, Pausable::Settle, Pausable::Claim])
    }

    /// From none to all, seldom a wei too much.
    fn fee(&mut self) -> BigUint {
        match self.rng.u8(0..8) {
            0 => BigUint::zero(),
            1 => full_fee(),
            2 => full_fee() + 1u8,
            _ => full_fee() * self.rng.u64(0..1_000) / 1_000u64,
        }
    }

    /// Nothing, a wei, less than a day emits, or up to 2,000,000 MOR, with an odd number of wei.
    fn amount(&mut self) -> BigUint {
        match self.rng.u8(0..12) {
            0 => BigUint::zero(),
            1 => BigUint::one(),
            2..=4 => mor(self.rng.u64(1..2_000)) + self.rng.u32(..),
            _ => mor(self.rng.u64(1..2_000_000)) + self.rng.u32(..),
        }
    }

    /// An amount; seldom all that the suite takes, with or without a wei more, or more than any word holds.
    fn stake(&mut self) -> BigUint {
        match self.rng.u16(0..300) {
            0 => max_total_stake() - self.model.stakes().balance(Level::Total),
            1..=2 => max_total_stake() - self.model.stakes().balance(Level::Total) + 1u8,
            3..=4 => without_limit(),
            _ => self.amount(),
        }
    }

    /// Without limit as a rule, else an amount.
    fn allowance(&mut self) -> BigUint {
        if self.rng.bool() { without_limit() } else { self.amount() }
    }

    /// Something that subnets reach, seldom more than they can.
    fn minimum(&mut self) -> BigUint {
        match self.rng.u8(0..8) {
            0 => max_total_stake() + 1u8,
            1 => BigUint::zero(),
            2 => BigUint::one(),
            _ => mor(self.rng.u64(1..1_000_000)),
        }
    }
}

/// 2^256 − 1.
fn without_limit() -> BigUint {
    (BigUint::one() << 256u32) - 1u8
}

/// One of several.
fn pick<T: Copy>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(0..from.len())]
}

/// MOR in wei.
fn mor(amount: u64) -> BigUint {
    BigUint::from(amount) * 10u64.pow(18)
}
