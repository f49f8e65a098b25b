//! The contracts as this tool calls them. Days are UTC day numbers, amounts MOR wei.
#![allow(missing_docs, clippy::too_many_arguments, reason = "the macro's items; the contracts document themselves")]

use alloy::sol;

sol! {
    #[derive(Debug, Default)]
    struct DayUsage { uint64 subnetSeconds; uint64 totalSeconds; uint32 subnetSessions; uint32 totalSessions; }
    #[derive(Debug)]
    struct DayStake { uint128 subnetStakeSeconds; uint128 totalStakeSeconds; bool subnetChanged; }
    #[derive(Debug)]
    struct RewardBreakdown {
        uint128 emission; uint128 usageReward; uint128 stakeReward; uint128 payable_; uint8 binds;
    }

    #[sol(rpc)]
    interface SessionRecorder {
        function record(bytes32 sessionId) external returns (uint64 bookedSeconds);
        function recordMany(bytes32[] sessionIds) external returns (uint64 bookedSeconds);
        function session(bytes32 sessionId) external view returns (address subnet, uint64 bookedUntil);
        function usageOf(address subnet, uint32 day) external view returns (DayUsage);
        function firstOpenDay() external view returns (uint32);
        function source() external view returns (address);
        function alignment() external view returns (address);
        function graceDays() external view returns (uint32);

        event SessionBooked(bytes32 indexed sessionId, address indexed subnet, uint64 from, uint64 to, bool counted);
        event SecondsDropped(bytes32 indexed sessionId, address indexed subnet, uint64 droppedSeconds, uint64 until);
        event RecordSkipped(bytes32 indexed sessionId, bytes4 reason);
    }

    #[sol(rpc)]
    interface StakeAlignment {
        function registerSubnet(address subnet, address receiver, uint256 fee) external;
        function setReceiver(address subnet, address receiver) external;
        function setFee(address subnet, uint256 fee) external;
        function stake(address subnet, uint256 amount) external;
        function withdraw(address subnet, uint256 amount) external;
        function isEligible(address subnet) external view returns (bool);
        function subnet(address subnet) external view returns (address receiver, uint256 fee, uint32 registrationDay);
        function stakeOf(address subnet, address staker) external view returns (uint128 amount, uint64 unlockAt);
        function subnetStake(address subnet) external view returns (uint128);
        function totalStake() external view returns (uint128);
        function stakeSeconds(address subnet, uint32 fromDay, uint32 toDay) external view returns (DayStake[]);
        function token() external view returns (address);
        function lockSeconds() external view returns (uint64);
        function minSubnetStake() external view returns (uint256);
        function scheduledMinSubnetStake() external view returns (uint256 amount, uint32 fromDay);
        function setMinSubnetStake(uint256 amount) external;
        function pauseStaking() external;
        function unpauseStaking() external;
        function stakingPaused() external view returns (bool);
        function owner() external view returns (address);
        function pendingOwner() external view returns (address);
        function transferOwnership(address newOwner) external;
        function acceptOwnership() external;

        event SubnetRegistered(address indexed subnet, address indexed receiver, uint256 fee, uint32 day);
    }

    #[sol(rpc)]
    interface RewardCalculator {
        function reward(address subnet, uint32 day) external view returns (RewardBreakdown);
        function preview(address subnet) external view returns (RewardBreakdown);
        function requiredStake(address subnet, uint256 target) external view returns (uint256);
        function emission(uint32 day) external view returns (uint128);
        function emitted(uint32 day) external view returns (uint128);
        function weight() external view returns (uint8);
        function recorder() external view returns (address);
        function alignment() external view returns (address);
    }

    #[sol(rpc)]
    interface RewardDistributor {
        function settle(address subnet, uint32 maxDays) external returns (uint32 settledDays, uint256 credited);
        function claim(address subnet) external returns (uint256 paid, uint256 owed);
        function claimStake(address subnet, address staker, uint32 maxChanges)
            external returns (uint256 paid, uint256 owed);
        function operatorAccount(address subnet) external view returns (uint32 nextDay, uint256 owed);
        function stakerOwed(address subnet, address staker, uint32 maxChanges)
            external view returns (uint256 owed, bool complete);
        function totalCredited() external view returns (uint256);
        function totalPaid() external view returns (uint256);
        function calculatorOf(uint32 day) external view returns (address);
        function isVoided(uint32 day) external view returns (bool);
        function firstDay() external view returns (uint32);
        function token() external view returns (address);
        function alignment() external view returns (address);
        function computePool() external view returns (address);
        function settlingPaused() external view returns (bool);
        function claimingPaused() external view returns (bool);
        function scheduleCalculator(address calculator, uint32 fromDay) external;
        function voidDays(uint32 fromDay, uint32 toDay) external;
        function setComputePool(address pool) external;
        function setSettlingPaused(bool paused) external;
        function setClaimingPaused(bool paused) external;
        function owner() external view returns (address);
        function pendingOwner() external view returns (address);
        function transferOwnership(address newOwner) external;
        function acceptOwnership() external;

        event DaySettled(address indexed subnet, uint32 indexed day, uint256 payableWei, uint256 stakersPotWei);
        event Settled(address indexed subnet, uint32 fromDay, uint32 toDay);
        event OperatorPaid(address indexed subnet, address indexed receiver, uint256 amount);
        event StakerPaid(address indexed subnet, address indexed staker, uint256 amount);
        event DebtKept(address indexed subnet, address indexed account, uint256 owed);
        event CalculatorScheduled(address indexed calculator, uint32 fromDay);
        event DaysVoided(uint32 fromDay, uint32 toDay);
    }

    /// What the tool reads of the Compute Diamond: its live ABI.
    #[sol(rpc)]
    interface Diamond {
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
        function getSession(bytes32 sessionId) external view returns (Session);
        function getBid(bytes32 bidId) external view returns (Bid);
        function getProviderSessions(address provider, uint256 offset, uint256 limit)
            external view returns (bytes32[], uint256 total);
        function getActiveProviders(uint256 offset, uint256 limit) external view returns (address[], uint256 total);
    }

    /// What the tool reads of MOR.
    #[sol(rpc)]
    interface Erc20 {
        function decimals() external view returns (uint8);
        function symbol() external view returns (string);
        function balanceOf(address account) external view returns (uint256);
        function allowance(address owner, address spender) external view returns (uint256);
    }

    #[sol(rpc)]
    interface DiamondHarness {
        function openSession(bytes32 sessionId, address provider, uint128 endsAt) external;
        function closeSession(bytes32 sessionId) external;
    }

    #[sol(rpc)]
    interface MorToken {
        function mint(address to, uint256 value) external;
        function approve(address spender, uint256 value) external returns (bool);
    }

    /// Arbitrum's precompile for Stylus programs.
    #[sol(rpc)]
    interface ArbWasm {
        function stylusVersion() external view returns (uint16 version);
        function activateProgram(address program) external payable returns (uint16 version, uint256 dataFee);
        function codehashKeepalive(bytes32 codehash) external payable;
        function programTimeLeft(address program) external view returns (uint64 seconds_);
        function programVersion(address program) external view returns (uint16 version);
        function expiryDays() external view returns (uint16 days_);
        function keepaliveDays() external view returns (uint16 days_);

        error ProgramUpToDate();
        error ProgramNotActivated();
        error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion);
        error ProgramExpired(uint64 ageInSeconds);
        error ProgramInsufficientValue(uint256 have, uint256 want);
    }

    /// Arbitrum's precompile for the cache of programs: one that is in it starts cheaper.
    #[sol(rpc)]
    interface ArbWasmCache {
        function isCacheManager(address manager) external view returns (bool);
        function allCacheManagers() external view returns (address[] managers);
        function codehashIsCached(bytes32 codehash) external view returns (bool);
        function cacheProgram(address program) external;
    }

    /// Who owns the chain.
    #[sol(rpc)]
    interface ArbOwnerPublic {
        function isChainOwner(address account) external view returns (bool);
    }

    /// Offchain Labs' contract that sells places in the cache.
    #[sol(rpc)]
    interface CacheManager {
        function getMinBid(address program) external view returns (uint192 min);
        function placeBid(address program) external payable;
        function isPaused() external view returns (bool);
    }

    /// Deploys a program, activates it and runs its constructor in one transaction.
    #[sol(rpc)]
    interface StylusDeployer {
        function deploy(bytes calldata bytecode, bytes calldata initData, uint256 initValue, bytes32 salt)
            public payable returns (address);

        event ContractDeployed(address deployedContract);
    }

    /// What the Stylus SDK's router runs once, whatever the constructor's arguments.
    function stylus_constructor();
}

