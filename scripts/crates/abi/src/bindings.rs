//! The contracts as this tool calls them. Days are UTC day numbers, amounts MOR wei.
#![allow(missing_docs, clippy::too_many_arguments, reason = "the macro's items; the contracts document themselves")]

use std::collections::BTreeMap;

use alloy::json_abi::Error;
use alloy::sol;

pub use self::contracts::IRewardCalculator::RewardBreakdown;
pub use self::contracts::ISessionRecorder::DayUsage;
pub use self::contracts::IStakeAlignment::{DayStake, StakeChange};
pub use self::contracts::{
    IRewardCalculator as RewardCalculator, IRewardDistributor as RewardDistributor,
    ISessionRecorder as SessionRecorder, IStakeAlignment as StakeAlignment, IUsageProofs as UsageProofs,
};

/// The suite's contracts, as `cargo mrc53 interfaces` writes them.
mod contracts {
    alloy::sol!(
        #[sol(abi, extra_derives(Debug))]
        "../../../contracts/solidity/interfaces/ISessionRecorder.sol"
    );
    alloy::sol!(
        #[sol(abi, extra_derives(Debug))]
        "../../../contracts/solidity/interfaces/IStakeAlignment.sol"
    );
    alloy::sol!(
        #[sol(abi, extra_derives(Debug))]
        "../../../contracts/solidity/interfaces/IRewardCalculator.sol"
    );
    alloy::sol!(
        #[sol(abi, extra_derives(Debug))]
        "../../../contracts/solidity/interfaces/IRewardDistributor.sol"
    );
    alloy::sol!(
        #[sol(abi, extra_derives(Debug))]
        "../../../contracts/solidity/interfaces/IUsageProofs.sol"
    );
}

pub use self::abroad::base_recorder::SessionRecorder as BaseRecorder;
pub use self::abroad::buckets::UsageBuckets;
pub use self::abroad::relay::RootRelay;

/// The contracts on Base and Ethereum, each in a module of its own, because structs are named after what declares them.
mod abroad {
    pub(super) mod base_recorder {
        alloy::sol!(
            #[sol(abi, extra_derives(Debug))]
            SessionRecorder,
            "../../../contracts/solidity/artifacts/SessionRecorder.json"
        );
    }
    pub(super) mod buckets {
        alloy::sol!(
            #[sol(abi, extra_derives(Debug))]
            UsageBuckets,
            "../../../contracts/solidity/artifacts/UsageBuckets.json"
        );
    }
    pub(super) mod relay {
        alloy::sol!(
            #[sol(abi, extra_derives(Debug))]
            RootRelay,
            "../../../contracts/solidity/artifacts/RootRelay.json"
        );
    }
}

sol! {
    /// What the tool reads of the Compute Diamond: its live ABI.
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
        event SessionOpened(address indexed user, bytes32 indexed sessionId, address indexed providerId);
        event SessionClosed(address indexed user, bytes32 indexed sessionId, address indexed providerId);

        function getSession(bytes32 sessionId) external view returns (Session);
        function getBid(bytes32 bidId) external view returns (Bid);
        function getProviderSessions(address provider, uint256 offset, uint256 limit)
            external view returns (bytes32[], uint256 total);
        function getActiveProviders(uint256 offset, uint256 limit) external view returns (address[], uint256 total);
        function getFundingAccount() external view returns (address);
        function owner() external view returns (address);
    }

    /// What `docs/diamond-upgrade.md` adds to the Compute Diamond.
    #[sol(abi)]
    interface DiamondHook {
        function setSessionRecorder(address recorder) external;
        function getSessionRecorder() external view returns (address);
        function setRewardDistributors(address[] calldata distributors) external;
        function getRewardDistributors() external view returns (address[] memory);

        error TooManyRewardDistributors(uint256 count, uint256 max);
        error RewardDistributorListedTwice(address distributor);
    }

    /// What the tool reads of MOR.
    interface Erc20 {
        function decimals() external view returns (uint8);
        function symbol() external view returns (string);
        function balanceOf(address account) external view returns (uint256);
        function allowance(address owner, address spender) external view returns (uint256);
    }

    interface DiamondHarness {
        function openSession(bytes32 sessionId, address provider, uint128 endsAt) external;
        function closeSession(bytes32 sessionId) external;
    }

    interface MorToken {
        function mint(address to, uint256 value) external;
        function approve(address spender, uint256 value) external returns (bool);
    }

    /// Arbitrum's precompile for Stylus programs.
    interface ArbWasm {
        function stylusVersion() external view returns (uint16 version);
        function activateProgram(address program) external payable returns (uint16 version, uint256 dataFee);
        function codehashKeepalive(bytes32 codehash) external payable;
        function programTimeLeft(address program) external view returns (uint64 seconds_);
        function programInitGas(address program) external view returns (uint64 gas, uint64 gasWhenCached);
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
    interface ArbWasmCache {
        function isCacheManager(address manager) external view returns (bool);
        function allCacheManagers() external view returns (address[] managers);
        function codehashIsCached(bytes32 codehash) external view returns (bool);
        function cacheProgram(address program) external;
    }

    /// Who owns the chain.
    interface ArbOwnerPublic {
        function isChainOwner(address account) external view returns (bool);
    }

    /// Offchain Labs' contract that sells places in the cache.
    interface CacheManager {
        function getMinBid(address program) external view returns (uint192 min);
        function placeBid(address program) external payable;
        function isPaused() external view returns (bool);
    }

    /// Deploys a program, activates it and runs its constructor in one transaction.
    interface StylusDeployer {
        function deploy(bytes calldata bytecode, bytes calldata initData, uint256 initValue, bytes32 salt)
            public payable returns (address);
        // A release has one of these: what it hands to CREATE2.
        function initSalt(bytes32 salt, bytes calldata initData) public pure returns (bytes32);
        function initSalt(bytes32 salt, bytes calldata initData, uint256 initValue) public pure returns (bytes32);

        event ContractDeployed(address deployedContract);

        error ContractInitializationError(address newContract, bytes data);
    }

    /// What the Stylus SDK's router runs once, whatever the constructor's arguments.
    function stylus_constructor();
}

/// Every error that the suite's contracts, or what the project adds to the Diamond, refuse with.
#[must_use]
pub fn suite_errors() -> Vec<Error> {
    let errors = [
        SessionRecorder::abi::errors(),
        StakeAlignment::abi::errors(),
        RewardCalculator::abi::errors(),
        RewardDistributor::abi::errors(),
        UsageProofs::abi::errors(),
        DiamondHook::abi::errors(),
        BaseRecorder::abi::errors(),
        RootRelay::abi::errors(),
    ];
    errors.into_iter().flat_map(BTreeMap::into_values).flatten().collect()
}

/// What else a call of this tool can be refused with, as Solidity signatures.
pub const OTHER_ERRORS: &[&str] = &[
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
    "error ContractInitializationError(address newContract)",
    "error RefundExcessValueError(uint256 excessValue)",
    "error EmptyBytecode()",
    "error InitValueButNotInitData()",
];
