//! What can happen: the verbs of the scenario format.

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};

use crate::decimal;
use crate::time::{Day, read_day};

/// What usage is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Session-seconds (MRC-53 version 2).
    Seconds,
    /// Sessions, counted on their opening day (version 1).
    Sessions,
}

/// What the owner can pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pausable {
    /// Deposits.
    Stake,
    /// Settling.
    Settle,
    /// Claiming.
    Claim,
}

/// One operation; the verbs of the format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the format's, told in its schema")]
pub enum Op {
    /// The subnet registers itself as its own receiver.
    Register {
        subnet: String,
        #[serde(with = "decimal")]
        fee: BigUint,
    },
    /// The subnet says who is paid the operator's part from now on.
    SetReceiver { subnet: String, receiver: String },
    /// The subnet lowers its fee.
    SetFee {
        subnet: String,
        #[serde(with = "decimal")]
        fee: BigUint,
    },
    /// The staker deposits MOR wei.
    Stake {
        subnet: String,
        staker: String,
        #[serde(with = "decimal")]
        amount: BigUint,
    },
    /// The staker takes MOR wei back.
    Withdraw {
        subnet: String,
        staker: String,
        #[serde(with = "decimal")]
        amount: BigUint,
    },
    /// A session opens.
    Open { session: String, subnet: String, ends_at: u64 },
    /// A session is closed.
    Close { session: String },
    /// Anyone records a session.
    Record { session: String },
    /// Anyone records sessions in one call, which skips what cannot be recorded.
    RecordMany { sessions: Vec<String> },
    /// Anyone settles final days.
    Settle { subnet: String, max_days: u32 },
    /// Anyone claims for the operator.
    Claim { subnet: String },
    /// Anyone claims for a staker, walking at most so many of its days with a stake change: all unless given.
    ClaimStake {
        subnet: String,
        staker: String,
        #[serde(default = "all", skip_serializing_if = "is_all")]
        max_changes: u32,
    },
    /// MOR wei into the Compute pool.
    Fund {
        #[serde(with = "decimal")]
        amount: BigUint,
    },
    /// The pool's keeper lets the distributor take so many MOR wei from now on; 2^256 − 1 never runs down.
    Allow {
        #[serde(with = "decimal")]
        amount: BigUint,
    },
    /// The owner pauses.
    Pause { what: Pausable },
    /// The owner takes the pause back.
    Unpause { what: Pausable },
    /// The owner announces another minimum subnet stake, MOR wei.
    SetMinSubnetStake {
        #[serde(with = "decimal")]
        amount: BigUint,
    },
    /// The owner deploys and schedules a calculator.
    ScheduleCalculator {
        weight: Weight,
        #[serde(deserialize_with = "read_day")]
        from_day: Day,
    },
    /// The owner voids days, half-open.
    Void {
        #[serde(deserialize_with = "read_day")]
        from_day: Day,
        #[serde(deserialize_with = "read_day")]
        to_day: Day,
    },
}

impl Op {
    /// Every verb of the format.
    pub const VERBS: [&str; 19] = [
        "register",
        "set_receiver",
        "set_fee",
        "stake",
        "withdraw",
        "open",
        "close",
        "record",
        "record_many",
        "settle",
        "claim",
        "claim_stake",
        "fund",
        "allow",
        "pause",
        "unpause",
        "set_min_subnet_stake",
        "schedule_calculator",
        "void",
    ];

    /// Its verb, as a scenario file writes it.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        match self {
            Op::Register { .. } => "register",
            Op::SetReceiver { .. } => "set_receiver",
            Op::SetFee { .. } => "set_fee",
            Op::Stake { .. } => "stake",
            Op::Withdraw { .. } => "withdraw",
            Op::Open { .. } => "open",
            Op::Close { .. } => "close",
            Op::Record { .. } => "record",
            Op::RecordMany { .. } => "record_many",
            Op::Settle { .. } => "settle",
            Op::Claim { .. } => "claim",
            Op::ClaimStake { .. } => "claim_stake",
            Op::Fund { .. } => "fund",
            Op::Allow { .. } => "allow",
            Op::Pause { .. } => "pause",
            Op::Unpause { .. } => "unpause",
            Op::SetMinSubnetStake { .. } => "set_min_subnet_stake",
            Op::ScheduleCalculator { .. } => "schedule_calculator",
            Op::Void { .. } => "void",
        }
    }

    /// The accounts it names.
    #[must_use]
    pub fn accounts(&self) -> Vec<&str> {
        match self {
            Op::Register { subnet, .. }
            | Op::SetFee { subnet, .. }
            | Op::Open { subnet, .. }
            | Op::Settle { subnet, .. }
            | Op::Claim { subnet } => vec![subnet],
            Op::SetReceiver { subnet, receiver } => vec![subnet, receiver],
            Op::Stake { subnet, staker, .. }
            | Op::Withdraw { subnet, staker, .. }
            | Op::ClaimStake { subnet, staker, .. } => vec![subnet, staker],
            _ => vec![],
        }
    }

    /// The sessions it names.
    #[must_use]
    pub fn sessions(&self) -> Vec<&str> {
        match self {
            Op::Open { session, .. } | Op::Close { session } | Op::Record { session } => vec![session],
            Op::RecordMany { sessions } => sessions.iter().map(String::as_str).collect(),
            _ => vec![],
        }
    }
}

/// More changes than a staker can have: all of them.
fn all() -> u32 {
    u32::MAX
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_all(max_changes: &u32) -> bool {
    *max_changes == all()
}
