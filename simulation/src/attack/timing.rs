//! Stake timing: stake for one day that comes later and later, when the day's usage is better and better known.
//!
//! Stake counts by its seconds, and a day counts from the minimum's stake-seconds on: half a day earns half, and what
//! comes so late that the minimum is not reached earns nothing, takes nothing from anybody, and is locked all the same.
//! Stake withdrawn early is the same the other way round. The market is the one of its first day.

use mrc53_maths::{SECONDS_PER_DAY, U256};

use super::refusal::Refusal;
use super::row::{Case, Kind, Row};
use super::share::Share;
use super::terms::{Terms, attacker};
use super::usurping;
use mrc53_books::market::agent::Staking;

/// One day of self-hosting for `share`, with stake that comes at its beginning, at noon, at the last second from which the
/// day still counts, a second later, in its last second, and once it is over.
///
/// # Errors
/// Those of [`usurping::price`] and [`Terms::honest`].
pub fn price(terms: &Terms, honest_stake: u128, share: Share) -> Result<Vec<Row>, Refusal> {
    let mut terms = terms.clone();
    terms.market.to = terms.market.from.next();
    let honest = terms.honest(honest_stake)?;
    let whole = usurping::price(&terms, &honest, Kind::SelfHosting, share)?;
    let day = terms.market.from;
    let at = |second| {
        let staking = match second {
            SECONDS_PER_DAY => Staking::Hold { wei: whole.stake, from: day.next(), second: 0 },
            // Below 86,400 here.
            _ => Staking::Hold { wei: whole.stake, from: day, second: u32::try_from(second).unwrap_or_default() },
        };
        let taken = honest.attacked_by(vec![attacker(whole.seconds, staking, [day, day.next()])]);
        Row { kind: Kind::StakeTiming, case: Case::StakedAt(second), taken, ..whole }
    };
    Ok(seconds(whole.stake, honest.market.min_subnet_stake).into_iter().map(at).collect())
}

/// The seconds of the day that are tried, in order.
fn seconds(stake: u128, minimum: u128) -> Vec<u64> {
    let mut seconds = vec![0, SECONDS_PER_DAY / 2, SECONDS_PER_DAY - 1, SECONDS_PER_DAY];
    if let Some(last) = last_that_counts(stake, minimum) {
        seconds.extend([last, last + 1]);
    }
    seconds.sort_unstable();
    seconds.dedup();
    seconds
}

/// The last second of a day at which a stake can come and the day counts; none if it never does.
#[must_use]
pub fn last_that_counts(stake: u128, minimum: u128) -> Option<u64> {
    let needed = (U256::from(minimum) * U256::from(SECONDS_PER_DAY)).max(U256::from(1));
    let held = (stake > 0).then(|| needed.div_ceil(U256::from(stake)))?;
    SECONDS_PER_DAY.checked_sub(u64::try_from(held).ok()?)
}

#[cfg(test)]
mod tests {
    use mrc53_maths::Day;

    use super::*;

    #[test]
    fn stake_at_the_minimum_counts_from_midnight_alone_and_more_of_it_later() {
        assert_eq!(
            [9, 10, 11, 20].map(|stake| last_that_counts(stake, 10)),
            [None, Some(0), Some(7_854), Some(43_200)]
        );
        assert_eq!([0, 1].map(|stake| last_that_counts(stake, 0)), [None, Some(86_399)]);
        let day = Day(20_784);
        assert_eq!(Day::seconds_left(day.start() + 7_854) * 11 / 10, 86_400);
    }
}
