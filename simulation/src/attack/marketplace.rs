//! What a consumer's stake pays for in the marketplace, and when it comes back.
//!
//! A stake pays, in all, its part of a hundredth of the Compute pool's balance in the MOR in circulation, both at the
//! beginning of the UTC day; a session lasts as long as that pays its price a second. As long as providers have claimed
//! nothing, circulation is 76 % of all emission and the balance 24 %: a session takes 316.67 times its price as stake.
//!
//! A session that is closed before its end leaves what it has used of the closing day's stake locked until the next UTC
//! day. One that has run to its end returned all of it, until a change of 2026-07-29 locked it likewise: whether that is
//! live is not verified, so everything is priced with and without.

use mrc53_maths::{Day, SECONDS_PER_DAY, U256};

use super::refusal::Refusal;
use mrc53_books::pools::Pool;
use mrc53_books::stake_side::stakeable;

/// The least that a session is opened for, seconds.
pub const LEAST_SESSION_SECONDS: u64 = 300;
/// The most that a session is opened for, seconds: seven days.
pub const MOST_SESSION_SECONDS: u64 = 7 * SECONDS_PER_DAY;
/// The least price of a bid, MOR wei a second.
pub const LEAST_PRICE_WEI: u128 = 10_000_000_000;

/// Whether the stake of a session that has run to its end stays locked until the next UTC day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayLock {
    /// It comes back at once.
    Off,
    /// What was used on the closing day stays.
    On,
}

impl DayLock {
    /// Both, as they stand side by side.
    pub const BOTH: [Self; 2] = [Self::Off, Self::On];
}

/// The marketplace in front of a consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marketplace {
    /// What a session costs, MOR wei a second; not 0.
    pub price_wei: u128,
    /// What providers have claimed for sessions so far, MOR wei: it lowers the balance and is in circulation.
    pub claimed_wei: u128,
}

/// What the marketplace asks for on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    day: Day,
    price_wei: u128,
    /// MOR wei in circulation at its beginning.
    supply: u128,
    /// MOR wei that Compute has left then, not 0.
    balance: u128,
}

/// A session as it was: times in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// What was staked for it, MOR wei.
    pub stake: u128,
    /// When it was opened.
    pub opened_at: u64,
    /// Until when it was paid for.
    pub ends_at: u64,
    /// When it was closed.
    pub closed_at: u64,
}

impl Marketplace {
    /// What it asks for on `day`.
    ///
    /// # Errors
    /// [`Refusal::NoBalance`].
    pub fn on(&self, day: Day) -> Result<Rates, Refusal> {
        let others = Pool::ALL.into_iter().filter(|pool| *pool != Pool::Compute);
        let supply = others.map(|pool| pool.emitted(Day(0), day)).sum::<u128>() + self.claimed_wei;
        let (emitted, claimed) = (Pool::Compute.emitted(Day(0), day), self.claimed_wei);
        let balance = emitted.checked_sub(claimed).filter(|balance| *balance > 0);
        let balance = balance.ok_or(Refusal::NoBalance { day, emitted, claimed })?;
        Ok(Rates { day, price_wei: self.price_wei, supply, balance })
    }
}

impl Rates {
    /// The UTC day.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.day
    }

    /// The least stake, MOR wei, that pays a session of `seconds` opened on this day.
    ///
    /// # Errors
    /// [`Refusal::TooDear`].
    pub fn stake_for(&self, seconds: u64) -> Result<u128, Refusal> {
        let stake = self.stipend(seconds).div_ceil(U256::from(self.balance));
        stakeable(stake).ok_or(Refusal::TooDear { day: self.day, price: self.price_wei })
    }

    /// How many seconds a stake pays for on this day, rounded down; no more than a session can last.
    #[must_use]
    pub fn seconds_of(&self, stake: u128) -> u64 {
        let stipend = U256::from(stake) * U256::from(self.balance) / (U256::from(self.supply) * U256::from(100));
        u64::try_from(stipend / U256::from(self.price_wei)).unwrap_or(u64::MAX).min(MOST_SESSION_SECONDS)
    }

    /// What stays locked of the stake of a session that is closed on this day until the next, MOR wei.
    #[must_use]
    pub fn held(&self, served: &Served, lock: DayLock) -> u128 {
        let used = served.ends_at.min(served.closed_at).saturating_sub(served.opened_at.max(self.day.start()));
        if lock == DayLock::Off && served.closed_at >= served.ends_at {
            return 0;
        }
        let stake = self.stipend(used) / U256::from(self.balance);
        u128::try_from(stake).unwrap_or(u128::MAX).min(served.stake)
    }

    /// What sessions of so many seconds cost, times a hundred times the circulation. Prices, seconds and circulation have
    /// less than 128, 32 and 90 bits.
    fn stipend(&self, seconds: u64) -> U256 {
        U256::from(seconds) * U256::from(self.price_wei) * U256::from(self.supply) * U256::from(100)
    }
}

