//! `recordMany`: the same as one by one, and what cannot be booked is left out.

use alloy::primitives::{B256, FixedBytes, LogData};
use alloy::sol_types::{SolCall, SolError, SolEvent};
use mrc53_devnode::config::DEV_ACCOUNT;

use super::artifacts::{DiamondHarness, Refusal, SessionRecorder};
use super::evm::{self, MOST_GAS};
use super::world::{CONTRACT, OTHER, PROVIDER, World, booked_event, id, open, returned};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

const NOW: u64 = MIDNIGHT + 2 * HOUR;

fn skipped<Reason: SolError>(session: B256) -> LogData {
    SessionRecorder::RecordSkipped { sessionId: session, reason: FixedBytes(Reason::SELECTOR) }.encode_log_data()
}

#[test]
fn a_batch_books_what_its_sessions_book_one_by_one() {
    let (mut batch, mut one_by_one) = (World::new(), World::new());
    for world in [&mut batch, &mut one_by_one] {
        world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
        world.host(id(2), open(MIDNIGHT - HOUR, MIDNIGHT + 60).by(OTHER));
        world.host(id(3), open(MIDNIGHT + 5, MIDNIGHT + 10 * HOUR));
    }

    let ids = [id(1), id(2), id(3)];
    let sum: u64 = ids.map(|id| one_by_one.record_at(NOW, id).unwrap()).iter().sum();

    assert_eq!(batch.record_many_at(NOW, &ids), sum);
    assert_eq!(batch.events, one_by_one.events);
    for day in [TODAY - 1, TODAY] {
        assert_eq!(batch.booked(day), one_by_one.booked(day));
        assert_eq!(batch.hosted(OTHER, day), one_by_one.hosted(OTHER, day));
    }
}

#[test]
fn an_empty_batch_books_nothing() {
    let mut world = World::new();

    assert_eq!(world.record_many_at(NOW, &[]), 0);
    assert_eq!(world.events, []);
}

#[test]
fn invariant_4_a_session_named_twice_is_booked_once() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    assert_eq!(world.record_many_at(NOW, &[id(1), id(1), id(1)]), HOUR);
    assert_eq!(world.booked(TODAY), (HOUR, 1));
    assert_eq!(world.events, [booked_event(id(1), MIDNIGHT, MIDNIGHT + HOUR, true)]);
}

#[test]
fn what_record_would_refuse_is_skipped_with_its_reason_and_the_rest_is_booked() {
    let mut world = World::new();
    world.host(id(2), open(NOW + 1, NOW + HOUR));
    world.source_refuses(&DiamondHarness::getSessionCall { sessionId: id(3) });
    world.host(id(4), open(MIDNIGHT, MIDNIGHT + HOUR).by(CONTRACT));
    world.give_code(CONTRACT, None);
    world.host(id(5), open(MIDNIGHT, MIDNIGHT + HOUR));

    assert_eq!(world.record_many_at(NOW, &[id(1), id(2), id(3), id(4), id(5)]), HOUR);

    let expected = [
        skipped::<SessionRecorder::SessionUnknown>(id(1)),
        skipped::<SessionRecorder::SessionTimesInvalid>(id(2)),
        skipped::<SessionRecorder::SourceCallFailed>(id(3)),
        skipped::<SessionRecorder::SubnetNotNamed>(id(4)),
        booked_event(id(5), MIDNIGHT, MIDNIGHT + HOUR, true),
    ];
    assert_eq!(world.events, expected);
    for number in 1..=4 {
        assert_eq!(world.session(id(number)).1, 0);
    }
}

#[test]
fn a_skipped_session_is_booked_by_a_later_batch() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR).by(CONTRACT));
    world.give_code(CONTRACT, None);
    assert_eq!(world.record_many_at(NOW, &[id(1)]), 0);

    world.name(CONTRACT, CONTRACT, PROVIDER).unwrap();

    assert_eq!(world.record_many_at(NOW, &[id(1)]), HOUR);
}

