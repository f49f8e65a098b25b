//! Subnets, their fees, stake by second, and the minimum that makes a day count: what `StakeAlignment` keeps.

use std::collections::BTreeMap;

use mrc53_ledger::checkpoint::MAX_TOTAL_STAKE_WEI;
use mrc53_ledger::history::Cursor;
use mrc53_ledger::minimum::{DatedMinimum, Minimum};
use mrc53_maths::{Day, FEE_PRECISION};

use super::ids::{Staker, Subnet};
use super::past::{Change, Past};
use super::refusal::Refusal;

/// A registered subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The UTC day of its registration.
    pub day: Day,
    /// The operator's part of a reward, 1e25 being all of it.
    pub fee: u128,
}

/// Subnets and stakes.
#[derive(Clone, Debug)]
pub struct Stakes {
    lock_seconds: u64,
    minimum: Minimum,
    past_minima: Vec<DatedMinimum>,
    /// Whether deposits are refused.
    pub paused: bool,
    subnets: BTreeMap<Subnet, Registration>,
    of_stakers: BTreeMap<(Subnet, Staker), Past>,
    of_subnets: BTreeMap<Subnet, Past>,
    total: Past,
}

impl Stakes {
    pub(super) fn new(lock_seconds: u64, min_subnet_stake: u128, now: u64) -> Self {
        let minimum = Minimum::new(min_subnet_stake.min(MAX_TOTAL_STAKE_WEI), Day::of(now).0);
        Self {
            lock_seconds,
            minimum: minimum.unwrap_or_default(),
            past_minima: Vec::new(),
            paused: false,
            subnets: BTreeMap::new(),
            of_stakers: BTreeMap::new(),
            of_subnets: BTreeMap::new(),
            total: Past::default(),
        }
    }

    /// Registers a subnet.
    ///
    /// # Errors
    /// [`Refusal::SubnetAlreadyRegistered`], [`Refusal::FeeTooHigh`].
    pub fn register(&mut self, subnet: Subnet, fee: u128, now: u64) -> Result<(), Refusal> {
        if self.subnets.contains_key(&subnet) {
            return Err(Refusal::SubnetAlreadyRegistered(subnet));
        }
        if fee > FEE_PRECISION {
            return Err(Refusal::FeeTooHigh(fee, FEE_PRECISION));
        }
        self.subnets.insert(subnet, Registration { day: Day::of(now), fee });
        Ok(())
    }

    /// The subnet's day and fee.
    ///
    /// # Errors
    /// [`Refusal::SubnetNotRegistered`].
    pub fn registration(&self, subnet: Subnet) -> Result<Registration, Refusal> {
        self.subnets.get(&subnet).copied().ok_or(Refusal::SubnetNotRegistered(subnet))
    }

    /// Lowers a fee, for every day that is settled from then on.
    ///
    /// # Errors
    /// [`Refusal::SubnetNotRegistered`], [`Refusal::FeeNotLower`].
    pub fn set_fee(&mut self, subnet: Subnet, fee: u128) -> Result<(), Refusal> {
        let registration = self.registration(subnet)?;
        if fee >= registration.fee {
            return Err(Refusal::FeeNotLower(fee, registration.fee));
        }
        self.subnets.insert(subnet, Registration { fee, ..registration });
        Ok(())
    }

    /// Deposits stake and restarts the staker's lock there.
    ///
    /// # Errors
    /// [`Refusal::StakingIsPaused`], [`Refusal::SubnetNotRegistered`], [`Refusal::ZeroAmount`],
    /// [`Refusal::StakeTooLarge`], in this order.
    pub fn stake(&mut self, subnet: Subnet, staker: Staker, wei: u128, now: u64) -> Result<(), Refusal> {
        if self.paused {
            return Err(Refusal::StakingIsPaused);
        }
        self.registration(subnet)?;
        if wei == 0 {
            return Err(Refusal::ZeroAmount);
        }
        let available = MAX_TOTAL_STAKE_WEI - self.total.balance();
        if wei > available {
            return Err(Refusal::StakeTooLarge(wei, available));
        }
        self.change(subnet, staker, Change::Deposit(wei), now);
        Ok(())
    }

