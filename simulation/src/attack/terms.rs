//! What is assumed: the honest market, the marketplace, gas; and the two runs that say what an attack takes.

use mrc53_console::failure::BadInput;
use mrc53_ledger::checkpoint::MAX_TOTAL_STAKE_WEI;
use mrc53_maths::{Day, share_down};

use super::gas::{CLOSE, Gas, OPEN, Suite};
use super::marketplace::{DayLock, LEAST_PRICE_WEI, Marketplace};
use super::place::{Kept, Place};
use super::refusal::Refusal;
use crate::file::{File, Preset};
use mrc53_books::market::Market;
use mrc53_books::market::agent::{Agent, Hosting, Staking};
use mrc53_books::market::run::{Outcome, run};
use mrc53_books::market::subnet::Earned;
use mrc53_books::pools::Pool;

/// Seconds for which the gateway opens a session of a model that is not dear.
pub const USUAL_SESSION_SECONDS: u64 = 1_800;

/// What an attack is priced in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The honest subnets and what is asked of them, in the days of the attack; their stake is set by
    /// [`Terms::honest`].
    pub market: Market,
    /// Where sessions are opened.
    pub marketplace: Marketplace,
    /// Seconds for which the attacker opens each of its sessions.
    pub session_seconds: u64,
    /// What is sent.
    pub gas: Gas,
}

/// The market without an attacker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Honest {
    /// The subnets, each with its stake.
    pub market: Market,
    /// What they stake together, MOR wei.
    pub stake: u128,
    /// Session-seconds of theirs that count on a day.
    pub seconds: u64,
    /// What they are paid, MOR wei.
    pub paid: u128,
}

/// What an attack takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What the attacker hosted and was paid, all its subnets together.
    pub attacker: Earned,
    /// What the honest subnets were paid, MOR wei.
    pub honest_paid: u128,
    /// MOR wei that they would have been paid without it, and were not.
    pub lost: u128,
    /// MOR wei that were divided.
    pub emitted: u128,
}

/// The honest subnets of the presets, which are those of the public snapshot of Base, and what is asked of them.
///
/// # Errors
/// If the preset cannot be read: the tests see that it can.
pub fn market_of_the_presets() -> Result<Market, BadInput> {
    let preset = Preset::named("dilution").ok_or_else(|| BadInput::new("no preset `dilution`"))?;
    let mut market = File::of_preset(preset)?.market()?;
    market.agents.retain(|agent| agent.share() > 0);
    Ok(market)
}

impl Terms {
    /// What is assumed where nobody says, in the UTC days `[from, to)`: the market of the presets, sessions as the gateway
    /// opens them at the least price, nothing claimed for any yet, gas as it was measured.
    ///
    /// # Errors
    /// Those of [`market_of_the_presets`].
    pub fn usual(suite: Suite, [from, to]: [Day; 2]) -> Result<Self, BadInput> {
        let market = Market { from, to, ..market_of_the_presets()? };
        let marketplace = Marketplace { price_wei: LEAST_PRICE_WEI, claimed_wei: 0 };
        let gas = Gas { open: OPEN, close: CLOSE, suite };
        Ok(Self { market, marketplace, session_seconds: USUAL_SESSION_SECONDS, gas })
    }

    /// The market whose honest subnets stake `stake` MOR wei in proportion to their shares, and each at least the minimum.
    ///
    /// # Errors
    /// [`Refusal::MoreThanThereIs`]; [`Refusal::NoUsage`].
    pub fn honest(&self, stake: u128) -> Result<Honest, Refusal> {
        let mut market = self.market.clone();
        let shares = market.agents.iter().map(Agent::share).sum::<u64>();
        let mut staked = 0;
        for agent in &mut market.agents {
            let wei = share_down(stake, agent.share().into(), shares.into()).max(market.min_subnet_stake);
            agent.staking = Staking::Hold { wei, from: market.from, second: 0 };
            staked += wei;
        }
        let (all, day) = (self.all_mor(), self.last());
        if staked > all {
            return Err(Refusal::MoreThanThereIs { stake: staked, all, day });
        }
        let Outcome { earned, paid, .. } = run(&market, |_| ());
        let seconds = earned.iter().map(|earned| earned.seconds).sum::<u64>() / u64::from(self.days());
        if seconds == 0 {
            return Err(Refusal::NoUsage);
        }
        Ok(Honest { market, stake: staked, seconds, paid })
    }

    /// MOR wei that all five pools have emitted by the end of the last day: there is no more to stake.
    #[must_use]
    pub fn all_mor(&self) -> u128 {
        Pool::ALL.into_iter().map(|pool| pool.emitted_by_end_of(self.last())).sum()
    }

    /// How many days it lasts.
    #[must_use]
    pub const fn days(&self) -> u32 {
        self.market.to.0 - self.market.from.0
    }

    /// The last day.
    #[must_use]
    pub const fn last(&self) -> Day {
        Day(self.market.to.0.saturating_sub(1))
    }

    /// Keeps so many session-seconds a day open: places that are open all day, and one for the rest.
    ///
    /// # Errors
    /// [`Refusal::NoBalance`], [`Refusal::TooDear`].
    pub fn keep(&self, seconds: u64, lock: DayLock) -> Result<Kept, Refusal> {
        let (days, grace) = ([self.market.from, self.market.to], self.market.grace_days);
        let place = |open_seconds| {
            let place = Place { open_seconds, session_seconds: self.session_seconds };
            place.keep(&self.marketplace, lock, grace, days)
        };
        let mut kept = place(86_400)?.times(seconds / 86_400);
        if !seconds.is_multiple_of(86_400) {
            kept = kept.plus(place(seconds % 86_400)?);
        }
        let (day, price) = (self.market.from, self.marketplace.price_wei);
        if kept.at_hand > MAX_TOTAL_STAKE_WEI { Err(Refusal::TooDear { day, price }) } else { Ok(kept) }
    }
}

/// How many sessions are open at once where so many seconds are hosted in a day.
#[must_use]
pub const fn sessions_at_once(seconds: u64) -> u64 {
    seconds.div_ceil(86_400)
}

/// A subnet that hosts so many session-seconds with itself on each of the days `[from, to)`.
#[must_use]
pub fn attacker(seconds: u64, staking: Staking, [from, to]: [Day; 2]) -> Agent {
    let hosting = Hosting::Own { sessions: sessions_at_once(seconds), seconds, from, to };
    Agent { hosting, staking, ..Agent::self_hoster("attacker", 0, 0, from) }
}

impl Honest {
    /// Runs the market with `attackers` in it.
    #[must_use]
    pub fn attacked_by(&self, attackers: Vec<Agent>) -> Taken {
        let mut market = self.market.clone();
        let honest = market.agents.len();
        market.agents.extend(attackers);
        let Outcome { earned, emitted, .. } = run(&market, |_| ());
        let (honest, attackers) = earned.split_at(honest);
        let together = |all: &[Earned]| all.iter().fold(Earned::default(), |sum, one| sum.plus(one));
        let honest_paid = together(honest).paid;
        Taken { attacker: together(attackers), honest_paid, lost: self.paid.saturating_sub(honest_paid), emitted }
    }
}
