//! An attack priced: what it costs, what it takes.

use mrc53_maths::U256;

use super::marketplace::DayLock;
use super::place::Kept;
use super::share::Share;
use super::terms::Taken;

/// How the rule is attacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sessions with oneself, on the stake with which all of them are paid.
    SelfHosting,
    /// Sessions with oneself, on the least stake that counts.
    Dilution,
    /// Stake that comes late in a day.
    StakeTiming,
    /// One subnet as several.
    Splitting,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SelfHosting, Self::Dilution, Self::StakeTiming, Self::Splitting];

    /// How people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfHosting => "self-hosting",
            Self::Dilution => "dilution",
            Self::StakeTiming => "stake-timing",
            Self::Splitting => "splitting",
        }
    }

    /// The kind called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What one attack of a kind differs in from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// In the share of usage alone.
    Usage,
    /// The stake comes at this second of the first day; at 86,400 it comes once the day is over.
    StakedAt(u64),
    /// So many subnets.
    Subnets(u64),
}

/// An attack, priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// How.
    pub kind: Kind,
    /// Which of its kind.
    pub case: Case,
    /// The share of usage that it aims at.
    pub share: Share,
    /// Days that it lasts.
    pub days: u32,
    /// What honest subnets stake together, MOR wei.
    pub honest_stake: u128,
    /// Session-seconds that they host on a day.
    pub honest_seconds: u64,
    /// What they are paid without it, MOR wei.
    pub honest_alone: u128,
    /// Session-seconds that it hosts on a day.
    pub seconds: u64,
    /// MOR wei with which all that it hosts would be paid; none if no stake suffices.
    pub needed_stake: Option<U256>,
    /// What it stakes, MOR wei, all its subnets together: never more than honest subnets leave of all MOR.
    pub stake: u128,
    /// How long a stake is locked at least, in seconds.
    pub lock_seconds: u64,
    /// What its consumer stakes, without the day lock and with it.
    pub kept: [Kept; 2],
    /// Gas of all that it sends.
    pub gas: u64,
    /// What it takes.
    pub taken: Taken,
}

impl Row {
    /// MOR wei · s of its own stake, held as long as it lasts, and at least as long as it is locked.
    #[must_use]
    pub fn stake_seconds(&self) -> u128 {
        self.stake * u128::from((u64::from(self.days) * 86_400).max(self.lock_seconds))
    }

    /// MOR wei · s of own and consumer's stake.
    #[must_use]
    pub fn locked_seconds(&self, lock: DayLock) -> u128 {
        self.stake_seconds() + self.kept(lock).wei_seconds
    }

    /// What its consumer stakes.
    #[must_use]
    pub const fn kept(&self, lock: DayLock) -> &Kept {
        let [off, on] = &self.kept;
        match lock {
            DayLock::Off => off,
            DayLock::On => on,
        }
    }

    /// Whether it stakes less than all that it hosts would need to be paid for.
    #[must_use]
    pub fn is_short_of_stake(&self) -> bool {
        self.needed_stake.is_none_or(|needed| needed > U256::from(self.stake))
    }

    /// What honest subnets lose on a day for each MOR that it stakes toward its subnet, MOR wei, rounded down.
    #[must_use]
    pub fn lost_per_staked_mor(&self) -> u128 {
        self.per_staked_mor(self.taken.lost)
    }

    /// What it is paid on a day for each MOR that it stakes toward its subnet, MOR wei, rounded down.
    #[must_use]
    pub fn paid_per_staked_mor(&self) -> u128 {
        self.per_staked_mor(self.taken.attacker.paid)
    }

    fn per_staked_mor(&self, wei: u128) -> u128 {
        let whole = U256::from(self.stake) * U256::from(self.days.max(1));
        (U256::from(wei) * U256::from(10_u64.pow(18))).checked_div(whole).map_or(0, |wei| wei.saturating_to())
    }

    /// Up to which price, MOR wei for a million gas, what it is paid covers its gas; rounded down.
    #[must_use]
    pub fn break_even(&self) -> u128 {
        let paid = U256::from(self.taken.attacker.paid) * U256::from(1_000_000);
        paid.checked_div(U256::from(self.gas)).map_or(0, |wei| wei.saturating_to())
    }

    /// What it gains or loses with gas at `price` MOR wei for a million; costs are rounded up.
    #[must_use]
    pub fn profit(&self, price: u128) -> i128 {
        let cost = (U256::from(self.gas) * U256::from(price)).div_ceil(U256::from(1_000_000));
        let signed = |wei: u128| i128::try_from(wei).unwrap_or(i128::MAX);
        signed(self.taken.attacker.paid).saturating_sub(signed(cost.saturating_to()))
    }
}
