//! Why the calculator refuses.

use alloy_sol_types::sol;
use mrc53_interfaces::refusals;

sol! {
    /// The number names no weight: 0 is seconds (MRC-53 version 2), 1 is sessions (version 1).
    #[derive(Debug, PartialEq, Eq)]
    error UnknownWeight(uint8 weight);

    /// A constructor argument is the zero address.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroAddress();

    /// The session recorder reverted, has no code, or answered something that is not usage.
    #[derive(Debug, PartialEq, Eq)]
    error RecorderCallFailed(address recorder);

    /// The stake alignment reverted, has no code, or answered something that is not stake.
    #[derive(Debug, PartialEq, Eq)]
    error AlignmentCallFailed(address alignment);

    /// No stake reaches the target today: it is above the day's emission, or equal to it while others stake.
    #[derive(Debug, PartialEq, Eq)]
    error TargetAboveEmission(uint256 target, uint256 emission);
}

refusals! {
    /// Every refusal of the calculator. They change nothing: all of its functions but the constructor are views.
    #[derive(Debug, PartialEq, Eq)]
    pub enum Error {
        UnknownWeight { weight },
        ZeroAddress {},
        RecorderCallFailed { recorder },
        AlignmentCallFailed { alignment },
        TargetAboveEmission { target, emission },
    }
}
