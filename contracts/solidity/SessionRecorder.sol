// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity >=0.8.24 <0.9.0;

import {SessionSource} from "./SessionSource.sol";
import {Hosted, UsageBuckets} from "./UsageBuckets.sol";

/// @title How many session-seconds each compute subnet hosted on each UTC day, and how many sessions, on Base
/// @notice The rule of the Stylus `SessionRecorder` for a chain on which Stylus does not run: the session source,
/// Morpheus' Compute Diamond as deployed, is the only witness. Whoever calls `record` names a session, nothing more;
/// what has been served by now and is not yet booked is booked. Nothing is booked ahead, nothing is taken back, calling
/// twice is calling once. Day `d` is final from `(d + 1 + graceDays) · 86400` on: its buckets never change again, and
/// served seconds that come later are dropped, with an event that says how many.
///
/// What differs:
///
/// - Whether a day counts is not asked here: stake is on Arbitrum, where eligibility is asked when usage is proven. So
///   there is no total either, and the views answer the subnet's seconds and sessions only, under an ABI of their own:
///   no calculator can be pointed here.
/// - Usage is booked under the account that the provider named (`setSubnet`). A provider without code is its own
///   account until it names another: such an address is the same person on both chains. A contract is not, so a
///   provider with code that has named nobody is refused: nothing is booked, nothing is lost within the grace, and
///   nobody else can decide for it.
/// - Times and buckets are those of the other recorder to the bit, and so are events and errors that both have.
///
/// @dev No owner, no proxy, nothing can be paused, no money is held.
///
/// | slot | what | bytes, 0 the highest |
/// |---|---|---|
/// | `keccak(id, 0)` | a session, once accounted for | 0–19 account, 20–27 until (unix seconds), 28: 1 if complete |
/// | `keccak(provider, 1)` | the account that a provider has named | 12–31 account |
///
/// Usage lies in `buckets`, which this contract creates when it is constructed: neither needs a setter to know the
/// other. Source, grace and buckets are part of this contract's code, this contract's address is part of the buckets'
/// code. Deployed by its init code and arguments (CREATE2), this address stands for source, grace and code; so the
/// buckets' code hash, which a proof of their account shows, stands for all of it.
contract SessionRecorder {
    /// The served seconds `[from, to)` (unix seconds) of a session were added to the buckets of their days. `counted`:
    /// the session itself was counted too, on the day of `from`, which is then the day of its opening.
    event SessionBooked(bytes32 indexed sessionId, address indexed subnet, uint64 from, uint64 to, bool counted);

    /// The served seconds `[until - droppedSeconds, until)` (unix seconds) came after their days were final and are
    /// lost for good.
    event SecondsDropped(bytes32 indexed sessionId, address indexed subnet, uint64 droppedSeconds, uint64 until);

    /// `recordMany` left a session out. `reason` is the selector of the error that `record` would have reverted with.
    event RecordSkipped(bytes32 indexed sessionId, bytes4 reason);

    /// From now on, sessions of `provider` that are booked for the first time are booked under `subnet`.
    event SubnetSet(address indexed provider, address indexed subnet);

    /// The source knows no such session: it answers an opening time of 0.
    error SessionUnknown(bytes32 sessionId);

    /// The source's times contradict each other or the clock: opened in the future, ending before the opening, closed
    /// before the opening or in the future. Unix seconds; `closedAt` 0 means not closed.
    error SessionTimesInvalid(bytes32 sessionId, uint128 openedAt, uint128 endsAt, uint128 closedAt, uint64 nowAt);

    /// The source reverted, has no code, or answered something that is no `Session` or `Bid`. `selector` is that of the
    /// view: `getSession` 0x39b240bd or `getBid` 0x91704e1e.
    error SourceCallFailed(bytes32 sessionId, bytes4 selector);

    /// The provider has code and has named no account (`setSubnet`), or it is zero: the bid does not exist.
    error SubnetNotNamed(address provider);

    /// The subnet's bucket of that day cannot hold that much more.
    error BucketOverflow(address subnet, uint32 day);

    /// `caller` is neither the provider nor what its `owner()` answers.
    error NotProvider(address provider, address caller);

    /// The source of the constructor, or the account to be named, is zero.
    error ZeroAddress();

    /// The grace of the constructor is above `max` days.
    error GraceTooLong(uint32 graceDays, uint32 max);

    /// Longest grace in days. It bounds the days, and with them the words, that one booking can touch.
    uint32 public constant MAX_GRACE_DAYS = 90;

    /// Most gas that `recordMany` gives to one view of the source: twice what the Diamond's dearest usual answer takes.
    uint256 public constant SOURCE_GAS_PER_VIEW = 80_000;

    /// Gas that lets both views of the source get `SOURCE_GAS_PER_VIEW` in full: twice that, and room for what a caller
    /// keeps back (1/64) and does between the two.
    uint256 private constant GAS_FOR_A_FAIR_CHANCE = 2 * SOURCE_GAS_PER_VIEW + 40_000;

    /// Gas that means "all but one 64th of what is left".
    uint256 private constant ALL_GAS = type(uint256).max;

    bytes4 private constant OWNER = 0x8da5cb5b;

    /// Seconds of a UTC day.
    uint256 private constant DAY = 86_400;

    /// Where a session's word has what: see the contract's documentation.
    uint256 private constant SUBNET_SHIFT = 96;
    uint256 private constant BOOKED_UNTIL_SHIFT = 32;
    uint256 private constant COMPLETE = 1 << 24;

    /// The session source: the Diamond.
    address public immutable source;

    /// Days after its end during which a day can still be booked.
    uint32 public immutable graceDays;

    /// Where usage lies.
    UsageBuckets public immutable buckets;

    mapping(bytes32 sessionId => uint256 word) private _sessions;
    mapping(address provider => address subnet) private _named;

    /// Fixes for good whom the recorder asks and how long a day can still be booked after its end, and creates the
    /// buckets.
    /// @dev `graceDays_` is at most `MAX_GRACE_DAYS`; with 0, a day is final at its end. Errors: `ZeroAddress`,
    /// `GraceTooLong`.
    constructor(address source_, uint32 graceDays_) {
        if (source_ == address(0)) revert ZeroAddress();
        if (graceDays_ > MAX_GRACE_DAYS) revert GraceTooLong(graceDays_, MAX_GRACE_DAYS);
        source = source_;
        graceDays = graceDays_;
        buckets = new UsageBuckets();
    }

    /// Books what session `sessionId` has served by now and is not yet booked, and returns how many seconds that is.
    /// @dev Served is `[openedAt, min(endsAt, closedAt if closed, now))`. What of it comes after everything accounted
    /// for before is new. Of that, what lies on final days is dropped; the rest is added to the buckets of the account.
    ///
    /// The session itself is counted once, on its opening day, by its first booking, if that day is not final then. The
    /// account is fixed at the first booking or dropping, whoever sends it: the one that the provider of the session's
    /// bid has named at that moment, or the provider itself if it has no code and has named nobody. One hop: what the
    /// named account names for itself does not matter here.
    ///
    /// Permissionless. With nothing new since the last call it succeeds, returns 0 and writes nothing. A session that
    /// was closed or past its agreed end when everything that it served was accounted for is complete: it succeeds so
    /// without the source being asked.
    ///
    /// Events: `SecondsDropped` if anything is dropped; then `SessionBooked` if anything is booked.
    ///
    /// Errors, in this order: `SourceCallFailed`, `SessionUnknown`, `SessionTimesInvalid`; if there is anything new and
    /// nothing was accounted for before, `SourceCallFailed` (for the bid), `SubnetNotNamed`; if anything is booked,
    /// `BucketOverflow`.
    function record(bytes32 sessionId) external returns (uint64 bookedSeconds) {
        bytes memory refusal;
        (bookedSeconds, refusal) = _book(sessionId, ALL_GAS);
        if (refusal.length != 0) _revertWith(refusal);
    }

    /// Does for each of `sessionIds`, in order, what `record` does, and returns the sum of the seconds booked. What
    /// `record` would refuse is skipped and changes nothing; a session named twice is booked once; an empty list books
    /// nothing.
    /// @dev Each view of the source gets at most `SOURCE_GAS_PER_VIEW`, so no answer can eat the batch: a session whose
    /// answer costs more is skipped with `SourceCallFailed` and can be recorded alone. A batch that runs short of gas
    /// skips nothing for that: it is refused as a whole, so a gas estimate finds what all of it takes. Base takes
    /// 16,777,216 gas in a transaction: 250 sessions of the usual kind.
    ///
    /// Events: those of `record`, and `RecordSkipped` for each session left out.
    ///
    /// Errors: `SourceCallFailed` if a view of the source failed that the batch had too little gas left to give its
    /// fair chance.
    function recordMany(bytes32[] calldata sessionIds) external returns (uint64 bookedSeconds) {
        for (uint256 i = 0; i < sessionIds.length; ++i) {
            uint256 gasLeft = gasleft();
            (uint64 more, bytes memory refusal) = _book(sessionIds[i], SOURCE_GAS_PER_VIEW);
            bookedSeconds += more;
            if (refusal.length == 0) continue;
            bytes4 reason = bytes4(refusal);
            if (reason == SourceCallFailed.selector && gasLeft < GAS_FOR_A_FAIR_CHANCE) _revertWith(refusal);
            emit RecordSkipped(sessionIds[i], reason);
        }
    }

    /// Names the account under which sessions of `provider` are booked that are booked for the first time from now on.
    /// @dev By the provider, or by what its `owner()` answers now if it has code. Any number of providers may name one
    /// account, also one that knows nothing of it; a provider may name itself. What is booked stays where it is.
    ///
    /// Warning: sessions that nobody has booked yet go where the name points when somebody does, also those that are
    /// over: record first, then change the name.
    ///
    /// Event: `SubnetSet`. Errors: `ZeroAddress`, `NotProvider`.
    function setSubnet(address provider, address subnet) external {
        if (subnet == address(0)) revert ZeroAddress();
        if (msg.sender != provider && !_isOwner(msg.sender, provider)) revert NotProvider(provider, msg.sender);
        _named[provider] = subnet;
        emit SubnetSet(provider, subnet);
    }

    /// The account under which a session of `provider` would be booked if it were booked for the first time now. Zero
    /// if it would be refused: the provider has code and has named nobody, or it is zero.
    /// @dev An account that has delegated to code (EIP-7702) has code as long as it does.
    function subnetOf(address provider) public view returns (address subnet) {
        subnet = _named[provider];
        if (subnet == address(0) && provider.code.length == 0) subnet = provider;
    }

    /// What is remembered of a session: its account, and until when (unix seconds) its served time is booked or
    /// dropped. Zeros if it was never booked.
    function session(bytes32 sessionId) external view returns (address subnet, uint64 bookedUntil) {
        uint256 word = _sessions[sessionId];
        return (address(uint160(word >> SUBNET_SHIFT)), uint64(word >> BOOKED_UNTIL_SHIFT));
    }

    /// What `subnet` hosted on `day` as booked by now, whether the day is final or not. Zeros for a day or subnet
    /// without sessions.
    function hosted(address subnet, uint32 day) external view returns (Hosted memory) {
        return buckets.hosted(subnet, day);
    }

    /// What `subnet` hosted on each of the days `[fromDay, toDay)` that are final: one element a day from `fromDay` on,
    /// ending before `firstOpenDay`. These never change again.
    /// @dev Empty if no day of the range is final, or the range is empty or reversed.
    function finalHosted(address subnet, uint32 fromDay, uint32 toDay) external view returns (Hosted[] memory list) {
        uint32 firstOpen = firstOpenDay();
        if (toDay > firstOpen) toDay = firstOpen;
        if (fromDay >= toDay) return list;
        list = new Hosted[](toDay - fromDay);
        for (uint32 day = fromDay; day < toDay; ++day) {
            list[day - fromDay] = buckets.hosted(subnet, day);
        }
    }

    /// The first day that is not final: day `d` is final if and only if `d` is below it.
    function firstOpenDay() public view returns (uint32) {
        uint256 today = block.timestamp / DAY;
        unchecked {
            return today > graceDays ? uint32(today - graceDays) : 0;
        }
    }

    /// @dev Books what is new of `sessionId`. A refusal, the encoded error, has changed nothing; it is empty otherwise.
    function _book(bytes32 sessionId, uint256 sourceGas) private returns (uint64 bookedSeconds, bytes memory refusal) {
        uint256 known = _sessions[sessionId];
        if (known & COMPLETE != 0) return (0, refusal);
        (bool answered, SessionSource.Session memory read) = SessionSource.session(source, sessionId, sourceGas);
        if (!answered) return (0, _sourceFailed(sessionId, SessionSource.GET_SESSION));
        if (read.openedAt == 0) return (0, abi.encodeWithSelector(SessionUnknown.selector, sessionId));
        uint256 until = _servedUntil(read);
        if (until == 0) return (0, _timesInvalid(sessionId, read));

        uint256 from = uint64(known >> BOOKED_UNTIL_SHIFT);
        if (from < read.openedAt) from = read.openedAt;
        if (from >= until) return (0, refusal);
        address subnet = address(uint160(known >> SUBNET_SHIFT));
        if (known == 0) {
            (subnet, refusal) = _accountOf(sessionId, read.bidId, sourceGas);
            if (refusal.length != 0) return (0, refusal);
        }
        return _write(sessionId, subnet, read, from, until, known == 0);
    }

    /// @dev Accounts for the new seconds `[from, until)`: those on final days are dropped, the others are booked,
    /// unless the buckets are too full for them, and then nothing changes.
    function _write(
        bytes32 sessionId,
        address subnet,
        SessionSource.Session memory read,
        uint256 from,
        uint256 until,
        bool isFirst
    ) private returns (uint64 bookedSeconds, bytes memory refusal) {
        // From here on the days are open.
        uint256 cut = uint256(firstOpenDay()) * DAY;
        if (cut < from) cut = from;
        if (cut > until) cut = until;
        // The first booking begins with the opening unless something was dropped.
        bool counted = isFirst && cut == read.openedAt;
        if (cut < until) {
            refusal = _add(subnet, cut, until, counted);
            if (refusal.length != 0) return (0, refusal);
        }
        // Whether no second can follow.
        bool isOver = read.closedAt != 0 || read.endsAt <= block.timestamp;
        _sessions[sessionId] =
            uint256(uint160(subnet)) << SUBNET_SHIFT | until << BOOKED_UNTIL_SHIFT | (isOver ? COMPLETE : 0);
        unchecked {
            if (from < cut) emit SecondsDropped(sessionId, subnet, uint64(cut - from), uint64(cut));
            if (cut < until) emit SessionBooked(sessionId, subnet, uint64(cut), uint64(until), counted);
            bookedSeconds = uint64(until - cut);
        }
    }

    /// @dev The end of what a session has served: the earliest of its agreed end, its closing and now; 0 if its times
    /// contradict each other or the clock. A session may close in the second of its opening, and long after its end.
    function _servedUntil(SessionSource.Session memory read) private view returns (uint256 until) {
        if (read.openedAt > block.timestamp || read.endsAt < read.openedAt) return 0;
        until = block.timestamp;
        if (read.closedAt != 0) {
            if (read.closedAt < read.openedAt || read.closedAt > until) return 0;
            until = read.closedAt;
        }
        if (read.endsAt < until) until = read.endsAt;
    }

    /// @dev The account under which the bid's sessions are booked now, or why none.
    function _accountOf(bytes32 sessionId, bytes32 bidId, uint256 sourceGas)
        private
        view
        returns (address subnet, bytes memory refusal)
    {
        (bool answered, address provider) = SessionSource.provider(source, bidId, sourceGas);
        if (!answered) return (subnet, _sourceFailed(sessionId, SessionSource.GET_BID));
        subnet = subnetOf(provider);
        if (subnet == address(0)) refusal = abi.encodeWithSelector(SubnetNotNamed.selector, provider);
    }

    /// @dev Adds to the buckets, or says that they are too full. Whatever else fails there is gas that ran out, and no
    /// reason to skip a session.
    function _add(address subnet, uint256 from, uint256 to, bool counted) private returns (bytes memory refusal) {
        address called = address(buckets);
        bytes4 selector = UsageBuckets.add.selector;
        bool isAdded;
        assembly ("memory-safe") {
            // Behind everything that is allocated; nothing of it is kept.
            let data := mload(0x40)
            mstore(data, selector)
            mstore(add(data, 4), subnet)
            mstore(add(data, 36), from)
            mstore(add(data, 68), to)
            mstore(add(data, 100), counted)
            isAdded := call(gas(), called, 0, data, 132, 0, 0)
        }
        if (isAdded) return refusal;
        refusal = _returned();
        if (bytes4(refusal) != BucketOverflow.selector) _revertWith(refusal);
    }

    /// @dev What the last call reverted with.
    function _returned() private pure returns (bytes memory data) {
        assembly ("memory-safe") {
            data := mload(0x40)
            mstore(data, returndatasize())
            returndatacopy(add(data, 32), 0, returndatasize())
            mstore(0x40, and(add(add(data, returndatasize()), 63), not(31)))
        }
    }

    /// @dev Whether `provider` is a contract that answers `owner()` with `account`: the whole word, nothing but it.
    function _isOwner(address account, address provider) private view returns (bool isOwner) {
        if (provider.code.length == 0) return false;
        bytes4 selector = OWNER;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            isOwner := staticcall(gas(), provider, 0x00, 0x04, 0x00, 0x20)
            isOwner := and(isOwner, and(gt(returndatasize(), 31), eq(mload(0x00), account)))
        }
    }

    function _sourceFailed(bytes32 sessionId, bytes4 selector) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SourceCallFailed.selector, sessionId, selector);
    }

    function _timesInvalid(bytes32 sessionId, SessionSource.Session memory read) private view returns (bytes memory) {
        return abi.encodeWithSelector(
            SessionTimesInvalid.selector, sessionId, read.openedAt, read.endsAt, read.closedAt, block.timestamp
        );
    }

    function _revertWith(bytes memory refusal) private pure {
        assembly ("memory-safe") {
            revert(add(refusal, 32), mload(refusal))
        }
    }
}
