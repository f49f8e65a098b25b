// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {BlockRewardsPaid} from "../../../../contracts/solidity/BlockRewardsPaid.sol";
import {ComputeRewardsHook} from "../../../../contracts/solidity/ComputeRewardsHook.sol";

import {SessionFacet} from "./SessionFacet.sol";
import {SupplyViews} from "./SupplyViews.sol";

/// @title The session facet with MRC-53: what `docs/diamond-upgrade.md` says to change, and nothing else
contract SessionFacetWithHook is SessionFacet {
    /// @notice Sets the recorder at which closed sessions are booked; zero switches it off.
    function setSessionRecorder(address recorder) external onlyOwner {
        ComputeRewardsHook.setSessionRecorder(recorder);
    }

    /// @notice Sets the distributors whose payments count.
    function setRewardDistributors(address[] calldata distributors) external onlyOwner {
        BlockRewardsPaid.setRewardDistributors(distributors);
    }

    /// @notice The recorder at which closed sessions are booked; zero: none.
    function getSessionRecorder() external view returns (address) {
        return ComputeRewardsHook.sessionRecorder();
    }

    /// @notice The distributors whose payments count.
    function getRewardDistributors() external view returns (address[] memory) {
        return BlockRewardsPaid.rewardDistributors();
    }

    /// @inheritdoc SupplyViews
    function getComputeBalance(uint128 timestamp) public view override returns (uint256) {
        return BlockRewardsPaid.balanceAfter(_emittedToComputeAt(timestamp), getProvidersTotalClaimed());
    }

    /// @inheritdoc SupplyViews
    function totalMORSupply(uint128 timestamp) public view override returns (uint256) {
        return super.totalMORSupply(timestamp) + BlockRewardsPaid.blockRewardsPaid();
    }

    function _afterClose(bytes32 sessionId) internal override {
        ComputeRewardsHook.recordSession(sessionId);
    }
}
