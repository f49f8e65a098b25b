// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {DiamondOwnableStorage} from "@solarity/solidity-lib/diamond/access/ownable/DiamondOwnableStorage.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

/// @title What the test facets share: the live ABI's structs, and one storage domain for each subject
/// @notice Reduced against the live Diamond: no token moves, so no bonds, fees, stakes on hold, limits or statistics.
abstract contract ComputeStorage is DiamondOwnableStorage {
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

    struct ProvidersStorage {
        EnumerableSet.AddressSet active;
    }

    struct BidsStorage {
        mapping(bytes32 => Bid) bids;
        mapping(bytes32 => uint256) nonces;
    }

    struct SessionsStorage {
        uint256 sessionNonce;
        mapping(bytes32 => Session) sessions;
        mapping(address => EnumerableSet.Bytes32Set) userSessions;
        mapping(address => EnumerableSet.Bytes32Set) providerSessions;
        mapping(bytes32 => EnumerableSet.Bytes32Set) modelSessions;
        mapping(bytes => bool) isProviderApprovalUsed;
        uint256 providersTotalClaimed;
    }

    bytes32 private constant PROVIDERS_SLOT = keccak256("diamond.standard.test.providers.storage");
    bytes32 private constant BIDS_SLOT = keccak256("diamond.standard.test.bids.storage");
    bytes32 private constant SESSIONS_SLOT = keccak256("diamond.standard.test.sessions.storage");

    function _providersStorage() internal pure returns (ProvidersStorage storage providers) {
        bytes32 slot = PROVIDERS_SLOT;
        assembly {
            providers.slot := slot
        }
    }

    function _bidsStorage() internal pure returns (BidsStorage storage bids) {
        bytes32 slot = BIDS_SLOT;
        assembly {
            bids.slot := slot
        }
    }

    function _sessionsStorage() internal pure returns (SessionsStorage storage sessions) {
        bytes32 slot = SESSIONS_SLOT;
        assembly {
            sessions.slot := slot
        }
    }

    /// @dev At most `limit` of `total` from number `offset` on.
    function _pageSize(uint256 total, uint256 offset, uint256 limit) internal pure returns (uint256) {
        if (offset >= total) return 0;
        return total - offset < limit ? total - offset : limit;
    }
}
