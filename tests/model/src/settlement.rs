//! What was settled, what each operator and staker is owed of it, and what the pool paid.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::{One, Zero};

use crate::op::Weight;
use crate::refusal::Refusal;
use crate::reward::Reward;
use crate::stakes::full_fee;
use crate::time::{Day, day_of};

/// Days from scheduling a calculator to its first day: seven full ones between.
const NOTICE_DAYS: Day = 8;
/// The first day number that the distributor cannot void: it keeps days in 16 bits, until 2149.
const END_OF_DAYS: Day = 65_535;

/// A settled day of a subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SettledDay {
    subnet: String,
    day: Day,
    operator_wei: BigUint,
    /// floor(pot · 2^128 / σ): what a stake-second of the day earns.
    per_stake_second: BigUint,
}

/// An account with the Compute pool: a subnet's operator, or a staker of a subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    /// The subnet's receiver.
    Operator(String),
    /// Subnet, staker.
    Staker(String, String),
}

/// What the pool paid to an account, and how far it has drawn on the settled days.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ledger {
    account: Account,
    paid_wei: BigUint,
    debt_wei: BigUint,
    /// First day not yet drawn.
    next_day: Day,
}

/// The distributor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    first_day: Day,
    pool_wei: BigUint,
    /// What the distributor may still take; nothing for without limit.
    allowance_wei: Option<BigUint>,
    settling_paused: bool,
    claiming_paused: bool,
    calculators: Vec<(Day, Weight)>,
    voided: Vec<(Day, Day)>,
    days: Vec<SettledDay>,
    ledgers: Vec<Ledger>,
    /// What each account, by its name, got from the pool.
    received_wei: BTreeMap<String, BigUint>,
}

impl Settlement {
    /// Nothing settled; the first calculator holds from the beginning.
    #[must_use]
    pub fn new(first_day: Day, weight: Weight, pool_wei: BigUint) -> Self {
        Self {
            first_day,
            pool_wei,
            allowance_wei: None,
            settling_paused: false,
            claiming_paused: false,
            calculators: vec![(0, weight)],
            voided: Vec::new(),
            days: Vec::new(),
            ledgers: Vec::new(),
            received_wei: BTreeMap::new(),
        }
    }

    /// Adds to the pool.
    pub fn fund(&mut self, amount_wei: &BigUint) {
        self.pool_wei += amount_wei;
    }

    /// Sets what the distributor may take of the pool; 2^256 − 1 for without limit.
    pub fn allow(&mut self, amount_wei: &BigUint) {
        let without_limit: BigUint = (BigUint::one() << 256u32) - 1u8;
        self.allowance_wei = (*amount_wei != without_limit).then(|| amount_wei.clone());
    }

    /// What is left in the pool, MOR wei.
    #[must_use]
    pub fn pool_wei(&self) -> &BigUint {
        &self.pool_wei
    }

    /// What the distributor may still take, MOR wei; nothing for without limit.
    #[must_use]
    pub fn allowance_wei(&self) -> Option<&BigUint> {
        self.allowance_wei.as_ref()
    }

    /// Whether settling is refused.
    #[must_use]
    pub fn is_settling_paused(&self) -> bool {
        self.settling_paused
    }

    /// Whether claiming is refused.
    #[must_use]
    pub fn is_claiming_paused(&self) -> bool {
        self.claiming_paused
    }

    /// Stops or allows settling.
    pub fn set_settling_paused(&mut self, paused: bool) {
        self.settling_paused = paused;
    }

    /// Stops or allows claiming.
    pub fn set_claiming_paused(&mut self, paused: bool) {
        self.claiming_paused = paused;
    }

    /// Schedules a calculator and drops those scheduled from that day or later.
    ///
    /// # Errors
    /// `NoticeTooShort` when `from_day` is less than 8 days after today.
    pub fn schedule_calculator(&mut self, weight: Weight, from_day: Day, now: u64) -> Result<(), Refusal> {
        let earliest = day_of(now) + NOTICE_DAYS;
        if from_day < earliest {
            return Err(Refusal::NoticeTooShort(from_day, earliest));
        }
        self.calculators.retain(|(day, _)| *day < from_day);
        self.calculators.push((from_day, weight));
        Ok(())
    }

    /// The weight of the calculator of a day.
    #[must_use]
    pub fn weight_of(&self, day: Day) -> Weight {
        let of_day = self.calculators.iter().rev().find(|(from, _)| *from <= day);
        of_day.map_or(self.calculators[0].1, |(_, weight)| *weight)
    }

    /// Makes the days [from, to) settle at zero where they are not settled yet.
    ///
    /// # Errors
    /// `DayRangeInvalid` when the range is empty or ends after the last day that the distributor keeps.
    pub fn void(&mut self, from: Day, to: Day) -> Result<(), Refusal> {
        if from >= to || to > END_OF_DAYS {
            return Err(Refusal::DayRangeInvalid(from, to));
        }
        self.voided.push((from, to));
        Ok(())
    }

    /// Whether a day settles at zero from now on.
    #[must_use]
    pub fn is_voided(&self, day: Day) -> bool {
        self.voided.iter().any(|(from, to)| (*from..*to).contains(&day))
    }

