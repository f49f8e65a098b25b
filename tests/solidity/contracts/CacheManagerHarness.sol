// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

interface IArbWasmCache {
    function cacheProgram(address program) external;
    function codehashIsCached(bytes32 codehash) external view returns (bool);
}

/// @title What the tool sees of an Arbitrum chain's cache manager
/// @notice Stands in for Offchain Labs' CacheManager on the devnode: same functions, same errors, and it really caches.
/// Its auction is reduced to one least bid for every program, and everybody may pause it.
contract CacheManagerHarness {
    IArbWasmCache private constant ARB_WASM_CACHE = IArbWasmCache(address(0x72));

    uint192 private immutable LEAST_BID;

    bool public isPaused;

    error AlreadyCached(bytes32 codehash);
    error BidTooSmall(uint192 bid, uint192 min);
    error BidsArePaused();

    constructor(uint192 leastBid) {
        LEAST_BID = leastBid;
    }

    /// @notice Refuses bids from now on.
    function paused() external {
        isPaused = true;
    }

    /// @notice The least that a place for `program` costs, wei.
    function getMinBid(address) external view returns (uint192) {
        return LEAST_BID;
    }

    /// @notice Buys a place for `program`.
    function placeBid(address program) external payable {
        if (isPaused) revert BidsArePaused();
        bytes32 codehash = program.codehash;
        if (ARB_WASM_CACHE.codehashIsCached(codehash)) revert AlreadyCached(codehash);
        if (msg.value < LEAST_BID) revert BidTooSmall(uint192(msg.value), LEAST_BID);
        ARB_WASM_CACHE.cacheProgram(program);
    }
}
