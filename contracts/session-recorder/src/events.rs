//! What `SessionRecorder` reports. Together the events rebuild its whole state.

use alloy_sol_types::sol;

sol! {
    /// The served seconds `[from, to)` (unix seconds) of a session were added to the buckets of their days. `counted`:
    /// the session itself was counted too, on the day of `from`, which is then the day of its opening.
    #[derive(Debug, PartialEq, Eq)]
    event SessionBooked(bytes32 indexed sessionId, address indexed subnet, uint64 from, uint64 to, bool counted);

    /// The served seconds `[until - droppedSeconds, until)` (unix seconds) came after their days were final and are
    /// lost for good.
    #[derive(Debug, PartialEq, Eq)]
    event SecondsDropped(bytes32 indexed sessionId, address indexed subnet, uint64 droppedSeconds, uint64 until);

    /// `recordMany` left a session out. `reason` is the selector of the error that `record` would have reverted with.
    #[derive(Debug, PartialEq, Eq)]
    event RecordSkipped(bytes32 indexed sessionId, bytes4 reason);
}
