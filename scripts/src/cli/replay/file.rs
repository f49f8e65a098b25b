//! Sessions of a file.

use anyhow::Result;
use mrc53_console::days::outside_emission;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_console::progress::Progress;
use mrc53_console::show::{count, named_day};
use mrc53_maths::Day;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use mrc53_simulation::replay::sessions::{Served, Sessions};
use mrc53_simulation::replay::source::Source;

use super::origin::Origin;
use crate::cli::span::range_of_emission;

/// The sessions in `file`, and the days that are asked for: those of the sessions that lie inside the emission, where
/// none are named.
pub(super) fn read(file: &str, from: Option<u32>, to: Option<u32>) -> Result<(Origin, Sessions, (Day, Day))> {
    let progress = Progress::start(format!("reading {file}"));
    let bytes = files::bytes(file, files::MOST_BYTES)?;
    let source = Source::read(&bytes).map_err(|error| BadInput::new(format!("{file}: {error}")))?;
    progress.done(format!("read {}, sha256 {}", count(source.sessions.served().len(), "session"), source.sha256));
    let days = days(file, &source.sessions, from, to)?;
    let origin = Origin::File { is_published: source.is_published(), sha256: source.sha256 };
    Ok((origin, source.sessions, days))
}

fn days(file: &str, sessions: &Sessions, from: Option<u32>, to: Option<u32>) -> Result<(Day, Day), BadInput> {
    let wrong = |why: String| BadInput::new(format!("{file}: {why}"));
    // A session that opens and ends at midnight is one of the day that begins.
    let last_second = |session: &Served| session.opened_at.max(session.ended_at.saturating_sub(1));
    let first = sessions.served().iter().map(|session| Day::of(session.opened_at)).min();
    let last = sessions.served().iter().map(|session| Day::of(last_second(session))).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Err(wrong("there is no session in it".into()));
    };
    let outside =
        if last < LAUNCH_DAY { outside_emission(last.0) } else { outside_emission(first.0.max(LAUNCH_DAY.0)) };
    if let Some(why) = outside {
        let (first, last) = (named_day(first.0), named_day(last.0));
        return Err(wrong(format!("its sessions are of days {first} to {last}: this {why}")));
    }
    let (begin, end) = (first.0.max(LAUNCH_DAY.0), last.next().0.min(LAST_DAY.next().0));
    match (from, to) {
        (Some(from), None) if from >= end && outside_emission(from).is_none() => Err(wrong(format!(
            "no session is of day --from, {}, or later: the last is of {}",
            named_day(from),
            named_day(last.0)
        ))),
        (None, Some(to)) if to <= begin => Err(wrong(format!(
            "no session is of a day before --to, {}: the first is of {}",
            named_day(to),
            named_day(first.0)
        ))),
        _ => range_of_emission(from.unwrap_or(begin), to.unwrap_or(end)),
    }
}
