//! The minimum subnet stake: what was announced, when, and what of it holds on a day.

use num_bigint::BigUint;

use crate::time::Day;

/// Full days between the announcement of a minimum and the first day on which it holds.
const NOTICE_DAYS: Day = 7;

/// A minimum and the first day on which it holds, unless another is announced before that day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Announcement {
    on_day: Day,
    from_day: Day,
    amount_wei: BigUint,
}

/// Every minimum there ever was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Minimum {
    first_wei: BigUint,
    announcements: Vec<Announcement>,
}

impl Minimum {
    /// A minimum that holds at once.
    pub(crate) fn new(first_wei: BigUint) -> Self {
        Self { first_wei, announcements: Vec::new() }
    }

    /// Announces a minimum, which holds after seven full days.
    pub(crate) fn announce(&mut self, amount_wei: &BigUint, today: Day) {
        let from_day = today + 1 + NOTICE_DAYS;
        self.announcements.push(Announcement { on_day: today, from_day, amount_wei: amount_wei.clone() });
    }

    /// The minimum that holds on a day, over or not, MOR wei: the last of those whose day has come by then, leaving out
    /// each that another was announced before its day.
    pub(crate) fn on(&self, day: Day) -> BigUint {
        let replaced_on = self.announcements.iter().skip(1).map(|next| next.on_day).chain([Day::MAX]);
        let came = self.announcements.iter().zip(replaced_on).filter(|(own, replaced)| own.from_day <= *replaced);
        let held = came.map(|(own, _)| own).filter(|own| own.from_day <= day);
        held.last().map_or_else(|| self.first_wei.clone(), |own| own.amount_wei.clone())
    }

    /// What is announced and does not hold yet on a day: MOR wei and its first day.
    pub(crate) fn pending(&self, day: Day) -> Option<(BigUint, Day)> {
        let last = self.announcements.last().filter(|last| last.from_day > day)?;
        Some((last.amount_wei.clone(), last.from_day))
    }
}