    /// Withdraws stake, paused or not.
    ///
    /// # Errors
    /// [`Refusal::ZeroAmount`], [`Refusal::InsufficientStake`], [`Refusal::StakeLocked`], in this order.
    pub fn withdraw(&mut self, subnet: Subnet, staker: Staker, wei: u128, now: u64) -> Result<(), Refusal> {
        if wei == 0 {
            return Err(Refusal::ZeroAmount);
        }
        let of = self.of_stakers.get(&(subnet, staker));
        let balance = of.map_or(0, Past::balance);
        if wei > balance {
            return Err(Refusal::InsufficientStake(wei, balance));
        }
        let unlock_at = of.map_or(0, |past| past.last_deposit() + self.lock_seconds);
        if now < unlock_at {
            return Err(Refusal::StakeLocked(unlock_at));
        }
        self.change(subnet, staker, Change::Withdrawal(wei), now);
        Ok(())
    }

    /// Announces another minimum for the day after seven full ones.
    ///
    /// # Errors
    /// [`Refusal::MinimumTooHigh`].
    pub fn set_minimum(&mut self, wei: u128, now: u64) -> Result<(), Refusal> {
        let rescheduled = self.minimum.schedule(wei, Day::of(now).0);
        let rescheduled = rescheduled.ok_or(Refusal::MinimumTooHigh(wei, MAX_TOTAL_STAKE_WEI))?;
        self.past_minima.extend(rescheduled.pushed);
        self.minimum = rescheduled.minimum;
        Ok(())
    }

    /// Whether sessions of `subnet` count on `day`.
    #[must_use]
    pub fn is_eligible_on(&self, subnet: Subnet, day: Day) -> bool {
        let past = |number: u32| self.past_minima.get(number as usize).copied().unwrap_or_default();
        let asked = Cursor::at(self.minimum.count(), day.0, |number| self.minimum.numbered(number, past));
        self.stake_seconds_of(subnet, day) >= asked.current().unwrap_or_default().required_stake_seconds()
    }

    /// σ(s,d), MOR wei · s.
    #[must_use]
    pub fn stake_seconds_of(&self, subnet: Subnet, day: Day) -> u128 {
        self.of_subnets.get(&subnet).map_or(0, |past| past.stake_seconds(day))
    }

    /// Σ(d), MOR wei · s.
    #[must_use]
    pub fn total_stake_seconds(&self, day: Day) -> u128 {
        self.total.stake_seconds(day)
    }

    /// A staker's own, MOR wei · s.
    #[must_use]
    pub fn stake_seconds_of_staker(&self, subnet: Subnet, staker: Staker, day: Day) -> u128 {
        self.of_stakers.get(&(subnet, staker)).map_or(0, |past| past.stake_seconds(day))
    }

    /// The days of `[from, end)` on which a staker's stake changed, in order.
    #[must_use]
    pub fn changed_days(&self, subnet: Subnet, staker: Staker, from: Day, end: Day) -> Vec<Day> {
        self.of_stakers.get(&(subnet, staker)).map_or_else(Vec::new, |past| past.changed_days(from, end).collect())
    }

    /// A change of all three levels, which the staker's and the total's bounds allow.
    fn change(&mut self, subnet: Subnet, staker: Staker, change: Change, now: u64) {
        let levels = [
            self.of_stakers.entry((subnet, staker)).or_default(),
            self.of_subnets.entry(subnet).or_default(),
            &mut self.total,
        ];
        for level in levels {
            // The total is the largest of the three, and no level is below its staker's.
            let changed = level.change(change, now);
            debug_assert!(changed.is_some());
        }
    }
}
