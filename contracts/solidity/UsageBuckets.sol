// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity >=0.8.24 <0.9.0;

/// What one subnet hosted on one UTC day.
struct Hosted {
    // Session-seconds; concurrent sessions add up.
    uint64 sessionSeconds;
    // Sessions that were opened on the day.
    uint32 sessions;
}

/// @title Session-seconds and sessions of each subnet and UTC day, kept so that they can be proven to another chain
/// @notice A `SessionRecorder` creates it and is the only one that adds. Four days of a subnet are one word, whatever
/// it hosted on them, and nothing else is stored here: a proof of a word does not deepen with every session recorded.
/// @dev No owner, no proxy, no money. The recorder is part of the code, so the code hash, which every proof of the
/// account shows, commits to it; see there for what that commits to.
///
/// | slot | what |
/// |---|---|
/// | `keccak(i, keccak(subnet, 0))` | `usage[subnet][i]`: the days `4·i … 4·i + 3` |
///
/// Word, byte 0 the highest; k is `day % 4`:
///
/// | bytes | field | range |
/// |---|---|---|
/// | 8·k – 8·k+4 | session-seconds of day `4·i + k` | below 2^40 |
/// | 8·k+5 – 8·k+7 | sessions opened on day `4·i + k` | below 2^24 |
///
/// The widths were computed for Base, where anybody may name a subnet for a provider and by that add to its bucket.
/// Base runs 40 million gas a second on average (80 million a block of two seconds; above that the base fee rises by up
/// to 4 % a block, within an hour beyond all ether there is). Opening a session in the Diamond takes 433,829 gas and
/// booking it 50,000, so a day sees at most 7.2 million sessions; 2^24 is 16.8 million. 2^40 seconds are 12.7 million
/// sessions open all day; at the lowest price each locks 1.9 MOR for its seven days, together more MOR than is emitted
/// before autumn 2029. So neither field fills up, and the count has the wider margin on purpose: it could be filled
/// with sessions of a second, which would keep a subnet's own out of that day, while a subnet whose seconds are full
/// has nearly all usage there is. What does not fit is refused (`BucketOverflow`), never wrapped.
contract UsageBuckets {
    /// Somebody else than the recorder adds.
    error NotRecorder(address caller);

    /// The bucket of that day cannot hold that much more.
    error BucketOverflow(address subnet, uint32 day);

    /// Seconds of a UTC day.
    uint256 private constant DAY = 86_400;
    /// Days that share one word.
    uint256 private constant DAYS_PER_WORD = 4;
    uint256 private constant BITS_PER_DAY = 64;
    uint256 private constant BITS_OF_SESSIONS = 24;
    uint256 private constant MAX_SESSIONS = (1 << BITS_OF_SESSIONS) - 1;
    uint256 private constant MAX_SECONDS = (1 << (BITS_PER_DAY - BITS_OF_SESSIONS)) - 1;

    /// Who adds: the contract that created this one.
    address public immutable recorder;

    /// @dev A word of its own type, so that its slot is found once for reading and writing.
    struct Word {
        uint256 packed;
    }

    /// The word number `day / 4` of each subnet.
    mapping(address subnet => mapping(uint256 index => Word)) public usage;

    constructor() {
        recorder = msg.sender;
    }

    /// Adds the seconds `[from, to)` (unix seconds) to the buckets of their days, and one session to the day of `from`
    /// if `counted`. Nothing to an empty span.
    /// @dev Errors: `NotRecorder`; `BucketOverflow` with the first day that is too full, and then nothing is added.
    function add(address subnet, uint64 from, uint64 to, bool counted) external {
        if (msg.sender != recorder) revert NotRecorder(msg.sender);
        mapping(uint256 => Word) storage words = usage[subnet];
        uint256 second = from;
        uint256 sessions = counted ? 1 : 0;
        // Every second is below 2^64, and a field that would overflow is refused before it is written.
        unchecked {
            while (second < to) {
                uint256 day = second / DAY;
                Word storage stored = words[day / DAYS_PER_WORD];
                uint256 word = stored.packed;
                do {
                    uint256 end = (day + 1) * DAY;
                    if (end > to) end = to;
                    uint256 shift = _shift(day);
                    uint256 had = word >> shift;
                    bool isFull = (had & MAX_SESSIONS) + sessions > MAX_SESSIONS
                        || ((had >> BITS_OF_SESSIONS) & MAX_SECONDS) + (end - second) > MAX_SECONDS;
                    if (isFull) revert BucketOverflow(subnet, uint32(day));
                    word += ((end - second) << BITS_OF_SESSIONS | sessions) << shift;
                    sessions = 0;
                    second = end;
                    ++day;
                } while (second < to && day % DAYS_PER_WORD != 0);
                stored.packed = word;
            }
        }
    }

    /// What `subnet` hosted on `day`. Zeros for a day or subnet without sessions.
    function hosted(address subnet, uint32 day) external view returns (Hosted memory) {
        uint256 bucket = usage[subnet][day / DAYS_PER_WORD].packed >> _shift(day);
        return Hosted(uint64((bucket >> BITS_OF_SESSIONS) & MAX_SECONDS), uint32(bucket & MAX_SESSIONS));
    }

    /// @dev How far right `day` lies in its word.
    function _shift(uint256 day) private pure returns (uint256) {
        unchecked {
            return (DAYS_PER_WORD - 1 - day % DAYS_PER_WORD) * BITS_PER_DAY;
        }
    }
}
