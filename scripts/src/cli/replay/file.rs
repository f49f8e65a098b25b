//! Sessions of a file.

use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_maths::Day;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use mrc53_simulation::replay::sessions::Sessions;
use mrc53_simulation::replay::source::Source;

use super::origin::Origin;
use crate::cli::span::range_of_emission;

/// The sessions in `file`, and the days that are asked for: those of the sessions that lie inside the emission, where
/// none are named.
pub(super) fn read(file: &str, from: Option<u32>, to: Option<u32>) -> Result<(Origin, Sessions, (Day, Day))> {
    let progress = Progress::start(format!("reading {file}"));
    let bytes = std::fs::read(file).map_err(|error| files::unreadable(file, &error))?;
    let source = Source::read(&bytes).map_err(|error| BadInput::new(format!("{file}: {error}")))?;
    progress.done(format!("read {}, sha256 {}", count(source.sessions.served().len(), "session"), source.sha256));
    let served = source.sessions.served();
    let first = served.iter().map(|session| session.opened_at).min();
    let last = served.iter().map(|session| session.ended_at).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Err(BadInput::new(format!("{file}: there is no session in it")).into());
    };
    let from = from.unwrap_or(Day::of(first).0.max(LAUNCH_DAY.0));
    let to = to.unwrap_or(Day::of(last.saturating_sub(1)).next().0.min(LAST_DAY.next().0));
    let days = range_of_emission(from, to)?;
    let origin = Origin::File { is_published: source.is_published(), sha256: source.sha256 };
    Ok((origin, source.sessions, days))
}
