//! The scenario format: read strictly, refused as a whole with file, event and field.

use std::path::Path;

use alloy::primitives::U256;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_suite::terms::Weight;
use serde_json::Value;

use super::fields::{Fault, Fields};

/// The longest grace that a recorder takes, in days.
const MAX_GRACE_DAYS: u32 = 90;
/// Shortest lock in seconds that `StakeAlignment` takes.
const MIN_LOCK_SECONDS: u32 = 86_400;
/// Longest lock in seconds that `StakeAlignment` takes.
const MAX_LOCK_SECONDS: u32 = 365 * 86_400;

/// What the owner pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pausable {
    /// Deposits.
    Stake,
    /// Settling.
    Settle,
    /// Claiming.
    Claim,
}

/// What happens. Amounts in MOR wei, fees in parts of 1e25, times in Unix seconds, UTC days by number or date.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the format's, told in its schema")]
pub enum Op {
    /// The subnet registers itself as its own receiver.
    Register { subnet: String, fee: U256 },
    /// The subnet says who is paid the operator's part.
    SetReceiver { subnet: String, receiver: String },
    /// The subnet cuts its fee.
    SetFee { subnet: String, fee: U256 },
    /// The staker deposits.
    Stake { subnet: String, staker: String, amount: U256 },
    /// The staker takes principal back.
    Withdraw { subnet: String, staker: String, amount: U256 },
    /// A session opens, with the subnet as its provider.
    Open { session: String, subnet: String, ends_at: u64 },
    /// A session closes.
    Close { session: String },
    /// Anyone records a session.
    Record { session: String },
    /// Anyone records sessions in one call.
    RecordMany { sessions: Vec<String> },
    /// Anyone settles final days.
    Settle { subnet: String, max_days: u32 },
    /// Anyone claims for the operator.
    Claim { subnet: String },
    /// Anyone claims for the staker, walking at most so many of its days with a stake change.
    ClaimStake { subnet: String, staker: String, max_changes: u32 },
    /// The pool is topped up.
    Fund { amount: U256 },
    /// The pool's keeper sets what the distributor may take.
    Allow { amount: U256 },
    /// The owner pauses.
    Pause { what: Pausable },
    /// The owner takes the pause back.
    Unpause { what: Pausable },
    /// The owner announces another minimum subnet stake.
    SetMinSubnetStake { amount: U256 },
    /// The owner deploys a calculator and schedules it.
    ScheduleCalculator { weight: Weight, from_day: u32 },
    /// The owner voids days, half-open.
    Void { from_day: u32, to_day: u32 },
}

/// An operation at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Timestamp of its block, Unix seconds; never falls from one event to the next.
    pub at: u64,
    /// What happens.
    pub op: Op,
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// When the contracts are deployed, Unix seconds.
    pub start: u64,
    /// Days for which a day stays open after its end.
    pub grace_days: u32,
    /// How long a deposit locks.
    pub lock_seconds: u32,
    /// Stake from which a subnet is eligible, MOR wei.
    pub min_subnet_stake: U256,
    /// The first calculator's weight.
    pub weight: Weight,
    /// MOR wei in the Compute pool at `start`.
    pub pool: U256,
    /// What happens, in order.
    pub events: Vec<Event>,
}

impl Scenario {
    /// Reads and checks the scenario in `file`.
    ///
    /// # Errors
    /// [`BadInput`] with the file, and the event and field at fault.
    pub fn load(file: &Path) -> Result<Self, BadInput> {
        let name = file.display();
        let text = files::read(file)?;
        Self::parse(&text).map_err(|fault| BadInput::new(format!("{name}: {fault}")))
    }

    /// Reads and checks `text`; the error says the event and field at fault.
    ///
    /// # Errors
    /// One line if `text` is no scenario.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        let mut fields = Fields::of(value, "a scenario")?;
        let start = fields.unix("start")?;
        let scenario = Self {
            start,
            grace_days: fields.count("grace_days", MAX_GRACE_DAYS)?,
            lock_seconds: fields.within("lock_seconds", MIN_LOCK_SECONDS, MAX_LOCK_SECONDS)?,
            min_subnet_stake: fields.decimal("min_subnet_stake")?,
            weight: weight(&mut fields)?,
            pool: fields.decimal("pool")?,
            events: events(fields.take("events")?, start)?,
        };
        fields.finish()?;
        Ok(scenario)
    }
}

