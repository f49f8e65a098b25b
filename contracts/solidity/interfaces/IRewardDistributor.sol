// SPDX-License-Identifier: MIT OR Apache-2.0
// Written by `cargo mrc53 interfaces` from the contract; do not edit.
pragma solidity >=0.8.24 <0.9.0;

/// @title `RewardDistributor`
/// @notice What each subnet and each staker is owed, and paying it.
interface IRewardDistributor {
    /// A day of a subnet was settled with something to pay: `payableWei` was credited, of it `stakersPotWei` to the
    /// stakers and the rest to the operator.
    event DaySettled(address indexed subnet, uint32 indexed day, uint256 payableWei, uint256 stakersPotWei);

    /// All days of `[fromDay, toDay)` are settled; those without a `DaySettled` of their own were worth nothing.
    event Settled(address indexed subnet, uint32 fromDay, uint32 toDay);

    /// The calculator asked for more than the day or the emission allows: `credited` was credited instead of `asked`.
    event CreditClamped(address indexed subnet, uint32 indexed day, uint256 asked, uint256 credited);

    /// The operator's receiver was paid from the Compute pool.
    event OperatorPaid(address indexed subnet, address indexed receiver, uint256 amount);

    /// A staker was paid from the Compute pool.
    event StakerPaid(address indexed subnet, address indexed staker, uint256 amount);

    /// The pool was short: `owed` remains owed. `account` is who is to be paid, the operator's receiver or the staker.
    event DebtKept(address indexed subnet, address indexed account, uint256 owed);

    /// `calculator` counts from `fromDay` on. Whatever was scheduled from that day or later is dropped.
    event CalculatorScheduled(address indexed calculator, uint32 fromDay);

    /// The days `[fromDay, toDay)` settle at zero for every subnet that has not settled them.
    event DaysVoided(uint32 fromDay, uint32 toDay);

    /// Payments come from `pool` from now on.
    event ComputePoolSet(address indexed pool);

    /// Settling was paused or resumed.
    event SettlingPausedSet(bool paused);

    /// Claiming was paused or resumed.
    event ClaimingPausedSet(bool paused);

