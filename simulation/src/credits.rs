//! Inference credits of a builder subnet, by the seven steps of their seed, and what is wrong or open in these.
//!
//! | step | what | formula |
//! |---|---|---|
//! | 1 | emission of the date, all pools | 14,400 − 2.468994701 · (date's number − 1) MOR, the gateway's |
//! | 2 | the Builders pool | 24 % of it, times the network's share; 80 % of that the stakers', 20 % the builder's |
//! | 3 | share | own stake / stake in all builder subnets |
//! | 4 | credits | share · gross · 0.8 · price · factor, USD a day |
//! | 5 | yield | gross · 365 / stake in all builder subnets |
//! | 6 | stake for a target | see [`Required`] |
//! | 7 | cost of inference | (tokens in · price in + tokens out · price out) / 10^6, USD |
//!
//! Prices are floating point, and so is everything here: nothing of it is paid by a contract.

use mrc53_maths::Day;

use mrc53_books::clocks::Clock;
use mrc53_books::pools::Pool;

/// What the gateway gives to stakers: a constant of the gateway, nowhere on chain.
pub const STAKERS_PART: f64 = 0.8;

/// What is assumed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// The UTC date.
    pub day: Day,
    /// MOR of one's own in builder subnets.
    pub own_mor: f64,
    /// MOR of all others in builder subnets.
    pub others_mor: f64,
    /// USD of a MOR.
    pub price_usd: f64,
    /// The gateway's factor; 1 unless it says otherwise.
    pub factor: f64,
    /// The part of the Builders pool that this network has, 0 to 1.
    pub network_share: f64,
}

/// Steps 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credits {
    /// Step 1: MOR of all pools on the date.
    pub total_mor: f64,
    /// Step 2: MOR of the Builders pool on this network.
    pub gross_mor: f64,
    /// Step 2: the stakers' part.
    pub stakers_mor: f64,
    /// Step 2: the builder's part.
    pub builders_mor: f64,
    /// Step 3: own stake in all stake, 0 to 1; none if nobody stakes.
    pub share: Option<f64>,
    /// Step 4: USD a day.
    pub usd_a_day: Option<f64>,
    /// Step 5: 1 being 100 % a year.
    pub yearly: Option<f64>,
}

/// Step 6: MOR to stake for credits of a target a day, three ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Required {
    /// target · staked / (gross · price · factor): as the seed writes it. It leaves the stakers' part out, and forgets
    /// that one's own stake enlarges the total.
    pub as_written: Option<f64>,
    /// The same with the stakers' part: 1 / 0.8 of it.
    pub with_stakers_part: Option<f64>,
    /// t · T / (P − t) for t MOR a day out of P with T staked by others; none where t reaches P, and no stake does.
    pub exact: Option<f64>,
}

impl Assumptions {
    /// Steps 1 to 5.
    #[must_use]
    pub fn credits(&self) -> Credits {
        let total_mor = mor(Clock::Gateway.read(self.day, &Pool::ALL).wei);
        let gross_mor = total_mor * f64::from(Pool::Builders.percent()) / 100.0 * self.network_share;
        let staked = self.own_mor + self.others_mor;
        let share = (staked > 0.0).then(|| self.own_mor / staked);
        Credits {
            total_mor,
            gross_mor,
            stakers_mor: gross_mor * STAKERS_PART,
            builders_mor: gross_mor * (1.0 - STAKERS_PART),
            share,
            usd_a_day: share.map(|share| share * gross_mor * STAKERS_PART * self.price_usd * self.factor),
            yearly: (staked > 0.0).then(|| gross_mor * 365.0 / staked),
        }
    }

    /// Step 6 for `usd_a_day`.
    #[must_use]
    pub fn required(&self, usd_a_day: f64) -> Required {
        let Credits { gross_mor, stakers_mor, .. } = self.credits();
        let staked = self.own_mor + self.others_mor;
        let usd_a_mor = self.price_usd * self.factor;
        let by = |pool: f64| finite(usd_a_day * staked / (pool * usd_a_mor));
        let target_mor = usd_a_day / usd_a_mor;
        let exact = target_mor * self.others_mor / (stakers_mor - target_mor);
        Required {
            as_written: by(gross_mor),
            with_stakers_part: by(stakers_mor),
            exact: if target_mor < stakers_mor { finite(exact) } else { None },
        }
    }
}

/// Step 7: USD of tokens, in and out, at USD for a million of each.
#[must_use]
pub fn cost_usd(tokens: [f64; 2], usd_a_million: [f64; 2]) -> f64 {
    (tokens[0] * usd_a_million[0] + tokens[1] * usd_a_million[1]) / 1e6
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[allow(clippy::cast_precision_loss, reason = "an amount on its way to a price")]
fn mor(wei: u128) -> f64 {
    wei as f64 / 1e18
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-27, 1,000 of 1,910,000 MOR, 1 MOR being 2 USD.
    const ONE: Assumptions = Assumptions {
        day: Day(20_784),
        own_mor: 1_000.0,
        others_mor: 1_909_000.0,
        price_usd: 2.0,
        factor: 1.0,
        network_share: 1.0,
    };

    fn close(value: f64, wanted: f64) {
        assert!((value - wanted).abs() <= wanted.abs() * 1e-9, "{value} is not {wanted}");
    }

    #[test]
    fn the_first_five_steps_go_as_the_seed_writes_them() {
        let credits = ONE.credits();
        close(credits.total_mor, 11_874.218_421);
        close(credits.gross_mor, 11_874.218_421 * 0.24);
        close(credits.stakers_mor + credits.builders_mor, credits.gross_mor);
        close(credits.stakers_mor, credits.builders_mor * 4.0);
        close(credits.share.unwrap(), 1.0 / 1_910.0);
        close(credits.usd_a_day.unwrap(), credits.gross_mor * 0.8 * 2.0 / 1_910.0);
        close(credits.yearly.unwrap(), credits.gross_mor * 365.0 / 1_910_000.0);
    }

    #[test]
    fn the_sixth_step_as_written_asks_for_a_fifth_too_little() {
        let required = ONE.required(10.0);
        close(required.as_written.unwrap(), required.with_stakers_part.unwrap() * 0.8);
    }

    #[test]
    fn exactly_the_stake_that_is_required_earns_the_target() {
        let exact = ONE.required(10.0).exact.unwrap();
        let earned = Assumptions { own_mor: exact, ..ONE }.credits().usd_a_day.unwrap();
        close(earned, 10.0);
    }

    #[test]
    fn no_stake_earns_the_whole_pool() {
        let pool = ONE.credits().stakers_mor * ONE.price_usd;
        assert!(ONE.required(pool * 0.999).exact.is_some());
        assert_eq!(ONE.required(pool).exact, None);
        assert_eq!(ONE.required(pool * 2.0).exact, None);
    }

    #[test]
    fn half_a_network_share_is_half_of_the_credits() {
        let half = Assumptions { network_share: 0.5, ..ONE };
        close(half.credits().usd_a_day.unwrap() * 2.0, ONE.credits().usd_a_day.unwrap());
    }

    #[test]
    fn where_nobody_stakes_nothing_is_divided() {
        let nobody = Assumptions { own_mor: 0.0, others_mor: 0.0, ..ONE }.credits();
        assert_eq!([nobody.share, nobody.usd_a_day, nobody.yearly], [None; 3]);
        assert_eq!(Assumptions { price_usd: 0.0, ..ONE }.required(10.0).as_written, None);
    }

    #[test]
    fn tokens_are_priced_by_the_million() {
        close(cost_usd([2_000_000.0, 500_000.0], [0.5, 2.0]), 2.0);
    }
}
