//! One session that is always open, by how long each is opened for: longer ones lock more MOR, shorter ones take more gas.

use super::marketplace::{DayLock, LEAST_SESSION_SECONDS, MOST_SESSION_SECONDS};
use super::place::{Kept, Place};
use super::refusal::Refusal;
use super::terms::Terms;

/// An always-open session, kept with sessions of one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlwaysOpen {
    /// Seconds for which each is opened.
    pub session_seconds: u64,
    /// What its consumer stakes, without the day lock and with it.
    pub kept: [Kept; 2],
    /// Gas of opening, closing and recording them, without anything of a subnet.
    pub gas: u64,
}

/// By the least and the most for which a session is opened, half an hour, a day, and what the terms have.
///
/// # Errors
/// [`Refusal::NoBalance`], [`Refusal::TooDear`].
pub fn price(terms: &Terms) -> Result<Vec<AlwaysOpen>, Refusal> {
    let mut lengths = vec![LEAST_SESSION_SECONDS, 1_800, 86_400, MOST_SESSION_SECONDS, terms.session_seconds];
    lengths.sort_unstable();
    lengths.dedup();
    let market = &terms.market;
    let of = |session_seconds| {
        let place = Place { open_seconds: 86_400, session_seconds };
        let kept = |lock| place.keep(&terms.marketplace, lock, market.grace_days, [market.from, market.to]);
        let [off, on] = DayLock::BOTH;
        let kept = [kept(off)?, kept(on)?];
        Ok(AlwaysOpen { session_seconds, kept, gas: terms.gas.of(&kept[0], 0, terms.days()) })
    };
    lengths.into_iter().map(of).collect()
}
