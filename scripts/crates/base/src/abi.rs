//! What Ethereum knows of Base, as this tool asks it: names, arguments and results of github.com/base/contracts as of
//! 2026-08-20.
#![allow(missing_docs, reason = "the macro's items; the contracts document themselves")]

use alloy::sol;

sol! {
    /// Base's portal (`OptimismPortal2`).
    interface Portal {
        function anchorStateRegistry() external view returns (address);
    }

    /// `AnchorStateRegistry`: which games are valid.
    interface Registry {
        function disputeGameFactory() external view returns (address);
        function respectedGameType() external view returns (uint32);
        function paused() external view returns (bool);
        function disputeGameFinalityDelaySeconds() external view returns (uint256);
        function isGameRegistered(address game) external view returns (bool);
        function isGameBlacklisted(address game) external view returns (bool);
        function isGameRetired(address game) external view returns (bool);
        function isGameRespected(address game) external view returns (bool);
        function isGameClaimValid(address game) external view returns (bool);
    }

    /// `DisputeGameFactory`: which games there are.
    interface Factory {
        function gameCount() external view returns (uint256);
        function gameAtIndex(uint256 index) external view returns (uint32 gameType, uint64 timestamp, address proxy);
    }

    /// A proposal of Base.
    interface Game {
        function gameType() external view returns (uint32);
        function createdAt() external view returns (uint64);
        function rootClaim() external view returns (bytes32);
        function l2SequenceNumber() external view returns (uint256);
        function status() external view returns (uint8);
        function resolvedAt() external view returns (uint64);
        // Of the games of Base's since May 2026 alone.
        function expectedResolution() external view returns (uint64);
    }
}
