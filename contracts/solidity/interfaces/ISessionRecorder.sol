// SPDX-License-Identifier: MIT OR Apache-2.0
// Written by `cargo mrc53 interfaces` from the contract; do not edit.
pragma solidity >=0.8.24 <0.9.0;

/// @title `SessionRecorder`
/// @notice How many session-seconds each compute subnet hosted on each UTC day, and how many sessions.
interface ISessionRecorder {
    /// What one subnet, and all eligible subnets together, hosted on one UTC day.
    struct DayUsage {
        // Session-seconds of the subnet; concurrent sessions add up.
        uint64 subnetSeconds;
        // Session-seconds of all subnets.
        uint64 totalSeconds;
        // Sessions of the subnet that were opened on the day.
        uint32 subnetSessions;
        // Sessions of all subnets that were opened on the day.
        uint32 totalSessions;
    }

    /// The served seconds `[from, to)` (unix seconds) of a session, on days on which its subnet was eligible, were
    /// added to the buckets of their days. `counted`: the session itself was counted too, on the day of `from`, which
    /// is then the day of its opening.
    event SessionBooked(bytes32 indexed sessionId, address indexed subnet, uint64 from, uint64 to, bool counted);

    /// The served seconds `[until - droppedSeconds, until)` (unix seconds) came after their days were final and are
    /// lost for good.
    event SecondsDropped(bytes32 indexed sessionId, address indexed subnet, uint64 droppedSeconds, uint64 until);

    /// On the days `[fromDay, toDay)` the subnet was not eligible: what the session served on them, between what was
    /// accounted for before and what is booked after, is not counted and never will be.
    event DaysPassedOver(bytes32 indexed sessionId, address indexed subnet, uint32 fromDay, uint32 toDay);

    /// `recordMany` left a session out. `reason` is the selector of the error that `record` would have reverted with.
    event RecordSkipped(bytes32 indexed sessionId, bytes4 reason);

    /// The source knows no such session: it answers an opening time of 0.
    error SessionUnknown(bytes32 sessionId);

    /// The source's times contradict each other or the clock: opened in the future, ending before the opening, closed
    /// before the opening or in the future. Unix seconds; `closedAt` 0 means not closed.
    error SessionTimesInvalid(bytes32 sessionId, uint128 openedAt, uint128 endsAt, uint128 closedAt, uint64 nowAt);

    /// The subnet is eligible on none of the open days on which the session served what is new: its stake-seconds of
    /// each are below what the minimum of that day asks for. The same call succeeds once a day is eligible, or once all
    /// that is new lies on final days, where it is dropped.
    error SubnetNotEligible(address subnet);

    /// The source reverted, has no code, or answered something that is no `Session` or `Bid`. `selector` is that of the
    /// view: `getSession` 0x39b240bd or `getBid` 0x91704e1e.
    error SourceCallFailed(bytes32 sessionId, bytes4 selector);

    /// `StakeAlignment` did not answer on which days the subnet is eligible.
    error AlignmentCallFailed(address alignment);

    /// The bucket of that day, the subnet's or the total, cannot hold that much more.
    error BucketOverflow(address subnet, uint32 day);

    /// An address of the constructor is zero.
    error ZeroAddress();

    /// The grace of the constructor is above `max` days.
    error GraceTooLong(uint32 graceDays, uint32 max);

    /// Books what session `sessionId` has served by now and is not yet booked, and returns how many seconds that is.
    /// @dev Served is `[openedAt, min(endsAt, closedAt if closed, now))`. What of it comes after everything accounted
    /// for before is new. Of that, what lies on final days is dropped, whether the subnet was eligible or not. Of the
    /// rest, the days on which the subnet is eligible are added to the subnet's and the total buckets, up to the end of
    /// the last of them; those between are passed over for good; what comes after stays for a later call.
    ///
    /// The session itself is counted once, on its opening day, by its first booking, if that day is among those booked.
    /// The subnet is the provider of the session's bid as answered at the first booking or dropping.
    ///
    /// Permissionless. With nothing new since the last call it succeeds, returns 0 and writes nothing, whatever became
    /// of the subnet. A session that was closed or past its agreed end when everything that it served was accounted for
    /// is complete: it succeeds so without the source being asked.
    ///
    /// Events: `SecondsDropped` if anything is dropped; then for each run of adjacent eligible days `DaysPassedOver` if
    /// there are days before it that are not, and `SessionBooked`.
    ///
    /// Errors: In this order: `SourceCallFailed`, `SessionUnknown`, `SessionTimesInvalid`; if there is anything new,
    /// `SourceCallFailed` (for the bid); if any of that is not dropped, `AlignmentCallFailed`, `SubnetNotEligible` (on
    /// none of those days), `BucketOverflow`.
    function record(bytes32 sessionId) external returns (uint64 bookedSeconds);

    /// Does for each of `sessionIds`, in order, what `record` does, and returns the sum of the seconds booked. What
    /// `record` would refuse is skipped and changes nothing; a session named twice is booked once; an empty list books
    /// nothing. Each subnet is asked about once, for all open days together.
    /// @dev Each view of the source gets at most `SOURCE_GAS_PER_VIEW = 80,000`, so no answer can eat the batch: a
    /// session whose answer costs more is skipped with `SourceCallFailed` and can be recorded alone. A batch that runs
    /// short of gas skips nothing for that: it is refused as a whole, so a gas estimate finds what all of it takes.
    ///
    /// Events: Those of `record`, and `RecordSkipped` for each session left out.
    ///
    /// Errors: `SourceCallFailed` if a view of the source failed that the batch had too little gas left to give its
    /// fair chance.
    function recordMany(bytes32[] calldata sessionIds) external returns (uint64 bookedSeconds);

    /// What is remembered of a session: its subnet, and until when (unix seconds) its served time is booked or dropped.
    /// Zeros if it was never booked.
    function session(bytes32 sessionId) external view returns (address subnet, uint64 bookedUntil);

    /// The usage of `subnet` and of all subnets on `day` as booked by now, whether the day is final or not. Zeros for a
    /// day or subnet without sessions.
    function usageOf(address subnet, uint32 day) external view returns (DayUsage memory);

    /// The usage on each of the days `[fromDay, toDay)` that are final: one element a day from `fromDay` on, ending
    /// before `firstOpenDay`. These never change again.
    /// @dev Empty if no day of the range is final, or the range is empty or reversed. The cost grows with the number of
    /// days answered, and every four days share their reads.
    function finalUsage(address subnet, uint32 fromDay, uint32 toDay) external view returns (DayUsage[] memory);

    /// The first day that is not final: day `d` is final if and only if `d` is below it.
    function firstOpenDay() external view returns (uint32);

    /// The session source.
    function source() external view returns (address);

    /// The `StakeAlignment` that is asked on which days subnets are eligible.
    function alignment() external view returns (address);

    /// Days after its end during which a day can still be booked.
    function graceDays() external view returns (uint32);
}
