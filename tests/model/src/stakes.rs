//! Subnets, their fees, and every stake change; stake-seconds by walking the stretches between changes.

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

use crate::minimum::Minimum;
use crate::refusal::Refusal;
use crate::time::{DAY_SECONDS, Day, Span, day_of};

/// A registered subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// Its name.
    pub name: String,
    /// The UTC day it registered on.
    pub registered_day: Day,
    /// The operator's share of a reward, 10^25 being all of it.
    pub fee: BigUint,
    /// Who is paid that share.
    pub receiver: String,
}

/// A deposit or a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    at: u64,
    subnet: String,
    staker: String,
    delta_wei: BigInt,
}

/// Whose stake is meant.
#[derive(Clone, Copy, Debug)]
pub enum Level<'a> {
    /// One staker's toward one subnet: subnet, staker.
    Staker(&'a str, &'a str),
    /// All stake toward a subnet.
    Subnet(&'a str),
    /// All stake.
    Total,
}

impl Level<'_> {
    fn holds(self, change: &Change) -> bool {
        match self {
            Level::Staker(subnet, staker) => change.subnet == subnet && change.staker == staker,
            Level::Subnet(subnet) => change.subnet == subnet,
            Level::Total => true,
        }
    }
}

/// Subnets and stakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stakes {
    lock_seconds: u64,
    minimum: Minimum,
    paused: bool,
    subnets: Vec<Subnet>,
    changes: Vec<Change>,
}

/// A fee or a share of 100 %.
#[must_use]
pub fn full_fee() -> BigUint {
    BigUint::from(10u8).pow(25)
}

/// The most wei the suite holds as stake: 2^87 − 1.
#[must_use]
pub fn max_total_stake() -> BigUint {
    (BigUint::one() << 87) - 1u8
}

impl Stakes {
    /// No subnets and no stakes.
    #[must_use]
    pub fn new(lock_seconds: u64, min_subnet_stake: BigUint) -> Self {
        let minimum = Minimum::new(min_subnet_stake);
        Self { lock_seconds, minimum, paused: false, subnets: Vec::new(), changes: Vec::new() }
    }

    /// Whether deposits are refused.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Stops or allows deposits.
    pub fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// The registered subnets, in order of registration.
    #[must_use]
    pub fn subnets(&self) -> &[Subnet] {
        &self.subnets
    }

    /// The subnet of that name.
    ///
    /// # Errors
    /// `SubnetNotRegistered`.
    pub fn subnet(&self, name: &str) -> Result<&Subnet, Refusal> {
        let found = self.subnets.iter().find(|subnet| subnet.name == name);
        found.ok_or_else(|| Refusal::SubnetNotRegistered(name.to_owned()))
    }

