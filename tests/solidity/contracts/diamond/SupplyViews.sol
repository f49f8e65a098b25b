// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {ComputeStorage} from "./ComputeStorage.sol";

/// @title What the Diamond believes of MOR, with the live ABI, as deployed: without block rewards
/// @notice The live formulas on the published pools; reduced: the pools are constants.
abstract contract SupplyViews is ComputeStorage {
    uint128 private constant PAYOUT_START = 1_707_393_600;
    uint128 private constant INTERVAL = 1 days;
    uint256 private constant POOL_INITIAL = 3_456e18;
    uint256 private constant POOL_DECREASE = 592_558_728_240_000_000;
    uint256 private constant PROTECTION_INITIAL = 576e18;
    uint256 private constant PROTECTION_DECREASE = 98_759_788_040_000_000;

    /// @notice MOR wei of the Compute emission up to the day's beginning that is still there.
    function getComputeBalance(uint128 timestamp) public view virtual returns (uint256) {
        return _emittedToComputeAt(timestamp) - getProvidersTotalClaimed();
    }

    /// @notice MOR wei in circulation at the day's beginning.
    function totalMORSupply(uint128 timestamp) public view virtual returns (uint256) {
        uint128 end = startOfTheDay(timestamp);
        uint256 others = 3 * _emitted(POOL_INITIAL, POOL_DECREASE, end);
        return others + _emitted(PROTECTION_INITIAL, PROTECTION_DECREASE, end) + getProvidersTotalClaimed();
    }

    /// @notice MOR wei that providers have earned with sessions.
    function getProvidersTotalClaimed() public view returns (uint256) {
        return _sessionsStorage().providersTotalClaimed;
    }

    /// @notice What `amount` MOR wei of stake pays for, MOR wei.
    function stakeToStipend(uint256 amount, uint128 timestamp) public view returns (uint256) {
        uint256 supply = totalMORSupply(timestamp);
        return supply == 0 ? 0 : amount * getComputeBalance(timestamp) / (supply * 100);
    }

    /// @notice The stake that pays for `stipend` MOR wei.
    function stipendToStake(uint256 stipend, uint128 timestamp) public view returns (uint256) {
        uint256 balance = getComputeBalance(timestamp);
        return balance == 0 ? 0 : stipend * totalMORSupply(timestamp) * 100 / balance;
    }

    /// @notice 00:00 UTC of the day.
    function startOfTheDay(uint128 timestamp) public pure returns (uint128) {
        return timestamp - timestamp % 1 days;
    }

    /// @dev MOR wei that the Compute pool has emitted by the beginning of the day.
    function _emittedToComputeAt(uint128 timestamp) internal pure returns (uint256) {
        return _emitted(POOL_INITIAL, POOL_DECREASE, startOfTheDay(timestamp));
    }

    /// @dev From the launch to `end`, within the schedule: whole intervals, then the part of the last one.
    function _emitted(uint256 initial, uint256 decrease, uint128 end) private pure returns (uint256) {
        if (end <= PAYOUT_START) return 0;
        uint256 whole = (end - PAYOUT_START) / INTERVAL;
        uint256 rest = (end - PAYOUT_START) % INTERVAL;
        uint256 full = whole * initial - decrease * (whole * (whole - (whole == 0 ? 0 : 1)) / 2);
        return full + (initial - whole * decrease) * rest / INTERVAL;
    }
}
