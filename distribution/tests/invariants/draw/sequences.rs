//! Calls that belong together: a working day and its pay, and what a hostile mind would send in one breath.

use proptest::{prelude::*, sample::select};

use super::{
    calls::{paying, staking},
    lies::{alignments, calculators, lie},
    timing::{pauses, pools},
    values::{amount, amount_to_withdraw, changes, deed, mood, short_wait, staker, subnet},
};
use crate::{
    actors::{alignment, calculator},
    calls::{Amount, Call, Deed, MoodName, Owned, Wait},
    names::{Who, SUBNETS},
};

const ALL: u32 = u32::MAX;

/// Settling a subnet, and claims of its operator and of a staker.
fn pay(subnet: Who, staker: Who) -> Vec<Call> {
    vec![Call::Settle { subnet, days: ALL }, Call::Claim { subnet }, Call::ClaimStake { subnet, staker, changes: ALL }]
}

/// Two subnets serve, all of it is recorded and becomes final; then `then` happens to one of them.
fn worked(then: impl Strategy<Value = Vec<Call>>, subnet: Who) -> impl Strategy<Value = Vec<Call>> {
    let served = 1_000..90_000_u32;
    (served.clone(), served, select(&SUBNETS[..]), short_wait(), 4..9_u16, then).prop_map(
        move |(seconds, others, other, wait, days, then)| {
            [
                Call::Open { subnet, seconds },
                Call::Open { subnet: other, seconds: others },
                Call::Wait(wait),
                Call::Record { session: 0 },
                Call::Record { session: 1 },
                Call::Wait(Wait::Days(days)),
            ]
            .into_iter()
            .chain(then)
            .collect()
        },
    )
}

/// A day's work and its pay, on which somebody may have an eye.
pub(super) fn pay_day() -> impl Strategy<Value = Vec<Call>> {
    (select(&SUBNETS[..]), staker()).prop_flat_map(|(subnet, staker)| {
        let paid = Just(pay(subnet, staker));
        let then = prop_oneof![
            8 => paid.boxed(),
            2 => (mood(), any::<bool>()).prop_map(move |(mood, stakers)| {
                let claim = if stakers {
                    Call::ClaimStake { subnet, staker, changes: ALL }
                } else {
                    Call::Claim { subnet }
                };
                let (bad, good) = (Call::TokenBecomes(mood), Call::TokenBecomes(MoodName::Honest));
                vec![Call::Settle { subnet, days: ALL }, bad, claim.clone(), good, claim]
            }).boxed(),
            2 => (0..2_000_u64).prop_map(move |wei| short_pool(subnet, staker, wei)).boxed(),
            2 => caught(subnet, staker).boxed(),
            2 => alignments().prop_map(move |manner| warily(subnet, staker, manner)).boxed(),
            1 => pools().prop_map(move |pool| {
                let to = |pool| Call::SetPool { by: Who::Owner, pool: Some(pool) };
                [to(pool)].into_iter().chain(pay(subnet, staker)).chain([to(Who::Pool)]).collect()
            }).boxed(),
        ];
        worked(then, subnet)
    })
}

/// A pool that can pay `wei`, and then more.
fn short_pool(subnet: Who, staker: Who, wei: u64) -> Vec<Call> {
    let empty = Call::Fund { pool: Who::Pool, amount: Amount::Wei(0), allowance: Amount::Wei(wei) };
    let full = Call::Fund { pool: Who::Pool, amount: Amount::Mor(5_000), allowance: Amount::All };
    [empty].into_iter().chain(pay(subnet, staker)).chain([full]).collect()
}

/// The second distributor settles honestly or not, then its alignment lies.
fn warily(subnet: Who, staker: Who, manner: alignment::Manner) -> Vec<Call> {
    let lies = Call::AlignmentBecomes(manner);
    let mut calls = vec![
        Call::WarySettle { subnet, days: 3 },
        Call::WaryClaim { subnet },
        Call::WarySettle { subnet, days: ALL },
        Call::WaryClaimStake { subnet, staker, changes: ALL },
        Call::WaryClaim { subnet },
        Call::AlignmentBecomes(alignment::Manner::Honest),
    ];
    calls.insert(if subnet == Who::North { 0 } else { 3 }, lies);
    calls
}

/// The thief is called while a claim is paid, and claims the same again.
fn caught(subnet: Who, staker: Who) -> impl Strategy<Value = Vec<Call>> {
    let claims = [Deed::Claim(subnet), Deed::ClaimStake(subnet, staker, ALL)];
    (any::<bool>(), prop::collection::vec(deed(), 0..2)).prop_map(move |(stakers, more)| {
        let deeds = claims.into_iter().chain(more).collect();
        let claim = if stakers { Call::ClaimStake { subnet, staker, changes: ALL } } else { Call::Claim { subnet } };
        vec![Call::Settle { subnet, days: ALL }, Call::Ambush { deeds }, claim]
    })
}

