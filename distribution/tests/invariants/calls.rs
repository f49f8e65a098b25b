//! What can happen in a history. A call says what somebody tries, not what comes of it, so that any call can be left
//! out of a history and the rest still makes sense.

use mrc53_testing::Mood;
use serde::{Deserialize, Serialize};

use crate::{
    actors::{alignment, calculator, source, vault},
    names::Who,
};

/// A history from its beginning: how the suite is set up, and what happens then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct History {
    pub(crate) setup: Setup,
    pub(crate) calls: Vec<Call>,
}

/// How the suite is deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Setup {
    /// The UTC day of the deployment.
    pub(crate) day: u32,
    pub(crate) lock_days: u32,
    pub(crate) grace_days: u32,
    /// Least stake of a subnet, in MOR.
    pub(crate) minimum: u32,
}

/// An amount, made a number when it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Amount {
    Wei(u64),
    Mor(u32),
    Half,
    All,
    AllAndOne,
    /// As much as can be staked at all, less what is.
    Room,
    RoomAndOne,
    /// 2^256 − 1.
    Max,
}

/// A fee; 1e25 is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fee {
    Thousandths(u16),
    OneUnit,
    AboveAll,
    Max,
}

/// How far the clock goes on. It never goes back: a moment that has passed is no wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Wait {
    Seconds(u32),
    /// To the next midnight and this many seconds.
    Midnight(i8),
    Days(u16),
    /// To the second in which that stake is free, and this many seconds.
    Unlock(Who, Who, i8),
    /// To the end of the emission and this many seconds.
    EmissionEnd(i8),
}

/// How a source's answer departs from the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lie {
    /// It was never opened.
    Unknown,
    OpenedInTheFuture,
    OpenedAtTheDawnOfTime,
    /// Opened this many seconds earlier than before.
    OpenedEarlier(u32),
    EndsBeforeItsOpening,
    EndsNever,
    EndsLater(u32),
    EndsEarlier(u32),
    ClosedBeforeItsOpening,
    ClosedInTheFuture,
    ClosedAtTheEndOfTime,
    Provider(Who),
    NoProvider,
    Manner(source::Manner),
}

/// What the thief does while it is being paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Deed {
    Stake(Who, Amount),
    Withdraw(Who, Amount),
    Settle(Who, u32),
    Claim(Who),
    ClaimStake(Who, Who, u32),
}

/// Whose ownership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Owned {
    Alignment,
    Distributor,
}

/// What is asked without changing anything, with arguments that nobody sensible would choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Question {
    StakeSeconds(u32, u32),
    StakerChanges(u32, u32),
    FinalUsage(u32, u32),
    Rewards(u32, u32),
    Reward(u32),
    RequiredStake(Amount),
    CalculatorOf(u32),
    StakerOwed(u32),
}

/// One thing that somebody does. `by` is the sender; where there is none, it is a stranger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Call {
    Wait(Wait),

    Stake {
        subnet: Who,
        by: Who,
        amount: Amount,
    },
    Withdraw {
        subnet: Who,
        by: Who,
        amount: Amount,
    },
    Register {
        subnet: Who,
        by: Who,
        receiver: Option<Who>,
        fee: Fee,
    },
    SetReceiver {
        subnet: Who,
        by: Who,
        receiver: Option<Who>,
    },
    SetFee {
        subnet: Who,
        by: Who,
        fee: Fee,
    },
    SetMinimum {
        by: Who,
        amount: Amount,
    },
    PauseStaking {
        by: Who,
        paused: bool,
    },

    /// Sessions are opened in order. Others name one by how many were opened after it; one more is none.
    Open {
        subnet: Who,
        seconds: u32,
    },
    Close {
        session: u8,
    },
    Record {
        session: u8,
    },
    RecordMany {
        sessions: Vec<u8>,
    },

    Settle {
        subnet: Who,
        days: u32,
    },
    Claim {
        subnet: Who,
    },
    ClaimStake {
        subnet: Who,
        staker: Who,
        changes: u32,
    },
    Schedule {
        by: Who,
        calculator: Option<Who>,
        days_ahead: u8,
    },
    /// Days before and after today.
    Void {
        by: Who,
        from: i16,
        to: i16,
    },
    SetPool {
        by: Who,
        pool: Option<Who>,
    },
    PauseSettling {
        by: Who,
        paused: bool,
    },
    PauseClaiming {
        by: Who,
        paused: bool,
    },
    /// Gives the pool this much more, and the distributor this much of an allowance in the place of what it had.
    Fund {
        pool: Who,
        amount: Amount,
        allowance: Amount,
    },

    Offer {
        of: Owned,
        by: Who,
        to: Option<Who>,
    },
    Accept {
        of: Owned,
        by: Who,
    },

    /// Somebody sends MOR to the alignment for nothing.
    Donate {
        by: Who,
        amount: Amount,
    },
    TokenBecomes(MoodName),
    /// The next transfer calls the thief, who does this.
    Ambush {
        deeds: Vec<Deed>,
    },
    SourceLies {
        session: u8,
        lie: Lie,
    },
    SourceRepents {
        session: u8,
    },
    CalculatorBecomes(calculator::Manner),
    AlignmentBecomes(alignment::Manner),
    VaultBecomes(vault::Manner),

    /// The second distributor, whose alignment lies.
    WarySettle {
        subnet: Who,
        days: u32,
    },
    WaryClaim {
        subnet: Who,
    },
    WaryClaimStake {
        subnet: Who,
        staker: Who,
        changes: u32,
    },

    Ask(Question),
}

/// [`Mood`]s that a history sets by name; a token becomes [`Mood::Reenter`] by an ambush.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MoodName {
    Honest,
    Revert,
    AnswerFalse,
    AnswerNonsense,
    Lie,
    RevertViews,
    Boast,
    Deny,
}

impl From<MoodName> for Mood {
    fn from(name: MoodName) -> Self {
        match name {
            MoodName::Honest => Self::Honest,
            MoodName::Revert => Self::Revert,
            MoodName::AnswerFalse => Self::AnswerFalse,
            MoodName::AnswerNonsense => Self::AnswerNonsense,
            MoodName::Lie => Self::Lie,
            MoodName::RevertViews => Self::RevertViews,
            MoodName::Boast => Self::Boast,
            MoodName::Deny => Self::Deny,
        }
    }
}
