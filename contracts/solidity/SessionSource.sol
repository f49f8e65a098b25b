// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity >=0.8.24 <0.9.0;

/// @title The session source: the Morpheus Compute Diamond as deployed, or anything that answers its two views
/// @notice What it answers is data, not truth: only a bounded prefix is read, and the caller judges the times.
library SessionSource {
    /// What is read of the Diamond's `Session`. Times are unix seconds; `closedAt` 0 means not closed.
    struct Session {
        bytes32 bidId;
        uint256 openedAt;
        uint256 endsAt;
        uint256 closedAt;
    }

    /// `getSession(bytes32)`.
    bytes4 internal constant GET_SESSION = 0x39b240bd;
    /// `getBid(bytes32)`.
    bytes4 internal constant GET_BID = 0x91704e1e;

    /// Reads a session, with at most `gasLimit` gas. Not answered: the source reverts, has no code, or answers less
    /// than ten words, another offset, or times above 128 bits.
    /// @dev Word 0 is the tuple's offset (32), then come user, bidId, stake, receipt offset, closeoutType,
    /// providerWithdrawnAmount, openedAt, endsAt, closedAt, … The receipt's bytes behind are never copied.
    function session(address source, bytes32 sessionId, uint256 gasLimit)
        internal
        view
        returns (bool answered, Session memory read)
    {
        uint256 offset;
        bytes4 selector = GET_SESSION;
        assembly ("memory-safe") {
            // The scratch space holds selector and argument.
            mstore(0x00, selector)
            mstore(0x04, sessionId)
            // Behind everything that is allocated; nothing of it is kept.
            let answer := mload(0x40)
            answered := staticcall(gasLimit, source, 0x00, 0x24, answer, 320)
            answered := and(answered, gt(returndatasize(), 319))
            offset := mload(answer)
            mstore(read, mload(add(answer, 64)))
            mstore(add(read, 32), mload(add(answer, 224)))
            mstore(add(read, 64), mload(add(answer, 256)))
            mstore(add(read, 96), mload(add(answer, 288)))
        }
        answered = answered && offset == 32 && (read.openedAt | read.endsAt | read.closedAt) <= type(uint128).max;
    }

    /// Reads the provider of a bid, with at most `gasLimit` gas. A deleted bid still answers; its provider never
    /// changes. Not answered: the source reverts, has no code, or answers less than one word or no address.
    function provider(address source, bytes32 bidId, uint256 gasLimit)
        internal
        view
        returns (bool answered, address bidder)
    {
        uint256 word;
        bytes4 selector = GET_BID;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            mstore(0x04, bidId)
            answered := staticcall(gasLimit, source, 0x00, 0x24, 0x00, 0x20)
            answered := and(answered, gt(returndatasize(), 31))
            word := mload(0x00)
        }
        return (answered && word <= type(uint160).max, address(uint160(word)));
    }
}
