//! The events rebuild everything that the recorder keeps of sessions and days: random histories are played, rebuilt by
//! somebody who has only read the events, and compared word by word.

use std::collections::BTreeMap;

use alloy_primitives::{Address, LogData, B256, U256};
use alloy_sol_types::SolEvent;
use mrc53_ledger::{
    session::SessionWord,
    usage::{Usage, UsageWord},
};
use mrc53_maths::Day;
use proptest::prelude::*;

use super::{
    constructing::{slot_in, word_at},
    id, open, World, ANYONE, DAY, MIDNIGHT, OTHER_SUBNET, SECONDS_PER_DAY, SUBNET,
};
use crate::{DaysPassedOver, SecondsDropped, SessionBooked};

const SUBNETS: [Address; 2] = [SUBNET, OTHER_SUBNET];

/// What somebody knows who has only read the events.
#[derive(Debug, Default)]
struct Rebuilt {
    sessions: BTreeMap<B256, (Address, u64)>,
    usage: BTreeMap<(Option<Address>, u32), Usage>,
}

impl Rebuilt {
    fn hear(&mut self, log: &LogData) {
        if let Ok(SessionBooked { sessionId, subnet, from, to, counted }) = SessionBooked::decode_log_data(log, true) {
            // Nothing lies between what was accounted for and what is booked but days that were passed over.
            if let Some((_, until)) = self.sessions.get(&sessionId) {
                assert_eq!(*until, from, "a second of {sessionId} is in no event");
            }
            self.sessions.insert(sessionId, (subnet, to));
            for day in Day::of(from).0..=Day::of(to - 1).0 {
                for key in [Some(subnet), None] {
                    let usage = self.usage.entry((key, day)).or_default();
                    usage.seconds += Day(day).seconds_of(from, to);
                    usage.sessions += u32::from(counted && day == Day::of(from).0);
                }
            }
        } else if let Ok(event) = DaysPassedOver::decode_log_data(log, true) {
            self.sessions.insert(event.sessionId, (event.subnet, Day(event.toDay).start()));
        } else {
            let event = SecondsDropped::decode_log_data(log, true).expect("an event of `record`");
            self.sessions.insert(event.sessionId, (event.subnet, event.until));
        }
    }

    fn usage_word(&self, of: Option<Address>, index: u32) -> UsageWord {
        (4 * index..4 * index + 4).fold(UsageWord::default(), |word, day| {
            let usage = self.usage.get(&(of, day)).copied().unwrap_or_default();
            word.with_added(day, usage).expect("within the fields")
        })
    }
}

/// Opens the next session for so many seconds, or records one.
#[derive(Clone, Copy, Debug)]
enum Step {
    Open(usize, u64),
    Record(u64),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn events_rebuild_every_word_of_sessions_and_days(
        exceptions in prop::collection::vec((0..SUBNETS.len(), 0..30_u32), 0..30),
        steps in prop::collection::vec((0..SECONDS_PER_DAY, prop_oneof![
            (0..SUBNETS.len(), 1..7 * SECONDS_PER_DAY).prop_map(|(subnet, seconds)| Step::Open(subnet, seconds)),
            (0..12_u64).prop_map(Step::Record),
            (0..12_u64).prop_map(Step::Record),
        ]), 1..60),
    ) {
        let world = World::new();
        for (subnet, day) in exceptions {
            world.alignment.sender(ANYONE).except(SUBNETS[subnet], DAY + day, true);
        }
        let (mut now, mut opened) = (MIDNIGHT, 0);
        for (pause, step) in steps {
            now += pause;
            match step {
                Step::Open(subnet, seconds) => {
                    world.host(id(opened), open(now, now + seconds).by(SUBNETS[subnet]));
                    opened += 1;
                }
                Step::Record(session) => {
                    // Refused where no day counts.
                    world.record_at(now, id(session)).ok();
                }
            }
        }

        let mut rebuilt = Rebuilt::default();
        world.events().iter().for_each(|log| rebuilt.hear(log));

        for session in 0..opened {
            let stored = SessionWord::from_bytes(word_at(&world, slot_in(B256::with_last_byte(2), id(session))).0);
            let heard = rebuilt.sessions.get(&id(session)).copied().unwrap_or_default();
            prop_assert_eq!((Address::new(stored.subnet), stored.booked_until), heard);
        }
        for index in UsageWord::index_of(DAY)..UsageWord::index_of(DAY + 80) {
            let key = B256::from(U256::from(index));
            let total = word_at(&world, slot_in(B256::with_last_byte(4), key)).0;
            prop_assert_eq!(total, rebuilt.usage_word(None, index).to_bytes());
            for subnet in SUBNETS {
                let own = word_at(&world, slot_in(slot_in(B256::with_last_byte(3), subnet.into_word()), key)).0;
                prop_assert_eq!(own, rebuilt.usage_word(Some(subnet), index).to_bytes());
            }
        }
    }
}
