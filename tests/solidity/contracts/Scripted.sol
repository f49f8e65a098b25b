// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

/// @title A contract that answers what a test wrote down, byte for byte
/// @notice Stands for whatever a contract asks and cannot have in a test: a source that lies, a provider with an owner.
/// Each calldata has its own answer; what has none is passed on to `next`, and reverts if that is zero.
contract Scripted {
    address private immutable NEXT;

    mapping(bytes32 calldataHash => bytes) private _answers;
    mapping(bytes32 calldataHash => Kind) private _kinds;

    enum Kind {
        PassOn,
        Answer,
        Refuse
    }

    error NothingIsWrittenDown();

    constructor(address next) {
        NEXT = next;
    }

    /// @notice From now on, `asked` is answered with `answer`.
    function write(bytes calldata asked, bytes calldata answer) external {
        _answers[keccak256(asked)] = answer;
        _kinds[keccak256(asked)] = Kind.Answer;
    }

    /// @notice From now on, `asked` reverts.
    function refuse(bytes calldata asked) external {
        _kinds[keccak256(asked)] = Kind.Refuse;
    }

    fallback(bytes calldata asked) external returns (bytes memory answer) {
        Kind kind = _kinds[keccak256(asked)];
        if (kind == Kind.Answer) return _answers[keccak256(asked)];
        bool answered;
        if (kind == Kind.PassOn && NEXT != address(0)) (answered, answer) = NEXT.staticcall(asked);
        if (!answered) revert NothingIsWrittenDown();
    }
}
