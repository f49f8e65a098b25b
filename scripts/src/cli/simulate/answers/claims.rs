//! What the proposal claims, and when it is so.

use anyhow::{Context, Result};
use mrc53_books::pools::Pool;
use mrc53_books::stake_side::{self, StakeDay};
use mrc53_console::amounts::ONE_MOR;
use mrc53_console::show::{date, percent};
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use mrc53_maths::{APR_PRECISION, Day};

use super::answer::Answer;
use super::presets::{FIRST_DAY, mor};

/// The day on which the proposal's numbers are near: 3,231 MOR a day.
const PROPOSAL: Day = Day(20_140);
const YEAR: u32 = 365;

pub(super) fn all() -> Result<Vec<Answer>> {
    Ok(vec![yield_of_75_percent()?, stake_exceeds_rewards()?, circulation()])
}

fn yield_of_75_percent() -> Result<Answer> {
    let rate = |day: Day| stake_side::percent(StakeDay::of(day, 0).apr);
    // The rate falls from day to day.
    let last = days().filter(|day| StakeDay::of(*day, 0).apr >= APR_PRECISION / 4 * 3).last();
    let last = last.context("the rate has been above 75 %")?;
    Ok(Answer {
        question: "\"APY on Compute Staking will start at around 75 %\"",
        said: format!(
            "a start until {}: the rate was {:.2} % on {}, at least 75 % until then, and is {:.2} % on {}",
            date(last.0),
            rate(PROPOSAL),
            date(PROPOSAL.0),
            rate(FIRST_DAY),
            date(FIRST_DAY.0),
        ),
        assumes: "less staked than Compute has emitted, and usage that does not bind; simple, before the fee",
        command: format!("cargo mrc53 emission --at {} --pool compute", date(last.0)),
    })
}

fn stake_exceeds_rewards() -> Result<Answer> {
    // Any stake below what has been emitted does: the part of it that it is paid is the same.
    let within = |day: Day| stake_side::paid(day, Day(day.0 + YEAR), ONE_MOR)[0] < ONE_MOR;
    let first = days().find(|day| within(*day)).context("the rate falls")?;
    let [paid, _] = stake_side::paid(FIRST_DAY, Day(FIRST_DAY.0 + YEAR), 1_000_000 * ONE_MOR);
    Ok(Answer {
        question: "\"Staking greater than their potential rewards over 1 year\"",
        said: format!(
            "so for every stake from {} on: a year from there pays less than the stake; before it paid more. A million MOR from {} on is paid {} MOR in a year",
            date(first.0),
            date(FIRST_DAY.0),
            mor(paid),
        ),
        assumes: "the same stake for 365 days, and usage that does not bind; what sessions earn otherwise is not in it",
        command: format!(
            "cargo mrc53 emission --from {} --to {} --total-stake 1 --pool compute",
            date(first.0),
            date(first.0 + YEAR)
        ),
    })
}

fn circulation() -> Answer {
    let stake = 1_000_000 * ONE_MOR;
    let [paid, _] = stake_side::paid(FIRST_DAY, Day(FIRST_DAY.0 + YEAR), stake);
    let other = |pool: Pool| pool.emitted(FIRST_DAY, Day(FIRST_DAY.0 + YEAR));
    let others: u128 = [Pool::Capital, Pool::Code, Pool::Builders].map(other).iter().sum();
    let mut sum = 0;
    let even = (FIRST_DAY.0..=LAST_DAY.0).map(Day).find(|day| {
        sum += StakeDay::of(*day, stake).paid;
        sum >= stake
    });
    let words = even.map_or_else(
        || "less than it locks until the emission ends".into(),
        |day| format!("as much as it locks by the end of {}", date(day.0)),
    );
    let until = even.unwrap_or(LAST_DAY).next();
    Answer {
        question: "\"More MOR into circulation, offset by the demand for staking\"",
        said: format!(
            "a million MOR that is locked is paid {} MOR in a year, {} of the {} that Capital, Code and Builders emit in it, and {words}",
            mor(paid),
            percent(paid, others),
            mor(others),
        ),
        assumes: "from 2026-11-27 on, the same stake, and usage that does not bind; that what is paid is sold is not said",
        command: format!(
            "cargo mrc53 emission --from {} --to {} --total-stake 1000000",
            date(FIRST_DAY.0),
            date(until.0)
        ),
    }
}

/// Days of the emission.
fn days() -> impl Iterator<Item = Day> {
    (LAUNCH_DAY.0..=LAST_DAY.0).map(Day)
}
