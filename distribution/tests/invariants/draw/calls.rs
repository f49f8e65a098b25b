//! The calls, with their weights.

use proptest::{prelude::*, sample::select};

use super::{
    lies::lying,
    sequences::{ambush, compromised, inherited, lied_about, pay_day, with_a_bad_token},
    timing::at_the_worst_time,
    values::{
        amount, amount_to_withdraw, any_amount, changes, days, fee, long_wait, managed, owner, question, receiver,
        session, short_wait, staker, subnet, wait,
    },
};
use crate::{
    calls::{Amount, Call, Owned},
    names::{Who, SUBNETS},
};

/// One call, or a few that belong together.
pub(super) fn sequence() -> impl Strategy<Value = Vec<Call>> {
    let one = |calls: BoxedStrategy<Call>| calls.prop_map(|call| vec![call]).boxed();
    prop::strategy::Union::new_weighted(vec![
        (20, one(staking().boxed())),
        (7, one(operating().boxed())),
        (5, one(owning().boxed())),
        (12, hosting().boxed()),
        (12, one(paying().boxed())),
        (14, one(wait().prop_map(Call::Wait).boxed())),
        (1, one(long_wait().prop_map(Call::Wait).boxed())),
        (5, one(lying().boxed())),
        (4, one(paying_warily().boxed())),
        (3, one(question().prop_map(Call::Ask).boxed())),
        (9, pay_day().boxed()),
        (7, at_the_worst_time().boxed()),
        (5, ambush().boxed()),
        (4, lied_about().boxed()),
        (3, with_a_bad_token().boxed()),
        (2, compromised().boxed()),
        (1, inherited().boxed()),
    ])
}

pub(super) fn staking() -> impl Strategy<Value = Call> {
    prop_oneof![
        4 => (subnet(), staker(), any_amount()).prop_map(|(subnet, by, amount)| Call::Stake { subnet, by, amount }),
        4 => (subnet(), staker(), amount_to_withdraw())
            .prop_map(|(subnet, by, amount)| Call::Withdraw { subnet, by, amount }),
        1 => (staker(), (1..1_000_u64).prop_map(Amount::Wei)).prop_map(|(by, amount)| Call::Donate { by, amount }),
    ]
}

fn operating() -> impl Strategy<Value = Call> {
    prop_oneof![
        2 => (managed(), receiver(), fee())
            .prop_map(|((subnet, by), receiver, fee)| Call::Register { subnet, by, receiver, fee }),
        2 => (managed(), receiver()).prop_map(|((subnet, by), receiver)| Call::SetReceiver { subnet, by, receiver }),
        3 => (managed(), fee()).prop_map(|((subnet, by), fee)| Call::SetFee { subnet, by, fee }),
    ]
}

/// An owner that does its worst within its rights, and others that do what only it may.
fn owning() -> impl Strategy<Value = Call> {
    let calculators = select(&[Who::BySeconds, Who::BySessions, Who::LyingCalculator][..]);
    let calculator = prop_oneof![4 => calculators.prop_map(Some), 1 => Just(None)];
    let pools = select(&[Who::Pool, Who::SparePool][..]);
    let pool = prop_oneof![2 => pools.prop_map(Some), 1 => Just(None)];
    let ahead = prop_oneof![1 => 0..9_u8, 4 => 8..20_u8];
    let voided = prop_oneof![
        30 => (-20..20_i16, -1..4_i16).prop_map(|(from, days)| (from, from + days)),
        1 => (-20..20_i16).prop_map(|from| (from, i16::MAX)),
    ];
    let heir = prop_oneof![Just(Some(Who::Heir)), Just(Some(Who::Owner)), Just(None)];
    let of = select(&[Owned::Alignment, Owned::Distributor][..]);
    let minimum =
        prop_oneof![8 => (0..40_000_u32).prop_map(Amount::Mor), 1 => Just(Amount::Max), 1 => Just(Amount::All)];
    let paused = prop::bool::weighted(0.2);
    prop_oneof![
        3 => (owner(), minimum).prop_map(|(by, amount)| Call::SetMinimum { by, amount }),
        2 => (owner(), paused).prop_map(|(by, paused)| Call::PauseStaking { by, paused }),
        2 => (owner(), paused).prop_map(|(by, paused)| Call::PauseSettling { by, paused }),
        2 => (owner(), paused).prop_map(|(by, paused)| Call::PauseClaiming { by, paused }),
        3 => (owner(), calculator, ahead)
            .prop_map(|(by, calculator, days_ahead)| Call::Schedule { by, calculator, days_ahead }),
        2 => (owner(), voided).prop_map(|(by, (from, to))| Call::Void { by, from, to }),
        1 => (owner(), pool).prop_map(|(by, pool)| Call::SetPool { by, pool }),
        2 => (of.clone(), owner(), heir).prop_map(|(of, by, to)| Call::Offer { of, by, to }),
        2 => (of, owner()).prop_map(|(of, by)| Call::Accept { of, by }),
    ]
}

/// Sessions as they are: opened, left running, closed, recorded once or all the time.
fn hosting() -> impl Strategy<Value = Vec<Call>> {
    let seconds = prop_oneof![4 => 1..100_000_u32, 2 => 100_000..700_000_u32, 1 => Just(0_u32)];
    let hosts = prop_oneof![20 => select(&SUBNETS[..]), 1 => Just(Who::Nowhere)];
    let open = (hosts, seconds).prop_map(|(subnet, seconds)| Call::Open { subnet, seconds });
    let many = prop::collection::vec(session(), 0..8);
    prop_oneof![
        2 => open.clone().prop_map(|open| vec![open]),
        6 => (open.clone(), open, short_wait(), any::<bool>()).prop_map(|(one, other, wait, both)| {
            let calls = [one, other, Call::Wait(wait), Call::Record { session: 0 }, Call::Record { session: 1 }];
            calls.into_iter().skip(usize::from(!both)).collect()
        }),
        2 => session().prop_map(|session| vec![Call::Close { session }]),
        3 => session().prop_map(|session| vec![Call::Record { session }]),
        3 => many.prop_map(|sessions| vec![Call::RecordMany { sessions }]),
    ]
}

pub(super) fn paying() -> impl Strategy<Value = Call> {
    let allowance = prop_oneof![2 => amount(), 3 => Just(Amount::All), 1 => Just(Amount::Wei(0))];
    let pool = select(&[Who::Pool, Who::Pool, Who::SparePool, Who::WaryPool][..]);
    let more = prop_oneof![(0..3_000_u32).prop_map(Amount::Mor), Just(Amount::Wei(1))];
    prop_oneof![
        5 => (subnet(), days()).prop_map(|(subnet, days)| Call::Settle { subnet, days }),
        4 => subnet().prop_map(|subnet| Call::Claim { subnet }),
        6 => (subnet(), staker(), changes())
            .prop_map(|(subnet, staker, changes)| Call::ClaimStake { subnet, staker, changes }),
        2 => (pool, more, allowance).prop_map(|(pool, amount, allowance)| Call::Fund { pool, amount, allowance }),
    ]
}

fn paying_warily() -> impl Strategy<Value = Call> {
    prop_oneof![
        3 => (subnet(), days()).prop_map(|(subnet, days)| Call::WarySettle { subnet, days }),
        2 => subnet().prop_map(|subnet| Call::WaryClaim { subnet }),
        3 => (subnet(), staker(), changes())
            .prop_map(|(subnet, staker, changes)| Call::WaryClaimStake { subnet, staker, changes }),
    ]
}
