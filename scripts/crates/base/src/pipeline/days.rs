//! What becomes of each day of a word if it is proven now, by the contract's own rule, and whether it is time.

use mrc53_ledger::usage::{Usage, UsageWord};
use mrc53_maths::SECONDS_PER_DAY;
use serde::Serialize;

use super::coverage::{Entry, Terms};

/// Why a day is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedOver {
    /// The root does not cover it: a later one will.
    NotCovered,
    /// It is final: nobody has proven it in time.
    Final,
    /// It was proven before.
    Proven,
    /// The subnet was not eligible on it, and never will have been.
    NotEligible,
    /// The total of all subnets cannot hold that much more.
    Overflow,
}

/// What is known of Arbitrum when a word is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The time there, unix seconds.
    pub now: u64,
    /// The first day that is not final.
    pub first_open_day: u32,
    /// The first day that the root in hand does not cover.
    pub first_day_not_covered: u32,
    /// The contract's terms.
    pub terms: Terms,
    /// Since when days are covered, the oldest first.
    pub entries: &'a [Entry],
}

/// When a word is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum Due {
    /// There is nothing to add, now or later.
    Never,
    /// Now.
    Now,
    /// Once all of its days are covered, and at this second at the latest: a day before one of its days can be final.
    Later {
        /// Unix seconds.
        at_the_latest: u64,
    },
    /// Once the first of its days is covered.
    Uncovered,
}

/// The word number `number`: what Base has of each of its days on which anything was hosted, and what becomes of that now;
/// `proven` is what Arbitrum has of it, the lowest four bits of `eligible` say on which of its days the subnet was eligible.
#[must_use]
pub fn verdicts(
    moment: Moment<'_>,
    number: u32,
    hosted: UsageWord,
    proven: UsageWord,
    eligible: u8,
) -> Vec<(u32, Option<PassedOver>)> {
    let first = number.saturating_mul(mrc53_ledger::usage::DAYS_PER_WORD);
    let days = (0..mrc53_ledger::usage::DAYS_PER_WORD).map(|place| (place, first.saturating_add(place)));
    let verdict = |(place, day): (u32, u32)| {
        let why = if day >= moment.first_day_not_covered {
            Some(PassedOver::NotCovered)
        } else if day < moment.first_open_day {
            Some(PassedOver::Final)
        } else if proven.day(day) != Usage::default() {
            Some(PassedOver::Proven)
        } else if eligible >> place & 1 == 0 {
            Some(PassedOver::NotEligible)
        } else {
            None
        };
        (day, why)
    };
    days.filter(|(_, day)| hosted.day(*day) != Usage::default()).map(verdict).collect()
}

/// When a word with these verdicts is proven: as soon as all of its four days are covered, or a day before the first that
/// can be added may be final, whichever comes first.
#[must_use]
pub fn due(moment: Moment<'_>, number: u32, verdicts: &[(u32, Option<PassedOver>)]) -> Due {
    let Some((first, _)) = verdicts.iter().find(|(_, why)| why.is_none()) else {
        let waits = verdicts.iter().any(|(_, why)| *why == Some(PassedOver::NotCovered));
        return if waits { Due::Uncovered } else { Due::Never };
    };
    let behind = (number + 1).saturating_mul(mrc53_ledger::usage::DAYS_PER_WORD);
    if behind <= moment.first_day_not_covered {
        return Due::Now;
    }
    let final_from = moment.terms.finality(moment.entries, *first).earliest().unwrap_or(u64::MAX);
    let at_the_latest = final_from.saturating_sub(SECONDS_PER_DAY);
    if moment.now >= at_the_latest { Due::Now } else { Due::Later { at_the_latest } }
}

