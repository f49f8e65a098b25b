//! The source's answers are data: what contradicts itself or the clock is refused, and what changes between two calls
//! cannot take back, repeat or move what is booked.

use alloy::primitives::{Address, B256, FixedBytes, U256};
use alloy::sol_types::SolCall;

use super::artifacts::{DiamondHarness, Refusal, SessionRecorder};
use super::world::{OTHER, PROVIDER, World, id, open};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

const NOW: u64 = MIDNIGHT + 2 * HOUR;

fn failed<View: SolCall>(session: B256) -> Refusal {
    let selector = FixedBytes(View::SELECTOR);
    Refusal::SourceCallFailed(SessionRecorder::SourceCallFailed { sessionId: session, selector })
}

fn get_session(session: B256) -> DiamondHarness::getSessionCall {
    DiamondHarness::getSessionCall { sessionId: session }
}

fn get_bid(provider: Address) -> DiamondHarness::getBidCall {
    DiamondHarness::getBidCall { bidId: provider.into_word() }
}

/// What the Diamond answers of a session of [`PROVIDER`] with these times.
fn answer(opened_at: u128, ends_at: u128, closed_at: u128) -> Vec<u8> {
    let mut session = open(0, 0).session();
    (session.openedAt, session.endsAt, session.closedAt) = (opened_at, ends_at, closed_at);
    DiamondHarness::getSessionCall::abi_encode_returns(&session)
}

/// A world whose source answers `getSession(1)` with these times, and knows the bid.
fn answering(opened_at: u128, ends_at: u128, closed_at: u128) -> World {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.source_answers(&get_session(id(1)), &answer(opened_at, ends_at, closed_at));
    world
}

#[test]
fn a_source_that_reverts_or_has_no_code_is_refused() {
    let mut world = World::new();
    world.source_refuses(&get_session(id(1)));
    assert_eq!(world.record_at(NOW, id(1)), Err(failed::<DiamondHarness::getSessionCall>(id(1))));

    world.chain.set_code(world.source, [].into());
    assert_eq!(world.record_at(NOW, id(1)), Err(failed::<DiamondHarness::getSessionCall>(id(1))));
    world.assert_untouched(id(1), TODAY);
}

#[test]
fn a_source_that_reverts_when_asked_for_the_bid_is_refused() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.source_refuses(&get_bid(PROVIDER));

    assert_eq!(world.record_at(NOW, id(1)), Err(failed::<DiamondHarness::getBidCall>(id(1))));
    world.assert_untouched(id(1), TODAY);
}

#[test]
fn a_short_session_is_refused_and_ten_words_are_enough() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    let answer = answer(MIDNIGHT.into(), NOW.into(), 0);

    for length in [0, 1, 31, 32, 319] {
        world.source_answers(&get_session(id(1)), &answer[..length]);
        assert_eq!(world.record_at(NOW, id(1)), Err(failed::<DiamondHarness::getSessionCall>(id(1))));
    }
    world.source_answers(&get_session(id(1)), &answer[..320]);
    assert_eq!(world.record_at(NOW, id(1)), Ok(2 * HOUR));
}

#[test]
fn a_short_bid_or_one_without_an_address_is_refused_and_one_word_is_enough() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    let mut above = [0; 32];
    above[11] = 1;

    for answer in [&[][..], &[0; 31], &[0xff; 32], &above] {
        world.source_answers(&get_bid(PROVIDER), answer);
        assert_eq!(world.record_at(NOW, id(1)), Err(failed::<DiamondHarness::getBidCall>(id(1))));
    }
    world.assert_untouched(id(1), TODAY);
    world.source_answers(&get_bid(PROVIDER), &PROVIDER.into_word()[..]);
    assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR));
}

#[test]
fn a_session_whose_words_lie_elsewhere_or_do_not_fit_their_types_is_refused() {
    let good = answer(MIDNIGHT.into(), NOW.into(), 0);
    let above = U256::from(1) << 128;
    for (word, lie) in [(0, U256::from(64)), (0, U256::MAX), (7, U256::MAX), (7, above), (8, above), (9, above)] {
        let mut world = World::new();
        let mut answer = good.clone();
        answer[word * 32..][..32].copy_from_slice(&lie.to_be_bytes::<32>());
        world.source_answers(&get_session(id(1)), &answer);

        assert_eq!(world.record_at(NOW, id(1)), Err(failed::<DiamondHarness::getSessionCall>(id(1))), "word {word}");
        world.assert_untouched(id(1), TODAY);
    }
}

