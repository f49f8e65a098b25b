// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity >=0.8.24 <0.9.0;

/// @dev Arbitrum's inbox on Ethereum, as far as a ticket needs it.
interface IArbitrumInbox {
    function calculateRetryableSubmissionFee(uint256 dataLength, uint256 baseFee) external view returns (uint256);

    function createRetryableTicket(
        address to,
        uint256 l2CallValue,
        uint256 maxSubmissionCost,
        address excessFeeRefundAddress,
        address callValueRefundAddress,
        uint256 gasLimit,
        uint256 maxFeePerGas,
        bytes calldata data
    ) external payable returns (uint256 messageNumber);
}

/// @title Sends roots of Base that Ethereum holds to be valid to Arbitrum
/// @notice Anybody names one of Base's games and pays for the way. The relay asks Base's registry, the one that the
/// portal names at that moment, whether the game's claim is valid, and nothing else of the game but its root; then it
/// sends `acceptRoot(root)` to the target by a retryable ticket. There the sender is this contract's aliased address.
/// @dev No owner, no proxy, no state; portal and inbox are fixed at construction. What is sent is true whatever the
/// target, so the target is an argument, and no address depends on another: this one is deployed by its init code and
/// arguments.
///
/// The ticket's beneficiary, who alone could cancel it, is this contract itself, which cannot. If the ticket does not
/// run at once (too little gas was prepaid), anybody can redeem it for seven days; after that the root is sent again.
/// Whoever wants to know whether a root has arrived looks at the target, not at tickets.
///
/// Warning: a game that is blacklisted after its root was sent stays accepted at the target.
contract RootRelay {
    /// `root`, the claim of `game`, goes to `target` as message `messageNumber` of Arbitrum's bridge.
    event RootSent(address indexed game, address indexed target, bytes32 root, uint256 messageNumber);

    /// `registry`, which the portal names now, does not hold the claim of `game` to be valid: not registered, of a type
    /// that was not respected, not resolved for the defender or only just, blacklisted, retired, or all is paused.
    error GameNotValid(address game, address registry);

    /// `asked` reverted, has no code, or answered something else than one word of the kind.
    error NoAnswer(address asked, bytes4 selector);

    /// The way costs `needed` wei with the base fee of this block, `sent` came along.
    error TooLittleEther(uint256 needed, uint256 sent);

    /// An address that must not be zero is.
    error ZeroAddress();

    bytes4 private constant ANCHOR_STATE_REGISTRY = bytes4(keccak256("anchorStateRegistry()"));
    bytes4 private constant IS_GAME_CLAIM_VALID = bytes4(keccak256("isGameClaimValid(address)"));
    bytes4 private constant ROOT_CLAIM = bytes4(keccak256("rootClaim()"));
    bytes4 private constant ACCEPT_ROOT = bytes4(keccak256("acceptRoot(bytes32)"));

    /// Bytes of `acceptRoot(root)`.
    uint256 private constant DATA_BYTES = 36;

    /// Base's portal on Ethereum (`OptimismPortal2`).
    address public immutable portal;

    /// Arbitrum's inbox on Ethereum.
    IArbitrumInbox public immutable inbox;

    /// Fixes for good which portal is asked and through which inbox roots are sent.
    /// @dev Error: `ZeroAddress`.
    constructor(address portal_, address inbox_) {
        if (portal_ == address(0) || inbox_ == address(0)) revert ZeroAddress();
        portal = portal_;
        inbox = IArbitrumInbox(inbox_);
    }

    /// Sends the root of `game` to `target`, if it is valid now, and returns the message's number. Permissionless; a
    /// root may be sent any number of times.
    /// @dev `gasLimit` and `maxFeePerGas` (wei) are prepaid for the call on Arbitrum. All ether that comes along goes
    /// with the ticket: what it does not take is given to `refund` on Arbitrum, to its aliased address if it is a
    /// contract here.
    ///
    /// Event: `RootSent`. Errors: `ZeroAddress` (target or refund), those of `rootOf`, `TooLittleEther`, and the
    /// inbox's own: it takes neither a `gasLimit` nor a `maxFeePerGas` of 1, and nothing while it is paused.
    function relay(address game, address target, address refund, uint64 gasLimit, uint128 maxFeePerGas)
        external
        payable
        returns (uint256 messageNumber)
    {
        if (target == address(0) || refund == address(0)) revert ZeroAddress();
        bytes32 root = rootOf(game);
        uint256 submission = _submission(block.basefee);
        uint256 needed = submission + uint256(gasLimit) * maxFeePerGas;
        if (msg.value < needed) revert TooLittleEther(needed, msg.value);
        messageNumber = inbox.createRetryableTicket{value: msg.value}(
            target,
            0,
            submission,
            refund,
            address(this),
            gasLimit,
            maxFeePerGas,
            abi.encodeWithSelector(ACCEPT_ROOT, root)
        );
        emit RootSent(game, target, root, messageNumber);
    }

    /// Wei that `relay` with this `gasLimit` and `maxFeePerGas` needs in a block whose base fee is `baseFee` (wei a gas):
    /// send more than at the newest block's, the rest comes back.
    /// @dev An argument, since a node that is only asked may run the call in a block without a base fee.
    function price(uint64 gasLimit, uint128 maxFeePerGas, uint256 baseFee) external view returns (uint256) {
        return _submission(baseFee) + uint256(gasLimit) * maxFeePerGas;
    }

    /// The root of `game`, if the registry that the portal names now holds its claim to be valid.
    /// @dev Errors: `NoAnswer` (of the portal, the registry or the game), `GameNotValid`.
    function rootOf(address game) public view returns (bytes32) {
        uint256 word = _ask(portal, ANCHOR_STATE_REGISTRY, abi.encodeWithSelector(ANCHOR_STATE_REGISTRY));
        if (word > type(uint160).max) revert NoAnswer(portal, ANCHOR_STATE_REGISTRY);
        address registry = address(uint160(word));
        uint256 isValid = _ask(registry, IS_GAME_CLAIM_VALID, abi.encodeWithSelector(IS_GAME_CLAIM_VALID, game));
        if (isValid > 1) revert NoAnswer(registry, IS_GAME_CLAIM_VALID);
        if (isValid == 0) revert GameNotValid(game, registry);
        return bytes32(_ask(game, ROOT_CLAIM, abi.encodeWithSelector(ROOT_CLAIM)));
    }

    /// @dev What the inbox takes for a ticket of this data in a block of this base fee.
    function _submission(uint256 baseFee) private view returns (uint256) {
        return inbox.calculateRetryableSubmissionFee(DATA_BYTES, baseFee);
    }

    /// @dev The one word that `asked` answers.
    function _ask(address asked, bytes4 selector, bytes memory data) private view returns (uint256) {
        (bool answered, bytes memory answer) = asked.staticcall(data);
        if (!answered || answer.length != 32) revert NoAnswer(asked, selector);
        return uint256(bytes32(answer));
    }
}