/// A world with a session whose answer, of 1,700 bytes, costs more than a batch gives to a view, and an ordinary one.
fn with_a_dear_session() -> World {
    let mut world = World::new();
    for number in [1, 2] {
        world.host(id(number), open(MIDNIGHT, MIDNIGHT + HOUR).closed(MIDNIGHT + HOUR));
    }
    let mut session = open(MIDNIGHT, MIDNIGHT + HOUR).closed(MIDNIGHT + HOUR).session();
    session.closeoutReceipt = vec![0x77; 1_280].into();
    let answer = DiamondHarness::getSessionCall::abi_encode_returns(&session);
    world.source_answers(&DiamondHarness::getSessionCall { sessionId: id(1) }, &answer);
    world
}

#[test]
fn a_session_whose_answer_is_too_dear_is_skipped_and_can_be_recorded_alone() {
    let mut world = with_a_dear_session();

    assert_eq!(world.record_many_at(NOW, &[id(1), id(2)]), HOUR);
    assert_eq!(world.events[0], skipped::<SessionRecorder::SourceCallFailed>(id(1)));
    assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR));
}

#[test]
fn a_source_that_burns_all_gas_cannot_eat_a_batch() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    // JUMPDEST, PUSH0, JUMP.
    world.chain.set_code(world.source, [0x5b, 0x5f, 0x56].into());

    let many = SessionRecorder::recordManyCall { sessionIds: (1..=20).map(id).collect() };
    let outcome = world.send_at(NOW, DEV_ACCOUNT, &many);

    assert_eq!(returned(&outcome), Ok(0));
    assert_eq!(world.events.len(), 20);
    assert!(outcome.gas_used < 20 * 90_000, "{}", outcome.gas_used);
}

#[test]
fn a_batch_short_of_gas_is_refused_as_a_whole_whatever_the_gas_and_skips_nothing_for_it() {
    let mut world = World::with_grace(90);
    // The last books 24 new words of buckets: when adding to them runs out of gas, what stays with the recorder is enough
    // to skip it, which it must not.
    for (number, provider) in [(1, PROVIDER), (2, PROVIDER), (3, OTHER)] {
        world.host(id(number), open(MIDNIGHT, MIDNIGHT + 90 * DAY).by(provider));
    }
    let now = MIDNIGHT + 90 * DAY;
    let many = SessionRecorder::recordManyCall { sessionIds: (1..=3).map(id).collect() }.abi_encode();
    let to = (DEV_ACCOUNT, world.recorder);
    let (mut refused, mut booked) = (0, 0);

    for gas in (100_000..2_300_000).step_by(7_919) {
        let before = world.chain.snapshot();
        let outcome = evm::send_with_gas(&mut world.chain, now, to, many.clone(), gas);
        if outcome.success {
            assert_eq!(returned(&outcome), Ok(3 * 90 * DAY), "with {gas}");
            assert_eq!(outcome.logs.len(), 3, "with {gas}");
            booked += 1;
        } else {
            refused += 1;
        }
        assert!(world.chain.revert_to(before));
    }
    assert!(refused > 20 && booked > 20, "{refused} refused, {booked} booked");
}

#[test]
fn a_view_that_did_not_get_its_fair_chance_is_no_reason_to_skip() {
    let mut world = with_a_dear_session();
    let many = SessionRecorder::recordManyCall { sessionIds: vec![id(1)] }.abi_encode();
    let to = (DEV_ACCOUNT, world.recorder);
    // 200,000 are left at the first session: the transaction and the way there take some 22,500 gas.
    let enough = 200_000 + 23_500;

    for (gas, skips) in [(enough - 2_500, false), (enough, true), (MOST_GAS, true)] {
        let before = world.chain.snapshot();
        let outcome = evm::send_with_gas(&mut world.chain, NOW, to, many.clone(), gas);
        if skips {
            assert_eq!(outcome.logs[0].data, skipped::<SessionRecorder::SourceCallFailed>(id(1)));
        } else {
            assert!(matches!(returned(&outcome), Err(Refusal::SourceCallFailed(_))));
        }
        assert!(world.chain.revert_to(before));
    }
}
