// SPDX-License-Identifier: MIT OR Apache-2.0
// Written by `cargo mrc53 interfaces` from the contract; do not edit.
pragma solidity >=0.8.24 <0.9.0;

/// @title `UsageProofs`
/// @notice How many session-seconds each compute subnet hosted on each UTC day on Base, and how many sessions, proven
/// on Arbitrum. It answers what `SessionRecorder` answers, and the calculator cannot tell the difference.
interface IUsageProofs {
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

    /// The relay has sent a root of Base.
    event RootAccepted(bytes32 indexed root);

    /// From now on, words of the storage with `storageRoot` can be proven by this root, whose block is of `timestamp`
    /// (unix seconds). It covers the days before `firstDayNotCovered`.
    event RootOpened(bytes32 indexed root, uint64 timestamp, bytes32 storageRoot, uint32 firstDayNotCovered);

    /// Days of word number `word` of the subnet were added to its buckets and to the total: those whose eight bytes in
    /// `added` are not zero.
    event WordProven(address indexed subnet, uint32 indexed word, bytes32 root, bytes32 added);

    /// What the subnet hosted on that day was not added, for the `reason` with this number: 0 the root does not cover
    /// the day, 1 the day is final, 2 it was proven before, 3 the subnet was not eligible on it, 4 the total cannot
    /// hold that much more.
    event DayPassedOver(address indexed subnet, uint32 indexed day, uint8 reason);

    /// An address of the constructor, or the code hash, is zero.
    error ZeroArgument();

    /// The grace of the constructor is above `max` days.
    error GraceTooLong(uint32 graceDays, uint32 max);

    /// The window of the constructor is below `min` or above `max` days.
    error WindowOutOfRange(uint32 windowDays, uint32 min, uint32 max);

    /// Somebody else than the relay sends a root.
    error NotRelay(address caller);

    /// The arguments are not those of the function, ABI-encoded.
    error ArgumentsMalformed();

    /// The relay has not sent this root.
    error RootUnknown(bytes32 root);

    /// The root is another than what version 0, state root, message passer's root and the header's hash are hashed to.
    error PreimageMismatch(bytes32 root, bytes32 hashed);

    /// The header is no list of strings with a state root and a time.
    error HeaderMalformed(bytes32 blockHash);

    /// The header has another state root.
    error StateRootMismatch(bytes32 stateRoot, bytes32 ofHeader);

    /// The header's time is later than now. Unix seconds.
    error HeaderInFuture(uint64 timestamp, uint64 nowAt);

    /// The buckets do not exist in that state.
    error AccountAbsent(address buckets);

    /// What the state holds for the buckets is no account.
    error AccountMalformed(address buckets);

    /// The buckets have other code.
    error CodeHashMismatch(bytes32 codeHash, bytes32 found);

    /// The root was not opened.
    error RootNotOpen(bytes32 root);

    /// There are not as many words as subnets.
    error LengthsDiffer(uint32 subnets, uint32 words);

    /// No such word: the days of the last one are those up to 2^32 - 1.
    error WordOutOfRange(uint32 position, uint32 word);

    /// The hashed slot of the word at `position` of the batch, counted from 0, is not above the one before it.
    error WordNotAscending(uint32 position);

    /// The proof ends where node number `node`, counted from 0, is needed for the word at `position` of the batch, or
    /// for the account.
    error NodeMissing(uint32 position, uint32 node);

    /// The node is another than its parent, or the root, names.
    error NodeUnexpected(uint32 position, uint32 node);

    /// The node, or something embedded in it, is malformed.
    error NodeMalformed(uint32 position, uint32 node);

    /// The value in the node is no number as a storage holds it.
    error ValueMalformed(uint32 position, uint32 node);

    /// No word needs the node, nor what comes behind it.
    error NodesLeft(uint32 node);

    /// `StakeAlignment` did not answer on which days the subnet is eligible.
    error AlignmentCallFailed(address alignment);

    /// Takes a root of Base that Ethereum holds for valid. Taking it twice changes nothing.
    /// @dev Events: `RootAccepted`, the first time.
    ///
    /// Errors: `NotRelay` for anybody but the relay.
    function acceptRoot(bytes32 root) external;

