//! What subnets do: small policies for hosting, staking and fees, and the seven kinds of agent that are made of them.

use mrc53_maths::{APR_PRECISION, Day, SECONDS_PER_DAY};

/// A subnet with its policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// How it is called.
    pub name: String,
    /// What it hosts.
    pub hosting: Hosting,
    /// What is staked toward it.
    pub staking: Staking,
    /// What its operator keeps.
    pub fee: Fee,
}

/// Sessions that a subnet hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosting {
    /// Its share of the demand, among all shares.
    Demand {
        /// Its share.
        share: u64,
    },
    /// Sessions of its own, on each of the days `[from, to)`.
    Own {
        /// How many.
        sessions: u64,
        /// Seconds of a day that all of them serve: where they are always open, 86,400 each.
        seconds: u64,
        /// The first day.
        from: Day,
        /// The day after the last.
        to: Day,
    },
    /// None.
    Nothing,
}

/// Stake toward a subnet, by one staker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staking {
    /// Deposited once and held.
    Hold {
        /// MOR wei.
        wei: u128,
        /// The day of the deposit.
        from: Day,
        /// The second of that day.
        second: u32,
    },
    /// Deposited on one day and withdrawn on another, or once its lock has ended.
    Leave {
        /// MOR wei.
        wei: u128,
        /// The day of the deposit, at its beginning.
        from: Day,
        /// The day of the withdrawal, at its beginning.
        on: Day,
    },
    /// Deposited after a day with at least so much return, withdrawn after one with less, once its lock has ended.
    Follow {
        /// MOR wei.
        wei: u128,
        /// A simple annual rate of stake, `APR_PRECISION` being 100 %.
        apr: u128,
    },
    /// None.
    Nothing,
}

/// The operator's part of a reward, 1e25 being all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fee {
    /// Always the same.
    Same(u128),
    /// Lowered on a day; a higher one is no lower one, and leaves it as it was.
    Lowered {
        /// Before that day.
        before: u128,
        /// The day.
        on: Day,
        /// From then on.
        after: u128,
    },
}

impl Fee {
    /// The fee of `day`, settled on it.
    #[must_use]
    pub fn on(self, day: Day) -> u128 {
        match self {
            Self::Same(fee) => fee,
            Self::Lowered { before, on, after } => {
                if day.0 < on.0 {
                    before
                } else {
                    after.min(before)
                }
            }
        }
    }
}

impl Agent {
    /// One that hosts what is asked of it and holds its stake from the first day on.
    #[must_use]
    pub fn honest(name: &str, share: u64, wei: u128, from: Day) -> Self {
        Self::new(name, Hosting::Demand { share }, Staking::Hold { wei, from, second: 0 })
    }

    /// One that opens sessions with itself, always.
    #[must_use]
    pub fn self_hoster(name: &str, sessions: u64, wei: u128, from: Day) -> Self {
        let seconds = sessions.saturating_mul(SECONDS_PER_DAY);
        let hosting = Hosting::Own { sessions, seconds, from, to: Day(u32::MAX) };
        Self::new(name, hosting, Staking::Hold { wei, from, second: 0 })
    }

    /// One that opens sessions with itself on the least stake that counts: it lowers others' share of usage.
    #[must_use]
    pub fn diluter(name: &str, sessions: u64, minimum_wei: u128, from: Day) -> Self {
        Self::self_hoster(name, sessions, minimum_wei, from)
    }

    /// One that hosts its share, and stakes late in a day.
    #[must_use]
    pub fn late_staker(name: &str, share: u64, wei: u128, from: Day, second: u32) -> Self {
        Self::new(name, Hosting::Demand { share }, Staking::Hold { wei, from, second })
    }

    /// One whose stake comes and goes with the return of stake, in per cent a year.
    #[must_use]
    pub fn mercenary(name: &str, share: u64, wei: u128, percent: u32) -> Self {
        let apr = APR_PRECISION / 100 * u128::from(percent);
        Self::new(name, Hosting::Demand { share }, Staking::Follow { wei, apr })
    }

    /// One that takes its stake back on a day.
    #[must_use]
    pub fn leaver(name: &str, share: u64, wei: u128, from: Day, on: Day) -> Self {
        Self::new(name, Hosting::Demand { share }, Staking::Leave { wei, from, on })
    }

    /// Its share of the demand.
    #[must_use]
    pub const fn share(&self) -> u64 {
        match self.hosting {
            Hosting::Demand { share } => share,
            Hosting::Own { .. } | Hosting::Nothing => 0,
        }
    }

    /// What is staked toward it at most, MOR wei.
    #[must_use]
    pub const fn stake(&self) -> u128 {
        match self.staking {
            Staking::Hold { wei, .. } | Staking::Leave { wei, .. } | Staking::Follow { wei, .. } => wei,
            Staking::Nothing => 0,
        }
    }

    /// Sessions of its own on a day.
    #[must_use]
    pub const fn own_sessions(&self) -> u64 {
        match self.hosting {
            Hosting::Own { sessions, .. } => sessions,
            Hosting::Demand { .. } | Hosting::Nothing => 0,
        }
    }

    /// `self` in `parts` subnets with as much in all; what does not divide stays with the first.
    #[must_use]
    pub fn split(&self, parts: u64) -> Vec<Self> {
        let parts = parts.max(1);
        let of = |whole: u64, part: u64| whole / parts + if part == 0 { whole % parts } else { 0 };
        let wei_of =
            |whole: u128, part: u64| whole / u128::from(parts) + if part == 0 { whole % u128::from(parts) } else { 0 };
        let one = |part: u64| {
            let hosting = match self.hosting {
                Hosting::Demand { share } => Hosting::Demand { share: of(share, part) },
                Hosting::Own { sessions, seconds, from, to } => {
                    Hosting::Own { sessions: of(sessions, part), seconds: of(seconds, part), from, to }
                }
                Hosting::Nothing => Hosting::Nothing,
            };
            let staking = match self.staking {
                Staking::Hold { wei, from, second } => Staking::Hold { wei: wei_of(wei, part), from, second },
                Staking::Leave { wei, from, on } => Staking::Leave { wei: wei_of(wei, part), from, on },
                Staking::Follow { wei, apr } => Staking::Follow { wei: wei_of(wei, part), apr },
                Staking::Nothing => Staking::Nothing,
            };
            Self { name: format!("{} {}", self.name, part + 1), hosting, staking, fee: self.fee }
        };
        (0..parts).map(one).collect()
    }

    fn new(name: &str, hosting: Hosting, staking: Staking) -> Self {
        Self { name: name.to_owned(), hosting, staking, fee: Fee::Same(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_only_falls() {
        let fee = Fee::Lowered { before: 20, on: Day(5), after: 10 };
        assert_eq!([4, 5, 6].map(|day| fee.on(Day(day))), [20, 10, 10]);
        assert_eq!(Fee::Lowered { before: 20, on: Day(5), after: 30 }.on(Day(6)), 20);
    }

    #[test]
    fn the_parts_of_a_split_agent_have_as_much_as_it_had() {
        let parts = Agent::honest("one", 10, 101, Day(0)).split(3);
        let shares = parts.iter().map(|part| match part.hosting {
            Hosting::Demand { share } => share,
            _ => 0,
        });
        let wei = parts.iter().map(|part| match part.staking {
            Staking::Hold { wei, .. } => wei,
            _ => 0,
        });
        assert_eq!((shares.collect::<Vec<_>>(), wei.collect::<Vec<_>>()), (vec![4, 3, 3], vec![35, 33, 33]));
        assert_eq!(parts[2].name, "one 3");
    }
}
