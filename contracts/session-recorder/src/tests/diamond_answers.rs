//! The recorder against the real Diamond: what it answered, recorded byte for byte, is replayed by a scripted source.

use std::str::FromStr;

use alloy_primitives::{hex, Address, B256};
use serde_json::Value;

use super::{World, SUBNET};
use crate::{Error, SessionUnknown, SubnetNotEligible};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../tests/vectors/diamond.json")).unwrap()
}

fn parse<T: FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().unwrap().parse().unwrap()
}

/// Lets the source answer one recorded call.
fn replay(world: &World, call: &Value) {
    let bytes = |name: &str| hex::decode(call[name].as_str().unwrap()).unwrap();
    world.source_answers(&bytes("calldata"), &bytes("returndata"));
}

/// When the Diamond says the service of a session stopped, as known at `now`.
fn served_until(decoded: &Value, now: u64) -> u64 {
    let time = |name: &str| decoded[name].as_u64().unwrap();
    let closed_at = time("closedAt");
    time("endsAt").min(if closed_at == 0 { now } else { closed_at })
}

#[test]
fn every_recorded_session_is_booked_for_the_time_that_the_diamond_pays() {
    let vectors = vectors();
    let sessions = vectors["sessions"].as_array().unwrap();

    for vector in sessions {
        let world = World::with_grace(90);
        let (session_id, provider): (B256, Address) = (parse(&vector["sessionId"]), parse(&vector["provider"]));
        let (now, decoded) = (vector["recordedAt"].as_u64().unwrap(), &vector["getSession"]["decoded"]);
        world.set_eligible(provider, true);
        replay(&world, &vector["getSession"]);
        replay(&world, &vector["getBid"]);

        let booked = world.record_at(now, session_id).unwrap();

        let served = served_until(decoded, now) - decoded["openedAt"].as_u64().unwrap();
        assert_eq!(booked, served, "{}", vector["key"]);
        let remembered = if served == 0 { (Address::ZERO, 0) } else { (provider, served_until(decoded, now)) };
        assert_eq!(world.session(session_id), remembered, "{}", vector["key"]);
    }
    assert_eq!(sessions.len(), 30);
}

#[test]
fn invariant_4_a_session_recorded_at_each_of_its_recorded_states_is_booked_once() {
    for vector in vectors()["sessions"].as_array().unwrap() {
        let world = World::with_grace(90);
        let session_id: B256 = parse(&vector["sessionId"]);
        world.set_eligible(parse(&vector["provider"]), true);
        replay(&world, &vector["getBid"]);
        let mut states: Vec<(u64, &Value)> = vector["otherStates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| (s["recordedAt"].as_u64().unwrap(), &s["session"]))
            .collect();
        states.push((vector["recordedAt"].as_u64().unwrap(), &vector["getSession"]));
        states.sort_by_key(|(recorded_at, _)| *recorded_at);

        let mut booked = 0;
        for (recorded_at, call) in &states {
            replay(&world, call);
            booked += world.record_at(*recorded_at, session_id).unwrap();
        }

        let (now, last) = states[states.len() - 1];
        let served = served_until(&last["decoded"], now) - last["decoded"]["openedAt"].as_u64().unwrap();
        assert_eq!(booked, served, "{}", vector["key"]);
    }
}

#[test]
fn a_session_that_the_diamond_does_not_know_is_refused() {
    let vectors = vectors();
    for unknown in [&vectors["unknown"]["session"], &vectors["unknown"]["zeroSession"]] {
        let world = World::new();
        replay(&world, unknown);
        let session_id = parse(&unknown["id"]);

        let refusal = world.record_at(1_781_575_211, session_id).unwrap_err();

        assert_eq!(refusal, Error::SessionUnknown(SessionUnknown { sessionId: session_id }));
    }
}

#[test]
fn every_recorded_bid_names_its_provider() {
    let vectors = vectors();
    let bids = vectors["bids"].as_array().unwrap().iter().chain([&vectors["unknown"]["bid"]]);
    for bid in bids {
        let world = World::new();
        let provider = parse(&bid["decoded"]["provider"]);
        let bid_id = bid.get("bidId").unwrap_or(&bid["id"]);
        world.host(super::id(1), super::open(super::MIDNIGHT, super::MIDNIGHT + 1).by(SUBNET));
        let session = mrc53_testing::diamond::session(parse(bid_id), super::MIDNIGHT.into(), u128::MAX, 0);
        world.source_answers(&mrc53_testing::diamond::get_session(super::id(1)), &session);
        world.set_eligible(provider, false);
        replay(&world, bid);

        let refusal = world.record_at(super::MIDNIGHT + 1, super::id(1)).unwrap_err();

        assert_eq!(refusal, Error::SubnetNotEligible(SubnetNotEligible { subnet: provider }));
    }
}