fn events(value: Value, start: u64) -> Result<Vec<Event>, Fault> {
    let Value::Array(list) = value else { return Err("`events` must be a list".into()) };
    let mut now = start;
    let mut events = Vec::with_capacity(list.len());
    for (index, value) in list.into_iter().enumerate() {
        let event = event(value, now).map_err(|fault| format!("event {index}: {fault}"))?;
        now = event.at;
        events.push(event);
    }
    Ok(events)
}

/// Reads `{"at": unix, "<verb>": {...}}`, not before `now`.
fn event(value: Value, now: u64) -> Result<Event, Fault> {
    let mut fields = Fields::of(value, "an event")?;
    let at = fields.unix("at")?;
    if at < now {
        return Err(format!("time runs backwards: `at` is {at} after {now}"));
    }
    let (verb, value) = fields.only()?;
    let op = op(&verb, value).map_err(|fault| format!("{verb}: {fault}"))?;
    Ok(Event { at, op })
}

fn op(verb: &str, value: Value) -> Result<Op, Fault> {
    let mut f = Fields::of(value, "what happens")?;
    let op = match verb {
        "register" => Op::Register { subnet: f.name("subnet")?, fee: f.decimal("fee")? },
        "set_receiver" => Op::SetReceiver { subnet: f.name("subnet")?, receiver: f.name("receiver")? },
        "set_fee" => Op::SetFee { subnet: f.name("subnet")?, fee: f.decimal("fee")? },
        "stake" => Op::Stake { subnet: f.name("subnet")?, staker: f.name("staker")?, amount: f.decimal("amount")? },
        "withdraw" => {
            Op::Withdraw { subnet: f.name("subnet")?, staker: f.name("staker")?, amount: f.decimal("amount")? }
        }
        "open" => Op::Open { session: f.name("session")?, subnet: f.name("subnet")?, ends_at: f.unix("ends_at")? },
        "close" => Op::Close { session: f.name("session")? },
        "record" => Op::Record { session: f.name("session")? },
        "record_many" => Op::RecordMany { sessions: f.names("sessions")? },
        "settle" => Op::Settle { subnet: f.name("subnet")?, max_days: f.count("max_days", u32::MAX)? },
        "claim" => Op::Claim { subnet: f.name("subnet")? },
        "claim_stake" => {
            let max_changes = if f.has("max_changes") { f.count("max_changes", u32::MAX)? } else { u32::MAX };
            Op::ClaimStake { subnet: f.name("subnet")?, staker: f.name("staker")?, max_changes }
        }
        "fund" => Op::Fund { amount: f.decimal("amount")? },
        "allow" => Op::Allow { amount: f.decimal("amount")? },
        "pause" => Op::Pause { what: pausable(&mut f)? },
        "unpause" => Op::Unpause { what: pausable(&mut f)? },
        "set_min_subnet_stake" => Op::SetMinSubnetStake { amount: f.decimal("amount")? },
        "schedule_calculator" => Op::ScheduleCalculator { weight: weight(&mut f)?, from_day: f.day("from_day")? },
        "void" => Op::Void { from_day: f.day("from_day")?, to_day: f.day("to_day")? },
        _ => return Err("unknown verb".into()),
    };
    f.finish()?;
    Ok(op)
}

fn weight(fields: &mut Fields) -> Result<Weight, Fault> {
    fields.choice("weight", &[("seconds", Weight::Seconds), ("sessions", Weight::Sessions)])
}

fn pausable(fields: &mut Fields) -> Result<Pausable, Fault> {
    fields.choice("what", &[("stake", Pausable::Stake), ("settle", Pausable::Settle), ("claim", Pausable::Claim)])
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
