// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity >=0.8.24 <0.9.0;

import {IRewardDistributor} from "./interfaces/IRewardDistributor.sol";

/// @title The Compute Diamond's books with block rewards in them
/// @notice MRC-53 pays block rewards out of the Compute emission that the Diamond shares among its sessions.
/// `getComputeBalance` subtracts them (`balanceAfter`), `totalMORSupply` adds them (`blockRewardsPaid`).
/// @dev All distributors that ever paid are listed: one that is replaced still pays its old debts.
///
/// Opening a session reads both views, so a distributor cannot stop it: one that does not answer within `ANSWER_GAS`,
/// or answers what cannot be, counts as 0. While its program has expired the Diamond's balance is too high by what it
/// has paid. With too little gas to give it `ANSWER_GAS` in full the views revert, so nobody can starve it for a longer
/// session.
library BlockRewardsPaid {
    /// @custom:storage-location diamond:diamond.standard.block.rewards.paid.storage
    struct PaidStorage {
        address[] distributors;
    }

    /// The distributors that count are these.
    event RewardDistributorsSet(address[] distributors);

    /// More distributors than an opening session should ask.
    error TooManyRewardDistributors(uint256 count, uint256 max);

    /// A distributor that would count twice.
    error RewardDistributorListedTwice(address distributor);

    /// Too little gas to ask a distributor.
    error TooLittleGas(uint256 gas, uint256 needed);

    bytes32 internal constant PAID_STORAGE_SLOT = keccak256("diamond.standard.block.rewards.paid.storage");

    /// Most distributors.
    uint256 internal constant MAX_DISTRIBUTORS = 4;

    /// Most gas that one distributor can take: over twice what `totalPaid` takes uncached.
    uint256 internal constant ANSWER_GAS = 100_000;

    /// Most MOR wei that block rewards can come to: the Compute pool emits less from its launch to its end.
    uint256 internal constant MAX_PAID = 10_080_000 ether;

    /// Gas left from which a distributor gets `ANSWER_GAS` in full: 1/64 stays here, and a cold call costs 2,600.
    uint256 private constant GAS_BEFORE_THE_CALL = ANSWER_GAS + ANSWER_GAS / 63 + 5_000;

    /// Sets the distributors, in place of those before.
    /// @dev The facet must let only the owner come here.
    function setRewardDistributors(address[] memory distributors) internal {
        if (distributors.length > MAX_DISTRIBUTORS) {
            revert TooManyRewardDistributors(distributors.length, MAX_DISTRIBUTORS);
        }
        for (uint256 i = 1; i < distributors.length; ++i) {
            for (uint256 j = 0; j < i; ++j) {
                if (distributors[i] == distributors[j]) revert RewardDistributorListedTwice(distributors[i]);
            }
        }
        _paidStorage().distributors = distributors;
        emit RewardDistributorsSet(distributors);
    }

    /// The distributors that count.
    function rewardDistributors() internal view returns (address[] memory) {
        return _paidStorage().distributors;
    }

    /// MOR wei of block rewards paid so far, at most `MAX_PAID` for each distributor: no sum with it overflows.
    function blockRewardsPaid() internal view returns (uint256 paid) {
        address[] storage distributors = _paidStorage().distributors;
        uint256 count = distributors.length;
        for (uint256 i = 0; i < count; ++i) {
            paid += _totalPaid(distributors[i]);
        }
    }

    /// What is left of `emitted` after `claimed` and the block rewards, MOR wei; 0 if that is more than was emitted.
    function balanceAfter(uint256 emitted, uint256 claimed) internal view returns (uint256) {
        if (claimed >= emitted) return 0;
        uint256 left = emitted - claimed;
        uint256 paid = blockRewardsPaid();
        return paid >= left ? 0 : left - paid;
    }

    /// @dev 0 unless the answer is one word of at most `MAX_PAID`.
    function _totalPaid(address distributor) private view returns (uint256 paid) {
        if (gasleft() < GAS_BEFORE_THE_CALL) revert TooLittleGas(gasleft(), GAS_BEFORE_THE_CALL);
        bytes4 selector = IRewardDistributor.totalPaid.selector;
        uint256 gasLimit = ANSWER_GAS;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            let answered := staticcall(gasLimit, distributor, 0x00, 0x04, 0x00, 0x20)
            if and(answered, eq(returndatasize(), 0x20)) { paid := mload(0x00) }
        }
        if (paid > MAX_PAID) return 0;
    }

    function _paidStorage() private pure returns (PaidStorage storage paidStorage) {
        bytes32 slot = PAID_STORAGE_SLOT;
        assembly {
            paidStorage.slot := slot
        }
    }
}