    /// Every (subnet, staker) that ever staked, in order of the first deposit.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for change in &self.changes {
            let pair = (change.subnet.clone(), change.staker.clone());
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        pairs
    }

    /// Registers a subnet.
    ///
    /// # Errors
    /// `SubnetAlreadyRegistered`, `FeeTooHigh`.
    pub fn register(&mut self, name: &str, fee: &BigUint, now: u64) -> Result<(), Refusal> {
        if self.subnet(name).is_ok() {
            return Err(Refusal::SubnetAlreadyRegistered(name.to_owned()));
        }
        if *fee > full_fee() {
            return Err(Refusal::FeeTooHigh(fee.clone(), full_fee()));
        }
        let (registered_day, receiver) = (day_of(now), name.to_owned());
        self.subnets.push(Subnet { name: name.to_owned(), registered_day, fee: fee.clone(), receiver });
        Ok(())
    }

    /// Sets who is paid the operator's share from now on.
    ///
    /// # Errors
    /// `SubnetNotRegistered`.
    pub fn set_receiver(&mut self, name: &str, receiver: &str) -> Result<(), Refusal> {
        self.subnet(name)?;
        for subnet in self.subnets.iter_mut().filter(|subnet| subnet.name == name) {
            receiver.clone_into(&mut subnet.receiver);
        }
        Ok(())
    }

    /// Lowers a subnet's fee.
    ///
    /// # Errors
    /// `SubnetNotRegistered`, `FeeNotLower`.
    pub fn set_fee(&mut self, name: &str, fee: &BigUint) -> Result<(), Refusal> {
        let current = self.subnet(name)?.fee.clone();
        if *fee >= current {
            return Err(Refusal::FeeNotLower(fee.clone(), current));
        }
        for subnet in self.subnets.iter_mut().filter(|subnet| subnet.name == name) {
            subnet.fee.clone_from(fee);
        }
        Ok(())
    }

    /// Deposits stake and restarts the staker's lock.
    ///
    /// # Errors
    /// `StakingIsPaused`, `SubnetNotRegistered`, `ZeroAmount`, `StakeTooLarge`, in this order.
    pub fn stake(&mut self, subnet: &str, staker: &str, amount_wei: &BigUint, now: u64) -> Result<(), Refusal> {
        if self.paused {
            return Err(Refusal::StakingIsPaused);
        }
        self.subnet(subnet)?;
        if amount_wei.is_zero() {
            return Err(Refusal::ZeroAmount);
        }
        let available = max_total_stake() - self.balance(Level::Total);
        if *amount_wei > available {
            return Err(Refusal::StakeTooLarge(amount_wei.clone(), available));
        }
        self.change(subnet, staker, BigInt::from(amount_wei.clone()), now);
        Ok(())
    }

    /// Withdraws stake, paused or not.
    ///
    /// # Errors
    /// `ZeroAmount`, `InsufficientStake`, `StakeLocked`, in this order.
    pub fn withdraw(&mut self, subnet: &str, staker: &str, amount_wei: &BigUint, now: u64) -> Result<(), Refusal> {
        if amount_wei.is_zero() {
            return Err(Refusal::ZeroAmount);
        }
        let balance = self.balance(Level::Staker(subnet, staker));
        if *amount_wei > balance {
            return Err(Refusal::InsufficientStake(amount_wei.clone(), balance));
        }
        let unlock_at = self.unlock_at(subnet, staker);
        if now < unlock_at {
            return Err(Refusal::StakeLocked(unlock_at));
        }
        self.change(subnet, staker, -BigInt::from(amount_wei.clone()), now);
        Ok(())
    }

    /// From when the staker may withdraw: the last deposit plus the lock, Unix seconds; 0 without a deposit.
    #[must_use]
    pub fn unlock_at(&self, subnet: &str, staker: &str) -> u64 {
        let own = self.changes.iter().filter(|change| Level::Staker(subnet, staker).holds(change));
        let last = own.filter(|change| change.delta_wei > BigInt::zero()).map(|change| change.at).max();
        last.map_or(0, |at| at + self.lock_seconds)
    }

    /// Stake now, MOR wei.
    #[must_use]
    pub fn balance(&self, level: Level<'_>) -> BigUint {
        let sum: BigInt =
            self.changes.iter().filter(|change| level.holds(change)).map(|change| &change.delta_wei).sum();
        amount(&sum)
    }

    /// Stake integrated over a UTC day, MOR wei · seconds; after the last change as if nothing changed any more.
    #[must_use]
    pub fn stake_seconds(&self, level: Level<'_>, day: Day) -> BigUint {
        let own: Vec<&Change> = self.changes.iter().filter(|change| level.holds(change)).collect();
        let mut balance = BigInt::zero();
        let mut sum = BigInt::zero();
        for (i, change) in own.iter().enumerate() {
            balance += &change.delta_wei;
            let stretch = Span { from: change.at, to: own.get(i + 1).map_or(u64::MAX, |next| next.at) };
            sum += &balance * stretch.overlap(Span::of_day(day)).seconds();
        }
        amount(&sum)
    }

    /// The days before `end` on which a staker's stake changed, in order.
    #[must_use]
    pub fn changed_days(&self, subnet: &str, staker: &str, end: Day) -> Vec<Day> {
        let own = self.changes.iter().filter(|change| Level::Staker(subnet, staker).holds(change));
        let mut days: Vec<Day> = own.map(|change| day_of(change.at)).filter(|day| *day < end).collect();
        days.dedup();
        days
    }

    /// Announces another minimum subnet stake, for the day after seven full days.
    ///
    /// # Errors
    /// `MinimumTooHigh`.
    pub fn set_minimum(&mut self, amount_wei: &BigUint, now: u64) -> Result<(), Refusal> {
        if *amount_wei > max_total_stake() {
            return Err(Refusal::MinimumTooHigh(amount_wei.clone(), max_total_stake()));
        }
        self.minimum.announce(amount_wei, day_of(now));
        Ok(())
    }

    /// The minimum subnet stake that holds now, MOR wei.
    #[must_use]
    pub fn minimum(&self, now: u64) -> BigUint {
        self.minimum.on(day_of(now))
    }

    /// The minimum that is announced and does not hold yet, MOR wei, and its first day.
    #[must_use]
    pub fn announced_minimum(&self, now: u64) -> Option<(BigUint, Day)> {
        self.minimum.pending(day_of(now))
    }

    /// Whether the subnet has a stake, and at least the minimum, now.
    #[must_use]
    pub fn is_eligible(&self, subnet: &str, now: u64) -> bool {
        self.balance(Level::Subnet(subnet)) >= self.minimum(now).max(BigUint::one())
    }

    /// Whether sessions of the subnet count on a day: it has the minimum of that day all day long, or as much over the
    /// day in all, and a stake in any case. A day that is not over as if nothing changed any more.
    #[must_use]
    pub fn is_eligible_on(&self, subnet: &str, day: Day) -> bool {
        let required = self.minimum.on(day) * DAY_SECONDS;
        self.stake_seconds(Level::Subnet(subnet), day) >= required.max(BigUint::one())
    }

    fn change(&mut self, subnet: &str, staker: &str, delta_wei: BigInt, at: u64) {
        self.changes.push(Change { at, subnet: subnet.to_owned(), staker: staker.to_owned(), delta_wei });
    }
}

/// A sum of changes, which no staker can bring below zero.
fn amount(sum: &BigInt) -> BigUint {
    sum.to_biguint().expect("a withdrawal never exceeds its balance")
}
