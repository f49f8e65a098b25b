// SPDX-License-Identifier: MIT OR Apache-2.0
// Written by `cargo mrc53 interfaces` from the contract; do not edit.
pragma solidity >=0.8.24 <0.9.0;

/// @title `StakeAlignment`
/// @notice MOR staked toward compute subnets, counted by time (MRC-53 step 3, "Builder-type staking").
interface IStakeAlignment {
    /// Stake-seconds (MOR wei · s) of one UTC day.
    struct DayStake {
        // Of the subnet.
        uint128 subnetStakeSeconds;
        // Of all subnets.
        uint128 totalStakeSeconds;
        // Whether the subnet's stake changed on the day.
        bool subnetChanged;
    }

    /// One day on which a staker's stake toward a subnet changed.
    struct StakeChange {
        // The UTC day.
        uint32 day;
        // The stake after the day's last change, in MOR wei; it holds until the next change.
        uint128 balance;
        // The staker's stake-seconds of that very day.
        uint128 stakeSeconds;
    }

    /// A subnet was registered on UTC day `day`; `fee` in 1e25 = 100 %.
    event SubnetRegistered(address indexed subnet, address indexed receiver, uint256 fee, uint32 day);

    /// The operator's part goes to `receiver` from now on.
    event ReceiverSet(address indexed subnet, address indexed receiver);

    /// The operator's fee, 1e25 = 100 %, for every day not yet settled.
    event FeeSet(address indexed subnet, uint256 fee);

    /// `staker` staked `amount` MOR wei; all of its stake toward the subnet is locked until `unlockAt`, unix seconds.
    event Staked(address indexed subnet, address indexed staker, uint256 amount, uint64 unlockAt);

    /// `staker` took `amount` MOR wei back.
    event Withdrawn(address indexed subnet, address indexed staker, uint256 amount);

    /// The minimum subnet stake will be `amount` MOR wei from UTC day `fromDay` on; replaces what was pending.
    event MinSubnetStakeScheduled(uint256 amount, uint32 fromDay);

    /// New stakes are refused, or taken again.
    event StakingPausedSet(bool paused);