    /// Opens an accepted root: from now on `prove` takes proofs against it. Permissionless; roots may be opened in any
    /// order, and every opened one stays usable. Opening twice changes nothing, whatever else is sent.
    /// @dev The root is the hash of version 0 (a word of zeros), `stateRoot`, `messagePasserRoot` and the hash of
    /// `header`, the RLP of the block's header, which must have that state root and a time that is not later than now.
    /// `accountProof` are the nodes from the state root to the account of the buckets, one behind the other; the
    /// account must have the code hash of the constructor. If the root covers more days than any before, coverage
    /// moves, and the window of these days begins now.
    ///
    /// Events: `RootOpened`, the first time.
    ///
    /// Errors: In this order: `ArgumentsMalformed`, `RootUnknown`, `PreimageMismatch`, `HeaderMalformed`,
    /// `StateRootMismatch`, `HeaderInFuture`, of the proof `NodeMissing`, `NodeUnexpected`, `NodeMalformed`,
    /// `NodesLeft`, then `AccountAbsent`, `AccountMalformed`, `CodeHashMismatch`.
    function openRoot(bytes32 root, bytes32 stateRoot, bytes32 messagePasserRoot, bytes calldata header, bytes calldata accountProof) external;

    /// Proves words of the buckets on Base by an opened root, and returns how many days were added. Permissionless.
    /// @dev Word number `words[i]` of `subnets[i]` holds its days `4 · words[i]` to `4 · words[i] + 3`. The pairs stand
    /// in strictly ascending order of their hashed slots, keccak256 of keccak256(word ‖ keccak256(subnet ‖ 0)). `nodes`
    /// are those of the storage's trie, one behind the other: each once, depth first, in the order in which the pairs
    /// need them; a node that stands inside its parent may be listed again behind it.
    ///
    /// Every day on which something was hosted, that is covered by the root, not final, not proven yet, and on which
    /// the subnet was eligible is added to the subnet's bucket and to the total. The others are passed over with an
    /// event, and the rest goes on; of a day on which nothing was hosted there is nothing to say.
    ///
    /// Events: For each word `DayPassedOver` for each day passed over, then `WordProven` if a day was added.
    ///
    /// Errors: `ArgumentsMalformed`, `LengthsDiffer`, `RootNotOpen`; for each word `WordOutOfRange`,
    /// `WordNotAscending`, `NodeMissing`, `NodeUnexpected`, `NodeMalformed`, `ValueMalformed`, `AlignmentCallFailed`;
    /// then `NodesLeft`.
    function prove(bytes32 root, address[] calldata subnets, uint32[] calldata words, bytes calldata nodes) external returns (uint32 daysAdded);

    /// The usage of `subnet` and of all subnets on `day` as proven by now, whether the day is final or not. Zeros for a
    /// day of which nothing was proven.
    function usageOf(address subnet, uint32 day) external view returns (DayUsage memory);

    /// The usage on each of the days `[fromDay, toDay)` that are final: one element a day from `fromDay` on, ending
    /// before `firstOpenDay`. These never change again.
    /// @dev Empty if no day of the range is final, or the range is empty or reversed. The cost grows with the number of
    /// days answered, and every four days share their reads.
    function finalUsage(address subnet, uint32 fromDay, uint32 toDay) external view returns (DayUsage[] memory);

    /// The first day that is not final: day `d` is final if and only if `d` is below it. 0 before the first.
    function firstOpenDay() external view returns (uint32);

    /// Whether the relay has sent `root`, whether it is opened, and if so the time of its header (unix seconds) and the
    /// root of the buckets' storage.
    function root(bytes32 root) external view returns (bool isAccepted, bool isOpen, uint64 timestamp, bytes32 storageRoot);

    /// How often coverage has moved.
    function coverageEntries() external view returns (uint32);

    /// The first day that was not covered once coverage had moved for the time number `number`, counted from 0, and
    /// when that was (unix seconds). Zeros if it has not.
    function coverageEntry(uint32 number) external view returns (uint32 firstDayNotCovered, uint64 openedAt);

    /// Who sends roots: the relay on Ethereum, as its messages arrive.
    function relay() external view returns (address);

    /// The `UsageBuckets` on Base, and the hash of their code.
    function buckets() external view returns (address account, bytes32 codeHash);

    /// The `StakeAlignment` that is asked on which days subnets were eligible.
    function alignment() external view returns (address);

    /// Days after its end during which a day can still be booked on Base.
    function graceDays() external view returns (uint32);

    /// Days for which a covered day can be proven, at least.
    function windowDays() external view returns (uint32);
}