/// A plan, and a payment that sets it off.
pub(super) fn ambush() -> impl Strategy<Value = Vec<Call>> {
    let payment = prop_oneof![
        (subnet(), amount_to_withdraw()).prop_map(|(subnet, amount)| Call::Withdraw { subnet, by: Who::Thief, amount }),
        (subnet(), amount()).prop_map(|(subnet, amount)| Call::Stake { subnet, by: Who::Thief, amount }),
        (subnet(), changes()).prop_map(|(subnet, changes)| Call::ClaimStake { subnet, staker: Who::Thief, changes }),
        subnet().prop_map(|subnet| Call::Claim { subnet }),
    ];
    let again = (subnet(), amount_to_withdraw()).prop_map(|(subnet, amount)| {
        let deeds = vec![Deed::Withdraw(subnet, amount), Deed::Stake(subnet, Amount::Mor(1))];
        vec![Call::Ambush { deeds }, Call::Withdraw { subnet, by: Who::Thief, amount }]
    });
    let other = (prop::collection::vec(deed(), 1..4), payment)
        .prop_map(|(deeds, payment)| vec![Call::Ambush { deeds }, payment]);
    prop_oneof![again, other]
}

/// A source that lies about a session between its opening and its recording, and repents.
pub(super) fn lied_about() -> impl Strategy<Value = Vec<Call>> {
    (select(&SUBNETS[..]), 1..90_000_u32, lie(), short_wait(), any::<bool>()).prop_map(
        |(subnet, seconds, lie, wait, recorded_before)| {
            let record = Call::Record { session: 0 };
            let mut calls = vec![
                Call::Open { subnet, seconds },
                Call::SourceLies { session: 0, lie },
                Call::Wait(wait),
                record.clone(),
                Call::RecordMany { sessions: vec![1, 0, 0] },
                Call::SourceRepents { session: 0 },
                record.clone(),
            ];
            if recorded_before {
                calls.splice(1..1, [Call::Wait(Wait::Seconds(100)), record]);
            }
            calls
        },
    )
}

/// A calculator that lies is scheduled, counts for a while, changes its mind, and is replaced; at times its days are
/// voided, those to come too.
pub(super) fn compromised() -> impl Strategy<Value = Vec<Call>> {
    (subnet(), staker(), calculators(), 9..13_i16, any::<bool>(), prop::bool::weighted(0.3)).prop_map(
        |(subnet, staker, manner, days, sessions, voided)| {
            let by = Who::Owner;
            let honest = if sessions { Who::BySessions } else { Who::BySeconds };
            let schedule = Call::Schedule { by, calculator: Some(Who::LyingCalculator), days_ahead: 8 };
            let start = vec![
                Call::CalculatorBecomes(manner),
                schedule.clone(),
                Call::CalculatorBecomes(calculator::Manner::Everything),
                schedule,
                Call::CalculatorBecomes(manner),
                Call::Wait(Wait::Days(days.unsigned_abs())),
                Call::Schedule { by, calculator: Some(honest), days_ahead: 8 },
            ];
            let void = voided.then_some(Call::Void { by, from: 8 - days, to: 8 });
            // Everything there is, for everybody: soon after the launch that is more than was ever emitted.
            let greedily = [Call::CalculatorBecomes(calculator::Manner::Everything)];
            let all = SUBNETS.map(|subnet| Call::Settle { subnet, days: ALL });
            start
                .into_iter()
                .chain(void)
                .chain(pay(subnet, staker))
                .chain(greedily)
                .chain(all)
                .chain(pay(subnet, staker))
                .collect()
        },
    )
}

/// Ownership goes to the heir and back, and both try what they may not do meanwhile.
pub(super) fn inherited() -> impl Strategy<Value = Vec<Call>> {
    (select(&[Owned::Alignment, Owned::Distributor][..]), pauses()).prop_map(|(of, (on, off))| {
        vec![
            Call::Offer { of, by: Who::Owner, to: Some(Who::Heir) },
            Call::Accept { of, by: Who::Owner },
            Call::Accept { of, by: Who::Heir },
            on,
            Call::Offer { of, by: Who::Heir, to: Some(Who::Owner) },
            Call::Accept { of, by: Who::Owner },
            off,
        ]
    })
}

/// A token that misbehaves for a call or two.
pub(super) fn with_a_bad_token() -> impl Strategy<Value = Vec<Call>> {
    (mood(), prop::collection::vec(prop_oneof![staking().boxed(), paying().boxed()], 1..3)).prop_map(|(mood, calls)| {
        let (bad, good) = (Call::TokenBecomes(mood), Call::TokenBecomes(MoodName::Honest));
        [bad].into_iter().chain(calls).chain([good]).collect()
    })
}