#[test]
fn an_answer_that_promises_an_endless_receipt_is_read_no_further_than_its_times() {
    let mut world = answering(MIDNIGHT.into(), NOW.into(), 0);
    let mut answer = answer(MIDNIGHT.into(), NOW.into(), 0);
    answer[4 * 32..5 * 32].fill(0xff);
    answer[12 * 32..].fill(0xff);
    world.source_answers(&get_session(id(1)), &answer);

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
        let mut world = answering(opened_at, ends_at, closed_at);

        let refusal = world.record_at(NOW, id(1)).unwrap_err();

        let values = SessionRecorder::SessionTimesInvalid {
            sessionId: id(1),
            openedAt: opened_at,
            endsAt: ends_at,
            closedAt: closed_at,
            nowAt: NOW,
        };
        assert_eq!(refusal, Refusal::SessionTimesInvalid(values));
        world.assert_untouched(id(1), TODAY);
    }
}

#[test]
fn times_at_the_edge_of_a_contradiction_are_taken() {
    let (now, midnight) = (u128::from(NOW), u128::from(MIDNIGHT));
    let edges = [(now, now + 2, 0, 0), (midnight, midnight, 0, 0), (midnight, now, midnight, 0)];
    let edges = edges.into_iter().chain([(midnight, now, now, 2 * HOUR), (midnight, u128::MAX, 0, 2 * HOUR)]);
    for (opened_at, ends_at, closed_at, seconds) in edges {
        assert_eq!(answering(opened_at, ends_at, closed_at).record_at(NOW, id(1)), Ok(seconds));
    }
}

#[test]
fn a_session_opened_at_the_dawn_of_time_books_no_more_than_the_open_days() {
    let mut world = answering(1, u128::MAX, 0);

    assert_eq!(world.record_at(NOW, id(1)), Ok(3 * DAY + 2 * HOUR));
    assert_eq!(world.booked(TODAY - 4), (0, 0));
}

#[test]
fn an_end_that_moves_back_takes_nothing_back() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(NOW, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 60).closed(MIDNIGHT + 30));

    assert_eq!(world.record_at(NOW, id(1)), Ok(0));
    assert_eq!(world.booked(TODAY), (HOUR, 1));
    assert_eq!(world.session(id(1)), (PROVIDER, MIDNIGHT + HOUR));
}

#[test]
fn an_end_that_moves_on_books_what_is_new_unless_the_session_was_complete() {
    for (first, more) in [(HOUR - 1, HOUR + 1), (HOUR, 0), (HOUR + 1, 0)] {
        let mut world = World::new();
        world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
        world.record_at(MIDNIGHT + first, id(1)).unwrap();

        world.host(id(1), open(MIDNIGHT, MIDNIGHT + 2 * HOUR));

        assert_eq!(world.record_at(NOW, id(1)), Ok(more));
    }
}

#[test]
fn an_opening_that_moves_back_repeats_nothing() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT + HOUR, NOW + HOUR));
    world.record_at(NOW, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, NOW + HOUR));

    assert_eq!(world.record_at(NOW, id(1)), Ok(0));
    assert_eq!(world.booked(TODAY), (HOUR, 1));
}

#[test]
fn a_provider_that_changes_moves_no_session_and_the_bid_is_not_asked_for_again() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();

    world.host(id(1), open(MIDNIGHT, NOW).by(OTHER));
    world.source_refuses(&get_bid(OTHER));
    world.record_at(NOW, id(1)).unwrap();

    assert_eq!(world.booked(TODAY), (2 * HOUR, 1));
    assert_eq!(world.hosted(OTHER, TODAY), (0, 0));
}

#[test]
fn a_session_of_a_bid_that_does_not_exist_belongs_to_nobody() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW).by(Address::ZERO));

    let refusal = world.record_at(NOW, id(1)).unwrap_err();

    assert_eq!(refusal, Refusal::SubnetNotNamed(SessionRecorder::SubnetNotNamed { provider: Address::ZERO }));
    world.assert_untouched(id(1), TODAY);
}
