//! Self-hosting and dilution: a share of all usage, hosted with oneself.

use mrc53_maths::{Day, U256};

use super::marketplace::DayLock;
use super::place::Kept;
use super::refusal::Refusal;
use super::row::{Case, Kind, Row};
use super::share::{Share, stake_for_all};
use super::terms::{Honest, Terms, attacker, sessions_at_once};
use mrc53_books::market::MOST_SESSIONS;
use mrc53_books::market::agent::{Agent, Staking};

/// Takes `share` of all usage: by self-hosting on the stake that it needs, by dilution on the least that counts.
///
/// # Errors
/// [`Refusal::TooManySessions`], [`Refusal::NoBalance`], [`Refusal::TooDear`].
pub fn price(terms: &Terms, honest: &Honest, kind: Kind, share: Share) -> Result<Row, Refusal> {
    let seconds = share.seconds_beside(honest.seconds);
    let (sessions, most) = (sessions_at_once(seconds), MOST_SESSIONS);
    if sessions > most {
        return Err(Refusal::TooManySessions { sessions, most });
    }
    let days = [honest.market.from, honest.market.to];
    let needed_stake = stake_for_all(seconds, honest.seconds, honest.stake, days);
    let least = honest.market.min_subnet_stake.max(1);
    let wanted = match kind {
        Kind::Dilution => least,
        _ => needed_stake.and_then(|wei| u128::try_from(wei).ok()).map_or(u128::MAX, |wei| wei.max(least)),
    };
    let stake = wanted.min(terms.all_mor() - honest.stake);
    let agents = vec![all_the_time(seconds, stake, days)];
    let kept = keep(terms, seconds)?;
    Ok(Row {
        kind,
        case: Case::Usage,
        share,
        days: terms.days(),
        honest_stake: honest.stake,
        honest_seconds: honest.seconds,
        honest_alone: honest.paid,
        seconds,
        needed_stake: needed_stake.map(|needed| needed.max(U256::from(least))),
        stake,
        lock_seconds: honest.market.lock_seconds,
        gas: terms.gas.of(&kept[0], 1, terms.days()),
        kept,
        taken: honest.attacked_by(agents),
    })
}

/// The attacker that stakes from the first day's beginning on.
pub(super) fn all_the_time(seconds: u64, wei: u128, days: [Day; 2]) -> Agent {
    attacker(seconds, Staking::Hold { wei, from: days[0], second: 0 }, days)
}

fn keep(terms: &Terms, seconds: u64) -> Result<[Kept; 2], Refusal> {
    let [off, on] = DayLock::BOTH;
    Ok([terms.keep(seconds, off)?, terms.keep(seconds, on)?])
}
