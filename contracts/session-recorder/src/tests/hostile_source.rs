//! The source's answers are data: what contradicts itself or the clock is refused, and what changes between two calls
//! cannot take back, repeat or move what is booked.

use alloy_primitives::{hex, Address, B256, U256};

use super::{id, open, World, ANYONE, DAY, HOUR, MIDNIGHT, OTHER_SUBNET, SECONDS_PER_DAY, SUBNET};
use crate::{BucketOverflow, Error, SessionTimesInvalid, SourceCallFailed};
use mrc53_ledger::usage::{Usage, UsageWord, MAX_SECONDS};
use mrc53_testing::diamond;

const NOW: u64 = MIDNIGHT + 2 * HOUR;

fn get_session_failed(id: B256) -> Error {
    Error::SourceCallFailed(SourceCallFailed { sessionId: id, selector: hex!("39b240bd").into() })
}

fn get_bid_failed(id: B256) -> Error {
    Error::SourceCallFailed(SourceCallFailed { sessionId: id, selector: hex!("91704e1e").into() })
}

/// A world whose source answers `getSession(1)` with these times, and knows the bid.
fn answering(opened_at: u128, ends_at: u128, closed_at: u128) -> World {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    let answer = diamond::session(SUBNET.into_word(), opened_at, ends_at, closed_at);
    world.source_answers(&diamond::get_session(id(1)), &answer);
    world
}

/// Writes `seconds` of others into the total of [`DAY`].
fn fill_total(world: &World, seconds: u64) {
    let bucket = UsageWord::default().with_added(DAY, Usage { seconds, sessions: 0 }).unwrap();
    let index = U256::from(UsageWord::index_of(DAY));
    world.recorder.sender(ANYONE).total_usage.insert(index, B256::new(bucket.to_bytes()));
}

#[test]
fn a_source_that_reverts_is_refused() {
    let world = World::new();

    assert_eq!(world.record_at(NOW, id(1)), Err(get_session_failed(id(1))));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_source_that_reverts_when_asked_for_the_bid_is_refused() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.source_reverts(&diamond::get_bid(SUBNET.into_word()));

    assert_eq!(world.record_at(NOW, id(1)), Err(get_bid_failed(id(1))));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_short_session_is_refused_and_ten_words_are_enough() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    let answer = diamond::session(SUBNET.into_word(), MIDNIGHT.into(), NOW.into(), 0);

    for length in [0, 1, 31, 32, 319] {
        world.source_answers(&diamond::get_session(id(1)), &answer[..length]);
        assert_eq!(world.record_at(NOW, id(1)), Err(get_session_failed(id(1))));
    }
    world.source_answers(&diamond::get_session(id(1)), &answer[..320]);
    assert_eq!(world.record_at(NOW, id(1)), Ok(2 * HOUR));
}

#[test]
fn a_short_bid_or_one_without_an_address_is_refused() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    for answer in [&[][..], &[0; 31], &[0xff; 32]] {
        world.source_answers(&diamond::get_bid(SUBNET.into_word()), answer);
        assert_eq!(world.record_at(NOW, id(1)), Err(get_bid_failed(id(1))));
    }
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_session_whose_words_lie_elsewhere_or_do_not_fit_their_types_is_refused() {
    let good = diamond::session(SUBNET.into_word(), MIDNIGHT.into(), NOW.into(), 0);
    let lies = [(0, U256::from(64)), (0, U256::MAX), (7, U256::MAX), (8, U256::from(1) << 128), (9, U256::MAX)];
    for (word, lie) in lies {
        let world = World::new();
        let mut answer = good.clone();
        answer[word * 32..][..32].copy_from_slice(&lie.to_be_bytes::<32>());
        world.source_answers(&diamond::get_session(id(1)), &answer);

        assert_eq!(world.record_at(NOW, id(1)), Err(get_session_failed(id(1))), "word {word}");
        world.assert_untouched(id(1), DAY);
    }
}

#[test]
fn an_answer_that_promises_an_endless_receipt_is_read_no_further_than_its_times() {
    let world = answering(MIDNIGHT.into(), NOW.into(), 0);
    let mut answer = diamond::session(SUBNET.into_word(), MIDNIGHT.into(), NOW.into(), 0);
    answer[4 * 32..5 * 32].fill(0xff);
    answer[12 * 32..].fill(0xff);
    world.source_answers(&diamond::get_session(id(1)), &answer);

    assert_eq!(world.record_at(NOW, id(1)), Ok(2 * HOUR));
}

