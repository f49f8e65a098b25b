//! Why `SessionRecorder` refuses. A refusal changes no state.

use alloy_sol_types::sol;
use mrc53_interfaces::refusals;

sol! {
    /// The source knows no such session: it answers an opening time of 0.
    #[derive(Debug, PartialEq, Eq)]
    error SessionUnknown(bytes32 sessionId);

    /// The source's times contradict each other or the clock: opened in the future, ending before the opening, closed
    /// before the opening or in the future. Unix seconds; `closedAt` 0 means not closed.
    #[derive(Debug, PartialEq, Eq)]
    error SessionTimesInvalid(bytes32 sessionId, uint128 openedAt, uint128 endsAt, uint128 closedAt, uint64 nowAt);

    /// The subnet is eligible on none of the open days on which the session served what is new: its stake-seconds of
    /// each are below what the minimum of that day asks for. The same call succeeds once a day is eligible, or once all
    /// that is new lies on final days, where it is dropped.
    #[derive(Debug, PartialEq, Eq)]
    error SubnetNotEligible(address subnet);

    /// The source reverted, has no code, or answered something that is no `Session` or `Bid`. `selector` is that of
    /// the view: `getSession` 0x39b240bd or `getBid` 0x91704e1e.
    #[derive(Debug, PartialEq, Eq)]
    error SourceCallFailed(bytes32 sessionId, bytes4 selector);

    /// `StakeAlignment` did not answer on which days the subnet is eligible.
    #[derive(Debug, PartialEq, Eq)]
    error AlignmentCallFailed(address alignment);

    /// The bucket of that day, the subnet's or the total, cannot hold that much more.
    #[derive(Debug, PartialEq, Eq)]
    error BucketOverflow(address subnet, uint32 day);

    /// An address of the constructor is zero.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroAddress();

    /// The grace of the constructor is above `max` days.
    #[derive(Debug, PartialEq, Eq)]
    error GraceTooLong(uint32 graceDays, uint32 max);
}

refusals! {
    /// Everything that `SessionRecorder` reverts with.
    #[derive(Debug, PartialEq, Eq)]
    pub enum Error {
        SessionUnknown { sessionId },
        SessionTimesInvalid { sessionId, openedAt, endsAt, closedAt, nowAt },
        SubnetNotEligible { subnet },
        SourceCallFailed { sessionId, selector },
        AlignmentCallFailed { alignment },
        BucketOverflow { subnet, day },
        ZeroAddress {},
        GraceTooLong { graceDays, max },
    }
}
