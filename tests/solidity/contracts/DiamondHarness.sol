// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

/// @title What the suite sees of the Morpheus Compute Diamond
/// @notice Stands in for the Diamond on the devnode: same structs, same storage order, same answers of `getSession`,
/// `getBid` and `getProviderSessions` (`tests/vectors/diamond.json`, byte for byte). Opening and closing are reduced to
/// what changes those answers: no tokens move, nobody signs, everybody may open and close.
contract DiamondHarness {
    struct Session {
        address user;
        bytes32 bidId;
        uint256 stake;
        bytes closeoutReceipt;
        uint256 closeoutType;
        uint256 providerWithdrawnAmount;
        uint128 openedAt;
        uint128 endsAt;
        uint128 closedAt;
        bool isActive;
        bool isDirectPaymentFromUser;
    }

    struct Bid {
        address provider;
        bytes32 modelId;
        uint256 pricePerSecond;
        uint256 nonce;
        uint128 createdAt;
        uint128 deletedAt;
    }

    event SessionOpened(address indexed user, bytes32 indexed sessionId, address indexed providerId);
    event SessionClosed(address indexed user, bytes32 indexed sessionId, address indexed providerId);

    error ZeroProvider();
    error SessionAlreadyOpened(bytes32 sessionId);
    error SessionNotOpened(bytes32 sessionId);
    error SessionAlreadyClosed(bytes32 sessionId);
    error EndsBeforeOpening(uint128 endsAt, uint128 openedAt);

    /// @dev The one model that every harness bid is made on, and its price: the Diamond's minimum.
    bytes32 private constant MODEL_ID = keccak256("mrc53.harness.model");
    uint256 private constant PRICE_PER_SECOND = 1e13;
    /// @dev What a user locks for a session; not zero, so that a session takes as many slots as a real one.
    uint256 private constant SESSION_STAKE = 1 ether;

    mapping(bytes32 => Session) private _sessions;
    mapping(bytes32 => Bid) private _bids;
    mapping(address => bytes32[]) private _providerSessions;

    /// @notice Opens `sessionId` now, on the bid of `provider`, which is made if it does not exist.
    /// @param endsAt unix seconds; the Diamond's own limits (5 minutes, 7 days) are not enforced.
    function openSession(bytes32 sessionId, address provider, uint128 endsAt) external {
        uint128 openedAt = uint128(block.timestamp);
        if (provider == address(0)) revert ZeroProvider();
        if (_sessions[sessionId].openedAt != 0) revert SessionAlreadyOpened(sessionId);
        if (endsAt < openedAt) revert EndsBeforeOpening(endsAt, openedAt);

        bytes32 bidId = keccak256(abi.encodePacked(provider, MODEL_ID, uint256(0)));
        if (_bids[bidId].createdAt == 0) {
            _bids[bidId] = Bid(provider, MODEL_ID, PRICE_PER_SECOND, 0, openedAt, 0);
        }
        _sessions[sessionId] =
            Session(msg.sender, bidId, SESSION_STAKE, "", 0, 0, openedAt, endsAt, 0, true, false);
        _providerSessions[provider].push(sessionId);

        emit SessionOpened(msg.sender, sessionId, provider);
    }

    /// @notice Closes `sessionId` now, with a receipt of the usual 160 bytes.
    function closeSession(bytes32 sessionId) external {
        Session storage session = _sessions[sessionId];
        if (session.openedAt == 0) revert SessionNotOpened(sessionId);
        if (session.closedAt != 0) revert SessionAlreadyClosed(sessionId);

        // The words of a provider's receipt: session, chain, time, tokens per second · 1000, time to first token in ms.
        session.closeoutReceipt =
            abi.encode(sessionId, block.chainid, block.timestamp, uint256(42_500), uint256(310));
        session.closedAt = uint128(block.timestamp);
        session.isActive = false;

        emit SessionClosed(session.user, sessionId, _bids[session.bidId].provider);
    }

    /// @notice Stores a session as it is, whatever it holds. A session new to its bid's provider joins that provider's list.
    function putSession(bytes32 sessionId, Session calldata session) external {
        bool isNew = _sessions[sessionId].openedAt == 0;
        _sessions[sessionId] = session;
        if (isNew) _providerSessions[_bids[session.bidId].provider].push(sessionId);
    }

    /// @notice Stores a bid as it is, whatever it holds.
    function putBid(bytes32 bidId, Bid calldata bid) external {
        _bids[bidId] = bid;
    }

    /// @notice The session, or zeros (416 bytes) if there is none.
    function getSession(bytes32 sessionId) external view returns (Session memory) {
        return _sessions[sessionId];
    }

    /// @notice The bid, or zeros (192 bytes) if there is none.
    function getBid(bytes32 bidId) external view returns (Bid memory) {
        return _bids[bidId];
    }

    /// @notice At most `limit` sessions of `provider` from number `offset` on, and how many there are.
    function getProviderSessions(address provider, uint256 offset, uint256 limit)
        external
        view
        returns (bytes32[] memory page, uint256 total)
    {
        bytes32[] storage all = _providerSessions[provider];
        total = all.length;
        if (offset >= total) return (page, total);
        uint256 size = total - offset < limit ? total - offset : limit;
        page = new bytes32[](size);
        for (uint256 i = 0; i < size; ++i) {
            page[i] = all[offset + i];
        }
    }
}