#[cfg(test)]
mod tests {
    use mrc53_maths::compute::LAUNCH_DAY;
    use proptest::prelude::*;

    use super::*;

    const MOR: u128 = 1_000_000_000_000_000_000;
    const FLOOR: Marketplace = Marketplace { price_wei: LEAST_PRICE_WEI, claimed_wei: 0 };
    /// 2026-11-27.
    const TODAY: Day = Day(20_784);

    #[test]
    fn a_thousand_sessions_of_seven_days_lock_1_915_mor_at_the_least_price() {
        let one = FLOOR.on(TODAY).unwrap().stake_for(MOST_SESSION_SECONDS).unwrap();
        assert_eq!(one * 1_000 / MOR, 1_915);
    }

    #[test]
    fn nothing_is_sold_before_compute_has_emitted_or_once_all_is_claimed() {
        assert!(matches!(FLOOR.on(LAUNCH_DAY), Err(Refusal::NoBalance { emitted: 0, .. })));
        let emitted = Pool::Compute.emitted(Day(0), TODAY);
        let after = |claimed_wei| Marketplace { claimed_wei, ..FLOOR }.on(TODAY);
        assert!(matches!(after(emitted), Err(Refusal::NoBalance { .. })));
        // A wei is left: it pays for nothing.
        let left = after(emitted - 1).unwrap();
        assert!(matches!(left.stake_for(300), Err(Refusal::TooDear { .. })) && left.seconds_of(MOR) == 0);
    }

    proptest! {
        #[test]
        fn a_stake_pays_its_seconds_and_a_wei_less_does_not(
            seconds in LEAST_SESSION_SECONDS..=MOST_SESSION_SECONDS,
            price_wei in LEAST_PRICE_WEI..MOR / 1_000,
            claimed in 0..2_000_000_u128,
            day in 20_000..25_594_u32,
        ) {
            let market = Marketplace { price_wei, claimed_wei: claimed * MOR / 10 };
            let rates = market.on(Day(day)).unwrap();
            let stake = rates.stake_for(seconds).unwrap();
            prop_assert_eq!(rates.seconds_of(stake), seconds);
            prop_assert!(rates.seconds_of(stake - 1) < seconds);
        }

        #[test]
        fn what_is_held_is_what_the_closing_day_used_and_nothing_at_an_end_without_the_day_lock(
            opened in 0..86_400_u64, paid_for in LEAST_SESSION_SECONDS..=MOST_SESSION_SECONDS, lasts in 0..700_000_u64,
        ) {
            let stake = FLOOR.on(TODAY).unwrap().stake_for(paid_for).unwrap();
            let opened_at = TODAY.start() + opened;
            let served = Served { stake, opened_at, ends_at: opened_at + paid_for, closed_at: opened_at + lasts };
            let closing = FLOOR.on(Day::of(served.closed_at)).unwrap();
            let [off, on] = DayLock::BOTH.map(|lock| closing.held(&served, lock));
            let runs_to_its_end = lasts >= paid_for;
            prop_assert_eq!(off, if runs_to_its_end { 0 } else { on });
            prop_assert!(on <= stake);
            let used = lasts.min(paid_for).min((opened + lasts.min(paid_for)).saturating_sub((opened + lasts) / 86_400 * 86_400));
            // The ratio of circulation to balance is the same on every day: 76 of all emission to 24.
            let expected = u128::from(used) * LEAST_PRICE_WEI * 100 * 76 / 24;
            prop_assert!(on.abs_diff(expected) <= 2, "{} {}", on, expected);
        }
    }
}