#[test]
fn times_that_contradict_each_other_or_the_clock_are_refused() {
    let (now, midnight) = (u128::from(NOW), u128::from(MIDNIGHT));
    let contradictions = [
        (now + 1, now + 2, 0),
        (u128::MAX, u128::MAX, 0),
        (midnight, midnight - 1, 0),
        (midnight, 0, 0),
        (midnight, now, midnight - 1),
        (midnight, now, 1),
        (midnight, now, now + 1),
        (midnight, now, u128::MAX),
    ];
    for (opened_at, ends_at, closed_at) in contradictions {
        let world = answering(opened_at, ends_at, closed_at);

        let refusal = world.record_at(NOW, id(1)).unwrap_err();

        let values = SessionTimesInvalid {
            sessionId: id(1),
            openedAt: opened_at,
            endsAt: ends_at,
            closedAt: closed_at,
            nowAt: NOW,
        };
        assert_eq!(refusal, Error::SessionTimesInvalid(values));
        world.assert_untouched(id(1), DAY);
    }
}

#[test]
fn an_end_beyond_every_clock_is_served_until_now() {
    assert_eq!(answering(MIDNIGHT.into(), u128::MAX, 0).record_at(NOW, id(1)), Ok(2 * HOUR));
}

#[test]
fn a_session_opened_at_the_dawn_of_time_books_no_more_than_the_open_days() {
    let world = answering(1, u128::MAX, 0);

    assert_eq!(world.record_at(NOW, id(1)), Ok(3 * SECONDS_PER_DAY + 2 * HOUR));
    assert_eq!(world.booked(DAY - 4), (0, 0));
}

#[test]
fn an_end_that_moves_back_takes_nothing_back() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(NOW, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 60).closed(MIDNIGHT + 30));

    assert_eq!(world.record_at(NOW, id(1)), Ok(0));
    assert_eq!(world.booked(DAY), (HOUR, 1));
    assert_eq!(world.session(id(1)), (SUBNET, MIDNIGHT + HOUR));
}

#[test]
fn an_end_that_moves_on_before_it_is_booked_books_only_what_is_new() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + HOUR - 1, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 2 * HOUR));

    assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR + 1));
}

#[test]
fn an_end_that_moves_on_after_it_is_booked_books_nothing() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(NOW, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 2 * HOUR));

    assert_eq!(world.record_at(NOW, id(1)), Ok(0));
}

#[test]
fn an_opening_that_moves_back_repeats_nothing() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT + HOUR, NOW));
    world.record_at(NOW, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, NOW));

    assert_eq!(world.record_at(NOW, id(1)), Ok(0));
    assert_eq!(world.booked(DAY), (HOUR, 1));
}

#[test]
fn a_provider_that_changes_moves_no_session_to_another_subnet() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, NOW).by(OTHER_SUBNET));
    world.record_at(NOW, id(1)).unwrap();

    assert_eq!(world.booked(DAY), (2 * HOUR, 1));
    assert_eq!(world.usage(OTHER_SUBNET, DAY).subnetSeconds, 0);
}

#[test]
fn a_later_booking_does_not_ask_for_the_bid_again() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
    world.source_reverts(&diamond::get_bid(SUBNET.into_word()));

    assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR));
}

#[test]
fn a_session_of_a_bid_that_does_not_exist_belongs_to_nobody() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW).by(Address::ZERO));
    world.set_eligible(Address::ZERO, false);

    world.record_at(NOW, id(1)).unwrap_err();
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_full_bucket_refuses_and_changes_no_day() {
    let world = World::new();
    fill_total(&world, MAX_SECONDS - HOUR);
    world.host(id(1), open(MIDNIGHT - 60, MIDNIGHT + HOUR));
    world.host(id(2), open(MIDNIGHT - 60, MIDNIGHT + HOUR + 1));

    let refusal = world.record_at(NOW, id(2)).unwrap_err();

    assert_eq!(refusal, Error::BucketOverflow(BucketOverflow { subnet: SUBNET, day: DAY }));
    assert_eq!(world.record_many_at(NOW, &[id(2)]), 0);
    assert_eq!(world.session(id(2)).1, 0);
    assert_eq!((world.booked(DAY - 1), world.usage(SUBNET, DAY - 1).totalSeconds), ((0, 0), 0));
    assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR + 60));
}
