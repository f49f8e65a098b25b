//! What happens in a history: sessions, honest and absurd, names, recordings, and time at the edges of days.

use proptest::prelude::*;

use crate::suite_support::{DAY, HOUR};

/// Steps of a history.
pub(super) const STEPS: usize = 250;
/// Graces that there are recorders for, days.
pub(super) const GRACES: [u32; 3] = [0, 3, 8];
/// Providers: two without code, one with code from the beginning, one that can get code.
pub(super) const PROVIDERS: usize = 4;
/// Accounts that can be named.
pub(super) const ACCOUNTS: usize = 4;
/// The last of so many sessions are closed and recorded, and some that never were.
pub(super) const RECENT: usize = 12;

/// How much later a step is than the one before.
#[derive(Clone, Copy, Debug)]
pub(super) enum Later {
    Seconds(u64),
    /// So many seconds after the second before the next midnight.
    Midnight(u64),
}

/// One thing that happens. Sessions are numbered from the latest back.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Opens a session of a provider for so many seconds.
    Open { provider: usize, seconds: u64 },
    /// Stores a session with times so many seconds from now, whatever that makes of it.
    Put { session: usize, provider: usize, opened: i64, ends: i64, closed: Option<i64> },
    /// Closes a session that is open.
    Close(usize),
    /// Records one session.
    Record(usize),
    /// Records some in one batch.
    RecordMany(Vec<usize>),
    /// A provider names an account.
    Name { provider: usize, account: usize },
    /// The last provider gets code, or loses it.
    Code(bool),
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) later: Later,
    pub(super) deed: Deed,
}

/// A grace of [`GRACES`] and [`STEPS`] steps.
pub(super) fn history() -> impl Strategy<Value = (usize, Vec<Step>)> {
    (0..GRACES.len(), prop::collection::vec(step(), STEPS))
}

fn step() -> impl Strategy<Value = Step> {
    let later = prop_oneof![
        2 => Just(Later::Seconds(0)),
        6 => (1..2 * HOUR).prop_map(Later::Seconds),
        3 => (1..DAY).prop_map(Later::Seconds),
        2 => (0..3_u64).prop_map(Later::Midnight),
        1 => (DAY..3 * DAY).prop_map(Later::Seconds),
    ];
    (later, deed()).prop_map(|(later, deed)| Step { later, deed })
}

fn deed() -> impl Strategy<Value = Deed> {
    let provider = || 0..PROVIDERS;
    let session = || 0..RECENT;
    let seconds = prop_oneof![0..600_u64, 600..DAY, DAY..9 * DAY];
    let around = || {
        let day = i64::try_from(DAY).unwrap();
        prop_oneof![-10 * day..3 * day, -600..60_i64, Just(0)]
    };
    prop_oneof![
        5 => (provider(), seconds).prop_map(|(provider, seconds)| Deed::Open { provider, seconds }),
        1 => (session(), provider(), around(), around(), prop::option::of(around()))
            .prop_map(|(session, provider, opened, ends, closed)| Deed::Put { session, provider, opened, ends, closed }),
        2 => session().prop_map(Deed::Close),
        10 => session().prop_map(Deed::Record),
        3 => prop::collection::vec(session(), 0..8).prop_map(Deed::RecordMany),
        1 => (provider(), 0..ACCOUNTS).prop_map(|(provider, account)| Deed::Name { provider, account }),
        1 => any::<bool>().prop_map(Deed::Code),
    ]
}
