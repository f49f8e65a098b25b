//! What every run must have come to at least once: a handler that never succeeds, or never meets the refusal that it
//! is there for, proves nothing.

use crate::tally::Tally;

const OWNER: &str = "OwnableUnauthorizedAccount";

/// By call: the outcomes that must occur.
const WANTED: &[(&str, &[&str])] = &[
    (
        "Stake",
        &["success", "StakeTooLarge", "StakingIsPaused", "SubnetNotRegistered", "TokenTransferFailed", "ZeroAmount"],
    ),
    ("Withdraw", &["success", "InsufficientStake", "StakeLocked", "TokenTransferFailed", "ZeroAmount"]),
    ("Register", &["success", "FeeTooHigh", "NotSubnetOperator", "SubnetAlreadyRegistered", "ZeroReceiver"]),
    ("SetReceiver", &["success", "NotSubnetOperator", "SubnetNotRegistered", "ZeroReceiver"]),
    ("SetFee", &["success", "FeeNotLower", "NotSubnetOperator", "SubnetNotRegistered"]),
    ("SetMinimum", &["success", "MinimumTooHigh", OWNER]),
    ("PauseStaking", &["success", OWNER]),
    (
        "Record",
        &[
            "success",
            "nothing new",
            "too late",
            "SessionTimesInvalid",
            "SessionUnknown",
            "SourceCallFailed",
            "SubnetNotEligible",
        ],
    ),
    ("RecordMany", &["success", "nothing new"]),
    (
        "Settle",
        &[
            "success",
            "worth nothing",
            "CalculatorCallFailed",
            "DayNotFinal",
            "SettlingIsPaused",
            "SubnetNotRegistered",
            "ZeroDays",
        ],
    ),
    (
        "Claim",
        &[
            "success",
            "nothing owed",
            "pool empty",
            "pool short",
            "ClaimingIsPaused",
            "SubnetNotRegistered",
            "TokenCallFailed",
            "TokenTransferFailed",
        ],
    ),
    (
        "ClaimStake",
        &[
            "success",
            "nothing owed",
            "pool empty",
            "pool short",
            "ClaimingIsPaused",
            "TokenCallFailed",
            "TokenTransferFailed",
        ],
    ),
    ("Schedule", &["success", "CalculatorCallFailed", "NoticeTooShort", "ZeroAddress", OWNER]),
    ("Void", &["success", "DayRangeInvalid", OWNER]),
    ("SetPool", &["success", "ZeroAddress", OWNER]),
    ("PauseSettling", &["success", OWNER]),
    ("PauseClaiming", &["success", OWNER]),
    ("Offer", &["success", OWNER]),
    ("Accept", &["success", OWNER]),
    ("InnerStake", &["success", "SubnetNotRegistered", "TokenTransferFailed"]),
    ("InnerWithdraw", &["success", "InsufficientStake", "StakeLocked"]),
    ("InnerSettle", &["success", "DayNotFinal"]),
    ("InnerClaim", &["success", "nothing owed", "SubnetNotRegistered"]),
    ("InnerClaimStake", &["success", "nothing owed"]),
    ("WarySettle", &["success", "AlignmentCallFailed", "SubnetNotRegistered"]),
    ("WaryClaim", &["success", "TokenTransferFailed"]),
    ("WaryClaimStake", &["success", "pool short", "AlignmentCallFailed"]),
    ("Ask", &["success", "DayRangeInvalid", "TargetAboveEmission"]),
    // At the end of a history: subnets that a calculator held up, and that went on once its days were voided.
    ("Outlive", &["success", "not held up"]),
];

/// What did not occur and should have.
pub(crate) fn missing(tally: &Tally) -> Vec<String> {
    let pairs = WANTED.iter().flat_map(|(call, outcomes)| outcomes.iter().map(move |outcome| (call, outcome)));
    pairs
        .filter(|(call, outcome)| tally.of(call, outcome) == 0)
        .map(|(call, outcome)| format!("{call}: {outcome}"))
        .collect()
}
