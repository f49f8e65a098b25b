// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity >=0.8.24 <0.9.0;

import {ISessionRecorder} from "./interfaces/ISessionRecorder.sol";

/// @title Booking a session for MRC-53 from inside the Compute Diamond
/// @notice A facet calls `recordSession` once, as the last thing `closeSession` does before its event. With no recorder
/// set it does nothing. It never reverts, whatever the recorder does.
/// @dev Booking needs no permission and can be repeated by anybody: the Diamond is only the first to try. So a call
/// that fails or is left out costs nobody anything but time; `SessionRecordingFailed` says which session to book by
/// `record`, within the recorder's grace (3 days after the day).
///
/// Gas. The recorder gets at most `RECORD_GAS`. EIP-150 keeps 1/64 of the gas back from every call, and silently gives
/// less than asked for if there is not enough. Whoever closes chooses the gas limit, so it could be chosen such that
/// only the booking runs dry. Therefore the call is made only if the recorder gets all of `RECORD_GAS` and
/// `GAS_FOR_THE_REST` stays here; with less it is left out, and that is said. A closer gains nothing by it: nothing is
/// marked as booked, the session is closed and readable, and the provider, who gains from the booking, or any keeper
/// sends it. A limit from `eth_estimateGas` is the least with which the closing succeeds, so it leaves the booking out:
/// a client adds `GAS_TO_ADD` to the estimate, of which what is not needed comes back.
///
/// `RECORD_GAS` was chosen by measuring inside `closeSession` on the devnode, with programs that are not cached
/// (`tests/tests/diamond/gas.rs`): the first booking of a subnet and day takes 139,000 gas, one of seven days 141,000,
/// each further one of the day 105,000. A receipt longer than the usual 160 bytes, which the closing user may send,
/// adds 5 gas a byte: 233,000 with 24,000 bytes, 344,000 with 43,000, the longest that one transaction of Arbitrum (32
/// million gas) can store and still have the cap to spare. So no closing starves the booking by its receipt alone.
///
/// Nothing that the recorder returns is copied, so an answer of any length costs it, not the session.
library ComputeRewardsHook {
    /// @custom:storage-location diamond:diamond.standard.compute.rewards.hook.storage
    struct HookStorage {
        // The `SessionRecorder`; zero: none.
        address sessionRecorder;
    }

    /// The recorder that sessions are booked at is another; zero: none.
    event SessionRecorderSet(address indexed previousRecorder, address indexed newRecorder);

    /// The session was closed and not booked: `recorder` refused, failed, answered something else, has no code, or
    /// there was too little gas left to ask it. `record` books it.
    event SessionRecordingFailed(bytes32 indexed sessionId, address recorder);

    bytes32 internal constant HOOK_STORAGE_SLOT = keccak256("diamond.standard.compute.rewards.hook.storage");

    /// Most gas that a booking can take from the session.
    uint256 internal constant RECORD_GAS = 400_000;

    /// Gas that stays for the call itself, both events and the way back through the Diamond.
    uint256 internal constant GAS_FOR_THE_REST = 20_000;

    /// What a client adds to its estimate of `closeSession`: with it the booking is always tried. It is what the call
    /// needs to be made, and 1/64 of that for each of up to three calls on the way here, the Diamond's own among them.
    uint256 internal constant GAS_TO_ADD = 450_000;

    /// Gas left from which the recorder gets `RECORD_GAS` in full: 1/64 stays here.
    uint256 private constant GAS_BEFORE_THE_CALL = RECORD_GAS + RECORD_GAS / 63 + 1 + GAS_FOR_THE_REST;

    /// Bytes that `record` returns: one word.
    uint256 private constant ANSWER_BYTES = 32;

    /// Sets the recorder; zero switches the hook off.
    /// @dev The facet must let only the owner come here.
    function setSessionRecorder(address newRecorder) internal {
        HookStorage storage hookStorage = _hookStorage();
        emit SessionRecorderSet(hookStorage.sessionRecorder, newRecorder);
        hookStorage.sessionRecorder = newRecorder;
    }

    /// The recorder; zero if there is none.
    function sessionRecorder() internal view returns (address) {
        return _hookStorage().sessionRecorder;
    }

    /// Books what session `sessionId` has served, if a recorder is set. Never reverts.
    /// @dev To be called when everything of the session is stored: the recorder reads it back from the Diamond.
    function recordSession(bytes32 sessionId) internal {
        address recorder = _hookStorage().sessionRecorder;
        if (recorder == address(0)) return;
        if (gasleft() < GAS_BEFORE_THE_CALL || !_record(recorder, sessionId)) {
            emit SessionRecordingFailed(sessionId, recorder);
        }
    }

    /// @dev Whether the recorder succeeded and answered one word: an address without code answers none.
    function _record(address recorder, bytes32 sessionId) private returns (bool recorded) {
        bytes4 selector = ISessionRecorder.record.selector;
        uint256 gasLimit = RECORD_GAS;
        uint256 answerBytes = ANSWER_BYTES;
        assembly ("memory-safe") {
            // The scratch space holds selector and argument.
            mstore(0x00, selector)
            mstore(0x04, sessionId)
            recorded := call(gasLimit, recorder, 0, 0x00, 0x24, 0x00, 0x00)
            recorded := and(recorded, eq(returndatasize(), answerBytes))
        }
    }

    function _hookStorage() private pure returns (HookStorage storage hookStorage) {
        bytes32 slot = HOOK_STORAGE_SLOT;
        assembly {
            hookStorage.slot := slot
        }
    }
}