    /// `newOwner` was offered ownership and has to accept it; zero calls an offer off.
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);

    /// The contract has another owner.
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /// The subnet was never registered.
    error SubnetNotRegistered(address subnet);

    /// The subnet is registered already; its receiver and fee have setters of their own.
    error SubnetAlreadyRegistered(address subnet);

    /// The caller is neither the subnet nor what the subnet contract's `owner()` answers.
    error NotSubnetOperator(address subnet, address caller);

    /// The receiver of the operator's part must not be zero.
    error ZeroReceiver(address subnet);

    /// The fee is above 100 % (1e25).
    error FeeTooHigh(uint256 fee, uint256 max);

    /// A fee can only fall after registration.
    error FeeNotLower(uint256 fee, uint256 current);

    /// The amount must be above zero.
    error ZeroAmount();

    /// More than what the bound on all stake leaves, both in MOR wei.
    error StakeTooLarge(uint256 amount, uint256 available);

    /// More than the caller has staked toward the subnet, both in MOR wei.
    error InsufficientStake(uint256 amount, uint256 balance);

    /// The caller's stake is locked until then, unix seconds; at that second it is free.
    error StakeLocked(uint64 unlockAt);

    /// New stakes are paused. Withdrawals never are.
    error StakingIsPaused();

    /// The token reverted, answered anything but success, or has no code.
    error TokenTransferFailed(address token);

    /// A constructor argument is the zero address.
    error ZeroAddress();

    /// The lock is shorter than a day, both in seconds.
    error LockTooShort(uint64 lockSeconds, uint64 min);

    /// The lock is longer than a year, both in seconds.
    error LockTooLong(uint64 lockSeconds, uint64 max);

    /// A minimum above what can be staked at all, both in MOR wei.
    error MinimumTooHigh(uint256 amount, uint256 max);

    /// The range of days runs backwards, or is longer than one answer holds.
    error DayRangeInvalid(uint32 fromDay, uint32 toDay);

    /// The caller is not the owner, or not the one that ownership was offered to.
    error OwnableUnauthorizedAccount(address account);

    /// Registers `subnet`, once. Rewards count from today on. `fee` is the operator's part of them, 1e25 = 100 %, and
    /// can only fall from here; `receiver` is paid that part.
    /// @dev Errors: `NotSubnetOperator` unless the caller is the subnet or its contract's `owner()`,
    /// `SubnetAlreadyRegistered`, `FeeTooHigh` above 100 %, `ZeroReceiver`.
    ///
    /// Events: `SubnetRegistered`.
    function registerSubnet(address subnet, address receiver, uint256 fee) external;

    /// Sets who is paid the operator's part from now on, also of days before.
    /// @dev Errors: `SubnetNotRegistered`, `NotSubnetOperator`, `ZeroReceiver`.
    ///
    /// Events: `ReceiverSet`.
    function setReceiver(address subnet, address receiver) external;

    /// Lowers the operator's fee, 1e25 = 100 %. It applies to every day that is not settled yet.
    /// @dev Errors: `SubnetNotRegistered`, `NotSubnetOperator`, `FeeNotLower` unless strictly below the current fee.
    ///
    /// Events: `FeeSet`.
    function setFee(address subnet, uint256 fee) external;

    /// Stakes `amount` MOR wei of the caller's toward `subnet`, on an allowance given to this contract. All of the
    /// caller's stake toward the subnet is locked anew.
    /// @dev Errors: `StakingIsPaused`, `SubnetNotRegistered`, `ZeroAmount`, `StakeTooLarge` above what the bound on all
    /// stake leaves, `TokenTransferFailed`.
    ///
    /// Events: `Staked`.
    function stake(address subnet, uint256 amount) external;

    /// Pays `amount` MOR wei of the caller's stake toward `subnet` back to the caller. Any rest may stay.
    /// @dev Errors: `ZeroAmount`, `InsufficientStake`, `StakeLocked` before the end of the lock (at its end it is
    /// free), `TokenTransferFailed`. Nothing else can refuse it.
    ///
    /// Events: `Withdrawn`.
    function withdraw(address subnet, uint256 amount) external;

    /// Whether `subnet` would be eligible on a day that begins now, for people: its stake is at least the minimum in
    /// force today, and above zero. Which days count is what `eligibleDays` answers.
    function isEligible(address subnet) external view returns (bool);

    /// On which UTC days of `[fromDay, toDay)` sessions of `subnet` count: bit i (of value 2^i) for day `fromDay` + i.
    /// @dev A day counts if the subnet's stake-seconds of that day are at least `max(1, minimum · 86400)`, by the
    /// minimum that was in force on it. The answer for a day that is over never changes; a day that is not is answered
    /// as if nothing changed any more.
    ///
    /// Errors: `DayRangeInvalid` if the range runs backwards or has more than `MAX_ELIGIBLE_DAYS = 256` days.
    function eligibleDays(address subnet, uint32 fromDay, uint32 toDay) external view returns (uint256);

    /// Who is paid the operator's part, the fee (1e25 = 100 %), and the UTC day of registration.
    /// @dev Errors: `SubnetNotRegistered`.
    function subnet(address subnet) external view returns (address receiver, uint256 fee, uint32 registrationDay);

    /// What `staker` has toward `subnet`, MOR wei, and the unix second from which it is free (0: never staked).
    function stakeOf(address subnet, address staker) external view returns (uint128 amount, uint64 unlockAt);

    /// What all have toward `subnet`, MOR wei.
    function subnetStake(address subnet) external view returns (uint128);

    /// What all have toward all subnets, MOR wei.
    function totalStake() external view returns (uint128);

    /// Stake-seconds (MOR wei · s) of `subnet` and of all stake for every UTC day of `[fromDay, toDay)`, oldest first.
    /// Days that are not over are answered as if nothing changed any more.
    /// @dev Errors: `DayRangeInvalid` if the range runs backwards or has more than `MAX_DAYS = 8,192` days.
    function stakeSeconds(address subnet, uint32 fromDay, uint32 toDay) external view returns (DayStake[] memory);

    /// Stake-seconds (MOR wei · s) of `staker` toward `subnet` on one UTC day; a day that is not over as if nothing
    /// changed any more.
    function stakerStakeSeconds(address subnet, address staker, uint32 day) external view returns (uint128);

    /// The days on which the stake of `staker` toward `subnet` changed, oldest first and numbered from 0: those
    /// numbered `fromIndex` and later, at most `maxChanges`, that exist. The last one's day may still be running.
    function stakerChanges(address subnet, address staker, uint32 fromIndex, uint32 maxChanges) external view returns (StakeChange[] memory);

    /// The ERC-20 that is staked.
    function token() external view returns (address);

    /// How long a deposit locks its staker's stake toward the subnet, seconds.
    function lockSeconds() external view returns (uint64);

    /// The minimum subnet stake in force today, MOR wei.
    function minSubnetStake() external view returns (uint256);

    /// The minimum that is announced but not in force yet, MOR wei, and its first UTC day; zeros if there is none.
    function scheduledMinSubnetStake() external view returns (uint256 amount, uint32 fromDay);

    /// Announces a minimum subnet stake of `amount` MOR wei, in force after 7 full days, replacing what is pending.
    /// With 0 any stake makes a subnet eligible, and none still does not. Owner only.
    /// @dev Errors: `OwnableUnauthorizedAccount`, `MinimumTooHigh` if nobody could ever stake that much.
    ///
    /// Events: `MinSubnetStakeScheduled`.
    function setMinSubnetStake(uint256 amount) external;

    /// Refuses new stakes from now on. Owner only; withdrawing goes on.
    /// @dev Errors: `OwnableUnauthorizedAccount`.
    ///
    /// Events: `StakingPausedSet`.
    function pauseStaking() external;

    /// Takes new stakes again. Owner only.
    /// @dev Errors: `OwnableUnauthorizedAccount`.
    ///
    /// Events: `StakingPausedSet`.
    function unpauseStaking() external;

    /// Whether new stakes are refused.
    function stakingPaused() external view returns (bool);

    /// Who owns the contract.
    function owner() external view returns (address);

    /// Who may accept ownership; zero if nobody.
    function pendingOwner() external view returns (address);

    /// Offers ownership to `newOwner`, which must accept it; zero calls an offer off. Owner only.
    /// @dev Errors: `OwnableUnauthorizedAccount`.
    ///
    /// Events: `OwnershipTransferStarted`.
    function transferOwnership(address newOwner) external;

    /// Makes the caller the owner, if it was offered that.
    /// @dev Errors: `OwnableUnauthorizedAccount` for anybody but the pending owner.
    ///
    /// Events: `OwnershipTransferred`.
    function acceptOwnership() external;
}
