//! The recorder against the real Diamond: what it answered, recorded byte for byte, is replayed by a scripted source.

use std::str::FromStr;

use alloy::primitives::{Address, B256, Bytes};
use serde_json::Value;

use super::artifacts::{Refusal, Scripted, SessionRecorder};
use super::world::{World, id, open};
use crate::suite_support::{DAY, MIDNIGHT};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../vectors/diamond.json")).unwrap()
}

fn parse<T: FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().unwrap().parse().unwrap()
}

/// Lets the source answer one recorded call.
fn replay(world: &mut World, call: &Value) {
    let bytes = |name: &str| parse::<Bytes>(&call[name]);
    let write = Scripted::writeCall { asked: bytes("calldata"), answer: bytes("returndata") };
    world.at_once(world.source, &write);
}

/// When the Diamond says the service of a session stopped, as known at `now`.
fn served_until(decoded: &Value, now: u64) -> u64 {
    let time = |name: &str| decoded[name].as_u64().unwrap();
    let closed_at = time("closedAt");
    time("endsAt").min(if closed_at == 0 { now } else { closed_at })
}

fn opened_at(decoded: &Value) -> u64 {
    decoded["openedAt"].as_u64().unwrap()
}

#[test]
fn every_recorded_session_is_booked_for_the_time_that_the_diamond_pays() {
    let vectors = vectors();
    let sessions = vectors["sessions"].as_array().unwrap();

    for vector in sessions {
        let mut world = World::with_grace(90);
        let (session_id, provider): (B256, Address) = (parse(&vector["sessionId"]), parse(&vector["provider"]));
        let (now, decoded) = (vector["recordedAt"].as_u64().unwrap(), &vector["getSession"]["decoded"]);
        replay(&mut world, &vector["getSession"]);
        replay(&mut world, &vector["getBid"]);

        let booked = world.record_at(now, session_id).unwrap();

        let served = served_until(decoded, now) - opened_at(decoded);
        assert_eq!(booked, served, "{}", vector["key"]);
        let remembered = if served == 0 { (Address::ZERO, 0) } else { (provider, served_until(decoded, now)) };
        assert_eq!(world.session(session_id), remembered, "{}", vector["key"]);
    }
    assert_eq!(sessions.len(), 30);
}

#[test]
fn invariant_4_a_session_recorded_at_each_of_its_recorded_states_is_booked_once() {
    for vector in vectors()["sessions"].as_array().unwrap() {
        let mut world = World::with_grace(90);
        let session_id: B256 = parse(&vector["sessionId"]);
        replay(&mut world, &vector["getBid"]);
        let others = vector["otherStates"].as_array().unwrap().iter();
        let mut states: Vec<(u64, &Value)> =
            others.map(|state| (state["recordedAt"].as_u64().unwrap(), &state["session"])).collect();
        states.push((vector["recordedAt"].as_u64().unwrap(), &vector["getSession"]));
        states.sort_by_key(|(recorded_at, _)| *recorded_at);

        let mut booked = 0;
        for (recorded_at, call) in &states {
            replay(&mut world, call);
            booked += world.record_at(*recorded_at, session_id).unwrap();
        }

        let (now, last) = states[states.len() - 1];
        assert_eq!(booked, served_until(&last["decoded"], now) - opened_at(&last["decoded"]), "{}", vector["key"]);
    }
}

#[test]
fn a_session_that_the_diamond_does_not_know_is_refused() {
    let vectors = vectors();
    for unknown in [&vectors["unknown"]["session"], &vectors["unknown"]["zeroSession"]] {
        let mut world = World::new();
        replay(&mut world, unknown);
        let session_id = parse(&unknown["id"]);

        let refusal = world.record_at(MIDNIGHT + DAY, session_id).unwrap_err();

        assert_eq!(refusal, Refusal::SessionUnknown(SessionRecorder::SessionUnknown { sessionId: session_id }));
    }
}

#[test]
fn every_recorded_bid_names_its_provider() {
    let vectors = vectors();
    let bids = vectors["bids"].as_array().unwrap();
    for bid in bids {
        let mut world = World::new();
        let mut session = open(MIDNIGHT, MIDNIGHT + 1).session();
        session.bidId = parse(&bid["bidId"]);
        world.put(id(1), session);
        replay(&mut world, bid);

        world.record_at(MIDNIGHT + 1, id(1)).unwrap();

        assert_eq!(world.session(id(1)), (parse(&bid["decoded"]["provider"]), MIDNIGHT + 1));
    }
    assert!(bids.len() > 1);
}
