// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {ComputeStorage} from "./ComputeStorage.sol";

/// @title Providers and bids, with the live ABI
/// @notice Reduced: no bond, no fee, no model registry; a provider registers and bids for itself.
contract MarketFacet is ComputeStorage {
    using EnumerableSet for EnumerableSet.AddressSet;

    error NotAProvider(address account);

    /// @notice Makes the caller an active provider; bond and endpoint are not kept.
    function providerRegister(address provider, uint256, string calldata) external {
        if (msg.sender != provider) revert NotAProvider(msg.sender);
        _providersStorage().active.add(provider);
    }

    /// @notice Bids for `modelId` at `pricePerSecond` MOR wei; an earlier bid for it is deleted, and stays readable.
    function postModelBid(address provider, bytes32 modelId, uint256 pricePerSecond) external returns (bytes32 bidId) {
        if (msg.sender != provider || !_providersStorage().active.contains(provider)) revert NotAProvider(msg.sender);
        BidsStorage storage bids = _bidsStorage();
        bytes32 pair = keccak256(abi.encodePacked(provider, modelId));
        uint256 nonce = bids.nonces[pair]++;
        if (nonce > 0) bids.bids[getBidId(provider, modelId, nonce - 1)].deletedAt = uint128(block.timestamp);
        bidId = getBidId(provider, modelId, nonce);
        bids.bids[bidId] = Bid(provider, modelId, pricePerSecond, nonce, uint128(block.timestamp), 0);
    }

    /// @notice The id of a provider's bid number `nonce` for a model.
    function getBidId(address provider, bytes32 modelId, uint256 nonce) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(provider, modelId, nonce));
    }

    /// @notice The bid, or zeros (192 bytes) if there is none.
    function getBid(bytes32 bidId) external view returns (Bid memory) {
        return _bidsStorage().bids[bidId];
    }

    /// @notice Whether sessions can be opened on the provider's bids.
    function getIsProviderActive(address provider) external view returns (bool) {
        return _providersStorage().active.contains(provider);
    }

    /// @notice At most `limit` active providers from number `offset` on, and how many there are.
    function getActiveProviders(uint256 offset, uint256 limit)
        external
        view
        returns (address[] memory page, uint256 total)
    {
        EnumerableSet.AddressSet storage active = _providersStorage().active;
        total = active.length();
        page = new address[](_pageSize(total, offset, limit));
        for (uint256 i = 0; i < page.length; ++i) page[i] = active.at(offset + i);
    }
}
