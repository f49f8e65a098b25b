//! The recorder's state, slot by slot.
//!
//! | slot | field | word |
//! |---|---|---|
//! | 0 | `source`, `grace_days` | address in bytes 12–31, days in bytes 8–11 |
//! | 1 | `alignment` | address in bytes 12–31 |
//! | `keccak(id, 2)` | `sessions[id]` | [`SessionWord`]: subnet, booked until, whether it is complete |
//! | `keccak(i, keccak(subnet, 3))` | `subnet_usage[subnet][i]` | [`UsageWord`]: the days `4·i … 4·i + 3` |
//! | `keccak(i, 4)` | `total_usage[i]` | [`UsageWord`] of all subnets |
//!
//! A booking within four days of one word writes three slots: the session, the subnet's word, the total's. A repeated
//! call with nothing new reads slot 0 and the session's word and writes nothing; it asks the source once if the session may
//! still serve.
//!
//! [`SessionWord`]: mrc53_ledger::session::SessionWord
//! [`UsageWord`]: mrc53_ledger::usage::UsageWord

use alloc::{vec, vec::Vec};

use alloy_primitives::{Address, B256, U256};
use stylus_sdk::{
    prelude::*,
    storage::{StorageAddress, StorageB256, StorageMap, StorageU32},
};

/// The contract's state; see the module for its slots.
#[entrypoint]
#[storage]
pub struct SessionRecorder {
    /// The session source: the Diamond.
    pub(crate) source: StorageAddress,
    /// Days after its end during which a day can still be booked.
    pub(crate) grace_days: StorageU32,
    /// The `StakeAlignment` that knows on which days which subnets are eligible.
    pub(crate) alignment: StorageAddress,
    /// [`SessionWord`](mrc53_ledger::session::SessionWord) of each session that was ever booked.
    pub(crate) sessions: StorageMap<B256, StorageB256>,
    /// [`UsageWord`](mrc53_ledger::usage::UsageWord)s of each subnet.
    pub(crate) subnet_usage: StorageMap<Address, StorageMap<U256, StorageB256>>,
    /// [`UsageWord`](mrc53_ledger::usage::UsageWord)s of all subnets together; each day's is the sum of the subnets'.
    pub(crate) total_usage: StorageMap<U256, StorageB256>,
}