impl PassedOver {
    /// The reason with the contract's number.
    #[must_use]
    pub const fn of(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::NotCovered,
            1 => Self::Final,
            2 => Self::Proven,
            3 => Self::NotEligible,
            4 => Self::Overflow,
            _ => return None,
        })
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotCovered => "no root covers it yet",
            Self::Final => "it is final, and nobody had proven it in time",
            Self::Proven => "it was proven before",
            Self::NotEligible => "the subnet had less than the minimum staked on it",
            Self::Overflow => "the total of all subnets cannot hold that much more",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms = Terms { grace_days: 3, window_days: 7 };
    const ENTRIES: [Entry; 1] = [Entry { first_day_not_covered: 20_002, opened_at: 20_006 * SECONDS_PER_DAY }];

    fn moment(now: u64) -> Moment<'static> {
        Moment { now, first_open_day: 20_000, first_day_not_covered: 20_002, terms: TERMS, entries: &ENTRIES }
    }

    fn word(days: &[u32]) -> UsageWord {
        let add = |word: UsageWord, day: &u32| word.with_added(*day, Usage { seconds: 60, sessions: 1 }).unwrap();
        days.iter().fold(UsageWord::default(), add)
    }

    #[test]
    fn each_day_with_usage_is_added_or_has_the_contracts_reason() {
        let now = Moment { first_open_day: 20_001, first_day_not_covered: 20_003, ..moment(0) };
        let hosted = word(&[20_000, 20_001, 20_002, 20_003]);

        assert_eq!(
            verdicts(now, 5_000, hosted, word(&[20_000]), 0b1101),
            [
                (20_000, Some(PassedOver::Final)),
                (20_001, Some(PassedOver::NotEligible)),
                (20_002, None),
                (20_003, Some(PassedOver::NotCovered))
            ]
        );
        let proven = verdicts(now, 5_000, word(&[20_002]), word(&[20_002]), 0xf);
        assert_eq!(proven, [(20_002, Some(PassedOver::Proven))]);
        assert_eq!(verdicts(now, 5_000, UsageWord::default(), UsageWord::default(), 0xf), []);
    }

    #[test]
    fn a_word_is_proven_once_all_four_days_are_covered_or_a_day_before_its_first_may_be_final() {
        let final_from = (20_006 + 7) * SECONDS_PER_DAY;
        let latest = final_from - SECONDS_PER_DAY;
        let due_at = |now| {
            let verdicts = verdicts(moment(now), 5_000, word(&[20_001]), UsageWord::default(), 0xf);
            due(moment(now), 5_000, &verdicts)
        };
        assert_eq!(due_at(latest - 1), Due::Later { at_the_latest: latest });
        assert_eq!([latest, latest + 1].map(due_at), [Due::Now, Due::Now]);

        for (not_covered, expected) in [(20_003, Due::Later { at_the_latest: latest }), (20_004, Due::Now)] {
            let now = Moment { first_day_not_covered: not_covered, ..moment(0) };
            let verdicts = verdicts(now, 5_000, word(&[20_001]), UsageWord::default(), 0xf);
            assert_eq!(due(now, 5_000, &verdicts), expected);
        }
    }

    #[test]
    fn a_word_without_a_day_to_add_waits_for_coverage_or_for_nothing() {
        let of = |days: &[u32], eligible| {
            let verdicts = verdicts(moment(0), 5_000, word(days), UsageWord::default(), eligible);
            due(moment(0), 5_000, &verdicts)
        };
        assert_eq!(of(&[], 0xf), Due::Never);
        assert_eq!(of(&[20_000], 0), Due::Never);
        assert_eq!(of(&[20_002], 0xf), Due::Uncovered);
        assert_eq!(of(&[20_000, 20_003], 0), Due::Uncovered);
    }

    #[test]
    fn the_contracts_numbers_are_its_reasons() {
        use PassedOver::{Final, NotCovered, NotEligible, Overflow, Proven};
        let reasons = (0..=5).map(PassedOver::of).collect::<Vec<_>>();
        assert_eq!(
            reasons,
            [NotCovered, Final, Proven, NotEligible, Overflow].map(Some).into_iter().chain([None]).collect::<Vec<_>>()
        );
    }
}
