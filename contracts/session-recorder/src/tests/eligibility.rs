//! Sessions count only while their subnet is eligible when booked.

use super::{id, open, World, DAY, HOUR, MIDNIGHT, SECONDS_PER_DAY, SUBNET};
use crate::{AlignmentCallFailed, Error, SubnetNotEligible};

const NOT_ELIGIBLE: Error = Error::SubnetNotEligible(SubnetNotEligible { subnet: SUBNET });

#[test]
fn a_session_of_a_subnet_that_is_not_eligible_is_refused() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.set_eligible(SUBNET, false);

    assert_eq!(world.record_at(MIDNIGHT + HOUR, id(1)), Err(NOT_ELIGIBLE));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_refused_session_is_booked_whole_once_its_subnet_is_eligible() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.set_eligible(SUBNET, false);
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap_err();

    world.set_eligible(SUBNET, true);

    assert_eq!(world.record_at(MIDNIGHT + SECONDS_PER_DAY, id(1)), Ok(HOUR));
    assert_eq!(world.booked(DAY), (HOUR, 1));
}

#[test]
fn a_subnet_that_loses_eligibility_keeps_what_is_booked_and_books_no_more() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + 600, id(1)).unwrap();
    world.set_eligible(SUBNET, false);

    assert_eq!(world.record_at(MIDNIGHT + HOUR, id(1)), Err(NOT_ELIGIBLE));
    assert_eq!(world.booked(DAY), (600, 1));
    assert_eq!(world.session(id(1)), (SUBNET, MIDNIGHT + 600));
}

#[test]
fn seconds_that_would_all_be_dropped_still_ask_for_eligibility() {
    let world = World::with_grace(0);
    world.host(id(1), open(MIDNIGHT - HOUR, MIDNIGHT));
    world.set_eligible(SUBNET, false);

    assert_eq!(world.record_at(MIDNIGHT, id(1)), Err(NOT_ELIGIBLE));
    world.assert_untouched(id(1), DAY - 1);
}

#[test]
fn with_nothing_new_nobody_is_asked_for_eligibility() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
    world.alignment_reverts(SUBNET);

    assert_eq!(world.record_at(MIDNIGHT + 2 * HOUR, id(1)), Ok(0));
}

#[test]
fn an_alignment_that_does_not_answer_is_named() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.alignment_reverts(SUBNET);

    let refusal = world.record_at(MIDNIGHT + HOUR, id(1)).unwrap_err();

    let alignment = world.alignment.address();
    assert_eq!(refusal, Error::AlignmentCallFailed(AlignmentCallFailed { alignment }));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn an_alignment_that_answers_no_bool_is_named() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    let alignment = world.alignment.address();

    for answer in [&[][..], &[1; 31], &[1; 32]] {
        world.alignment.sender(super::ANYONE).answer(&super::is_eligible(SUBNET), answer);

        assert_eq!(
            world.record_at(MIDNIGHT + HOUR, id(1)),
            Err(Error::AlignmentCallFailed(AlignmentCallFailed { alignment }))
        );
    }
}
