//! The way from Base: what rings, what is only said, and the rows of the table.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_base::chains::Chains;
use mrc53_base::games::game::KNOWN_GAME_TYPE;
use mrc53_base::pipeline::coverage::Finality;
use mrc53_base::pipeline::overview::{self, Overview};
use mrc53_base::pipeline::unproven::Unproven;
use mrc53_console::show::{count, date, moment, trimmed};
use mrc53_node::words;

use super::reader::{Reader, Reading};

/// Seconds without a game that became valid from which on it rings.
const WITHOUT_A_GAME_SECONDS: u64 = 3 * 86_400;
/// Seconds before a word may be final from which on it rings.
const SOON_SECONDS: u64 = 86_400;

/// Reads it for `subnets`; none where the network's sessions are not on Base. A node of Base or Ethereum that does not answer
/// leaves a gap.
///
/// # Errors
/// Never but for what ends every page.
pub(super) async fn read(reader: &Reader<'_>, subnets: &[Address]) -> Result<Option<Reading<Overview>>> {
    let connection = reader.connection;
    if connection.network.on_base.is_none() {
        return Ok(None);
    }
    let read = async {
        let chains = Chains::connect(connection).await?;
        let at = connection.reader().at(reader.head);
        overview::read(&chains, at, subnets, reader.head.timestamp).await
    };
    Ok(Some(match Box::pin(read).await {
        Ok(overview) => Reading::Known(overview),
        Err(error) => Reading::Unknown { error: words::of(&error) },
    }))
}

/// What somebody has to look at, at `now` (unix seconds).
pub(super) fn problems(pipeline: &Reading<Overview>, now: u64) -> Vec<String> {
    let overview = match pipeline {
        Reading::Known(overview) => overview,
        Reading::Unknown { error } => return vec![format!("the way from Base could not be read: {error}")],
    };
    let mut problems = Vec::new();
    let games = &overview.games;
    if let Some(newest) = games.newest.filter(|game| game.game_type != KNOWN_GAME_TYPE) {
        problems.push(format!(
            "Base proposes games of type {}, which this release has not seen (it knows {KNOWN_GAME_TYPE}): find out whether \
             the format of its roots is the same, before days become final",
            newest.game_type
        ));
    }
    let since = games.valid_since.unwrap_or(0);
    if games.now.saturating_sub(since) > WITHOUT_A_GAME_SECONDS {
        let since =
            games.valid_since.map_or_else(|| "within thirty days".to_owned(), |at| format!("since {}", moment(at)));
        problems.push(format!(
            "no game of Base has become valid {since}: cargo mrc53 relay says why; no further day becomes final meanwhile"
        ));
    }
    let is_soon =
        |unproven: &&Unproven| unproven.finality.earliest().is_some_and(|at| at <= now.saturating_add(SOON_SECONDS));
    problems.extend(overview.unproven.iter().filter(is_soon).map(|unproven| {
        let Unproven { subnet, day, session_seconds, .. } = unproven;
        let at = moment(unproven.finality.earliest().unwrap_or_default());
        let day = date(*day);
        format!("{subnet}: {session_seconds} s on {day} are not proven, and lost from {at} on: cargo mrc53 prove --now")
    }));
    problems
}

/// What is only said.
pub(super) fn notices(pipeline: &Reading<Overview>) -> Vec<String> {
    let Reading::Known(overview) = pipeline else { return Vec::new() };
    let mut notices = Vec::new();
    if !overview.unopened.is_empty() {
        let roots = count(overview.unopened.len(), "root");
        notices.push(format!("{roots} of Base arrived and not opened; cargo mrc53 prove opens what covers more"));
    }
    for margin in overview.margins.iter().filter(|margin| margin.is_thin()) {
        notices.push(format!(
            "{}: others can withdraw {} of its {} MOR today, and it would lack {} MOR: nothing that it hosts on Base on such a \
             day counts",
            margin.subnet,
            trimmed(margin.others_can_withdraw_wei),
            trimmed(margin.stake_wei),
            trimmed(margin.would_lack_wei)
        ));
    }
    for margin in overview.margins.iter().filter(|margin| margin.eligible_today != margin.eligible_from_now) {
        let (today, from_now) =
            if margin.eligible_today { ("counts", "would not") } else { ("does not count", "would") };
        notices.push(format!("{}: today {today} as it stands, a day that began now {from_now}", margin.subnet));
    }
    notices
}

/// Rows for people: what, and how it stands.
pub(super) fn rows(pipeline: &Reading<Overview>) -> Vec<[String; 2]> {
    let overview = match pipeline {
        Reading::Known(overview) => overview,
        Reading::Unknown { error } => return vec![["all of it".into(), format!("? {error}")]],
    };
    let row = |what: &str, now: String| [what.to_owned(), now];
    let day = |day: Option<u32>| day.map_or_else(|| "none".to_owned(), date);
    let valid = overview.games.valid.map_or_else(
        || "none".to_owned(),
        |claim| format!("{} of block {}, valid since {}", claim.game.address, claim.block, since(overview)),
    );
    let opened = overview
        .opened
        .map_or_else(|| "none".to_owned(), |opened| format!("{}, of {}", opened.root, moment(opened.header_time)));
    let unproven = if overview.unproven.is_empty() { "nothing".to_owned() } else { until(&overview.unproven) };
    vec![
        row("newest valid game", valid),
        row("roots arrived, not opened", overview.unopened.len().to_string()),
        row("newest opened root", opened),
        row("covered up to", day(overview.last_covered_day)),
        row("final up to", day(overview.last_final_day)),
        row("window", format!("{} days from coverage on", overview.terms.window_days)),
        row("unproven", unproven),
    ]
}

fn since(overview: &Overview) -> String {
    overview.games.valid_since.map_or_else(|| "?".to_owned(), moment)
}

/// How much is unproven, and until when that is in time.
fn until(unproven: &[Unproven]) -> String {
    let days = count(unproven.len(), "subnet's day");
    let first = unproven.iter().filter_map(|unproven| unproven.finality.earliest()).min();
    let waits = unproven.iter().any(|unproven| matches!(unproven.finality, Finality::NotBefore { .. }));
    let later = if waits { " at the earliest" } else { "" };
    first.map_or_else(|| days.clone(), |first| format!("{days}, the first final{later} at {}", moment(first)))
}
