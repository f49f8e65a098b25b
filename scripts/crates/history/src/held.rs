//! What `getSession` says, held against the events: a session opened and was closed on the days of their blocks, and no
//! block is earlier than one before it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use alloy::primitives::B256;
use anyhow::Result;
use mrc53_maths::Day;
use mrc53_node::reading::Reading;

use crate::cache::Cache;
use crate::contradiction::Contradiction;
use crate::days::first_block;
use crate::midnights::Block;
use crate::session::{Event, Session};

/// Which event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Opening,
    Closing,
}

/// An event and its time, by what `getSession` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Timed {
    kind: Kind,
    event: Event,
    time: u64,
}

/// Holds the sessions of the cache against the events of their opening and closing, which are all those of `times`.
///
/// # Errors
/// The first [`Contradiction`]; a failure if the node does not answer.
pub(crate) async fn against_events(
    node: &Reading,
    cache: &mut Cache,
    [opened, closed]: [&BTreeMap<B256, Event>; 2],
    times: &Range<u64>,
    last: Block,
) -> Result<()> {
    let mut moments = Vec::new();
    for event in opened.values() {
        if let Some(session) = cache.session(&event.id) {
            moments.push(opening(*event, session, closed, times)?);
        }
    }
    for event in closed.values() {
        if let Some(session) = cache.session(&event.id) {
            moments.extend(closing(*event, session, opened, times)?);
        }
    }
    let mut days = BTreeMap::new();
    for day in moments.iter().map(Timed::day).collect::<BTreeSet<Day>>() {
        let first = first_block(node, cache, day, last).await?;
        days.insert(day, first..first_block(node, cache, day.next(), last).await?);
    }
    let astray = moments.iter().find(|it| !days.get(&it.day()).is_some_and(|blocks| blocks.contains(&it.event.block)));
    if let Some(astray) = astray {
        return Err(astray.astray().into());
    }
    backwards(moments)?;
    Ok(())
}

impl Timed {
    const fn day(&self) -> Day {
        Day::of(self.time)
    }

    /// That it was on another day than its block.
    const fn astray(&self) -> Contradiction {
        let (Event { id, block, .. }, time) = (self.event, self.time);
        match self.kind {
            Kind::Opening => Contradiction::AnotherOpening { id, block, opened_at: time },
            Kind::Closing => Contradiction::AnotherClosing { id, block, closed_at: time },
        }
    }

    /// It, if it was at one of `times`.
    fn within(self, times: &Range<u64>) -> Result<Self, Contradiction> {
        if times.contains(&self.time) { Ok(self) } else { Err(self.astray()) }
    }
}

/// The time of an opening, of a session that can have been and whose closing is among `closed`, if it was in `times`.
fn opening(
    event: Event,
    session: &Session,
    closed: &BTreeMap<B256, Event>,
    times: &Range<u64>,
) -> Result<Timed, Contradiction> {
    require_possible(session)?;
    let (id, closed_at) = (event.id, session.closed_at);
    let moment = Timed { kind: Kind::Opening, event, time: session.opened_at }.within(times)?;
    if closed_at != 0 && times.contains(&closed_at) && !closed.contains_key(&id) {
        return Err(Contradiction::NoClosing { id, closed_at });
    }
    Ok(moment)
}

/// The time of a closing, of a session that can have been and whose opening is among `opened`, if it was in `times`. None
/// if the session was read before it was closed, at or after its end.
fn closing(
    event: Event,
    session: &Session,
    opened: &BTreeMap<B256, Event>,
    times: &Range<u64>,
) -> Result<Option<Timed>, Contradiction> {
    require_possible(session)?;
    let (Event { id, provider, block }, opened_at) = (event, session.opened_at);
    if opened_at >= times.start && !opened.contains_key(&id) {
        return Err(Contradiction::NoOpening { id, provider, opened_at });
    }
    if session.closed_at != 0 {
        return Timed { kind: Kind::Closing, event, time: session.closed_at }.within(times).map(Some);
    }
    // Its block is before the end of `times`.
    if session.read_at >= times.end { Err(Contradiction::NeverClosed { id, block }) } else { Ok(None) }
}

fn require_possible(session: &Session) -> Result<(), Contradiction> {
    let Session { id, opened_at, ends_at, closed_at, .. } = *session;
    let times = [opened_at, ends_at, closed_at];
    session.impossible().map_or(Ok(()), |why| Err(Contradiction::Impossible { id, times, why }))
}

