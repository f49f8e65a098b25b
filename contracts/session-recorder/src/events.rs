//! What `SessionRecorder` reports. Together the events rebuild everything that its views answer of sessions and days;
//! what was fixed at construction, and the mark that a session is complete, which only saves calls, are not among them.

use alloy_sol_types::sol;

sol! {
    /// The served seconds `[from, to)` (unix seconds) of a session, on days on which its subnet was eligible, were added
    /// to the buckets of their days. `counted`: the session itself was counted too, on the day of `from`, which is then
    /// the day of its opening.
    #[derive(Debug, PartialEq, Eq)]
    event SessionBooked(bytes32 indexed sessionId, address indexed subnet, uint64 from, uint64 to, bool counted);

    /// The served seconds `[until - droppedSeconds, until)` (unix seconds) came after their days were final and are
    /// lost for good.
    #[derive(Debug, PartialEq, Eq)]
    event SecondsDropped(bytes32 indexed sessionId, address indexed subnet, uint64 droppedSeconds, uint64 until);

    /// On the days `[fromDay, toDay)` the subnet was not eligible: what the session served on them, between what was
    /// accounted for before and what is booked after, is not counted and never will be.
    #[derive(Debug, PartialEq, Eq)]
    event DaysPassedOver(bytes32 indexed sessionId, address indexed subnet, uint32 fromDay, uint32 toDay);

    /// `recordMany` left a session out. `reason` is the selector of the error that `record` would have reverted with.
    #[derive(Debug, PartialEq, Eq)]
    event RecordSkipped(bytes32 indexed sessionId, bytes4 reason);
}