    /// `newOwner` was offered ownership and has to accept it; zero calls an offer off.
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);

    /// The contract has another owner.
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /// `StakeAlignment` knows no such subnet, or does not answer at all.
    error SubnetNotRegistered(address subnet);

    /// Nothing to settle yet: `day`, the first unsettled one, is not final.
    error DayNotFinal(uint32 day);

    /// Settling no day at all was asked for.
    error ZeroDays();

    /// The owner has paused settling. No day is lost: they can be settled later.
    error SettlingIsPaused();

    /// The owner has paused claiming. What is owed stays owed.
    error ClaimingIsPaused();

    /// A calculator can be scheduled from `earliest` on, not before.
    error NoticeTooShort(uint32 fromDay, uint32 earliest);

    /// The half-open range of days is empty, reversed, or beyond the days the contract can count (65,535).
    error DayRangeInvalid(uint32 fromDay, uint32 toDay);

    /// An address is zero.
    error ZeroAddress();

    /// The calculator of a day reverted, has no code, or answered something that is not a list of amounts; or what is
    /// to be scheduled does so, or takes too much gas, when it is asked for no day.
    error CalculatorCallFailed(address calculator);

    /// `StakeAlignment` reverted, or answered something that cannot be.
    error AlignmentCallFailed(address alignment);

    /// The token does not answer what the pool holds or allows.
    error TokenCallFailed(address token);

    /// The token reverted or refused the transfer.
    error TokenTransferFailed(address token);

    /// The caller is not the owner, or not the one that ownership was offered to.
    error OwnableUnauthorizedAccount(address account);

    /// Settles the next final days of `subnet`, at most `maxDays`, and returns how many it settled and the MOR wei
    /// credited for them to operator and stakers together.
    /// @dev It begins at the latest of the subnet's registration day, `firstDay` and the day after the last settled
    /// one, and ends before the running day, or before the first day that is neither voided nor called final by its
    /// calculator. The fee is the one in force now. Of a day's payable the stakers' pot is `floor(payable · (1e25 −
    /// fee) / 1e25)`, the operator gets the rest. A voided day is settled with nothing as soon as it is over, and its
    /// calculator is not asked.
    ///
    /// Permissionless; settling in one or many calls comes to the same. The gas grows with the number of days settled
    /// and with nothing else.
    ///
    /// Events: `CreditClamped` and `DaySettled` for each day that has something to pay, then one `Settled`.
    ///
    /// Errors: In this order: `SettlingIsPaused`, `ZeroDays`, `SubnetNotRegistered`, `CalculatorCallFailed`,
    /// `AlignmentCallFailed`, `DayNotFinal` with the first unsettled day if there is nothing to settle. A calculator
    /// that fails for a later day does not stand in the way of settling fewer days, and voiding its days takes it out
    /// of the way of those after them.
    function settle(address subnet, uint32 maxDays) external returns (uint32 settledDays, uint256 credited);

    /// Pays the operator of `subnet` what it is owed, as far as the Compute pool goes, and returns what was paid and
    /// what remains owed, in MOR wei.
    /// @dev The money goes to the subnet's receiver of this moment, whoever calls. With nothing owed it succeeds and
    /// pays 0.
    ///
    /// Events: `DebtKept` if the pool is short, `OperatorPaid` if anything is paid.
    ///
    /// Errors: In this order: `ClaimingIsPaused`, `SubnetNotRegistered`, `TokenCallFailed`, `TokenTransferFailed`.
    function claim(address subnet) external returns (uint256 paid, uint256 owed);

    /// Credits `staker` with what its stake toward `subnet` earned on settled days, pays as far as the Compute pool
    /// goes, and returns what was paid and what remains owed of that, in MOR wei.
    /// @dev At most `maxChanges` of the staker's stake changes on settled days are walked; the next call goes on where
    /// this one stops. Once all are walked the balance since the last change counts too. So a staker who has not
    /// changed its stake since the last claim needs none, and with too few the call pays what is due up to the last
    /// change walked and succeeds (`stakerOwed` says whether that is all). The accrual since the last call is floored
    /// once.
    ///
    /// The money goes to the staker, whoever calls. With nothing owed it succeeds and pays 0.
    ///
    /// Events: `DebtKept` if the pool is short, `StakerPaid` if anything is paid.
    ///
    /// Errors: In this order: `ClaimingIsPaused`, `AlignmentCallFailed`, `TokenCallFailed`, `TokenTransferFailed`.
    function claimStake(address subnet, address staker, uint32 maxChanges) external returns (uint256 paid, uint256 owed);

    /// The first unsettled day of `subnet`, whether final or not, and what its operator is owed, in MOR wei.
    /// @dev Errors: `SubnetNotRegistered`.
    function operatorAccount(address subnet) external view returns (uint32 nextDay, uint256 owed);

    /// What `claimStake` with the same arguments would find owed, in MOR wei, whether or not the pool can pay it; and
    /// whether that is all that the settled days have earned the staker.
    /// @dev Errors: `AlignmentCallFailed`.
    function stakerOwed(address subnet, address staker, uint32 maxChanges) external view returns (uint256 owed, bool complete);

    /// What a wei · s of stake toward `subnet` has earned on the settled days: MOR wei times 2^128.
    function accumulator(address subnet) external view returns (uint128);

    /// MOR wei credited so far, to all operators and stakers.
    function totalCredited() external view returns (uint256);

    /// MOR wei paid so far: what the Diamond's `getComputeBalance` has to subtract.
    function totalPaid() external view returns (uint256);

    /// The calculator that counts for `day`, as scheduled by now.
    function calculatorOf(uint32 day) external view returns (address);

    /// Whether `day` settles at zero for subnets that have not settled it.
    function isVoided(uint32 day) external view returns (bool);

    /// The first UTC day that can be settled.
    function firstDay() external view returns (uint32);

    /// The MOR token.
    function token() external view returns (address);

    /// The `StakeAlignment`.
    function alignment() external view returns (address);

    /// The account that pays.
    function computePool() external view returns (address);

    /// Whether settling is paused.
    function settlingPaused() external view returns (bool);

    /// Whether claiming is paused.
    function claimingPaused() external view returns (bool);

    /// Owner only: lets `calculator` count from `fromDay` on, at least `NOTICE_DAYS = 8` after today, so that seven
    /// full days lie between. Whatever was scheduled from that day or later is dropped.
    /// @dev Events: `CalculatorScheduled`.
    ///
    /// Errors: In this order: `OwnableUnauthorizedAccount`, `ZeroAddress`, `NoticeTooShort` with the earliest day,
    /// `CalculatorCallFailed` if it does not answer `rewards` for an empty range with an empty list within
    /// `EMPTY_ANSWER_GAS = 500,000`.
    function scheduleCalculator(address calculator, uint32 fromDay) external;

    /// Owner only: voids the days `[fromDay, toDay)`, past or future, for good. Subnets that have settled them keep
    /// what they have. The others can settle each of them, with nothing, as soon as it is over, whatever its calculator
    /// does.
    /// @dev Events: `DaysVoided`.
    ///
    /// Errors: `OwnableUnauthorizedAccount`; `DayRangeInvalid` for an empty or reversed range, or one that ends after
    /// `END_OF_DAYS`.
    function voidDays(uint32 fromDay, uint32 toDay) external;

    /// Owner only: lets `pool` pay from now on, also what is already owed. It has to approve this contract.
    /// @dev Events: `ComputePoolSet`.
    ///
    /// Errors: `OwnableUnauthorizedAccount`, `ZeroAddress`.
    function setComputePool(address pool) external;

    /// Owner only: refuses or allows settling. Days that pass meanwhile can be settled afterwards.
    /// @dev Events: `SettlingPausedSet`, also if nothing changes.
    ///
    /// Errors: `OwnableUnauthorizedAccount`.
    function setSettlingPaused(bool paused) external;

    /// Owner only: refuses or allows claiming. What is owed stays owed.
    /// @dev Events: `ClaimingPausedSet`, also if nothing changes.
    ///
    /// Errors: `OwnableUnauthorizedAccount`.
    function setClaimingPaused(bool paused) external;

    /// The owner.
    function owner() external view returns (address);

    /// Who may accept the ownership; zero if it was offered to nobody.
    function pendingOwner() external view returns (address);

    /// Owner only: offers the ownership to `newOwner`, in the place of an earlier offer; zero withdraws it.
    /// @dev Events: `OwnershipTransferStarted`.
    ///
    /// Errors: `OwnableUnauthorizedAccount`.
    function transferOwnership(address newOwner) external;

    /// Pending owner only: takes the ownership. It cannot be renounced.
    /// @dev Events: `OwnershipTransferred`.
    ///
    /// Errors: `OwnableUnauthorizedAccount`.
    function acceptOwnership() external;
}