/// That no event is of an earlier time than one in a block before, and those of one block of the same.
fn backwards(mut timed: Vec<Timed>) -> Result<(), Contradiction> {
    timed.sort_by_key(|it| (it.event.block, it.time));
    for pair in timed.windows(2) {
        let [one, next] = [pair[0], pair[1]];
        let is_same_block = one.event.block == next.event.block;
        if one.time > next.time || is_same_block && one.time != next.time {
            let (Event { id, block, .. }, before) = (next.event, one.event);
            return Err(Contradiction::Backwards {
                id,
                block,
                time: next.time,
                before: before.block,
                later: one.time,
                other: before.id,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use alloy::primitives::Address;

    use super::*;

    const TIMES: Range<u64> = 100..200;

    fn event(id: u8, block: u64) -> Event {
        Event { id: B256::with_last_byte(id), provider: Address::ZERO, block }
    }

    fn session([opened_at, ends_at, closed_at, read_at]: [u64; 4]) -> Session {
        Session { id: B256::with_last_byte(1), provider: Address::ZERO, opened_at, ends_at, closed_at, read_at }
    }

    fn there(is_there: bool) -> BTreeMap<B256, Event> {
        is_there.then(|| (B256::with_last_byte(1), event(1, 7))).into_iter().collect()
    }

    #[test]
    fn an_opening_lies_in_the_times_and_its_closing_is_an_event() {
        let held = |times, is_there| opening(event(1, 5), &session(times), &there(is_there), &TIMES);
        for opened_at in [100, 199] {
            assert_eq!(held([opened_at, 300, 0, 300], false).unwrap().time, opened_at);
        }
        for opened_at in [99, 200] {
            let found = held([opened_at, 300, 0, 300], false).unwrap_err();
            assert_eq!(found, Contradiction::AnotherOpening { id: B256::with_last_byte(1), block: 5, opened_at });
        }
        assert!(held([100, 300, 199, 300], true).is_ok() && held([100, 300, 200, 300], false).is_ok());
        assert!(matches!(held([100, 300, 199, 300], false), Err(Contradiction::NoClosing { closed_at: 199, .. })));
        assert!(matches!(held([100, 99, 0, 300], true), Err(Contradiction::Impossible { .. })));
    }

    #[test]
    fn a_closing_lies_in_the_times_and_its_opening_is_an_event() {
        let held = |times, is_there| closing(event(1, 5), &session(times), &there(is_there), &TIMES);
        for closed_at in [100, 199] {
            assert_eq!(held([50, 300, closed_at, 300], false).unwrap().unwrap().time, closed_at);
        }
        for closed_at in [99, 200] {
            let found = held([50, 300, closed_at, 300], false).unwrap_err();
            assert_eq!(found, Contradiction::AnotherClosing { id: B256::with_last_byte(1), block: 5, closed_at });
        }
        assert!(held([99, 300, 150, 300], false).is_ok() && held([100, 300, 150, 300], true).is_ok());
        assert!(matches!(held([100, 300, 150, 300], false), Err(Contradiction::NoOpening { opened_at: 100, .. })));
        assert!(matches!(held([50, 300, 49, 300], true), Err(Contradiction::Impossible { .. })));
    }

    #[test]
    fn a_session_that_was_read_after_its_closing_has_it() {
        let held = |read_at| closing(event(1, 5), &session([50, 120, 0, read_at]), &there(false), &TIMES);
        assert_eq!(held(199), Ok(None));
        assert!(matches!(held(200), Err(Contradiction::NeverClosed { block: 5, .. })));
    }

    #[test]
    fn no_block_is_earlier_than_one_before_it_and_each_is_of_one_second() {
        let at = |block, time| Timed { kind: Kind::Opening, event: event(1, block), time };
        for (one, next, is_right) in [
            (at(5, 10), at(6, 9), false),
            (at(5, 10), at(6, 10), true),
            (at(5, 10), at(6, 11), true),
            (at(5, 10), at(5, 10), true),
            (at(5, 10), at(5, 11), false),
        ] {
            assert_eq!(backwards(vec![one, next]).is_ok(), is_right, "{one:?} {next:?}");
            assert_eq!(backwards(vec![next, one]).is_ok(), is_right, "{next:?} {one:?}");
        }
    }
}
