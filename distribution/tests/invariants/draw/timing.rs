//! An operator, an owner or a staker that waits for the moment in which it hurts.

use proptest::{prelude::*, sample::select};

use super::values::{amount, amount_to_withdraw, days, managed, receiver, staker, subnet};
use crate::{
    calls::{Amount, Call, Fee, Wait},
    names::Who,
};

/// An operator, an owner or a staker that waits for the moment in which it hurts.
pub(super) fn at_the_worst_time() -> impl Strategy<Value = Vec<Call>> {
    let fee = prop_oneof![Just(Fee::OneUnit), (0..1_000_u16).prop_map(Fee::Thousandths)];
    prop_oneof![
        3 => (managed(), fee, -1..=1_i8, days()).prop_map(|((subnet, by), fee, edge, days)| {
            vec![
                Call::Wait(Wait::Midnight(edge)),
                Call::SetFee { subnet, by, fee },
                Call::Settle { subnet, days },
            ]
        }),
        2 => (managed(), receiver()).prop_map(|((subnet, by), receiver)| {
            vec![Call::SetReceiver { subnet, by, receiver }, Call::Claim { subnet }]
        }),
        4 => (subnet(), staker(), -1..=1_i8, amount_to_withdraw()).prop_map(|(subnet, by, edge, amount)| {
            vec![Call::Wait(Wait::Unlock(subnet, by, edge)), Call::Withdraw { subnet, by, amount }]
        }),
        2 => (subnet(), staker(), -1..=1_i8, amount()).prop_map(|(subnet, by, edge, amount)| {
            vec![Call::Wait(Wait::Midnight(edge)), Call::Stake { subnet, by, amount }]
        }),
        1 => (subnet(), days(), -10..0_i16).prop_map(|(subnet, days, from)| {
            vec![Call::Void { by: Who::Owner, from, to: from + 3 }, Call::Settle { subnet, days }]
        }),
        2 => (subnet(), staker(), pools()).prop_map(|(subnet, staker, pool)| {
            vec![
                Call::SetPool { by: Who::Owner, pool: Some(pool) },
                Call::ClaimStake { subnet, staker, changes: u32::MAX },
                Call::Claim { subnet },
                Call::SetPool { by: Who::Owner, pool: Some(Who::Pool) },
            ]
        }),
        3 => (pauses(), subnet(), staker(), amount_to_withdraw()).prop_map(|((on, off), subnet, by, amount)| {
            vec![
                on,
                Call::Settle { subnet, days: 2 },
                Call::Claim { subnet },
                Call::Withdraw { subnet, by, amount },
                Call::Stake { subnet, by, amount },
                off,
            ]
        }),
        2 => (subnet(), staker()).prop_map(|(subnet, staker)| {
            vec![
                Call::Fund { pool: Who::Pool, amount: Amount::Wei(0), allowance: Amount::Wei(1_000) },
                Call::ClaimStake { subnet, staker, changes: u32::MAX },
                Call::Fund { pool: Who::Pool, amount: Amount::Mor(1_000), allowance: Amount::All },
            ]
        }),
    ]
}

/// Accounts that an owner could point the distributor at.
pub(super) fn pools() -> impl Strategy<Value = Who> {
    select(&[Who::SparePool, Who::Alignment, Who::Alice, Who::Distributor, Who::Nowhere][..])
}

/// A pause and its end.
pub(super) fn pauses() -> impl Strategy<Value = (Call, Call)> {
    (0..3_u8).prop_map(|which| {
        let set = |paused| match which {
            0 => Call::PauseStaking { by: Who::Owner, paused },
            1 => Call::PauseSettling { by: Who::Owner, paused },
            _ => Call::PauseClaiming { by: Who::Owner, paused },
        };
        (set(true), set(false))
    })
}
