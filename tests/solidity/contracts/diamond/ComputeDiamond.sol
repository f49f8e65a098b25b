// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {OwnableDiamond} from "@solarity/solidity-lib/diamond/presets/OwnableDiamond.sol";

/// @title A diamond on the base that the Morpheus Compute Diamond stands on
/// @notice Whoever deploys it owns it. Its facets are cut in afterwards.
contract ComputeDiamond is OwnableDiamond {
    constructor() initializer(DIAMOND_OWNABLE_STORAGE_SLOT) {
        __DiamondOwnable_init();
    }
}