/// Every error that the suite's contracts refuse with, as Solidity signatures.
pub const ERRORS: &[&str] = &[
    "error SessionUnknown(bytes32 sessionId)",
    "error SessionTimesInvalid(bytes32 sessionId, uint128 openedAt, uint128 endsAt, uint128 closedAt, uint64 nowAt)",
    "error SubnetNotEligible(address subnet)",
    "error SourceCallFailed(bytes32 sessionId, bytes4 selector)",
    "error AlignmentCallFailed(address alignment)",
    "error BucketOverflow(address subnet, uint32 day)",
    "error ZeroAddress()",
    "error GraceTooLong(uint32 graceDays, uint32 max)",
    "error SubnetNotRegistered(address subnet)",
    "error SubnetAlreadyRegistered(address subnet)",
    "error NotSubnetOperator(address subnet, address caller)",
    "error ZeroReceiver(address subnet)",
    "error FeeTooHigh(uint256 fee, uint256 max)",
    "error FeeNotLower(uint256 fee, uint256 current)",
    "error ZeroAmount()",
    "error StakeTooLarge(uint256 amount, uint256 available)",
    "error InsufficientStake(uint256 amount, uint256 balance)",
    "error StakeLocked(uint64 unlockAt)",
    "error StakingIsPaused()",
    "error TokenCallFailed(address token)",
    "error TokenTransferFailed(address token)",
    "error LockTooLong(uint64 lockSeconds, uint64 max)",
    "error MinimumTooHigh(uint256 amount, uint256 max)",
    "error DayRangeInvalid(uint32 fromDay, uint32 toDay)",
    "error UnknownWeight(uint8 weight)",
    "error RecorderCallFailed(address recorder)",
    "error TargetAboveEmission(uint256 target, uint256 emission)",
    "error DayNotFinal(uint32 day)",
    "error ZeroDays()",
    "error SettlingIsPaused()",
    "error ClaimingIsPaused()",
    "error NoticeTooShort(uint32 fromDay, uint32 earliest)",
    "error CalculatorCallFailed(address calculator)",
    "error OwnableUnauthorizedAccount(address account)",
    "error OwnableInvalidOwner(address owner)",
    // What Solidity itself refuses with.
    "error Error(string reason)",
    "error Panic(uint256 code)",
    // Arbitrum's precompiles and the deployer.
    "error ProgramNotActivated()",
    "error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion)",
    "error ProgramExpired(uint64 ageInSeconds)",
    "error ProgramUpToDate()",
    "error ProgramNotWasm()",
    "error ProgramKeepaliveTooSoon(uint64 ageInSeconds)",
    "error ProgramInsufficientValue(uint256 have, uint256 want)",
    "error AsmTooLarge(uint256 asm, uint256 queueSize, uint256 cacheSize)",
    "error AlreadyCached(bytes32 codehash)",
    "error BidTooLarge(uint256 bid)",
    "error BidTooSmall(uint192 bid, uint192 min)",
    "error BidsArePaused()",
    "error ContractDeploymentError(bytes bytecode)",
    "error ContractInitializationError(address newContract, bytes data)",
    "error RefundExcessValueError(uint256 excessValue)",
    "error EmptyBytecode()",
    "error InitValueButNotInitData()",
];
