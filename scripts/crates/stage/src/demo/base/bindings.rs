//! What the stand-ins of Base's proofs and Arbitrum's bridge on Ethereum take and say.
#![allow(clippy::too_many_arguments, reason = "as many as the events have")]

use alloy::sol;

sol! {
    /// Creates games that are registered: `GameFactoryStandIn`.
    interface GameFactory {
        event DisputeGameCreated(address indexed disputeProxy, uint32 indexed gameType, bytes32 indexed rootClaim);
        function setRegistry(address registry) external;
        function create(uint32 gameType, bytes32 rootClaim, bytes extraData) external returns (address game);
    }

    /// A proposal, which ends as one says: `GameStandIn`.
    interface Game {
        function end(uint8 status) external;
    }

    /// Arbitrum's bridge on Ethereum.
    interface Bridge {
        event MessageDelivered(
            uint256 indexed messageIndex,
            bytes32 indexed beforeInboxAcc,
            address inbox,
            uint8 kind,
            address sender,
            bytes32 messageDataHash,
            uint256 baseFeeL1,
            uint64 timestamp
        );
        function initialize(address rollup) external;
        function setDelayedInbox(address inbox, bool enabled) external;
    }

    /// Arbitrum's inbox on Ethereum.
    interface Inbox {
        event InboxMessageDelivered(uint256 indexed messageNum, bytes data);
        function initialize(address bridge, address sequencerInbox) external;
    }
}
