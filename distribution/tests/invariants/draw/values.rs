//! The arguments of calls: sensible ones most of the time, and those at every edge.

use proptest::{prelude::*, sample::select};

use crate::{
    calls::{Amount, Deed, Fee, MoodName, Question, Wait},
    names::{Who, STAKERS, SUBNETS},
};

pub(super) fn subnet() -> impl Strategy<Value = Who> + Clone {
    prop_oneof![12 => select(&SUBNETS[..]), 1 => Just(Who::Nowhere)]
}

pub(super) fn staker() -> impl Strategy<Value = Who> + Clone {
    select(&STAKERS[..])
}

/// A while within which nothing becomes final.
pub(super) fn short_wait() -> impl Strategy<Value = Wait> {
    prop_oneof![4 => (1..90_000_u32).prop_map(Wait::Seconds), 2 => (-1..=1_i8).prop_map(Wait::Midnight)]
}

/// Mostly the owner, and those who should not be able to do what it does.
pub(super) fn owner() -> impl Strategy<Value = Who> {
    prop_oneof![8 => Just(Who::Owner), 1 => Just(Who::Heir), 1 => Just(Who::Stranger), 1 => Just(Who::North)]
}

/// Somebody who manages subnets, or would like to.
pub(super) fn operator() -> impl Strategy<Value = Who> {
    select(&[Who::North, Who::South, Who::Vault, Who::Keeper, Who::Stranger][..])
}

/// A subnet and who manages it, or somebody else.
pub(super) fn managed() -> impl Strategy<Value = (Who, Who)> {
    let own = select(&[(Who::North, Who::North), (Who::South, Who::South), (Who::Vault, Who::Keeper)][..]);
    prop_oneof![3 => own, 1 => (subnet(), operator())]
}

pub(super) fn receiver() -> impl Strategy<Value = Option<Who>> {
    let somebody = select(&[Who::North, Who::Alice, Who::Thief, Who::Alignment, Who::Pool, Who::Nowhere][..]);
    prop_oneof![8 => somebody.prop_map(Some), 1 => Just(None)]
}

pub(super) fn fee() -> impl Strategy<Value = Fee> {
    prop_oneof![
        12 => (0..=1_000_u16).prop_map(Fee::Thousandths),
        2 => Just(Fee::OneUnit),
        1 => Just(Fee::AboveAll),
        1 => Just(Fee::Max),
    ]
}

pub(super) fn amount_to_stake() -> impl Strategy<Value = Amount> {
    prop_oneof![
        12 => (10_000..3_000_000_u32).prop_map(Amount::Mor),
        3 => (1..100_u64).prop_map(Amount::Wei),
        1 => Just(Amount::Half),
    ]
}

pub(super) fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => amount_to_stake(),
        3 => Just(Amount::Half),
        4 => Just(Amount::All),
        1 => Just(Amount::AllAndOne),
        1 => Just(Amount::RoomAndOne),
        1 => Just(Amount::Max),
        1 => Just(Amount::Wei(0)),
    ]
}

pub(super) fn amount_to_withdraw() -> impl Strategy<Value = Amount> {
    prop_oneof![
        6 => Just(Amount::Half),
        5 => Just(Amount::All),
        4 => (1..10_000_u32).prop_map(Amount::Mor),
        3 => (1..100_u64).prop_map(Amount::Wei),
        1 => Just(Amount::AllAndOne),
        1 => Just(Amount::Max),
        1 => Just(Amount::Wei(0)),
    ]
}

/// Once in a while somebody stakes all that can be.
pub(super) fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![60 => amount(), 1 => Just(Amount::Room)]
}

pub(super) fn days() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 1..10_u32, 4 => Just(u32::MAX), 1 => Just(0_u32), 1 => 63..66_u32]
}

pub(super) fn changes() -> impl Strategy<Value = u32> {
    prop_oneof![4 => Just(u32::MAX), 1 => Just(0_u32), 1 => Just(1), 1 => Just(2), 1 => Just(u32::MAX - 1)]
}

pub(super) fn session() -> impl Strategy<Value = u8> + Clone {
    prop_oneof![20 => 0..4_u8, 6 => 4..12_u8, 1 => Just(100_u8)]
}

/// Edges are at `t − 1`, `t` and `t + 1`.
pub(super) fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        10 => (1..20_000_u32).prop_map(Wait::Seconds),
        8 => (-1..=1_i8).prop_map(Wait::Midnight),
        4 => (1..6_u16).prop_map(Wait::Days),
        2 => (subnet(), staker(), -1..=1_i8).prop_map(|(subnet, staker, by)| Wait::Unlock(subnet, staker, by)),
    ]
}

/// Waits after which little else can happen in a history.
pub(super) fn long_wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        6 => (30..100_u16).prop_map(Wait::Days),
        1 => (300..900_u16).prop_map(Wait::Days),
        1 => (-1..=1_i8).prop_map(Wait::EmissionEnd),
    ]
}

/// Moods that last until the token thinks better of it.
pub(super) fn mood() -> impl Strategy<Value = MoodName> {
    select(
        &[
            MoodName::Revert,
            MoodName::AnswerFalse,
            MoodName::AnswerNonsense,
            MoodName::Lie,
            MoodName::RevertViews,
            MoodName::Boast,
            MoodName::Deny,
        ][..],
    )
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (subnet(), amount()).prop_map(|(subnet, amount)| Deed::Stake(subnet, amount)),
        4 => (subnet(), amount_to_withdraw()).prop_map(|(subnet, amount)| Deed::Withdraw(subnet, amount)),
        2 => (subnet(), days()).prop_map(|(subnet, days)| Deed::Settle(subnet, days)),
        4 => subnet().prop_map(Deed::Claim),
        4 => (subnet(), staker(), changes()).prop_map(|(subnet, who, changes)| Deed::ClaimStake(subnet, who, changes)),
    ]
}

pub(super) fn question() -> impl Strategy<Value = Question> {
    let day = prop_oneof![Just(0_u32), Just(20_140), 19_700..26_000_u32, Just(65_535), Just(u32::MAX)];
    let near = 20_100..20_400_u32;
    prop_oneof![
        2 => (near.clone(), near.clone()).prop_map(|(from, to)| Question::StakeSeconds(from, to)),
        2 => (day.clone(), day.clone()).prop_map(|(from, to)| Question::StakeSeconds(from, to)),
        2 => (changes(), changes()).prop_map(|(from, max)| Question::StakerChanges(from, max)),
        2 => (near.clone(), day.clone()).prop_map(|(from, to)| Question::FinalUsage(from, to)),
        2 => (near.clone(), near).prop_map(|(from, to)| Question::Rewards(from, to)),
        3 => day.clone().prop_map(Question::Reward),
        3 => amount().prop_map(Question::RequiredStake),
        3 => day.prop_map(Question::CalculatorOf),
        3 => changes().prop_map(Question::StakerOwed),
    ]
}
