//! Everybody who appears in a history, and where they stand.

use alloy_primitives::{Address, U160};
use serde::{Deserialize, Serialize};

/// A person or a contract. Most play several parts: a subnet may stake, a staker may be somebody's receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Who {
    /// Honest stakers.
    Alice,
    Bob,
    /// A staker that owns more MOR than can be staked at all.
    Carol,
    /// A contract that stakes, is paid, and calls back whenever it is: [`crate::actors::thief`].
    Thief,
    /// Subnets without code.
    North,
    South,
    /// A subnet with code, [`crate::actors::vault`], and what its `owner()` answers on good days.
    Vault,
    Keeper,
    /// An address that nobody ever registers.
    Nowhere,
    /// The owner of the suite, and one that ownership is offered to.
    Owner,
    Heir,
    /// Somebody without a role.
    Stranger,
    /// Accounts that pay, and the one that pays for the second distributor.
    Pool,
    SparePool,
    WaryPool,
    /// The contracts of the suite.
    Alignment,
    Recorder,
    BySeconds,
    BySessions,
    Distributor,
    /// The second distributor, whose alignment lies: [`crate::actors::alignment`].
    Wary,
    /// The token, the session source, and contracts that lie.
    Token,
    Source,
    LyingCalculator,
    LyingAlignment,
}

/// The subnets that can be registered.
pub(crate) const SUBNETS: [Who; 3] = [Who::North, Who::South, Who::Vault];
/// Everybody who ever stakes.
pub(crate) const STAKERS: [Who; 4] = [Who::Alice, Who::Bob, Who::Carol, Who::Thief];
/// Everybody whose MOR is counted after every call.
pub(crate) const HOLDERS: [Who; 14] = [
    Who::Alice,
    Who::Bob,
    Who::Carol,
    Who::Thief,
    Who::North,
    Who::South,
    Who::Vault,
    Who::Keeper,
    Who::Nowhere,
    Who::Pool,
    Who::SparePool,
    Who::WaryPool,
    Who::Alignment,
    Who::Distributor,
];

impl Who {
    /// The account's address; the same in every history.
    pub(crate) fn address(self) -> Address {
        Address::from(U160::from(0x5eed_0000_u64 + 1 + self as u64))
    }
}
