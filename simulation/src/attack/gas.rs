//! Gas of what an attacker sends, in units, as it was measured: the suite's by `snapshots/gas.json`, with the contracts in
//! the chain's cache; the marketplace's as the specification has it, on the real Diamond. What the parent chain takes for
//! data is not in it, nor is fetching stake that was locked until the next day: nobody has measured that.

use serde::Deserialize;

use super::place::Kept;

/// What the suite's transactions cost.
const SNAPSHOT: &str = include_str!("../../../snapshots/gas.json");
/// Sessions of a `recordMany`.
const RECORDED_TOGETHER: u64 = 50;
/// Days of a `settle`.
const SETTLED_TOGETHER: u32 = 30;

/// Opening a session in the Diamond.
pub const OPEN: u64 = 433_829;
/// Closing one, at most.
pub const CLOSE: u64 = 445_000;

/// Gas of each thing that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gas {
    /// Opening a session.
    pub open: u64,
    /// Closing it.
    pub close: u64,
    /// The suite's.
    pub suite: Suite,
}

/// Gas of the suite's calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite {
    /// 50 sessions, the first time.
    record_many: u64,
    /// 50 sessions, once more while they run.
    record_many_more: u64,
    /// `registerSubnet`.
    register: u64,
    /// The first stake toward it.
    stake: u64,
    /// Taking all of it back.
    withdraw: u64,
    /// 30 days.
    settle: u64,
    /// What the operator is owed.
    claim: u64,
    /// What the staker is owed.
    claim_stake: u64,
}

/// A call in the snapshot.
#[derive(Deserialize)]
struct Measured {
    cached: u64,
}

/// The calls of the snapshot that an attack is made of.
#[derive(Deserialize)]
struct Snapshot {
    #[serde(rename = "recordMany of 50, closed, first of each")]
    record_many: Measured,
    #[serde(rename = "recordMany of 50, running, new seconds")]
    record_many_more: Measured,
    #[serde(rename = "registerSubnet")]
    register: Measured,
    #[serde(rename = "stake, first of a staker")]
    stake: Measured,
    #[serde(rename = "withdraw, first of that day")]
    withdraw: Measured,
    #[serde(rename = "settle 30 days")]
    settle: Measured,
    #[serde(rename = "claim, first payment")]
    claim: Measured,
    #[serde(rename = "claimStake, first payment")]
    claim_stake: Measured,
}

impl Suite {
    /// What was measured last.
    ///
    /// # Errors
    /// If the snapshot lacks a call: the tests see that it does not.
    pub fn measured() -> Result<Self, serde_json::Error> {
        let snapshot: Snapshot = serde_json::from_str(SNAPSHOT)?;
        Ok(Self {
            record_many: snapshot.record_many.cached,
            record_many_more: snapshot.record_many_more.cached,
            register: snapshot.register.cached,
            stake: snapshot.stake.cached,
            withdraw: snapshot.withdraw.cached,
            settle: snapshot.settle.cached,
            claim: snapshot.claim.cached,
            claim_stake: snapshot.claim_stake.cached,
        })
    }
}

impl Gas {
    /// All that is sent for sessions that were kept, by `subnets` subnets over `days` days: opened, closed, recorded 50 at
    /// a time; each subnet registered, staked for, settled 30 days at a time, paid out and left.
    #[must_use]
    pub fn of(&self, kept: &Kept, subnets: u64, days: u32) -> u64 {
        let suite = &self.suite;
        let first = self.open + self.close + suite.record_many.div_ceil(RECORDED_TOGETHER);
        let more = suite.record_many_more.div_ceil(RECORDED_TOGETHER);
        let settled = suite.settle * u64::from(days.div_ceil(SETTLED_TOGETHER));
        let once = suite.register + suite.stake + suite.withdraw + suite.claim + suite.claim_stake;
        let sessions = kept.sessions.saturating_mul(first).saturating_add(kept.more_records.saturating_mul(more));
        sessions.saturating_add(subnets.saturating_mul(settled + once))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_sum_is_that_of_the_calls_in_the_snapshot() {
        let all: Value = serde_json::from_str(SNAPSHOT).unwrap();
        let of = |call: &str| all[call]["cached"].as_u64().unwrap();
        let gas = Gas { open: OPEN, close: CLOSE, suite: Suite::measured().unwrap() };
        let none = gas.of(&Kept::default(), 1, 30);
        let calls = ["registerSubnet", "stake, first of a staker", "withdraw, first of that day", "settle 30 days"];
        let paid = of("claim, first payment") + of("claimStake, first payment");
        assert_eq!(none, calls.map(of).iter().sum::<u64>() + paid);
        assert_eq!(gas.of(&Kept::default(), 1, 31) - none, of("settle 30 days"));
        assert_eq!(gas.of(&Kept::default(), 3, 30), 3 * none);
        let kept = Kept { sessions: 50, more_records: 50, ..Kept::default() };
        let [first, more] =
            ["recordMany of 50, closed, first of each", "recordMany of 50, running, new seconds"].map(of);
        let sent = gas.of(&kept, 0, 30) - 50 * (OPEN + CLOSE);
        assert!(sent >= first + more && sent < first + more + 100, "{sent}");
    }
}
