//! What the contract announces: enough to rebuild its whole state, together with the times of the blocks.
//!
//! Ownership is announced by [`mrc53_interfaces::ownership`].

use alloy_sol_types::sol;

sol! {
    /// A subnet was registered on UTC day `day`; `fee` in 1e25 = 100 %.
    #[derive(Debug, PartialEq, Eq)]
    event SubnetRegistered(address indexed subnet, address indexed receiver, uint256 fee, uint32 day);

    /// The operator's part goes to `receiver` from now on.
    #[derive(Debug, PartialEq, Eq)]
    event ReceiverSet(address indexed subnet, address indexed receiver);

    /// The operator's fee, 1e25 = 100 %, for every day not yet settled.
    #[derive(Debug, PartialEq, Eq)]
    event FeeSet(address indexed subnet, uint256 fee);

    /// `staker` staked `amount` MOR wei; all of its stake toward the subnet is locked until `unlockAt`, unix seconds.
    #[derive(Debug, PartialEq, Eq)]
    event Staked(address indexed subnet, address indexed staker, uint256 amount, uint64 unlockAt);

    /// `staker` took `amount` MOR wei back.
    #[derive(Debug, PartialEq, Eq)]
    event Withdrawn(address indexed subnet, address indexed staker, uint256 amount);

    /// The minimum subnet stake will be `amount` MOR wei from UTC day `fromDay` on; replaces what was pending.
    #[derive(Debug, PartialEq, Eq)]
    event MinSubnetStakeScheduled(uint256 amount, uint32 fromDay);

    /// New stakes are refused, or taken again.
    #[derive(Debug, PartialEq, Eq)]
    event StakingPausedSet(bool paused);
}
