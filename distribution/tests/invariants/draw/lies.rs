//! What the actors say next.

use proptest::{prelude::*, sample::select};

use super::values::{session, subnet};
use crate::{
    actors::{alignment, calculator, source, vault},
    calls::{Call, Lie},
};

/// The actors change what they answer.
pub(super) fn lying() -> impl Strategy<Value = Call> {
    let vaults = select(
        &[
            vault::Manner::Keeper,
            vault::Manner::Keeper,
            vault::Manner::Stranger,
            vault::Manner::TooWide,
            vault::Manner::Cut,
            vault::Manner::Revert,
        ][..],
    );
    prop_oneof![
        6 => (session(), lie()).prop_map(|(session, lie)| Call::SourceLies { session, lie }),
        3 => session().prop_map(|session| Call::SourceRepents { session }),
        2 => calculators().prop_map(Call::CalculatorBecomes),
        1 => alignments().prop_map(Call::AlignmentBecomes),
        2 => Just(Call::AlignmentBecomes(alignment::Manner::Honest)),
        1 => vaults.prop_map(Call::VaultBecomes),
    ]
}

pub(super) fn calculators() -> impl Strategy<Value = calculator::Manner> {
    select(
        &[
            calculator::Manner::Everything,
            calculator::Manner::Emission,
            calculator::Manner::OneWei,
            calculator::Manner::NoDay,
            calculator::Manner::OneDayTooMany,
            calculator::Manner::TooWide,
            calculator::Manner::Nonsense,
            calculator::Manner::Silence,
            calculator::Manner::Revert,
        ][..],
    )
}

pub(super) fn alignments() -> impl Strategy<Value = alignment::Manner> {
    select(
        &[
            alignment::Manner::StakersInvented,
            alignment::Manner::StakersAbsurd,
            alignment::Manner::StakersForgotten,
            alignment::Manner::SubnetsShrunk,
            alignment::Manner::OneDayTooFew,
            alignment::Manner::FeeAboveAll,
            alignment::Manner::Nonsense,
            alignment::Manner::Revert,
        ][..],
    )
}

/// How a session's answer departs from the truth.
pub(super) fn lie() -> impl Strategy<Value = Lie> {
    let edge = prop_oneof![Just(0_u16), 1..400_u16, Just(319), Just(320)];
    let bid_edge = prop_oneof![Just(0_u16), Just(31), Just(32)];
    let manners = prop_oneof![
        select(
            &[
                source::Manner::Plain,
                source::Manner::SessionReverts,
                source::Manner::BidReverts,
                source::Manner::Giant,
                source::Manner::TimesTooWide,
                source::Manner::OtherOffset,
                source::Manner::BidTooWide,
            ][..]
        ),
        edge.prop_map(source::Manner::SessionCut),
        bid_edge.prop_map(source::Manner::BidCut),
    ];
    let seconds = 1..300_000_u32;
    prop_oneof![
        4 => manners.prop_map(Lie::Manner),
        6 => select(
            &[
                Lie::Unknown,
                Lie::OpenedInTheFuture,
                Lie::OpenedAtTheDawnOfTime,
                Lie::EndsBeforeItsOpening,
                Lie::EndsNever,
                Lie::ClosedBeforeItsOpening,
                Lie::ClosedInTheFuture,
                Lie::ClosedAtTheEndOfTime,
                Lie::NoProvider,
            ][..]
        ),
        1 => seconds.clone().prop_map(Lie::OpenedEarlier),
        1 => seconds.clone().prop_map(Lie::EndsLater),
        1 => seconds.prop_map(Lie::EndsEarlier),
        2 => subnet().prop_map(Lie::Provider),
    ]
}
