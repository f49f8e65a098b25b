//! A replay for spreadsheets and data tools.

use alloy::primitives::U256;
use mrc53_console::show::date;

use super::replayed::{Replay, binds};
use crate::cli::csv::{amount, quoted};

const HEADER: &str = "date,day,provider,seconds,sessions,binds,paid_by_seconds_wei,paid_by_seconds_mor,\
                      paid_by_sessions_wei,paid_by_sessions_mor,stake_for_seconds_wei,stake_for_seconds_mor";

/// A line for each provider and day.
pub(super) fn of(replay: &Replay) -> String {
    let names = replay.sessions.providers();
    let line = |day: &mrc53_simulation::replay::paid::PaidDay| {
        let name = names.get(day.provider).map(|name| quoted(name)).unwrap_or_default();
        let required = day.stake_for_seconds.map_or_else(|| ",".into(), amount);
        format!(
            "{},{},{name},{},{},{},{},{},{required}",
            date(day.day.0),
            day.day.0,
            day.usage.seconds,
            day.usage.sessions,
            binds(day.by_seconds.binds),
            amount(U256::from(day.by_seconds.payable)),
            amount(U256::from(day.by_sessions.payable)),
        )
    };
    [HEADER.to_owned()].into_iter().chain(replay.days.iter().map(line)).collect::<Vec<_>>().join("\n")
}
