// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {ComputeStorage} from "./ComputeStorage.sol";
import {SupplyViews} from "./SupplyViews.sol";

/// @title Opening and closing sessions with the live ABI, as deployed: without MRC-53
/// @notice Providers' approvals and receipts are checked as the live facet does. Reduced: no token moves; what a
/// provider has earned counts as claimed when its session is closed.
contract SessionFacet is ComputeStorage, SupplyViews {
    using EnumerableSet for EnumerableSet.Bytes32Set;

    event SessionOpened(address indexed user, bytes32 indexed sessionId, address indexed providerId);
    event SessionClosed(address indexed user, bytes32 indexed sessionId, address indexed providerId);

    error SessionNotByUser(address caller);
    error SessionBidNotFound();
    error SessionProviderSignatureMismatch();
    error SessionDuplicateApproval();
    error SessionApproveExpired();
    error SessionReceiptExpired();
    error SessionForAnotherChainId();
    error SessionTooShort();
    error SessionAlreadyClosed();

    uint128 private constant SIGNATURE_TTL = 10 minutes;
    uint128 private constant MIN_SESSION_DURATION = 5 minutes;
    uint128 private constant MAX_SESSION_DURATION = 7 days;

    /// @notice Opens a session of `user`, the caller, on the bid that the provider has approved: `approvalEncoded` holds
    /// bid, chain, user and time. It lasts as long as `amount` MOR wei of stake pays for, at most seven days.
    function openSession(
        address user,
        uint256 amount,
        bool isDirectPaymentFromUser,
        bytes calldata approvalEncoded,
        bytes calldata signature
    ) external returns (bytes32 sessionId) {
        if (msg.sender != user) revert SessionNotByUser(msg.sender);
        SessionsStorage storage sessions = _sessionsStorage();
        if (sessions.isProviderApprovalUsed[approvalEncoded]) revert SessionDuplicateApproval();
        sessions.isProviderApprovalUsed[approvalEncoded] = true;
        bytes32 bidId = _approvedBid(approvalEncoded, signature);
        Bid storage bid = _bidsStorage().bids[bidId];

        sessionId = getSessionId(user, bid.provider, bidId, sessions.sessionNonce++);
        Session storage session = sessions.sessions[sessionId];
        session.user = user;
        session.stake = amount;
        session.bidId = bidId;
        session.openedAt = uint128(block.timestamp);
        session.endsAt = getSessionEnd(amount, bid.pricePerSecond, uint128(block.timestamp));
        if (session.endsAt < session.openedAt + MIN_SESSION_DURATION) revert SessionTooShort();
        session.isActive = true;
        session.isDirectPaymentFromUser = isDirectPaymentFromUser;
        sessions.userSessions[user].add(sessionId);
        sessions.providerSessions[bid.provider].add(sessionId);
        sessions.modelSessions[bid.modelId].add(sessionId);

        emit SessionOpened(user, sessionId, bid.provider);
    }

    /// @notice Closes the caller's session: `receiptEncoded` holds session, chain, time, speed and latency, and whatever
    /// follows. Without the provider's signature it is disputed.
    function closeSession(bytes calldata receiptEncoded, bytes calldata signature) external {
        (bytes32 sessionId, uint256 chainId, uint128 signedAt,,) =
            abi.decode(receiptEncoded, (bytes32, uint256, uint128, uint32, uint32));
        if (chainId != block.chainid) revert SessionForAnotherChainId();
        if (block.timestamp > signedAt + SIGNATURE_TTL) revert SessionReceiptExpired();
        Session storage session = _sessionsStorage().sessions[sessionId];
        Bid storage bid = _bidsStorage().bids[session.bidId];
        if (msg.sender != session.user) revert SessionNotByUser(msg.sender);
        if (session.closedAt != 0) revert SessionAlreadyClosed();

        session.isActive = false;
        session.closeoutReceipt = receiptEncoded;
        session.closedAt = uint128(block.timestamp);
        uint128 servedUntil = session.closedAt < session.endsAt ? session.closedAt : session.endsAt;
        uint256 earned = (servedUntil - session.openedAt) * bid.pricePerSecond;
        session.providerWithdrawnAmount = earned;
        _sessionsStorage().providersTotalClaimed += earned;
        if (!_signedBy(bid.provider, receiptEncoded, signature)) session.closeoutType = 1;

        _afterClose(sessionId);
        emit SessionClosed(session.user, sessionId, bid.provider);
    }

    /// @notice The session, or zeros (416 bytes) if there is none.
    function getSession(bytes32 sessionId) external view returns (Session memory) {
        return _sessionsStorage().sessions[sessionId];
    }

    /// @notice At most `limit` sessions of `provider` from number `offset` on, and how many there are.
    function getProviderSessions(address provider, uint256 offset, uint256 limit)
        external
        view
        returns (bytes32[] memory page, uint256 total)
    {
        EnumerableSet.Bytes32Set storage all = _sessionsStorage().providerSessions[provider];
        total = all.length();
        page = new bytes32[](_pageSize(total, offset, limit));
        for (uint256 i = 0; i < page.length; ++i) page[i] = all.at(offset + i);
    }

    /// @notice The id of the Diamond's session number `sessionNonce`.
    function getSessionId(address user, address provider, bytes32 bidId, uint256 sessionNonce)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(user, provider, bidId, sessionNonce));
    }

    /// @notice When a session of `amount` MOR wei of stake, opened at `openedAt`, ends.
    function getSessionEnd(uint256 amount, uint256 pricePerSecond, uint128 openedAt) public view returns (uint128) {
        uint256 duration = stakeToStipend(amount, openedAt) / pricePerSecond;
        return openedAt + (duration > MAX_SESSION_DURATION ? MAX_SESSION_DURATION : uint128(duration));
    }

    /// @dev What follows a closed session, before its event: nothing, as deployed.
    function _afterClose(bytes32 sessionId) internal virtual {}

    /// @dev The bid of an approval that its provider has signed lately, for this chain.
    function _approvedBid(bytes calldata approvalEncoded, bytes calldata signature)
        private
        view
        returns (bytes32 bidId)
    {
        uint256 chainId;
        uint128 signedAt;
        (bidId, chainId,, signedAt) = abi.decode(approvalEncoded, (bytes32, uint256, address, uint128));
        if (chainId != block.chainid) revert SessionForAnotherChainId();
        if (block.timestamp > signedAt + SIGNATURE_TTL) revert SessionApproveExpired();
        Bid storage bid = _bidsStorage().bids[bidId];
        if (bid.createdAt == 0 || bid.deletedAt != 0) revert SessionBidNotFound();
        if (!_signedBy(bid.provider, approvalEncoded, signature)) revert SessionProviderSignatureMismatch();
    }

    function _signedBy(address provider, bytes calldata message, bytes calldata signature) private pure returns (bool) {
        (address signer,) = ECDSA.tryRecover(ECDSA.toEthSignedMessageHash(keccak256(message)), signature);
        return signer == provider;
    }
}
