// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

// Stand-ins of what Ethereum knows about Base, for what asks whether a root is valid. The ABI is that of
// github.com/base/contracts as of 2026-08-20 (`IOptimismPortal2`, `IAnchorStateRegistry` 3.7.0, `IDisputeGameFactory`,
// `IDisputeGame`): the functions here have its names, arguments and results, and the registry judges in its order. Left
// out is everything else: bonds, proofs, proxies, who may do what. Nobody proves anything here: who tests says how a
// game ends.

enum GameStatus {
    IN_PROGRESS,
    CHALLENGER_WINS,
    DEFENDER_WINS
}

/// @title Stand-in of Base's portal: it names the registry, which may be another one later
contract PortalStandIn {
    RegistryStandIn public anchorStateRegistry;

    constructor(RegistryStandIn registry) {
        anchorStateRegistry = registry;
    }

    /// @notice What an upgrade of the portal does.
    function moveRegistry(RegistryStandIn registry) external {
        anchorStateRegistry = registry;
    }
}

/// @title Stand-in of Base's registry of games: it says which claims are valid
contract RegistryStandIn {
    GameFactoryStandIn public disputeGameFactory;
    mapping(GameStandIn => bool) public disputeGameBlacklist;
    uint32 public respectedGameType;
    uint64 public retirementTimestamp;
    bool public paused;
    uint256 public immutable disputeGameFinalityDelaySeconds;

    constructor(GameFactoryStandIn factory, uint32 gameType, uint256 finalityDelaySeconds) {
        disputeGameFactory = factory;
        respectedGameType = gameType;
        retirementTimestamp = uint64(block.timestamp);
        disputeGameFinalityDelaySeconds = finalityDelaySeconds;
    }

    function setRespectedGameType(uint32 gameType) external {
        respectedGameType = gameType;
    }

    function updateRetirementTimestamp() external {
        retirementTimestamp = uint64(block.timestamp);
    }

    function blacklistDisputeGame(GameStandIn game) external {
        disputeGameBlacklist[game] = true;
    }

    /// @notice There it is the system's configuration that is paused.
    function setPaused(bool paused_) external {
        paused = paused_;
    }

    function isGameRegistered(GameStandIn game) public view returns (bool) {
        (uint32 gameType, bytes32 rootClaim, bytes memory extraData) = game.gameData();
        (GameStandIn registered,) = disputeGameFactory.games(gameType, rootClaim, extraData);
        return address(registered) == address(game) && address(game.anchorStateRegistry()) == address(this);
    }

    function isGameRespected(GameStandIn game) public view returns (bool) {
        return game.wasRespectedGameTypeWhenCreated();
    }

    function isGameBlacklisted(GameStandIn game) public view returns (bool) {
        return disputeGameBlacklist[game];
    }

    function isGameRetired(GameStandIn game) public view returns (bool) {
        return game.createdAt() <= retirementTimestamp;
    }

    function isGameResolved(GameStandIn game) public view returns (bool) {
        return game.resolvedAt() != 0 && game.status() != GameStatus.IN_PROGRESS;
    }

    function isGameProper(GameStandIn game) public view returns (bool) {
        return isGameRegistered(game) && !isGameBlacklisted(game) && !isGameRetired(game) && !paused;
    }

    function isGameFinalized(GameStandIn game) public view returns (bool) {
        return isGameResolved(game) && block.timestamp - game.resolvedAt() > disputeGameFinalityDelaySeconds;
    }

    function isGameClaimValid(GameStandIn game) external view returns (bool) {
        return isGameProper(game) && isGameRespected(game) && isGameFinalized(game)
            && game.status() == GameStatus.DEFENDER_WINS;
    }
}

/// @title Stand-in of Base's factory of games: what it creates is registered
contract GameFactoryStandIn {
    struct Created {
        GameStandIn game;
        uint64 timestamp;
    }

    event DisputeGameCreated(address indexed disputeProxy, uint32 indexed gameType, bytes32 indexed rootClaim);

    /// @notice Whom the games ask which type is respected; there it is part of a game's implementation.
    RegistryStandIn public registry;
    Created[] private _created;
    mapping(bytes32 uuid => Created) private _games;

    function setRegistry(RegistryStandIn registry_) external {
        registry = registry_;
    }

    function create(uint32 gameType, bytes32 rootClaim, bytes memory extraData) external returns (GameStandIn game) {
        game = new GameStandIn(registry, gameType, rootClaim, extraData);
        Created memory created = Created(game, uint64(block.timestamp));
        _created.push(created);
        _games[getGameUUID(gameType, rootClaim, extraData)] = created;
        emit DisputeGameCreated(address(game), gameType, rootClaim);
    }

    function games(uint32 gameType, bytes32 rootClaim, bytes memory extraData)
        external
        view
        returns (GameStandIn proxy, uint64 timestamp)
    {
        Created memory created = _games[getGameUUID(gameType, rootClaim, extraData)];
        return (created.game, created.timestamp);
    }

    function gameCount() external view returns (uint256) {
        return _created.length;
    }

    function gameAtIndex(uint256 index)
        external
        view
        returns (uint32 gameType, uint64 timestamp, GameStandIn proxy)
    {
        Created memory created = _created[index];
        return (created.game.gameType(), created.timestamp, created.game);
    }

    function getGameUUID(uint32 gameType, bytes32 rootClaim, bytes memory extraData) public pure returns (bytes32) {
        return keccak256(abi.encode(gameType, rootClaim, extraData));
    }
}

/// @title Stand-in of a proposal of Base: a root of one of its blocks, right or wrong
contract GameStandIn {
    RegistryStandIn public immutable anchorStateRegistry;
    uint64 public immutable createdAt;
    uint32 public immutable gameType;
    bytes32 public immutable rootClaim;
    bool public immutable wasRespectedGameTypeWhenCreated;
    uint64 public resolvedAt;
    GameStatus public status;
    bytes public extraData;

    constructor(RegistryStandIn registry, uint32 gameType_, bytes32 rootClaim_, bytes memory extraData_) {
        anchorStateRegistry = registry;
        createdAt = uint64(block.timestamp);
        gameType = gameType_;
        rootClaim = rootClaim_;
        extraData = extraData_;
        wasRespectedGameTypeWhenCreated = gameType_ == registry.respectedGameType();
    }

    /// @notice Ends the game; there `resolve()` does, by what was proven.
    function end(GameStatus status_) external {
        status = status_;
        resolvedAt = uint64(block.timestamp);
    }

    /// @notice The number of the block whose root it is.
    function l2SequenceNumber() external view returns (uint256) {
        return uint256(bytes32(extraData));
    }

    function gameData() external view returns (uint32, bytes32, bytes memory) {
        return (gameType, rootClaim, extraData);
    }
}
