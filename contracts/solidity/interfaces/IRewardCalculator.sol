// SPDX-License-Identifier: MIT OR Apache-2.0
// Written by `cargo mrc53 interfaces` from the contract; do not edit.
pragma solidity >=0.8.24 <0.9.0;

/// @title `RewardCalculator`
/// @notice What each UTC day owes each compute subnet. Views only; it holds no money and no history.
interface IRewardCalculator {
    /// One subnet's reward of one UTC day and why it is what it is. Amounts in MOR wei, floored.
    struct RewardBreakdown {
        // The Compute pool's emission of the day, E(d).
        uint128 emission;
        // The subnet's share of usage of that emission.
        uint128 usageReward;
        // The subnet's share of stake of that emission.
        uint128 stakeReward;
        // The smaller of the two.
        uint128 payableWei;
        // Which side is the smaller: 0 none (equal), 1 usage, 2 stake.
        uint8 binds;
    }

    /// The number names no weight: 0 is seconds (MRC-53 version 2), 1 is sessions (version 1).
    error UnknownWeight(uint8 weight);

    /// A constructor argument is the zero address.
    error ZeroAddress();

    /// The session recorder reverted, has no code, or answered something that is not usage.
    error RecorderCallFailed(address recorder);

    /// The stake alignment reverted, has no code, or answered something that is not stake.
    error AlignmentCallFailed(address alignment);

    /// No stake reaches the target today: it is above the day's emission, or equal to it while others stake.
    error TargetAboveEmission(uint256 target, uint256 emission);

    /// The reward of `subnet` on `day`, from what is booked and staked by now, whether the day is final or not.
    /// @dev All zeros on a day without emission (before 2024-02-08, after 2040-01-28); then nothing is asked.
    ///
    /// Errors: `RecorderCallFailed` or `AlignmentCallFailed` if one of the two does not answer.
    function reward(address subnet, uint32 day) external view returns (RewardBreakdown memory);

    /// The reward of `subnet` on the running day as it stands: the usage booked so far against the stake as it would be
    /// held until midnight.
    /// @dev Errors: As `reward`.
    function preview(address subnet) external view returns (RewardBreakdown memory);

    /// What `subnet` is owed for each of the days `[fromDay, toDay)` that are final: one amount a day from `fromDay`
    /// on, ending before the first day that the recorder does not call final.
    /// @dev Empty if no day of the range is final, or the range is empty or reversed; cut after `MAX_DAYS = 8,192`
    /// days. The work grows with the number of final days in the range and with nothing else.
    ///
    /// Errors: `RecorderCallFailed` or `AlignmentCallFailed` if one of the two does not answer, or answers with more
    /// days than it was asked for.
    function rewards(address subnet, uint32 fromDay, uint32 toDay) external view returns (uint128[] memory);

    /// The least stake, in MOR wei held toward `subnet` for all of the running day, with which the stake side reaches
    /// `target` MOR wei today, given what others stake. Rounded up; 0 for a target of 0.
    /// @dev It says what the whole day takes: stake that arrives during the day counts only from then on.
    ///
    /// Errors: `TargetAboveEmission` if no stake reaches the target, `AlignmentCallFailed` if the stake cannot be read.
    function requiredStake(address subnet, uint256 target) external view returns (uint256);

    /// `E(d)`: what the Compute pool emits inside the UTC day, in MOR wei.
    function emission(uint32 day) external pure returns (uint128);

    /// `C(d)`: what the Compute pool has emitted from its launch to the end of the UTC day, in MOR wei.
    function emitted(uint32 day) external pure returns (uint128);

    /// What of a session counts: 0 its seconds (MRC-53 version 2), 1 the session (version 1).
    function weight() external view returns (uint8);

    /// The `SessionRecorder` that is asked for usage.
    function recorder() external view returns (address);

    /// The `StakeAlignment` that is asked for stake-seconds.
    function alignment() external view returns (address);
}