    /// The first unsettled day of a subnet.
    #[must_use]
    pub fn next_day(&self, subnet: &str, registered_day: Day) -> Day {
        let last = self.days.iter().filter(|settled| settled.subnet == subnet).map(|settled| settled.day).max();
        last.map_or(registered_day.max(self.first_day), |day| day + 1)
    }

    /// Whether settling at most `max_days` may be tried.
    ///
    /// # Errors
    /// `SettlingIsPaused`, `ZeroDays`.
    pub fn may_settle(&self, max_days: u32) -> Result<(), Refusal> {
        if self.settling_paused {
            return Err(Refusal::SettlingIsPaused);
        }
        if max_days == 0 {
            return Err(Refusal::ZeroDays);
        }
        Ok(())
    }

    /// Credits a day's reward: the stakers' pot rounded down, the rest to the operator; nothing of a voided day.
    /// Answers what the day pays, MOR wei.
    pub fn settle_day(
        &mut self,
        subnet: &str,
        day: Day,
        reward: &Reward,
        fee: &BigUint,
        stake_seconds: &BigUint,
    ) -> BigUint {
        let payable = if self.is_voided(day) { BigUint::zero() } else { reward.payable.clone() };
        let (pot, per_stake_second) = if stake_seconds.is_zero() {
            (BigUint::zero(), BigUint::zero())
        } else {
            let pot = &payable * (full_fee() - fee) / full_fee();
            let per_stake_second = (&pot << 128u8) / stake_seconds;
            (pot, per_stake_second)
        };
        let operator_wei = &payable - pot;
        self.days.push(SettledDay { subnet: subnet.to_owned(), day, operator_wei, per_stake_second });
        payable
    }

    /// The first day that an account has not drawn yet.
    #[must_use]
    pub fn drawn_until(&self, account: &Account) -> Day {
        self.ledger(account).map_or(0, |ledger| ledger.next_day)
    }

    /// What a claim that draws the settled days before `end` would find due, MOR wei, rounded down once;
    /// `stake_seconds` are the account's own of a day.
    #[must_use]
    pub fn owed(&self, account: &Account, end: Day, stake_seconds: impl Fn(Day) -> BigUint) -> BigUint {
        let (Account::Operator(subnet) | Account::Staker(subnet, _)) = account;
        let debt = self.ledger(account).map_or_else(BigUint::zero, |ledger| ledger.debt_wei.clone());
        let undrawn = self.drawn_until(account)..end;
        let days = self.days.iter().filter(|settled| settled.subnet == *subnet && undrawn.contains(&settled.day));
        let accrued: BigUint = match account {
            Account::Operator(_) => days.map(|settled| &settled.operator_wei).sum(),
            Account::Staker(..) => {
                let earned: BigUint = days.map(|settled| &settled.per_stake_second * stake_seconds(settled.day)).sum();
                earned / (BigUint::one() << 128u8)
            }
        };
        debt + accrued
    }

    /// Whether a claim may be tried.
    ///
    /// # Errors
    /// `ClaimingIsPaused`.
    pub fn may_claim(&self) -> Result<(), Refusal> {
        if self.claiming_paused { Err(Refusal::ClaimingIsPaused) } else { Ok(()) }
    }

    /// Draws the settled days before `end`, pays what is owed then to the account called `to` as far as the pool has
    /// and allows, and keeps the rest as debt. Answers both, MOR wei.
    pub fn claim(
        &mut self,
        account: &Account,
        to: &str,
        end: Day,
        stake_seconds: impl Fn(Day) -> BigUint,
    ) -> (BigUint, BigUint) {
        let due = self.owed(account, end, stake_seconds);
        let available =
            self.allowance_wei.clone().map_or(self.pool_wei.clone(), |most| most.min(self.pool_wei.clone()));
        let paid = due.clone().min(available);
        let owed = due - &paid;
        self.pool_wei -= &paid;
        if let Some(allowance) = &mut self.allowance_wei {
            *allowance -= &paid;
        }
        *self.received_wei.entry(to.to_owned()).or_default() += &paid;
        let next_day = self.drawn_until(account).max(end);
        let paid_before = self.paid_wei(account);
        self.ledgers.retain(|ledger| ledger.account != *account);
        self.ledgers.push(Ledger {
            account: account.clone(),
            paid_wei: paid_before + &paid,
            debt_wei: owed.clone(),
            next_day,
        });
        (paid, owed)
    }

    /// What an account was paid so far, MOR wei.
    #[must_use]
    pub fn paid_wei(&self, account: &Account) -> BigUint {
        self.ledger(account).map_or_else(BigUint::zero, |ledger| ledger.paid_wei.clone())
    }

    /// What the pool paid so far, MOR wei.
    #[must_use]
    pub fn total_paid_wei(&self) -> BigUint {
        self.received_wei.values().sum()
    }

    /// What a stake-second of a subnet has earned on the settled days, MOR wei · 2^128.
    #[must_use]
    pub fn accumulator(&self, subnet: &str) -> BigUint {
        self.days.iter().filter(|settled| settled.subnet == subnet).map(|settled| &settled.per_stake_second).sum()
    }

    /// What the account of that name got from the pool, MOR wei.
    #[must_use]
    pub fn received_wei(&self, name: &str) -> BigUint {
        self.received_wei.get(name).cloned().unwrap_or_default()
    }

    fn ledger(&self, account: &Account) -> Option<&Ledger> {
        self.ledgers.iter().find(|ledger| ledger.account == *account)
    }
}
