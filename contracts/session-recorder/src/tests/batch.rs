//! `recordMany`: the same as one by one, and what cannot be booked is left out.

use alloy_primitives::{FixedBytes, LogData, B256};
use alloy_sol_types::{SolError, SolEvent};

use super::{booked_event, id, open, World, DAY, HOUR, MIDNIGHT, OTHER_SUBNET, SUBNET};
use crate::{
    AlignmentCallFailed, RecordSkipped, SessionTimesInvalid, SessionUnknown, SourceCallFailed, SubnetNotEligible,
    GAS_FOR_A_FAIR_CHANCE, SOURCE_GAS_PER_VIEW,
};
use mrc53_testing::{diamond, eligibility::times_asked};

const NOW: u64 = MIDNIGHT + 2 * HOUR;

fn skipped<Reason: SolError>(id: B256) -> LogData {
    RecordSkipped { sessionId: id, reason: FixedBytes(Reason::SELECTOR) }.encode_log_data()
}

#[test]
fn a_batch_books_what_its_sessions_book_one_by_one() {
    let (batch, one_by_one) = (World::new(), World::new());
    for world in [&batch, &one_by_one] {
        world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
        world.host(id(2), open(MIDNIGHT - HOUR, MIDNIGHT + 60).by(OTHER_SUBNET));
        world.host(id(3), open(MIDNIGHT + 5, MIDNIGHT + 10 * HOUR));
    }

    let ids = [id(1), id(2), id(3)];
    let sum: u64 = ids.map(|id| one_by_one.record_at(NOW, id).unwrap()).iter().sum();

    assert_eq!(batch.record_many_at(NOW, &ids), sum);
    assert_eq!(batch.events(), one_by_one.events());
    for day in [DAY - 1, DAY] {
        assert_eq!(batch.usage(SUBNET, day), one_by_one.usage(SUBNET, day));
        assert_eq!(batch.usage(OTHER_SUBNET, day), one_by_one.usage(OTHER_SUBNET, day));
    }
}

#[test]
fn an_empty_batch_books_nothing() {
    let world = World::new();

    assert_eq!(world.record_many_at(NOW, &[]), 0);
    assert_eq!(world.events(), []);
}

#[test]
fn invariant_4_a_session_named_twice_is_booked_once() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    assert_eq!(world.record_many_at(NOW, &[id(1), id(1), id(1)]), HOUR);
    assert_eq!(world.booked(DAY), (HOUR, 1));
    assert_eq!(world.events(), [booked_event(id(1), MIDNIGHT, MIDNIGHT + HOUR, true)]);
}

#[test]
fn what_record_would_refuse_is_skipped_with_its_reason_and_the_rest_is_booked() {
    let world = World::new();
    world.host(id(1), open(0, 0));
    world.host(id(2), open(NOW + 1, NOW + HOUR));
    world.host(id(4), open(MIDNIGHT, MIDNIGHT + HOUR).by(OTHER_SUBNET));
    world.host(id(5), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.set_eligible(OTHER_SUBNET, false);

    assert_eq!(world.record_many_at(NOW, &[id(1), id(2), id(3), id(4), id(5)]), HOUR);

    let expected = [
        skipped::<SessionUnknown>(id(1)),
        skipped::<SessionTimesInvalid>(id(2)),
        skipped::<SourceCallFailed>(id(3)),
        skipped::<SubnetNotEligible>(id(4)),
        booked_event(id(5), MIDNIGHT, MIDNIGHT + HOUR, true),
    ];
    assert_eq!(world.events(), expected);
    for number in 1..=4 {
        assert_eq!(world.session(id(number)).1, 0);
    }
}

#[test]
fn a_silent_alignment_skips_every_session_that_has_something_new() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(NOW, id(2)).unwrap();
    world.alignment_falls_silent();

    assert_eq!(world.record_many_at(NOW, &[id(1), id(2)]), 0);
    world.assert_last_events(&[skipped::<AlignmentCallFailed>(id(1))]);
}

#[test]
fn eligibility_of_one_subnet_says_nothing_about_the_next() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + HOUR).by(OTHER_SUBNET));
    world.host(id(3), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.set_eligible(OTHER_SUBNET, false);

    assert_eq!(world.record_many_at(NOW, &[id(1), id(2), id(3)]), 2 * HOUR);
    world.assert_last_events(&[
        skipped::<SubnetNotEligible>(id(2)),
        booked_event(id(3), MIDNIGHT, MIDNIGHT + HOUR, true),
    ]);
}

#[test]
fn each_subnet_is_asked_about_once_for_all_open_days() {
    let world = World::new();
    for number in 1..=6 {
        let subnet = if number % 2 == 0 { SUBNET } else { OTHER_SUBNET };
        world.host(id(number), open(MIDNIGHT - number * HOUR * 10, MIDNIGHT + HOUR).by(subnet));
    }
    let before = times_asked();

    world.record_many_at(NOW, &[1, 2, 3, 4, 5, 6].map(id));

    assert_eq!(times_asked() - before, 2);
    assert_eq!(world.booked(DAY), (3 * HOUR, 0));
}

#[test]
fn a_batch_passes_over_the_days_that_one_by_one_passes_over() {
    let (batch, one_by_one) = (World::new(), World::new());
    for world in [&batch, &one_by_one] {
        world.host(id(1), open(MIDNIGHT - 72 * HOUR, MIDNIGHT + HOUR));
        world.host(id(2), open(MIDNIGHT - HOUR, MIDNIGHT + HOUR));
        world.set_eligible_days(&[DAY - 3, DAY]);
    }

    let sum: u64 = [id(1), id(2)].map(|id| one_by_one.record_at(NOW, id).unwrap()).iter().sum();

    assert_eq!(batch.record_many_at(NOW, &[id(1), id(2)]), sum);
    assert_eq!(batch.events(), one_by_one.events());
}

#[test]
fn a_skipped_session_is_booked_by_a_later_batch() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.source_reverts(&diamond::get_bid(SUBNET.into_word()));
    assert_eq!(world.record_many_at(NOW, &[id(1)]), 0);

    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    assert_eq!(world.record_many_at(NOW, &[id(1)]), HOUR);
}

/// What happens at the bound is seen where gas runs out: on the devnode.
#[test]
fn a_fair_chance_is_both_views_in_full_and_forty_thousand_for_the_caller() {
    assert_eq!((SOURCE_GAS_PER_VIEW, GAS_FOR_A_FAIR_CHANCE), (80_000, 200_000));
}
