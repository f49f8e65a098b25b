// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.26;

import {RLP} from "openzeppelin-contracts-5/utils/RLP.sol";
import {TrieProof} from "openzeppelin-contracts-5/utils/cryptography/TrieProof.sol";

/// @notice Reads proofs of `UsageBuckets`' words by OpenZeppelin's library, which knows one key and all of its nodes.
contract OpenZeppelinVerifier {
    /// @notice The words number `numbers` of `subnets` in the trie with this `root`. Refuses what does not prove them, and a
    /// word that is not in the trie.
    function verify(bytes32 root, address[] calldata subnets, uint32[] calldata numbers, bytes[][] calldata proofs)
        external
        pure
        returns (uint256[] memory words)
    {
        words = new uint256[](subnets.length);
        for (uint256 i = 0; i < words.length; i++) {
            bytes32 slot = keccak256(abi.encode(numbers[i], keccak256(abi.encode(subnets[i], 0))));
            bytes memory key = abi.encodePacked(keccak256(abi.encode(slot)));
            words[i] = RLP.decodeUint256(TrieProof.traverse(root, key, proofs[i]));
        }
    }
}
